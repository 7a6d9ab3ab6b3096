"""Sessions that end at once, reasons of revoking, standards lost and won again."""

import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

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
    """The policy on accounts asks the function."""

    dependencies = [
        ('organizations', '0002_policies'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='membership',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='membership',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='organization',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='organization',
            name='update_update',
        ),
        migrations.AddField(
            model_name='apitoken',
            name='epoch',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='membership',
            name='revoke_reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='reason'),
        ),
        migrations.AddField(
            model_name='membershiphistory',
            name='revoke_reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='reason'),
        ),
        migrations.AddField(
            model_name='organization',
            name='earlier_standards',
            field=django.contrib.postgres.fields.ArrayField(base_field=django.contrib.postgres.fields.ranges.DateRangeField(), default=list, editable=False, size=None),
        ),
        migrations.AddField(
            model_name='organizationhistory',
            name='earlier_standards',
            field=django.contrib.postgres.fields.ArrayField(base_field=django.contrib.postgres.fields.ranges.DateRangeField(), default=list, editable=False, size=None),
        ),
        migrations.AddField(
            model_name='user',
            name='session_epoch',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organizations_membershiphistory" ("committee_id", "ends_on", "granted_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoke_reason", "revoked_at", "role", "starts_on", "user_id") SELECT new_values."committee_id", new_values."ends_on", new_values."granted_by_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."revoke_reason", new_values."revoked_at", new_values."role", new_values."starts_on", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='df83ba6934a89c8699d5d104767edb38ba483e43', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_df650', referencing='REFERENCING NEW TABLE AS new_values ', table='organizations_membership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organizations_membershiphistory" ("committee_id", "ends_on", "granted_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoke_reason", "revoked_at", "role", "starts_on", "user_id") SELECT new_values."committee_id", new_values."ends_on", new_values."granted_by_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."revoke_reason", new_values."revoked_at", new_values."role", new_values."starts_on", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e85b8ce1d8cee83f1359f4980a4668d52d3d9653', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6cb9e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='organizations_membership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organization',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organizations_organizationhistory" ("closed_on", "committee_id", "earlier_standards", "founded_on", "id", "kind", "name", "notes", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registered_with_civil_affairs", "reported_volunteers", "responsible_person", "standardised_on", "standardised_until") SELECT new_values."closed_on", new_values."committee_id", new_values."earlier_standards", new_values."founded_on", new_values."id", new_values."kind", new_values."name", new_values."notes", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."registered_with_civil_affairs", new_values."reported_volunteers", new_values."responsible_person", new_values."standardised_on", new_values."standardised_until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a13dde69be4b004b0d9ea379108bb4ddc6f7416b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_5a753', referencing='REFERENCING NEW TABLE AS new_values ', table='organizations_organization', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organization',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organizations_organizationhistory" ("closed_on", "committee_id", "earlier_standards", "founded_on", "id", "kind", "name", "notes", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registered_with_civil_affairs", "reported_volunteers", "responsible_person", "standardised_on", "standardised_until") SELECT new_values."closed_on", new_values."committee_id", new_values."earlier_standards", new_values."founded_on", new_values."id", new_values."kind", new_values."name", new_values."notes", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."registered_with_civil_affairs", new_values."reported_volunteers", new_values."responsible_person", new_values."standardised_on", new_values."standardised_until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='eb27cb8b5e464502319263ac39676330306ac8cb', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_73a92', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='organizations_organization', when='AFTER')),
        ),
        migrations.RunSQL(SERVES_ONLY_BELOW, SERVES_ANYWHERE),
        InstallPolicies("organizations.accounts.policies.TABLES"),
    ]
