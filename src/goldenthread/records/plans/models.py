"""Safety plans in versions, what was answered about them, who agreed, and who has a copy.

Every table here is append only: the database refuses UPDATE, DELETE and TRUNCATE by privilege and
by trigger, and sets `recorded_at` itself (migrations). Who may read a version or an answer is
who may read the entry that carries it. Whether a plan is current is never stored.
"""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from goldenthread.domain.plans import vocabulary as words
from goldenthread.domain.plans.reminding import Remind
from goldenthread.domain.shared.word import Word
from goldenthread.records.people.models import Case, Person
from goldenthread.records.provenance.models import Statement
from goldenthread.records.shared.models import Account, Agency, Practitioner

SOMEBODY = Q(person__isnull=False, practitioner__isnull=True) | Q(
    person__isnull=True, practitioner__isnull=False
)


def _known(column: str, vocabulary: type[Word], name: str) -> models.CheckConstraint:
    values = [value for value, _ in vocabulary.choices()]
    return models.CheckConstraint(condition=Q(**{f"{column}__in": values}), name=name)


def _not_of_the_future(column: str, name: str) -> models.CheckConstraint:
    latest = F("recorded_at") + timedelta(hours=1)
    return models.CheckConstraint(condition=Q(**{f"{column}__lte": latest}), name=name)


class Plan(models.Model):
    """One family's safety plan through all its versions. A family may come to have another."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)


class PlanVersion(models.Model):
    """One signed version. `document` is what it says (`domain.plans.document`).

    `statement` is the entry that carries it and `decision` the entry of the decision that caused
    it. `considered` are the entries its writer could read when they signed. `digest` seals it all.
    """

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    written_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(
        Statement, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    owner = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    signed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    document = models.JSONField()
    considered = ArrayField(models.UUIDField())
    digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="plan_version_digest_is_sha256"
            ),
            models.CheckConstraint(
                condition=~Q(written_from=F("id")), name="plan_version_is_not_from_itself"
            ),
            models.CheckConstraint(
                condition=~Q(decision=F("statement")), name="plan_version_is_not_its_decision"
            ),
            models.CheckConstraint(
                condition=Q(document__has_keys=["dangers", "actions", "assumptions", "review_on"]),
                name="plan_version_says_its_parts",
            ),
            _not_of_the_future("signed_at", "plan_version_is_not_of_the_future"),
        ]


class PlanAnswer(models.Model):
    """That somebody said a version is still right, or withdrew it; `statement` carries why.

    It covers the entries its author could read then (`considered`); newer ones open it again.
    """

    id = models.UUIDField(primary_key=True)
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=words.PlanOutcome.choices())
    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="+")
    review_on = models.DateField(null=True)
    considered = ArrayField(models.UUIDField())
    answered_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="still_right", review_on__isnull=False)
                | Q(outcome="withdrawn", review_on__isnull=True),
                name="plan_answer_says_until_when_it_is_right",
            ),
            _not_of_the_future("answered_at", "plan_answer_is_not_of_the_future"),
        ]


class PlanSignature(models.Model):
    """Whether somebody agrees with a version and can do it, in their own words; the last counts."""

    id = models.UUIDField(primary_key=True)
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    practitioner = models.ForeignKey(
        Practitioner, null=True, on_delete=models.PROTECT, related_name="+"
    )
    agreement = models.CharField(max_length=20, choices=words.Agreement.choices())
    doable = models.CharField(max_length=20, choices=words.Doable.choices())
    words = models.TextField(blank=True)
    given_on = models.DateField()
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=SOMEBODY, name="plan_signature_is_of_somebody"),
            _known("agreement", words.Agreement, "plan_signature_agreement_is_known"),
            _known("doable", words.Doable, "plan_signature_doable_is_known"),
        ]


class PlanCopy(models.Model):
    """That somebody was given a version, in which form, by whom and when."""

    id = models.UUIDField(primary_key=True)
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    practitioner = models.ForeignKey(
        Practitioner, null=True, on_delete=models.PROTECT, related_name="+"
    )
    form = models.CharField(max_length=20, choices=words.CopyForm.choices())
    given_on = models.DateField()
    given_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name_plural = "plan copies"
        constraints = [
            models.CheckConstraint(condition=SOMEBODY, name="plan_copy_is_for_somebody"),
            _known("form", words.CopyForm, "plan_copy_form_is_known"),
        ]


class PlanCopyEnd(models.Model):
    """What became of a copy: given back, replaced, or lost."""

    id = models.UUIDField(primary_key=True)
    copy = models.OneToOneField(PlanCopy, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=words.CopyOutcome.choices())
    ended_on = models.DateField()
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [_known("outcome", words.CopyOutcome, "plan_copy_outcome_is_known")]


class PlanReminder(models.Model):
    """That somebody was reminded that a version waits for their answer; no page shows it.

    `confirmed` is the answer the version was last found still right by, if any. `because` is what
    put it in question then: ids of entries, and words for what time alone did. The id is made of
    all of it, so that one reminder is kept once.
    """

    id = models.UUIDField(primary_key=True)
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="+")
    confirmed = models.ForeignKey(
        PlanAnswer, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    what = models.CharField(max_length=20, choices=Remind.choices())
    because = ArrayField(models.CharField(max_length=40))
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            _known("what", Remind, "plan_reminder_is_known"),
            models.CheckConstraint(
                condition=Q(because__len__gt=0), name="plan_reminder_has_a_reason"
            ),
        ]
