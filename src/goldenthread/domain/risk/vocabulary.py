"""The closed vocabularies of a pattern: what it asks about, of whom, and how sure its source is.

`PromptType` holds the interchange words of the replay (`docs/reference/replay-json.md`) and is
therefore permanent. No word here ranks a family or grades a harm.
"""

from goldenthread.domain.shared.word import Word


class PromptType(Word):
    """What a question is about."""

    ACCUMULATION = "accumulation", "Something is building up"
    STALE_PLAN = "stale_plan", "A plan rests on what has changed"
    NOT_SHARED = "not_shared", "Known to one agency and not told"
    UNASSESSED_ADULT = "unassessed_adult", "An adult nobody has asked about"
    ABSENT_PARENT = "absent_parent", "A parent nobody has spoken to"
    HISTORY_LOST = "history_lost", "History that was not carried over"
    DELAY = "delay", "Agreed or needed, and left"
    NOT_SEEN = "not_seen", "A child nobody has seen"
    NOT_SEEN_ALONE = "not_seen_alone", "A child nobody has seen alone"
    CLOSING_UNSEEN = "closing_unseen", "Closing while something is open"
    CHILD_NOT_HEARD = "child_not_heard", "A child's words not recorded"
    REPORTER_NOT_FOLLOWED = "reporter_not_followed", "A report nobody followed up"
    UNANSWERED_CHALLENGE = "unanswered_challenge", "A challenge nobody has answered"
    ALTERNATIVE_EXPLANATION = "alternative_explanation", "Another explanation, untested"
    CONTRADICTION = "contradiction", "Accounts that cannot both be so"
    RECURRENCE = "recurrence", "The same again"


class Nature(Word):
    """Whether a pattern asks about harm or names what holds; the two are never netted."""

    HARM = "harm", "Something to ask about"
    STRENGTH = "strength", "Something that holds"


class Certainty(Word):
    """How firmly the source of a pattern stands, in the marks of the domain handbook."""

    VERIFIED = "V", "Seen in the text of the body that owns it"
    ELSEWHERE = "O", "Seen, but from another area, country or secondary text"
    BACKGROUND = "B", "Background knowledge; the text was not seen"


class Per(Word):
    """For whom one question is asked: everything that fits together is one question."""

    FAMILY = "family", "the family"
    CHILD = "child", "each child"
    NEWCOMER = "newcomer", "each adult other than the mother"
    AGENCY = "agency", "each agency that holds it"
    ENTRY = "entry", "each entry"

    @property
    def is_person(self) -> bool:
        """Whether each question is about one person."""
        return self in (Per.CHILD, Per.NEWCOMER)


class PersonClass(Word):
    """Who somebody is to the child, as far as the words of a row tell."""

    CHILD = "child", "the child"
    SIBLING = "sibling", "a brother or sister"
    MOTHER = "mother", "the mother"
    FATHER = "father", "a father"
    PARTNER = "partner", "a parent's partner"
    UNKNOWN = "unknown", "somebody not identified"
    RELATIVE = "relative", "another relative"
    OTHER_ADULT = "other_adult", "another adult"
