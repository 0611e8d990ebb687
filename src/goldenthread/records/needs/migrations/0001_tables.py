"""Adults' needs in versions, adjustments, and whether each was used: all append only."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


TABLES = [
    "needs_profile",
    "needs_profilefrom",
    "needs_profileanswer",
    "needs_profilestrength",
    "needs_profileeffect",
    "needs_adjustment",
    "needs_agreedtotell",
    "needs_delivery",
]
DATED = ["needs_profile", "needs_adjustment", "needs_agreedtotell", "needs_delivery"]


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
            name='Adjustment',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('agreed_by', models.TextField()),
                ('from_on', models.DateField()),
                ('settings', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None)),
                ('helps_with', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), default=list, size=None)),
                ('review_on', models.DateField(null=True)),
                ('ended', models.BooleanField()),
                ('digest', models.CharField(max_length=64)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('adult', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.case')),
                ('instead_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='needs.adjustment')),
                ('statement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='provenance.statement')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['case', 'adult'], name='adjustment_of_an_adult'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('settings__contained_by', ['visits', 'meetings', 'appointments', 'telephone', 'letters', 'plan_format'])), name='adjustment_settings_are_known'),
                    models.CheckConstraint(condition=models.Q(('helps_with__contained_by', ['reading', 'writing', 'remembering_times', 'several_steps', 'new_information', 'long_attention', 'quick_decisions', 'indirect_speech', 'speaking_in_a_group', 'spoken_english', 'hearing_a_call', 'noisy_place', 'new_people', 'sudden_change', 'awake_at_night', 'lifting', 'phone', 'app_or_internet', 'travelling'])), name='adjustment_demands_are_known'),
                    models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='adjustment_digest_is_sha256'),
                    models.CheckConstraint(condition=models.Q(('settings', []), _negated=True), name='adjustment_says_where_it_is_used'),
                    models.CheckConstraint(condition=models.Q(('agreed_by__regex', '^\\s*$'), _negated=True), name='adjustment_says_who_agreed'),
                    models.CheckConstraint(condition=models.Q(('ended', False), ('instead_of__isnull', False), _connector='OR'), name='adjustment_ends_one_that_was'),
                    models.CheckConstraint(condition=models.Q(('review_on__isnull', True), ('review_on__gt', models.F('from_on')), _connector='OR'), name='adjustment_review_comes_after'),
                ],
            },
        ),
        migrations.CreateModel(
            name='AgreedToTell',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('answer', models.CharField(choices=[('said_yes', 'Said yes'), ('said_no', 'Said no'), ('not_asked', 'Not asked yet')], max_length=20)),
                ('asked_on', models.DateField(null=True)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('adjustment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='needs.adjustment')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('answer__in', ['said_yes', 'said_no', 'not_asked'])), name='agreement_is_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('answer', 'not_asked'), ('asked_on__isnull', True)), models.Q(models.Q(('answer', 'not_asked'), _negated=True), ('asked_on__isnull', False)), _connector='OR'), name='agreement_has_the_day_it_was_asked'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('answer', models.CharField(choices=[('yes', 'Yes, it was used'), ('no', 'No, because'), ('not_needed', 'Not needed this time'), ('not_asked', 'Nobody asked')], max_length=20)),
                ('words', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('adjustment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='needs.adjustment')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.agency')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='provenance.statement')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'deliveries',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('answer__in', ['yes', 'no', 'not_needed', 'not_asked'])), name='delivery_answer_is_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('answer', 'no'), _negated=True), models.Q(('words__regex', '^\\s*$'), _negated=True), _connector='OR'), name='delivery_not_made_says_why'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Profile',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('how_to_work_with_me', models.TextField(blank=True)),
                ('diagnosis', models.TextField(blank=True)),
                ('wishes_diagnosis', models.BooleanField()),
                ('advocate', models.CharField(choices=[('has_one', 'Has an advocate'), ('would_like_one', 'Would like one'), ('does_not_want_one', 'Was offered one and does not want one'), ('not_asked', 'Not asked')], max_length=20)),
                ('advocate_words', models.TextField(blank=True)),
                ('review_on', models.DateField(null=True)),
                ('digest', models.CharField(max_length=64)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('adult', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.case')),
                ('statement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='provenance.statement')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['case', 'adult'], name='profile_of_an_adult'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('advocate__in', ['has_one', 'would_like_one', 'does_not_want_one', 'not_asked'])), name='profile_advocate_is_known'),
                    models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='profile_digest_is_sha256'),
                    models.CheckConstraint(condition=models.Q(('diagnosis', ''), ('wishes_diagnosis', True), _connector='OR'), name='profile_diagnosis_is_wished'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ProfileAnswer',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('area', models.CharField(choices=[('reading', 'Reading and writing'), ('memory', 'Remembering, and keeping track of times'), ('understanding', 'Understanding and learning'), ('talking', 'Talking with people and being understood'), ('attention', 'Attention and sitting still'), ('sensory', 'Noise, light, touch and busy places'), ('mental_health', 'Mental health'), ('physical_health', 'Physical health and pain'), ('night', 'Sleep, and medication that matters at night'), ('language', 'Language and interpreting'), ('hearing_and_sight', 'Hearing and sight'), ('phone', 'Phone and internet'), ('travel', 'Getting about, and what it costs'), ('safety', 'What has happened before, and what helps to feel safe')], max_length=30)),
                ('answer', models.CharField(choices=[('said', 'There is something to know'), ('none', 'Asked: nothing is needed'), ('not_known', 'Asked, and it is not known'), ('declined', 'Asked, and did not want to say'), ('not_asked', 'Not asked')], max_length=20)),
                ('words', models.TextField(blank=True)),
                ('voice', models.CharField(choices=[('own', 'Their own words'), ('another', "Somebody else's words")], max_length=10)),
                ('said_by', models.CharField(blank=True, max_length=300)),
                ('how_known', models.CharField(blank=True, max_length=20)),
                ('asked_on', models.DateField(null=True)),
                ('makes_hard', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), default=list, size=None)),
                ('profile', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='needs.profile')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('profile', 'area'), name='area_is_answered_once'),
                    models.CheckConstraint(condition=models.Q(('area__in', ['reading', 'memory', 'understanding', 'talking', 'attention', 'sensory', 'mental_health', 'physical_health', 'night', 'language', 'hearing_and_sight', 'phone', 'travel', 'safety'])), name='area_is_known'),
                    models.CheckConstraint(condition=models.Q(('answer__in', ['said', 'none', 'not_known', 'declined', 'not_asked'])), name='area_answer_is_known'),
                    models.CheckConstraint(condition=models.Q(('voice__in', ['own', 'another'])), name='area_voice_is_known'),
                    models.CheckConstraint(condition=models.Q(('makes_hard__contained_by', ['reading', 'writing', 'remembering_times', 'several_steps', 'new_information', 'long_attention', 'quick_decisions', 'indirect_speech', 'speaking_in_a_group', 'spoken_english', 'hearing_a_call', 'noisy_place', 'new_people', 'sudden_change', 'awake_at_night', 'lifting', 'phone', 'app_or_internet', 'travelling'])), name='area_demands_are_known'),
                    models.CheckConstraint(condition=models.Q(('how_known__in', ['', 'saw', 'told', 'record', 'inferred', 'not_recorded'])), name='area_how_known_is_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('answer', 'said'), _negated=True), models.Q(('words__regex', '^\\s*$'), _negated=True), _connector='OR'), name='area_need_says_something'),
                    models.CheckConstraint(condition=models.Q(models.Q(('answer', 'none'), _negated=True), ('asked_on__isnull', False), _connector='OR'), name='area_none_has_a_day'),
                    models.CheckConstraint(condition=models.Q(('voice', 'own'), models.Q(('said_by__regex', '^\\s*$'), _negated=True), _connector='OR'), name='area_says_whose_words'),
                    models.CheckConstraint(condition=models.Q(('answer', 'said'), ('makes_hard', []), _connector='OR'), name='area_hard_goes_with_a_need'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ProfileEffect',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('answer', models.CharField(choices=[('affects', 'It matters for the care of this child'), ('no_known_effect', 'No known effect'), ('not_asked', 'Not asked')], max_length=20)),
                ('words', models.TextField(blank=True)),
                ('sign_of_worsening', models.TextField(blank=True)),
                ('who_notices', models.TextField(blank=True)),
                ('who_acts', models.TextField(blank=True)),
                ('crisis_contact', models.TextField(blank=True)),
                ('children_then', models.TextField(blank=True)),
                ('source', models.TextField(blank=True)),
                ('source_on', models.DateField(null=True)),
                ('child', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('profile', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='needs.profile')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('profile', 'child'), name='effect_on_a_child_is_said_once', nulls_distinct=False),
                    models.UniqueConstraint(fields=('profile', 'position'), name='effect_has_its_own_place'),
                    models.CheckConstraint(condition=models.Q(('answer__in', ['affects', 'no_known_effect', 'not_asked'])), name='effect_answer_is_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('answer', 'affects'), _negated=True), models.Q(('words__regex', '^\\s*$'), _negated=True), _connector='OR'), name='effect_says_something'),
                    models.CheckConstraint(condition=models.Q(models.Q(('answer', 'no_known_effect'), _negated=True), models.Q(models.Q(('source__regex', '^\\s*$'), _negated=True), ('source_on__isnull', False)), _connector='OR'), name='effect_none_has_a_source_and_a_day'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ProfileFrom',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('earlier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='needs.profile')),
                ('profile', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='needs.profile')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('profile', 'earlier'), name='profile_is_written_from_a_version_once'),
                    models.CheckConstraint(condition=models.Q(('profile', models.F('earlier')), _negated=True), name='profile_is_not_written_from_itself'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ProfileStrength',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('words', models.TextField()),
                ('voice', models.CharField(choices=[('own', 'Their own words'), ('another', "Somebody else's words")], max_length=10)),
                ('said_by', models.CharField(blank=True, max_length=300)),
                ('profile', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='needs.profile')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('profile', 'position'), name='strength_has_its_own_place'),
                    models.CheckConstraint(condition=models.Q(('voice__in', ['own', 'another'])), name='strength_voice_is_known'),
                    models.CheckConstraint(condition=models.Q(('words__regex', '^\\s*$'), _negated=True), name='strength_says_something'),
                    models.CheckConstraint(condition=models.Q(('voice', 'own'), models.Q(('said_by__regex', '^\\s*$'), _negated=True), _connector='OR'), name='strength_says_whose_words'),
                ],
            },
        ),
        *(_dated(table) for table in DATED),
        *(_append_only(table) for table in TABLES),
    ]
