"""Entries that may be of one person."""

import django.db.models.deletion
from django.db import migrations, models

from core.tenancy.operations import InstallPolicies
from volunteers.registry.ownership import InstallReferences


class Migration(migrations.Migration):

    dependencies = [
        ("organizations", "0005_rules"),
        ("volunteers", "0025_vocabulary"),
    ]

    operations = [
        migrations.CreateModel(
            name='DuplicatePair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(choices=[('birth', 'same name and birth date'), ('phone', 'same telephone and name')], max_length=5)),
                ('found_at', models.DateTimeField(verbose_name='found at')),
                ('dismissed_at', models.DateTimeField(null=True, verbose_name='dismissed at')),
                ('dismissed_by_label', models.CharField(blank=True, max_length=60, verbose_name='dismissed by')),
                ('dismiss_reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('first', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='volunteers.volunteer')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='volunteers.volunteer')),
            ],
            options={
                'verbose_name': 'probable duplicate',
                'verbose_name_plural': 'probable duplicates',
                'indexes': [models.Index(condition=models.Q(('dismissed_at__isnull', True)), fields=['committee', '-id'], name='pair_open')],
                'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='pair_once'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='pair_in_order')],
            },
        ),
        InstallPolicies("volunteers.duplicates.policies.PAIR_TABLES"),
        InstallReferences(),
    ]
