"""Points on the map of activities and stations."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0003_contacts'),
        ('volunteers', '0035_emergencies'),
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
            model_name='station',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='station',
            name='update_update',
        ),
        migrations.AddField(
            model_name='activity',
            name='latitude',
            field=models.FloatField(blank=True, null=True, verbose_name='latitude'),
        ),
        migrations.AddField(
            model_name='activity',
            name='longitude',
            field=models.FloatField(blank=True, null=True, verbose_name='longitude'),
        ),
        migrations.AddField(
            model_name='activityhistory',
            name='latitude',
            field=models.FloatField(blank=True, null=True, verbose_name='latitude'),
        ),
        migrations.AddField(
            model_name='activityhistory',
            name='longitude',
            field=models.FloatField(blank=True, null=True, verbose_name='longitude'),
        ),
        migrations.AddField(
            model_name='station',
            name='latitude',
            field=models.FloatField(blank=True, null=True, verbose_name='latitude'),
        ),
        migrations.AddField(
            model_name='station',
            name='longitude',
            field=models.FloatField(blank=True, null=True, verbose_name='longitude'),
        ),
        migrations.AddField(
            model_name='stationhistory',
            name='latitude',
            field=models.FloatField(blank=True, null=True, verbose_name='latitude'),
        ),
        migrations.AddField(
            model_name='stationhistory',
            name='longitude',
            field=models.FloatField(blank=True, null=True, verbose_name='longitude'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_activityhistory" ("committee_id", "content", "created_at", "created_by_label", "hands", "id", "insured", "invited", "kind", "latitude", "longitude", "needed_skills", "oldest", "organization_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "project_id", "reason", "responsible_person", "responsible_phone", "reviewed_at", "reviewed_by_label", "risks", "settled_at", "settled_by_label", "state", "station_id", "title", "visibility", "withdrawal_hours", "youngest") SELECT new_values."committee_id", new_values."content", new_values."created_at", new_values."created_by_label", new_values."hands", new_values."id", new_values."insured", new_values."invited", new_values."kind", new_values."latitude", new_values."longitude", new_values."needed_skills", new_values."oldest", new_values."organization_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."place", new_values."project_id", new_values."reason", new_values."responsible_person", new_values."responsible_phone", new_values."reviewed_at", new_values."reviewed_by_label", new_values."risks", new_values."settled_at", new_values."settled_by_label", new_values."state", new_values."station_id", new_values."title", new_values."visibility", new_values."withdrawal_hours", new_values."youngest" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fdcbe6392c6c500a6c321e43aed242fcf7fb9088', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_33c03', referencing='REFERENCING NEW TABLE AS new_values ', table='volunteers_activity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_activityhistory" ("committee_id", "content", "created_at", "created_by_label", "hands", "id", "insured", "invited", "kind", "latitude", "longitude", "needed_skills", "oldest", "organization_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "project_id", "reason", "responsible_person", "responsible_phone", "reviewed_at", "reviewed_by_label", "risks", "settled_at", "settled_by_label", "state", "station_id", "title", "visibility", "withdrawal_hours", "youngest") SELECT new_values."committee_id", new_values."content", new_values."created_at", new_values."created_by_label", new_values."hands", new_values."id", new_values."insured", new_values."invited", new_values."kind", new_values."latitude", new_values."longitude", new_values."needed_skills", new_values."oldest", new_values."organization_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."place", new_values."project_id", new_values."reason", new_values."responsible_person", new_values."responsible_phone", new_values."reviewed_at", new_values."reviewed_by_label", new_values."risks", new_values."settled_at", new_values."settled_by_label", new_values."state", new_values."station_id", new_values."title", new_values."visibility", new_values."withdrawal_hours", new_values."youngest" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='657514b8a218cbb06d68b5a53c11db2e5db910b1', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f0cd5', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='volunteers_activity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='station',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_stationhistory" ("address", "closed_on", "committee_id", "hours", "hours_note", "id", "keeper", "keeper_phone", "latitude", "longitude", "name", "opened_on", "organization_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."address", new_values."closed_on", new_values."committee_id", new_values."hours", new_values."hours_note", new_values."id", new_values."keeper", new_values."keeper_phone", new_values."latitude", new_values."longitude", new_values."name", new_values."opened_on", new_values."organization_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6c6a04ed6e12b5c31b07fa80f02a3c3e3a97d2ad', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_aad6c', referencing='REFERENCING NEW TABLE AS new_values ', table='volunteers_station', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='station',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_stationhistory" ("address", "closed_on", "committee_id", "hours", "hours_note", "id", "keeper", "keeper_phone", "latitude", "longitude", "name", "opened_on", "organization_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."address", new_values."closed_on", new_values."committee_id", new_values."hours", new_values."hours_note", new_values."id", new_values."keeper", new_values."keeper_phone", new_values."latitude", new_values."longitude", new_values."name", new_values."opened_on", new_values."organization_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='97ae6de73ef4651de66296cd1e1d34a19fde2de3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_414e0', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='volunteers_station', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__isnull', False), ('latitude__range', (3.0, 54.0)), ('longitude__isnull', False), ('longitude__range', (73.0, 136.0))), _connector='OR'), name='activity_point'),
        ),
        migrations.AddConstraint(
            model_name='station',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__isnull', False), ('latitude__range', (3.0, 54.0)), ('longitude__isnull', False), ('longitude__range', (73.0, 136.0))), _connector='OR'), name='station_point'),
        ),
    ]
