"""Members of organisations, with role and group."""

from importlib import import_module

import django.db.models.deletion
import django.db.models.functions.text
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from volunteers.registry.ownership import InstallReferences

SEALING = import_module("volunteers.migrations.0012_sealing")
LEAVE = """
-- As its owner: the team may be another committee's.
CREATE FUNCTION volunteers_leave_teams() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE volunteers_teammember SET ended_at = now()
    WHERE volunteer_id = NEW.id AND ended_at IS NULL;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION volunteers_leave_teams() FROM PUBLIC;
CREATE TRIGGER teams_left AFTER UPDATE OF state ON volunteers_volunteer FOR EACH ROW
    WHEN (NEW.state IN ('withdrawn', 'erased') AND OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION volunteers_leave_teams();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0003_contacts'),
        ('volunteers', '0033_feedback'),
    ]

    operations = [
        migrations.CreateModel(
            name='TeamMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tier1', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 4), output_field=models.CharField(db_collation='C', max_length=4))),
                ('tier2', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 8), output_field=models.CharField(db_collation='C', max_length=8))),
                ('tier3', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 12), output_field=models.CharField(db_collation='C', max_length=12))),
                ('volunteer_name', models.CharField(max_length=50, verbose_name='volunteer')),
                ('volunteer_number', models.CharField(max_length=12, verbose_name='portal number')),
                ('role', models.CharField(choices=[('leader', 'leader'), ('deputy', 'deputy'), ('secretary', 'secretary'), ('member', 'member')], default='member', max_length=9, verbose_name='role in the team')),
                ('group', models.CharField(blank=True, db_column='team_group', max_length=30, verbose_name='group')),
                ('joined_at', models.DateTimeField(verbose_name='joined at')),
                ('added_by_label', models.CharField(max_length=60, verbose_name='taken in by')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended at')),
                ('ended_by_label', models.CharField(blank=True, max_length=60, verbose_name='ended by')),
                ('end_reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('organization', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.volunteer')),
            ],
            options={
                'verbose_name': 'member of a team',
                'verbose_name_plural': 'members of teams',
            },
        ),
        migrations.CreateModel(
            name='TeamMemberHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('volunteer_name', models.CharField(max_length=50, verbose_name='volunteer')),
                ('volunteer_number', models.CharField(max_length=12, verbose_name='portal number')),
                ('role', models.CharField(choices=[('leader', 'leader'), ('deputy', 'deputy'), ('secretary', 'secretary'), ('member', 'member')], default='member', max_length=9, verbose_name='role in the team')),
                ('group', models.CharField(blank=True, db_column='team_group', max_length=30, verbose_name='group')),
                ('joined_at', models.DateTimeField(verbose_name='joined at')),
                ('added_by_label', models.CharField(max_length=60, verbose_name='taken in by')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended at')),
                ('ended_by_label', models.CharField(blank=True, max_length=60, verbose_name='ended by')),
                ('end_reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('committee', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.committee', verbose_name='committee')),
                ('organization', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='historys', to='volunteers.teammember')),
                ('volunteer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='volunteers.volunteer')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='teammember',
            index=models.Index(fields=['organization', 'group', 'id'], name='teammember_group'),
        ),
        migrations.AddIndex(
            model_name='teammember',
            index=models.Index(fields=['volunteer', '-id'], name='teammember_volunteer'),
        ),
        migrations.AddConstraint(
            model_name='teammember',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('organization', 'volunteer'), name='teammember_stands_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='teammember',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_teammemberhistory" ("added_by_label", "committee_id", "end_reason", "ended_at", "ended_by_label", "id", "joined_at", "organization_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "team_group", "volunteer_id", "volunteer_name", "volunteer_number") SELECT new_values."added_by_label", new_values."committee_id", new_values."end_reason", new_values."ended_at", new_values."ended_by_label", new_values."id", new_values."joined_at", new_values."organization_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."role", new_values."team_group", new_values."volunteer_id", new_values."volunteer_name", new_values."volunteer_number" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e886bd59584f302c89046d038aa4048e42f50478', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_73ae7', referencing='REFERENCING NEW TABLE AS new_values ', table='volunteers_teammember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='teammember',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_teammemberhistory" ("added_by_label", "committee_id", "end_reason", "ended_at", "ended_by_label", "id", "joined_at", "organization_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "team_group", "volunteer_id", "volunteer_name", "volunteer_number") SELECT new_values."added_by_label", new_values."committee_id", new_values."end_reason", new_values."ended_at", new_values."ended_by_label", new_values."id", new_values."joined_at", new_values."organization_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."role", new_values."team_group", new_values."volunteer_id", new_values."volunteer_name", new_values."volunteer_number" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."added_by_label" IS DISTINCT FROM (new_values."added_by_label") OR old_values."committee_id" IS DISTINCT FROM (new_values."committee_id") OR old_values."end_reason" IS DISTINCT FROM (new_values."end_reason") OR old_values."ended_at" IS DISTINCT FROM (new_values."ended_at") OR old_values."ended_by_label" IS DISTINCT FROM (new_values."ended_by_label") OR old_values."team_group" IS DISTINCT FROM (new_values."team_group") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."joined_at" IS DISTINCT FROM (new_values."joined_at") OR old_values."organization_id" IS DISTINCT FROM (new_values."organization_id") OR old_values."role" IS DISTINCT FROM (new_values."role") OR old_values."volunteer_id" IS DISTINCT FROM (new_values."volunteer_id") OR old_values."volunteer_name" IS DISTINCT FROM (new_values."volunteer_name") OR old_values."volunteer_number" IS DISTINCT FROM (new_values."volunteer_number")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='73a2d978f17a72c7c88da12186ad7a0932cbee13', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d37e7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='volunteers_teammember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='teammemberhistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='44fef102241b8a8cf5ad7ab7a0d35248add776d7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5d7c4', table='volunteers_teammemberhistory', when='BEFORE')),
        ),
        InstallReferences(),
        migrations.RunSQL(SEALING.APPEND_ONLY, migrations.RunSQL.noop),
        migrations.RunSQL(
            LEAVE,
            "DROP TRIGGER teams_left ON volunteers_volunteer; DROP FUNCTION volunteers_leave_teams();",
        ),
    ]
