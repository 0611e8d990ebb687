"""The log that proves the record, and the list of rows that wait to be put into it.

A row is noted by a trigger in its own transaction (`records/audit/watching.py`), once for each
statement, so that a late commit is late and never skipped. The trigger runs with its owner's
rights: the web role can neither write nor read the list.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

DATED = ["audit_witness", "audit_cosignature"]
# Not the salts: the law may ask for one to be erased, and every proof holds without it.
APPEND_ONLY = [
    "audit_leafform",
    "audit_leaf",
    "audit_lognode",
    "audit_checkpoint",
    "audit_witness",
    "audit_cosignature",
]

WAITING = """
CREATE TABLE audit_waiting (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    recorded_in xid8 NOT NULL DEFAULT pg_current_xact_id(),
    recorded_table text NOT NULL,
    recorded_rows uuid[] NOT NULL
);
"""
NO_WAITING = "DROP TABLE audit_waiting;"


def _dated(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER set_recorded_at BEFORE INSERT ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION gt_set_recorded_at()",
        f"DROP TRIGGER set_recorded_at ON {table}",
    )


def _append_only(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION gt_refuse_change();"
        f"CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION gt_refuse_change()",
        f"DROP TRIGGER refuse_change ON {table}; DROP TRIGGER refuse_truncate ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("root", models.BinaryField()),
                ("peaks", models.BinaryField()),
                ("note", models.TextField()),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="LeafSalt",
            fields=[
                ("place", models.BigIntegerField(primary_key=True, serialize=False)),
                ("salt", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="LogNode",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "level",
                        "place",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("level", models.SmallIntegerField()),
                ("place", models.BigIntegerField()),
                ("hash", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="LeafForm",
            fields=[
                ("id", models.IntegerField(primary_key=True, serialize=False)),
                ("table", models.CharField(max_length=63)),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=63), size=None
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("table", "columns"), name="leaf_form_is_kept_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Witness",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("agency", models.UUIDField()),
                ("name", models.CharField(max_length=200)),
                ("key", models.CharField(max_length=300)),
                ("recorded_at", models.DateTimeField(editable=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("key",), name="witness_key_is_kept_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                ("place", models.BigIntegerField(primary_key=True, serialize=False)),
                ("row", models.UUIDField()),
                ("commitment", models.BinaryField()),
                (
                    "form",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="audit.leafform",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("row", "form"), name="leaf_of_a_row_is_made_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("place__gte", 0)), name="leaf_has_a_place"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Cosignature",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("size", models.BigIntegerField()),
                ("note", models.TextField()),
                ("cosigned_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "witness",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="audit.witness",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("witness", "size", "cosigned_at"), name="cosignature_is_kept_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(WAITING, NO_WAITING),
        *map(_dated, DATED),
        *map(_append_only, APPEND_ONLY),
    ]
