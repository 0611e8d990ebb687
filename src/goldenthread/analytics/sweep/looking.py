"""What every shape needs of the tables: a pattern's events, which of them are open, about whom.

The counterpart of `domain.risk.looking` and `domain.risk.ledger` in sets; the rules are theirs, and
`tests/agreement/test_sweep.py` holds the two to the same answers.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from goldenthread.analytics.sweep.bits import AGENCY_KINDS, CLASSES, KINDS
from goldenthread.analytics.sweep.preparing import Prepared
from goldenthread.analytics.sweep.sql import Steps, all_of, meets
from goldenthread.domain.provenance.vocabulary import AgencyKind, Kind
from goldenthread.domain.risk.ledger import PLAINLY_A_RESPONSE, SETTLED_FOR
from goldenthread.domain.risk.looking import MOST_EVENTS, since
from goldenthread.domain.risk.matching import Filter
from goldenthread.domain.risk.pattern import Pattern
from goldenthread.domain.risk.vocabulary import Nature, Per, PersonClass

_MEETING = AGENCY_KINDS.bit(AgencyKind.MULTI_AGENCY)
_NEW_PARTNER = KINDS.bit(Kind.NEW_PARTNER)
_STRANGERS = CLASSES.mask((PersonClass.PARTNER, PersonClass.UNKNOWN))
_EVENT = (
    "f.family, f.place, f.day, f.earliest, f.known, f.arrived, f.sat_in, f.agency, f.agency_kind, "
    "f.kind, f.harms, f.people, f.adults, f.children, f.newcomers"
)
ENTRY = "family, place"
SUBJECT = "family, subject, place"


@dataclass
class Look:
    """One pattern looking at the tables of a batch; the steps of its statement gather in it."""

    pattern: Pattern
    prepared: Prepared
    steps: Steps = field(default_factory=Steps)

    @property
    def today(self) -> int:
        """The day asked about, as a number."""
        return self.prepared.today

    def since(self, days: int) -> int:
        """The first day of a window of so many days that ends today."""
        return since(self.prepared.on, days).toordinal()

    def fits(self, one: Filter, alias: str, *, raising: bool = False) -> str:
        """Whether an entry fits a filter; `raising` leaves out strengths."""
        fits = self.prepared.flags.fits(one, alias)
        return f"{fits} AND NOT {alias}.strength" if raising else fits

    def raising(self, name: str, start: int, end: int | None = None) -> str:
        """A step of the events that lie certainly within these days, the latest of them.

        Only of families in which services are involved, where the pattern asks for that; `opened`
        says since when.
        """
        select = self.every(start, self.today if end is None else end)
        return self.steps.add(name, f"SELECT * FROM ({select}) f WHERE back <= {MOST_EVENTS}")

    def every(self, start: int, end: int) -> str:
        """The select of all events that lie certainly within these days."""
        harm = self.pattern.nature is Nature.HARM
        opened = "1" if self.pattern.only_while is None else "x.opened"
        return f"""
  SELECT {_EVENT}, {opened} AS opened,
    row_number() OVER (PARTITION BY f.family ORDER BY f.place DESC) AS back
  FROM fact f {self.while_open("f")}
  WHERE {self.fits(self.pattern.shape.events, "f", raising=harm)}
    AND f.day BETWEEN {start} AND {end} AND f.earliest >= {start}"""

    def while_open(self, alias: str) -> str:
        """The join with the families in which services are involved, where that is asked for."""
        one = self.pattern.only_while
        if one is None:
            return ""
        table = self.prepared.episodes[(one.opens, one.closes)]
        lasting = f"x.latest >= {self.today - one.lapses}"
        return f"JOIN {table} x ON x.family = {alias}.family AND {lasting}"

    def due(self, events: str) -> str:
        """A step of those events for which there was time to answer."""
        begun = self.today - self.pattern.shape.grace
        waited = f"greatest(f.arrived, f.opened) <= {begun}"
        return self.steps.add(f"{events}_due", f"SELECT * FROM {events} f WHERE {waited}")

    def by_subject(self, name: str, events: str) -> str:
        """A step of events by whom the question would be about, once for each."""
        select = self._by_person("f.children", events)
        if self.pattern.per is Per.FAMILY:
            select = f"SELECT f.*, CAST(0 AS BIGINT) AS subject FROM {events} f"
        elif self.pattern.per is Per.ENTRY:
            select = f"SELECT f.*, CAST(f.place + 1 AS BIGINT) AS subject FROM {events} f"
        elif self.pattern.per is Per.AGENCY:
            select = f"SELECT f.*, f.agency AS subject FROM {events} f"
        elif self.pattern.per is Per.NEWCOMER:
            select = f"""{self._by_person("f.newcomers", events)}
UNION ALL
SELECT f.*, CAST(0 AS BIGINT) AS subject FROM {events} f
WHERE f.newcomers = 0 AND f.kind = {_NEW_PARTNER}"""
        return self.steps.add(name, select)

    @staticmethod
    def _by_person(column: str, events: str) -> str:
        return f"""SELECT f.*, p.bit AS subject
