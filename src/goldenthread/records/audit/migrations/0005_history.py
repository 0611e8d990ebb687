"""How every row that is corrected in place stood after each change, in the order of the changes.

`records/audit/keeping_history.py` puts on the triggers that fill it, after every migration, and
keeps then how the rows stand that are there already.
"""

from django.db import migrations

HISTORY = """
CREATE TABLE audit_rowhistory (
    id uuid PRIMARY KEY,
    turn bigint GENERATED ALWAYS AS IDENTITY,
    changed_table text NOT NULL,
    changed_row uuid NOT NULL,
    done text NOT NULL,
    stands jsonb NOT NULL,
    account uuid,
    database_role text NOT NULL,
    in_migration boolean NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT row_history_done_is_known CHECK (done IN ('found', 'added', 'changed', 'removed'))
);
CREATE INDEX row_history_latest ON audit_rowhistory (changed_table, changed_row, turn DESC);
CREATE TRIGGER set_recorded_at BEFORE INSERT ON audit_rowhistory
    FOR EACH ROW EXECUTE FUNCTION gt_set_recorded_at();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON audit_rowhistory
    FOR EACH ROW EXECUTE FUNCTION gt_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON audit_rowhistory
    FOR EACH STATEMENT EXECUTE FUNCTION gt_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_by_agency")]

    operations = [migrations.RunSQL(HISTORY, "DROP TABLE audit_rowhistory")]
