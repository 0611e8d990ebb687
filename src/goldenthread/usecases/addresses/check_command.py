"""What a command writes of the record is looked through as any document is; it asks nobody.

At a command line nobody says for whom a file is and no manager decides: where a part of a protected
address stands in it, nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import IO
from uuid import UUID

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.addresses.finding import found_in
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.usecases.addresses.protecting import Protection, protection_for


class HoldsAnAddress(Refusal):
    """What would be written holds words of an address that must not reach somebody."""

    def __init__(self) -> None:
        super().__init__(
            "Words of an address that is kept safe stand in this, so nothing is written. Take it "
            "from the family's pages, where it is said for whom it is and a manager can decide."
        )


def refuse_an_address(actor: Actor, case: UUID, shown: object, *, now: datetime) -> None:
    """Raise HoldsAnAddress where any text of what is shown of a family holds a protected one."""
    _refuse(protection_for(actor, case, now=now), strings_in(shown))


class LookedThrough:
    """Somewhere to write lines of many families, each looked through before it is written."""

    def __init__(self, out: IO[str], actor: Actor, *, now: datetime) -> None:
        self._out = out
        self._protection = protection_for(actor, None, now=now)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write these lines, or none of them. Raises HoldsAnAddress."""
        kept = list(lines)
        _refuse(self._protection, kept)
        self._out.writelines(kept)


def strings_in(value: object) -> Iterator[str]:
    """Every text inside a value, however deep."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from strings_in(getattr(value, one.name))
    elif isinstance(value, dict):
        for pair in value.items():
            yield from strings_in(pair)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from strings_in(one)


def _refuse(protection: Protection, texts: Iterable[str]) -> None:
    wanted = (*protection.unseen, *protection.known)
    if wanted and any(found_in(text, wanted) for text in texts):
        raise HoldsAnAddress
