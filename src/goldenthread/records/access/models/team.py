"""Who is part of the team around a family, from which day to which, and who settled that.

A membership is ended in place, and each step that somebody took about it is appended: that they put
somebody on the team, or ended it, for a reason. One that was ended before it held for a day has its
first day as its end, and opens nothing. Those that came with a record as set up have no step.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from goldenthread.domain.access.team import FOR_A_TERM, MembershipStep, TeamRole
from goldenthread.records.people.models import Case
from goldenthread.records.shared.models import Account, Practitioner

# Of memberships: those that hold, held or will hold for a day at least.
HOLDS_FOR_A_DAY = Q(to_on__isnull=True) | Q(to_on__gt=F("from_on"))


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
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="team_membership_ends_no_earlier_than_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=False) | ~Q(role__in=[role.value for role in FOR_A_TERM]),
                name="team_role_for_a_term_has_an_end",
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


class TeamStep(models.Model):
    """Somebody put a member on a team, or ended their place on it, and why.

    `to_on` is the first day on which it is over, as this step set it; empty while it is open.
    """

    id = models.UUIDField(primary_key=True)
    member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=20, choices=MembershipStep.choices())
    to_on = models.DateField(null=True)
    reason = models.TextField()
    taken_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(step__in=[value for value, _ in MembershipStep.choices()]),
                name="team_step_is_known",
            ),
            models.CheckConstraint(
                condition=Q(step=MembershipStep.JOINED.value) | Q(to_on__isnull=False),
                name="team_step_of_an_end_says_when",
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(step=MembershipStep.JOINED.value),
                name="team_member_joins_once",
            ),
            models.CheckConstraint(
                condition=~Q(reason__regex=r"^\s*$"), name="team_step_has_a_reason"
            ),
        ]
