"""Imports as rows, and history that costs them less."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from core.tenancy.operations import InstallPolicies

# History is read record by record. An index on each foreign key of the largest history took a
# quarter of the time of an import, and nothing used it.
UNUSED_INDEXES = """
DO $$
DECLARE
    unused text;
BEGIN
    FOR unused IN
        SELECT i.indexrelid::regclass FROM pg_index i
        WHERE i.indrelid = 'volunteers_servicerecordhistory'::regclass AND NOT i.indisunique
          AND NOT EXISTS (
              SELECT FROM pg_attribute a
              WHERE a.attrelid = i.indexrelid AND a.attname = 'pgh_obj_id'
          )
    LOOP
        EXECUTE format('DROP INDEX %s', unused);
    END LOOP;
END $$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0003_epochs_and_standards'),
        ('volunteers', '0006_registry_search_and_approvals'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('volunteers', 'roster of volunteers'), ('hours', 'sheet of service hours'), ('ledger', 'ledger of organisations')], max_length=10, verbose_name='kind')),
                ('stage', models.CharField(choices=[('uploaded', 'being read'), ('columns', 'columns to choose'), ('checked', 'to be brought in'), ('done', 'brought in')], default='uploaded', max_length=8, verbose_name='state')),
                ('file_name', models.CharField(max_length=200, verbose_name='file')),
                ('file', models.CharField(blank=True, max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('refused_file', models.CharField(blank=True, max_length=200)),
                ('choices', models.JSONField(default=dict)),
                ('outline', models.JSONField(default=dict)),
                ('findings', models.JSONField(default=dict)),
                ('declaration', models.CharField(blank=True, max_length=200, verbose_name='declaration of consent')),
                ('rows', models.PositiveIntegerField(default=0, verbose_name='rows')),
                ('accepted', models.PositiveIntegerField(default=0, verbose_name='brought in')),
                ('refused', models.PositiveIntegerField(default=0, verbose_name='refused')),
                ('already', models.PositiveIntegerField(default=0, verbose_name='there already')),
                ('mended', models.BooleanField(default=False, verbose_name='refused rows dealt with')),
                ('imported_by_label', models.CharField(max_length=60, verbose_name='by')),
                ('job_id', models.BigIntegerField(null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
                ('finished_at', models.DateTimeField(null=True)),
                ('nonce', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('imported_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('mends', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='mended_by', to='volunteers.importrun')),
            ],
            options={
                'verbose_name': 'import',
                'verbose_name_plural': 'imports',
            },
        ),
        migrations.CreateModel(
            name='ImportFault',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveIntegerField(verbose_name='row')),
                ('field', models.CharField(max_length=20, verbose_name='field')),
                ('code', models.CharField(max_length=40)),
                ('params', models.JSONField(default=dict)),
                ('value', models.CharField(blank=True, max_length=60, verbose_name='as written')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='faults', to='volunteers.importrun')),
            ],
            options={
                'verbose_name': 'refused row',
                'verbose_name_plural': 'refused rows',
            },
        ),
        migrations.AddIndex(
            model_name='importrun',
            index=models.Index(fields=['committee', '-id'], name='import_committee_newest'),
        ),
        migrations.AddIndex(
            model_name='importrun',
            index=models.Index(fields=['sha256'], name='import_same_file'),
        ),
        migrations.AddIndex(
            model_name='importrun',
            index=models.Index(condition=models.Q(('mended', False), ('refused__gt', models.F('already')), ('stage', 'done')), fields=['committee'], name='import_to_mend'),
        ),
        migrations.AddConstraint(
            model_name='importrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'done'), _negated=True), ('finished_at__isnull', False), _connector='OR'), name='import_done_says_when'),
        ),
        migrations.AddConstraint(
            model_name='importfault',
            constraint=models.UniqueConstraint(fields=('run', 'row'), name='import_fault_row'),
        ),
        migrations.RunSQL(UNUSED_INDEXES, migrations.RunSQL.noop),
        InstallPolicies("volunteers.imports.policies.TABLES"),
    ]
