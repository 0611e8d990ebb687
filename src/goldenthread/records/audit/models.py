"""One row for each look at a family's record and each change to it, allowed or refused.

Beside them stands the log that proves them: leaves that commit to rows of the record, in the order
they were sealed, and signed checkpoints of it. The sealer alone writes the log, as a role of its
own; the web role can neither read nor write it.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class AuditEvent(models.Model):
    """Who did what to which record, by which rule; never the content itself.

    No foreign keys: the trail neither blocks live rows nor follows them. The key is made in Python
    because the web role may insert here and do nothing else, not even read back what it wrote.
    """

    id = models.UUIDField(primary_key=True)
    recorded_at = models.DateTimeField(editable=False)
    account = models.UUIDField()
    practitioner = models.UUIDField()
    agency = models.UUIDField()
    action = models.CharField(max_length=60)
    outcome = models.CharField(max_length=10)
    rule = models.CharField(max_length=60)
    case = models.UUIDField(null=True)
    resource = models.CharField(max_length=120, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["case", "recorded_at"], name="audit_by_case"),
            models.Index(fields=["practitioner", "recorded_at"], name="audit_by_practitioner"),
            models.Index(fields=["agency", "recorded_at"], name="audit_by_agency"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=["allow", "mask", "deny"]),
                name="audit_outcome_is_known",
            )
        ]


class LeafForm(models.Model):
    """Which columns of a table a leaf commits to, as they were when it was made."""

    id = models.IntegerField(primary_key=True)
    table = models.CharField(max_length=63)
    columns = ArrayField(models.CharField(max_length=63))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "columns"], name="leaf_form_is_kept_once")
        ]


class Leaf(models.Model):
    """One leaf of the log: its place, the row it is about, and the commitment to that row."""

    place = models.BigIntegerField(primary_key=True)
    form = models.ForeignKey(
        LeafForm, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    row = models.UUIDField()
    commitment = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["row", "form"], name="leaf_of_a_row_is_made_once"),
            models.CheckConstraint(condition=models.Q(place__gte=0), name="leaf_has_a_place"),
        ]


class LeafSalt(models.Model):
    """The salt of one leaf, apart from it: erasing it leaves every proof as it was."""

    place = models.BigIntegerField(primary_key=True)
    salt = models.BinaryField()


class LogNode(models.Model):
    """The hash over a whole subtree of 256, 65,536, ... leaves, so that proofs read few rows."""

    pk = models.CompositePrimaryKey("level", "place")
    level = models.SmallIntegerField()
    place = models.BigIntegerField()
    hash = models.BinaryField()


class Checkpoint(models.Model):
    """The signed state of the log at one size, with the peaks that the next leaves grow from."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    peaks = models.BinaryField()
    note = models.TextField()
    made_at = models.DateTimeField()


class Witness(models.Model):
    """An agency that co-signs what it has seen of the log, with its public key."""

    id = models.UUIDField(primary_key=True)
    agency = models.UUIDField()
    name = models.CharField(max_length=200)
    key = models.CharField(max_length=300)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="witness_key_is_kept_once")]


class Cosignature(models.Model):
    """That a witness saw one checkpoint: the whole note as it came back."""

    id = models.UUIDField(primary_key=True)
    witness = models.ForeignKey(Witness, on_delete=models.PROTECT, related_name="+")
    size = models.BigIntegerField()
    note = models.TextField()
    cosigned_at = models.DateTimeField()
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["witness", "size", "cosigned_at"], name="cosignature_is_kept_once"
            )
        ]
