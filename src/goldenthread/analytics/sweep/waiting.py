"""The shapes that wait, in sets: silence, and something nothing followed or nobody passed on.

The counterpart of `domain.risk.waiting`.
"""

from __future__ import annotations

from goldenthread.analytics.sweep.bits import AGENCY_KINDS, KINDS
from goldenthread.analytics.sweep.looking import Look
from goldenthread.analytics.sweep.sql import all_of, apart, meets
from goldenthread.domain.provenance.vocabulary import Kind
from goldenthread.domain.risk.shapes import FollowUp, Silence, Untold
from goldenthread.domain.risk.waiting import NO_SERVICE, THE_SAME_NEWS

_ENDED = KINDS.bit(Kind.RELATIONSHIP_ENDED)


def silence(look: Look, shape: Silence) -> str:
    """The last event, or what began the wait, where nothing came for so long."""
    begun = look.steps.add("begun", look.prepared.opening(shape.since, shape.until))
    seen = look.steps.add(
        "seen",
        f"""SELECT s.family, max(s.place) AS place, max(s.day) AS day
FROM fact s WHERE {look.fits(shape.events, "s")} GROUP BY s.family""",
    )
    episode = look.while_open("b")
    last = look.steps.add(
        "silent",
        f"""SELECT b.family, b.place AS begun,
  CASE WHEN s.day >= b.day THEN s.place ELSE b.place END AS place
FROM {begun} b LEFT JOIN {seen} s ON s.family = b.family {episode}
WHERE CASE WHEN s.day >= b.day THEN s.day ELSE b.day END <= {look.today - shape.days}""",
    )
    return f"""SELECT family, CAST(0 AS BIGINT) AS subject, place, true AS raises FROM {last}
UNION ALL
SELECT family, CAST(0 AS BIGINT) AS subject, begun AS place, false AS raises
FROM {last} WHERE begun <> place"""


def follow_up(look: Look, shape: FollowUp) -> str:
    """Events whose grace is over and that nothing followed."""
    events = look.open_events("open", look.raising("event", look.since(shape.fresh)))
    return f"SELECT family, subject, place, true AS raises FROM {events}"


def untold(look: Look, shape: Untold) -> str:
    """What an agency has held for longer than the grace and told to none who should know."""
    should = AGENCY_KINDS.mask(shape.should_know)
    others = AGENCY_KINDS.mask(NO_SERVICE) | should
    due = look.due(look.raising("event", look.since(shape.fresh)))
    held = look.steps.add("held", f"SELECT * FROM {due} f WHERE {apart('f.agency_kind', others)}")
    passed = look.steps.add(
        "passed", f"SELECT DISTINCT family, place FROM told WHERE {meets('kind', should)}"
    )
    kept = look.without("kept", held, passed, "family, place")
    otherwise = look.without("alone", kept, _otherwise(look, shape, kept, passed), "family, place")
    events = look.by_subject("open", look.unanswered("left_open", otherwise))
    return f"SELECT family, subject, place, true AS raises FROM {events}"


def _otherwise(look: Look, shape: Untold, kept: str, passed: str) -> str:
    """A step of the entries whose news those who should know have by another way."""
    should = AGENCY_KINDS.mask(shape.should_know)
    news = look.steps.add(
        "news",
        f"""SELECT f.family, f.place, f.day, f.kind, f.harms, f.people
FROM fact f LEFT JOIN {passed} t ON t.family = f.family AND t.place = f.place
WHERE {look.fits(shape.events, "f", raising=True)}
  AND ({meets("f.agency_kind", should)} OR t.family IS NOT NULL)""",
    )
    wanted = "(CASE WHEN k.newcomers <> 0 THEN k.newcomers ELSE k.people END)"
    opposite = f"(k.kind = {_ENDED} OR n.kind = {_ENDED})"
    return look.steps.add(
        "otherwise",
        f"""SELECT DISTINCT k.family, k.place
FROM {kept} k JOIN {news} n ON n.family = k.family
  AND n.day >= k.day - {THE_SAME_NEWS.days} AND n.place <> k.place
WHERE {all_of(meets(wanted, "n.people"))}
  AND (n.kind = k.kind OR {meets("n.harms", "k.harms")} AND NOT {opposite})""",
    )
