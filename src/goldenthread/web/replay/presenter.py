"""A replay ready to show: up to a day, as a drawing, as a table, and question by question.

The drawing, the table and the list are made of the same lines, so that they can never disagree.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from goldenthread.domain.shared.partial_date import MONTHS
from goldenthread.domain.thread.sharing import Asking, Difference
from goldenthread.drawing.asked import Line, Span, Whose, drawn, legend_of, printed
from goldenthread.drawing.marks import Sheet
from goldenthread.drawing.writing import write
from goldenthread.usecases.risk.living_twice import Replayed
from goldenthread.web.kit.words import counted, day_in_words
from goldenthread.web.replay import wording
from goldenthread.web.replay.wording import Voices

Shown = dict[str, object]
# A question that rests on more entries than these has the others folded under them.
BECAUSE_SHOWN = 5
NOT_DRAWN: Shown = {"svg": "", "names": "", "is_folded": False, "paper": (), "legend": ()}


@dataclass(frozen=True, slots=True)
class Source:
    """Where the entries of a history are: an address and words for each id, in one step."""

    address: Callable[[str], str]
    words: Callable[[str], str]


def up_to(replayed: Replayed, on: date) -> tuple[Difference, ...]:
    """What had been asked by a day, as it stood on it: nothing later is looked at."""
    found = []
    for one in replayed.differences:
        together, alone = _by(one.together, on), _by(one.alone, on)
        if together or alone:
            found.append(replace(one, together=together, alone=alone))
    return tuple(found)


def _by(asking: Asking | None, on: date) -> Asking | None:
    if asking is None or asking.on > on:
        return None
    is_still = asking.ended is not None and asking.ended > on
    return replace(asking, ended=None) if is_still else asking


def page_of(
    replayed: Replayed, voices: Voices, source: Source, *, on: date, is_last: bool
) -> Shown:
    """Everything a template shows of a replay up to a day; `is_last` where that is the end."""
    found = up_to(replayed, on)
    rows = [
        _row(number, one, replayed, voices, source, None if is_last else on)
        for number, one in enumerate(found, start=1)
    ]
    page: Shown = {
        "wide_words": voices.wide,
        "agency": voices.agency,
        "is_pooled": voices.is_pooled,
        "summary": wording.summary(found, voices),
        "rows": rows,
        "months": _months(rows),
        "count": counted(len(rows), "question"),
    }
    return page | (_drawing(rows, found, voices, on) if found else NOT_DRAWN)


def _row(
    number: int,
    one: Difference,
    replayed: Replayed,
    voices: Voices,
    source: Source,
    by: date | None,
) -> Shown:
    raised = one.asking.raised
    pattern = replayed.patterns.get(raised.pattern)
    not_told = {each.entry: each for each in one.not_told}
    because = [
        {
            "href": source.address(id),
            "words": source.words(id),
            "note": wording.note(not_told[id], voices, by=by) if id in not_told else "",
        }
        for id in raised.because
    ]
    return {
        "anchor": f"question-{number}",
        "title": pattern.title if pattern else raised.question,
        "pattern": raised.pattern,
        "on": one.asking.on,
        "when": day_in_words(one.asking.on, weekday=True),
        "question": raised.question,
        "difference": wording.sentence(one, voices, by=by),
        "short": wording.short(one, voices),
        "together": _span(one.together),
        "alone": _span(one.alone),
        "differs": one.days_earlier != 0,
        "because": because[:BECAUSE_SHOWN],
        "more": because[BECAUSE_SHOWN:],
        "entries": "this entry" if len(because) == 1 else f"these {len(because)} entries",
    }


def _span(asking: Asking | None) -> str:
    if asking is None:
        return "Not asked"
    began = day_in_words(asking.on)
    return f"{began} to {day_in_words(asking.ended)}" if asking.ended else f"Since {began}"


def _months(rows: Iterable[Shown]) -> list[Shown]:
    found: dict[str, list[Shown]] = {}
    for row in rows:
        on = row["on"]
        found.setdefault(f"{MONTHS[on.month - 1].title()} {on.year}", []).append(row)
    return [{"title": title, "rows": members} for title, members in found.items()]


def _drawing(rows: Sequence[Shown], found: Sequence[Difference], voices: Voices, on: date) -> Shown:
    lines = [_line(row, one) for row, one in zip(rows, found, strict=True)]
    whose = Whose(f"{voices.wide[0].lower()}{voices.wide[1:]}", _own_words(voices))
    sheets = drawn(lines, whose, through=on)
    return {
        "svg": Markup(write(sheets.plot)),
        "names": Markup(write(sheets.names)),
        "is_folded": sheets.is_folded,
        "paper": [
            (Markup(write(part.names)), Markup(write(part.plot)))
            for part in printed(lines, whose, through=on)
        ],
        "legend": [(words, Markup(_sign(marks))) for words, marks in legend_of(whose)],
    }


def _sign(marks) -> str:
    return write(Sheet(60, 24, "", "", marks, "sign"))


def _own_words(voices: Voices) -> str:
    return f"{voices.agency} alone" if voices.is_pooled else "your agency as it was told"


def _line(row: Shown, one: Difference) -> Line:
    days = one.days_earlier
    return Line(
        title=str(row["title"]),
        together=_drawn_span(one.together),
        alone=_drawn_span(one.alone),
        sentence=f"{row['title']}. {row['when']}: {row['difference']}",
        href=f"#{row['anchor']}",
        gap=counted(days, "day") if days and days > 0 else "",
    )


def _drawn_span(asking: Asking | None) -> Span | None:
    return Span(asking.on, asking.ended) if asking else None


@dataclass(frozen=True, slots=True)
class Steps:
    """The day shown, and the nearest days before and after on which a question changed."""

    on: date
    before: date | None
    after: date | None


def steps(replayed: Replayed, on: date, last: date) -> Steps:
    """Where one can step to from a day: to each day on which something was asked or ceased."""
    days = sorted(
        {
            day
            for one in replayed.differences
            for asking in (one.together, one.alone)
            if asking
            for day in (asking.on, asking.ended)
            if day
        }
    )
    before, after = bisect_left(days, on), bisect_right(days, on)
    later = days[after] if after < len(days) else None
    return Steps(
        on,
        days[before - 1] if before else None,
        later or (last if on < last else None),
    )


def of_the_day(replayed: Replayed, voices: Voices, on: date) -> Shown:
    """What was open on a day and what changed on it, counted and named."""
    found = up_to(replayed, on)

    def titles(askings: Iterable[Asking]) -> list[str]:
        names = (replayed.patterns[one.raised.pattern].title for one in askings)
        return sorted(dict.fromkeys(names))

    together = [one.together for one in found if one.together]
    alone = [one.alone for one in found if one.alone]
    return {
        "day": day_in_words(on, weekday=True),
        "wide_open": wording.questions(sum(1 for one in together if one.ended is None)),
        "own_open": wording.questions(sum(1 for one in alone if one.ended is None)),
        "asked": titles(one for one in together if one.on == on),
        "asked_alone": titles(one for one in alone if one.on == on),
        "ceased": titles(one for one in together if one.ended == on),
    }
