"""Who works with which family, dated, and what restricts a record: what access is decided from.

Membership of a team is ended in place, and each step about it appended. What restricts is append
only: a label is taken off, a seal lifted and a withholding ended by a further row, which
says who and why. Nobody may both stand in a conflict of interest and lift it; the database refuses.
"""

from django.db import models
from django.db.models import F, Q

from goldenthread.domain.access.labels import LabelKey
from goldenthread.domain.access.restrictions import SealKind
from goldenthread.records.access.models.glass import (
    GlassAnswer,
    GlassAsk,
    GlassBreak,
    GlassEnd,
    GlassEscalation,
    GlassReview,
)
from goldenthread.records.access.models.team import HOLDS_FOR_A_DAY, TeamMember, TeamStep
from goldenthread.records.people.models import Case
from goldenthread.records.provenance.models import Statement
from goldenthread.records.shared.models import Account, Agency, Practitioner

__all__ = [
    "HOLDS_FOR_A_DAY",
    "Clearance",
    "ClearanceEnd",
    "Conflict",
    "ConflictEnd",
    "GlassAnswer",
    "GlassAsk",
    "GlassBreak",
    "GlassEnd",
    "GlassEscalation",
    "GlassReview",
    "Seal",
    "SealName",
    "SealStep",
    "StatementLabel",
    "TeamMember",
    "TeamStep",
    "Withholding",
    "WithholdingEnd",
]


def _says(field: str) -> Q:
    return ~Q(**{f"{field}__regex": r"^\s*$"})


def _to(model, **more) -> models.ForeignKey:
    return models.ForeignKey(model, on_delete=models.PROTECT, related_name="+", **more)


class StatementLabel(models.Model):
    """A sensitivity label was put on an entry, for a reason; or one that stood was taken off.

    `takes_off` is the row that no longer stands from this one on.
    """

    id = models.UUIDField(primary_key=True)
    statement = _to(Statement)
    label = models.CharField(max_length=30, choices=LabelKey.choices())
    takes_off = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    agency = _to(Agency, db_index=False)
    put_by = _to(Account, db_index=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(label__in=[value for value, _ in LabelKey.choices()]),
                name="statement_label_is_known",
            ),
            models.CheckConstraint(condition=_says("reason"), name="statement_label_has_a_reason"),
        ]


class Clearance(models.Model):
    """A practitioner is cleared for a label from one day to another, or until it is ended."""

    id = models.UUIDField(primary_key=True)
    practitioner = _to(Practitioner)
    label = models.CharField(max_length=30, choices=LabelKey.choices())
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    reason = models.TextField()
    given_by = _to(Account, db_index=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(label__in=[value for value, _ in LabelKey.choices()]),
                name="clearance_label_is_known",
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gt=F("from_on")),
                name="clearance_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=_says("reason"), name="clearance_has_a_reason"),
        ]


class ClearanceEnd(models.Model):
    """A clearance holds no longer, from now on."""

    id = models.UUIDField(primary_key=True)
    clearance = models.OneToOneField(Clearance, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    ended_by = _to(Account, db_index=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_says("reason"), name="clearance_end_has_a_reason")
        ]


class Seal(models.Model):
    """A family's record, or one entry, is open to named people alone until it is lifted."""

    id = models.UUIDField(primary_key=True)
    case = _to(Case, null=True)
    statement = _to(Statement, null=True)
    kind = models.CharField(max_length=30, choices=SealKind.choices())
    reason = models.TextField()
    owner = _to(Practitioner)
    review_on = models.DateField()
    sealed_by = _to(Account, db_index=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=True, statement__isnull=False)
                | Q(case__isnull=False, statement__isnull=True),
                name="seal_is_of_a_family_or_an_entry",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[value for value, _ in SealKind.choices()]),
                name="seal_kind_is_known",
            ),
            models.CheckConstraint(condition=_says("reason"), name="seal_has_a_reason"),
        ]


class SealName(models.Model):
    """Somebody is on a seal's named list from one day to another, or until it is lifted."""

    id = models.UUIDField(primary_key=True)
    seal = _to(Seal)
    practitioner = _to(Practitioner)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    named_by = _to(Account, db_index=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gt=F("from_on")),
                name="seal_name_ends_after_it_begins",
            ),
        ]


