"""Leaders of teams, calls for a team or a group, and groups that sign up together."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from core.tenancy.operations import InstallPolicies, RemovePolicies
from core.tenancy.roles import LOGIN_ROLE

# As its owner: accounts learn who leads, and nobody writes it by hand. A merge moves memberships.
LEAD = """
CREATE FUNCTION volunteers_lead_team() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.role = 'leader' AND OLD.ended_at IS NULL AND (
        NEW.role <> 'leader' OR NEW.ended_at IS NOT NULL OR NEW.volunteer_id <> OLD.volunteer_id)
    THEN
        UPDATE organizations_leadership SET ended_at = now()
        WHERE organization_id = OLD.organization_id AND volunteer_id = OLD.volunteer_id
          AND ended_at IS NULL;
    END IF;
    IF NEW.role = 'leader' AND NEW.ended_at IS NULL THEN
        INSERT INTO organizations_leadership (organization_id, organization_name, volunteer_id, since)
        SELECT o.id, o.name, NEW.volunteer_id, now()
        FROM organizations_organization o WHERE o.id = NEW.organization_id
        ON CONFLICT (organization_id, volunteer_id) WHERE ended_at IS NULL DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION volunteers_lead_team() FROM PUBLIC;
CREATE TRIGGER team_led AFTER INSERT OR UPDATE OF role, ended_at, volunteer_id
    ON volunteers_teammember FOR EACH ROW EXECUTE FUNCTION volunteers_lead_team();
"""
LED_SO_FAR = """
INSERT INTO organizations_leadership (organization_id, organization_name, volunteer_id, since)
SELECT o.id, o.name, m.volunteer_id, m.joined_at
FROM volunteers_teammember m JOIN organizations_organization o ON o.id = m.organization_id
WHERE m.role = 'leader' AND m.ended_at IS NULL ON CONFLICT DO NOTHING;
"""
# Before a scope is open the login role reads no team: it asks for one person, and learns yes or no.
LEADS = f"""
CREATE FUNCTION volunteers_leads(leadership bigint, account bigint, person bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM organizations_leadership l
        JOIN organizations_user u ON u.volunteer_id = l.volunteer_id AND u.is_active
        JOIN volunteers_teammember m ON m.organization_id = l.organization_id
        WHERE l.id = leadership AND l.ended_at IS NULL AND u.id = account
          AND m.volunteer_id = person AND m.ended_at IS NULL)
