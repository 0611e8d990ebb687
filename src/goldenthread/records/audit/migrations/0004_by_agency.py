"""Finds what one agency's people did in a week."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_log"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["agency", "recorded_at"], name="audit_by_agency"),
        ),
    ]
