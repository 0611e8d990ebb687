"""Adds agencies, practitioners and accounts."""

from __future__ import annotations

from uuid import UUID

from goldenthread.records.audit import store as audit
from goldenthread.records.shared.models import Account, Agency, Practitioner


def add_agency(id: UUID, *, kind: str, name: str, phone: str, event: audit.Event) -> None:
    """Add one agency; an agency of that id is left as it is."""
    Agency.objects.bulk_create(
        [Agency(id=id, kind=kind, name=name, phone=phone)], ignore_conflicts=True
    )
    audit.append(event)


def add_practitioner(
    id: UUID, *, agency: UUID, name: str, role: str, phone: str, remit: str, event: audit.Event
) -> None:
    """Add one practitioner; one of that id is left as it is."""
    row = Practitioner(id=id, agency_id=agency, name=name, role=role, phone=phone, remit=remit)
    Practitioner.objects.bulk_create([row], ignore_conflicts=True)
    audit.append(event)


def add_account(
    id: UUID, *, practitioner: UUID, email: str, password: str | None, event: audit.Event
) -> None:
    """Add an account for a practitioner, with a password or without one."""
    account = Account(id=id, practitioner_id=practitioner, email=email.lower())
    account.set_password(password)
    account.save(force_insert=True)
    audit.append(event)
