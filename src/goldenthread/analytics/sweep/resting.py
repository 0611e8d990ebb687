"""The shapes of what rests on something, in sets: a plan older than its facts, a closing too early.

The counterpart of `domain.risk.resting`.
"""

from __future__ import annotations

from goldenthread.analytics.sweep.looking import SUBJECT, Look, knew, told_by_then
from goldenthread.analytics.sweep.sql import all_of, meets
from goldenthread.domain.risk.resting import FRESH_DECISION
from goldenthread.domain.risk.shapes import Closing, Stale


def stale(look: Look, shape: Stale) -> str:
    """Events newer than what rests on them, by the subject of the question."""
    reach = shape.fresh + FRESH_DECISION if shape.at_decision else shape.fresh
    due = look.due(look.raising("event", look.since(reach)))
    events = look.unanswered("unmet", due)
    find = _decided_without if shape.at_decision else _resting_on_older
    found = find(look, shape, events)
    resting = look.steps.add(
        "resting",
        f"""SELECT f.*, b.place AS basis, b.people AS of_whom
FROM {events} f JOIN {found} r ON r.family = f.family AND r.place = f.place
JOIN fact b ON b.family = f.family AND b.place = r.basis""",
    )
    by = look.by_subject("by_whom", resting)
    only_those = ""
    if shape.about_same and look.pattern.per.is_person:
        only_those = f"WHERE subject = 0 OR {meets('subject', 'of_whom')}"
    return f"""SELECT family, subject, place, true AS raises FROM {by} {only_those}
UNION
SELECT family, subject, basis AS place, false AS raises FROM {by} {only_those}"""


def _about_same(shape: Stale) -> str:
    concern = meets("b.harms", "f.harms") if shape.same_concern else ""
    whom = "f.newcomers" if shape.about_same else "f.people"
    return all_of(concern, meets(whom, "b.people"))


def _resting_on_older(look: Look, shape: Stale, events: str) -> str:
    """A step of the latest basis before each event, where none since was made knowing of it."""
    basis = f"""{events} f JOIN fact b ON b.family = f.family
  AND {look.fits(shape.basis, "b", raising=True)} AND {_about_same(shape)}"""
    known = look.steps.add(
        "known",
        f"""SELECT DISTINCT f.family, f.place FROM {basis}
{told_by_then("f", "b")}
WHERE {look.response("b", "f", must_know=True)}""",
    )
    older = look.steps.add(
        "older",
        f"""SELECT f.family, f.place, max(b.place) AS basis FROM {basis}
WHERE b.day < f.earliest GROUP BY f.family, f.place""",
    )
    return look.without("uninformed", older, known, "family, place")


def _decided_without(look: Look, shape: Stale, events: str) -> str:
    """A step of the latest decision after each event, where it was taken without knowing of it."""
    start = f"greatest(f.arrived, {look.since(FRESH_DECISION)}, f.day + {shape.older_by})"
    decided = look.steps.add(
        "decided",
        f"""SELECT f.family, f.place, max(b.place) AS basis
FROM {events} f JOIN fact b ON b.family = f.family
  AND {look.fits(shape.basis, "b", raising=True)} AND {_about_same(shape)}
WHERE b.place <> f.place AND b.day >= {start} AND b.day <= f.day + {shape.fresh}
GROUP BY f.family, f.place""",
    )
    both = f"""{decided} r JOIN {events} f ON f.family = r.family AND f.place = r.place
JOIN fact d ON d.family = r.family AND d.place = r.basis"""
    known = look.steps.add(
        "known",
        f"""SELECT DISTINCT r.family, r.place FROM {both}
{told_by_then("f", "d", str(look.today))}
WHERE {knew("f", "d", str(look.today))}""",
    )
    people = "(CASE WHEN f.adults <> 0 THEN f.adults ELSE f.people END)"
    carried = look.steps.add(
        "carried",
        f"""SELECT DISTINCT r.family, r.place FROM {both}
JOIN fact o ON o.family = r.family AND o.agency = f.agency AND o.place <> f.place
  AND o.day BETWEEN f.day AND d.day
  AND {meets("o.harms", "f.harms")} AND {meets(people, "o.people")}
{told_by_then("o", "d")}
WHERE {knew("o", "d")}""",
    )
    unknown = look.without("uninformed", decided, known, "family, place")
    return look.without("uncarried", unknown, carried, "family, place")


