"""Cumulative summaries: versions, their words, what they rest on, whom they were given to."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

APPEND_ONLY = ["risk_summary", "risk_summarypart", "risk_summaryentry", "risk_summarygiven"]
DATED = ["risk_summary", "risk_summarygiven"]


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
        ("people", "0003_adults_and_losses"),
        ("provenance", "0004_subject_told"),
        ("risk", "0002_pattern_versions"),
        ("shared", "0003_partnership_manager"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Summary",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("pooled", models.BooleanField()),
                ("number", models.PositiveIntegerField()),
                ("considered", models.PositiveIntegerField()),
                ("as_of", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "agency",
                    models.ForeignKey(
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
                (
                    "newest",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="provenance.statement",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "summaries",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "agency", "pooled", "number"),
                        name="summary_is_numbered_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="summary_numbers_begin_with_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("considered", 0), ("newest__isnull", True)),
                            models.Q(("considered__gt", 0), ("newest__isnull", False)),
                            _connector="OR",
                        ),
                        name="summary_names_the_newest_it_considered",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SummaryEntry",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("position", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="provenance.statement",
                    ),
                ),
                (
                    "summary",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="risk.summary",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "summary entries",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("summary", "statement"), name="summary_rests_on_an_entry_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                        name="summary_digest_is_sha256",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SummaryGiven",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="shared.agency",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "summary",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="risk.summary",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "summaries given",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("summary", "agency"), name="summary_is_given_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SummaryPart",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "heading",
                    models.CharField(
                        choices=[
                            ("harm", "Harm, by concern, over time"),
                            ("building", "What is building up"),
                            ("holds", "What holds"),
                            ("not_known", "What is not known"),
                            ("adults", "What the adults need"),
                            ("decided", "What was decided, and whether it held"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.TextField()),
                (
                    "summary",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="risk.summary",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("summary", "heading"), name="summary_part_is_said_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "heading__in",
                                ["harm", "building", "holds", "not_known", "adults", "decided"],
                            )
                        ),
                        name="summary_heading_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words__regex", "^\\s*$"), _negated=True),
                        name="summary_part_says_something",
                    ),
                ],
            },
        ),
        *map(_dated, DATED),
        *map(_append_only, APPEND_ONLY),
    ]
