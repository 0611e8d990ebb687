"""Families and people are found by the folded form of their names, without reading every one."""

import unicodedata

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models


def fold(words):
    """As names were folded when this was written."""
    kept = (
        c if c.isalnum() else " " if c.isspace() or c in "-_/" else ""
        for c in unicodedata.normalize("NFKD", words)
        if not unicodedata.combining(c)
    )
    return " ".join("".join(kept).casefold().split())


def _fold(apps, schema_editor):
    families = apps.get_model("people", "Case").objects.using(schema_editor.connection.alias)
    for family in families.only("reference", "family_label").iterator():
        family.folded = fold(f"{family.reference} {family.family_label}")
        family.save(update_fields=["folded"])


class Migration(migrations.Migration):
    dependencies = [("people", "0003_adults_and_losses")]
    operations = [
        migrations.AddField(
            model_name="case",
            name="folded",
            field=models.CharField(max_length=300, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(_fold, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="person",
            index=GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="person_folded"),
        ),
    ]
