"""Dates the rows of these tables, refuses any change to them, and any claim made afterwards.

What a statement claims is fixed when the statement is made, as its words are.
"""

from django.db import migrations

APPEND_ONLY = ["network_household", "network_claim", "network_gapanswer", "network_personlink"]

FORWARD = """
CREATE FUNCTION gt_refuse_late_claim() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- now() is when this transaction began; a statement it made was recorded after that.
    PERFORM FROM provenance_statement WHERE id = NEW.statement_id AND recorded_at >= now();
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a claim is made together with its statement, never added afterwards'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_is_made_with_its_statement';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claim_is_made_with_its_statement BEFORE INSERT ON network_claim
    FOR EACH ROW EXECUTE FUNCTION gt_refuse_late_claim();
"""

BACKWARD = """
DROP TRIGGER claim_is_made_with_its_statement ON network_claim;
DROP FUNCTION gt_refuse_late_claim();
"""


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
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
