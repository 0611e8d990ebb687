"""The choices these forms offer, in the words practitioners use."""

from __future__ import annotations

from goldenthread.domain.decisions.vocabulary import Heading as DecisionHeading
from goldenthread.domain.provenance.vocabulary import (
    Concern,
    Fidelity,
    HowKnown,
    Kind,
    LawfulBasis,
    LinkKind,
    Significance,
)
from goldenthread.domain.risk.summary import Heading

# Grouped so that a thumb finds one among forty; `test_every_kind_is_offered_once` holds the list.
KINDS: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    (
        "Seeing the family",
        (
            Kind.VISIT, Kind.NO_ACCESS, Kind.CONTACT, Kind.OBSERVATION, Kind.CHILD_VOICE,
            Kind.HOME_ASSESSMENT, Kind.SAFE_SLEEP, Kind.COPING_WITH_CRYING, Kind.ROUTINE_ENQUIRY,
            Kind.STRENGTH,
        ),
    ),
    (
        "Something that happened",
        (
            Kind.INCIDENT, Kind.INJURY, Kind.DISCLOSURE, Kind.ARREST, Kind.MISSING, Kind.ABSENCE,
            Kind.DEATH,
        ),
    ),
    (
        "Health",
        (
            Kind.HEALTH_CONTACT, Kind.MISSED_APPOINTMENT, Kind.ADMISSION, Kind.PREGNANCY,
            Kind.BIRTH,
        ),
    ),
    (
        "Home and relationships",
        (
            Kind.NEW_PARTNER, Kind.RELATIONSHIP_ENDED, Kind.HOUSEHOLD_CHANGE, Kind.CARER_CHANGE,
            Kind.MOVE,
        ),
    ),
    (
        "Between agencies",
        (
            Kind.REFERRAL, Kind.INFORMATION_REQUEST, Kind.INFORMATION_REFUSED, Kind.ASSESSMENT,
            Kind.STRATEGY_MEETING, Kind.CONFERENCE, Kind.CORE_GROUP, Kind.CHALLENGE,
            Kind.SUPERVISION, Kind.ALLOCATION_CHANGE,
        ),
    ),
    (
        "Decisions and orders",
        (Kind.DECISION, Kind.PLAN_CHANGE, Kind.COURT_ORDER, Kind.CLOSURE),
    ),
    ("Anything else", (Kind.BACKGROUND, Kind.OTHER)),
)  # fmt: skip

HOW_KNOWN: tuple[tuple[HowKnown, str], ...] = (
    (HowKnown.SAW, "I saw or heard it"),
    (HowKnown.TOLD, "Someone told me"),
    (HowKnown.RECORD, "I read it"),
    (HowKnown.INFERRED, "I think so because …"),
    (HowKnown.NOT_RECORDED, "Not known how"),
)

# A strength first: it is as much a part of the record as a concern.
CONCERNS: tuple[Concern, ...] = (
    Concern.STRENGTH,
    *(c for c in Concern if c not in (Concern.STRENGTH, Concern.NONE)),
    Concern.NONE,
)

CHANNELS = ("By phone", "In person", "At a meeting", "By secure e-mail", "By letter or form")

BASES: tuple[tuple[LawfulBasis, str], ...] = (
    (LawfulBasis.PUBLIC_TASK, "It is our job: to keep a child safe (public task)"),
    (LawfulBasis.LEGAL_OBLIGATION, "The law requires us to (legal obligation)"),
    (LawfulBasis.VITAL_INTERESTS, "To protect somebody’s life (vital interests)"),
    (LawfulBasis.CONSENT, "The person agreed (consent)"),
)

HOW_MUCH: tuple[tuple[Fidelity, str], ...] = (
    (Fidelity.VERBATIM, "All of it"),
    (Fidelity.SUMMARY, "A summary"),
    (Fidelity.PART, "Part of it"),
    (Fidelity.MENTIONED, "Only that it exists"),
)

