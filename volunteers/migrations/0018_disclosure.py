"""Access to full data for a time, approved by a second person."""

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models



class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0007_family'),
        ('volunteers', '0017_privacy'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='export',
            name='kind',
            field=models.CharField(choices=[('volunteers', 'list of volunteers'), ('records', 'list of service records'), ('disclosures', 'audit of access to full data')], max_length=12, verbose_name='what'),
        ),
        migrations.AlterField(
            model_name='identityreveal',
            name='field',
            field=models.CharField(choices=[('number', 'identity number'), ('phone', 'telephone'), ('guardian_phone', "guardian's telephone"), ('all', 'all numbers')], max_length=14, verbose_name='what'),
        ),
        migrations.CreateModel(
            name='Disclosure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='whose data')),
                ('people', models.PositiveIntegerField(verbose_name='people')),
                ('reason', models.CharField(max_length=200, verbose_name='reason')),
                ('hours', models.PositiveSmallIntegerField(choices=[(1, '1 hour'), (8, '8 hours'), (24, '24 hours'), (72, '3 days')], verbose_name='for how long')),
                ('state', models.CharField(choices=[('asked', 'asked'), ('open', 'open'), ('declined', 'declined'), ('ended', 'ended early')], default='asked', max_length=8, verbose_name='state')),
                ('asked_by_label', models.CharField(max_length=60, verbose_name='asked by')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='asked at')),
                ('answered_by_label', models.CharField(blank=True, max_length=60, verbose_name='answered by')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='answered at')),
                ('expires_at', models.DateTimeField(null=True, verbose_name='open until')),
                ('ended_by_label', models.CharField(blank=True, max_length=60, verbose_name='ended by')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended at')),
                ('answered_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('sheet', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.hourssheet')),
                ('volunteer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='disclosures', to='volunteers.volunteer')),
            ],
            options={
                'verbose_name': 'access to full data',
                'verbose_name_plural': 'accesses to full data',
            },
        ),
        migrations.CreateModel(
            name='DisclosedPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disclosed', to='volunteers.volunteer')),
                ('disclosure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='persons', to='volunteers.disclosure')),
            ],
            options={
                'verbose_name': 'person of an access',
                'verbose_name_plural': 'people of an access',
            },
        ),
        migrations.CreateModel(
            name='DisclosureHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=200, verbose_name='whose data')),
                ('people', models.PositiveIntegerField(verbose_name='people')),
                ('reason', models.CharField(max_length=200, verbose_name='reason')),
                ('hours', models.PositiveSmallIntegerField(choices=[(1, '1 hour'), (8, '8 hours'), (24, '24 hours'), (72, '3 days')], verbose_name='for how long')),
                ('state', models.CharField(choices=[('asked', 'asked'), ('open', 'open'), ('declined', 'declined'), ('ended', 'ended early')], default='asked', max_length=8, verbose_name='state')),
                ('asked_by_label', models.CharField(max_length=60, verbose_name='asked by')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='asked at')),
                ('answered_by_label', models.CharField(blank=True, max_length=60, verbose_name='answered by')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='answered at')),
                ('expires_at', models.DateTimeField(null=True, verbose_name='open until')),
                ('ended_by_label', models.CharField(blank=True, max_length=60, verbose_name='ended by')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended at')),
                ('answered_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('committee', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.committee', verbose_name='committee')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='historys', to='volunteers.disclosure')),
                ('sheet', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='volunteers.hourssheet')),
                ('volunteer', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='volunteers.volunteer')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DisclosureLook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('people', models.PositiveIntegerField(verbose_name='people')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('disclosure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='looks', to='volunteers.disclosure')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'look at disclosed data',
                'verbose_name_plural': 'looks at disclosed data',
                'ordering': ['-at'],
            },
        ),
        migrations.AddIndex(
            model_name='disclosure',
            index=models.Index(fields=['committee', '-id'], name='disclosure_committee_newest'),
        ),
        migrations.AddIndex(
            model_name='disclosure',
            index=models.Index(fields=['asked_by', '-id'], name='disclosure_asker_newest'),
        ),
        migrations.AddIndex(
            model_name='disclosure',
            index=models.Index(condition=models.Q(('state', 'asked')), fields=['id'], name='disclosure_asked'),
        ),
        migrations.AddConstraint(
            model_name='disclosure',
            constraint=models.CheckConstraint(condition=models.Q(('answered_by__isnull', True), models.Q(('answered_by', models.F('asked_by')), _negated=True), _connector='OR'), name='disclosure_by_second_person'),
        ),
        migrations.AddConstraint(
            model_name='disclosure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'open'), _negated=True), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('expires_at__isnull', False)), _connector='OR'), name='disclosure_open_says_until'),
        ),
        migrations.AddConstraint(
            model_name='disclosure',
            constraint=models.CheckConstraint(condition=models.Q(('hours__gte', 1), ('hours__lte', 72)), name='disclosure_hours_bounded'),
        ),
        migrations.AddConstraint(
            model_name='disclosure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sheet__isnull', True), ('volunteer__isnull', False)), models.Q(('sheet__isnull', False), ('volunteer__isnull', True)), _connector='OR'), name='disclosure_of_person_or_sheet'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='disclosure',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_disclosurehistory" ("answered_at", "answered_by_id", "answered_by_label", "asked_at", "asked_by_id", "asked_by_label", "committee_id", "ended_at", "ended_by_label", "expires_at", "hours", "id", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sheet_id", "state", "title", "volunteer_id") SELECT new_values."answered_at", new_values."answered_by_id", new_values."answered_by_label", new_values."asked_at", new_values."asked_by_id", new_values."asked_by_label", new_values."committee_id", new_values."ended_at", new_values."ended_by_label", new_values."expires_at", new_values."hours", new_values."id", new_values."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."reason", new_values."sheet_id", new_values."state", new_values."title", new_values."volunteer_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='96ad979f4c9cde2e17c228ae2789ee2f745bcb50', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d15e9', referencing='REFERENCING NEW TABLE AS new_values ', table='volunteers_disclosure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='disclosure',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_disclosurehistory" ("answered_at", "answered_by_id", "answered_by_label", "asked_at", "asked_by_id", "asked_by_label", "committee_id", "ended_at", "ended_by_label", "expires_at", "hours", "id", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sheet_id", "state", "title", "volunteer_id") SELECT new_values."answered_at", new_values."answered_by_id", new_values."answered_by_label", new_values."asked_at", new_values."asked_by_id", new_values."asked_by_label", new_values."committee_id", new_values."ended_at", new_values."ended_by_label", new_values."expires_at", new_values."hours", new_values."id", new_values."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."reason", new_values."sheet_id", new_values."state", new_values."title", new_values."volunteer_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fd5e822bcec7e102895579996685d273bf682ec3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_856d1', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='volunteers_disclosure', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='disclosedperson',
            constraint=models.UniqueConstraint(fields=('disclosure', 'volunteer'), name='disclosed_person_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='disclosurehistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8ef7594bed26a2ad7cf15dc6afe8c25f979ca565', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4c3fb', table='volunteers_disclosurehistory', when='BEFORE')),
        ),
    ]
