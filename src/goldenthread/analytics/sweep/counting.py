"""The shapes that count, in sets: a window, its sources, the own pace, needs, the same again.

The counterpart of `domain.risk.counting`. Each gives the select of family, subject, place and
whether the entry raises the question or sets the scene.
"""

from __future__ import annotations

from datetime import date

from goldenthread.analytics.sweep.bits import CONCERNS
from goldenthread.analytics.sweep.looking import Look
from goldenthread.analytics.sweep.sql import all_of, meets
from goldenthread.domain.risk.looking import since
from goldenthread.domain.risk.shapes import Acceleration, Count, Needs, Recurrence, Sources


def occasions(look: Look, name: str, events: str) -> str:
    """A step of the occasions among events by family and subject, with the first entry of each.

    The rule of `looking.occasions`, day by day: a day joins the day before it, unless that day
    joined another already, or the agency of the day's first entry has an entry of the day before.
    So among days that each could join the one before, every second one does.
    """
    window = "PARTITION BY family, subject ORDER BY day"
    days = look.steps.add(
        f"{name}_days",
        f"""SELECT family, subject, day, bit_or(agency) AS agencies,
  min_by(agency, place) AS foremost, min(place) AS place
FROM {events} GROUP BY family, subject, day""",
    )
    joining = look.steps.add(
        f"{name}_joining",
        f"""SELECT *, CASE WHEN lag(day) OVER ({window}) = day - 1
  AND (lag(agencies) OVER ({window}) & foremost) = 0 THEN NULL ELSE 1 END AS begins
FROM {days}""",
    )
    runs = look.steps.add(
        f"{name}_runs", f"SELECT *, count(begins) OVER ({window}) AS run FROM {joining}"
    )
    placed = f"""SELECT *, row_number() OVER (
  PARTITION BY family, subject, run ORDER BY day) AS nth FROM {runs}"""
    return look.steps.add(name, f"SELECT * FROM ({placed}) f WHERE f.nth % 2 = 1")


def _enough(look: Look, name: str, events: str, having: str) -> str:
    """A step of the subjects whose occasions are enough, with how many there are."""
    found = occasions(look, f"{name}_occasions", events)
    return look.steps.add(
        name,
        f"""SELECT family, subject, count(*) AS often
FROM {found} GROUP BY family, subject HAVING {having}""",
    )


def count(look: Look, shape: Count) -> str:
    """At least so many occasions in the window."""
    events = look.open_events("open", look.raising("event", look.since(shape.within)))
    enough = _enough(look, "enough", events, f"count(*) >= {shape.at_least}")
    return _of_subjects(events, enough)


def sources(look: Look, shape: Sources) -> str:
    """Entries of at least so many agencies in the window."""
    events = look.open_events("open", look.raising("event", look.since(shape.within)))
    several = look.steps.add(
        "several",
        f"""SELECT f.* FROM {events} f JOIN (
  SELECT family, subject FROM {events} GROUP BY family, subject
  HAVING bit_count(bit_or(agency)) >= {shape.at_least}
) x ON x.family = f.family AND x.subject = f.subject""",
    )
    enough = _enough(look, "enough", several, f"count(*) >= {shape.occasions}")
    return _of_subjects(several, enough)


def _of_subjects(events: str, enough: str) -> str:
    return f"""SELECT o.family, o.subject, o.place, true AS raises
FROM {events} o JOIN {enough} e ON e.family = o.family AND e.subject = o.subject"""


def acceleration(look: Look, shape: Acceleration) -> str:
    """Recent occasions against those of the family's own earlier pace, day for day."""
    began = look.since(shape.recent)
    baseline = since(date.fromordinal(began), shape.baseline + 1).toordinal()
    events = look.open_events("open", look.raising("event", began))
    now = _enough(look, "now", events, f"count(*) >= {shape.at_least}")
    earlier = look.raising("earlier", baseline, began - 1)
    whole = look.steps.add("earlier_by", f"SELECT *, CAST(0 AS BIGINT) AS subject FROM {earlier}")
    before = occasions(look, "before", whole)
    pace = look.steps.add("pace", f"SELECT family, count(*) AS often FROM {before} GROUP BY family")
    faster = look.steps.add(
        "faster",
        f"""SELECT n.family, n.subject FROM {now} n JOIN {pace} p ON p.family = n.family
WHERE n.often * {shape.baseline} >= {shape.times} * p.often * {shape.recent}""",
    )
    return f"""{_of_subjects(events, faster)}
UNION ALL
SELECT b.family, e.subject, b.place, false AS raises
FROM {before} b JOIN {faster} e ON e.family = b.family"""


def needs(look: Look, shape: Needs) -> str:
    """The latest entry for each need, where enough different ones are there at once."""
    events = look.open_events("open", look.raising("event", look.since(shape.within)))
    bits = " UNION ALL ".join(
        f"SELECT CAST({CONCERNS.bit(need)} AS BIGINT) AS bit" for need in sorted(shape.needs)
    )
    need = look.steps.add("need", bits)
    latest = look.steps.add(
        "latest",
        f"""SELECT f.family, n.bit, max(f.place) AS place
FROM {events} f JOIN {need} n ON {meets("f.harms", "n.bit")} GROUP BY f.family, n.bit""",
    )
    return f"""SELECT DISTINCT l.family, CAST(0 AS BIGINT) AS subject, l.place, true AS raises
FROM {latest} l JOIN (
  SELECT family FROM {latest} GROUP BY family HAVING count(*) >= {shape.at_least}
) x ON x.family = l.family"""


def recurrence(look: Look, shape: Recurrence) -> str:
    """Each event that comes again after what was thought to end it."""
    events = look.open_events("open", look.raising("event", look.since(shape.fresh)))
    concern = f"(e.harms = 0 OR {meets('e.harms', 'o.harms')})" if shape.same_concern else ""
    people = f"bit_count(e.adults & o.adults) >= {shape.same_people}" if shape.same_people else ""
    pairs = look.steps.add(
        "pairs",
        f"""SELECT DISTINCT o.family, o.place, o.earliest, e.place AS ended, e.day AS ended_on
FROM {events} o JOIN fact e ON e.family = o.family
  AND {look.fits(shape.after, "e", raising=True)}
  AND e.day >= o.day - {shape.within} AND e.day < o.earliest AND e.place <> o.place
WHERE {all_of(concern, people)}""",
    )
    if shape.first_only:
        pairs = _first_after(look, pairs)
    ends = look.steps.add(
        "ends", f"SELECT family, place, max(ended) AS ended FROM {pairs} GROUP BY family, place"
    )
    both = f"{events} o JOIN {ends} e ON e.family = o.family AND e.place = o.place"
    return f"""SELECT o.family, o.subject, o.place, true AS raises FROM {both}
UNION
SELECT o.family, o.subject, e.ended AS place, false AS raises FROM {both}"""


def _first_after(look: Look, pairs: str) -> str:
    """A step of the pairs between which no other event lies."""
    every = look.steps.add("every", look.every(1, look.today))
    between = look.steps.add(
        "between",
        f"""SELECT DISTINCT p.family, p.place, p.ended
FROM {pairs} p JOIN {every} b ON b.family = p.family
  AND b.day > p.ended_on AND b.earliest > p.ended_on AND b.day < p.earliest""",
    )
    return look.without("firsts", pairs, between, "family, place, ended")
