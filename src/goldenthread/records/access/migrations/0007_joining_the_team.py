"""More parts in a team, some for a term; and who put whom on a team or ended it, and why."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLE = "access_teamstep"
DATED = (
    f"CREATE TRIGGER set_recorded_at BEFORE INSERT ON {TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION gt_set_recorded_at()",
    f"DROP TRIGGER set_recorded_at ON {TABLE}",
)
APPEND_ONLY = (
    f"CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON {TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION gt_refuse_change();"
    f"CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {TABLE} "
    "FOR EACH STATEMENT EXECUTE FUNCTION gt_refuse_change()",
    f"DROP TRIGGER refuse_change ON {TABLE}; DROP TRIGGER refuse_truncate ON {TABLE}",
)


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0006_glass_escalation"),
        ("people", "0004_folded"),
        ("shared", "0005_emergency_duty"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TeamStep",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "step",
                    models.CharField(
                        choices=[("joined", "Put on the team"), ("ended", "Ended")], max_length=20
                    ),
                ),
                ("to_on", models.DateField(null=True)),
                ("reason", models.TextField()),
                ("recorded_at", models.DateTimeField(editable=False)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="teammember",
            name="team_role_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="teammember",
            name="team_membership_ends_after_it_begins",
        ),
        migrations.AlterField(
            model_name="teammember",
            name="role",
            field=models.CharField(
                choices=[
                    ("allocated", "Allocated worker"),
                    ("named_member", "Named member of the team"),
                    ("chair", "Conference chair"),
                    ("supervisor", "Supervisor of the allocated worker"),
                    ("core_group", "Member of the core group"),
                    ("strategy_meeting", "Member of a strategy meeting"),
                    ("review_panel", "Member of a review panel"),
                ],
                max_length=30,
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "allocated",
                            "named_member",
                            "chair",
                            "supervisor",
                            "core_group",
                            "strategy_meeting",
                            "review_panel",
                        ],
                    )
                ),
                name="team_role_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("to_on__isnull", True), ("to_on__gte", models.F("from_on")), _connector="OR"
                ),
                name="team_membership_ends_no_earlier_than_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("to_on__isnull", False),
                    models.Q(
                        ("role__in", ["core_group", "strategy_meeting", "review_panel"]),
                        _negated=True,
                    ),
                    _connector="OR",
                ),
                name="team_role_for_a_term_has_an_end",
            ),
        ),
        migrations.AddField(
            model_name="teamstep",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="access.teammember",
            ),
        ),
        migrations.AddField(
            model_name="teamstep",
            name="taken_by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="teamstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("step__in", ["joined", "ended"])), name="team_step_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="teamstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("step", "joined"), ("to_on__isnull", False), _connector="OR"),
                name="team_step_of_an_end_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="teamstep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("step", "joined")),
                fields=("member",),
                name="team_member_joins_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="teamstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__regex", "^\\s*$"), _negated=True),
                name="team_step_has_a_reason",
            ),
        ),
        migrations.RunSQL(*DATED),
        migrations.RunSQL(*APPEND_ONLY),
    ]