class SealStep(models.Model):
    """What became of a seal at a review: it goes on until another day, or it is lifted."""

    id = models.UUIDField(primary_key=True)
    seal = _to(Seal)
    lifts = models.BooleanField()
    review_on = models.DateField(null=True)
    reason = models.TextField()
    decided_by = _to(Account, db_index=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(lifts=True, review_on__isnull=True)
                | Q(lifts=False, review_on__isnull=False),
                name="seal_goes_on_to_a_day_or_is_lifted",
            ),
            models.UniqueConstraint(
                fields=["seal"], condition=Q(lifts=True), name="seal_is_lifted_once"
            ),
            models.CheckConstraint(condition=_says("reason"), name="seal_step_has_a_reason"),
        ]


class Withholding(models.Model):
    """A family's record, or one entry, is withheld from one person or one agency, until a day."""

    id = models.UUIDField(primary_key=True)
    case = _to(Case, null=True)
    statement = _to(Statement, null=True)
    practitioner = _to(Practitioner, null=True)
    agency = _to(Agency, null=True)
    until = models.DateField(null=True)
    reason = models.TextField()
    withheld_by = _to(Account, db_index=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=True, statement__isnull=False)
                | Q(case__isnull=False, statement__isnull=True),
                name="withholding_is_of_a_family_or_an_entry",
            ),
            models.CheckConstraint(
                condition=Q(practitioner__isnull=True, agency__isnull=False)
                | Q(practitioner__isnull=False, agency__isnull=True),
                name="withholding_is_from_a_person_or_an_agency",
            ),
            models.CheckConstraint(condition=_says("reason"), name="withholding_has_a_reason"),
        ]


class WithholdingEnd(models.Model):
    """A withholding holds no longer, from now on."""

    id = models.UUIDField(primary_key=True)
    withholding = models.OneToOneField(Withholding, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    ended_by = _to(Account, db_index=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_says("reason"), name="withholding_end_has_a_reason")
        ]


class Conflict(models.Model):
    """A practitioner has a conflict of interest with a family: it does not exist for them.

    `case` is empty where somebody declared one and nobody has said yet which record it is of, if
    any; `words` are then how they called the family. One that nobody declared rests on a `match`,
    and stands until a lead answers that.
    """

    id = models.UUIDField(primary_key=True)
    practitioner = _to(Practitioner)
    case = _to(Case, null=True)
    words = models.TextField(blank=True)
    reason = models.TextField()
    by_themselves = models.BooleanField()
    declared_by = _to(Account, db_index=False, null=True)
    match = models.OneToOneField(
        "StaffMatch", null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=False) | _says("words"),
                name="conflict_is_with_somebody",
            ),
            models.CheckConstraint(condition=_says("reason"), name="conflict_has_a_reason"),
            models.CheckConstraint(
                condition=Q(declared_by__isnull=False, match__isnull=True)
                | Q(declared_by__isnull=True, match__isnull=False, case__isnull=False),
                name="conflict_is_declared_or_rests_on_a_match",
            ),
        ]


class ConflictEnd(models.Model):
    """A conflict of interest was lifted, by somebody other than whoever stood in it."""

    id = models.UUIDField(primary_key=True)
    conflict = models.OneToOneField(Conflict, on_delete=models.PROTECT, related_name="+")
    practitioner = _to(Practitioner, db_index=False)
    lifted_by = _to(Practitioner, db_index=False)
    reason = models.TextField()
    recorded_by = _to(Account, db_index=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(practitioner=F("lifted_by")),
                name="conflict_is_lifted_by_somebody_else",
            ),
            models.CheckConstraint(condition=_says("reason"), name="conflict_end_has_a_reason"),
        ]


from goldenthread.records.access.models.oversight import (  # noqa: E402 - Django looks for them here
    StaffMatch,
    StaffMatchAnswer,
    UnusualLook,
    UnusualLookAnswer,
    UnusualWeek,
)
from goldenthread.records.access.models.sealed import (  # noqa: E402 - as above
    SealNameEnd,
    SealOwner,
)

__all__ = [
    "Clearance",
    "ClearanceEnd",
    "Conflict",
    "ConflictEnd",
    "Seal",
    "SealName",
    "SealNameEnd",
    "SealOwner",
    "SealStep",
    "StaffMatch",
    "StaffMatchAnswer",
    "StatementLabel",
    "TeamMember",
    "TeamStep",
    "UnusualLook",
    "UnusualLookAnswer",
    "UnusualWeek",
    "Withholding",
    "WithholdingEnd",
]
