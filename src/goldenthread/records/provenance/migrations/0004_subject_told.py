"""Keeps what the person concerned was told about a telling, or why they were not told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("provenance", "0003_vacuum_early")]
    operations = [
        migrations.AddField(
            model_name="shareevent",
            name="subject_told",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
    ]
