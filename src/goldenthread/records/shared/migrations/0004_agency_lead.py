"""A post of its own for whoever looks after an agency's restricted records."""

from django.db import migrations, models

REMITS = [
    ("practitioner", "Practitioner"),
    ("conference_chair", "Conference chair"),
    ("administrator", "Account administrator"),
    ("partnership_manager", "Partnership manager"),
    ("agency_lead", "Agency's lead for restricted records"),
]


class Migration(migrations.Migration):
    dependencies = [("shared", "0003_partnership_manager")]

    operations = [
        migrations.RemoveConstraint(model_name="practitioner", name="practitioner_remit_is_known"),
        migrations.AlterField(
            model_name="practitioner",
            name="remit",
            field=models.CharField(choices=REMITS, default="practitioner", max_length=30),
        ),
        migrations.AddConstraint(
            model_name="practitioner",
            constraint=models.CheckConstraint(
                condition=models.Q(remit__in=[value for value, _ in REMITS]),
                name="practitioner_remit_is_known",
            ),
        ),
    ]
