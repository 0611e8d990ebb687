"""One row for each look at a family's record and each change to it, allowed or refused."""

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
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=["allow", "mask", "deny"]),
                name="audit_outcome_is_known",
            )
        ]
