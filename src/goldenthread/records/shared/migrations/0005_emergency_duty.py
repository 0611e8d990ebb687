"""Posts for whoever breaks the glass at night, and for whoever looks at that afterwards."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("shared", "0004_agency_lead"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="practitioner",
            name="practitioner_remit_is_known",
        ),
        migrations.AlterField(
            model_name="practitioner",
            name="remit",
            field=models.CharField(
                choices=[
                    ("practitioner", "Practitioner"),
                    ("conference_chair", "Conference chair"),
                    ("administrator", "Account administrator"),
                    ("partnership_manager", "Partnership manager"),
                    ("agency_lead", "Agency's lead for restricted records"),
                    ("emergency_duty", "Emergency duty practitioner"),
                    ("information_governance", "Information governance"),
                ],
                default="practitioner",
                max_length=30,
            ),
        ),
        migrations.AddConstraint(
            model_name="practitioner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "remit__in",
                        [
                            "practitioner",
                            "conference_chair",
                            "administrator",
                            "partnership_manager",
                            "agency_lead",
                            "emergency_duty",
                            "information_governance",
                        ],
                    )
                ),
                name="practitioner_remit_is_known",
            ),
        ),
    ]
