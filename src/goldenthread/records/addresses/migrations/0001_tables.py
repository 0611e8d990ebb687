"""Safe addresses and the documents held because of them; append only, but for what is encrypted."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLES = [
    "addresses_address",
    "addresses_addresskeptfrom",
    "addresses_addresstold",
    "addresses_outgoingask",
    "addresses_outgoinghold",
    "addresses_outgoingdecision",
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


# What an address says may be encrypted again, and nothing of it may go.
KEPT = migrations.RunSQL(
    "CREATE TRIGGER refuse_delete BEFORE DELETE ON addresses_addresscontent "
    "FOR EACH ROW EXECUTE FUNCTION gt_refuse_change();"
    "CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON addresses_addresscontent "
    "FOR EACH STATEMENT EXECUTE FUNCTION gt_refuse_change()",
    "DROP TRIGGER refuse_delete ON addresses_addresscontent;"
    "DROP TRIGGER refuse_truncate ON addresses_addresscontent",
)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('network', '0004_question_answered'),
        ('people', '0003_adults_and_losses'),
        ('provenance', '0005_receipts'),
        ('shared', '0003_partnership_manager'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Address',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('from_on', models.DateField(null=True)),
                ('to_on', models.DateField(null=True)),
                ('how_known', models.CharField(choices=[('saw', 'Saw or heard it'), ('told', 'Was told'), ('record', 'Read in a record'), ('inferred', 'Worked it out'), ('not_recorded', 'Not recorded how')], max_length=20)),
                ('said_by', models.CharField(blank=True, max_length=200)),
                ('is_hidden', models.BooleanField()),
                ('change', models.CharField(blank=True, choices=[('moved', 'They moved: this is where they live now'), ('corrected', 'It was written wrongly'), ('ended', 'They are no longer there')], max_length=20)),
                ('commitment', models.BinaryField()),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.agency')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.case')),
                ('household', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.household')),
                ('instead_of', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='addresses.address')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('recorded_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('source', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='provenance.statement')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('household__isnull', False), ('person__isnull', True)), models.Q(('household__isnull', True), ('person__isnull', False)), _connector='OR'), name='address_is_of_a_person_or_a_household'),
                    models.CheckConstraint(condition=models.Q(('from_on__isnull', True), ('to_on__isnull', True), ('to_on__gte', models.F('from_on')), _connector='OR'), name='address_ends_after_it_begins'),
                    models.CheckConstraint(condition=models.Q(models.Q(('change', ''), ('instead_of__isnull', True)), models.Q(('change__in', ['moved', 'corrected', 'ended']), ('instead_of__isnull', False)), _connector='OR'), name='address_change_says_what_changed'),
                    models.CheckConstraint(condition=models.Q(('how_known__in', ['saw', 'told', 'record', 'inferred', 'not_recorded'])), name='address_how_known_is_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='OutgoingAsk',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=40)),
                ('place', models.TextField()),
                ('recipients', models.JSONField()),
                ('asked_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.agency')),
                ('asked_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.case')),
                ('practitioner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.practitioner')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('recipients', []), _negated=True), name='outgoing_is_for_somebody'),
                ],
            },
        ),
        migrations.CreateModel(
            name='AddressContent',
            fields=[
                ('address', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='addresses.address')),
                ('key', models.CharField(max_length=20)),
                ('sealed', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='AddressKeptFrom',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('sort', models.CharField(choices=[('must_not_reach', 'It must not reach them'), ('acts_for', 'They act for, or work with, somebody it must not reach')], max_length=20)),
                ('words', models.CharField(blank=True, max_length=200)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('address', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='addresses.address')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('practitioner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.practitioner')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('sort__in', ['must_not_reach', 'acts_for'])), name='address_kept_from_sort_is_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('person__isnull', False), ('practitioner__isnull', True), ('words', '')), models.Q(('person__isnull', True), ('practitioner__isnull', False), ('words', '')), models.Q(('person__isnull', True), ('practitioner__isnull', True), models.Q(('words__regex', '^\\s*$'), _negated=True)), _connector='OR'), name='address_kept_from_somebody'),
                ],
            },
        ),
        migrations.CreateModel(
            name='AddressTold',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('reason', models.TextField()),
                ('told_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('address', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='addresses.address')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.agency')),
                ('practitioner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.practitioner')),
                ('told_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('reason__regex', '^\\s*$'), _negated=True), name='address_told_for_a_reason'),
                ],
            },
        ),
        migrations.CreateModel(
            name='OutgoingHold',
            fields=[
                ('ask', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='addresses.outgoingask')),
                ('hits', models.JSONField()),
                ('recorded_at', models.DateTimeField(editable=False)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('hits', []), _negated=True), name='outgoing_is_held_for_something'),
                ],
            },
        ),
        migrations.CreateModel(
            name='OutgoingDecision',
            fields=[
                ('hold', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='addresses.outgoinghold')),
                ('releases', models.BooleanField()),
                ('reason', models.TextField()),
                ('decided_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField(editable=False)),
            ],
        ),
        migrations.AddField(
            model_name='outgoingdecision',
            name='asked_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='outgoingdecision',
            name='decided_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='outgoingdecision',
            constraint=models.CheckConstraint(condition=models.Q(('asked_by', models.F('decided_by')), _negated=True), name='outgoing_is_decided_by_another'),
        ),
        migrations.AddConstraint(
            model_name='outgoingdecision',
            constraint=models.CheckConstraint(condition=models.Q(('reason__regex', '^\\s*$'), _negated=True), name='outgoing_decision_has_a_reason'),
        ),
        *map(_dated, TABLES),
        *map(_append_only, TABLES),
        KEPT,
    ]
