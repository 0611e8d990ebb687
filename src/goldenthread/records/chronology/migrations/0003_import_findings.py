"""What a check found in an uploaded file, and the fingerprint of its layout until confirmed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chronology", "0002_append_only")]

    operations = [
        migrations.AddField(
            model_name="importfile",
            name="findings",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="importfile",
            name="fingerprint",
            field=models.CharField(blank=True, max_length=64),
        ),
    ]
