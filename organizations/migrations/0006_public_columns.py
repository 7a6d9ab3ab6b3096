"""What of an organisation everybody may read: its name, not whom to ask there."""

from django.db import migrations

from core.tenancy.operations import InstallPolicies


class Migration(migrations.Migration):
    """Replaces what stood since the second migration."""

    dependencies = [("organizations", "0005_rules")]

    operations = [InstallPolicies("organizations.ledger.policies.TABLES")]
