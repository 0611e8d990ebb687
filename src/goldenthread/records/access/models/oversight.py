"""What an agency's lead is asked about its own people: unusual access, and staff in the record.

Append only: a list is made once a week, a question once, and each answer is a further row. Nobody
answers what is asked about themselves; the database refuses.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from goldenthread.domain.audit.unusual import UnusualAnswer, UnusualKind
from goldenthread.domain.people.staff import MatchAnswer, MatchStrength
from goldenthread.records.people.models import Case, Person
from goldenthread.records.shared.models import Account, Agency, Practitioner


def _to(model, **more) -> models.ForeignKey:
    return models.ForeignKey(model, on_delete=models.PROTECT, related_name="+", **more)


def _among(field: str, words, name: str) -> models.CheckConstraint:
    known = [value for value, _ in words.choices()]
    return models.CheckConstraint(condition=Q(**{f"{field}__in": known}), name=name)


def _by_another(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=~Q(practitioner=F("answered_by")), name=name)


def _with_a_reason(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=~Q(reason__regex=r"^\s*$"), name=name)


class UnusualWeek(models.Model):
    """The list of one agency's unusual access was made for the week that begins on a Monday."""

    id = models.UUIDField(primary_key=True)
    agency = _to(Agency, db_index=False)
    begins = models.DateField()
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "begins"], name="unusual_week_is_listed_once"
            ),
            models.CheckConstraint(
                condition=Q(begins__iso_week_day=1), name="unusual_week_begins_on_a_monday"
            ),
        ]


class UnusualLook(models.Model):
    """One line of a week's list: whom, which family if it is of one, on which days, and why.

    `because` are events of the trail. `about` are the ids the rule met: people, kept addresses or
    the families of a night; by them a reader is told of the line or not.
    """

    id = models.UUIDField(primary_key=True)
    week = _to(UnusualWeek)
    kind = models.CharField(max_length=20, choices=UnusualKind.choices())
    practitioner = _to(Practitioner, db_index=False)
    case = _to(Case, null=True)
    days = ArrayField(models.DateField())
    because = ArrayField(models.UUIDField())
    about = ArrayField(models.UUIDField(), default=list)
    number = models.PositiveIntegerField(default=0)
    at_least = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            _among("kind", UnusualKind, "unusual_look_kind_is_known"),
            models.CheckConstraint(
                condition=Q(days__len__gte=1, because__len__gte=1), name="unusual_look_says_why"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["out_of_hours", "refused"], case__isnull=True)
                | (~Q(kind__in=["out_of_hours", "refused"]) & Q(case__isnull=False)),
                name="unusual_look_is_of_a_family_or_of_none",
            ),
        ]


class UnusualLookAnswer(models.Model):
    """What a lead says of a line, for a reason; the latest answer stands beside those before it."""

    id = models.UUIDField(primary_key=True)
    look = _to(UnusualLook)
    practitioner = _to(Practitioner, db_index=False)
    answer = models.CharField(max_length=20, choices=UnusualAnswer.choices())
    reason = models.TextField()
    answered_by = _to(Practitioner, db_index=False)
    recorded_by = _to(Account, db_index=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            _among("answer", UnusualAnswer, "unusual_answer_is_known"),
            _by_another("unusual_look_is_answered_by_somebody_else"),
            _with_a_reason("unusual_answer_has_a_reason"),
        ]


class StaffMatch(models.Model):
    """Somebody who works for an agency may be a person of a family's record, or live with one.

    `restricts` says whether the family was closed to them until a lead answers.
    """

    id = models.UUIDField(primary_key=True)
    practitioner = _to(Practitioner)
    case = _to(Case)
    person = _to(Person, db_index=False)
    strength = models.CharField(max_length=30, choices=MatchStrength.choices())
    restricts = models.BooleanField()
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            _among("strength", MatchStrength, "staff_match_strength_is_known"),
            models.UniqueConstraint(
                fields=["practitioner", "case", "person", "strength"],
                name="staff_match_is_asked_once",
            ),
        ]


class StaffMatchAnswer(models.Model):
    """A lead said whether it is them or a relative, or is not; for a reason, once."""

    id = models.UUIDField(primary_key=True)
    match = models.OneToOneField(StaffMatch, on_delete=models.PROTECT, related_name="+")
    practitioner = _to(Practitioner, db_index=False)
    answer = models.CharField(max_length=20, choices=MatchAnswer.choices())
    reason = models.TextField()
    answered_by = _to(Practitioner, db_index=False)
    recorded_by = _to(Account, db_index=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            _among("answer", MatchAnswer, "staff_match_answer_is_known"),
            _by_another("staff_match_is_answered_by_somebody_else"),
            _with_a_reason("staff_match_answer_has_a_reason"),
        ]
