"""Who asks on the command line, and about which family: by e-mail address and reference."""

from __future__ import annotations

from uuid import UUID

from goldenthread.domain.access.decision import Actor
from goldenthread.records.people.reading import case_by_reference
from goldenthread.records.shared.reading import actor_by_email
from goldenthread.usecases._steps.permission import NO_SUCH_FAMILY, NotFoundHere


def who_asks(email: str, reference: str) -> tuple[Actor, UUID]:
    """The account's actor and the family's id. Raises NotFoundHere for either.

    The policy is asked by the verb that follows; this only finds what it is asked about.
    """
    actor = actor_by_email(email)
    case = case_by_reference(reference)
    if actor is None or case is None:
        raise NotFoundHere(NO_SUCH_FAMILY)
    return actor, case
