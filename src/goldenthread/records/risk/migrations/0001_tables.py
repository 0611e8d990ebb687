"""What became of questions, answers to them, and the watermark; append only but for the last."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

APPEND_ONLY = ["risk_questionchange", "risk_changetakenback", "risk_questionanswer"]


def _dated(table, when):
    return migrations.RunSQL(
        f"CREATE TRIGGER set_recorded_at BEFORE {when} ON {table} "
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
        ('shared', '0002_refuse_change'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='QuestionChange',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('pattern', models.CharField(max_length=100)),
                ('version', models.PositiveIntegerField()),
                ('subject', models.CharField(blank=True, max_length=300)),
                ('state', models.CharField(choices=[('raised', 'Raised'), ('answered', 'Answered'), ('cleared', 'No longer arises'), ('reopened', 'Re-opened')], max_length=20)),
                ('on', models.DateField()),
                ('question', models.TextField()),
                ('asked_of', models.TextField()),
                ('because', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('evidence', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('about', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), size=None)),
                ('rules', models.CharField(max_length=64)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.agency')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.case')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['raised', 'answered', 'cleared', 'reopened'])), name='question_state_is_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('question', ''), _negated=True), models.Q(('pattern', ''), _negated=True)), name='question_asks_something'),
                    models.CheckConstraint(condition=models.Q(('evidence__contained_by', models.F('because'))), name='question_evidence_is_among_its_reasons'),
                    models.CheckConstraint(condition=models.Q(('rules__regex', '^[0-9a-f]{64}$')), name='question_rules_are_sha256'),
                    models.UniqueConstraint(fields=('case', 'agency', 'number'), name='question_change_number_is_single', nulls_distinct=False),
                ],
            },
        ),
        migrations.CreateModel(
            name='ChangeTakenBack',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('change', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='risk.questionchange')),
            ],
        ),
        migrations.CreateModel(
            name='Considered',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('statements', models.PositiveIntegerField()),
                ('links', models.PositiveIntegerField()),
                ('awareness', models.PositiveIntegerField()),
                ('answers', models.PositiveIntegerField()),
                ('through', models.DateField()),
                ('rules', models.CharField(max_length=64)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.agency')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.case')),
            ],
            options={
                'verbose_name_plural': 'considered',
                'constraints': [models.UniqueConstraint(fields=('case', 'agency'), name='considered_once_for_each_scope', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('rules__regex', '^[0-9a-f]{64}$')), name='considered_rules_are_sha256')],
            },
        ),
        migrations.CreateModel(
            name='QuestionNow',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('pattern', models.CharField(max_length=100)),
                ('version', models.PositiveIntegerField()),
                ('subject', models.CharField(blank=True, max_length=300)),
                ('state', models.CharField(choices=[('raised', 'Raised'), ('answered', 'Answered'), ('cleared', 'No longer arises'), ('reopened', 'Re-opened')], max_length=20)),
                ('since', models.DateField()),
                ('times', models.PositiveIntegerField()),
                ('question', models.TextField()),
                ('asked_of', models.TextField()),
                ('because', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('evidence', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('about', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), size=None)),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.agency')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.case')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['raised', 'answered', 'cleared', 'reopened'])), name='question_now_state_is_known'), models.UniqueConstraint(fields=('case', 'agency', 'pattern', 'subject'), name='question_stands_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='QuestionAnswer',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('pooled', models.BooleanField()),
                ('pattern', models.CharField(max_length=100)),
                ('version', models.PositiveIntegerField()),
                ('subject', models.CharField(blank=True, max_length=300)),
                ('question', models.TextField()),
                ('asked_of', models.TextField()),
                ('because', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('evidence', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('about', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), size=None)),
                ('what_we_make_of_it', models.TextField()),
                ('what_we_will_do', models.TextField(blank=True)),
                ('by_when', models.DateField(null=True)),
                ('who_agrees', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('answered_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.agency')),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.case')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('what_we_make_of_it__regex', '^\\s*$'), _negated=True), name='question_answer_gives_reasons'), models.CheckConstraint(condition=models.Q(('by_when__isnull', True), models.Q(('what_we_will_do', ''), _negated=True), _connector='OR'), name='question_answer_date_is_of_something_to_do'), models.CheckConstraint(condition=models.Q(models.Q(('question', ''), _negated=True), models.Q(('pattern', ''), _negated=True)), name='question_answer_holds_the_question'), models.CheckConstraint(condition=models.Q(('evidence__contained_by', models.F('because'))), name='question_answer_evidence_is_among_its_reasons')],
            },
        ),
        *(_dated(table, "INSERT") for table in APPEND_ONLY),
        _dated("risk_considered", "INSERT OR UPDATE"),
        *map(_append_only, APPEND_ONLY),
    ]
