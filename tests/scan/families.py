"""Over which family the scan goes, and as whom it is signed in: somebody of the family's team."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from goldenthread.records.shared.models import Account
from goldenthread.usecases.access.demonstration import DEMONSTRATION_PASSWORD
from tests.families.hidden import build
from tests.families.world import key
from tests.journeys import story

PASSWORD = "seven quiet herons wading"


@dataclass(frozen=True)
class Family:
    """A family that stands in the present database, and a worker who can sign in."""

    case: UUID
    email: str
    password: str


def small_family() -> Family:
    """A family with one of everything and no more, so that its pages are short; a social worker."""
    world = build(with_it=True)
    account = Account.objects.get(id=key("account priya"))
    account.set_password(PASSWORD)
    account.save()
    return Family(world.case, account.email, PASSWORD)


def demonstration_family() -> Family:
    """The larger family of the demonstration, which was loaded before; its social worker."""
    return Family(story.CASE, story.PEOPLE["sw_3"]["email"], DEMONSTRATION_PASSWORD)
