"""What was counted: each lane's entries, over which time and from which agencies. Never a score.

Every number has its period and a link to what was counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from goldenthread.web.kit.words import counted, date_in_words, day_in_words, listed
from goldenthread.web.picture.scene import NEITHER, Placed, Scene, beginning, days_of

MOST_AGENCIES = 4


@dataclass(frozen=True, slots=True)
class Counted:
    """One lane in numbers: how many entries, from when to when, and whose they are."""

    name: str
    number: str
    href: str
    period: str
    agencies: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """What cannot be drawn, said in words, each with a way to it."""

    words: str
    links: tuple[tuple[str, str], ...] = ()


def counts_of(scene: Scene, lane_at: Callable[[str], str]) -> tuple[Counted, ...]:
    """Each lane of the drawn time in numbers, in the order of the lanes."""
    names = scene.names()
    found = []
    for key in scene.order():
        shown = [one for one in scene.of_lane(key) if scene.is_drawn(one.happened)]
        if shown:
            found.append(
                Counted(
                    name=names[key],
                    number=counted(len(shown), "entry", "entries"),
                    href=lane_at(key),
                    period=_period(shown),
                    agencies=agencies_of(shown),
                    is_chosen=key == scene.asked.lane,
                )
            )
    return tuple(found)


def agencies_of(shown: Iterable[Placed]) -> str:
    """Whose entries they are, each once, in the order in which they first speak."""
    names = list(dict.fromkeys(one.entry.agency.name for one in shown))
    if len(names) > MOST_AGENCIES + 1:
        names = [*names[:MOST_AGENCIES], f"{len(names) - MOST_AGENCIES} more"]
    return listed(names)


def _period(shown: Iterable[Placed]) -> str:
    days = [day for one in shown if (day := days_of(one.happened, date.max)[0])]
    first, last = min(days), max(days)
    if first == last:
        return day_in_words(first)
    return f"{day_in_words(first)} to {day_in_words(last)}"


def beside_of(scene: Scene, network: str, open_gaps: int, whole: str) -> tuple[Beside, ...]:
    """What is not drawn: other times, no date, others' entries, open questions of the network."""
    found = []
    undated = [one for one in scene.placed if not one.happened.is_known]
    others = len(scene.placed) - len(undated)
    others -= sum(scene.is_drawn(one.happened) for one in scene.placed)
    if others:
        verb = "is" if others == 1 else "are"
        words = f"{counted(others, 'entry', 'entries')} {verb} of other times than the drawn one."
        found.append(Beside(words, (("Draw the whole life", whole),)))
    if undated:
        verb = "has" if len(undated) == 1 else "have"
        words = f"{counted(len(undated), 'entry', 'entries')} {verb} no date:"
        links = tuple((_short(scene, one), scene.address_of(one.entry.id)) for one in undated)
        found.append(Beside(words, links))
    if scene.history.masked:
        found.append(Beside(_held(scene)))
    if open_gaps:
        words = f"{counted(open_gaps, 'question', 'questions')} about who is around the children"
        verb = "is" if open_gaps == 1 else "are"
        found.append(Beside(f"{words} {verb} open.", (("Questions of the network", network),)))
    return tuple(found)


def _held(scene: Scene) -> str:
    number = len(scene.history.masked)
    first = (
        "1 entry is held by another agency"
        if number == 1
        else f"{number} entries are held by other agencies"
    )
    whom = scene.history.family.whom_to_ask
    if whom is None or not whom.phone or whom.practitioner == scene.history.family.reader.id:
        return f"{first}. Ask the agencies in the team around this family."
    return f"{first}. Ask {whom.name}, {whom.phone}."


def _short(scene: Scene, one: Placed) -> str:
    lanes = scene.names()
    lane = "" if one.lanes == (NEITHER,) else f", {lanes[one.lanes[0]]}"
    return f"{one.entry.agency.name}{lane}: {beginning(one.entry, 80)}"


def when_of(one: Placed) -> str:
    """When it was so, as a row begins with it."""
    if not one.happened.is_known:
        return "Date not known"
    words = date_in_words(one.happened)
    return words[:1].upper() + words[1:]
