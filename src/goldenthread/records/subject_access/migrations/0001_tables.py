"""Packs for people who asked what is kept about them; append only."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLES = [
    "subject_access_pack",
    "subject_access_packentry",
    "subject_access_packchoice",
    "subject_access_packredaction",
    "subject_access_packredactionundone",
    "subject_access_packcheckasked",
    "subject_access_packcheck",
    "subject_access_packrelease",
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
        ('shared', '0004_agency_lead'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PackCheckAsked',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('asked_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='PackRedaction',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('part', models.CharField(choices=[('text', 'What happened'), ('impact', 'What it means for the child'), ('action', 'What was done'), ('informant', 'Who told it'), ('reasoning', 'How it was worked out')], max_length=20)),
                ('begins', models.PositiveIntegerField()),
                ('ends', models.PositiveIntegerField()),
                ('reason', models.CharField(max_length=40)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('made_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Pack',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('asked_on', models.DateField()),
                ('due_on', models.DateField()),
                ('entitled', models.TextField()),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('about', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.agency')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.case')),
                ('started_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('due_on__gt', models.F('asked_on'))), name='pack_is_due_after_it_was_asked'),
                    models.CheckConstraint(condition=models.Q(('entitled__regex', '^\\s*$'), _negated=True), name='pack_asker_is_entitled'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PackCheck',
            fields=[
                ('asked', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='subject_access.packcheckasked')),
                ('agrees', models.BooleanField()),
                ('reason', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField(editable=False)),
            ],
        ),
        migrations.AddField(
            model_name='packcheckasked',
            name='pack',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='subject_access.pack'),
        ),
        migrations.CreateModel(
            name='PackChoice',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('is_in', models.BooleanField()),
                ('reason', models.CharField(blank=True, max_length=40)),
                ('note', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('chosen_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pack', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='subject_access.pack')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='provenance.statement')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('pack', 'statement', 'number'), name='pack_choice_has_its_number'),
                    models.CheckConstraint(condition=models.Q(models.Q(('is_in', True), ('reason', '')), models.Q(('is_in', False), models.Q(('reason__regex', '^\\s*$'), _negated=True)), _connector='OR'), name='pack_choice_to_leave_out_has_a_reason'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PackEntry',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('added_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pack', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='subject_access.pack')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='provenance.statement')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('pack', 'statement'), name='pack_entry_is_there_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PackRedactionUndone',
            fields=[
                ('redaction', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='subject_access.packredaction')),
                ('recorded_at', models.DateTimeField(editable=False)),
            ],
        ),
        migrations.AddField(
            model_name='packredaction',
            name='pack',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='subject_access.pack'),
        ),
        migrations.AddField(
            model_name='packredaction',
            name='statement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='provenance.statement'),
        ),
        migrations.CreateModel(
            name='PackRelease',
            fields=[
                ('check_made', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='subject_access.packcheck')),
                ('digest', models.CharField(max_length=64)),
                ('released_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField(editable=False)),
            ],
        ),
        migrations.AddField(
            model_name='packcheck',
            name='asked_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='packcheck',
            name='checked_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='packcheck',
            name='started_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='packcheckasked',
            constraint=models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='pack_check_digest_is_one'),
        ),
        migrations.AddField(
            model_name='packredactionundone',
            name='undone_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='packredaction',
            constraint=models.CheckConstraint(condition=models.Q(('part__in', ['text', 'impact', 'action', 'informant', 'reasoning'])), name='pack_redaction_part_is_known'),
        ),
        migrations.AddConstraint(
            model_name='packredaction',
            constraint=models.CheckConstraint(condition=models.Q(('ends__gt', models.F('begins'))), name='pack_redaction_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='packredaction',
            constraint=models.CheckConstraint(condition=models.Q(('reason__regex', '^\\s*$'), _negated=True), name='pack_redaction_has_a_reason'),
        ),
        migrations.AddField(
            model_name='packrelease',
            name='checked_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='packrelease',
            name='released_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='packcheck',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('checked_by', models.F('started_by')), _negated=True), models.Q(('checked_by', models.F('asked_by')), _negated=True)), name='pack_is_checked_by_another'),
        ),
        migrations.AddConstraint(
            model_name='packcheck',
            constraint=models.CheckConstraint(condition=models.Q(('agrees', True), models.Q(('reason__regex', '^\\s*$'), _negated=True), _connector='OR'), name='pack_is_sent_back_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='packrelease',
            constraint=models.CheckConstraint(condition=models.Q(('checked_by', models.F('released_by')), _negated=True), name='pack_is_released_by_another'),
        ),
        *map(_dated, TABLES),
        *map(_append_only, TABLES),
    ]
