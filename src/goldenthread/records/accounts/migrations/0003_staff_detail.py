"""What is known of staff to match them to people of the record; append only."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLES = [
    "accounts_staffdetail",
]


def _dated(table):
    return migrations.RunSQL(
        f"CREATE TRIGGER set_recorded_at BEFORE INSERT ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION gt_set_recorded_at()",
        f"DROP TRIGGER set_recorded_at ON {table}",
    )


def _append_only(table):
    return migrations.RunSQL(
        f"CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION gt_refuse_change();"
        f"CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION gt_refuse_change()",
        f"DROP TRIGGER refuse_change ON {table}; DROP TRIGGER refuse_truncate ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_rate_count"),
        ("shared", "0004_agency_lead"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StaffDetail",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("born", models.DateField(null=True)),
                ("postcode", models.CharField(blank=True, max_length=8)),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "practitioner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="shared.practitioner",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("postcode", ""),
                            ("postcode__regex", "^[A-Z0-9]{5,7}$"),
                            _connector="OR",
                        ),
                        name="staff_postcode_is_folded",
                    )
                ],
            },
        ),
        *map(_dated, TABLES),
        *map(_append_only, TABLES),
    ]
