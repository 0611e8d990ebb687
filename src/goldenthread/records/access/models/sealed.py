"""What becomes of a seal's named list and of who answers for it, each by a further row."""

from django.db import models
from django.db.models import Q

from goldenthread.records.shared.models import Account, Practitioner


def _to(model, **more) -> models.ForeignKey:
    return models.ForeignKey(model, on_delete=models.PROTECT, related_name="+", **more)


def _with_a_reason(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=~Q(reason__regex=r"^\s*$"), name=name)


class SealNameEnd(models.Model):
    """Somebody is on a seal's named list no longer, from a day on."""

    id = models.UUIDField(primary_key=True)
    name = models.OneToOneField("SealName", on_delete=models.PROTECT, related_name="+")
    to_on = models.DateField()
    reason = models.TextField()
    ended_by = _to(Account, db_index=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [_with_a_reason("seal_name_end_has_a_reason")]


class SealOwner(models.Model):
    """Somebody named on a seal answers for it from now on; the latest row stands."""

    id = models.UUIDField(primary_key=True)
    seal = _to("Seal")
    practitioner = _to(Practitioner, db_index=False)
    reason = models.TextField()
    handed_by = _to(Account, db_index=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [_with_a_reason("seal_owner_has_a_reason")]
