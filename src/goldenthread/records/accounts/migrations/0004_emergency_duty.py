"""The posts of emergency duty and of information governance may be given."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_staff_detail"),
        ("shared", "0005_emergency_duty"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="confirmation",
            name="confirmation_remit_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="postchange",
            name="post_change_remit_is_known",
        ),
        migrations.AlterField(
            model_name="postchange",
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
                max_length=30,
            ),
        ),
        migrations.AddConstraint(
            model_name="confirmation",
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
                name="confirmation_remit_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="postchange",
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
                name="post_change_remit_is_known",
            ),
        ),
    ]
