"""The slider: the days on which something changed, one stop each, and links from stop to stop.

Its places are days and not lengths of time, so that one press of an arrow key is one change, were
there a week or ten years between them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from goldenthread.domain.network.changes import Change, changes_of, days_to_stop_at, said
from goldenthread.domain.network.claim import Network
from goldenthread.domain.network.wording import names_of
from goldenthread.web.kit.words import day_in_words
from goldenthread.web.network import wording
from goldenthread.web.network.asked import Asked, kept_fields, query_of
from goldenthread.web.network.scene import Scene

# The name of a stop says this many of its changes, and counts the rest.
NAMED = 3
# A year is written under its first tick where so much of the slider's width is free.
ROOM = 15.0  # per cent


@dataclass(frozen=True, slots=True)
class Said:
    """One change in words, with its source; `is_here` where it is of the day shown."""

    day: str
    what: str
    source: str
    href: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """One place of the slider: a day, and what its place is called."""

    on: date
    words: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A tick under the slider, in per cent of its width; with a year where there is room for it."""

    x: float
    year: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Slider:
    """The slider and everything that says the same without it."""

    stops: tuple[Stop, ...]
    place: int
    ticks: tuple[Tick, ...]
    previous: dict[str, str] | None
    next: dict[str, str] | None
    here: tuple[Said, ...]
    last: Said | None
    said: str
    changes: tuple[Said, ...]
    kept: list[tuple[str, str]]
    without_person: str


def slider_of(scene: Scene, asked: Asked, address: str) -> Slider:
    """The slider of what was known from the viewpoint, at the day asked for."""
    changes = _known(scene.network, asked.on)
    days = _days(changes, scene.network, asked.on)
    by_day: dict[date, list[Change]] = defaultdict(list)
    for change in changes:
        by_day[change.on].append(change)
    names = names_of(scene.network)
    stops = tuple(Stop(day, _stop_words(day, by_day[day], names)) for day in days)
    place = max(bisect_right(days, asked.day) - 1, 0)

    def told(change: Change) -> Said:
        claim = scene.claims.get(change.claim)
        return Said(
            day=day_in_words(change.on),
            what=f"{said(change, names)}.",
            source=f"{wording.how(claim.source)}." if claim else "",
            href=address + query_of(asked, at=_at(change.on, asked)),
            is_here=change.on == asked.day,
        )

    earlier = [change for change in changes if change.on < asked.day]
    here = tuple(told(change) for change in by_day.get(asked.day, []))
    last = told(earlier[-1]) if earlier else None
    return Slider(
        stops=stops,
        place=place,
        ticks=_ticks(days),
        previous=_step(max((d for d in days if d < asked.day), default=None), asked, address),
        next=_step(min((d for d in days if d > asked.day), default=None), asked, address),
        here=here,
        last=last,
        said=_spoken(asked.day, here),
        changes=tuple(told(change) for change in reversed(changes)),
        kept=kept_fields(asked, "at"),
        without_person=address + query_of(asked, person=""),
    )


def day_of_step(network: Network, asked: Asked) -> date:
    """The day of the slider's place; the nearest place there is where the number is beyond it."""
    days = _days(_known(network, asked.on), network, asked.on)
    return days[min(asked.step or 0, len(days) - 1)]


def _known(network: Network, on: date) -> tuple[Change, ...]:
    """The changes up to the day of knowledge; what is to come is no change yet."""
    return tuple(change for change in changes_of(network) if change.on <= on)


def _days(changes: tuple[Change, ...], network: Network, on: date) -> list[date]:
    """One stop for each day with a change that is a step, and one for the day of knowledge."""
    return sorted({*days_to_stop_at(changes, network), on})


def _at(day: date, asked: Asked) -> date | None:
    return None if day == asked.on else day


def _step(day: date | None, asked: Asked, address: str) -> dict[str, str] | None:
    if day is None:
        return None
    return {"day": day_in_words(day), "href": address + query_of(asked, at=_at(day, asked))}


def _stop_words(day: date, changes: list[Change], names: dict[str, str]) -> str:
    """What a place of the slider is called: "2 March 2026: Dean moves in at Elm Row"."""
    words = [said(change, names) for change in changes[:NAMED]]
    if len(changes) > NAMED:
        words.append(f"and {len(changes) - NAMED} more")
    return f"{day_in_words(day)}: {'; '.join(words) or 'no change on this day'}"


def _spoken(day: date, here: tuple[Said, ...]) -> str:
    """What is announced when the day has changed: how many changes, and which."""
    if not here:
        return f"{day_in_words(day)}: no change on this day"
    count = "1 change" if len(here) == 1 else f"{len(here)} changes"
    return f"{day_in_words(day)}: {count}. {' '.join(one.what for one in here)}"


def _ticks(days: list[date]) -> tuple[Tick, ...]:
    last = max(len(days) - 1, 1)
    ticks, labelled, year = [], -ROOM, 0
    for place, day in enumerate(days):
        x = round(100 * place / last, 2)
        text = ""
        if day.year != year and x - labelled >= ROOM:
            text, labelled, year = str(day.year), x, day.year
        anchor = "start" if x < 100 - ROOM else "end"
        ticks.append(Tick(x, text, anchor))
    return tuple(ticks)
