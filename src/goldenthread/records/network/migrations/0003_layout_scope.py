"""Keeps each layout for one scope of readers, never for another."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("network", "0002_append_only")]
    operations = [
        migrations.RunSQL("DELETE FROM network_keptlayout", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="keptlayout",
            name="scope",
            field=models.CharField(max_length=40, default=""),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="keptlayout", name="version", field=models.CharField(max_length=80)
        ),
        migrations.RemoveConstraint(model_name="keptlayout", name="kept_layout_is_kept_once"),
        migrations.AddConstraint(
            model_name="keptlayout",
            constraint=models.UniqueConstraint(
                fields=["case", "scope", "digest", "version"], name="kept_layout_is_kept_once"
            ),
        ),
    ]
