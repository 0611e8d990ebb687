"""Lets the narrative be searched by word, inside one family's record.

Kept by the database beside the text and unknown to the models, so that inserting a statement never
has to read it back. Autovacuum is told to visit these tables early: index-only reads of "who knew
what" depend on it, and append-only tables are otherwise visited late.
"""

from django.db import migrations

FORWARD = """
ALTER TABLE provenance_statement ADD COLUMN narrative tsvector
    GENERATED ALWAYS AS (
        to_tsvector('english'::regconfig, text || ' ' || impact || ' ' || action || ' ' || informant)
    ) STORED;
ALTER TABLE provenance_statement SET (autovacuum_vacuum_insert_scale_factor = 0.02);
ALTER TABLE provenance_awareness SET (autovacuum_vacuum_insert_scale_factor = 0.02);
"""
BACKWARD = """
ALTER TABLE provenance_awareness RESET (autovacuum_vacuum_insert_scale_factor);
ALTER TABLE provenance_statement RESET (autovacuum_vacuum_insert_scale_factor);
ALTER TABLE provenance_statement DROP COLUMN narrative;
"""


class Migration(migrations.Migration):
    dependencies = [("provenance", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
