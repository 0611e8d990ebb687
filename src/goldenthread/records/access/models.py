"""Who works with which family, dated: the relationship every decision about access rests on."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from goldenthread.domain.access.team import TeamRole
from goldenthread.records.people.models import Case
from goldenthread.records.shared.models import Practitioner


class TeamMember(models.Model):
    """A practitioner is part of the team around a family from one day to another."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, choices=TeamRole.choices())
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[value for value, _ in TeamRole.choices()]),
                name="team_role_is_known",
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gt=F("from_on")),
                name="team_membership_ends_after_it_begins",
            ),
            ExclusionConstraint(
                name="team_membership_is_held_once_at_a_time",
                expressions=[
                    ("case", RangeOperators.EQUAL),
                    ("practitioner", RangeOperators.EQUAL),
                    (
                        Func(F("from_on"), F("to_on"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
