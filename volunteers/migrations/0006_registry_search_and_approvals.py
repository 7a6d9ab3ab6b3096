"""Search by pinyin, who registered whom, and approvals of looks at minors' identifiers."""

import django.db.models.deletion
import django.db.models.functions.text
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import volunteers.registry.models
from django.conf import settings
from django.db import migrations, models

from core.tenancy.operations import InstallPolicies


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0002_policies'),
        ('volunteers', '0005_numbers_and_visitors'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RevealApproval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(choices=[('number', 'identity number'), ('phone', 'telephone'), ('guardian_phone', "guardian's telephone")], max_length=14, verbose_name='what')),
                ('reason', models.CharField(max_length=200, verbose_name='reason')),
                ('state', models.CharField(choices=[('asked', 'asked'), ('approved', 'approved'), ('declined', 'declined'), ('used', 'used'), ('lapsed', 'lapsed')], default='asked', max_length=8, verbose_name='state')),
                ('asked_by_label', models.CharField(max_length=60, verbose_name='asked by')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='asked at')),
                ('answered_by_label', models.CharField(blank=True, max_length=60, verbose_name='answered by')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='answered at')),
                ('expires_at', models.DateTimeField(null=True, verbose_name='holds until')),
            ],
            options={
                'verbose_name': 'approval of a look',
                'verbose_name_plural': 'approvals of looks',
            },
        ),
        migrations.CreateModel(
            name='RevealApprovalHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('field', models.CharField(choices=[('number', 'identity number'), ('phone', 'telephone'), ('guardian_phone', "guardian's telephone")], max_length=14, verbose_name='what')),
                ('reason', models.CharField(max_length=200, verbose_name='reason')),
                ('state', models.CharField(choices=[('asked', 'asked'), ('approved', 'approved'), ('declined', 'declined'), ('used', 'used'), ('lapsed', 'lapsed')], default='asked', max_length=8, verbose_name='state')),
                ('asked_by_label', models.CharField(max_length=60, verbose_name='asked by')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='asked at')),
                ('answered_by_label', models.CharField(blank=True, max_length=60, verbose_name='answered by')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='answered at')),
                ('expires_at', models.DateTimeField(null=True, verbose_name='holds until')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='volunteer',
            name='update_update',
        ),
        migrations.AddField(
            model_name='volunteer',
            name='nonce',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='volunteer',
            name='registered_by',
            field=models.ForeignKey(db_default=volunteers.registry.models.ActingUser(), db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='volunteer',
            name='spelling',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Replace('pinyin', models.Value(' ')), output_field=models.CharField(db_collation='C', max_length=150)),
        ),
        migrations.AddIndex(
            model_name='volunteer',
            index=models.Index(fields=['tier3', 'spelling'], name='volunteer_tier3_spelling'),
        ),
        migrations.AddIndex(
            model_name='volunteer',
            index=models.Index(fields=['initials'], name='volunteer_initials'),
        ),
        migrations.AddIndex(
            model_name='volunteer',
            index=models.Index(fields=['spelling'], name='volunteer_spelling'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='volunteer',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_volunteerhistory" ("birth_date", "committee_id", "consent_evidence", "consent_on", "created_at", "gender", "guardian_consent_on", "guardian_name", "guardian_phone_mask", "id", "identity_mask", "initials", "name", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone_mask", "pinyin", "political_status", "registered_on", "skills", "source", "state") SELECT old_values."birth_date", old_values."committee_id", old_values."consent_evidence", old_values."consent_on", old_values."created_at", old_values."gender", old_values."guardian_consent_on", old_values."guardian_name", old_values."guardian_phone_mask", old_values."id", old_values."identity_mask", old_values."initials", old_values."name", old_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', old_values."id", old_values."phone_mask", old_values."pinyin", old_values."political_status", old_values."registered_on", old_values."skills", old_values."source", old_values."state" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."birth_date" IS DISTINCT FROM (new_values."birth_date") OR old_values."committee_id" IS DISTINCT FROM (new_values."committee_id") OR old_values."consent_evidence" IS DISTINCT FROM (new_values."consent_evidence") OR old_values."consent_on" IS DISTINCT FROM (new_values."consent_on") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."gender" IS DISTINCT FROM (new_values."gender") OR old_values."guardian_consent_on" IS DISTINCT FROM (new_values."guardian_consent_on") OR old_values."guardian_name" IS DISTINCT FROM (new_values."guardian_name") OR old_values."guardian_phone_mask" IS DISTINCT FROM (new_values."guardian_phone_mask") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."identity_mask" IS DISTINCT FROM (new_values."identity_mask") OR old_values."initials" IS DISTINCT FROM (new_values."initials") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."number" IS DISTINCT FROM (new_values."number") OR old_values."phone_mask" IS DISTINCT FROM (new_values."phone_mask") OR old_values."pinyin" IS DISTINCT FROM (new_values."pinyin") OR old_values."political_status" IS DISTINCT FROM (new_values."political_status") OR old_values."registered_on" IS DISTINCT FROM (new_values."registered_on") OR old_values."skills" IS DISTINCT FROM (new_values."skills") OR old_values."source" IS DISTINCT FROM (new_values."source") OR old_values."state" IS DISTINCT FROM (new_values."state")) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='db71779762c1473be0c4e694b28f64e0c32e5901', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6cedd', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='volunteers_volunteer', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='volunteer',
            constraint=models.UniqueConstraint(condition=models.Q(('nonce__isnull', False)), fields=('nonce',), name='volunteer_nonce_once'),
        ),
        migrations.AddField(
            model_name='revealapproval',
            name='answered_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='revealapproval',
            name='asked_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='revealapproval',
            name='committee',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee'),
        ),
        migrations.AddField(
            model_name='revealapproval',
            name='reveal',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='approval', to='volunteers.identityreveal'),
        ),
        migrations.AddField(
            model_name='revealapproval',
            name='volunteer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='volunteers.volunteer'),
        ),
        migrations.AddField(
            model_name='revealapprovalhistory',
            name='answered_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='revealapprovalhistory',
            name='asked_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='revealapprovalhistory',
            name='committee',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.committee', verbose_name='committee'),
        ),
        migrations.AddField(
            model_name='revealapprovalhistory',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='historys', to='volunteers.revealapproval'),
        ),
        migrations.AddField(
            model_name='revealapprovalhistory',
            name='reveal',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='volunteers.identityreveal'),
        ),
        migrations.AddField(
            model_name='revealapprovalhistory',
            name='volunteer',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='volunteers.volunteer'),
        ),
        migrations.AddIndex(
            model_name='revealapproval',
            index=models.Index(fields=['volunteer', '-id'], name='approval_volunteer'),
        ),
        migrations.AddIndex(
            model_name='revealapproval',
            index=models.Index(condition=models.Q(('state', 'asked')), fields=['committee', 'id'], name='approval_asked'),
        ),
        migrations.AddConstraint(
            model_name='revealapproval',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'approved'])), fields=('volunteer', 'field', 'asked_by'), name='approval_open_once'),
        ),
        migrations.AddConstraint(
            model_name='revealapproval',
            constraint=models.CheckConstraint(condition=models.Q(('answered_by__isnull', True), models.Q(('answered_by', models.F('asked_by')), _negated=True), _connector='OR'), name='approval_by_second_person'),
        ),
        migrations.AddConstraint(
            model_name='revealapproval',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reveal__isnull', False), ('state', 'used')), models.Q(models.Q(('state', 'used'), _negated=True), ('reveal__isnull', True)), _connector='OR'), name='approval_used_for_a_look'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='revealapproval',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_revealapprovalhistory" ("answered_at", "answered_by_id", "answered_by_label", "asked_at", "asked_by_id", "asked_by_label", "committee_id", "expires_at", "field", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reveal_id", "state", "volunteer_id") SELECT new_values."answered_at", new_values."answered_by_id", new_values."answered_by_label", new_values."asked_at", new_values."asked_by_id", new_values."asked_by_label", new_values."committee_id", new_values."expires_at", new_values."field", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."reason", new_values."reveal_id", new_values."state", new_values."volunteer_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2cc8cf9ac36aa33aa66c422286f440089aa19bca', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_24e98', referencing='REFERENCING NEW TABLE AS new_values ', table='volunteers_revealapproval', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='revealapproval',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_revealapprovalhistory" ("answered_at", "answered_by_id", "answered_by_label", "asked_at", "asked_by_id", "asked_by_label", "committee_id", "expires_at", "field", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reveal_id", "state", "volunteer_id") SELECT new_values."answered_at", new_values."answered_by_id", new_values."answered_by_label", new_values."asked_at", new_values."asked_by_id", new_values."asked_by_label", new_values."committee_id", new_values."expires_at", new_values."field", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."reason", new_values."reveal_id", new_values."state", new_values."volunteer_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='982bc537f843295c15f46fa9124c40f3701d62a1', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b6505', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='volunteers_revealapproval', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='revealapprovalhistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='60dd69d15c582ca18b3099f13f28505819be6d65', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_02063', table='volunteers_revealapprovalhistory', when='BEFORE')),
        ),
        InstallPolicies('volunteers.registry.policies.TABLES'),
    ]
