"""Row-level security of committees, accounts, families, the ledger and the rules."""

from django.db import migrations

from core.tenancy.operations import InstallPolicies
from core.tenancy.roles import STAFF_ROLES

# Runs as the owner, past the policies: memberships elsewhere are hidden from whoever asks.
SERVES_ONLY_BELOW = f"""
CREATE FUNCTION organizations_serves_only_below(account bigint, committee text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT committee <> '' AND NOT EXISTS (
        SELECT FROM organizations_membership m
        WHERE m.user_id = account AND m.revoked_at IS NULL
          AND coalesce(m.ends_on >= current_date, true)
          AND NOT starts_with(m.committee_id, committee)
    )
$$;
REVOKE ALL ON FUNCTION organizations_serves_only_below(bigint, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION organizations_serves_only_below(bigint, text) TO {", ".join(STAFF_ROLES)};
"""

SERVES_ANYWHERE = "DROP FUNCTION organizations_serves_only_below(bigint, text);"


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
        migrations.RunSQL(SERVES_ONLY_BELOW, SERVES_ANYWHERE),
        InstallPolicies("organizations.committees.policies.TABLES"),
        InstallPolicies("organizations.accounts.policies.IDENTITY_TABLES"),
        InstallPolicies("organizations.accounts.policies.TABLES"),
        InstallPolicies("organizations.rules.policies.TABLES"),
        InstallPolicies("organizations.ledger.policies.TABLES"),
        InstallPolicies("organizations.family.policies.TABLES"),
    ]
