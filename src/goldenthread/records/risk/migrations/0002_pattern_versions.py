"""The versions of patterns that a partnership set; append only."""

import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

TABLE = "risk_patternversion"


class Migration(migrations.Migration):
    dependencies = [
        ("risk", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PatternVersion",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("pattern", models.CharField(max_length=100)),
                ("version", models.PositiveIntegerField()),
                ("on_shipped", models.PositiveIntegerField()),
                ("settings", models.JSONField()),
                ("holds_from", models.DateTimeField()),
                ("reason", models.TextField()),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=~Q(reason__regex=r"^\s*$"), name="pattern_version_gives_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=~Q(pattern="") & ~Q(settings={}),
                        name="pattern_version_sets_something",
                    ),
                    models.CheckConstraint(
                        condition=Q(version__gt=F("on_shipped")),
                        name="pattern_version_is_later_than_what_ships",
                    ),
                    models.CheckConstraint(
                        condition=Q(holds_from__gte=F("recorded_at") - datetime.timedelta(hours=1)),
                        name="pattern_version_is_not_backdated",
                    ),
                    models.UniqueConstraint(
                        fields=("pattern", "version"), name="pattern_version_is_numbered_once"
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            f"CREATE TRIGGER set_recorded_at BEFORE INSERT ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION gt_set_recorded_at();"
            f"CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION gt_refuse_change();"
            f"CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {TABLE} "
            "FOR EACH STATEMENT EXECUTE FUNCTION gt_refuse_change()",
            f"DROP TRIGGER set_recorded_at ON {TABLE}; DROP TRIGGER refuse_change ON {TABLE};"
            f"DROP TRIGGER refuse_truncate ON {TABLE}",
        ),
    ]
