"""The work around a history: imports, remembered layouts, drafts, significance, publications."""

from django.db import models
from django.db.models import Q

from goldenthread.domain.chronology.imports import ImportStage, RowOutcome
from goldenthread.records.people.models import Case
from goldenthread.records.provenance.models import Statement
from goldenthread.records.shared.models import Account, Agency


class Layout(models.Model):
    """How one agency arranges its spreadsheets, remembered from the last time it was confirmed."""

    id = models.UUIDField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64)
    arrangement = models.JSONField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "fingerprint"], name="layout_is_remembered_once"
            )
        ]


class ImportFile(models.Model):
    """One uploaded spreadsheet on its way into a family's record."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    stage = models.CharField(max_length=20, choices=ImportStage.choices())
    survey = models.JSONField(default=list)
    sheet = models.CharField(max_length=255, blank=True)
    header_row = models.PositiveIntegerField(null=True)
    arrangement = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64, blank=True)
    people = models.JSONField(default=dict)
    findings = models.JSONField(default=dict)
    rows_done = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)
    refused_because = models.TextField(blank=True)
    kept_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=[value for value, _ in ImportStage.choices()]),
                name="import_stage_is_known",
            )
        ]


class ImportRow(models.Model):
    """What became of one row of an uploaded spreadsheet, before and after confirmation."""

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(ImportFile, on_delete=models.CASCADE, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=20, choices=RowOutcome.choices())
    entry = models.JSONField(null=True)
    sentences = models.JSONField(default=list)
    source_key = models.CharField(max_length=140, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="import_row_is_listed_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=[value for value, _ in RowOutcome.choices()]),
                name="import_row_outcome_is_known",
            ),
        ]


class ImportedStatement(models.Model):
    """Which row of which agency's papers a statement came from: what makes an import repeatable."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    source_key = models.CharField(max_length=140)
    content_key = models.CharField(max_length=64)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(ImportFile, on_delete=models.PROTECT, related_name="+")
    row_number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "agency", "source_key", "content_key"],
                name="imported_row_is_kept_once",
            )
        ]


class Draft(models.Model):
    """What somebody is part way through typing. Not part of the record until submitted.

    Its id is its author's own: the same id of another account is another draft, so that nobody
    learns by trying an id that somebody else is writing.
    """

    pk = models.CompositePrimaryKey("account_id", "id")
    id = models.UUIDField()
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)


class Look(models.Model):
    """When a reader last looked at a family, so that the page can say what changed since."""

    id = models.UUIDField(primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    looked_at = models.DateTimeField()
    previous_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "case"], name="look_is_kept_once")
        ]


class SignificanceJudgement(models.Model):
    """A practitioner judged how much an entry matters to this family. The latest one counts."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    significance = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    judged_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(significance__in=["routine", "significant", "key"]),
                name="judgement_significance_is_known",
            )
        ]


class Publication(models.Model):
    """A curated chronology, fixed on the day it was published for a meeting."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)
    as_of = models.DateTimeField()
    viewpoint_agency = models.ForeignKey(
        Agency, null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)


class PublishedEntry(models.Model):
    """One entry chosen for a published chronology, pinned by the digest it had."""

    id = models.UUIDField(primary_key=True)
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="+")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "statement"], name="published_entry_is_listed_once"
            )
        ]
