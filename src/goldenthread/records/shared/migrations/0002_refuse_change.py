"""The two trigger functions that make a table append only and date its rows."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION gt_set_recorded_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A column default would let a backdated value in; this does not.
    NEW.recorded_at := clock_timestamp();
    RETURN NEW;
END $$;

CREATE FUNCTION gt_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION
        '% on % is refused: the record is corrected by further statements, never changed',
        TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
"""

BACKWARD = "DROP FUNCTION gt_refuse_change(); DROP FUNCTION gt_set_recorded_at();"


class Migration(migrations.Migration):
    dependencies = [("shared", "0001_tables")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
