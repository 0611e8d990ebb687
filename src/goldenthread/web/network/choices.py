"""The relations that can be added, in words that read on from a name: Gemma, "parent of", Theo."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.domain.network.claim import Claim
from goldenthread.domain.network.vocabulary import (
    NATURES,
    ClaimKind,
    HarmStatus,
    HomeNature,
)
from goldenthread.domain.provenance.vocabulary import Polarity
from goldenthread.web.kit.words import WEEKDAYS
from goldenthread.web.network import wording

# Each sort of relation as it is asked for, in the order a practitioner is likely to need it.
SORTS: tuple[tuple[ClaimKind, str], ...] = (
    (ClaimKind.PARENT, "Parent or carer in a parent’s place"),
    (ClaimKind.COUPLE, "Couple"),
    (ClaimKind.LIVES_AT, "Where somebody lives or stays"),
    (ClaimKind.CARES_FOR, "Who looks after a child"),
    (ClaimKind.SIBLING, "Brothers and sisters"),
    (ClaimKind.NEED, "History, need or strength of an adult"),
    (ClaimKind.NETWORK, "Friend, neighbour or other person"),
    (ClaimKind.RESPONSIBILITY, "Parental responsibility"),
    (ClaimKind.QUALITY, "How two people get on"),
    (ClaimKind.HARM, "Harm by one person to another"),
    (ClaimKind.INVOLVEMENT, "An agency that works with somebody"),
)
POLARITIES: tuple[tuple[Polarity, str], ...] = (
    (Polarity.ASSERTS, "It is so"),
    (Polarity.DENIES, "It is said not to be so"),
    (Polarity.ASKED_NO_ANSWER, "I asked, and they would not say"),
    (Polarity.NOT_KNOWN, "Nobody knows"),
)
# What the second part of each sort is: another person, a home, an agency, or nothing.
SECOND: dict[str, str] = {
    **dict.fromkeys(ClaimKind, "other"),
    ClaimKind.LIVES_AT: "household",
    ClaimKind.INVOLVEMENT: "agency",
    ClaimKind.NEED: "",
}
# Sorts that may be said of one person alone: a friend of the family, and so on.
SECOND_MAY_BE_EMPTY = frozenset({ClaimKind.NETWORK})


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose."""

    value: str
    text: str
    chosen: bool = False


def relation_groups(chosen: str, only: str = "") -> list[dict[str, object]]:
    """Every relation under its sort; those of one sort alone where it was chosen already."""
    return [
        {
            "label": label,
            "options": [
                Option(f"{kind}:{nature}", _said(kind, nature), f"{kind}:{nature}" == chosen)
                for nature in NATURES[kind]
            ],
        }
        for kind, label in SORTS
        if only in ("", kind)
    ]


def split_relation(value: str) -> tuple[ClaimKind, str] | None:
    """The kind and nature chosen; None where it is none of ours."""
    kind, _, nature = value.partition(":")
    if kind not in ClaimKind._value2member_map_:
        return None
    vocabulary = NATURES[ClaimKind(kind)]
    return (ClaimKind(kind), nature) if nature in vocabulary._value2member_map_ else None


def statuses(chosen: str) -> list[Option]:
    """How firmly harm is established."""
    return [Option(str(word), word.label, word == chosen) for word in HarmStatus]


def home_natures(chosen: str) -> list[Option]:
    """What sort of place a new home is."""
    return [Option(str(word), word.label, word == chosen) for word in HomeNature]


def weekdays(chosen: list[str]) -> list[dict[str, object]]:
    """The days of the week as chips; Monday is 1."""
    return [
        {"value": str(place), "text": day, "checked": str(place) in chosen}
        for place, day in enumerate(WEEKDAYS, start=1)
    ]


def _said(kind: ClaimKind, nature: str) -> str:
    """A relation that reads on from a name, whatever the gender of whoever is named."""
    said = wording.relation(Claim("", kind, nature, ""), {})
    return said[:1].upper() + said[1:]
