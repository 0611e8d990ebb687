"""Words are found among a reader's entries without reading every narrative of theirs."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("provenance", "0005_receipts")]
    operations = [
        migrations.AddIndex(
            model_name="statement",
            index=GinIndex(fields=["narrative"], name="statement_narrative"),
        ),
    ]
