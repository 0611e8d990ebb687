"""How sure each of them was that everything that matters had been shared, and what was missing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0001_tables"),
    ]

    operations = [
        migrations.AddField(
            model_name="decisionparty",
            name="missing",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="decisionparty",
            name="sure",
            field=models.CharField(
                choices=[
                    ("not_said", "Not said"),
                    ("sure", "Sure"),
                    ("fairly", "Fairly sure"),
                    ("unsure", "Not sure"),
                ],
                default="not_said",
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="decisionparty",
            constraint=models.CheckConstraint(
                condition=models.Q(("sure__in", ["not_said", "sure", "fairly", "unsure"])),
                name="decision_sureness_is_known",
            ),
        ),
    ]
