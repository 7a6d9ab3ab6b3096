"""Row-level security of all tables of people and hours."""

from django.db import migrations

from core.tenancy.operations import InstallPolicies
from core.tenancy.roles import Role

# Drafts are looked up before pictures of theirs are swept.
SEEN_BY_JOBS = f"GRANT SELECT ON volunteers_draft TO {Role.JOB};"

UNSEEN_BY_JOBS = f"REVOKE SELECT ON volunteers_draft FROM {Role.JOB};"


class Migration(migrations.Migration):

    dependencies = [
        ("volunteers", "0012_sealing"),
        ("organizations", "0002_policies"),
    ]

    operations = [
        InstallPolicies("volunteers.totals.policies.TABLES"),
        InstallPolicies("volunteers.hours.policies.TABLES"),
        InstallPolicies("volunteers.registry.policies.TABLES"),
        InstallPolicies("volunteers.imports.policies.TABLES"),
        InstallPolicies("volunteers.evidence.policies.TABLES"),
        InstallPolicies("volunteers.exports.policies.TABLES"),
        InstallPolicies("volunteers.signals.policies.TABLES"),
        InstallPolicies("volunteers.privacy.policies.TABLES"),
        InstallPolicies("volunteers.claims.policies.TABLES"),
        InstallPolicies("volunteers.guardians.policies.TABLES"),
        InstallPolicies("volunteers.duplicates.policies.TABLES"),
        InstallPolicies("volunteers.desk.policies.TABLES"),
        InstallPolicies("volunteers.duplicates.policies.MERGE_TABLES"),
        InstallPolicies("volunteers.duplicates.policies.PAIR_TABLES"),
        InstallPolicies("volunteers.spotchecks.policies.TABLES"),
        InstallPolicies("volunteers.exports.policies.PEOPLE_TABLES"),
        InstallPolicies("volunteers.transfers.policies.TABLES"),
        InstallPolicies("volunteers.bulk.policies.TABLES"),
        InstallPolicies("volunteers.disclosure.policies.TABLES"),
        migrations.RunSQL(SEEN_BY_JOBS, UNSEEN_BY_JOBS),
    ]
