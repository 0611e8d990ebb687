"""People, the family a case holds, the names agencies use for them, and what is filed on a case.

A person may be unknown and still a person: "father of the baby, not identified" has a row, a role
and a place in the record.
"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower

from goldenthread.domain.network.vocabulary import Gender, Loss
from goldenthread.domain.people.references import DASHES, SPACES
from goldenthread.records.provenance.models import Statement
from goldenthread.records.shared.models import Account, Agency


def _key_of(column: str) -> Lower:
    """In the database, what `domain.people.references.reference_key` says of a reference."""
    alike = Value(DASHES + SPACES), Value("-" * len(DASHES))
    found = Func(F(column), *alike, function="translate", output_field=models.CharField())
    return Lower(found)


class Person(models.Model):
    """A child, an adult, an unborn child, or somebody nobody has identified yet."""

    id = models.UUIDField(primary_key=True)
    given_name = models.CharField(max_length=200, blank=True)
    family_name = models.CharField(max_length=200, blank=True)
    known_as = models.CharField(max_length=200, blank=True)
    is_identified = models.BooleanField(default=True)
    description = models.CharField(max_length=300, blank=True)
    born = models.CharField(max_length=60, blank=True)
    born_from = models.DateField(null=True)
    born_to = models.DateField(null=True)
    expected_on = models.DateField(null=True)
    died = models.CharField(max_length=60, blank=True)
    died_from = models.DateField(null=True)
    died_to = models.DateField(null=True)
    gender = models.CharField(max_length=20, blank=True, choices=Gender.choices())
    loss = models.CharField(max_length=20, blank=True, choices=Loss.choices())
    folded = models.CharField(max_length=600)
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="person_folded")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(given_name="", family_name="", known_as="", description=""),
                name="person_can_be_named_somehow",
            ),
            models.CheckConstraint(
                condition=Q(is_identified=True) | ~Q(description=""),
                name="person_unknown_is_described",
            ),
            models.CheckConstraint(
                condition=Q(gender__in=[value for value, _ in Gender.choices()]),
                name="person_gender_is_known",
            ),
            models.CheckConstraint(
                condition=Q(loss__in=[value for value, _ in Loss.choices()]),
                name="person_loss_is_known",
            ),
        ]


class Case(models.Model):
    """The record of one family."""

    id = models.UUIDField(primary_key=True)
    reference = models.CharField(max_length=40, unique=True)
    family_label = models.CharField(max_length=200)
    folded = models.CharField(max_length=300)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    legal_status = models.CharField(max_length=200, blank=True)
    entries_filed = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    # By what it is found, however it is typed. A column, since behind the second wall the database
    # looks nothing up by what a function says.
    reference_key = models.GeneratedField(
        expression=_key_of("reference"), output_field=models.CharField(max_length=40),
        db_persist=True,
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["reference_key"], name="case_by_reference_key")]


class CaseMember(models.Model):
    """One person belongs to one family's record, in a role ("child", "mother's partner").

    `brought_by` is the agency whose entry or file brought them into the record: another agency sees
    them in no network until it may read something that names them. Empty for those the record was
    opened with.
    """

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=100)
    is_child = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)
    brought_by = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="member_is_listed_once")
        ]


class PersonAlias(models.Model):
    """What an agency's papers call somebody in this family: "Mum", "Gran", initials."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=200)
    folded = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "folded"], name="alias_means_one_person")
        ]


class StatementSubject(models.Model):
    """One person a statement is about; a statement may concern several."""

    id = models.UUIDField(primary_key=True)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "statement"], include=["role"], name="subject_is_named_once"
            )
        ]


class Filing(models.Model):
    """One statement is filed on one family's record, numbered in the order it was filed.

    The number is handed out under a lock on the case row, so that a reader who has considered
    everything up to n has missed nothing below n.
    """

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "number"], include=["statement"], name="filing_number_is_single"
            ),
            models.UniqueConstraint(fields=["case", "statement"], name="filing_is_made_once"),
        ]


class FiledWords(models.Model):
    """By what words a filing is found: for search alone, which reads it as the owner.

    The database keeps it beside each filing and no role of the service may touch it. With the
    family and the words in one index, a common word costs what the reader's families hold.
    """

    # Written by a trigger from rows that are there and stay: nothing is left for a key to check.
    filing = models.OneToOneField(
        Filing, models.PROTECT, primary_key=True, related_name="+", db_constraint=False
    )
    case = models.ForeignKey(
        Case, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    statement = models.ForeignKey(
        Statement, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    sort_on = models.DateField()
    narrative = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["case", "narrative"], name="words_by_family")]