# For each answer: what to choose, the heading, the question about its words, and about its reason.
ANSWERS: dict[LinkKind, dict[str, str]] = {
    LinkKind.CORRECTS: {
        "choice": "Correct it",
        "about": "Something in it is wrong. Say it again as it was.",
        "heading": "Correct this entry",
        "text": "What happened, as it should read",
        "reason": "Why is it corrected?",
        "done": "The earlier entry stays in the record, marked as corrected.",
    },
    LinkKind.WITHDRAWS: {
        "choice": "Withdraw it",
        "about": "It should not be relied on, for example because it is about another family.",
        "heading": "Withdraw this entry",
        "text": "",
        "reason": "Why is it withdrawn?",
        "done": "The earlier entry stays in the record, marked as withdrawn.",
    },
    LinkKind.DISPUTES: {
        "choice": "Dispute it",
        "about": "You, or somebody in the family, see it differently.",
        "heading": "Dispute this entry",
        "text": "What do you say happened?",
        "reason": "Why is it disputed, and by whom?",
        "done": "The earlier entry stays in the record, marked as disputed.",
    },
    LinkKind.CORROBORATES: {
        "choice": "Support it",
        "about": "You know something that bears it out.",
        "heading": "Support this entry",
        "text": "What do you know?",
        "reason": "How does that support it?",
        "done": "The earlier entry now shows that yours supports it.",
    },
    LinkKind.CLARIFIES: {
        "choice": "Explain it",
        "about": "It is right, and needs a word more to be understood.",
        "heading": "Explain this entry",
        "text": "What should a reader know?",
        "reason": "Why does it need explaining?",
        "done": "The earlier entry now shows that yours explains it.",
    },
}

JUDGEMENTS = (Significance.ROUTINE, Significance.SIGNIFICANT, Significance.KEY)

# What each field is called where its author reads it back.
CALLED = {
    "text": "What happened",
    "unlisted": "Somebody not listed",
    "informant_told": "Who told you",
    "informant_record": "Where you read it",
    "reasoning": "Why you think so",
    "impact": "What it was like for the child",
    "action": "What you did",
    "why_told": "What it was told for",
    "subject_told": "What the family was told",
    "not_reason": "Why somebody is not told yet",
    "reason": "Why",
    "person_words": "Who somebody is",
    "other_words": "Who the other is",
    "household_new": "What a home is called",
    "detail": "Words beside the relation",
    "child_view": "What the child says",
    "non_negotiables": "What is not up for discussion",
    "no_men_because": "Why no father or male carer is named",
    "why": "Why the plan changed",
    "question": "What was to be decided",
    "rationale": "Why it was decided so",
    "why_again": "Why there is a new version",
    **{str(heading): heading.label for heading in DecisionHeading},
    **{str(heading): heading.label for heading in Heading},
    "how_to_work_with_me": "How to work with them",
    **{f"strength-{place}-words": f"Strength {place}" for place in range(1, 31)},
    "words": "What was said",
    "said_by": "Who said it",
    "sign_of_worsening": "Signs that it is getting worse",
    "who_notices": "Who notices",
    "who_acts": "Who acts",
    "crisis_contact": "Whom to ring in a crisis",
    "children_then": "Where the children are then",
    "source": "Who says so",
    "advocate_words": "Advocate",
    "diagnosis": "Diagnosis, as they wish it written",
    "what": "What is done differently",
    "agreed_by": "Who agreed it",
    "issue": "What is disagreed with",
    "wanted": "What is wanted instead",
    "because": "Why",
    "acted_now": "What was done at once",
    "step_words": "What was said to a challenge",
    "effect": "What changed because of it",
}
# Words typed in a row of a plan: its fields are called by the row and then by one of these.
IN_ROWS = {
    "who_is_worried": "Who is worried",
    "about_what": "About what",
    "if_nothing_changes": "What may happen if nothing changes",
    "adult_does": "What the adult will do differently",
    "child_experiences": "What the child will experience",
    "professionals_see": "What professionals will see",
    "what": "What is to be done",
    "own_words": "In words for whoever does it",
    "red_flag": "At which sign",
    "if_words": "If what",
    "then_words": "What is done then",
    "words": "What is taken to be so",
}
