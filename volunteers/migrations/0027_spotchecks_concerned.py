"""A published spot check is read by the committees concerned."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from core.tenancy.operations import InstallPolicies

# The database keeps published outcomes from every change; what is added here is new, not changed.
FILL = [
    "ALTER TABLE volunteers_spotcheck DISABLE TRIGGER spot_check_stands",
    "ALTER TABLE volunteers_spotcheckitem DISABLE TRIGGER spot_check_stands",
    """
    UPDATE volunteers_spotcheckitem i SET record_committee_id = r.committee_id
    FROM volunteers_servicerecord r WHERE r.id = i.record_id
    """,
    """
    UPDATE volunteers_spotcheck c SET committee_name = o.full_name, scope_name = s.full_name
    FROM organizations_committee o, organizations_committee s
    WHERE o.path = c.committee_id AND s.path = c.scope_id
    """,
    """
    UPDATE volunteers_spotcheck c
    SET true_count = t.true, wrong_count = t.wrong, unclear_count = t.unclear
    FROM (SELECT check_of_id, count(*) FILTER (WHERE finding = 'true') AS true,
                 count(*) FILTER (WHERE finding = 'wrong') AS wrong,
                 count(*) FILTER (WHERE finding = 'unclear') AS unclear
          FROM volunteers_spotcheckitem GROUP BY 1) t
    WHERE t.check_of_id = c.id AND c.published_at IS NOT NULL
    """,
    "SET CONSTRAINTS ALL IMMEDIATE",
    "ALTER TABLE volunteers_spotcheck ENABLE TRIGGER spot_check_stands",
    "ALTER TABLE volunteers_spotcheckitem ENABLE TRIGGER spot_check_stands",
]


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0007_family'),
        ('volunteers', '0026_pairs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='spotcheckitem',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='spotcheckitem',
            name='update_update',
        ),
        migrations.AddField(
            model_name='spotcheck',
            name='committee_name',
            field=models.CharField(db_default='', max_length=300, verbose_name='drawn for'),
        ),
        migrations.AddField(
            model_name='spotcheck',
            name='scope_name',
            field=models.CharField(db_default='', max_length=300, verbose_name='records of'),
        ),
        migrations.AddField(
            model_name='spotcheck',
            name='true_count',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='spotcheck',
            name='unclear_count',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='spotcheck',
            name='wrong_count',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='spotcheckitem',
            name='record_committee',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee'),
        ),
        migrations.AddField(
            model_name='spotcheckitemhistory',
            name='record_committee',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.committee'),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='spotcheckitem',
            index=models.Index(condition=models.Q(('finding', 'wrong')), fields=['record_committee'], name='spot_check_wrong'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='spotcheckitem',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_spotcheckitemhistory" ("activity_title", "check_of_id", "committee_id", "evidence", "finding", "id", "judged_at", "judged_by_id", "judged_by_label", "minutes", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "record_committee_id", "record_id", "served_on", "volunteer_name") SELECT new_values."activity_title", new_values."check_of_id", new_values."committee_id", new_values."evidence", new_values."finding", new_values."id", new_values."judged_at", new_values."judged_by_id", new_values."judged_by_label", new_values."minutes", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."position", new_values."record_committee_id", new_values."record_id", new_values."served_on", new_values."volunteer_name" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ad87d4a9c8c74595cef91ebb8fe026801822c79e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c6d0f', referencing='REFERENCING NEW TABLE AS new_values ', table='volunteers_spotcheckitem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='spotcheckitem',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_spotcheckitemhistory" ("activity_title", "check_of_id", "committee_id", "evidence", "finding", "id", "judged_at", "judged_by_id", "judged_by_label", "minutes", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "record_committee_id", "record_id", "served_on", "volunteer_name") SELECT new_values."activity_title", new_values."check_of_id", new_values."committee_id", new_values."evidence", new_values."finding", new_values."id", new_values."judged_at", new_values."judged_by_id", new_values."judged_by_label", new_values."minutes", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."position", new_values."record_committee_id", new_values."record_id", new_values."served_on", new_values."volunteer_name" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f5436afa775a7e36ffdfb5f4910c817812fa8c38', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_50ea0', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='volunteers_spotcheckitem', when='AFTER')),
        ),
        InstallPolicies("volunteers.spotchecks.policies.TABLES"),
    ]
