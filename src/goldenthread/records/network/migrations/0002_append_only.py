"""Dates the rows of these tables and refuses any change to them, whoever asks."""

from django.db import migrations

APPEND_ONLY = ["network_household", "network_claim", "network_gapanswer", "network_personlink"]


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
    dependencies = [("network", "0001_tables"), ("shared", "0002_refuse_change")]
    operations = [
        *map(_dated, APPEND_ONLY),
        *map(_append_only, APPEND_ONLY),
    ]
