"""One decision record in reading order, in words that are ready to show.

The page, the paper, the reader's test and the difference of two versions all take it from here, so
that one decision never reads two ways.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goldenthread.domain.decisions.record import Party
from goldenthread.domain.decisions.vocabulary import (
    SEES_IT_DIFFERENTLY,
    Asked,
    Heading,
    Met,
    Part,
    Setting,
    Sure,
    Tell,
    Threshold,
    Use,
    View,
)
from goldenthread.domain.provenance.links import Standing
from goldenthread.usecases.decisions.seen import (
    DecisionRead,
    DecisionSeen,
    OpenItem,
    PartyNamed,
    PinSeen,
    ToldRow,
)
from goldenthread.web.kit.words import (
    date_in_words,
    day_in_words,
    day_of_instant,
    instant_in_words,
    listed,
)

NOTHING = "Nothing is recorded."
MORE = "It rests on further entries that your agency has not been told. Ask {}."
CHANGED = "The words of this entry are no longer those that were pinned."
USES = {
    Use.RELIED_ON: "Relied on",
    Use.WEIGHED_AGAINST: "Weighed, and outweighed",
    Use.SET_ASIDE: "Set aside",
}
EntryAt = Callable[[UUID], str]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a list: what stands first, what follows, and words of its own below."""

    first: str
    more: str = ""
    words: str = ""
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a record: prose, or groups of lines, each with what they are called."""

    id: str
    title: str
    words: str = ""
    groups: tuple[tuple[str, tuple[Line, ...]], ...] = ()
    note: str = ""

    @property
    def plain(self) -> str:
        """All of it as text, line by line, for comparing."""
        lines = [self.words] if self.words else []
        for title, rows in self.groups:
            for row in rows:
                said = ": ".join(filter(None, (title, row.first, row.more)))
                lines.append(" ".join(filter(None, (said, row.words))))
        return "\n".join(lines)


def when_words(seen: DecisionSeen) -> str:
    """When it was decided: "Thursday 12 March 2026", with the hour where one was given."""
    if seen.time_is_known:
        return instant_in_words(seen.decided_at)
    return day_of_instant(seen.decided_at, weekday=True)


def where_words(seen: DecisionSeen) -> str:
    """Where it was decided, in words."""
    return Setting.label_of(seen.setting)


def signed_words(seen: DecisionSeen) -> str:
    """Who signed it and when it was written down."""
    return f"Signed by {seen.signed_by_name}, {seen.agency_name}"


def version_words(seen: DecisionSeen) -> str:
    """What to call a version; by number only for those who may read every one before it."""
    return f"Version {seen.number}" if seen.number else "A later version"


def called(seen: DecisionSeen) -> str:
    """A version with its day: "Version 2, decided Thursday 12 March 2026"."""
    return f"{version_words(seen)}, decided {when_words(seen)}"


def sections(read: DecisionRead, entry_at: EntryAt | None = None) -> tuple[Section, ...]:
    """The record in reading order; entries are links where `entry_at` says how."""
    record = read.record
    prose = {heading: Section(heading, heading.label, record.words(heading)) for heading in Heading}
    return (
        Section("decided", "What was decided", read.decided.text),
        Section("rationale", "Why", record.rationale),
        *_again(read),
        _options(read),
        Section("threshold", "The threshold", _threshold(read)),
        prose[Heading.RISK],
        prose[Heading.STRENGTH],
        prose[Heading.ACCUMULATION],
        prose[Heading.ACCUMULATION_CHANGED],
        prose[Heading.UNKNOWN],
        _grounds(read, entry_at),
        _people(read),
        _differently(read),
        prose[Heading.PLAN],
        prose[Heading.FAMILY_TOLD],
        _told(read),
        Section("look_again", Heading.LOOK_AGAIN.label, _look_again(read)),
    )


def _again(read: DecisionRead) -> Iterator[Section]:
    if read.record.why_again:
        yield Section("why_again", "Why there is a new version", read.record.why_again)


def _threshold(read: DecisionRead) -> str:
    record = read.record
    if not record.threshold:
        return ""
    met = f": {Met.label_of(record.met).lower()}" if record.met else ""
    return f"{Threshold.label_of(record.threshold)}{met}."


def _options(read: DecisionRead) -> Section:
    taken = tuple(Line(o.words, words=o.why) for o in read.record.options if o.taken)
    left = tuple(Line(o.words, words=o.why) for o in read.record.options if not o.taken)
    groups = tuple(g for g in (("Taken", taken), ("Not taken", left)) if g[1])
    return Section("options", "What could have been decided", groups=groups)


def _grounds(read: DecisionRead, entry_at: EntryAt | None) -> Section:
    groups = []
    for use in Use:
        lines = tuple(_pin(one, entry_at) for one in read.pins if one.use == use)
        if lines:
            groups.append((USES[use], lines))
    note = MORE.format(read.seen.agency_name) if read.has_more else ""
    return Section("pins", "The entries it turned on", groups=tuple(groups), note=note)


def _pin(one: PinSeen, entry_at: EntryAt | None) -> Line:
    said = one.statement
    note = "" if one.is_as_pinned else CHANGED
    if one.standing is not Standing.STANDS:
        note = f"{note} Since then it was {one.standing.label.lower()}.".strip()
    return Line(
        f"{date_in_words(said.happened)}, {one.agency_name}",
        said.text,
        f"Why: {one.why}" if one.why else "",
        entry_at(said.id) if entry_at else "",
        note,
    )


def _people(read: DecisionRead) -> Section:
    groups = []
    for part in Part:
        lines = tuple(_person(one) for one in read.of_part(part))
        if lines:
            groups.append((part.label, lines))
    asked = read.record.asked
    note = (
        f"Was everybody asked if they see it differently? {Asked.label_of(asked)}." if asked else ""
    )
    return Section("parties", "Who had a part in it", groups=tuple(groups), note=note)


def _person(one: PartyNamed) -> Line:
    view, party = one.party.view, one.party
    # What somebody said who sees it differently stands under a heading of its own.
    said = "" if view in SEES_IT_DIFFERENTLY else party.said
    note = View.label_of(view) if view != View.NOT_ASKED else ""
    words = (party.note, said, _sure(party))
    return Line(one.name, _post(one), "\n".join(filter(None, words)), note=note)


def _sure(party: Party) -> str:
    """How sure somebody was that everything that matters had been shared; empty where unsaid."""
    missing = f"Still missing, as they saw it: {party.missing}" if party.missing else ""
    if party.sure == Sure.NOT_SAID:
        return missing
    how = f"{Sure.label_of(party.sure)} that everything that matters had been shared."
    return f"{how} {missing}".strip()


def _post(one: PartyNamed) -> str:
    return ", ".join(filter(None, (one.role, one.agency_name)))


def _differently(read: DecisionRead) -> Section:
    lines = tuple(
        Line(one.name, _post(one), one.party.said, note=View.label_of(one.party.view))
        for one in read.parties
        if one.party.view in SEES_IT_DIFFERENTLY
    )
    return Section("dissent", "Who sees it differently", groups=(("", lines),) if lines else ())


def _told(read: DecisionRead) -> Section:
    own = read.seen.agency
    rows = [one for one in read.told if one.agency != own]
    told = tuple(
        Line(one.agency_name, f"since {day_of_instant(one.since)}") for one in rows if one.since
    )
    waits = tuple(_waits(one) for one in rows if not one.since and one.how != Tell.NOT)
    kept = tuple(_waits(one) for one in rows if not one.since and one.how == Tell.NOT)
    groups = (("Knows of it", told), ("Must be told", waits), ("Is not to be told", kept))
    return Section("told", "Who is told", groups=tuple(g for g in groups if g[1]))


def _waits(one: ToldRow) -> Line:
    again = f"To be looked at again on {day_in_words(one.review_on)}." if one.review_on else ""
    return Line(one.agency_name, again, one.why)


def _look_again(read: DecisionRead) -> str:
    words = read.record.words(Heading.LOOK_AGAIN)
    by = read.record.look_again_by
    return "\n".join(filter(None, (words, f"By {day_in_words(by)} at the latest." if by else "")))


def open_words(one: OpenItem) -> str:
    """One thing that waits, in a sentence or two."""
    if one.sort == "untold":
        why = f" {one.words}" if one.words else ""
        return f"{one.agency_name} must be told and has not been.{why}"
    if one.sort == "not_told_review":
        on = day_in_words(one.on) if one.on else ""
        return f"Not telling {one.agency_name} was to be looked at again on {on}."
    if one.sort == "not_understood":
        return f"A reader of {one.agency_name} did not understand it: {one.words}"
    if one.sort == "look_again":
        by = day_in_words(one.on) if one.on else ""
        return f"It was to be looked at again by {by}. You may read no decision taken since."
    return f"An entry of {one.agency_name} that it turned on was {one.words.lower()} since."


def room_words(seen: DecisionSeen, names: dict[UUID, str]) -> str:
    """Who decided, by name."""
    return listed(sorted(names[who] for who in seen.deciders if who in names))


def told_day(instant: datetime) -> str:
    """A day in words."""
    return day_of_instant(instant)
