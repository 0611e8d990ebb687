"""What every pattern reads, made once for a batch of families: the entries known by the day.

The rules are those of `domain.risk.joining` and `domain.risk.ledger` for everybody's knowledge
together: when an entry becomes part of a history, what was told by the day, how old the children
are, and whether services are involved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from goldenthread.analytics.sweep.bits import AGENCY_KINDS
from goldenthread.analytics.sweep.filters import Flags
from goldenthread.analytics.sweep.sql import meets
from goldenthread.domain.risk.ledger import PREGNANCY, SITS_IN
from goldenthread.domain.risk.matching import Filter
from goldenthread.domain.risk.pattern import Pattern

Opening = tuple[Filter, Filter]
_KEPT = (
    "family", "place", "id", "agency", "agency_kind", "kind", "earliest", "day", "known", "harms",
    "strength", "classes", "people", "adults", "children", "newcomers", "born", "expects",
)  # fmt: skip
_SOCIAL_CARE = AGENCY_KINDS.mask(SITS_IN)


@dataclass
class Prepared:
    """The tables that patterns share, by name, each with the statement that makes it."""

    patterns: tuple[Pattern, ...]
    on: date
    flags: Flags = field(init=False)
    episodes: dict[Opening, str] = field(init=False)

    def __post_init__(self) -> None:
        """Number the filters and the times in which services are involved."""
        self.flags = Flags(self.patterns, self.on)
        times = (one.only_while for one in self.patterns if one.only_while is not None)
        opened = dict.fromkeys((one.opens, one.closes) for one in times)
        self.episodes = {one: f"episode{n}" for n, one in enumerate(opened)}

    @property
    def today(self) -> int:
        """The day asked about, as a number."""
        return self.on.toordinal()

    def tables(self) -> Iterator[tuple[str, str]]:
        """Each table and its statement, in the order in which they can be made.

        They read `facts_in`, `told_in` and `people_in`, the files' tables of the same columns.
        """
        yield (
            "told",
            f"SELECT family, place, agency, kind, day FROM told_in WHERE day <= {self.today}",
        )
        yield "fact", self._facts()
        for opening, name in self.episodes.items():
            yield name, self.opening(*opening)
        yield from self._ages()

    def _facts(self) -> str:
        columns = ", ".join(f"f.{name}" for name in _KEPT)
        return f"""
WITH kin AS (
  SELECT family, people, min(known) AS known FROM facts_in
  WHERE of_family AND NOT strength AND known <= {self.today} GROUP BY family, people
), joined AS (
  SELECT f.family, f.place, min(k.known) AS known
  FROM facts_in f JOIN kin k ON k.family = f.family
  WHERE NOT f.of_family AND f.known <= {self.today} AND {meets("f.people", "k.people")}
  GROUP BY f.family, f.place
), sat AS (
  SELECT family, place, min(day) AS day FROM told
  WHERE {meets("kind", _SOCIAL_CARE)} GROUP BY family, place
)
SELECT {columns},
  CASE WHEN f.of_family THEN f.known ELSE greatest(f.known, j.known) END AS arrived,
  CASE WHEN {meets("f.agency_kind", _SOCIAL_CARE)} THEN f.known ELSE s.day END AS sat_in
  {self.flags.as_columns()}
FROM facts_in f
LEFT JOIN joined j ON j.family = f.family AND j.place = f.place
LEFT JOIN sat s ON s.family = f.family AND s.place = f.place
WHERE f.known <= {self.today} AND (f.of_family OR j.known IS NOT NULL)"""

    def opening(self, opens: Filter, closes: Filter) -> str:
        """The entry that began the time that is open on the day, and the last that would open it.

        The rule of `waiting.opening`: what closes on a day outweighs what opens on it.
        """
        fits = self.flags.fits
        return f"""
WITH closed AS (
  SELECT c.family, max(c.day) AS day FROM fact c
  WHERE {fits(closes, "c")} AND NOT c.strength GROUP BY c.family
)
SELECT o.family, min(o.place) AS place, min(o.day) AS day, max(o.day) AS latest,
  min_by(o.arrived, o.place) AS opened
FROM fact o LEFT JOIN closed c ON c.family = o.family
WHERE {fits(opens, "o")} AND NOT o.strength AND o.day > coalesce(c.day, 1)
GROUP BY o.family"""

    def _ages(self) -> Iterator[tuple[str, str]]:
        yield (
            "born",
            f"""
SELECT f.family, p.bit, min(f.earliest) AS day
FROM fact f JOIN people_in p ON p.family = f.family AND {meets("f.born", "p.bit")}
WHERE f.born <> 0 AND NOT f.strength AND f.earliest IS NOT NULL
GROUP BY f.family, p.bit""",
        )
        yield "expected", "SELECT DISTINCT family, known FROM fact WHERE expects AND NOT strength"
        yield (
            "child",
            f"""
WITH named AS (
  SELECT family, bit_or(people) AS people FROM fact WHERE NOT strength GROUP BY family
)
SELECT p.family, p.bit, b.day AS born
FROM people_in p JOIN named n ON n.family = p.family AND {meets("n.people", "p.bit")}
LEFT JOIN born b ON b.family = p.family AND b.bit = p.bit
WHERE p.is_child""",
        )
        for days in _distinct(one.child_under for one in self.patterns):
            yield f"under{days}", self._under(days)
        for days in _distinct(one.child_over for one in self.patterns):
            yield f"over{days}", self._over(days)

    def _under(self, days: int) -> str:
        """Families with a child younger than so many days, or expected."""
        return f"""
SELECT family FROM born WHERE day <= {self.today} AND day > {self.today - days}
UNION
SELECT e.family FROM expected e
LEFT JOIN born b ON b.family = e.family AND b.day > e.known AND b.day <= {self.today}
WHERE e.known <= {self.today} AND e.known > {self.today - PREGNANCY.days} AND b.family IS NULL"""

    def _over(self, days: int) -> str:
        """Families with a child at least so old, or of an age nobody has recorded."""
        old = f"c.born IS NULL OR c.born <= {self.today - days}"
        return f"""
WITH expecting AS (SELECT DISTINCT family FROM expected)
SELECT c.family FROM child c LEFT JOIN expecting e ON e.family = c.family
GROUP BY c.family
HAVING max(CASE WHEN {old} THEN 1 ELSE 0 END) = 1
  AND NOT (count(*) = 1 AND count(c.born) = 0 AND count(e.family) > 0)"""


def _distinct(days: Iterable[int | None]) -> list[int]:
    return sorted({one for one in days if one is not None})
