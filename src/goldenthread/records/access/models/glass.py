"""Breaking the glass: that it was asked for again, agreed to, broken, ended early, and reviewed.

Append only. Nobody agrees to their own, and nobody reviews their own; the database refuses both, a
break that lasts longer than any policy may say, one without enough of a reason, and a second one
for the same family within the days of the policy that nobody agreed to.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from goldenthread.domain.access.glass import LONGEST, ReviewOutcome
from goldenthread.domain.access.remit import Remit
from goldenthread.records.people.models import Case
from goldenthread.records.shared.models import Account, Agency, Practitioner

# At least twenty characters, the first and the last of which are no space.
_TWENTY = r"^\s*\S.{18,}\S\s*$"


def _says(field: str) -> Q:
    return ~Q(**{f"{field}__regex": r"^\s*$"})


def _to(model, **more) -> models.ForeignKey:
    return models.ForeignKey(model, on_delete=models.PROTECT, related_name="+", **more)


class GlassAsk(models.Model):
    """Somebody asks to break the glass again for a family, which needs a second person first."""

    id = models.UUIDField(primary_key=True)
    case = _to(Case)
    practitioner = _to(Practitioner)
    agency = _to(Agency, db_index=False)
    second = _to(Practitioner)
    reason = models.CharField(max_length=40)
    basis = models.CharField(max_length=40)
    words = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = _to(Account, db_index=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(practitioner=F("second")), name="glass_is_asked_of_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(words__regex=_TWENTY), name="glass_ask_says_why_at_length"
            ),
        ]


class GlassAnswer(models.Model):
    """The second person agreed that the glass is broken again, or did not; `asker` asked."""

    id = models.UUIDField(primary_key=True)
    ask = models.OneToOneField(GlassAsk, on_delete=models.PROTECT, related_name="+")
    practitioner = _to(Practitioner, db_index=False)
    asker = _to(Practitioner, db_index=False)
    agrees = models.BooleanField()
    reason = models.TextField()
    answered_at = models.DateTimeField()
    answered_by = _to(Account, db_index=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(practitioner=F("asker")), name="nobody_agrees_to_their_own_glass"
            ),
            models.CheckConstraint(condition=_says("reason"), name="glass_answer_has_a_reason"),
        ]


class GlassBreak(models.Model):
    """Somebody broke the glass of a family: from when until when, why, and on which basis.

    `remit` is the post they broke it in. `alone_until` is the instant before which they may not
    break it again for this family on their own; `answer` is the agreement it rests on, if any.
    """

    id = models.UUIDField(primary_key=True)
    case = _to(Case)
    practitioner = _to(Practitioner)
    agency = _to(Agency, db_index=False)
    remit = models.CharField(max_length=30, choices=Remit.choices())
    reason = models.CharField(max_length=40)
    basis = models.CharField(max_length=40)
    words = models.TextField()
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    alone_until = models.DateTimeField()
    answer = models.OneToOneField(
        GlassAnswer, null=True, on_delete=models.PROTECT, related_name="+"
    )
    broken_by = _to(Account, db_index=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("opened_at")) & Q(until__lte=F("opened_at") + LONGEST),
                name="glass_is_broken_for_a_few_hours",
            ),
            models.CheckConstraint(
                condition=Q(alone_until__gte=F("until")), name="glass_is_not_broken_on_and_on"
            ),
            models.CheckConstraint(condition=_says("reason"), name="glass_has_a_reason"),
            models.CheckConstraint(condition=_says("basis"), name="glass_has_a_legal_basis"),
            models.CheckConstraint(
                condition=Q(words__regex=_TWENTY), name="glass_says_why_at_length"
            ),
            ExclusionConstraint(
                name="glass_is_broken_alone_once_at_a_time",
                expressions=[
                    ("case", RangeOperators.EQUAL),
                    ("practitioner", RangeOperators.EQUAL),
                    (
                        Func(F("opened_at"), F("alone_until"), function="tstzrange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(answer__isnull=True),
            ),
        ]


class GlassEnd(models.Model):
    """Whoever broke the glass closed it before its time."""

    id = models.UUIDField(primary_key=True)
    broken = models.OneToOneField(GlassBreak, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField()
    ended_by = _to(Account, db_index=False)
    recorded_at = models.DateTimeField(editable=False)


class GlassEscalation(models.Model):
    """It was told that nobody had reviewed a break in time: once, to those who are to see to it."""

    id = models.UUIDField(primary_key=True)
    broken = models.OneToOneField(GlassBreak, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    recorded_at = models.DateTimeField(editable=False)


class GlassReview(models.Model):
    """Somebody other than the breaker looked at a break and says what they found, and why."""

    id = models.UUIDField(primary_key=True)
    broken = models.OneToOneField(GlassBreak, on_delete=models.PROTECT, related_name="+")
    practitioner = _to(Practitioner, db_index=False)
    breaker = _to(Practitioner, db_index=False)
    outcome = models.CharField(max_length=20, choices=ReviewOutcome.choices())
    reason = models.TextField()
    reviewed_at = models.DateTimeField()
    reviewed_by = _to(Account, db_index=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(practitioner=F("breaker")), name="nobody_reviews_their_own_glass"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=[value for value, _ in ReviewOutcome.choices()]),
                name="glass_review_outcome_is_known",
            ),
            models.CheckConstraint(condition=_says("reason"), name="glass_review_has_a_reason"),
        ]
