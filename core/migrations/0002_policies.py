"""Row-level security of jobs, messages and one-time codes."""

from django.db import migrations

from core.tenancy.operations import InstallPolicies


class Migration(migrations.Migration):

    dependencies = [
        ("core", "0001_initial"),
    ]

    operations = [
        InstallPolicies("core.jobs.policies.TABLES"),
        InstallPolicies("core.messages.policies.TABLES"),
    ]
