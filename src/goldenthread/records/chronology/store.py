"""Keeps the work around a history: looks, drafts, judgements, publications."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from goldenthread.domain.chronology.two_windows import (
    noted,
    pages_of,
    refuse_overtaken,
    without_pages,
)
from goldenthread.records.addresses import typed
from goldenthread.records.audit import store as audit
from goldenthread.records.chronology.models import (
    Draft,
    Look,
    Publication,
    PublishedEntry,
    SignificanceJudgement,
)
from goldenthread.records.copying import copy_rows

# Two visits within this many minutes are one sitting: "since you last looked" keeps its meaning
# while somebody moves between pages.
ONE_SITTING_MINUTES = 30


def looked(account: UUID, case: UUID, *, now: datetime) -> datetime | None:
    """Note that a reader is looking at a family; returns when they looked before this sitting."""
    look, created = Look.objects.select_for_update().get_or_create(
        account_id=account,
        case_id=case,
        defaults={"id": uuid5(case, f"look:{account}"), "looked_at": now},
    )
    if created:
        return None
    look.previous_at = _before_this_sitting(look.looked_at, look.previous_at, now)
    look.looked_at = now
    look.save(update_fields=["looked_at", "previous_at"])
    return look.previous_at


def looked_before(account: UUID, case: UUID, *, now: datetime) -> datetime | None:
    """When a reader looked at a family before this sitting; None where this is their first.

    Nothing is noted: what is new to them stays new until they look at the family itself.
    """
    rows = Look.objects.filter(account=account, case=case)
    look = rows.values_list("looked_at", "previous_at").first()
    return None if look is None else _before_this_sitting(*look, now)


def _before_this_sitting(
    looked_at: datetime, previous_at: datetime | None, now: datetime
) -> datetime | None:
    is_one_sitting = (now - looked_at).total_seconds() <= ONE_SITTING_MINUTES * 60
    return previous_at if is_one_sitting else looked_at


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One draft as its author left it."""

    id: UUID
    case: UUID
    fields: dict[str, object]
    saved_at: datetime
    version: int


def save_draft(
    id: UUID, *, account: UUID, case: UUID, fields: dict[str, object], now: datetime
) -> DraftRow | None:
    """Save what somebody has typed so far; None where they began it about another family.

    So it is where it was begun in another form (`form` of its fields): it then stays as it is.
    Raises ChangedElsewhere where another page has saved other words since this one was shown.
    """
    pages, fields = pages_of(fields, now)
    draft, created = Draft.objects.select_for_update().get_or_create(
        id=id,
        account_id=account,
        defaults={
            "case_id": case,
            "fields": typed.as_kept(id, case, {**fields, **noted({}, pages)}),
            "saved_at": now,
        },
    )
    if draft.case_id != case:
        return None
    before = typed.as_typed(id, draft.fields)
    begun = before.get("form")
    if begun is not None and fields.get("form", begun) != begun:
        return None
    if created:
        before = {**fields, **noted({}, pages)}
    else:
        refuse_overtaken(before, fields, pages)
        before = {**before, **fields, **noted(before, pages)}
        draft.fields = typed.as_kept(id, case, before)
        draft.saved_at = now
        draft.version += 1
        draft.save(update_fields=["fields", "saved_at", "version"])
    return DraftRow(draft.id, draft.case_id, without_pages(before), draft.saved_at, draft.version)


def draft(id: UUID, *, account: UUID) -> DraftRow | None:
    """One draft of this account, or None."""
    found = Draft.objects.filter(id=id, account=account).first()
    if found is None:
        return None
    fields = without_pages(typed.as_typed(found.id, found.fields))
    return DraftRow(found.id, found.case_id, fields, found.saved_at, found.version)


def drafts(*, account: UUID, case: UUID | None = None) -> list[DraftRow]:
    """This account's drafts, newest first."""
    rows = Draft.objects.filter(account=account).order_by("-saved_at")
    rows = rows if case is None else rows.filter(case=case)
    return [
        DraftRow(
            d.id, d.case_id, without_pages(typed.as_typed(d.id, d.fields)), d.saved_at, d.version
        )
        for d in rows
    ]


def encrypt_drafts_again(*, using: str = "owner") -> int:
    """Encrypt the drafts that hold a safe address again with the first key; returns how many."""
    done = 0
    held = Draft.objects.using(using).filter(fields__has_key=typed.SEALED)
    for row in held.exclude(fields__key=typed.current_key()).iterator():
        row.fields = typed.encrypted_again(row.id, row.fields)
        row.save(using=using, update_fields=["fields"])
        done += 1
    return done


def drop_draft(id: UUID, *, account: UUID) -> None:
    """Put a draft away once it has become an entry, or its author discarded it."""
    Draft.objects.filter(id=id, account=account).delete()


def drop_drafts_saved_before(instant: datetime) -> int:
    """Put away every draft nobody has touched since an instant; returns how many."""
    return Draft.objects.filter(saved_at__lt=instant).delete()[0]


def judge(
    id: UUID, *, case: UUID, statement: UUID, significance: str, reason: str, judged_by: UUID,
    event: audit.Event,
) -> None:  # fmt: skip
    """Add a judgement of how much an entry matters; earlier ones stay."""
    copy_rows(
        SignificanceJudgement._meta.db_table,
        ("id", "case_id", "statement_id", "significance", "reason", "judged_by_id"),
        [(id, case, statement, significance, reason, judged_by)],
    )
    audit.append(event)


def publish(
    id: UUID, *, case: UUID, title: str, purpose: str, as_of: datetime,
    viewpoint_agency: UUID | None, entries: Sequence[tuple[UUID, str]], published_by: UUID,
    event: audit.Event,
) -> None:  # fmt: skip
    """Fix a curated chronology: its entries in order, each with the digest it has today."""
    copy_rows(
        Publication._meta.db_table,
        ("id", "case_id", "title", "purpose", "as_of", "viewpoint_agency_id", "published_by_id"),
        [(id, case, title, purpose, as_of, viewpoint_agency, published_by)],
    )
    copy_rows(
        PublishedEntry._meta.db_table,
        ("id", "publication_id", "statement_id", "position", "digest"),
        (
            (uuid5(id, f"entry:{statement}"), id, statement, position, digest)
            for position, (statement, digest) in enumerate(entries)
        ),
    )
    audit.append(event)


def last_looks(account: UUID, cases: Sequence[UUID]) -> dict[UUID, datetime]:
    """When a reader last looked at each of these families; never-looked-at ones are left out."""
    rows = Look.objects.filter(account=account, case__in=cases)
    return dict(rows.values_list("case_id", "looked_at"))