$$;
REVOKE ALL ON FUNCTION volunteers_leads(bigint, bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_leads(bigint, bigint, bigint) TO {LOGIN_ROLE};
"""


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0004_leaders'),
        ('volunteers', '0036_points'),
    ]

    operations = [
        RemovePolicies("volunteers.activities.policies.TABLES"),
        pgtrigger.migrations.RemoveTrigger(
            model_name='activity',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='activity',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='signup',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='signup',
            name='update_update',
        ),
        migrations.AddField(
            model_name='activity',
            name='invited_group',
            field=models.CharField(blank=True, max_length=30, verbose_name='which group'),
        ),
        migrations.AddField(
            model_name='activityhistory',
            name='invited_group',
            field=models.CharField(blank=True, max_length=30, verbose_name='which group'),
        ),
        migrations.AddField(
            model_name='signup',
            name='team',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization', verbose_name='signed up with the team'),
        ),
        migrations.AddField(
            model_name='signuphistory',
            name='team',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization', verbose_name='signed up with the team'),
        ),
        migrations.AlterField(
            model_name='activity',
            name='invited',
            field=models.CharField(choices=[('everybody', 'every volunteer'), ('committee', 'volunteers of the committee'), ('organization', "members of the organiser's team"), ('group', "one group of the organiser's team")], default='everybody', max_length=12, verbose_name='who may sign up'),
        ),
        migrations.AlterField(
            model_name='activityhistory',
            name='invited',
            field=models.CharField(choices=[('everybody', 'every volunteer'), ('committee', 'volunteers of the committee'), ('organization', "members of the organiser's team"), ('group', "one group of the organiser's team")], default='everybody', max_length=12, verbose_name='who may sign up'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_activityhistory" ("committee_id", "content", "created_at", "created_by_label", "hands", "id", "insured", "invited", "invited_group", "kind", "latitude", "longitude", "needed_skills", "oldest", "organization_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "project_id", "reason", "responsible_person", "responsible_phone", "reviewed_at", "reviewed_by_label", "risks", "settled_at", "settled_by_label", "state", "station_id", "title", "visibility", "withdrawal_hours", "youngest") SELECT new_values."committee_id", new_values."content", new_values."created_at", new_values."created_by_label", new_values."hands", new_values."id", new_values."insured", new_values."invited", new_values."invited_group", new_values."kind", new_values."latitude", new_values."longitude", new_values."needed_skills", new_values."oldest", new_values."organization_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."place", new_values."project_id", new_values."reason", new_values."responsible_person", new_values."responsible_phone", new_values."reviewed_at", new_values."reviewed_by_label", new_values."risks", new_values."settled_at", new_values."settled_by_label", new_values."state", new_values."station_id", new_values."title", new_values."visibility", new_values."withdrawal_hours", new_values."youngest" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ff0237805460494fc60cbe5fc04050c5db09fb17', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_33c03', referencing='REFERENCING NEW TABLE AS new_values ', table='volunteers_activity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_activityhistory" ("committee_id", "content", "created_at", "created_by_label", "hands", "id", "insured", "invited", "invited_group", "kind", "latitude", "longitude", "needed_skills", "oldest", "organization_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "project_id", "reason", "responsible_person", "responsible_phone", "reviewed_at", "reviewed_by_label", "risks", "settled_at", "settled_by_label", "state", "station_id", "title", "visibility", "withdrawal_hours", "youngest") SELECT new_values."committee_id", new_values."content", new_values."created_at", new_values."created_by_label", new_values."hands", new_values."id", new_values."insured", new_values."invited", new_values."invited_group", new_values."kind", new_values."latitude", new_values."longitude", new_values."needed_skills", new_values."oldest", new_values."organization_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."place", new_values."project_id", new_values."reason", new_values."responsible_person", new_values."responsible_phone", new_values."reviewed_at", new_values."reviewed_by_label", new_values."risks", new_values."settled_at", new_values."settled_by_label", new_values."state", new_values."station_id", new_values."title", new_values."visibility", new_values."withdrawal_hours", new_values."youngest" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d138e30d7736337c9d403f5496287eaef5bd8075', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f0cd5', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='volunteers_activity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signup',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_signuphistory" ("activity_id", "added_reason", "asked_at", "asked_by_label", "committee_id", "during", "ended_at", "id", "offered_until", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "shift_id", "state", "team_id", "volunteer_id", "volunteer_name", "volunteer_number") SELECT new_values."activity_id", new_values."added_reason", new_values."asked_at", new_values."asked_by_label", new_values."committee_id", new_values."during", new_values."ended_at", new_values."id", new_values."offered_until", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."reason", new_values."shift_id", new_values."state", new_values."team_id", new_values."volunteer_id", new_values."volunteer_name", new_values."volunteer_number" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6f71be84dc83230eb9627035d562b9bb4ab409bb', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_cc873', referencing='REFERENCING NEW TABLE AS new_values ', table='volunteers_signup', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signup',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_signuphistory" ("activity_id", "added_reason", "asked_at", "asked_by_label", "committee_id", "during", "ended_at", "id", "offered_until", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "shift_id", "state", "team_id", "volunteer_id", "volunteer_name", "volunteer_number") SELECT new_values."activity_id", new_values."added_reason", new_values."asked_at", new_values."asked_by_label", new_values."committee_id", new_values."during", new_values."ended_at", new_values."id", new_values."offered_until", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."reason", new_values."shift_id", new_values."state", new_values."team_id", new_values."volunteer_id", new_values."volunteer_name", new_values."volunteer_number" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."activity_id" IS DISTINCT FROM (new_values."activity_id") OR old_values."added_reason" IS DISTINCT FROM (new_values."added_reason") OR old_values."asked_at" IS DISTINCT FROM (new_values."asked_at") OR old_values."asked_by_label" IS DISTINCT FROM (new_values."asked_by_label") OR old_values."committee_id" IS DISTINCT FROM (new_values."committee_id") OR old_values."during" IS DISTINCT FROM (new_values."during") OR old_values."ended_at" IS DISTINCT FROM (new_values."ended_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."offered_until" IS DISTINCT FROM (new_values."offered_until") OR old_values."reason" IS DISTINCT FROM (new_values."reason") OR old_values."shift_id" IS DISTINCT FROM (new_values."shift_id") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."team_id" IS DISTINCT FROM (new_values."team_id") OR old_values."volunteer_id" IS DISTINCT FROM (new_values."volunteer_id") OR old_values."volunteer_name" IS DISTINCT FROM (new_values."volunteer_name") OR old_values."volunteer_number" IS DISTINCT FROM (new_values."volunteer_number")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='962c5918b9b8deb33515012b53e8f26e59c44a2b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2771a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='volunteers_signup', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('invited__in', ['everybody', 'committee']), ('invited_group', '')), models.Q(('invited', 'organization'), ('invited_group', ''), ('organization__isnull', False)), models.Q(('invited', 'group'), ('organization__isnull', False), models.Q(('invited_group', ''), _negated=True)), _connector='OR'), name='activity_invites_whom_it_names'),
        ),
        InstallPolicies("volunteers.teams.policies.TABLES"),
        InstallPolicies("volunteers.signups.policies.TABLES"),
        migrations.RunSQL(
            LEAD,
            "DROP TRIGGER team_led ON volunteers_teammember; DROP FUNCTION volunteers_lead_team();",
        ),
        migrations.RunSQL(LED_SO_FAR, migrations.RunSQL.noop),
        migrations.RunSQL(LEADS, "DROP FUNCTION volunteers_leads(bigint, bigint, bigint)"),
    ]
