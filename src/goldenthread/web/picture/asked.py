"""What one request asks of the Picture page: whose knowledge, whose life, which time, which lane.

known-to=AGENCY  on=DATE  from=DATE  to=DATE   as for the history, read by the same rules
child=ID        whose picture; the family's first child where it is not given
question=KEY    the question whose entries are framed in the lanes
lane=KEY        the lane whose entries alone the table lists
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.usecases.chronology import history_request
from goldenthread.usecases.chronology.history_request import Problem, read_request
from goldenthread.usecases.chronology.shown import Family, MemberRow

# The parts that mean the same as on the History page.
SHARED = ("known-to", "on", "from", "to")
NOT_A_CHILD = "That child is not listed with this family. Choose one from the list."
NOT_ONE_AGENCY = "That agency is not in this partnership. Choose one from the list."


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the page; `child` is None where the family's first child is meant."""

    viewpoint: Viewpoint
    today: date
    on: date
    between: tuple[date | None, date | None] = (None, None)
    child: UUID | None = None
    question: str = ""
    lane: str = ""
    problems: tuple[Problem, ...] = ()
    typed_on: str = ""

    @property
    def is_now(self) -> bool:
        """Whether it is asked of everything the reader may see, as it stands today."""
        return self.viewpoint.agency is None and self.on == self.today

    def because(self, asked: str) -> str:
        """Why one part could not be read; empty where it could."""
        return next((p.reason for p in self.problems if p.asked == asked), "")


def asked_of(given: Mapping[str, Sequence[str]], *, now: datetime) -> Asked:
    """Read an address. Never raises: what cannot be read is a problem, in words, of the answer."""
    known = read_request({name: given[name] for name in SHARED if name in given}, now=now)
    problems = list(known.problems)
    child = _one(given, "child")
    try:
        whose = UUID(child) if child else None
    except ValueError:
        whose = None
        problems.append(Problem("child", NOT_A_CHILD))
    return Asked(
        viewpoint=known.viewpoint,
        today=known.today,
        on=known.on,
        between=known.between,
        child=whose,
        question=_one(given, "question")[:200],
        lane=_one(given, "lane")[:60],
        problems=tuple(problems),
        typed_on=known.typed_on,
    )


def settled(asked: Asked, family: Family, agencies: Mapping[UUID, object]) -> Asked:
    """What is asked, without a child or an agency that this family's page does not know."""
    problems, child, viewpoint = list(asked.problems), asked.child, asked.viewpoint
    if child is not None and child not in {one.person for one in family.children}:
        child = None
        problems.append(Problem("child", NOT_A_CHILD))
    if viewpoint.agency is not None and viewpoint.agency not in agencies:
        viewpoint = Viewpoint(viewpoint.as_of)
        problems.append(Problem("known-to", NOT_ONE_AGENCY))
    return replace(asked, child=child, viewpoint=viewpoint, problems=tuple(problems))


def child_of(asked: Asked, family: Family) -> MemberRow | None:
    """Whose picture it is: the child chosen, else the child the record is about, else the first."""
    children = family.children
    if asked.child is not None:
        return next((one for one in children if one.person == asked.child), None)
    about = (one for one in children if one.role == "child")
    return next(about, children[0] if children else None)


def pairs_of(asked: Asked) -> tuple[tuple[str, str], ...]:
    """What is asked as the names and values of an address, in a stable order."""
    pairs: list[tuple[str, str]] = []
    if asked.viewpoint.agency:
        pairs.append(("known-to", str(asked.viewpoint.agency)))
    if asked.on != asked.today:
        pairs.append(("on", asked.on.isoformat()))
    pairs += [(n, d.isoformat()) for n, d in zip(("from", "to"), asked.between, strict=True) if d]
    if asked.child:
        pairs.append(("child", str(asked.child)))
    if asked.question:
        pairs.append(("question", asked.question))
    if asked.lane:
        pairs.append(("lane", asked.lane))
    return tuple(pairs)


def query_of(asked: Asked, **changes: object) -> str:
    """What is asked, with some parts changed, as the end of an address: "?child=..." or ""."""
    query = urlencode(pairs_of(replace(asked, **changes)))
    return f"?{query}" if query else ""


def kept_fields(asked: Asked, *without: str) -> list[tuple[str, str]]:
    """The hidden fields of a form that changes only the parts named."""
    return [(name, value) for name, value in pairs_of(asked) if name not in without]


def history_query(asked: Asked) -> str:
    """The same viewpoint on the History page, as the end of an address."""
    return history_request.query_of(
        history_request.Asked(viewpoint=asked.viewpoint, today=asked.today, on=asked.on)
    )


def _one(given: Mapping[str, Sequence[str]], name: str) -> str:
    values = ("".join(filter(str.isprintable, value)).strip() for value in given.get(name, ()))
    return next((value for value in values if value), "")
