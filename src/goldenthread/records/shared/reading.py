"""Agencies, practitioners and accounts as frozen rows."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.access.remit import WITHOUT_FAMILIES
from goldenthread.domain.provenance.vocabulary import AgencyKind
from goldenthread.records.shared.models import Account, Agency, Practitioner


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One agency; `kind` is its slug in the canonical vocabulary."""

    id: UUID
    kind: str
    name: str
    phone: str

    @property
    def kind_label(self) -> str:
        """What sort of agency it is, in words."""
        return AgencyKind.label_of(self.kind)


@dataclass(frozen=True, slots=True)
class PractitionerRow:
    """One practitioner with the agency's name."""

    id: UUID
    name: str
    role: str
    phone: str
    remit: str
    agency: UUID
    agency_name: str


def agencies() -> dict[UUID, AgencyRow]:
    """Every agency of the partnership, by id, in order of name."""
    rows = Agency.objects.order_by("name").values_list("id", "kind", "name", "phone")
    return {row[0]: AgencyRow(*row) for row in rows}


def actor_of(account: UUID) -> Actor | None:
    """Who an account acts as, or None where there is no such account."""
    row = (
        Account.objects.filter(id=account)
        .values_list(
            "id", "practitioner_id", "practitioner__agency_id", "practitioner__remit", "is_active"
        )
        .first()
    )
    return None if row is None else Actor(*row)


def would_act_as(id: UUID) -> Actor | None:
    """Whom a practitioner acts as, signed in or not; None where there is no such practitioner.

    Not active where their account was ended. Whoever was never given one is taken as who they would
    be with one.
    """
    post = practitioner(id)
    if post is None:
        return None
    account = Account.objects.filter(practitioner=id).values_list("id", "is_active").first()
    held, is_active = account or (id, True)
    return Actor(held, id, post.agency, post.remit, is_active)


def actors_of(practitioners: set[UUID]) -> list[Actor]:
    """Whom these people act as, those of them who can sign in, in order of account."""
    rows = Account.objects.filter(practitioner__in=practitioners, is_active=True).order_by("id")
    return [
        Actor(*row)
        for row in rows.values_list(
            "id", "practitioner_id", "practitioner__agency_id", "practitioner__remit", "is_active"
        )
    ]


def practitioner(practitioner_id: UUID) -> PractitionerRow | None:
    """One practitioner, or None."""
    return next(iter(practitioners(Practitioner.objects.filter(id=practitioner_id))), None)


def practitioners_by_id(ids: set[UUID]) -> dict[UUID, PractitionerRow]:
    """These practitioners, by id."""
    return {row.id: row for row in practitioners(Practitioner.objects.filter(id__in=ids))}


def practitioners_of_agency(agency: UUID) -> list[PractitionerRow]:
    """The practitioners of one agency, by name."""
    return practitioners(Practitioner.objects.filter(agency=agency).order_by("name"))


def everybody() -> list[PractitionerRow]:
    """Every practitioner of the partnership, by name."""
    return practitioners(Practitioner.objects.order_by("name", "id"))


def practitioners(queryset) -> list[PractitionerRow]:
    """The practitioners of a queryset of this ring, as rows."""
    return [
        PractitionerRow(*row)
        for row in queryset.values_list(
            "id", "name", "role", "phone", "remit", "agency_id", "agency__name"
        )
    ]


def practitioner_names(ids: set[UUID]) -> dict[UUID, str]:
    """What each of these practitioners is called, with their post."""
    rows = Practitioner.objects.filter(id__in=ids).values_list("id", "name", "role")
    return {id: f"{name}, {role}" if role else name for id, name, role in rows}


def holders_of_post(remit: str, agency: UUID | None = None) -> list[PractitionerRow]:
    """Those who hold a kind of post and can sign in, of one agency or of all, by name."""
    able = Account.objects.filter(is_active=True).values("practitioner")
    rows = Practitioner.objects.filter(remit=remit, id__in=able).order_by("name", "id")
    return practitioners(rows if agency is None else rows.filter(agency=agency))


def actor_by_email(email: str) -> Actor | None:
    """Who the account with this address acts as, or None."""
    found = Account.objects.filter(email=email.strip().lower()).values_list("id", flat=True).first()
    return None if found is None else actor_of(found)


def addresses_of(practitioners: set[UUID], *, every_post: bool = False) -> list[str]:
    """The e-mail addresses of those of these people who can sign in and open a family, in order.

    With `every_post` also of those whose post opens no family.
    """
    found = Account.objects.filter(practitioner__in=practitioners, is_active=True)
    able = found if every_post else found.exclude(practitioner__remit__in=WITHOUT_FAMILIES)
    return list(able.order_by("email").values_list("email", flat=True))


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account with its practitioner, for a list of accounts."""

    id: UUID
    email: str
    name: str
    role: str
    agency_name: str


def accounts_with_a_password() -> list[AccountRow]:
    """The active accounts that can sign in with a password, by agency and name."""
    rows = (
        Account.objects.filter(is_active=True)
        .exclude(password__startswith="!")
        .order_by("practitioner__agency__name", "practitioner__name")
        .values_list(
            "id", "email", "practitioner__name", "practitioner__role", "practitioner__agency__name"
        )
    )
    return [AccountRow(*row) for row in rows]
