"""Keeps with an answer the question it answered, which may no longer arise."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("network", "0003_layout_scope")]
    operations = [
        migrations.AddField(
            model_name="gapanswer",
            name="question",
            field=models.TextField(default="A question whose words were not kept"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="gapanswer",
            name="about",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=100), default=list, size=None
            ),
        ),
        migrations.RemoveConstraint(model_name="gapanswer", name="gap_answer_names_its_gap"),
        migrations.AddConstraint(
            model_name="gapanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("gap", ""), _negated=True)
                & models.Q(("question", ""), _negated=True),
                name="gap_answer_names_its_gap",
            ),
        ),
    ]
