"""What restricts a record: labels, clearances, seals, withholding and conflicts; append only."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLES = [
    "access_statementlabel",
    "access_clearance",
    "access_clearanceend",
    "access_seal",
    "access_sealname",
    "access_sealstep",
    "access_withholding",
    "access_withholdingend",
    "access_conflict",
    "access_conflictend",
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
        ("access", "0001_tables"),
        ("people", "0003_adults_and_losses"),
        ("provenance", "0005_receipts"),
        ("shared", "0004_agency_lead"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Clearance",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "label",
                    models.CharField(
                        choices=[
                            ("third_party", "Third-party information"),
                            ("csa", "Child sexual abuse"),
                            ("police_confidential", "Police confidential"),
                            ("police_live", "Live police operation"),
                            ("legal_privilege", "Legal advice"),
                            ("adoption", "Adoption"),
                            ("staff_or_relative", "Staff or their relatives"),
                            ("high_profile", "High profile"),
                            ("witness_protection", "Witness protection"),
                            ("review", "Practice review"),
                            ("parent_health", "A parent's health"),
                            (
                                "health_statutory",
                                "Health information with its own legal protection",
                            ),
                            ("source_protected", "Protected source"),
                        ],
                        max_length=30,
                    ),
                ),
                ("from_on", models.DateField()),
                ("to_on", models.DateField(null=True)),
                ("reason", models.TextField()),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "given_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                                "label__in",
                                [
                                    "third_party",
                                    "csa",
                                    "police_confidential",
                                    "police_live",
                                    "legal_privilege",
                                    "adoption",
                                    "staff_or_relative",
                                    "high_profile",
                                    "witness_protection",
                                    "review",
                                    "parent_health",
                                    "health_statutory",
                                    "source_protected",
                                ],
                            )
                        ),
                        name="clearance_label_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on__isnull", True),
                            ("to_on__gt", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="clearance_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason__regex", "^\\s*$"), _negated=True),
                        name="clearance_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClearanceEnd",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("reason", models.TextField()),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "clearance",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.clearance",
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
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason__regex", "^\\s*$"), _negated=True),
                        name="clearance_end_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Conflict",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("words", models.TextField(blank=True)),
                ("reason", models.TextField()),
                ("by_themselves", models.BooleanField()),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.case",
                    ),
                ),
                (
                    "declared_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                            ("case__isnull", False),
                            models.Q(("words__regex", "^\\s*$"), _negated=True),
                            _connector="OR",
                        ),
                        name="conflict_is_with_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason__regex", "^\\s*$"), _negated=True),
                        name="conflict_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConflictEnd",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("reason", models.TextField()),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "conflict",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.conflict",
                    ),
                ),
                (
                    "lifted_by",
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
                    "recorded_by",
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
                        condition=models.Q(("practitioner", models.F("lifted_by")), _negated=True),
                        name="conflict_is_lifted_by_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason__regex", "^\\s*$"), _negated=True),
                        name="conflict_end_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("high_profile", "High profile or media interest"),
                            ("staff_or_relative", "Staff, or relatives of staff"),
                            ("adoption", "Adoption"),
                            ("high_risk", "High risk"),
                            ("practice_review", "Practice review, or a death that may lead to one"),
                        ],
                        max_length=30,
                    ),
                ),
                ("reason", models.TextField()),
                ("review_on", models.DateField()),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.case",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="shared.practitioner",
                    ),
                ),
                (
                    "sealed_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="provenance.statement",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("case__isnull", True), ("statement__isnull", False)),
                            models.Q(("case__isnull", False), ("statement__isnull", True)),
                            _connector="OR",
                        ),
                        name="seal_is_of_a_family_or_an_entry",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "high_profile",
                                    "staff_or_relative",
                                    "adoption",
                                    "high_risk",
                                    "practice_review",
                                ],
                            )
                        ),
                        name="seal_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason__regex", "^\\s*$"), _negated=True),
                        name="seal_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SealName",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("from_on", models.DateField()),
                ("to_on", models.DateField(null=True)),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "named_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "seal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.seal",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on__isnull", True),
                            ("to_on__gt", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="seal_name_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SealStep",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("lifts", models.BooleanField()),
                ("review_on", models.DateField(null=True)),
                ("reason", models.TextField()),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "seal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.seal",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifts", True), ("review_on__isnull", True)),
                            models.Q(("lifts", False), ("review_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="seal_goes_on_to_a_day_or_is_lifted",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("lifts", True)),
                        fields=("seal",),
                        name="seal_is_lifted_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason__regex", "^\\s*$"), _negated=True),
                        name="seal_step_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatementLabel",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "label",
                    models.CharField(
                        choices=[
                            ("third_party", "Third-party information"),
                            ("csa", "Child sexual abuse"),
                            ("police_confidential", "Police confidential"),
                            ("police_live", "Live police operation"),
                            ("legal_privilege", "Legal advice"),
                            ("adoption", "Adoption"),
                            ("staff_or_relative", "Staff or their relatives"),
                            ("high_profile", "High profile"),
                            ("witness_protection", "Witness protection"),
                            ("review", "Practice review"),
                            ("parent_health", "A parent's health"),
                            (
                                "health_statutory",
                                "Health information with its own legal protection",
                            ),
                            ("source_protected", "Protected source"),
                        ],
                        max_length=30,
                    ),
                ),
                ("reason", models.TextField()),
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
                    "put_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="provenance.statement",
                    ),
                ),
                (
                    "takes_off",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.statementlabel",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "label__in",
                                [
                                    "third_party",
                                    "csa",
                                    "police_confidential",
                                    "police_live",
                                    "legal_privilege",
                                    "adoption",
                                    "staff_or_relative",
                                    "high_profile",
                                    "witness_protection",
                                    "review",
                                    "parent_health",
                                    "health_statutory",
                                    "source_protected",
                                ],
                            )
                        ),
                        name="statement_label_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason__regex", "^\\s*$"), _negated=True),
                        name="statement_label_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Withholding",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("until", models.DateField(null=True)),
                ("reason", models.TextField()),
                ("recorded_at", models.DateTimeField(editable=False)),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.case",
                    ),
                ),
                (
                    "practitioner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="shared.practitioner",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="provenance.statement",
                    ),
                ),
                (
                    "withheld_by",
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
                        condition=models.Q(
                            models.Q(("case__isnull", True), ("statement__isnull", False)),
                            models.Q(("case__isnull", False), ("statement__isnull", True)),
                            _connector="OR",
                        ),
                        name="withholding_is_of_a_family_or_an_entry",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agency__isnull", False), ("practitioner__isnull", True)),
                            models.Q(("agency__isnull", True), ("practitioner__isnull", False)),
                            _connector="OR",
                        ),
                        name="withholding_is_from_a_person_or_an_agency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason__regex", "^\\s*$"), _negated=True),
                        name="withholding_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WithholdingEnd",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("reason", models.TextField()),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "ended_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withholding",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.withholding",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason__regex", "^\\s*$"), _negated=True),
                        name="withholding_end_has_a_reason",
                    ),
                ],
            },
        ),
        *map(_dated, TABLES),
        *map(_append_only, TABLES),
    ]
