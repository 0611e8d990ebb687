"""Accounts, posts, links and confirmations as frozen rows. Nothing of any family."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from goldenthread.domain.access.accounts import PostChangeKind
from goldenthread.domain.access.confirmation import AccountFigures, Confirmed, due_on
from goldenthread.domain.access.remit import Remit
from goldenthread.records.accounts.models import (
    Confirmation,
    ConfirmationNotice,
    NoticeKind,
    PasswordLink,
    PasswordLinkUse,
    PostChange,
    StaffDetail,
)
from goldenthread.records.shared.models import Account, Practitioner

_BEGINS = (PostChangeKind.JOINED.value, PostChangeKind.RETURNED.value)
ENDS_A_POST = (PostChangeKind.LEFT.value, PostChangeKind.MOVED.value)


@dataclass(frozen=True, slots=True)
class HolderRow:
    """One account with its holder and their post. `has_password` says whether one was chosen."""

    account: UUID
    practitioner: UUID
    agency: UUID
    agency_name: str
    name: str
    post: str
    phone: str
    remit: str
    email: str
    is_active: bool
    has_password: bool

    @property
    def remit_label(self) -> str:
        """The remit in words."""
        return Remit.label_of(self.remit)


@dataclass(frozen=True, slots=True)
class PostRow:
    """One change of a post, with the names of who decided it and who hands the work on."""

    number: int
    kind: str
    name: str
    post: str
    phone: str
    remit: str
    on: date
    hand_to: UUID | None
    hand_to_name: str | None
    decided_by_name: str
    recorded_at: datetime

    @property
    def kind_label(self) -> str:
        """What happened, in words."""
        return PostChangeKind.label_of(self.kind)


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link: whose, what for, until when, and whether it was used."""

    id: UUID
    account: UUID
    kind: str
    expires_at: datetime
    is_used: bool


def holders_of(agency: UUID) -> list[HolderRow]:
    """The accounts of one agency, by name."""
    return _holders(Account.objects.filter(practitioner__agency=agency))


def every_holder() -> list[HolderRow]:
    """Every account of the partnership, by agency and name: for the nightly count alone."""
    return _holders(Account.objects.order_by("practitioner__agency__name"))


def holder(practitioner: UUID) -> HolderRow | None:
    """The account of one practitioner, or None."""
    return next(iter(_holders(Account.objects.filter(practitioner=practitioner))), None)


def _holders(rows: QuerySet[Account]) -> list[HolderRow]:
    found = rows.order_by(*rows.query.order_by, "practitioner__name", "id").values_list(
        "id", "practitioner_id", "practitioner__agency_id", "practitioner__agency__name",
        "practitioner__name", "practitioner__role", "practitioner__phone", "practitioner__remit",
        "email", "is_active", "password",
    )  # fmt: skip
    return [HolderRow(*row[:-1], not row[-1].startswith("!")) for row in found]


def is_taken(email: str) -> bool:
    """Whether an account anywhere signs in with this address."""
    return Account.objects.filter(email__iexact=email).exists()


def lock_post(practitioner: UUID) -> None:
    """Wait for any other change of this post to end, within the caller's transaction."""
    Practitioner.objects.select_for_update().filter(id=practitioner).first()


def changes_of(practitioner: UUID) -> list[PostRow]:
    """The history of somebody's posts, first to last."""
    rows = PostChange.objects.filter(practitioner=practitioner).order_by("number")
    return [
        PostRow(*row)
        for row in rows.values_list(
            "number", "kind", "name", "post", "phone", "remit", "on", "hand_to_id",
            "hand_to__name", "decided_by__practitioner__name", "recorded_at",
        )
    ]  # fmt: skip


def change_made(id: UUID) -> UUID | None:
    """Whose post was changed under this id, or None where nothing was."""
    return PostChange.objects.filter(id=id).values_list("practitioner_id", flat=True).first()


def handed_to(practitioner: UUID) -> list[tuple[UUID, str, str, date]]:
    """Whose work somebody hands on: practitioner, name, what happened and on which day."""
    rows = PostChange.objects.filter(hand_to=practitioner, kind__in=ENDS_A_POST)
    wanted = "practitioner_id", "practitioner__name", "kind", "on"
    return list(rows.order_by("-on", "practitioner__name").values_list(*wanted))


def ended_posts(since: date) -> dict[tuple[UUID, date], str]:
    """Who left or moved on a day from `since` on: what happened, by practitioner and day."""
    rows = PostChange.objects.filter(kind__in=ENDS_A_POST, on__gte=since)
    return {(who, on): kind for who, on, kind in rows.values_list("practitioner_id", "on", "kind")}


