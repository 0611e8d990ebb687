"""A draft is found by its author and its id, so that another's answers like one that never was."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chronology", "0003_import_findings")]
    operations = [
        migrations.RunSQL(
            sql="ALTER TABLE chronology_draft DROP CONSTRAINT chronology_draft_pkey,"
            " ADD PRIMARY KEY (account_id, id)",
            reverse_sql="ALTER TABLE chronology_draft DROP CONSTRAINT chronology_draft_pkey,"
            " ADD PRIMARY KEY (id)",
            state_operations=[
                migrations.AlterField("draft", "id", models.UUIDField()),
                migrations.AddField(
                    "draft",
                    "pk",
                    models.CompositePrimaryKey(
                        "account_id",
                        "id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
            ],
        )
    ]
