"""The history of posts, the links by which a password is chosen, and who was confirmed when.

Append only. The post somebody holds today stands on `Practitioner`, corrected in place; each change
of it is a row here. A link is kept as a digest alone, and its use is a row of its own, so that a
second use is refused by the database.
"""

from django.db import models
from django.db.models import F, Q

from goldenthread.domain.access.accounts import PostChangeKind
from goldenthread.domain.access.remit import Remit
from goldenthread.domain.shared.word import Word
from goldenthread.records.shared.models import Account, Agency, Practitioner


class LinkKind(Word):
    """What a link is for."""

    JOINING = "joining", "Choose a first password"
    PASSWORD = "password", "Choose a new password"


class NoticeKind(Word):
    """What was done about a confirmation: counting began, a mail was sent, an account stopped."""

    BEGUN = "begun", "Counting began"
    LISTED = "listed", "Administrators were reminded"
    WARNED = "warned", "The holder and the administrators were warned"
    STOPPED = "stopped", "Stopped until confirmed"


def _to(model, **more) -> models.ForeignKey:
    return models.ForeignKey(model, on_delete=models.PROTECT, related_name="+", **more)


def _among(field: str, words: type[Word], name: str) -> models.CheckConstraint:
    known = [value for value, _ in words.choices()]
    return models.CheckConstraint(condition=Q(**{f"{field}__in": known}), name=name)


class PostChange(models.Model):
    """What somebody's post became: the whole of it, from a day on, numbered for each person.

    `hand_to` is whoever hands on what somebody who moved or left was answerable for.
    """

    id = models.UUIDField(primary_key=True)
    practitioner = _to(Practitioner, db_index=False)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=PostChangeKind.choices())
    agency = _to(Agency, db_index=False)
    name = models.CharField(max_length=200)
    post = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    remit = models.CharField(max_length=30, choices=Remit.choices())
    on = models.DateField()
    hand_to = _to(Practitioner, null=True)
    decided_by = _to(Account, db_index=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            _among("kind", PostChangeKind, "post_change_kind_is_known"),
            _among("remit", Remit, "post_change_remit_is_known"),
            models.UniqueConstraint(
                fields=["practitioner", "number"], name="post_changes_are_numbered_once"
            ),
            models.CheckConstraint(
                condition=~Q(name__regex=r"^\s*$") & ~Q(post__regex=r"^\s*$"),
                name="post_has_a_holder_and_a_name",
            ),
            models.CheckConstraint(
                condition=Q(hand_to__isnull=True) | ~Q(hand_to=F("practitioner")),
                name="post_is_handed_on_by_somebody_else",
            ),
        ]


class StaffDetail(models.Model):
    """What is known of somebody who works here, to match them to people of the record alone.

    Each row is the whole of what is known from then on; either part may be unknown. `postcode` is
    kept in capital letters without spaces.
    """

    id = models.UUIDField(primary_key=True)
    practitioner = _to(Practitioner)
    born = models.DateField(null=True)
    postcode = models.CharField(max_length=8, blank=True)
    recorded_by = _to(Account, db_index=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(postcode="") | Q(postcode__regex=r"^[A-Z0-9]{5,7}$"),
                name="staff_postcode_is_folded",
            ),
        ]


class PasswordLink(models.Model):
    """A link by which one account's holder chooses a password, once and within a time."""

    id = models.UUIDField(primary_key=True)
    account = _to(Account)
    kind = models.CharField(max_length=20, choices=LinkKind.choices())
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    sent_by = _to(Account, db_index=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            _among("kind", LinkKind, "password_link_kind_is_known"),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="password_link_is_a_digest"
            ),
        ]


class PasswordLinkUse(models.Model):
    """A link was used: it is good for nothing from here on."""

    id = models.UUIDField(primary_key=True)
    link = models.OneToOneField(PasswordLink, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)


class Confirmation(models.Model):
    """An agency said that somebody works there, in which post and with which remit."""

    id = models.UUIDField(primary_key=True)
    practitioner = _to(Practitioner)
    on = models.DateField()
    post = models.CharField(max_length=200)
    remit = models.CharField(max_length=30)
    confirmed_by = _to(Account, db_index=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practitioner", "on"], name="confirmed_once_a_day"),
            _among("remit", Remit, "confirmation_remit_is_known"),
        ]


class ConfirmationNotice(models.Model):
    """What was done, on a day, about the confirmation that fell due on `due_on`; once each."""

    id = models.UUIDField(primary_key=True)
    practitioner = _to(Practitioner, db_index=False)
    due_on = models.DateField()
    kind = models.CharField(max_length=20, choices=NoticeKind.choices())
    on = models.DateField()
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            _among("kind", NoticeKind, "confirmation_notice_kind_is_known"),
            models.UniqueConstraint(
                fields=["practitioner", "due_on", "kind"], name="confirmation_notice_is_given_once"
            ),
            models.UniqueConstraint(
                fields=["practitioner"],
                condition=Q(kind="begun"),
                name="confirmation_is_counted_from_one_day",
            ),
        ]


class RateCount(models.Model):
    """How often something was asked since a moment; no part of the record, and soon dropped.

    `key` is a keyed digest of what is counted and for whom: it holds no account and no address.
    """

    key = models.CharField(primary_key=True, max_length=64)
    began = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()