def leaving_days(practitioners: Iterable[UUID]) -> dict[UUID, date]:
    """The day on which each of those who left, or will, leaves; nobody who came back since."""
    turns = (*_BEGINS, PostChangeKind.LEFT.value)
    rows = PostChange.objects.filter(practitioner__in=list(practitioners), kind__in=turns)
    latest = {
        who: (kind, on)
        for who, kind, on in rows.order_by("number").values_list("practitioner_id", "kind", "on")
    }
    return {who: on for who, (kind, on) in latest.items() if kind == PostChangeKind.LEFT}


def link_by_digest(digest: str) -> LinkRow | None:
    """The link with this digest, or None."""
    wanted = "id", "account_id", "kind", "expires_at"
    row = PasswordLink.objects.filter(digest=digest).values_list(*wanted).first()
    if row is None:
        return None
    id, account, kind, expires_at = row
    is_used = PasswordLinkUse.objects.filter(link=id).exists()
    return LinkRow(id, account, kind, expires_at, is_used)


def has_link(id: UUID, account: UUID) -> bool:
    """Whether a link of this id was sent to this account."""
    return PasswordLink.objects.filter(id=id, account=account).exists()


def is_latest_link(link: LinkRow) -> bool:
    """Whether no later link was sent to the same account."""
    rows = PasswordLink.objects.filter(account=link.account).order_by("-recorded_at", "-id")
    return rows.values_list("id", flat=True).first() == link.id


def links_open(accounts: Iterable[UUID], *, at: datetime) -> set[UUID]:
    """Those of these accounts that have a link which is not used and not over."""
    used = PasswordLinkUse.objects.values("link")
    rows = PasswordLink.objects.filter(account__in=list(accounts), expires_at__gt=at)
    return set(rows.exclude(id__in=used).values_list("account_id", flat=True))


def confirmed_of(
    practitioners: Iterable[UUID], figures: AccountFigures, *, today: date
) -> dict[UUID, Confirmed]:
    """How each account stands to its confirmation; one nobody counted yet counts from today."""
    ids = list(practitioners)
    last: dict[UUID, date] = {}
    for rows in (
        PostChange.objects.filter(practitioner__in=ids, kind__in=_BEGINS),
        Confirmation.objects.filter(practitioner__in=ids),
        ConfirmationNotice.objects.filter(practitioner__in=ids, kind=NoticeKind.BEGUN.value),
    ):
        for who, on in rows.values_list("practitioner_id", "on"):
            last[who] = max(on, last.get(who, on))
    given: dict[tuple[UUID, date], dict[str, date]] = defaultdict(dict)
    notices = ConfirmationNotice.objects.filter(practitioner__in=ids)
    for who, due, kind, on in notices.values_list("practitioner_id", "due_on", "kind", "on"):
        given[who, due][kind] = on
    found = {}
    for who in ids:
        plain = Confirmed(last.get(who, today))
        of_this = given[who, due_on(plain, figures)]
        found[who] = Confirmed(
            plain.last, of_this.get(NoticeKind.WARNED), NoticeKind.STOPPED in of_this
        )
    return found


def is_counted(practitioner: UUID) -> bool:
    """Whether there is a day from which somebody's confirmation counts."""
    return (
        PostChange.objects.filter(practitioner=practitioner, kind__in=_BEGINS).exists()
        or Confirmation.objects.filter(practitioner=practitioner).exists()
        or ConfirmationNotice.objects.filter(
            practitioner=practitioner, kind=NoticeKind.BEGUN.value
        ).exists()
    )


def notice_given(practitioner: UUID, due: date, kind: str) -> bool:
    """Whether this was done about the confirmation of that day."""
    rows = ConfirmationNotice.objects.filter(practitioner=practitioner, due_on=due, kind=kind)
    return rows.exists()


def confirmed_on(practitioner: UUID, day: date) -> bool:
    """Whether somebody was confirmed on a day."""
    return Confirmation.objects.filter(practitioner=practitioner, on=day).exists()


def staff_details(practitioners: Iterable[UUID]) -> dict[UUID, tuple[date | None, str]]:
    """The date of birth and the folded postcode of those of these people of whom one is known."""
    rows = StaffDetail.objects.filter(practitioner__in=list(practitioners)).order_by("recorded_at")
    return {who: (born, code) for who, born, code in rows.values_list(
        "practitioner_id", "born", "postcode")}  # fmt: skip
