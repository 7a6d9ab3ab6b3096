"""Why access to full data was declined."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('volunteers', '0021_certificates'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='disclosure',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='disclosure',
            name='update_update',
        ),
        migrations.AddField(
            model_name='disclosure',
            name='answer',
            field=models.CharField(blank=True, db_default='', max_length=200, verbose_name='answer'),
        ),
        migrations.AddField(
            model_name='disclosurehistory',
            name='answer',
            field=models.CharField(blank=True, db_default='', max_length=200, verbose_name='answer'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='disclosure',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_disclosurehistory" ("answer", "answered_at", "answered_by_id", "answered_by_label", "asked_at", "asked_by_id", "asked_by_label", "committee_id", "ended_at", "ended_by_label", "expires_at", "hours", "id", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sheet_id", "state", "title", "volunteer_id") SELECT new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."answered_by_label", new_values."asked_at", new_values."asked_by_id", new_values."asked_by_label", new_values."committee_id", new_values."ended_at", new_values."ended_by_label", new_values."expires_at", new_values."hours", new_values."id", new_values."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."reason", new_values."sheet_id", new_values."state", new_values."title", new_values."volunteer_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='296caedee8354a7d0e78e41f220a0bd2c322f4fe', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d15e9', referencing='REFERENCING NEW TABLE AS new_values ', table='volunteers_disclosure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='disclosure',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_disclosurehistory" ("answer", "answered_at", "answered_by_id", "answered_by_label", "asked_at", "asked_by_id", "asked_by_label", "committee_id", "ended_at", "ended_by_label", "expires_at", "hours", "id", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sheet_id", "state", "title", "volunteer_id") SELECT new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."answered_by_label", new_values."asked_at", new_values."asked_by_id", new_values."asked_by_label", new_values."committee_id", new_values."ended_at", new_values."ended_by_label", new_values."expires_at", new_values."hours", new_values."id", new_values."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."reason", new_values."sheet_id", new_values."state", new_values."title", new_values."volunteer_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b8488026e596cca68e58460ecb8a6072033c2a2a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_856d1', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='volunteers_disclosure', when='AFTER')),
        ),
    ]
