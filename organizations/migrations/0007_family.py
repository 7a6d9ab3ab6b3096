"""Accounts that act for children."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from core.tenancy.operations import InstallPolicies


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0006_public_columns'),
    ]

    operations = [
        migrations.CreateModel(
            name='FamilyTie',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('volunteer_id', models.BigIntegerField()),
                ('child_name', models.CharField(max_length=50, verbose_name='child')),
                ('until', models.DateField(verbose_name='until')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended at')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='family_ties', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'family tie',
                'verbose_name_plural': 'family ties',
                'indexes': [models.Index(fields=['volunteer_id'], name='family_tie_child')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('user', 'volunteer_id'), name='family_tie_once')],
            },
        ),
        InstallPolicies('organizations.family.policies.TABLES'),
    ]
