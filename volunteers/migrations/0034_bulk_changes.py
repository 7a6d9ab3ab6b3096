"""Changes of many volunteers at once; the end of a pause; exports in full after an approval."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from core.tenancy.operations import InstallPolicies
from volunteers.registry.ownership import InstallReferences


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0007_family'),
        ('volunteers', '0033_histories_sealed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BulkChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('pause', 'pause'), ('reactivate', 'take up again'), ('withdraw', 'record the withdrawal'), ('move', 'move to another township of the county'), ('add_word', 'add a skill or another word'), ('drop_word', 'take a skill or another word away')], max_length=10, verbose_name='what')),
                ('back_on', models.DateField(null=True, verbose_name='expected back on')),
                ('reason', models.CharField(max_length=200, verbose_name='reason')),
                ('chosen', models.PositiveIntegerField(verbose_name='people chosen')),
                ('user_label', models.CharField(max_length=60, verbose_name='by')),
                ('job_id', models.BigIntegerField(null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
                ('done_at', models.DateTimeField(null=True, verbose_name='done at')),
                ('undone_at', models.DateTimeField(null=True, verbose_name='undone at')),
                ('undone_by_label', models.CharField(blank=True, max_length=60, verbose_name='undone by')),
                ('nonce', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                'verbose_name': 'change of many volunteers',
                'verbose_name_plural': 'changes of many volunteers',
            },
        ),
        migrations.CreateModel(
            name='BulkRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=12, verbose_name='portal number')),
                ('outcome', models.CharField(choices=[('waiting', 'waiting'), ('done', 'changed'), ('left', 'left out'), ('undone', 'put back'), ('kept', 'not put back')], default='waiting', max_length=7, verbose_name='outcome')),
                ('why', models.CharField(blank=True, max_length=20)),
                ('before', models.JSONField(default=dict)),
                ('event', models.BigIntegerField(null=True)),
            ],
            options={
                'verbose_name': 'person of a change of many',
                'verbose_name_plural': 'people of a change of many',
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='volunteer',
            name='update_update',
        ),
        migrations.RemoveConstraint(
            model_name='disclosure',
            name='disclosure_of_person_or_sheet',
        ),
        migrations.AddField(
            model_name='export',
            name='disclosure',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='exports', to='volunteers.disclosure'),
        ),
        migrations.AddField(
            model_name='volunteer',
            name='back_on',
            field=models.DateField(blank=True, null=True, verbose_name='expected back on'),
        ),
        migrations.AddField(
            model_name='volunteerhistory',
            name='back_on',
            field=models.DateField(blank=True, null=True, verbose_name='expected back on'),
        ),
        migrations.AlterField(
            model_name='export',
            name='kind',
            field=models.CharField(choices=[('volunteers', 'list of volunteers'), ('records', 'list of service records'), ('disclosures', 'audit of access to full data'), ('opened', 'full data of an approved access')], max_length=12, verbose_name='what'),
        ),
        migrations.AddIndex(
            model_name='volunteer',
            index=models.Index(condition=models.Q(('back_on__isnull', False), ('state', 'paused')), fields=['back_on'], name='volunteer_back_on'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='volunteer',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_volunteerhistory" ("back_on", "birth_date", "committee_id", "consent_evidence", "consent_on", "created_at", "gender", "guardian_consent_on", "guardian_name", "guardian_phone_mask", "id", "identity_mask", "initials", "name", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone_mask", "pinyin", "political_status", "registered_on", "skills", "source", "state") SELECT old_values."back_on", old_values."birth_date", old_values."committee_id", old_values."consent_evidence", old_values."consent_on", old_values."created_at", old_values."gender", old_values."guardian_consent_on", old_values."guardian_name", old_values."guardian_phone_mask", old_values."id", old_values."identity_mask", old_values."initials", old_values."name", old_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', old_values."id", old_values."phone_mask", old_values."pinyin", old_values."political_status", old_values."registered_on", old_values."skills", old_values."source", old_values."state" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."back_on" IS DISTINCT FROM (new_values."back_on") OR old_values."birth_date" IS DISTINCT FROM (new_values."birth_date") OR old_values."committee_id" IS DISTINCT FROM (new_values."committee_id") OR old_values."consent_evidence" IS DISTINCT FROM (new_values."consent_evidence") OR old_values."consent_on" IS DISTINCT FROM (new_values."consent_on") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."gender" IS DISTINCT FROM (new_values."gender") OR old_values."guardian_consent_on" IS DISTINCT FROM (new_values."guardian_consent_on") OR old_values."guardian_name" IS DISTINCT FROM (new_values."guardian_name") OR old_values."guardian_phone_mask" IS DISTINCT FROM (new_values."guardian_phone_mask") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."identity_mask" IS DISTINCT FROM (new_values."identity_mask") OR old_values."initials" IS DISTINCT FROM (new_values."initials") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."number" IS DISTINCT FROM (new_values."number") OR old_values."phone_mask" IS DISTINCT FROM (new_values."phone_mask") OR old_values."pinyin" IS DISTINCT FROM (new_values."pinyin") OR old_values."political_status" IS DISTINCT FROM (new_values."political_status") OR old_values."registered_on" IS DISTINCT FROM (new_values."registered_on") OR old_values."skills" IS DISTINCT FROM (new_values."skills") OR old_values."source" IS DISTINCT FROM (new_values."source") OR old_values."state" IS DISTINCT FROM (new_values."state")) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='7bdb1701b0c96abddff0e3b3ee3cf278d195814e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6cedd', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='volunteers_volunteer', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='disclosure',
            constraint=models.CheckConstraint(condition=models.Q(('volunteer__isnull', True), ('sheet__isnull', True), _connector='OR'), name='disclosure_of_person_or_sheet'),
        ),
        migrations.AddConstraint(
            model_name='export',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('disclosure__isnull', False), ('kind', 'opened')), models.Q(models.Q(('kind', 'opened'), _negated=True), ('disclosure__isnull', True)), _connector='OR'), name='export_opened_by_access'),
        ),
        migrations.AddField(
            model_name='bulkchange',
            name='committee',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee'),
        ),
        migrations.AddField(
            model_name='bulkchange',
            name='destination',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee'),
        ),
        migrations.AddField(
            model_name='bulkchange',
            name='term',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.term'),
        ),
        migrations.AddField(
            model_name='bulkchange',
            name='user',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='bulkrow',
            name='change',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='volunteers.bulkchange'),
        ),
        migrations.AddField(
            model_name='bulkrow',
            name='committee',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee'),
        ),
        migrations.AddField(
            model_name='bulkrow',
            name='volunteer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.volunteer'),
        ),
        migrations.AddIndex(
            model_name='bulkchange',
            index=models.Index(fields=['committee', '-id'], name='bulk_change_newest'),
        ),
        migrations.AddConstraint(
            model_name='bulkchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['add_word', 'drop_word']), ('term__isnull', False)), models.Q(('destination__isnull', False), ('kind', 'move')), ('kind__in', ['pause', 'reactivate', 'withdraw']), _connector='OR'), name='bulk_change_says_what'),
        ),
        migrations.AddIndex(
            model_name='bulkrow',
            index=models.Index(fields=['change', 'outcome', '-id'], name='bulk_row_outcome'),
        ),
        migrations.AddConstraint(
            model_name='bulkrow',
            constraint=models.UniqueConstraint(fields=('change', 'volunteer'), name='bulk_row_once'),
        ),
        InstallPolicies("volunteers.bulk.policies.TABLES"),
        InstallPolicies("volunteers.disclosure.policies.TABLES"),
        InstallReferences(),
    ]
