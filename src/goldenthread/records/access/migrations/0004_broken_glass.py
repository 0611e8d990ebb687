"""Breaking the glass: asked for again, agreed to, broken, ended early, reviewed; append only."""

import datetime

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

TABLES = [
    "access_glassask",
    "access_glassanswer",
    "access_glassbreak",
    "access_glassend",
    "access_glassreview",
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
        ("access", "0003_oversight"),
        ("people", "0003_adults_and_losses"),
        ("shared", "0005_emergency_duty"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="GlassAsk",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("reason", models.CharField(max_length=40)),
                ("basis", models.CharField(max_length=40)),
                ("words", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="shared.agency",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.case",
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
                (
                    "second",
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
                        condition=models.Q(("practitioner", models.F("second")), _negated=True),
                        name="glass_is_asked_of_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words__regex", "^\\s*\\S.{18,}\\S\\s*$")),
                        name="glass_ask_says_why_at_length",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GlassAnswer",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("agrees", models.BooleanField()),
                ("reason", models.TextField()),
                ("answered_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "answered_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asker",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="shared.practitioner",
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
                    "ask",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.glassask",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("practitioner", models.F("asker")), _negated=True),
                        name="nobody_agrees_to_their_own_glass",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason__regex", "^\\s*$"), _negated=True),
                        name="glass_answer_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GlassBreak",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "remit",
                    models.CharField(
                        choices=[
                            ("practitioner", "Practitioner"),
                            ("conference_chair", "Conference chair"),
                            ("administrator", "Account administrator"),
                            ("partnership_manager", "Partnership manager"),
                            ("agency_lead", "Agency's lead for restricted records"),
                            ("emergency_duty", "Emergency duty practitioner"),
                            ("information_governance", "Information governance"),
                        ],
                        max_length=30,
                    ),
                ),
                ("reason", models.CharField(max_length=40)),
                ("basis", models.CharField(max_length=40)),
                ("words", models.TextField()),
                ("opened_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("alone_until", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="shared.agency",
                    ),
                ),
                (
                    "answer",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.glassanswer",
                    ),
                ),
                (
                    "broken_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.case",
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
                            ("until__gt", models.F("opened_at")),
                            (
                                "until__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("opened_at"),
                                    "+",
                                    models.Value(datetime.timedelta(seconds=28800)),
                                ),
                            ),
                        ),
                        name="glass_is_broken_for_a_few_hours",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("alone_until__gte", models.F("until"))),
                        name="glass_is_not_broken_on_and_on",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason__regex", "^\\s*$"), _negated=True),
                        name="glass_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("basis__regex", "^\\s*$"), _negated=True),
                        name="glass_has_a_legal_basis",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words__regex", "^\\s*\\S.{18,}\\S\\s*$")),
                        name="glass_says_why_at_length",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("answer__isnull", True)),
                        expressions=[
                            ("case", "="),
                            ("practitioner", "="),
                            (
                                models.Func(
                                    models.F("opened_at"),
                                    models.F("alone_until"),
                                    function="tstzrange",
                                ),
                                "&&",
                            ),
                        ],
                        name="glass_is_broken_alone_once_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GlassEnd",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("ended_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "broken",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.glassbreak",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GlassReview",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("justified", "It was justified"),
                            ("not_justified", "It was not justified"),
                            ("cannot_say", "Cannot say from what there is"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField()),
                ("reviewed_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "breaker",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="shared.practitioner",
                    ),
                ),
                (
                    "broken",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.glassbreak",
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
                    "reviewed_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("practitioner", models.F("breaker")), _negated=True),
                        name="nobody_reviews_their_own_glass",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["justified", "not_justified", "cannot_say"])
                        ),
                        name="glass_review_outcome_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason__regex", "^\\s*$"), _negated=True),
                        name="glass_review_has_a_reason",
                    ),
                ],
            },
        ),
        *map(_dated, TABLES),
        *map(_append_only, TABLES),
    ]
