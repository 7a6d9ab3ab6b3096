"""Evidence: pictures that sheets of hours stand on."""

import django.contrib.postgres.functions
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models

from core.tenancy.operations import InstallPolicies


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0003_epochs_and_standards'),
        ('volunteers', '0010_rare_states'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='EvidenceFile',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('bundle', models.UUIDField()),
                ('kind', models.CharField(choices=[('jpeg', 'picture'), ('png', 'picture (PNG)'), ('heic', 'picture (HEIC)'), ('pdf', 'PDF')], max_length=4, verbose_name='kind')),
                ('name', models.CharField(max_length=120, verbose_name='file')),
                ('size', models.PositiveIntegerField(verbose_name='size')),
                ('pages', models.PositiveSmallIntegerField(verbose_name='pages')),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('uploaded_by_label', models.CharField(max_length=60, verbose_name='added by')),
                ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='added at')),
                ('removed_at', models.DateTimeField(null=True, verbose_name='removed at')),
                ('removed_by_label', models.CharField(blank=True, max_length=60, verbose_name='removed by')),
                ('held', models.BooleanField(default=False, editable=False)),
                ('swept_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'evidence',
                'verbose_name_plural': 'evidence',
            },
        ),
        migrations.CreateModel(
            name='EvidenceFileHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('bundle', models.UUIDField()),
                ('kind', models.CharField(choices=[('jpeg', 'picture'), ('png', 'picture (PNG)'), ('heic', 'picture (HEIC)'), ('pdf', 'PDF')], max_length=4, verbose_name='kind')),
                ('name', models.CharField(max_length=120, verbose_name='file')),
                ('size', models.PositiveIntegerField(verbose_name='size')),
                ('pages', models.PositiveSmallIntegerField(verbose_name='pages')),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('uploaded_by_label', models.CharField(max_length=60, verbose_name='added by')),
                ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='added at')),
                ('removed_at', models.DateTimeField(null=True, verbose_name='removed at')),
                ('removed_by_label', models.CharField(blank=True, max_length=60, verbose_name='removed by')),
                ('held', models.BooleanField(default=False, editable=False)),
                ('swept_at', models.DateTimeField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='hourssheet',
            name='evidence_key',
            field=models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), default=uuid.uuid4, editable=False),
        ),
        migrations.AddIndex(
            model_name='hourssheet',
            index=models.Index(fields=['evidence_key'], name='sheet_evidence'),
        ),
        migrations.AddField(
            model_name='evidencefile',
            name='committee',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee'),
        ),
        migrations.AddField(
            model_name='evidencefile',
            name='uploaded_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='evidencefilehistory',
            name='committee',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.committee', verbose_name='committee'),
        ),
        migrations.AddField(
            model_name='evidencefilehistory',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='historys', to='volunteers.evidencefile'),
        ),
        migrations.AddField(
            model_name='evidencefilehistory',
            name='uploaded_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='evidencefile',
            index=models.Index(fields=['bundle', 'uploaded_at'], name='evidence_bundle'),
        ),
        migrations.AddIndex(
            model_name='evidencefile',
            index=models.Index(condition=models.Q(('swept_at__isnull', True), models.Q(('held', False), ('removed_at__isnull', False), _connector='OR')), fields=['uploaded_at'], name='evidence_to_sweep'),
        ),
        migrations.AddConstraint(
            model_name='evidencefile',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at__isnull', True)), fields=('bundle', 'sha256'), name='evidence_file_once'),
        ),
        migrations.AddConstraint(
            model_name='evidencefile',
            constraint=models.CheckConstraint(condition=models.Q(('swept_at__isnull', True), ('removed_at__isnull', False), _connector='OR'), name='evidence_swept_was_removed'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidencefile',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_evidencefilehistory" ("bundle", "committee_id", "height", "held", "id", "kind", "name", "pages", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "removed_by_label", "sha256", "size", "swept_at", "uploaded_at", "uploaded_by_id", "uploaded_by_label", "width") SELECT new_values."bundle", new_values."committee_id", new_values."height", new_values."held", new_values."id", new_values."kind", new_values."name", new_values."pages", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."removed_at", new_values."removed_by_label", new_values."sha256", new_values."size", new_values."swept_at", new_values."uploaded_at", new_values."uploaded_by_id", new_values."uploaded_by_label", new_values."width" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3a0ab035410121664bcee159bca6b3936c7a4a94', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_67a68', referencing='REFERENCING NEW TABLE AS new_values ', table='volunteers_evidencefile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidencefile',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_evidencefilehistory" ("bundle", "committee_id", "height", "held", "id", "kind", "name", "pages", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "removed_by_label", "sha256", "size", "swept_at", "uploaded_at", "uploaded_by_id", "uploaded_by_label", "width") SELECT new_values."bundle", new_values."committee_id", new_values."height", new_values."held", new_values."id", new_values."kind", new_values."name", new_values."pages", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."removed_at", new_values."removed_by_label", new_values."sha256", new_values."size", new_values."swept_at", new_values."uploaded_at", new_values."uploaded_by_id", new_values."uploaded_by_label", new_values."width" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e94026687719c151331ad553303160dfed7844a8', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1979a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='volunteers_evidencefile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidencefilehistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d8537a2949e5c0f49a640b8a8a3cad12a5045e10', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e59fe', table='volunteers_evidencefilehistory', when='BEFORE')),
        ),
        InstallPolicies("volunteers.evidence.policies.TABLES"),
    ]
