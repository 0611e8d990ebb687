"""Decisions: versions, what they say, who had a part, what they rest on, and readers' tests."""

import datetime
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

APPEND_ONLY = [
    "decisions_decision",
    "decisions_decisionpart",
    "decisions_decisionoption",
    "decisions_decisionparty",
    "decisions_decisionpin",
    "decisions_decisionmusttell",
    "decisions_readertest",
]
DATED = ["decisions_decision", "decisions_readertest"]


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
            name='Decision',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('why_again', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField()),
                ('time_is_known', models.BooleanField()),
                ('setting', models.CharField(choices=[('conference', 'Child protection conference'), ('strategy_meeting', 'Strategy meeting'), ('core_group', 'Core group'), ('child_in_need_meeting', 'Child in need meeting'), ('legal_meeting', 'Legal planning meeting'), ('discharge_meeting', 'Discharge planning meeting'), ('supervision', 'Supervision'), ('telephone', 'By telephone'), ('between_meetings', 'Between meetings'), ('visit', 'At a visit'), ('other', 'Somewhere else')], max_length=30)),
                ('question', models.TextField()),
                ('rationale', models.TextField()),
                ('threshold', models.CharField(blank=True, choices=[('section_47', 'Reasonable cause to suspect significant harm (section 47)'), ('child_protection_plan', 'Likely to suffer significant harm: a child protection plan'), ('section_17', 'A child in need (section 17)'), ('section_31', 'Care or supervision proceedings (section 31)'), ('early_help', 'Early help: the local threshold document'), ('other', 'Another test, named in the reasons'), ('none', 'No threshold was applied')], max_length=30)),
                ('met', models.CharField(blank=True, choices=[('met', 'Met'), ('not_met', 'Not met'), ('still_met', 'Still met'), ('no_longer_met', 'No longer met'), ('not_settled', 'Could not be settled'), ('does_not_apply', 'Does not apply')], max_length=20)),
                ('asked', models.CharField(blank=True, choices=[('yes', 'Yes, everybody was asked'), ('no', 'No'), ('not_recorded', 'Not recorded')], max_length=20)),
                ('look_again_by', models.DateField(null=True)),
                ('digest', models.CharField(max_length=64)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('after', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.decision')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.case')),
                ('first', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.decision')),
                ('signed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('statement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='provenance.statement')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('first', 'number'), name='decision_version_is_numbered_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('after__isnull', True), ('first', models.F('id')), ('number', 1), ('why_again', '')), models.Q(('after__isnull', False), ('number__gt', 1), models.Q(('why_again__regex', '^\\s*$'), _negated=True)), _connector='OR'), name='decision_version_follows_one_and_says_why'),
                    models.CheckConstraint(condition=models.Q(('question__regex', '^\\s*$'), _negated=True), name='decision_asks_something'),
                    models.CheckConstraint(condition=models.Q(('rationale__regex', '^\\s*$'), _negated=True), name='decision_gives_its_reasons'),
                    models.CheckConstraint(condition=models.Q(('decided_at__lte', django.db.models.expressions.CombinedExpression(models.F('recorded_at'), '+', models.Value(datetime.timedelta(seconds=3600))))), name='decision_is_not_of_the_future'),
                    models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='decision_digest_is_sha256'),
                    models.CheckConstraint(condition=models.Q(('setting__in', ['conference', 'strategy_meeting', 'core_group', 'child_in_need_meeting', 'legal_meeting', 'discharge_meeting', 'supervision', 'telephone', 'between_meetings', 'visit', 'other'])), name='decision_setting_is_known'),
                    models.CheckConstraint(condition=models.Q(('threshold__in', ['', 'section_47', 'child_protection_plan', 'section_17', 'section_31', 'early_help', 'other', 'none']), ('met__in', ['', 'met', 'not_met', 'still_met', 'no_longer_met', 'not_settled', 'does_not_apply']), ('asked__in', ['', 'yes', 'no', 'not_recorded'])), name='decision_words_are_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='DecisionMustTell',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('how', models.CharField(choices=[('with_this', 'Is told by this record'), ('was_told', 'Was told on the day'), ('not_yet', 'Must be told, and is not yet'), ('not', 'Is not to be told')], max_length=20)),
                ('why', models.TextField(blank=True)),
                ('review_on', models.DateField(null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.agency')),
                ('decision', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.decision')),
            ],
            options={
                'verbose_name_plural': 'decision must tell',
                'constraints': [
                    models.UniqueConstraint(fields=('decision', 'agency'), name='decision_concerns_an_agency_once'),
                    models.CheckConstraint(condition=models.Q(('how__in', ['with_this', 'was_told', 'not_yet', 'not'])), name='decision_telling_is_known'),
                    models.CheckConstraint(condition=models.Q(('how__in', ['with_this', 'was_told']), models.Q(('why__regex', '^\\s*$'), _negated=True), _connector='OR'), name='decision_not_telling_says_why'),
                ],
            },
        ),
        migrations.CreateModel(
            name='DecisionOption',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('words', models.TextField()),
                ('why', models.TextField(blank=True)),
                ('taken', models.BooleanField()),
                ('decision', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.decision')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('decision', 'position'), name='decision_option_has_one_place'),
                    models.CheckConstraint(condition=models.Q(('words__regex', '^\\s*$'), _negated=True), name='decision_option_says_something'),
                ],
            },
        ),
        migrations.CreateModel(
            name='DecisionPart',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('heading', models.CharField(choices=[('unknown', 'What was not known'), ('risk', 'What worries us'), ('strength', 'What is going well'), ('accumulation', 'What had built up'), ('accumulation_changed', 'What that changed'), ('plan', 'What it changes in the plan'), ('family_told', 'What the family is told, by whom and when'), ('look_again', 'What would make us look again')], max_length=30)),
                ('words', models.TextField()),
                ('decision', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.decision')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('decision', 'heading'), name='decision_part_is_said_once'),
                    models.CheckConstraint(condition=models.Q(('heading__in', ['unknown', 'risk', 'strength', 'accumulation', 'accumulation_changed', 'plan', 'family_told', 'look_again'])), name='decision_heading_is_known'),
                    models.CheckConstraint(condition=models.Q(('words__regex', '^\\s*$'), _negated=True), name='decision_part_says_something'),
                ],
            },
        ),
        migrations.CreateModel(
            name='DecisionParty',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('part', models.CharField(choices=[('decided', 'Decided'), ('present', 'Was there, and did not decide'), ('consulted', 'Was asked beforehand'), ('absent', 'Was not there')], max_length=20)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('role', models.CharField(blank=True, max_length=200)),
                ('view', models.CharField(choices=[('not_asked', 'Not asked, or not recorded'), ('agrees', 'Agrees'), ('reservations', 'Agrees with reservations'), ('dissents', 'Sees it differently')], max_length=20)),
                ('said', models.TextField(blank=True)),
                ('note', models.TextField(blank=True)),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.agency')),
                ('decision', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.decision')),
                ('practitioner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.practitioner')),
            ],
            options={
                'verbose_name_plural': 'decision parties',
                'constraints': [
                    models.UniqueConstraint(fields=('decision', 'position'), name='decision_party_has_one_place'),
                    models.UniqueConstraint(fields=('decision', 'practitioner'), name='decision_party_has_one_part'),
                    models.CheckConstraint(condition=models.Q(models.Q(('agency__isnull', False), ('practitioner__isnull', False)), models.Q(('name__regex', '^\\s*$'), _negated=True), _connector='OR'), name='decision_party_is_named'),
                    models.CheckConstraint(condition=models.Q(('part__in', ['decided', 'present', 'consulted', 'absent'])), name='decision_part_in_it_is_known'),
                    models.CheckConstraint(condition=models.Q(('view__in', ['not_asked', 'agrees']), models.Q(('view__in', ['reservations', 'dissents']), models.Q(('said__regex', '^\\s*$'), _negated=True)), _connector='OR'), name='decision_dissent_says_what'),
                ],
            },
        ),
        migrations.CreateModel(
            name='DecisionPin',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('use', models.CharField(choices=[('relied_on', 'Relied on'), ('weighed_against', 'Weighed against'), ('set_aside', 'Set aside')], max_length=20)),
                ('why', models.TextField(blank=True)),
                ('digest', models.CharField(max_length=64)),
                ('decision', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.decision')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='provenance.statement')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('decision', 'statement'), name='decision_pins_an_entry_once'),
                    models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='decision_pin_digest_is_sha256'),
                    models.CheckConstraint(condition=models.Q(('use__in', ['relied_on', 'weighed_against', 'set_aside'])), name='decision_pin_use_is_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('use', 'set_aside'), _negated=True), models.Q(('why__regex', '^\\s*$'), _negated=True), _connector='OR'), name='decision_sets_nothing_aside_without_a_reason'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ReaderTest',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('risk', models.TextField()),
                ('reason', models.TextField()),
                ('understood', models.BooleanField()),
                ('because', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.decision')),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('because', ''), ('understood', True)), models.Q(('understood', False), models.Q(('because__regex', '^\\s*$'), _negated=True)), _connector='OR'), name='reader_test_says_what_is_not_understood'),
                    models.CheckConstraint(condition=models.Q(('understood', False), models.Q(models.Q(('risk__regex', '^\\s*$'), _negated=True), models.Q(('reason__regex', '^\\s*$'), _negated=True)), _connector='OR'), name='reader_test_restates_what_was_understood'),
                ],
            },
        ),
        *map(_dated, DATED),
        *map(_append_only, APPEND_ONLY),
    ]