FROM {events} f JOIN people_in p ON p.family = f.family AND {meets(column, "p.bit")}"""

    def open_events(self, name: str, events: str) -> str:
        """A step of the events still due and unanswered, by the subject of the question."""
        due = self.by_subject(f"{name}_by", self.due(events))
        return self.unanswered(name, due, SUBJECT)

    def unanswered(self, name: str, due: str, key: str = ENTRY) -> str:
        """A step of those due that nothing answers and nothing settled."""
        found = [one for one in (self._answered(name, due, key), self._settled(name, due)) if one]
        left = due
        for place, answered in enumerate(found):
            columns = key if answered.endswith("answered") else ENTRY
            step = name if place == len(found) - 1 else f"{name}_left"
            left = self.without(step, left, answered, columns)
        return left if found else self.steps.add(name, f"SELECT * FROM {due}")

    def without(self, name: str, rows: str, those: str, key: str) -> str:
        """A step of the rows whose key is not among those of another step."""
        columns = key.split(", ")
        same = all_of(*(f"x.{column} = f.{column}" for column in columns))
        return self.steps.add(
            name, f"SELECT f.* FROM {rows} f LEFT JOIN {those} x ON {same} WHERE x.family IS NULL"
        )

    def _answered(self, name: str, due: str, key: str) -> str:
        shape = self.pattern.shape
        if not shape.answered_by:
            return ""
        before = getattr(shape, "also_before", 0)
        response = self.response("a", "d", must_know=shape.must_know)
        when = f"({response})"
        if before:
            when = f"(a.day >= d.day - {before} AND a.day < d.day OR {response})"
        about = self._is_about(key) if getattr(shape, "same_person", False) else ""
        later = "a.day <> d.day" if getattr(shape, "later_day", False) else ""
        told = told_by_then("d", "a") if shape.must_know else ""
        columns = ", ".join(f"d.{column}" for column in key.split(", "))
        return self.steps.add(
            f"{name}_answered",
            f"""SELECT DISTINCT {columns}
FROM {due} d JOIN fact a ON a.family = d.family AND {self.fits(shape.answered_by, "a")}
  AND a.day >= d.day - {before} AND a.place <> d.place
{told}
WHERE {all_of(when, about, later)}""",
        )

    def _is_about(self, key: str) -> str:
        """Whether an answer is about the subject, else about an adult of the entry but a mother."""
        wanted = "CASE WHEN d.newcomers <> 0 THEN d.newcomers ELSE d.people END"
        nameless = f"d.kind = {_NEW_PARTNER} AND d.newcomers = 0"
        stranger = meets("a.classes", _STRANGERS)
        otherwise = f"""CASE WHEN {nameless} THEN {stranger}
  ELSE d.people = 0 OR {meets(f"({wanted})", "a.people")} END"""
        if not self.pattern.per.is_person or "subject" not in key:
            return f"({otherwise})"
        return (
            f"(CASE WHEN d.subject <> 0 THEN {meets('d.subject', 'a.people')} ELSE {otherwise} END)"
        )

    def _settled(self, name: str, due: str) -> str:
        settled_by = self.pattern.shape.settled_by
        if not settled_by:
            return ""
        return self.steps.add(
            f"{name}_settled",
            f"""SELECT DISTINCT d.family, d.place
FROM {due} d JOIN fact s ON s.family = d.family AND {self.fits(settled_by, "s")}
  AND s.day BETWEEN d.day - {SETTLED_FOR.days} AND d.day AND {meets("d.children", "s.people")}
WHERE d.harms = 0""",
        )

    @staticmethod
    def response(answer: str, to: str, *, must_know: bool) -> str:
        """Whether an entry came after another, by somebody who knew of it where that is needed.

        Where it is needed, the statement joins `told_by_then`.
        """
        a, d = answer, to
        after = f"{a}.place <> {d}.place AND {a}.day >= {d}.day AND {a}.arrived >= {d}.arrived"
        if not must_know:
            return after
        soon = f"{a}.day - {d}.day <= {PLAINLY_A_RESPONSE.days}"
        shared = f"({meets(f'{a}.people', f'{d}.people')} OR {a}.people = 0 OR {d}.people = 0)"
        alike = meets(f"{a}.harms", f"{d}.harms")
        return f"{after} AND ({knew(d, a)} OR {soon} AND {shared} AND {alike})"


def told_by_then(entry: str, whose: str, by: str = "") -> str:
    """The join that `knew` reads: the row on which an agency was told of an entry by a day."""
    by = by or f"{whose}.day"
    return f"""LEFT JOIN told t ON t.family = {entry}.family AND t.place = {entry}.place
  AND t.agency = {whose}.agency AND t.day <= {by}"""


def knew(entry: str, whose: str, by: str = "") -> str:
    """Whether the agency of `whose` knew an entry by a day, that of `whose` unless said.

    A meeting of agencies knows what social care knows, which always sits in it.
    """
    by = by or f"{whose}.day"
    sat = f"{whose}.agency_kind = {_MEETING} AND coalesce({entry}.sat_in <= {by}, false)"
    return f"""CASE WHEN {entry}.agency = {whose}.agency THEN {entry}.known <= {by}
  ELSE {sat} OR t.family IS NOT NULL END"""
