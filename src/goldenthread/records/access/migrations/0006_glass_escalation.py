"""That nobody reviewed a broken glass in time is told once; append only."""

import django.db.models.deletion
from django.db import migrations, models

TABLE = "access_glassescalation"


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
        ("access", "0005_seals_handed_over"),
    ]

    operations = [
        migrations.CreateModel(
            name="GlassEscalation",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("told_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "broken",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.glassbreak",
                    ),
                ),
            ],
        ),
        _dated(TABLE),
        _append_only(TABLE),
    ]
