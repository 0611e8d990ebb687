"""Challenges: what was raised, its steps, praise, and the partnership's settings; append only."""

import datetime
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

TABLES = [
    "challenges_challenge",
    "challenges_challengeentry",
    "challenges_challengestep",
    "challenges_challengepraise",
    "challenges_ladderversion",
    "challenges_answererversion",
]
DATED = [table for table in TABLES if table != "challenges_challengeentry"]


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
        ('provenance', '0004_subject_told'),
        ('shared', '0003_partnership_manager'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Challenge',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('wanted', models.TextField()),
                ('why', models.TextField()),
                ('immediate_risk', models.BooleanField()),
                ('acted_now', models.TextField(blank=True)),
                ('digest', models.CharField(max_length=64)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.agency')),
                ('asked_of', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.agency')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.case')),
                ('raised_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.practitioner')),
                ('recorded_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('statement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='provenance.statement')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='provenance.statement')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('wanted__regex', '^\\s*$'), _negated=True), models.Q(('why__regex', '^\\s*$'), _negated=True)), name='challenge_says_what_is_wanted_and_why'),
                    models.CheckConstraint(condition=models.Q(('immediate_risk', False), models.Q(('acted_now__regex', '^\\s*$'), _negated=True), _connector='OR'), name='challenge_at_immediate_risk_says_what_was_done'),
                    models.CheckConstraint(condition=models.Q(('statement', models.F('target')), _negated=True), name='challenge_is_not_of_itself'),
                    models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='challenge_digest_is_sha256'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ChallengeEntry',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('challenge', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='challenges.challenge')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='provenance.statement')),
            ],
            options={
                'verbose_name_plural': 'challenge entries',
                'constraints': [
                    models.UniqueConstraint(fields=('challenge', 'statement'), name='challenge_relies_on_an_entry_once'),
                    models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='challenge_entry_digest_is_sha256'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ChallengePraise',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('words', models.TextField()),
                ('on', models.DateField()),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.agency')),
                ('challenge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='challenges.challenge')),
                ('recorded_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('said_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.practitioner')),
            ],
            options={
                'verbose_name_plural': 'challenge praise',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('words__regex', '^\\s*$'), _negated=True), name='challenge_praise_says_what_changed'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ChallengeStep',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('raised', 'Raised'), ('answered', 'Answered'), ('taken_further', 'Taken to another stage'), ('accepted', 'Answer accepted'), ('resolved', 'Resolved together'), ('withdrawn', 'Withdrawn')], max_length=20)),
                ('stage', models.PositiveSmallIntegerField()),
                ('stage_name', models.CharField(max_length=80)),
                ('who', models.CharField(max_length=200)),
                ('days', models.PositiveSmallIntegerField(null=True)),
                ('unit', models.CharField(choices=[('working_days', 'working days'), ('calendar_days', 'days')], max_length=20)),
                ('on', models.DateField()),
                ('outcome', models.CharField(blank=True, choices=[('changed', 'The decision or plan is changed'), ('partly', 'Part of it is changed'), ('stands', 'It stands, for the reasons given')], max_length=20)),
                ('words', models.TextField()),
                ('effect', models.TextField(blank=True)),
                ('digest', models.CharField(max_length=64)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.agency')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.practitioner')),
                ('challenge', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='challenges.challenge')),
                ('recorded_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('statement', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='provenance.statement')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('challenge', 'number'), name='challenge_step_is_numbered_once'),
                    models.UniqueConstraint(condition=models.Q(('kind__in', ['accepted', 'resolved', 'withdrawn'])), fields=('challenge',), name='challenge_is_settled_once'),
                    models.CheckConstraint(condition=models.Q(('kind__in', ['raised', 'answered', 'taken_further', 'accepted', 'resolved', 'withdrawn'])), name='challenge_step_kind_is_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('kind', 'raised'), ('number', 1)), models.Q(('number__gt', 1), models.Q(('kind', 'raised'), _negated=True)), _connector='OR'), name='challenge_begins_by_being_raised'),
                    models.CheckConstraint(condition=models.Q(('stage__gte', 1)), name='challenge_stage_is_counted'),
                    models.CheckConstraint(condition=models.Q(('unit__in', ['working_days', 'calendar_days'])), name='challenge_unit_is_known'),
                    models.CheckConstraint(condition=models.Q(('days__isnull', True), models.Q(('days__gte', 1), ('days__lte', 366), ('kind__in', ['raised', 'taken_further'])), _connector='OR'), name='challenge_clock_starts_with_a_stage'),
                    models.CheckConstraint(condition=models.Q(models.Q(('kind', 'answered'), ('outcome__in', ['changed', 'partly', 'stands'])), models.Q(models.Q(('kind', 'answered'), _negated=True), ('outcome', '')), _connector='OR'), name='challenge_answer_says_what_it_does'),
                    models.CheckConstraint(condition=models.Q(('kind', 'accepted'), ('statement__isnull', False), _connector='OR'), name='challenge_step_is_carried_by_an_entry'),
                    models.CheckConstraint(condition=models.Q(('words__regex', '^\\s*$'), _negated=True), name='challenge_step_says_something'),
                    models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['answered', 'accepted', 'resolved']), _negated=True), models.Q(('effect__regex', '^\\s*$'), _negated=True), _connector='OR'), name='challenge_says_what_changed'),
                    models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='challenge_step_digest_is_sha256'),
                ],
            },
        ),
        migrations.CreateModel(
            name='LadderVersion',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField()),
                ('stages', models.JSONField()),
                ('holds_from', models.DateTimeField()),
                ('reason', models.TextField()),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('version',), name='ladder_version_is_numbered_once'),
                    models.CheckConstraint(condition=models.Q(('reason__regex', '^\\s*$'), _negated=True), name='ladder_version_gives_a_reason'),
                    models.CheckConstraint(condition=models.Q(('stages', []), _negated=True), name='ladder_version_has_stages'),
                    models.CheckConstraint(condition=models.Q(('holds_from__gte', django.db.models.expressions.CombinedExpression(models.F('recorded_at'), '-', models.Value(datetime.timedelta(seconds=3600))))), name='ladder_version_is_not_backdated'),
                ],
            },
        ),
        migrations.CreateModel(
            name='AnswererVersion',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('stage', models.PositiveSmallIntegerField()),
                ('version', models.PositiveIntegerField()),
                ('deputy_from', models.DateField(null=True)),
                ('deputy_to', models.DateField(null=True)),
                ('holds_from', models.DateTimeField()),
                ('reason', models.TextField()),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.agency')),
                ('deputy', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.practitioner')),
                ('practitioner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.practitioner')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agency', 'stage', 'version'), name='answerer_version_is_numbered_once'), models.CheckConstraint(condition=models.Q(('reason__regex', '^\\s*$'), _negated=True), name='answerer_version_gives_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('deputy__isnull', True), ('deputy_from__isnull', True), ('deputy_to__isnull', True)), models.Q(('deputy__isnull', False), ('deputy_from__isnull', False), ('deputy_to__gte', models.F('deputy_from')), ('deputy_to__isnull', False)), _connector='OR'), name='answerer_deputy_stands_in_between_days'), models.CheckConstraint(condition=models.Q(('deputy', models.F('practitioner')), _negated=True), name='answerer_deputy_is_somebody_else'), models.CheckConstraint(condition=models.Q(('holds_from__gte', django.db.models.expressions.CombinedExpression(models.F('recorded_at'), '-', models.Value(datetime.timedelta(seconds=3600))))), name='answerer_version_is_not_backdated')],
            },
        ),
        *map(_dated, DATED),
        *map(_append_only, TABLES),
    ]
