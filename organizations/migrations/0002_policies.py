"""Row-level security of committees, accounts and the ledger."""

from django.db import migrations

from core.tenancy.operations import InstallPolicies


class Migration(migrations.Migration):
    """Needs the tables of the libraries that log people in."""

    dependencies = [
        ("organizations", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("axes", "0010_accessattemptexpiration"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("django_celery_beat", "0019_alter_periodictasks_options"),
        ("guardian", "0003_remove_groupobjectpermission_guardian_gr_content_ae6aec_idx_and_more"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        InstallPolicies("organizations.committees.policies.TABLES"),
        InstallPolicies("organizations.accounts.policies.IDENTITY_TABLES"),
    ]
