"""Row-level security of jobs."""

from django.db import migrations

from core.tenancy.operations import InstallPolicies


class Migration(migrations.Migration):
    """The table stands in the first migration."""

    dependencies = [("core", "0001_initial")]

    operations = [InstallPolicies("core.jobs.policies.TABLES")]
