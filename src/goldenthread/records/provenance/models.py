"""Statements and what is known about who said, who was told and who knows.

Every table here is append only: the database refuses UPDATE, DELETE and TRUNCATE by privilege and
by trigger, and sets `recorded_at` itself (migration 0002).
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q

from goldenthread.domain.provenance import vocabulary as words
from goldenthread.domain.shared.word import Word
from goldenthread.records.shared.models import Account, Agency, Practitioner


def _known(field: str, vocabulary: type[Word], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [value for value, _ in vocabulary.choices()]}), name=name
    )


class Statement(models.Model):
    """Agency A says X about these people, true when V, known to A from K, written down at R."""

    id = models.UUIDField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    asserted_by = models.ForeignKey(
        Practitioner, null=True, on_delete=models.PROTECT, related_name="+"
    )
    asserted_by_words = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)
    how_known = models.CharField(max_length=20, choices=words.HowKnown.choices())
    informant = models.CharField(max_length=300, blank=True)
    reasoning = models.TextField(blank=True)
    derived_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40, choices=words.Kind.choices())
    polarity = models.CharField(max_length=20, choices=words.Polarity.choices())
    concerns = ArrayField(models.CharField(max_length=40), default=list)
    text = models.TextField()
    impact = models.TextField(blank=True)
    action = models.TextField(blank=True)
    significance = models.CharField(max_length=20, blank=True)
    reference = models.CharField(max_length=100, blank=True)
    happened = models.CharField(max_length=60)
    happened_from_min = models.DateField(null=True)
    happened_from_max = models.DateField(null=True)
    happened_to_min = models.DateField(null=True)
    happened_to_max = models.DateField(null=True)
    sort_on = models.DateField()
    known_at = models.DateTimeField()
    known_basis = models.CharField(max_length=20, choices=words.KnownBasis.choices())
    source_grade = models.CharField(max_length=4, blank=True)
    information_grade = models.CharField(max_length=4, blank=True)
    handling = models.CharField(max_length=4, blank=True)
    digest = models.CharField(max_length=64)
    narrative = models.GeneratedField(
        expression=SearchVector("text", "impact", "action", "informant", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        constraints = [
            _known("how_known", words.HowKnown, "statement_how_known_is_known"),
            _known("kind", words.Kind, "statement_kind_is_known"),
            _known("polarity", words.Polarity, "statement_polarity_is_known"),
            _known("known_basis", words.KnownBasis, "statement_known_basis_is_known"),
            models.CheckConstraint(
                condition=Q(concerns__contained_by=[v for v, _ in words.Concern.choices()]),
                name="statement_concerns_are_known",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="statement_says_something"),
            models.CheckConstraint(
                condition=~Q(how_known="inferred") | ~Q(reasoning=""),
                name="statement_inferred_gives_reasoning",
            ),
            models.CheckConstraint(
                condition=Q(happened_from_min__isnull=True)
                | Q(happened_to_max__isnull=True)
                | Q(happened_from_min__lte=F("happened_to_max")),
                name="statement_begins_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="statement_digest_is_sha256"
            ),
        ]


class StatementLink(models.Model):
    """One statement corrects, withdraws or disputes another, or two are about the same event."""

    id = models.UUIDField(primary_key=True)
    source = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=words.LinkKind.choices())
    reason = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            _known("kind", words.LinkKind, "link_kind_is_known"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="link_joins_two"),
            models.UniqueConstraint(fields=["source", "target", "kind"], name="link_is_made_once"),
        ]


class ShareEvent(models.Model):
    """One agency told another, or decided not to: both are entries with a reason."""

    id = models.UUIDField(primary_key=True)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    from_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    to_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    shared = models.BooleanField()
    to_person = models.ForeignKey(
        Practitioner, null=True, on_delete=models.PROTECT, related_name="+"
    )
    shared_by = models.ForeignKey(
        Practitioner, null=True, on_delete=models.PROTECT, related_name="+"
    )
    told = models.CharField(max_length=60, blank=True)
    told_at = models.DateTimeField()
    told_basis = models.CharField(max_length=20, choices=words.KnownBasis.choices())
    channel = models.CharField(max_length=100, blank=True)
    lawful_basis = models.CharField(max_length=30, choices=words.LawfulBasis.choices())
    fidelity = models.CharField(max_length=20, choices=words.Fidelity.choices())
    reason = models.TextField(blank=True)
    review_on = models.DateField(null=True)
    subject_told = models.TextField(blank=True)
    receipt_asked = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            _known("lawful_basis", words.LawfulBasis, "share_lawful_basis_is_known"),
            _known("told_basis", words.KnownBasis, "share_told_basis_is_known"),
            models.CheckConstraint(
                condition=Q(shared=True) | (~Q(reason="") & Q(review_on__isnull=False)),
                name="share_not_shared_says_why_and_until",
            ),
            models.CheckConstraint(
                condition=~Q(from_agency=F("to_agency")), name="share_is_with_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(shared=True) | Q(receipt_asked=False),
                name="share_receipt_is_asked_of_a_telling",
            ),
            models.CheckConstraint(
                condition=Q(shared=True) | Q(to_person__isnull=True),
                name="share_in_person_is_a_telling",
            ),
        ]
        indexes = [
            models.Index(
                fields=["to_agency", "statement"],
                condition=Q(receipt_asked=True),
                name="share_receipt_owed",
            ),
            models.Index(
                fields=["from_agency", "statement"],
                condition=Q(receipt_asked=True),
                name="share_receipt_awaited",
            ),
        ]


class Awareness(models.Model):
    """One agency knows one statement from an instant on."""

    id = models.UUIDField(primary_key=True)
    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    known_from = models.DateTimeField()
    level = models.CharField(max_length=20, choices=words.AwarenessLevel.choices())
    share_event = models.ForeignKey(
        ShareEvent, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name_plural = "awareness"
        constraints = [_known("level", words.AwarenessLevel, "awareness_level_is_known")]
        indexes = [
            models.Index(
                fields=["statement", "agency", "known_from"],
                include=["level", "recorded_at"],
                name="awareness_by_statement",
            ),
        ]


ONCE = ["opened", "acknowledged"]


class ShareReceipt(models.Model):
    """One person opened or acknowledged an entry, asked back, or said what came of it.

    `agency` is whom they read it for; `given_at` is when they did so. The first opening and the
    first acknowledgement count and are kept once.
    """

    id = models.UUIDField(primary_key=True)
    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    step = models.CharField(max_length=20, choices=words.ReceiptStep.choices())
    words = models.TextField(blank=True)
    given_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            _known("step", words.ReceiptStep, "receipt_step_is_known"),
            models.CheckConstraint(
                condition=~Q(step="opened") | Q(words=""), name="receipt_of_opening_says_no_more"
            ),
            models.CheckConstraint(
                condition=Q(step__in=ONCE) | ~Q(words=""), name="receipt_says_something"
            ),
            models.UniqueConstraint(
                fields=["statement", "practitioner", "step"],
                condition=Q(step__in=ONCE),
                name="receipt_is_given_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["statement", "agency", "step"],
                include=["practitioner", "given_at"],
                name="receipt_by_statement",
            ),
        ]
