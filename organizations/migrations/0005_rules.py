"""Rules that a province sets, each from a day on."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.tenancy.operations import InstallPolicies


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0004_access_from'),
    ]

    operations = [
        migrations.CreateModel(
            name='RuleValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40, verbose_name='rule')),
                ('value', models.IntegerField(verbose_name='value')),
                ('effective_from', models.DateField(verbose_name='from')),
                ('reason', models.CharField(max_length=200, verbose_name='reason')),
                ('set_by_label', models.CharField(max_length=60, verbose_name='set by')),
                ('set_at', models.DateTimeField(auto_now_add=True, verbose_name='set at')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('set_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'value of a rule',
                'verbose_name_plural': 'values of rules',
                'indexes': [models.Index(fields=['committee', 'key', 'effective_from'], name='rule_of_committee')],
            },
        ),
        InstallPolicies("organizations.rules.policies.TABLES"),
    ]
