"""Unusual access, week by week, and staff who may be in the record; append only."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLES = [
    "access_staffmatch",
    "access_staffmatchanswer",
    "access_unusualweek",
    "access_unusuallook",
    "access_unusuallookanswer",
]


def _dated(table):
    return migrations.RunSQL(
        f"CREATE TRIGGER set_recorded_at BEFORE INSERT ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION gt_set_recorded_at()",
        f"DROP TRIGGER set_recorded_at ON {table}",
    )


def _append_only(table):
    return migrations.RunSQL(
        f"CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION gt_refuse_change();"
        f"CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION gt_refuse_change()",
        f"DROP TRIGGER refuse_change ON {table}; DROP TRIGGER refuse_truncate ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_restrictions"),
        ("people", "0003_adults_and_losses"),
        ("shared", "0004_agency_lead"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StaffMatchAnswer",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("conflict", "It is them, or a relative of theirs"),
                            ("released", "It is neither them nor a relative"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField()),
                ("recorded_at", models.DateTimeField(editable=False)),
            ],
        ),
        migrations.CreateModel(
            name="UnusualLook",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("no_relationship", "Their agency is not part of the team now"),
                            ("surname", "Has the surname of somebody in this family"),
                            (
                                "postcode",
                                "Lives where somebody in this family does, by the postcode",
                            ),
                            ("out_of_hours", "Opened many families out of hours"),
                            ("no_part", "Is neither allocated nor a named member"),
                            ("refused", "Was refused many times"),
                            ("address", "Was shown a safe address"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DateField(), size=None
                    ),
                ),
                (
                    "because",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), size=None
                    ),
                ),
                (
                    "about",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                ("number", models.PositiveIntegerField(default=0)),
                ("at_least", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField(editable=False)),
            ],
        ),
        migrations.CreateModel(
            name="UnusualLookAnswer",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("explained", "Asked, and explained"),
                            ("taken_further", "Taken further"),
                            ("not_known", "Not known"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField()),
                ("recorded_at", models.DateTimeField(editable=False)),
            ],
        ),
        migrations.CreateModel(
            name="UnusualWeek",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("begins", models.DateField()),
                ("recorded_at", models.DateTimeField(editable=False)),
            ],
        ),
        migrations.AlterField(
            model_name="conflict",
            name="declared_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.CreateModel(
            name="StaffMatch",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "strength",
                    models.CharField(
                        choices=[
                            ("name_and_birth", "The same name and date of birth"),
                            ("name_and_postcode", "The same name and postcode"),
                            ("surname_and_postcode", "The same surname and postcode"),
                            ("name_alone", "The same name; nothing else is known of both"),
                        ],
                        max_length=30,
                    ),
                ),
                ("restricts", models.BooleanField()),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.case",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "practitioner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="shared.practitioner",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "strength__in",
                                [
                                    "name_and_birth",
                                    "name_and_postcode",
                                    "surname_and_postcode",
                                    "name_alone",
                                ],
                            )
                        ),
                        name="staff_match_strength_is_known",
                    ),
                    models.UniqueConstraint(
                        fields=("practitioner", "case", "person", "strength"),
                        name="staff_match_is_asked_once",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="conflict",
            name="match",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="access.staffmatch",
            ),
        ),
        migrations.AddConstraint(
            model_name="conflict",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("declared_by__isnull", False), ("match__isnull", True)),
                    models.Q(
                        ("case__isnull", False),
                        ("declared_by__isnull", True),
                        ("match__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="conflict_is_declared_or_rests_on_a_match",
            ),
        ),
        migrations.AddField(
            model_name="staffmatchanswer",
            name="answered_by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="shared.practitioner",
            ),
        ),
        migrations.AddField(
            model_name="staffmatchanswer",
            name="match",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="access.staffmatch",
            ),
        ),
        migrations.AddField(
            model_name="staffmatchanswer",
            name="practitioner",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="shared.practitioner",
            ),
        ),
        migrations.AddField(
            model_name="staffmatchanswer",
            name="recorded_by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="unusuallook",
            name="case",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.case",
            ),
        ),
        migrations.AddField(
            model_name="unusuallook",
            name="practitioner",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="shared.practitioner",
            ),
        ),
        migrations.AddField(
            model_name="unusuallookanswer",
            name="answered_by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="shared.practitioner",
            ),
        ),
        migrations.AddField(
            model_name="unusuallookanswer",
            name="look",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="access.unusuallook",
            ),
        ),
        migrations.AddField(
            model_name="unusuallookanswer",
            name="practitioner",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="shared.practitioner",
            ),
        ),
        migrations.AddField(
            model_name="unusuallookanswer",
            name="recorded_by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="unusualweek",
            name="agency",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="shared.agency",
            ),
        ),
        migrations.AddField(
            model_name="unusuallook",
            name="week",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="access.unusualweek",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffmatchanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer__in", ["conflict", "released"])),
                name="staff_match_answer_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffmatchanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("practitioner", models.F("answered_by")), _negated=True),
                name="staff_match_is_answered_by_somebody_else",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffmatchanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__regex", "^\\s*$"), _negated=True),
                name="staff_match_answer_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="unusuallookanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer__in", ["explained", "taken_further", "not_known"])),
                name="unusual_answer_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="unusuallookanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("practitioner", models.F("answered_by")), _negated=True),
                name="unusual_look_is_answered_by_somebody_else",
            ),
        ),
        migrations.AddConstraint(
            model_name="unusuallookanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__regex", "^\\s*$"), _negated=True),
                name="unusual_answer_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="unusualweek",
            constraint=models.UniqueConstraint(
                fields=("agency", "begins"), name="unusual_week_is_listed_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="unusualweek",
            constraint=models.CheckConstraint(
                condition=models.Q(("begins__iso_week_day", 1)),
                name="unusual_week_begins_on_a_monday",
            ),
        ),
        migrations.AddConstraint(
            model_name="unusuallook",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "no_relationship",
                            "surname",
                            "postcode",
                            "out_of_hours",
                            "no_part",
                            "refused",
                            "address",
                        ],
                    )
                ),
                name="unusual_look_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="unusuallook",
            constraint=models.CheckConstraint(
                condition=models.Q(("because__len__gte", 1), ("days__len__gte", 1)),
                name="unusual_look_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="unusuallook",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("case__isnull", True), ("kind__in", ["out_of_hours", "refused"])),
                    models.Q(
                        models.Q(("kind__in", ["out_of_hours", "refused"]), _negated=True),
                        ("case__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="unusual_look_is_of_a_family_or_of_none",
            ),
        ),
        *map(_dated, TABLES),
        *map(_append_only, TABLES),
    ]
