"""Keeps how the questions of a scope stood at the end of a day, to go on from there."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_adults_and_losses"),
        ("risk", "0003_summaries"),
        ("shared", "0003_partnership_manager"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptDay",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("on", models.DateField()),
                ("rules", models.CharField(max_length=64)),
                ("basis", models.CharField(max_length=64)),
                ("stood", models.JSONField()),
                (
                    "agency",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="shared.agency",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.case",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "agency", "on"),
                        name="kept_day_is_kept_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
    ]
