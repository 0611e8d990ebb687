"""What a claim says, in words: as a relation in a table, as a sentence, and with its source.

The table, the panel, the paragraphs and the names of marks all take their words from here, so that
one claim never reads two ways. Words say what was claimed and no more: "said to be the father" is
never "father".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from goldenthread.domain.network.claim import Claim, Relative, Source
from goldenthread.domain.network.vocabulary import (
    NATURES,
    ClaimKind,
    Gender,
    HarmStatus,
)
from goldenthread.domain.provenance.links import Standing
from goldenthread.domain.provenance.vocabulary import Polarity
from goldenthread.domain.shared.partial_date import PartialDate
from goldenthread.web.kit.words import (
    WEEKDAYS,
    date_in_words,
    day_in_words,
    how_known_in_words,
    listed,
)

Names = Callable[[str], str]

PARENTS = {
    Gender.WOMAN: ("mother", "stepmother"),
    Gender.MAN: ("father", "stepfather"),
}
PARENT_OF = {
    "birth": "{parent} of",
    "adoptive": "adoptive {parent} of",
    "step": "{step} of",
    "foster": "foster carer of",
    "kinship": "kinship carer of",
    "guardian": "special guardian of",
    "donor": "donor for",
    "surrogate": "surrogate for",
    "alleged": "said to be the {parent} of",
    "not_known": "a parent (of what kind is not known) of",
}
SIBLINGS = {Gender.WOMAN: "sister", Gender.MAN: "brother"}
SIBLING_OF = {
    "full": "{sibling} of",
    "half": "{half} of",
    "step": "{step_sibling} of",
    "twin": "twin of",
    "identical_twin": "identical twin of",
    "not_known": "{sibling} (of what kind is not known) of",
}
COUPLE_OF = {
    "married": "married to (or in a civil partnership with)",
    "cohabiting": "living as a couple with",
    "together": "in a couple (not living together) with",
    "brief": "in a brief relationship with",
    "undisclosed": "in a couple (not disclosed to others) with",
    "never_together": "not, and never was, in a couple with",
    "separated": "separated from",
    "divorced": "divorced from",
    "not_known": "a partner (of what kind is not known) of",
}
QUALITY_OF = {
    "close": "close to",
    "fused": "very close to (hard to part from)",
    "distant": "distant from",
    "conflict": "in conflict with",
    "close_hostile": "close to and in conflict with",
    "cut_off": "cut off from",
    "mended": "cut off from (and mended with)",
    "focused_on": "focused on",
    "protective": "protective of",
    "not_known": "tied (how they get on is not known) to",
}
STAYS_AT = {"lives": "lives at", "stays": "stays at times at", "visits": "is often at"}
CARE_OF = {
    "main": "main carer of",
    "shared": "shares the care of",
    "nights": "cares at night for",
    "helps": "helps to look after",
    "supervised": "cares only with somebody else there for",
    "none": "must not care alone for",
    "not_known": "looks after (how far is not known)",
}
NETWORK_OF = {
    "friend": "a friend of",
    "neighbour": "a neighbour of",
    "lodger": "a lodger with",
    "wider_family": "of the wider family (by what link is not known) of",
    "community": "from the community or faith of",
    "associate": "an associate of",
    "not_known": "known (how is not known) to",
}
INVOLVEMENT_OF = {
    "strong": "has a strong tie with",
    "steady": "has a steady tie with",
    "tenuous": "has a tenuous tie with",
    "stressful": "has a stressful tie with",
    "broken": "has a tie, since broken off, with",
    "not_known": "is worked with by",
}
# For each kind: what to say where the nature is none of these, and the natures.
WORDS: dict[str, tuple[str, dict[str, str]]] = {
    ClaimKind.PARENT: ("parent of", PARENT_OF),
    ClaimKind.SIBLING: ("{sibling} of", SIBLING_OF),
    ClaimKind.COUPLE: ("partner of", COUPLE_OF),
    ClaimKind.QUALITY: ("with", QUALITY_OF),
    ClaimKind.LIVES_AT: ("lives at", STAYS_AT),
    ClaimKind.CARES_FOR: ("looks after", CARE_OF),
    ClaimKind.NETWORK: ("known to", NETWORK_OF),
    ClaimKind.INVOLVEMENT: ("is worked with by", INVOLVEMENT_OF),
}
# What stands between a name and its relation; the other kinds have a verb of their own.
VERBS = {
    **dict.fromkeys(
        (
            ClaimKind.PARENT,
            ClaimKind.SIBLING,
            ClaimKind.COUPLE,
            ClaimKind.QUALITY,
            ClaimKind.NETWORK,
        ),
        "is",
    ),
    ClaimKind.NEED: ":",
    ClaimKind.HARM: ":",
}
STANDINGS = {
    Standing.DISPUTED: "Disputed",
    Standing.CORRECTED: "Corrected",
    Standing.WITHDRAWN: "Withdrawn",
}
POLARITIES = {
    Polarity.DENIES: "Said not to be so",
    Polarity.ASKED_NO_ANSWER: "Asked, no answer given",
    Polarity.NOT_KNOWN: "Not known",
}


def relation(claim: Claim, people: Mapping[str, Relative]) -> str:
    """What the first is to the second: "mother of", "lives at", "physical harm (alleged) to"."""
    gender = people[claim.person].gender if claim.person in people else Gender.NOT_KNOWN
    usual, words = WORDS.get(claim.kind, ("", {}))
    if words:
        return words.get(claim.nature, usual).format(**_gendered(gender))
    nature = NATURES[ClaimKind(claim.kind)].label_of(claim.nature)
    lowered = nature[:1].lower() + nature[1:]
    match claim.kind:
        case ClaimKind.HARM:
            status = HarmStatus.label_of(claim.status).lower() if claim.status else ""
            return f"{lowered} ({status}) to" if status else f"{lowered} to"
        case ClaimKind.RESPONSIBILITY:
            return f"has parental responsibility ({lowered}) for"
    return lowered


def _gendered(gender: str) -> dict[str, str]:
    """The words that depend on somebody's gender; those for both where it is not known."""
    parent, step = PARENTS.get(Gender(gender), ("parent", "step-parent"))
    siblings = (SIBLINGS[gender],) if gender in SIBLINGS else ("brother", "sister")
    half, step_sibling = (
        " or ".join(f"{before}-{one}" for one in siblings) for before in ("half", "step")
    )
    return {
        "parent": parent,
        "step": step,
        "sibling": " or ".join(siblings),
        "half": half,
        "step_sibling": step_sibling,
    }


