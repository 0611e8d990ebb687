"""Posts, links to choose a password, confirmations; append only."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLES = [
    "accounts_postchange",
    "accounts_passwordlink",
    "accounts_passwordlinkuse",
    "accounts_confirmation",
    "accounts_confirmationnotice",
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
        ('shared', '0003_partnership_manager'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PasswordLink',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('joining', 'Choose a first password'), ('password', 'Choose a new password')], max_length=20)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('expires_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sent_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['joining', 'password'])), name='password_link_kind_is_known'),
                    models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='password_link_is_a_digest'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PasswordLinkUse',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('link', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.passwordlink')),
            ],
        ),
        migrations.CreateModel(
            name='PostChange',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('joined', 'Joined'), ('changed', 'Details changed'), ('moved', 'Moved to another post'), ('left', 'Left'), ('returned', 'Came back')], max_length=20)),
                ('name', models.CharField(max_length=200)),
                ('post', models.CharField(max_length=200)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('remit', models.CharField(choices=[('practitioner', 'Practitioner'), ('conference_chair', 'Conference chair'), ('administrator', 'Account administrator'), ('partnership_manager', 'Partnership manager'), ('agency_lead', "Agency's lead for restricted records")], max_length=30)),
                ('on', models.DateField()),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.agency')),
                ('decided_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('hand_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.practitioner')),
                ('practitioner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.practitioner')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['joined', 'changed', 'moved', 'left', 'returned'])), name='post_change_kind_is_known'),
                    models.CheckConstraint(condition=models.Q(('remit__in', ['practitioner', 'conference_chair', 'administrator', 'partnership_manager', 'agency_lead'])), name='post_change_remit_is_known'),
                    models.UniqueConstraint(fields=('practitioner', 'number'), name='post_changes_are_numbered_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('name__regex', '^\\s*$'), _negated=True), models.Q(('post__regex', '^\\s*$'), _negated=True)), name='post_has_a_holder_and_a_name'),
                    models.CheckConstraint(condition=models.Q(('hand_to__isnull', True), models.Q(('hand_to', models.F('practitioner')), _negated=True), _connector='OR'), name='post_is_handed_on_by_somebody_else'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('on', models.DateField()),
                ('post', models.CharField(max_length=200)),
                ('remit', models.CharField(max_length=30)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('confirmed_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('practitioner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.practitioner')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('practitioner', 'on'), name='confirmed_once_a_day'), models.CheckConstraint(condition=models.Q(('remit__in', ['practitioner', 'conference_chair', 'administrator', 'partnership_manager', 'agency_lead'])), name='confirmation_remit_is_known')],
            },
        ),
        migrations.CreateModel(
            name='ConfirmationNotice',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('due_on', models.DateField()),
                ('kind', models.CharField(choices=[('begun', 'Counting began'), ('listed', 'Administrators were reminded'), ('warned', 'The holder and the administrators were warned'), ('stopped', 'Stopped until confirmed')], max_length=20)),
                ('on', models.DateField()),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('practitioner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.practitioner')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['begun', 'listed', 'warned', 'stopped'])), name='confirmation_notice_kind_is_known'), models.UniqueConstraint(fields=('practitioner', 'due_on', 'kind'), name='confirmation_notice_is_given_once'), models.UniqueConstraint(condition=models.Q(('kind', 'begun')), fields=('practitioner',), name='confirmation_is_counted_from_one_day')],
            },
        ),
        *map(_dated, TABLES),
        *map(_append_only, TABLES),
    ]
