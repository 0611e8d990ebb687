"""Whoever is to answer for a plan is reminded once: append only."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0001_tables"),
        ("shared", "0003_partnership_manager"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlanReminder",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("needs_review", "A plan needs review"),
                            ("day_passed", "The day for an answer has passed"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "because",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None
                    ),
                ),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "confirmed",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.plananswer",
                    ),
                ),
                (
                    "practitioner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="shared.practitioner",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.planversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("what__in", ["needs_review", "day_passed"])),
                        name="plan_reminder_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("because__len__gt", 0)),
                        name="plan_reminder_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            "CREATE TRIGGER set_recorded_at BEFORE INSERT ON plans_planreminder "
            "FOR EACH ROW EXECUTE FUNCTION gt_set_recorded_at();"
            "CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON plans_planreminder "
            "FOR EACH ROW EXECUTE FUNCTION gt_refuse_change();"
            "CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON plans_planreminder "
            "FOR EACH STATEMENT EXECUTE FUNCTION gt_refuse_change()",
            "DROP TRIGGER set_recorded_at ON plans_planreminder;"
            "DROP TRIGGER refuse_change ON plans_planreminder;"
            "DROP TRIGGER refuse_truncate ON plans_planreminder",
        ),
    ]
