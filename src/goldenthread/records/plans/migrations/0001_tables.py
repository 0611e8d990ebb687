"""Safety plans in versions, answers about them, signatures and copies: all append only."""

import datetime
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

TABLES = [
    "plans_plan",
    "plans_planversion",
    "plans_plananswer",
    "plans_plansignature",
    "plans_plancopy",
    "plans_plancopyend",
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

    initial = True

    dependencies = [
        ('people', '0003_adults_and_losses'),
        ('provenance', '0005_receipts'),
        ('shared', '0003_partnership_manager'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.agency')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.case')),
            ],
        ),
        migrations.CreateModel(
            name='PlanVersion',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('signed_at', models.DateTimeField()),
                ('document', models.JSONField()),
                ('considered', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('digest', models.CharField(max_length=64)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.agency')),
                ('decision', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='provenance.statement')),
                ('owner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.practitioner')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.plan')),
                ('signed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('statement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='provenance.statement')),
                ('written_from', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.planversion')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='plan_version_digest_is_sha256'),
                    models.CheckConstraint(condition=models.Q(('written_from', models.F('id')), _negated=True), name='plan_version_is_not_from_itself'),
                    models.CheckConstraint(condition=models.Q(('decision', models.F('statement')), _negated=True), name='plan_version_is_not_its_decision'),
                    models.CheckConstraint(condition=models.Q(('document__has_keys', ['dangers', 'actions', 'assumptions', 'review_on'])), name='plan_version_says_its_parts'),
                    models.CheckConstraint(condition=models.Q(('signed_at__lte', django.db.models.expressions.CombinedExpression(models.F('recorded_at'), '+', models.Value(datetime.timedelta(seconds=3600))))), name='plan_version_is_not_of_the_future'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PlanSignature',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('agreement', models.CharField(choices=[('agrees', 'Agrees'), ('in_part', 'Agrees in part'), ('disagrees', 'Does not agree'), ('not_asked', 'Has not been asked yet')], max_length=20)),
                ('doable', models.CharField(choices=[('yes', 'Yes, I can do it'), ('with_help', 'Yes, with help'), ('no', 'No, I cannot do it as it is written'), ('not_asked', 'Not asked')], max_length=20)),
                ('words', models.TextField(blank=True)),
                ('given_on', models.DateField()),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('practitioner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.practitioner')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.planversion')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('person__isnull', False), ('practitioner__isnull', True)), models.Q(('person__isnull', True), ('practitioner__isnull', False)), _connector='OR'), name='plan_signature_is_of_somebody'),
                    models.CheckConstraint(condition=models.Q(('agreement__in', ['agrees', 'in_part', 'disagrees', 'not_asked'])), name='plan_signature_agreement_is_known'),
                    models.CheckConstraint(condition=models.Q(('doable__in', ['yes', 'with_help', 'no', 'not_asked'])), name='plan_signature_doable_is_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PlanCopy',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('form', models.CharField(choices=[('paper', 'On paper'), ('large_print', 'In large print'), ('easy_read', 'In easy read'), ('by_phone', 'Read out by telephone'), ('in_person', 'Gone through together')], max_length=20)),
                ('given_on', models.DateField()),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('practitioner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.practitioner')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.planversion')),
            ],
            options={
                'verbose_name_plural': 'plan copies',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('person__isnull', False), ('practitioner__isnull', True)), models.Q(('person__isnull', True), ('practitioner__isnull', False)), _connector='OR'), name='plan_copy_is_for_somebody'),
                    models.CheckConstraint(condition=models.Q(('form__in', ['paper', 'large_print', 'easy_read', 'by_phone', 'in_person'])), name='plan_copy_form_is_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PlanAnswer',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('outcome', models.CharField(choices=[('still_right', 'Still right'), ('changed', 'Changed'), ('withdrawn', 'Withdrawn')], max_length=20)),
                ('review_on', models.DateField(null=True)),
                ('considered', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('answered_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('statement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='provenance.statement')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.planversion')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'still_right'), ('review_on__isnull', False)), models.Q(('outcome', 'withdrawn'), ('review_on__isnull', True)), _connector='OR'), name='plan_answer_says_until_when_it_is_right'),
                    models.CheckConstraint(condition=models.Q(('answered_at__lte', django.db.models.expressions.CombinedExpression(models.F('recorded_at'), '+', models.Value(datetime.timedelta(seconds=3600))))), name='plan_answer_is_not_of_the_future'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PlanCopyEnd',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('outcome', models.CharField(choices=[('returned', 'Given back'), ('replaced', 'Replaced by a newer one'), ('lost', 'Lost, or not found')], max_length=20)),
                ('ended_on', models.DateField()),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('copy', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.plancopy')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['returned', 'replaced', 'lost'])), name='plan_copy_outcome_is_known')],
            },
        ),
        *map(_dated, TABLES),
        *map(_append_only, TABLES),
    ]
