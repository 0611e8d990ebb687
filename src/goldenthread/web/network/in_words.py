"""The network on a day as text: a paragraph for each home, who has each child, and the rest.

It holds the same people as the drawing and the table; nothing is in the picture only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goldenthread.domain.network.at_date import CarerAt, ChildCare, HouseholdAt, MemberAt
from goldenthread.domain.network.presence import Presence, is_alive
from goldenthread.domain.network.vocabulary import HomeNature, StayNature
from goldenthread.web.kit.words import WEEKDAYS, day_in_words, listed
from goldenthread.web.network import wording
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


@dataclass(frozen=True, slots=True)
class Night:
    """Who has one child on one day and night, each in a sentence, and how that is known."""

    child: str
    href: str
    by_night: str
    by_day: str
    sources: tuple[str, ...]


def paragraphs_of(scene: Scene) -> tuple[Paragraph, ...]:
    """A paragraph for each home with somebody in it, then those in no home, then the absent."""
    homes = [_home(scene, home) for home in scene.at.households if home.members]
    homes.sort(key=lambda one: (not _has_child(scene, one.people), one.title))
    housed = {person for home in homes for person in home.people}
    return (*homes, *_no_home(scene, housed), *_absent(scene, housed))


def nights_of(scene: Scene) -> tuple[Night, ...]:
    """For every child who is there on the day: who has them by night and by day."""
    care = {one.child: one for one in scene.at.care}
    children = [
        one.id
        for one in scene.network.people
        if one.is_child and scene.presences[one.id].presence == Presence.PRESENT
    ]
    return tuple(_night(scene, care.get(child, ChildCare(child))) for child in children)


def _home(scene: Scene, home: HouseholdAt) -> Paragraph:
    live = [m for m in home.members if m.nature == StayNature.LIVES]
    others = [m for m in home.members if m.nature != StayNature.LIVES]
    sentences = []
    if live:
        verb = "lives" if len(live) == 1 else "live"
        sentences.append(f"{listed(_member(scene, m) for m in live)} {verb} here.")
    sentences += [f"{_member(scene, m)} {STAYS.get(m.nature, 'stays')}." for m in others]
    place = scene.households.get(home.household)
    nature = place.nature if place else HomeNature.HOME
    kind = "" if nature == HomeNature.HOME else f" ({HomeNature.label_of(nature).lower()})"
    return Paragraph(f"{scene.name(home.household)}{kind}", " ".join(sentences), home.people)


def _member(scene: Scene, member: MemberAt) -> str:
    notes = [
        _nights(member.nights),
        "also in another home" if member.shared else "",
        "" if member.is_dated else "since when is not known",
        "" if member.certain or not member.is_dated else "dates leave it open",
        "disputed" if member.is_disputed else "",
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


def _night(scene: Scene, care: ChildCare) -> Night:
    weekday = scene.day.isoweekday()
    by_night, by_day = (
        _slot(scene, care, slots[weekday - 1] if slots else None)
        for slots in (care.nights, care.days)
    )
    because = {
        key for slots in (care.nights, care.days) if slots for key in slots[weekday - 1].because
    }
    found = [scene.claims[key] for key in sorted(because) if key in scene.claims]
    sources = dict.fromkeys(
        f"{wording.how(c.source)}. {wording.known_since(c.source)}." for c in found
    )
    return Night(
        child=scene.name(care.child),
        href=scene.person_at(care.child),
        by_night=by_night,
        by_day=by_day,
        sources=tuple(sources),
    )


def _slot(scene: Scene, care: ChildCare, slot) -> str:
    if slot is None or not slot.carers:
        return "nobody is recorded"
    carers = {one.carer: one for one in care.carers}
    return listed(_carer(scene, carers[one], is_said=slot.is_said) for one in slot.carers)


def _carer(scene: Scene, carer: CarerAt, *, is_said: bool) -> str:
    notes = [
        "" if is_said else "no days or nights recorded",
        "" if carer.is_dated else "since when is not known",
        "" if carer.certain or not carer.is_dated else "dates leave it open",
        "disputed" if carer.is_disputed else "",
    ]
    said = "; ".join(note for note in notes if note)
    return f"{scene.name(carer.carer)} ({said})" if said else scene.name(carer.carer)


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
