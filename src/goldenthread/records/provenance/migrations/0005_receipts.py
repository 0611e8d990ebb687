"""Keeps who was told in person, whether a receipt was asked, and what each reader did with it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

STEPS = [
    ("opened", "Opened"),
    ("acknowledged", "Acknowledged"),
    ("asked_back", "Asked back"),
    ("came_of_it", "What came of it"),
]
ONCE = ["opened", "acknowledged"]
TABLE = "provenance_sharereceipt"


def _to(model, **more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=model, **more
    )


def _share_event(*, constraints, indexes):
    return [
        *(migrations.AddIndex("shareevent", one) for one in indexes),
        *(migrations.AddConstraint("shareevent", one) for one in constraints),
    ]


def _once_written():
    return [
        migrations.RunSQL(
            f"CREATE TRIGGER set_recorded_at BEFORE INSERT ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION gt_set_recorded_at()",
            f"DROP TRIGGER set_recorded_at ON {TABLE}",
        ),
        migrations.RunSQL(
            f"CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION gt_refuse_change();"
            f"CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {TABLE} "
            "FOR EACH STATEMENT EXECUTE FUNCTION gt_refuse_change()",
            f"DROP TRIGGER refuse_change ON {TABLE}; DROP TRIGGER refuse_truncate ON {TABLE}",
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("provenance", "0004_subject_told"),
        ("shared", "0003_partnership_manager"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("shareevent", "to_person", _to("shared.practitioner", null=True)),
        migrations.AddField("shareevent", "receipt_asked", models.BooleanField(default=False)),
        *_share_event(
            indexes=[
                models.Index(
                    fields=["to_agency", "statement"],
                    condition=Q(receipt_asked=True),
                    name="share_receipt_owed",
                ),
                models.Index(
                    fields=["from_agency", "statement"],
                    condition=Q(receipt_asked=True),
                    name="share_receipt_awaited",
                ),
            ],
            constraints=[
                models.CheckConstraint(
                    condition=Q(shared=True) | Q(receipt_asked=False),
                    name="share_receipt_is_asked_of_a_telling",
                ),
                models.CheckConstraint(
                    condition=Q(shared=True) | Q(to_person__isnull=True),
                    name="share_in_person_is_a_telling",
                ),
            ],
        ),
        migrations.CreateModel(
            name="ShareReceipt",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("step", models.CharField(choices=STEPS, max_length=20)),
                ("words", models.TextField(blank=True)),
                ("given_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(editable=False)),
                ("agency", _to("shared.agency", db_index=False)),
                ("practitioner", _to("shared.practitioner", db_index=False)),
                ("recorded_by", _to(settings.AUTH_USER_MODEL)),
                ("statement", _to("provenance.statement", db_index=False)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(step__in=[value for value, _ in STEPS]),
                        name="receipt_step_is_known",
                    ),
                    models.CheckConstraint(
                        condition=~Q(step="opened") | Q(words=""),
                        name="receipt_of_opening_says_no_more",
                    ),
                    models.CheckConstraint(
                        condition=Q(step__in=ONCE) | ~Q(words=""), name="receipt_says_something"
                    ),
                    models.UniqueConstraint(
                        fields=["statement", "practitioner", "step"],
                        condition=Q(step__in=ONCE),
                        name="receipt_is_given_once",
                    ),
                ],
                "indexes": [
                    models.Index(
                        fields=["statement", "agency", "step"],
                        include=["practitioner", "given_at"],
                        name="receipt_by_statement",
                    ),
                ],
            },
        ),
        *_once_written(),
    ]
