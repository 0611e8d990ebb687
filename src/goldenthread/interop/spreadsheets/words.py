"""The words agencies use for what the record calls by one name; others are never guessed."""

from __future__ import annotations

from collections.abc import Mapping

from goldenthread.domain.provenance.vocabulary import (
    AgencyKind,
    Concern,
    HowKnown,
    Kind,
    Significance,
)
from goldenthread.domain.shared.word import Word
from goldenthread.interop.spreadsheets.columns import normal

# Everyday names in the services' own use. Ambiguous ones ("mental health": whose?) are left out.
_SAME: dict[type[Word], dict[Word, tuple[str, ...]]] = {
    AgencyKind: {
        AgencyKind.CHILDREN_SOCIAL_CARE: (
            "childrens social care",
            "children and families social care",
            "social care",
            "csc",
            "children's services",
            "childrens services",
            "social worker",
            "social work",
        ),
        AgencyKind.GP: ("gp surgery", "surgery", "general practice", "general practitioner"),
        AgencyKind.HOSPITAL: ("a&e", "emergency department", "acute trust", "acute hospital"),
        AgencyKind.HEALTH_VISITING: ("hv", "health visitor", "health visitors"),
        AgencyKind.MIDWIFERY: ("midwife", "midwives", "community midwife", "maternity"),
        AgencyKind.SCHOOL_NURSING: ("school nurse", "school nurses"),
        AgencyKind.ADULT_MENTAL_HEALTH: (
            "adult mental health services",
            "community mental health team",
            "cmht",
        ),
        AgencyKind.SUBSTANCE_MISUSE_SERVICE: ("drug and alcohol service", "substance misuse"),
        AgencyKind.DOMESTIC_ABUSE_SERVICE: ("idva", "domestic abuse services"),
        AgencyKind.PROBATION: ("probation service",),
        AgencyKind.HOUSING: ("housing association", "housing department", "housing service"),
        AgencyKind.EARLY_HELP: ("early help team", "early help service"),
        AgencyKind.CAMHS: ("cypmhs",),
        AgencyKind.NEIGHBOUR_PUBLIC: ("neighbour", "member of the public", "anonymous"),
    },
    HowKnown: {
        HowKnown.SAW: ("seen", "saw it", "heard it", "observed", "witnessed", "first hand"),
        HowKnown.TOLD: ("told by", "reported", "informed", "verbal report"),
        HowKnown.RECORD: ("document", "records", "read", "from records", "file", "case file"),
        HowKnown.INFERRED: ("inference", "deduced"),
    },
    Kind: {
        Kind.MISSED_APPOINTMENT: (
            "was not brought",
            "wnb",
            "dna",
            "did not attend",
            "not brought",
            "missed",
        ),
        Kind.NO_ACCESS: ("no access visit", "no reply", "no access"),
        Kind.VISIT: ("home visit", "statutory visit"),
        Kind.CONTACT: ("phone call", "telephone call", "telephone contact", "telephone"),
        Kind.STRATEGY_MEETING: ("strategy discussion",),
        Kind.CONFERENCE: ("icpc", "rcpc", "case conference", "review conference"),
        Kind.CORE_GROUP: ("core group meeting",),
        Kind.ADMISSION: ("admitted",),
        Kind.MOVE: ("change of address", "moved house"),
        Kind.CHILD_VOICE: ("voice of the child", "child's voice"),
        Kind.STRENGTH: ("positive", "strengths"),
    },
    Concern: {
        Concern.DOMESTIC_ABUSE: ("dv", "da", "domestic violence"),
        Concern.PHYSICAL: ("physical abuse",),
        Concern.EMOTIONAL: ("emotional abuse",),
        Concern.SEXUAL: ("sexual abuse",),
        Concern.SUBSTANCE_MISUSE: ("drugs", "alcohol", "drugs and alcohol", "substance use"),
        Concern.NONE: ("nil", "no concerns"),
        Concern.STRENGTH: ("positive", "strengths", "protective factor"),
    },
    Significance: {Significance.KEY: ("key",)},
}
_BY_WORDS: dict[type[Word], dict[str, Word]] = {}
for _vocabulary, _others in _SAME.items():
    _table = _BY_WORDS.setdefault(_vocabulary, {})
    for _word in _vocabulary:
        for _spelling in (_word.value, _word.label, *_others.get(_word, ())):
            _table[normal(_spelling)] = _word


def ours(vocabulary: type[Word], text: str, theirs: Mapping[str, str]) -> str | None:
    """The stored word for what a cell says, or None.

    `theirs` is what a person has matched for this agency ({their word: ours}) and comes first.
    """
    said = normal(text)
    for word, meaning in theirs.items():
        if normal(word) == said:
            return meaning
    found = _BY_WORDS[vocabulary].get(said)
    return None if found is None else found.value