def closing(look: Look, shape: Closing) -> str:
    """Decisions of the last days taken while something was open, or somebody unseen."""
    events = look.open_events("open", look.raising("event", look.since(shape.fresh)))
    if shape.only_if:
        events = _only_if(look, shape, events)
    if shape.unseen:
        events = _unseen(look, shape, events)
    if shape.open:
        return _left_open(look, shape, events)
    if not shape.unseen:
        return f"SELECT family, subject, place, true AS raises FROM {events} WHERE false"
    return f"""SELECT family, subject, place, true AS raises FROM {events}
UNION
SELECT f.family, f.subject, max(u.place) AS place, true AS raises
FROM {events} f JOIN fact u ON u.family = f.family AND {look.fits(shape.unseen, "u")}
  AND u.day <= f.day
GROUP BY f.family, f.subject, f.place"""


def _only_if(look: Look, shape: Closing, events: str) -> str:
    """A step of the decisions before which such a thing had been recorded."""
    recorded = f"""SELECT t.family, min(t.day) AS day
FROM fact t WHERE {look.fits(shape.only_if, "t", raising=True)} GROUP BY t.family"""
    return look.steps.add(
        "only_if",
        f"SELECT f.* FROM {events} f JOIN ({recorded}) t ON t.family = f.family AND t.day <= f.day",
    )


def _unseen(look: Look, shape: Closing, events: str) -> str:
    """A step of the decisions before which no such entry lies in the days looked back on."""
    seen = look.steps.add(
        "seen",
        f"""SELECT DISTINCT f.family, f.subject, f.place
FROM {events} f JOIN fact u ON u.family = f.family AND {look.fits(shape.unseen, "u")}
  AND u.day BETWEEN f.day - {shape.look_back} AND f.day""",
    )
    return look.without("unseen", events, seen, SUBJECT)


def _left_open(look: Look, shape: Closing, events: str) -> str:
    """The decisions, and what was open at each, where that was enough."""
    pairs = look.steps.add(
        "pairs",
        f"""SELECT DISTINCT f.family, f.place, f.day AS decided, l.place AS left_open,
  l.day, l.known, l.arrived, l.sat_in, l.agency, l.harms, l.people
FROM {events} f JOIN fact l ON l.family = f.family
  AND {look.fits(shape.open, "l", raising=True)}
  AND l.day BETWEEN f.day - {shape.look_back} AND f.day
  AND l.place <> f.place AND l.arrived <= f.day""",
    )
    if shape.closed_by:
        pairs = _not_closed(look, shape, pairs)
    enough = f"""SELECT family, place FROM {pairs}
GROUP BY family, place HAVING count(*) >= {shape.at_least}"""
    left = look.steps.add(
        "left_enough",
        f"""SELECT p.family, p.place, p.left_open FROM {pairs} p
JOIN ({enough}) x ON x.family = p.family AND x.place = p.place""",
    )
    both = f"{events} f JOIN {left} l ON l.family = f.family AND l.place = f.place"
    return f"""SELECT f.family, f.subject, f.place, true AS raises FROM {both}
UNION
SELECT f.family, f.subject, l.left_open AS place, true AS raises FROM {both}"""


def _not_closed(look: Look, shape: Closing, pairs: str) -> str:
    """A step of the pairs whose open entry nothing had closed by the decision."""
    entries = look.steps.add(
        "entries_left",
        f"""SELECT DISTINCT family, left_open AS place, day, known, arrived, sat_in, agency, harms,
  people FROM {pairs}""",
    )
    told = told_by_then("l", "a") if shape.must_know else ""
    closed = look.steps.add(
        "closed_on",
        f"""SELECT l.family, l.place AS left_open, min(a.day) AS day
FROM {entries} l JOIN fact a ON a.family = l.family AND {look.fits(shape.closed_by, "a")}
{told}
WHERE {look.response("a", "l", must_know=shape.must_know)}
GROUP BY l.family, l.place""",
    )
    return look.steps.add(
        "not_closed",
        f"""SELECT p.* FROM {pairs} p LEFT JOIN {closed} c
  ON c.family = p.family AND c.left_open = p.left_open AND c.day <= p.decided
WHERE c.family IS NULL""",
    )