def sentence(claim: Claim, people: Mapping[str, Relative], target: Names) -> str:
    """The whole claim: "Maureen cares at night for Ada (nights: Friday and Saturday)".

    `target` names a person, a household or an agency by its id. What is not simply claimed to be so
    begins with that: "Said not to be so: Ruth is a couple with Dean".
    """
    whom = claim.other or claim.household or claim.agency
    verb = VERBS.get(claim.kind, "")
    start = target(claim.person) + (":" if verb == ":" else f" {verb}".rstrip())
    said = " ".join(
        part for part in (start, relation(claim, people), target(whom) if whom else "") if part
    )
    more = [part for part in (times(claim), claim.words.strip()) if part]
    whole = f"{said} ({'; '.join(more)})" if more else said
    unsure = POLARITIES.get(claim.polarity, "")
    return f"{unsure}: {whole}" if unsure else whole


def times(claim: Claim) -> str:
    """The days and nights of care: "nights: Friday and Saturday"; empty where none are said."""
    found = []
    for word, days in (("days", claim.days), ("nights", claim.nights)):
        if len(set(days)) == 7:
            found.append(f"all {word}")
        elif days:
            found.append(f"{word}: {listed(WEEKDAYS[day - 1] for day in sorted(set(days)))}")
    return "; ".join(found)


def when(happened: PartialDate) -> str:
    """The period of a claim, for a column of dates: "since 2 March 2026", "date not known"."""
    if not happened.is_known:
        return "date not known"
    words = date_in_words(happened, weekday=False)
    return words.removesuffix(", still going on")


def standing(claim: Claim) -> str:
    """What must be said beside a claim that is not simply so; empty where it is."""
    words = [POLARITIES.get(claim.polarity, "")]
    if claim.source is not None:
        words.append(STANDINGS.get(claim.source.standing, ""))
    if claim.kind == ClaimKind.PARENT and claim.nature == "alleged":
        words.append("Not established")
    return ". ".join(word for word in words if word)


def how(source: Source | None) -> str:
    """How it is known and from whom: "Told by Gemma to Ama Boateng"."""
    if source is None:
        return "Source not recorded"
    return how_known_in_words(source.how_known, who=source.asserted_by, informant=source.informant)


def known_since(source: Source | None) -> str:
    """Which agency said it, and since when it has known: "Fenwick Police, since 3 June 2026"."""
    if source is None:
        return ""
    return f"{source.agency_name}, since {day_in_words(source.known_on)}"
