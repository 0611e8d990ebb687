"""The words of the handbook's pages: a question without a family, numbers, examples, versions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from goldenthread.domain.provenance.vocabulary import AgencyKind, Concern, HowKnown, Kind
from goldenthread.domain.risk import shapes
from goldenthread.domain.risk.pattern import Pattern
from goldenthread.domain.risk.thresholds import thresholds_of
from goldenthread.domain.risk.vocabulary import Nature
from goldenthread.domain.shared.partial_date import parse_edtf
from goldenthread.usecases.risk.handbook import miss_in_words, setting_in_words
from goldenthread.usecases.risk.read_handbook import HandbookPage, Version
from goldenthread.usecases.risk.worked_examples import Row
from goldenthread.web.kit import words

# What stands in a question where a family's own words will stand.
_PLACES = {
    "{who}": "[who]",
    "{agencies}": "[which agencies]",
    "{number}": "[how many]",
    "{since}": "[since when]",
}
HEADINGS = ("Day", "Agency", "How known", "People", "Kind", "Domain", "What", "Told")


# What each shape does, for somebody who has read no code. Tests hold that none is missing.
SHAPES: dict[type[shapes.Shape], str] = {
    shapes.Count: "Counts the occasions within a period and asks when there are enough that nobody "
    "has answered. Two agencies’ entries of one day or the next are one occasion.",
    shapes.Sources: "Asks when several agencies each have an entry within a period, on more than "
    "one occasion.",
    shapes.Acceleration: "Compares the latest weeks with this family’s own pace before them, and "
    "asks when things come so many times as fast.",
    shapes.Recurrence: "Asks when the same comes again within a time after something that had been "
    "thought to end it.",
    shapes.Silence: "Asks when nothing was recorded for so long since the last time, or since the "
    "wait began.",
    shapes.FollowUp: "Asks when something happened and nothing followed it in the days there were "
    "to act.",
    shapes.Needs: "Asks when so many different needs of adults stand beside each other within a "
    "period.",
    shapes.Untold: "Asks when one agency has known something for longer than the days there were "
    "to act, and those who should know have not been told.",
    shapes.Stale: "Asks when something is newer than the plan, assessment or decision that rests "
    "on what was so before.",
    shapes.Closing: "Asks when a decision is taken while something is open, unseen or unanswered.",
}


def shape(one: Pattern) -> str:
    """How a pattern looks at a history."""
    return SHAPES[type(one.shape)]


def theme(key: str) -> str:
    """A theme as a heading."""
    return key.replace("_", " ").capitalize()


def filled(text: str) -> str:
    """A text of a pattern with its places named in brackets."""
    for place, said in _PLACES.items():
        text = text.replace(place, said)
    return text


def question(one: Pattern) -> str:
    """What it asks, beginning with a capital."""
    said = filled(one.question)
    return said[:1].upper() + said[1:]


def about(one: Pattern) -> str:
    """What sort of question it is."""
    return one.type.label if one.type else Nature.STRENGTH.label


def numbers(one: Pattern) -> list[dict[str, object]]:
    """Every number of a pattern in words."""
    return [
        {"part": n.part, "says": setting_in_words(n.part), "value": f"{n.value:,}"}
        for n in thresholds_of(one)
    ]


def change(part: str, before: int, after: int) -> str:
    """One number that a version sets otherwise."""
    return f"{setting_in_words(part)}: from {before:,} to {after:,}"


def status(version: Version, now: datetime) -> str:
    """Whether a version holds, has held or will."""
    row = version.decided
    if version.holds:
        return (
            f"Holds since {words.day_of_instant(row.holds_from)}"
            if row
            else "In use as it ships with the service"
        )
    if row and not version.still_fits:
        return "No longer fits the pattern that ships; not in use"
    if row and version.is_to_come(now):
        return f"Will hold from {words.day_of_instant(row.holds_from)}"
    return "Set otherwise since"


def example(page: HandbookPage) -> dict[str, object]:
    """The worked example as a table with what it asks, and its near-misses."""
    one, raised = page.example, page.raised
    on = words.day_in_words(one.on)
    if raised is None:
        said = f"With the numbers that hold now, this is not asked on {on}."
    else:
        because = words.listed(raised.because)
        row = "row" if len(raised.because) == 1 else "rows"
        verb = "it is said" if raised.nature is Nature.STRENGTH else "it is asked"
        said = f"On {on} {verb}, because of {row} {because}:"
    return {
        "headings": HEADINGS,
        "rows": list(table(one.rows)),
        "says": said,
        "question": raised.question if raised else "",
        "misses": [
            {"words": miss_in_words(miss, one), "rows": list(table(miss.plus))}
            for miss in one.near_misses
            if miss not in page.would_ask
        ],
        "asked_now": [miss_in_words(miss, one) for miss in page.would_ask],
    }


def table(rows: Iterable[Row]) -> Iterable[tuple[str, ...]]:
    """Rows of an example with the words a practitioner uses."""
    for row in rows:
        day, agency, how, people, kind, domain, what, *told = row.cells
        way, _, by = how.partition(" by ")
        yield (
            words.date_in_words(parse_edtf(day), weekday=False),
            AgencyKind.label_of(agency),
            HowKnown.label_of(way) + (f" by {by}" if by else ""),
            people.replace(";", ","),
            Kind.label_of(kind),
            words.listed(Concern.label_of(d.strip()) for d in domain.replace(";", " ").split()),
            what,
            _told(told[0]) if told else "",
        )


def _told(cell: str) -> str:
    """Whom a row says was told and when, as it is written, with the agencies by name."""
    for kind in sorted(AgencyKind, key=lambda one: -len(one.value)):
        cell = cell.replace(kind.value, kind.label)
    return cell
