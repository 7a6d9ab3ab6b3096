"""Who has moved to another committee goes on reading where benefits were used before."""

from django.db import migrations

from core.tenancy.operations import InstallPolicies


class Migration(migrations.Migration):

    dependencies = [
        ('incentives', '0002_guards'),
    ]

    operations = [
        InstallPolicies("incentives.merchants.policies.TABLES"),
    ]
