"""Packs for people who asked what is kept about them: references to entries, and what was decided.

Append only. A pack copies nothing of an entry: it points at entries, and says which places of them
do not leave. What was decided is undone by a further row. Two people stand behind every release,
and the database refuses one who is both.
"""

from django.db import models
from django.db.models import F, Q

from goldenthread.domain.subject_access.vocabulary import Part
from goldenthread.records.people.models import Case, Person
from goldenthread.records.provenance.models import Statement
from goldenthread.records.shared.models import Account, Agency


def _to(model, **more) -> models.ForeignKey:
    return models.ForeignKey(model, on_delete=models.PROTECT, related_name="+", **more)


def _beside(model) -> models.OneToOneField:
    return models.OneToOneField(model, primary_key=True, on_delete=models.PROTECT, related_name="+")


def _says(field: str) -> Q:
    return ~Q(**{f"{field}__regex": r"^\s*$"})


class Pack(models.Model):
    """Somebody asked an agency for what is kept about them, or about a child they answer for.

    `entitled` is how it is known that it is they, and that they may ask.
    """

    id = models.UUIDField(primary_key=True)
    case = _to(Case)
    asked_by = _to(Person)
    about = _to(Person)
    asked_on = models.DateField()
    due_on = models.DateField()
    entitled = models.TextField()
    agency = _to(Agency, db_index=False)
    started_by = _to(Account, db_index=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gt=F("asked_on")), name="pack_is_due_after_it_was_asked"
            ),
            models.CheckConstraint(condition=_says("entitled"), name="pack_asker_is_entitled"),
        ]


class PackEntry(models.Model):
    """An entry that whoever put it here could read in full is looked at for a pack."""

    id = models.UUIDField(primary_key=True)
    pack = _to(Pack)
    statement = _to(Statement)
    added_by = _to(Account, db_index=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pack", "statement"], name="pack_entry_is_there_once")
        ]


class PackChoice(models.Model):
    """Somebody decided that an entry is in a pack, or why it is not. The latest number counts."""

    id = models.UUIDField(primary_key=True)
    pack = _to(Pack, db_index=False)
    statement = _to(Statement)
    number = models.PositiveIntegerField()
    is_in = models.BooleanField()
    reason = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    chosen_by = _to(Account, db_index=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pack", "statement", "number"], name="pack_choice_has_its_number"
            ),
            models.CheckConstraint(
                condition=Q(is_in=True, reason="") | (Q(is_in=False) & _says("reason")),
                name="pack_choice_to_leave_out_has_a_reason",
            ),
        ]


class PackRedaction(models.Model):
    """A place of one part of an entry does not leave with a pack, for a reason.

    Characters of the part as the record keeps it, from `begins` up to `ends`.
    """

    id = models.UUIDField(primary_key=True)
    pack = _to(Pack)
    statement = _to(Statement)
    part = models.CharField(max_length=20, choices=Part.choices())
    begins = models.PositiveIntegerField()
    ends = models.PositiveIntegerField()
    reason = models.CharField(max_length=40)
    made_by = _to(Account, db_index=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(part__in=[value for value, _ in Part.choices()]),
                name="pack_redaction_part_is_known",
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=F("begins")), name="pack_redaction_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=_says("reason"), name="pack_redaction_has_a_reason"),
        ]


class PackRedactionUndone(models.Model):
    """A place is withheld no longer."""

    redaction = _beside(PackRedaction)
    undone_by = _to(Account, db_index=False)
    recorded_at = models.DateTimeField(editable=False)


class PackCheckAsked(models.Model):
    """A second person is asked to check a pack as it stands; `digest` is of what would leave."""

    id = models.UUIDField(primary_key=True)
    pack = _to(Pack)
    digest = models.CharField(max_length=64)
    asked_by = _to(Account, db_index=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="pack_check_digest_is_one"
            )
        ]


class PackCheck(models.Model):
    """Somebody who neither started a pack nor asked for the check agrees, or sends it back."""

    asked = _beside(PackCheckAsked)
    agrees = models.BooleanField()
    reason = models.TextField(blank=True)
    started_by = _to(Account, db_index=False)
    asked_by = _to(Account, db_index=False)
    checked_by = _to(Account, db_index=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(checked_by=F("started_by")) & ~Q(checked_by=F("asked_by")),
                name="pack_is_checked_by_another",
            ),
            models.CheckConstraint(
                condition=Q(agrees=True) | _says("reason"), name="pack_is_sent_back_for_a_reason"
            ),
        ]


class PackRelease(models.Model):
    """A pack that was agreed to is released; never by whoever checked it."""

    check_made = _beside(PackCheck)
    digest = models.CharField(max_length=64)
    checked_by = _to(Account, db_index=False)
    released_by = _to(Account, db_index=False)
    released_at = models.DateTimeField()
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(checked_by=F("released_by")), name="pack_is_released_by_another"
            )
        ]
