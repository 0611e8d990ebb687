"""Set up a partnership: its agencies, practitioners and accounts, and the family records they open.

Used by the command line and the demonstration. Every step is audited under the account that asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from goldenthread.domain.access.decision import Actor, Decision, Outcome
from goldenthread.domain.shared.partial_date import PartialDate
from goldenthread.records.access import store as access
from goldenthread.records.audit.store import Event
from goldenthread.records.people import store as people
from goldenthread.records.shared import store as shared
from goldenthread.records.shared import wall
from goldenthread.records.shared.reading import actor_of
from goldenthread.usecases._steps.permission import event_of

SETTING_UP = Decision(Outcome.ALLOW, "setting-up", "The partnership is being set up.")


@dataclass(frozen=True, slots=True)
class NewAgency:
    """One agency to add; `kind` is its slug in the canonical vocabulary."""

    id: UUID
    kind: str
    name: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class NewPractitioner:
    """One practitioner to add, with an account when `email` is given."""

    id: UUID
    agency: UUID
    name: str
    role: str
    phone: str = ""
    remit: str = "practitioner"
    account: UUID | None = None
    email: str = ""
    password: str | None = None


@dataclass(frozen=True, slots=True)
class NewMember:
    """One person to place in a family."""

    id: UUID
    role: str
    given_name: str = ""
    family_name: str = ""
    known_as: str = ""
    description: str = ""
    is_identified: bool = True
    is_child: bool = False
    born: PartialDate | None = None
    expected_on: date | None = None
    aliases: tuple[str, ...] = ()
    died: PartialDate | None = None
    gender: str = ""
    loss: str = ""
    brought_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewTeamMember:
    """One membership of the team around a family."""

    id: UUID
    practitioner: UUID
    role: str
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class NewFamily:
    """A family's record to open."""

    id: UUID
    reference: str
    family_label: str
    opened_on: date
    legal_status: str
    members: tuple[NewMember, ...]
    team: tuple[NewTeamMember, ...]


def set_up_agencies(
    by: Actor, agencies: Sequence[NewAgency], practitioners: Sequence[NewPractitioner]
) -> None:
    """Add agencies, practitioners and accounts; what is there already is left as it is."""
    with transaction.atomic(durable=True):
        wall.open_beyond_one_family()
        for agency in agencies:
            shared.add_agency(
                agency.id, kind=agency.kind, name=agency.name, phone=agency.phone,
                event=_event(by, "add_agency", agency.id),
            )  # fmt: skip
        for one in practitioners:
            shared.add_practitioner(
                one.id, agency=one.agency, name=one.name, role=one.role, phone=one.phone,
                remit=one.remit, event=_event(by, "add_practitioner", one.id),
            )  # fmt: skip
            if one.account is not None and actor_of(one.account) is None:
                shared.add_account(
                    one.account, practitioner=one.id, email=one.email, password=one.password,
                    event=_event(by, "add_account", one.account),
                )  # fmt: skip


def open_family(by: Actor, family: NewFamily) -> None:
    """Open one family's record with its people and the team around it."""
    with transaction.atomic(durable=True):
        wall.open_beyond_one_family()
        people.open_case(
            family.id, reference=family.reference, family_label=family.family_label,
            opened_on=family.opened_on, legal_status=family.legal_status,
            event=_event(by, "open_case", family.id, family.id),
        )  # fmt: skip
        for position, member in enumerate(family.members):
            people.add_person(
                member.id, given_name=member.given_name, family_name=member.family_name,
                known_as=member.known_as, description=member.description,
                is_identified=member.is_identified, born=member.born,
                expected_on=member.expected_on, recorded_by=by.account,
                died=member.died, gender=member.gender, loss=member.loss,
                event=_event(by, "add_person", member.id, family.id),
            )  # fmt: skip
            people.add_member(
                family.id, member.id, role=member.role, is_child=member.is_child,
                position=position, aliases=member.aliases, brought_by=member.brought_by,
                event=_event(by, "add_member", member.id, family.id),
            )  # fmt: skip
        for one in family.team:
            access.join_team(
                one.id, case=family.id, practitioner=one.practitioner, role=one.role,
                from_on=one.from_on, to_on=one.to_on,
                event=_event(by, "join_team", one.practitioner, family.id),
            )  # fmt: skip


def _event(by: Actor, action: str, resource: UUID, case_id: UUID | None = None) -> Event:
    return event_of(by, action, SETTING_UP, case_id, resource=str(resource))
