"""Who asks on the command line, and about which family: by e-mail address and reference."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.people.names import fold
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.people.reading import case_by_reference
from goldenthread.records.shared import wall
from goldenthread.records.shared.reading import actor_by_email, agencies
from goldenthread.usecases._steps.permission import NO_SUCH_FAMILY, NotFoundHere


class NoSuchAgency(Refusal):
    """No agency, or more than one, goes by the words given."""


def which_agency(words: str) -> UUID:
    """The agency of that name, or the only one of that kind. Raises NoSuchAgency."""
    known = agencies().values()
    for wanted in (
        [one for one in known if fold(one.name) == fold(words)],
        [one for one in known if one.kind == words],
    ):
        if len(wanted) == 1:
            return wanted[0].id
        if wanted:
            names = " or ".join(one.name for one in wanted)
            raise NoSuchAgency(f"“{words}” could be {names}. Give its name.")
    raise NoSuchAgency(f"No agency of this partnership is called “{words}”.")


def who_asks(email: str, reference: str) -> tuple[Actor, UUID]:
    """The account's actor and the family's id. Raises NotFoundHere for either.

    The policy is asked by the verb that follows; this only finds what it is asked about.
    """
    actor = actor_by_email(email)
    with transaction.atomic():
        wall.open_beyond_one_family()
        case = case_by_reference(reference)
    if actor is None or case is None:
        raise NotFoundHere(NO_SUCH_FAMILY)
    return actor, case
