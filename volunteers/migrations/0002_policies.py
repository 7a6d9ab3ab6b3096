"""Row-level security of the registry and the hours."""

from django.db import migrations

from core.tenancy.operations import InstallPolicies


class Migration(migrations.Migration):
    """The tables stand in the first migration."""

    dependencies = [("volunteers", "0001_initial")]

    operations = [
        InstallPolicies("volunteers.registry.policies.TABLES"),
        InstallPolicies("volunteers.hours.policies.TABLES"),
    ]
