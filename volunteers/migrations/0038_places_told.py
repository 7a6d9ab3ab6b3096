"""Whether who scans is at the place: asked by some activities, told by who agrees."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from core.tenancy.operations import InstallPolicies


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0004_leaders'),
        ('volunteers', '0037_leaders'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            name='location_metres',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='metres around the point within which people are at the place'),
        ),
        migrations.AddField(
            model_name='activityhistory',
            name='location_metres',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='metres around the point within which people are at the place'),
        ),
        migrations.AddField(
            model_name='checkin',
            name='where',
            field=models.CharField(blank=True, choices=[('within', 'at the place'), ('outside', 'not at the place')], db_column='at_place', db_default='', default='', max_length=7),
        ),
        migrations.AddField(
            model_name='signup',
            name='tells_place',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='signuphistory',
            name='tells_place',
            field=models.BooleanField(db_default=False, default=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_activityhistory" ("committee_id", "content", "created_at", "created_by_label", "hands", "id", "insured", "invited", "invited_group", "kind", "latitude", "location_metres", "longitude", "needed_skills", "oldest", "organization_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "project_id", "reason", "responsible_person", "responsible_phone", "reviewed_at", "reviewed_by_label", "risks", "settled_at", "settled_by_label", "state", "station_id", "title", "visibility", "withdrawal_hours", "youngest") SELECT new_values."committee_id", new_values."content", new_values."created_at", new_values."created_by_label", new_values."hands", new_values."id", new_values."insured", new_values."invited", new_values."invited_group", new_values."kind", new_values."latitude", new_values."location_metres", new_values."longitude", new_values."needed_skills", new_values."oldest", new_values."organization_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."place", new_values."project_id", new_values."reason", new_values."responsible_person", new_values."responsible_phone", new_values."reviewed_at", new_values."reviewed_by_label", new_values."risks", new_values."settled_at", new_values."settled_by_label", new_values."state", new_values."station_id", new_values."title", new_values."visibility", new_values."withdrawal_hours", new_values."youngest" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e17e64e9f53b26b457a76d8a443b1e0e1bc8d8c5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_33c03', referencing='REFERENCING NEW TABLE AS new_values ', table='volunteers_activity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_activityhistory" ("committee_id", "content", "created_at", "created_by_label", "hands", "id", "insured", "invited", "invited_group", "kind", "latitude", "location_metres", "longitude", "needed_skills", "oldest", "organization_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "project_id", "reason", "responsible_person", "responsible_phone", "reviewed_at", "reviewed_by_label", "risks", "settled_at", "settled_by_label", "state", "station_id", "title", "visibility", "withdrawal_hours", "youngest") SELECT new_values."committee_id", new_values."content", new_values."created_at", new_values."created_by_label", new_values."hands", new_values."id", new_values."insured", new_values."invited", new_values."invited_group", new_values."kind", new_values."latitude", new_values."location_metres", new_values."longitude", new_values."needed_skills", new_values."oldest", new_values."organization_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."place", new_values."project_id", new_values."reason", new_values."responsible_person", new_values."responsible_phone", new_values."reviewed_at", new_values."reviewed_by_label", new_values."risks", new_values."settled_at", new_values."settled_by_label", new_values."state", new_values."station_id", new_values."title", new_values."visibility", new_values."withdrawal_hours", new_values."youngest" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e9cc08098e4a8c1c62b9c11e0042064b12bbffed', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f0cd5', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='volunteers_activity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signup',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_signuphistory" ("activity_id", "added_reason", "asked_at", "asked_by_label", "committee_id", "during", "ended_at", "id", "offered_until", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "shift_id", "state", "team_id", "tells_place", "volunteer_id", "volunteer_name", "volunteer_number") SELECT new_values."activity_id", new_values."added_reason", new_values."asked_at", new_values."asked_by_label", new_values."committee_id", new_values."during", new_values."ended_at", new_values."id", new_values."offered_until", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."reason", new_values."shift_id", new_values."state", new_values."team_id", new_values."tells_place", new_values."volunteer_id", new_values."volunteer_name", new_values."volunteer_number" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='71138293a10962773322ee37eb0bbd6ed811acd3', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_cc873', referencing='REFERENCING NEW TABLE AS new_values ', table='volunteers_signup', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signup',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_signuphistory" ("activity_id", "added_reason", "asked_at", "asked_by_label", "committee_id", "during", "ended_at", "id", "offered_until", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "shift_id", "state", "team_id", "tells_place", "volunteer_id", "volunteer_name", "volunteer_number") SELECT new_values."activity_id", new_values."added_reason", new_values."asked_at", new_values."asked_by_label", new_values."committee_id", new_values."during", new_values."ended_at", new_values."id", new_values."offered_until", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."reason", new_values."shift_id", new_values."state", new_values."team_id", new_values."tells_place", new_values."volunteer_id", new_values."volunteer_name", new_values."volunteer_number" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."activity_id" IS DISTINCT FROM (new_values."activity_id") OR old_values."added_reason" IS DISTINCT FROM (new_values."added_reason") OR old_values."asked_at" IS DISTINCT FROM (new_values."asked_at") OR old_values."asked_by_label" IS DISTINCT FROM (new_values."asked_by_label") OR old_values."committee_id" IS DISTINCT FROM (new_values."committee_id") OR old_values."during" IS DISTINCT FROM (new_values."during") OR old_values."ended_at" IS DISTINCT FROM (new_values."ended_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."offered_until" IS DISTINCT FROM (new_values."offered_until") OR old_values."reason" IS DISTINCT FROM (new_values."reason") OR old_values."shift_id" IS DISTINCT FROM (new_values."shift_id") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."team_id" IS DISTINCT FROM (new_values."team_id") OR old_values."tells_place" IS DISTINCT FROM (new_values."tells_place") OR old_values."volunteer_id" IS DISTINCT FROM (new_values."volunteer_id") OR old_values."volunteer_name" IS DISTINCT FROM (new_values."volunteer_name") OR old_values."volunteer_number" IS DISTINCT FROM (new_values."volunteer_number")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9547751ad438463c63f705f9c018aa2ff1e5d6f3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2771a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='volunteers_signup', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('location_metres__isnull', True), ('location_metres__range', (50, 5000)), _connector='OR'), name='activity_place_is_a_place'),
        ),
        migrations.AddConstraint(
            model_name='checkin',
            constraint=models.CheckConstraint(condition=models.Q(('where', ''), ('way', 'own_scan'), _connector='OR'), name='checkin_place_said_by_the_person'),
        ),
        InstallPolicies("volunteers.activities.policies.TABLES"),
        InstallPolicies("volunteers.checkins.policies.TABLES"),
    ]
