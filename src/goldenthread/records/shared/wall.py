"""Says to the database for whom, and about which family, the present transaction is.

Until this was said the database shows no row of any family and takes none (see `records.walls`).
What is said holds to the end of the transaction and no longer: nothing is left on a connection for
whoever has it next. Outside a transaction it would be forgotten at once, so that is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from django.db import connection

from goldenthread.domain.access.decision import Actor

_OPEN = """
SELECT set_config('gt.cases', %(cases)s, true), set_config('gt.reach', %(reach)s, true),
       set_config('gt.practitioner', %(who)s, true), set_config('gt.agency', %(agency)s, true),
       set_config('gt.account', %(account)s, true), set_config('gt.day', %(day)s, true), {admitted}
"""
_ALSO = """
SELECT set_config('gt.cases', (
    COALESCE(NULLIF(current_setting('gt.cases', true), ''), '{}')::uuid[] || %s::uuid[]
)::text, true)
"""
_THOSE = """
SELECT set_config('gt.reach', '', true), set_config('gt.cases', COALESCE((
    SELECT array_agg(one) FROM unnest(%s::uuid[]) one WHERE wall_admits(one)), '{}')::text, true)
"""
_REACH = "SELECT current_setting('gt.reach', true), set_config('gt.reach', %s, true)"
_ADMITTED = "wall_admits(%(case)s, %(who)s, %(agency)s, %(day)s)"


class WallNeedsTransaction(RuntimeError):
    """What a transaction is for was said outside one, where it would hold for nothing."""


def open_for(actor: Actor, case: UUID, *, on: date) -> bool:
    """Open the transaction for one family; answers whether the database would let the actor in.

    The table of rules decides and must see what it decides about, so the family is open from here;
    whoever calls this goes on only where both say yes. One query.
    """
    return _say(_array(case), "", actor, on, case)


def would_admit(actor: Actor, case: UUID, *, on: date) -> bool:
    """Whether the database would let somebody else into a family; opens nothing. One query."""
    _in_transaction()
    asked: dict[str, UUID | date] = {
        "case": case,
        "who": actor.practitioner,
        "agency": actor.agency,
        "day": on,
    }
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_ADMITTED}", asked)
        return bool(cursor.fetchone()[0])


def open_for_own(actor: Actor, *, on: date) -> None:
    """Open the transaction for the families the database would let the actor into, and no other."""
    _say("", "own", actor, on)


def open_for_those(cases: Iterable[UUID]) -> None:
    """Narrow a transaction that is open for the actor's own families to some of them, at most.

    Whether the database would let the actor into each is asked here, once, and no longer of every
    row that is read. One query.
    """
    _in_transaction()
    with connection.cursor() as cursor:
        cursor.execute(_THOSE, [_array(*cases)])


def open_for_drafts(actor: Actor) -> None:
    """Open the transaction for what the actor is part way through typing, and no family."""
    _say("", "", actor)


def open_for_the_record(*cases: UUID) -> None:
    """Open the transaction for what the record itself works out about these families.

    For work that nobody reads as such: what is kept of it is shown through `open_for`. Adds to
    what the transaction is open for already.
    """
    _in_transaction()
    with connection.cursor() as cursor:
        cursor.execute(_ALSO, [_array(*cases)])


def open_beyond_one_family() -> None:
    """Open the transaction for every family there is.

    For what concerns more than one's own families and shows none of them: counts over the
    partnership, links that a rule allows, and bringing families in. Who may call this is listed in
    `tests/architecture`.
    """
    _say("", "all")


@contextmanager
def reaching_beyond() -> Iterator[None]:
    """Reach every family for a while, in a transaction that is open for one.

    For links to other families that a rule allows to be told of. After a fault nothing is put
    back: the transaction is given up.
    """
    _in_transaction()
    with connection.cursor() as cursor:
        cursor.execute(_REACH, ["all"])
        before = cursor.fetchone()[0] or ""
    yield
    with connection.cursor() as cursor:
        cursor.execute(_REACH, [before])


def _array(*cases: UUID) -> str:
    return f"{{{','.join(map(str, cases))}}}"


def _say(
    cases: str, reach: str = "", actor: Actor | None = None, on: date | None = None,
    case: UUID | None = None,
) -> bool:  # fmt: skip
    _in_transaction()
    with connection.cursor() as cursor:
        cursor.execute(
            _OPEN.format(admitted=_ADMITTED if case else "true"),
            {
                "cases": cases,
                "reach": reach,
                "who": str(actor.practitioner) if actor else "",
                "agency": str(actor.agency) if actor else "",
                "account": str(actor.account) if actor else "",
                "day": on.isoformat() if on else "",
                "case": case,
            },
        )
        return bool(cursor.fetchone()[-1])


def _in_transaction() -> None:
    if not connection.in_atomic_block:
        raise WallNeedsTransaction("Open a transaction before saying what it is for.")
