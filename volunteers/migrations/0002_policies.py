"""Row-level security of the registry."""

from django.db import migrations

from core.tenancy.operations import InstallPolicies


class Migration(migrations.Migration):
    """The tables stand in the first migration."""

    dependencies = [("volunteers", "0001_initial")]

    operations = [
        InstallPolicies("volunteers.registry.policies.TABLES"),
    ]
