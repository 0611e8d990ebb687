"""The lanes of a history, ready to draw: geometry from `lanes`, names and sentences from here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import wrap
from typing import NamedTuple
from uuid import UUID

from goldenthread.domain.provenance.vocabulary import AwarenessLevel, Kind
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.chronology.history_request import Asked, query_of
from goldenthread.usecases.chronology.shown import History, MaskedEntry, ShownEntry
from goldenthread.web.case.history.bands import CARE, HOME, CareBand
from goldenthread.web.case.history.choices import family_agencies
from goldenthread.web.case.history.lanes import (
    Drawing,
    Placed,
    Spot,
    draw,
    drawn_period,
)
from goldenthread.web.case.history.lived import lines_of, lived_of
from goldenthread.web.case.history.sentences import Sentences, mark_of
from goldenthread.web.kit.words import date_in_words, day_in_words

# What changes the course of a case is drawn through every lane.
RULES = {
    Kind.CONFERENCE: "Conference",
    Kind.DECISION: "Decision",
    Kind.PLAN_CHANGE: "Plan",
}
ORIGINATED = AwarenessLevel.ORIGINATED.value
# A name in the column beside the lanes breaks after about this many letters.
NAME_WIDTH = 20
LINE = 17
# The lane of entries that other agencies hold: nobody's, for whose they are is not known here.
HELD_ELSEWHERE = UUID(int=0)
HELD_ELSEWHERE_NAME = "Held by other agencies"
STRIP_HEIGHT = 30
ROW_NOTES = {HOME: "home", CARE: "cared for by", "": ""}


@dataclass(frozen=True, slots=True)
class LaneName:
    """An agency's or child's name, in lines, beside its lane."""

    lines: tuple[str, ...]
    y: float
    top: float
    height: float
    note: str = ""
    is_child: bool = False


class DrawnMark(NamedTuple):
    """One mark: a link with the whole entry as its name, where its box begins, and its band.

    The band is where it begins within the box, and how wide it is.
    """

    href: str
    name: str
    mark: str
    at: str
    band: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Lanes:
    """Everything the lanes page shows."""

    drawing: Drawing
    # Every entry drawn, as a sentence: what is printed, since a drawing this wide does not print.
    sentences: dict[UUID, str]
    names: tuple[LaneName, ...]
    marks: tuple[tuple[str, tuple[DrawnMark, ...]], ...]
    masked: tuple[tuple[Placed, str], ...]
    # Each of these is many lines in one path: a mark to the lanes that were told, the points where
    # they arrive, and the stubs of what nobody was told.
    told: str
    reached: str
    stubs: str
    care: tuple[tuple[CareBand, str, str], ...]
    # The homes and the care in words, child by child, each with the address of its entry.
    lived: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    births: tuple[tuple[float, float, str], ...]
    strip: tuple[tuple[float, float, float, float], ...]
    window: tuple[float, float]
    zooms: tuple[dict[str, object], ...]
    steps: tuple[dict[str, str], ...]
    period: str


def lanes_of(
    history: History, whole: History, asked: Asked, sentences: Sentences, address: str, address_of
) -> Lanes:
    """Draw `history`; `whole` is the same selection over all time, for the overview strip."""
    spots = [_spot(entry, asked.on) for entry in history.entries]
    period = drawn_period(spots, asked.between, asked.on)
    children = [(c.person, c.born.from_min if c.born else None) for c in history.family.children]
    lived = lived_of(history, asked.on)
    care = [one.band for one in lived if one.band]
    agencies = family_agencies(whole)
    if history.masked:
        spots += [_masked_spot(masked, asked.on) for masked in history.masked]
        agencies.append(HELD_ELSEWHERE)
    least = {a: len(wrap(_lane_name(history, a), NAME_WIDTH)) * LINE + 6 for a in agencies}
    drawing = draw(spots, agencies, period=period, children=children, care=care, least=least)
    said = {e.id: sentences.whole(e, date_in_words(e.happened)) for e in history.entries}
    said_of = {one.band: one.whole for one in lived if one.band}
    marks, masked = _marks(history, drawing, said, address_of)
    return Lanes(
        drawing=drawing,
        sentences={id_: whole for id_, (whole, _) in said.items()},
        names=tuple(_names(history, drawing)),
        marks=marks,
        masked=masked,
        told="".join([f"M{t.x} {t.y}H{t.at}V{t.to}" for t in drawing.tellings]),
        reached="".join([f"M{t.at} {t.to}h0" for t in drawing.tellings]),
        stubs="".join([f"M{x} {y + 7}v9" for x, y in drawing.stubs]),
        care=tuple(
            (band, address_of(band.care.because), said_of[band.care]) for band in drawing.bands
        ),
        lived=lines_of(lived, period, address_of),
        births=tuple((x, y, _birth(history, child)) for child, x, y in drawing.births),
        **_overview(whole, drawing),
        zooms=_zooms(asked, period, address),
        steps=_steps(asked, period, address),
        period=f"{day_in_words(period[0])} to {day_in_words(period[1])}",
    )


def _marks(history: History, drawing: Drawing, said: dict[UUID, tuple[str, str]], address_of):
    """The marks of each lane with its agency's name, and apart the masked entries' boxes."""
    entries = {entry.id: entry for entry in history.entries}
    dates = {masked.id: masked.happened for masked in history.masked}
    by_lane: dict[str, list[DrawnMark]] = {}
    masked: list[tuple[Placed, str]] = []
    for at in drawing.marks:
        if at.agency == HELD_ELSEWHERE:
            words = f"An entry dated {date_in_words(dates[at.id])}, held by another agency"
            masked.append((at, words))
            continue
        entry = entries[at.id]
        name, href, mark = said[at.id][1], address_of(at.id), mark_of(entry)
        left, band = at.left, at.band
        within = (round(band[0] - left, 1), round(band[1] - band[0], 1)) if band else None
        drawn = DrawnMark(href, name, mark, f"{left} {at.top}", within)
        by_lane.setdefault(entry.agency.name, []).append(drawn)
    return tuple((name, tuple(drawn)) for name, drawn in by_lane.items()), tuple(masked)


def _spot(entry: ShownEntry, on: date) -> Spot:
    """Where an entry stands; what still goes on is drawn to `on` and no further."""
    when = entry.statement.happened
    first, last = when.from_min, when.to_max
    if first is None and last is not None:  # "on or before": it cannot have been later than this
        first = last
    own = entry.statement.agency
    told = tuple(
        [
            (k.agency, day_of(k.known_from))
            for k in entry.knowers
            if k.level != ORIGINATED and k.agency != own
        ]
    )
    rule = RULES.get(entry.statement.kind, "")
    ends = first if when.is_exact else last or max(on, first or on)
    if when.is_approximate and first and ends == first:  # "about 3 March" is no point either
        ends = first + timedelta(days=1)
    return Spot(entry.statement.id, own, first, ends, told, entry.is_held_alone, rule)


def _masked_spot(masked: MaskedEntry, on: date) -> Spot:
    when = masked.happened
    first = when.from_min or when.to_max
    last = first if when.is_exact else when.to_max or max(on, first or on)
    return Spot(masked.id, HELD_ELSEWHERE, first, last)


def _lane_name(history: History, agency: UUID) -> str:
    return HELD_ELSEWHERE_NAME if agency == HELD_ELSEWHERE else history.agencies[agency].name


def _birth(history: History, child) -> str:
    member = next(m for m in history.family.children if m.person == child)
    return f"{member.name} born {date_in_words(member.born, weekday=False)}"


def _names(history: History, drawing: Drawing):
    named = set()
    for row in drawing.children:
        first = row.whose not in named
        lines = wrap(history.names.get(row.whose, ""), NAME_WIDTH)[:1] if first else []
        named.add(row.whose)
        note = ROW_NOTES[row.sort]
        # A first line has room for two lines of words; a note under the name is 15 px below it.
        y = row.top + (14 if lines and note else 21)
        yield LaneName(tuple(lines), y, row.top, row.height, note, is_child=True)
    for lane in drawing.lanes:
        lines = wrap(_lane_name(history, lane.whose), NAME_WIDTH)
        # Lines are 17 px apart, and stand together around the middle of the lane.
        y = lane.middle - (len(lines) - 1) * LINE / 2 + 5
        yield LaneName(tuple(lines), round(y, 1), lane.top, lane.height)


def _overview(whole: History, drawing: Drawing) -> dict[str, tuple]:
    """One bar a month over all time, and where the drawn period lies among them."""
    days = [e.happened.from_min for e in whole.entries if e.happened.from_min]
    counts = Counter((day.year, day.month) for day in days)
    first = min([*days, drawing.first]).replace(day=1)
    last = max([*days, drawing.last])
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step, most = drawing.width / months, max([*counts.values(), 1])

    def x(day: date) -> float:
        month = (day.year - first.year) * 12 + day.month - first.month
        return (month + (day.day - 1) / 31) * step

    bars = []
    for (year, month), count in sorted(counts.items()):
        tall = max(2.0, count / most * (STRIP_HEIGHT - 2))
        left = x(date(year, month, 1))
        bars.append(
            (
                round(left, 1),
                round(STRIP_HEIGHT - tall, 1),
                round(max(step - 1, 1), 1),
                round(tall, 1),
            )
        )
    left = x(drawing.first)
    window = (round(left, 1), round(max(x(drawing.last + timedelta(days=1)) - left, 3), 1))
    return {"strip": tuple(bars), "window": window}


def _zooms(asked: Asked, period: tuple[date, date], address: str) -> tuple[dict[str, object], ...]:
    """All of it, or the year, quarter or month that the drawn period ends in."""
    last = min(period[1], asked.on)
    found: list[dict[str, object]] = [
        {"text": "All of it", "between": (None, None)},
        {"text": f"Year {last.year}", "between": _stretch(last, 12)},
        {"text": "Quarter", "between": _stretch(last, 3)},
        {"text": "Month", "between": _stretch(last, 1)},
    ]
    return tuple(
        {
            "text": one["text"],
            "href": address + query_of(asked, between=one["between"]),
            "current": one["between"] == asked.between,
        }
        for one in found
    )


def _stretch(day: date, months: int) -> tuple[date, date]:
    """The calendar month, quarter or year a day falls in."""
    month = (day.month - 1) // months * months + 1
    first = date(day.year, month, 1)
    return first, _first_of_month(first, months) - timedelta(days=1)


def _first_of_month(day: date, later: int) -> date:
    months = day.year * 12 + day.month - 1 + later
    return date(months // 12, months % 12 + 1, 1)


def _steps(asked: Asked, period: tuple[date, date], address: str) -> tuple[dict[str, str], ...]:
    """One period of the same length earlier and later, where a whole period is drawn."""
    first, last = asked.between
    if not first or not last:
        return ()
    months = max(1, round((last - first).days / 30.4))
    earlier = _first_of_month(first.replace(day=1), -months)
    later = _first_of_month(first.replace(day=1), months)
    found = [("Earlier", earlier), ("Later", later)]
    return tuple(
        {
            "text": text,
            "period": f"{day_in_words(start)} on",
            "href": address
            + query_of(
                asked,
                between=(start, _first_of_month(start, months) - timedelta(days=1)),
            ),
        }
        for text, start in found
        if start <= asked.on and start.year > 1900
    )
