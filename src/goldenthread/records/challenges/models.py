"""A challenge of a decision, each step of it sealed to the one before, and how it is to be done.

Every table is append only. What was said about a family is carried by entries: who may read a
challenge, or a step of it, is who may read its entry. The settings belong to no family.
"""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from goldenthread.domain.challenges.course import CLOSING, AnswerOutcome, StepKind
from goldenthread.domain.challenges.working_days import MOST_DAYS, Unit
from goldenthread.records.people.models import Case
from goldenthread.records.provenance.models import Statement
from goldenthread.records.shared.models import Account, Agency, Practitioner

_SHA256 = r"^[0-9a-f]{64}$"
_BLANK = r"^\s*$"


class Challenge(models.Model):
    """One agency disagrees with what an entry decided (`target`), in the words of `statement`.

    `wanted` is the outcome wanted and `why` the reasons. `acted_now` says what was done at once
    where a child was at immediate risk.
    """

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="+")
    raised_by = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_of = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    wanted = models.TextField()
    why = models.TextField()
    immediate_risk = models.BooleanField()
    acted_now = models.TextField(blank=True)
    recorded_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(wanted__regex=_BLANK) & ~Q(why__regex=_BLANK),
                name="challenge_says_what_is_wanted_and_why",
            ),
            models.CheckConstraint(
                condition=Q(immediate_risk=False) | ~Q(acted_now__regex=_BLANK),
                name="challenge_at_immediate_risk_says_what_was_done",
            ),
            models.CheckConstraint(
                condition=~Q(statement=F("target")), name="challenge_is_not_of_itself"
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=_SHA256), name="challenge_digest_is_sha256"
            ),
        ]


class ChallengeEntry(models.Model):
    """One entry a challenge relies on, pinned by the digest it had."""

    id = models.UUIDField(primary_key=True)
    challenge = models.ForeignKey(
        Challenge, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "challenge entries"
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "statement"], name="challenge_relies_on_an_entry_once"
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=_SHA256), name="challenge_entry_digest_is_sha256"
            ),
        ]


class ChallengeStep(models.Model):
    """One step of a challenge, at a stage, on a day, by somebody; sealed with the step before it.

    `statement` is the entry that carries it; accepting an answer is carried by none. `stage_name`,
    `who`, `days` and `unit` are the ladder's at the time, where the step starts a clock. `effect`
    is what changed because of it.
    """

    id = models.UUIDField(primary_key=True)
    challenge = models.ForeignKey(
        Challenge, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=StepKind.choices())
    stage = models.PositiveSmallIntegerField()
    stage_name = models.CharField(max_length=80)
    who = models.CharField(max_length=200)
    days = models.PositiveSmallIntegerField(null=True)
    unit = models.CharField(max_length=20, choices=Unit.choices())
    on = models.DateField()
    statement = models.OneToOneField(
        Statement, null=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(max_length=20, blank=True, choices=AnswerOutcome.choices())
    words = models.TextField()
    effect = models.TextField(blank=True)
    by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    recorded_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "number"], name="challenge_step_is_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["challenge"],
                condition=Q(kind__in=sorted(str(kind) for kind in CLOSING)),
                name="challenge_is_settled_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[value for value, _ in StepKind.choices()]),
                name="challenge_step_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(number=1, kind="raised") | (Q(number__gt=1) & ~Q(kind="raised")),
                name="challenge_begins_by_being_raised",
            ),
            models.CheckConstraint(condition=Q(stage__gte=1), name="challenge_stage_is_counted"),
            models.CheckConstraint(
                condition=Q(unit__in=[value for value, _ in Unit.choices()]),
                name="challenge_unit_is_known",
            ),
            models.CheckConstraint(
                condition=Q(days__isnull=True)
                | Q(days__gte=1, days__lte=MOST_DAYS, kind__in=["raised", "taken_further"]),
                name="challenge_clock_starts_with_a_stage",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind="answered", outcome__in=[value for value, _ in AnswerOutcome.choices()]
                )
                | (~Q(kind="answered") & Q(outcome="")),
                name="challenge_answer_says_what_it_does",
            ),
            models.CheckConstraint(
                condition=Q(kind="accepted") | Q(statement__isnull=False),
                name="challenge_step_is_carried_by_an_entry",
            ),
            models.CheckConstraint(
                condition=~Q(words__regex=_BLANK), name="challenge_step_says_something"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["answered", "accepted", "resolved"])
                | ~Q(effect__regex=_BLANK),
                name="challenge_says_what_changed",
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=_SHA256), name="challenge_step_digest_is_sha256"
            ),
        ]


class ChallengePraise(models.Model):
    """Somebody says what a challenge changed: about the act of challenging, by name."""

    id = models.UUIDField(primary_key=True)
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="+")
    said_by = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    words = models.TextField()
    on = models.DateField()
    recorded_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name_plural = "challenge praise"
        constraints = [
            models.CheckConstraint(
                condition=~Q(words__regex=_BLANK), name="challenge_praise_says_what_changed"
            ),
        ]


class LadderVersion(models.Model):
    """A partnership's decision on its stages: who answers at each and how soon, by whom and why.

    `stages` holds [name, who answers, days as typed, unit] in order.
    """

    id = models.UUIDField(primary_key=True)
    version = models.PositiveIntegerField()
    stages = models.JSONField()
    holds_from = models.DateTimeField()
    reason = models.TextField()
    set_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version"], name="ladder_version_is_numbered_once"),
            models.CheckConstraint(
                condition=~Q(reason__regex=_BLANK), name="ladder_version_gives_a_reason"
            ),
            models.CheckConstraint(condition=~Q(stages=[]), name="ladder_version_has_stages"),
            models.CheckConstraint(
                condition=Q(holds_from__gte=F("recorded_at") - timedelta(hours=1)),
                name="ladder_version_is_not_backdated",
            ),
        ]


class AnswererVersion(models.Model):
    """A partnership's decision on who answers at a stage for an agency, and their deputy's days."""

    id = models.UUIDField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    stage = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField()
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(Practitioner, null=True, on_delete=models.PROTECT, related_name="+")
    deputy_from = models.DateField(null=True)
    deputy_to = models.DateField(null=True)
    holds_from = models.DateTimeField()
    reason = models.TextField()
    set_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "stage", "version"], name="answerer_version_is_numbered_once"
            ),
            models.CheckConstraint(
                condition=~Q(reason__regex=_BLANK), name="answerer_version_gives_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(deputy__isnull=True, deputy_from__isnull=True, deputy_to__isnull=True)
                | Q(
                    deputy__isnull=False,
                    deputy_from__isnull=False,
                    deputy_to__isnull=False,
                    deputy_to__gte=F("deputy_from"),
                ),
                name="answerer_deputy_stands_in_between_days",
            ),
            models.CheckConstraint(
                condition=~Q(deputy=F("practitioner")), name="answerer_deputy_is_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(holds_from__gte=F("recorded_at") - timedelta(hours=1)),
                name="answerer_version_is_not_backdated",
            ),
        ]
