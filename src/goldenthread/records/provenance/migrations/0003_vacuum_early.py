"""Tells autovacuum to visit these tables early.

Index-only reads of "who knew what" depend on the visibility map, and append-only tables are
otherwise visited late.
"""

from django.db import migrations

TABLES = ["provenance_statement", "provenance_awareness"]


class Migration(migrations.Migration):
    dependencies = [("provenance", "0002_append_only")]
    operations = [
        migrations.RunSQL(
            f"ALTER TABLE {table} SET (autovacuum_vacuum_insert_scale_factor = 0.02)",
            f"ALTER TABLE {table} RESET (autovacuum_vacuum_insert_scale_factor)",
        )
        for table in TABLES
    ]
