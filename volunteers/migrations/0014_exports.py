"""Lists taken along as files."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.tenancy.operations import InstallPolicies


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0006_public_columns'),
        ('volunteers', '0013_desk_find'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('volunteers', 'list of volunteers'), ('records', 'list of service records')], max_length=12, verbose_name='what')),
                ('form', models.CharField(choices=[('xlsx', 'workbook (xlsx)'), ('csv', 'text file (csv)')], max_length=4, verbose_name='kind of file')),
                ('asked', models.JSONField(default=dict)),
                ('file', models.CharField(blank=True, max_length=200)),
                ('rows', models.PositiveIntegerField(default=0, verbose_name='rows')),
                ('user_label', models.CharField(max_length=60, verbose_name='by')),
                ('job_id', models.BigIntegerField(null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
                ('expires_at', models.DateTimeField(null=True, verbose_name='kept until')),
                ('nonce', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'export',
                'verbose_name_plural': 'exports',
                'indexes': [models.Index(fields=['committee', '-id'], name='export_committee_newest'), models.Index(fields=['user', '-id'], name='export_user_newest'), models.Index(condition=models.Q(('file', ''), _negated=True), fields=['expires_at'], name='export_kept')],
            },
        ),
        InstallPolicies('volunteers.exports.policies.TABLES'),
    ]
