"""Who stands at a merchant's counter."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.tenancy.operations import InstallPolicies


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0004_leaders'),
    ]

    operations = [
        migrations.CreateModel(
            name='Cashier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('merchant_id', models.BigIntegerField()),
                ('merchant_name', models.CharField(max_length=80, verbose_name='merchant')),
                ('name', models.CharField(max_length=50, verbose_name='name')),
                ('token_digest', models.BinaryField(max_length=32, unique=True)),
                ('invited_by_label', models.CharField(max_length=60, verbose_name='invited by')),
                ('invited_at', models.DateTimeField(auto_now_add=True, verbose_name='invited at')),
                ('expires_at', models.DateTimeField(verbose_name='link valid until')),
                ('joined_at', models.DateTimeField(null=True, verbose_name='joined at')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended at')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('user', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'cashier',
                'verbose_name_plural': 'cashiers',
                'indexes': [models.Index(fields=['merchant_id'], name='cashier_merchant')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('joined_at__isnull', True), ('user__isnull', True)), models.Q(('joined_at__isnull', False), ('user__isnull', False)), _connector='OR'), name='cashier_joins_with_an_account')],
            },
        ),
        InstallPolicies("organizations.cashiers.policies.TABLES"),
    ]
