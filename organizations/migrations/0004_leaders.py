"""Who leads an organisation."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from core.tenancy.operations import InstallPolicies


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0003_contacts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Leadership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organization_name', models.CharField(max_length=120, verbose_name='organisation')),
                ('volunteer_id', models.BigIntegerField()),
                ('since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended at')),
                ('organization', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'verbose_name': 'leadership',
                'verbose_name_plural': 'leaderships',
                'indexes': [models.Index(fields=['volunteer_id'], name='leadership_volunteer')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('organization', 'volunteer_id'), name='leadership_once')],
            },
        ),
        InstallPolicies("organizations.leaders.policies.TABLES"),
    ]
