"""The network on a day as text: a paragraph for each home, then those in none.

It holds the same people as the drawing and the table; nothing is in the picture only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goldenthread.domain.network.at_date import HouseholdAt, MemberAt
from goldenthread.domain.network.presence import Presence, is_alive
from goldenthread.domain.network.vocabulary import ClaimKind, HomeNature, StayNature
from goldenthread.web.kit.words import WEEKDAYS, day_in_words, listed
from goldenthread.web.network.scene import Scene
from goldenthread.web.network.table import Row, row_of

STAYS = {StayNature.STAYS: "stays at times", StayNature.VISITS: "is often there"}
ABSENT = {
    Presence.UNBORN: "Not yet born",
    Presence.NOT_YET: "Not yet in the family, as far as is known",
    Presence.DIED: "Died, or lost, before this day",
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: what it is about, what it says, and whom it names."""

    title: str
    text: str
    people: tuple[str, ...]


def paragraphs_of(scene: Scene) -> tuple[Paragraph, ...]:
    """A paragraph for each home with somebody in it, then those in no home, then the absent."""
    homes = [_home(scene, home) for home in scene.at.households if home.members]
    homes.sort(key=lambda one: (not _has_child(scene, one.people), one.title))
    housed = {person for home in homes for person in home.people}
    return (*homes, *_no_home(scene, housed), *_absent(scene, housed))


def _home(scene: Scene, home: HouseholdAt) -> Paragraph:
    live = [m for m in home.members if m.nature == StayNature.LIVES]
    others = [m for m in home.members if m.nature != StayNature.LIVES]
    place = scene.households.get(home.household)
    unsettled = _unsettled(scene, home.household)

    def member(one: MemberAt) -> str:
        return _member(scene, one, is_unsettled=one.person in unsettled)

    sentences = []
    if live:
        verb = "lives" if len(live) == 1 else "live"
        sentences.append(f"{listed(member(m) for m in live)} {verb} here.")
    sentences += [f"{member(m)} {STAYS.get(m.nature, 'stays')}." for m in others]
    nature = place.nature if place else HomeNature.HOME
    kind = "" if nature == HomeNature.HOME else f" ({HomeNature.label_of(nature).lower()})"
    return Paragraph(f"{scene.name(home.household)}{kind}", " ".join(sentences), home.people)


def _unsettled(scene: Scene, household: str) -> set[str]:
    """Those of whom accounts differ whether they are in this home on the day."""
    return {
        claim.person
        for found in scene.at.contradictions
        for claim in found.claims
        if (claim.kind, claim.household) == (ClaimKind.LIVES_AT, household)
    }


def _member(scene: Scene, member: MemberAt, *, is_unsettled: bool) -> str:
    notes = [
        _nights(member.nights),
        "also in another home" if member.shared else "",
        "" if member.is_dated else "since when is not known",
        "" if member.certain or not member.is_dated else "dates leave it open",
        "disputed" if member.is_disputed else "",
        "accounts differ" if is_unsettled else "",
    ]
    said = "; ".join(note for note in (scene.age(member.person), *notes) if note)
    name = scene.name(member.person)
    return f"{name} ({said})" if said else name


def _nights(nights: tuple[int, ...]) -> str:
    if len(set(nights)) == len(WEEKDAYS):
        return "every night"
    return f"nights: {listed(WEEKDAYS[n - 1] for n in nights)}" if nights else ""


def _no_home(scene: Scene, housed: set[str]) -> Iterable[Paragraph]:
    """Those who are there on the day, of whom nobody said where they live."""
    found = [
        one.id
        for one in scene.at.people
        if one.id not in housed and one.presence == Presence.PRESENT
    ]
    if found:
        words = f"{listed(scene.named(one) for one in found)}."
        yield Paragraph("Where they live is not recorded", words, tuple(found))


def _absent(scene: Scene, housed: set[str]) -> Iterable[Paragraph]:
    for presence, title in ABSENT.items():
        found = [
            one.id for one in scene.at.people if one.presence == presence and one.id not in housed
        ]
        if found:
            words = f"{listed(scene.named(one) for one in found)}."
            yield Paragraph(title, words, tuple(found))


def _has_child(scene: Scene, people: tuple[str, ...]) -> bool:
    return any(scene.people[one].is_child and is_alive(scene.presences[one]) for one in people)


@dataclass(frozen=True, slots=True)
class Differing:
    """Accounts that cannot all be so, side by side: in what way, and each with its source."""

    how: str
    rows: tuple[Row, ...]


def differing_of(scene: Scene) -> tuple[Differing, ...]:
    """The accounts that differ about this day. Nobody is credited, and nothing is settled here."""
    return tuple(
        Differing(one.kind.label, tuple(row_of(scene, claim) for claim in one.claims))
        for one in scene.at.contradictions
    )


def night_words(scene: Scene) -> str:
    """The night meant, by its weekday: "the night of Saturday 14 March 2026"."""
    return f"the night of {day_in_words(scene.day, weekday=True)}"
