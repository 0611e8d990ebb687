"""What a reader asked of a history, read from an address: whose knowledge, when, which entries.

The page, the printed sheet and every file read the same address through here, so that what is
printed is what was on the screen. Answers the finding that nobody could say what one agency had
known on one day. It must never hold words of a search (they name people, and an address is
kept in logs and histories): an address carries the random id under which the session keeps them.

    known-to=AGENCY  on=DATE  compare=AGENCY  form=lanes  order=newest
    agency=  person=  kind=  concern=  significance=  (each may be repeated)
    held=alone  from=DATE  to=DATE  search=ID
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.vocabulary import Concern, Kind, Significance
from goldenthread.domain.shared.dates_as_typed import parse_as_typed
from goldenthread.domain.shared.instants import day_of, end_of_day
from goldenthread.domain.shared.partial_date import DateNotUnderstood, PartialDate
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.domain.shared.word import Word
from goldenthread.records.chronology.reading import Sought
from goldenthread.usecases.chronology.shown import History, ShownEntry

# Where a session keeps the words of its searches, by id.
SEARCHES = "history_searches"
# A person looks through a handful of searches at a time; older ones are let go.
SEARCHES_KEPT = 20
# In an address: nobody has judged it. The stored value is empty, which an address cannot say.
NOT_JUDGED = "not-judged"


@dataclass(frozen=True, slots=True)
class Problem:
    """One part of an address that could not be read: where it was asked, and why in words."""

    asked: str
    reason: str


class CannotBeAsked(Refusal):
    """Some part of what was asked of a history could not be read."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose knowledge, at which instant, which entries, and in what form.

    `between` is the first and last day wanted, either may be open. `problems` lists what could not
    be read; the rest then stands as if that part had not been asked.
    """

    viewpoint: Viewpoint
    today: date
    on: date
    sought: Sought = field(default_factory=Sought)
    significances: frozenset[str] = frozenset()
    held_alone: bool = False
    between: tuple[date | None, date | None] = (None, None)
    compare: UUID | None = None
    newest_first: bool = False
    lanes: bool = False
    search: str = ""
    problems: tuple[Problem, ...] = ()
    typed_on: str = ""

    @property
    def is_everything(self) -> bool:
        """Whether no entry known from the viewpoint is left out."""
        return (
            self.sought.is_everything
            and not self.significances
            and not self.held_alone
            and self.between == (None, None)
        )

    @property
    def words_only(self) -> Sought:
        """Only the words sought: what a page loads, so that it can offer every other choice."""
        return Sought(words=self.sought.words)

    def because(self, asked: str) -> str:
        """Why one part could not be read; empty where it could."""
        return next((p.reason for p in self.problems if p.asked == asked), "")


def read_request(
    given: Mapping[str, Sequence[str]],
    *,
    now: datetime,
    searches: Mapping[str, str] | None = None,
) -> Asked:
    """Read an address: each name with its values, and the session's searches by id.

    Never raises: what cannot be read is a problem of the answer, in words. An agency or a
    person unknown here is only seen beside a history: see `only_known_here`.
    """
    reading = _Reading(given)
    today = day_of(now)
    on, typed_on = reading.viewpoint_day(today)
    as_of = now if on >= today else end_of_day(on)
    search = reading.one("search")
    words = (searches or {}).get(search, "") if search else ""
    if search and not words:
        reading.problem(
            "search", "The words you searched for are no longer kept. Please search again."
        )
    return Asked(
        viewpoint=Viewpoint(as_of, reading.agency("known-to")),
        today=today,
        on=on,
        sought=Sought(
            agencies=reading.ids("agency", "agency"),
            people=reading.ids("person", "person"),
            kinds=reading.words("kind", Kind, "kind of entry"),
            concerns=reading.words("concern", Concern, "area of concern"),
            words=words,
        ),
        significances=reading.words("significance", Significance, "significance", NOT_JUDGED),
        held_alone=reading.held_alone(),
        between=reading.period(),
        compare=reading.agency("compare"),
        newest_first=reading.choice("order", "oldest", "newest", "order"),
        lanes=reading.choice("form", "list", "lanes", "form"),
        search=search if words else "",
        problems=tuple(reading.problems),
        typed_on=typed_on,
    )


def insisted(asked: Asked) -> Asked:
    """What was asked, unchanged. Raises CannotBeAsked, in words, where any of it was not read.

    For files, which have no page to say a problem on.
    """
    if asked.problems:
        raise CannotBeAsked(" ".join(problem.reason for problem in asked.problems))
    return asked


def only_known_here(asked: Asked, history: History) -> Asked:
    """What was asked, without agencies and people this history does not know; each is said."""
    no_agency = "That agency is not in this partnership. Choose one from the list."
    problems = list(asked.problems)
    viewpoint, compare, wanted = asked.viewpoint, asked.compare, asked.sought
    if viewpoint.agency is not None and viewpoint.agency not in history.agencies:
        problems.append(Problem("known-to", no_agency))
        viewpoint = Viewpoint(viewpoint.as_of)
    if compare is not None and compare not in history.agencies:
        problems.append(Problem("compare", no_agency))
        compare = None
    agencies = wanted.agencies & history.agencies.keys()
    if agencies != wanted.agencies:
        problems.append(Problem("agency", no_agency))
    people = wanted.people & {member.person for member in history.family.members}
    if people != wanted.people:
        problems.append(Problem("person", "That person is not listed with this family."))
    wanted = replace(wanted, agencies=frozenset(agencies), people=frozenset(people))
    return replace(
        asked, viewpoint=viewpoint, compare=compare, sought=wanted, problems=tuple(problems)
    )


def chosen(history: History, asked: Asked) -> History:
    """The history with only the entries asked for; masked entries only where nothing is sought.

    A masked entry has a date and nothing else, so a period may choose among them.
    """
    wanted = asked.sought
    entries = tuple(entry for entry in history.entries if _is_wanted(entry, wanted, asked))
    undated = replace(asked, between=(None, None))
    masked = history.masked if undated.is_everything else ()
    kept = tuple(m for m in masked if falls_between(m.happened, asked.between))
    return replace(history, entries=entries, masked=kept)


def falls_between(happened: PartialDate, between: tuple[date | None, date | None]) -> bool:
    """Whether something can have been so on a day of the period; an unknown date is in none."""
    first, last = between
    if first is None and last is None:
        return True
    if not happened.is_known:
        return False
    begins_too_late = last is not None and (happened.from_min or date.min) > last
    ends_too_early = first is not None and (happened.to_max or date.max) < first
    return not (begins_too_late or ends_too_early)


def _is_wanted(entry: ShownEntry, wanted: Sought, asked: Asked) -> bool:
    said = entry.statement
    return (
        (not wanted.agencies or said.agency in wanted.agencies)
        and (not wanted.kinds or said.kind in wanted.kinds)
        and (not wanted.concerns or not wanted.concerns.isdisjoint(said.concerns))
        and (not wanted.people or any(s.person in wanted.people for s in said.subjects))
        and (not asked.significances or entry.significance in asked.significances)
        and (not asked.held_alone or entry.is_held_alone)
        and falls_between(said.happened, asked.between)
    )


def pairs_of(asked: Asked) -> tuple[tuple[str, str], ...]:
    """What was asked as the names and values of an address, in a stable order."""
    wanted = asked.sought
    pairs: list[tuple[str, str]] = []
    if asked.viewpoint.agency:
        pairs.append(("known-to", str(asked.viewpoint.agency)))
    if asked.on != asked.today:
        pairs.append(("on", asked.on.isoformat()))
    if asked.compare:
        pairs.append(("compare", str(asked.compare)))
    pairs += [("agency", str(value)) for value in sorted(wanted.agencies)]
    pairs += [("person", str(value)) for value in sorted(wanted.people)]
    pairs += [("kind", str(value)) for value in sorted(wanted.kinds)]
    pairs += [("concern", str(value)) for value in sorted(wanted.concerns)]
    pairs += [("significance", str(s) or NOT_JUDGED) for s in sorted(asked.significances)]
    if asked.held_alone:
        pairs.append(("held", "alone"))
    pairs += [(n, d.isoformat()) for n, d in zip(("from", "to"), asked.between, strict=True) if d]
    if asked.search:
        pairs.append(("search", asked.search))
    if asked.newest_first:
        pairs.append(("order", "newest"))
    if asked.lanes:
        pairs.append(("form", "lanes"))
    return tuple(pairs)


def query_of(asked: Asked, **changes: Any) -> str:
    """What was asked, with some parts changed, as the end of an address: "?known-to=..." or ""."""
    query = urlencode(pairs_of(replace(asked, **changes)))
    return f"?{query}" if query else ""


class _Reading:
    """Reads the parts of one address, gathering what could not be read."""

    def __init__(self, given: Mapping[str, Sequence[str]]) -> None:
        self.given = given
        self.problems: list[Problem] = []

    def problem(self, asked: str, reason: str) -> None:
        if not any(p.asked == asked for p in self.problems):
            self.problems.append(Problem(asked, reason))

    def values(self, name: str) -> list[str]:
        typed = ("".join(filter(str.isprintable, value)) for value in self.given.get(name, ()))
        return [value.strip() for value in typed if value.strip()]

    def one(self, name: str) -> str:
        return next(iter(self.values(name)), "")

    def agency(self, name: str) -> UUID | None:
        return next(iter(self.ids(name, "agency", self.values(name)[:1])), None)

    def ids(self, name: str, what: str, values: Iterable[str] | None = None) -> frozenset[UUID]:
        found = set()
        for value in self.values(name) if values is None else values:
            try:
                found.add(UUID(value))
            except ValueError:
                self.problem(name, f"We do not know that {what}. Choose one from the list.")
        return frozenset(found)

    def words(
        self, name: str, vocabulary: type[Word], what: str, empty: str | None = None
    ) -> frozenset[str]:
        found = set()
        for value in self.values(name):
            value = "" if value == empty else value
            try:
                found.add(vocabulary(value).value)
            except ValueError:
                self.problem(name, f"We do not know that {what}. Choose one from the list.")
        return frozenset(found)

    def choice(self, name: str, usual: str, other: str, what: str) -> bool:
        value = self.one(name)
        if value not in ("", usual, other):
            self.problem(name, f"We do not know that {what}. The usual one is shown.")
        return value == other

    def held_alone(self) -> bool:
        value = self.one("held")
        if value not in ("", "alone"):
            self.problem("held", "We can only look for entries that one agency held alone.")
        return value == "alone"

    def viewpoint_day(self, today: date) -> tuple[date, str]:
        typed = self.one("on")
        day = self.day("on", typed, last=False)
        if day is not None and day > today:
            self.problem("on", "That day has not come yet. Choose a day up to today.")
            day = None
        return day or today, typed

    def period(self) -> tuple[date | None, date | None]:
        first = self.day("from", self.one("from"), last=False, part=True)
        last = self.day("to", self.one("to"), last=True, part=True)
        if first and last and first > last:
            self.problem("to", "The last day is before the first. Every day is shown.")
            return None, None
        return first, last

    def day(self, name: str, typed: str, *, last: bool, part: bool = False) -> date | None:
        """A day as typed; `part`: a month or a year will do, and means its first or last day."""
        if not typed:
            return None
        try:
            read = parse_as_typed(typed[:100])
        except DateNotUnderstood as refusal:
            self.problem(name, refusal.reason)
            return None
        if read.is_exact or (part and read.from_min and read.to_max):
            return read.to_max if last else read.from_min
        self.problem(name, f"“{typed[:100]}” is not one day. Write it like 3 March 2026.")
        return None
