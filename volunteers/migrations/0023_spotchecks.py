"""Spot checks, whose published outcome the database keeps from every change."""

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


STANDS = """
CREATE FUNCTION volunteers_spot_check_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'volunteers_spotcheck' THEN
        IF OLD.published_at IS NOT NULL THEN
            RAISE EXCEPTION 'The outcome is published.' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF (SELECT published_at FROM volunteers_spotcheck WHERE id = OLD.check_of_id) IS NOT NULL THEN
        RAISE EXCEPTION 'The outcome is published.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER spot_check_stands BEFORE UPDATE ON volunteers_spotcheck
    FOR EACH ROW EXECUTE FUNCTION volunteers_spot_check_stands();
CREATE TRIGGER spot_check_stands BEFORE UPDATE ON volunteers_spotcheckitem
    FOR EACH ROW EXECUTE FUNCTION volunteers_spot_check_stands();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0007_family'),
        ('volunteers', '0022_draft_person_sealed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SpotCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=100, verbose_name='title')),
                ('first_day', models.DateField(verbose_name='first day')),
                ('last_day', models.DateField(verbose_name='last day')),
                ('size', models.PositiveSmallIntegerField(verbose_name='size of the sample')),
                ('seed', models.CharField(max_length=64, verbose_name='seed')),
                ('frame_size', models.PositiveIntegerField(verbose_name='records in the frame')),
                ('frame_digest', models.CharField(max_length=64)),
                ('drawn_by_label', models.CharField(max_length=60, verbose_name='drawn by')),
                ('drawn_at', models.DateTimeField(auto_now_add=True, verbose_name='drawn at')),
                ('published_at', models.DateTimeField(null=True, verbose_name='published at')),
                ('published_by_label', models.CharField(blank=True, max_length=60, verbose_name='published by')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('drawn_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scope', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='records of')),
            ],
            options={
                'verbose_name': 'spot check',
                'verbose_name_plural': 'spot checks',
            },
        ),
        migrations.CreateModel(
            name='SpotCheckItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('volunteer_name', models.CharField(max_length=50, verbose_name='volunteer')),
                ('activity_title', models.CharField(max_length=100, verbose_name='activity')),
                ('served_on', models.DateField(verbose_name='date')),
                ('minutes', models.PositiveIntegerField(verbose_name='minutes')),
                ('finding', models.CharField(blank=True, choices=[('true', 'true'), ('wrong', 'wrong'), ('unclear', 'unclear')], max_length=7, verbose_name='finding')),
                ('evidence', models.CharField(blank=True, max_length=300, verbose_name='what it was compared with')),
                ('judged_by_label', models.CharField(blank=True, max_length=60, verbose_name='judged by')),
                ('judged_at', models.DateTimeField(null=True, verbose_name='judged at')),
                ('check_of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='volunteers.spotcheck')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('judged_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.servicerecord')),
            ],
            options={
                'verbose_name': 'record of a spot check',
                'verbose_name_plural': 'records of spot checks',
            },
        ),
        migrations.CreateModel(
            name='SpotCheckItemHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveSmallIntegerField()),
                ('volunteer_name', models.CharField(max_length=50, verbose_name='volunteer')),
                ('activity_title', models.CharField(max_length=100, verbose_name='activity')),
                ('served_on', models.DateField(verbose_name='date')),
                ('minutes', models.PositiveIntegerField(verbose_name='minutes')),
                ('finding', models.CharField(blank=True, choices=[('true', 'true'), ('wrong', 'wrong'), ('unclear', 'unclear')], max_length=7, verbose_name='finding')),
                ('evidence', models.CharField(blank=True, max_length=300, verbose_name='what it was compared with')),
                ('judged_by_label', models.CharField(blank=True, max_length=60, verbose_name='judged by')),
                ('judged_at', models.DateTimeField(null=True, verbose_name='judged at')),
                ('check_of', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='volunteers.spotcheck')),
                ('committee', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.committee', verbose_name='committee')),
                ('judged_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='historys', to='volunteers.spotcheckitem')),
                ('record', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='volunteers.servicerecord')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='spotcheck',
            index=models.Index(fields=['committee', '-id'], name='spot_check_newest'),
        ),
        migrations.AddConstraint(
            model_name='spotcheck',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='spot_check_days_in_order'),
        ),
        migrations.AddConstraint(
            model_name='spotcheckitem',
            constraint=models.UniqueConstraint(fields=('check_of', 'position'), name='spot_check_position'),
        ),
        migrations.AddConstraint(
            model_name='spotcheckitem',
            constraint=models.UniqueConstraint(fields=('check_of', 'record'), name='spot_check_record_once'),
        ),
        migrations.AddConstraint(
            model_name='spotcheckitem',
            constraint=models.CheckConstraint(condition=models.Q(('finding', ''), models.Q(models.Q(('evidence', ''), _negated=True), ('judged_at__isnull', False)), _connector='OR'), name='spot_check_finding_has_evidence'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='spotcheckitem',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_spotcheckitemhistory" ("activity_title", "check_of_id", "committee_id", "evidence", "finding", "id", "judged_at", "judged_by_id", "judged_by_label", "minutes", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "record_id", "served_on", "volunteer_name") SELECT new_values."activity_title", new_values."check_of_id", new_values."committee_id", new_values."evidence", new_values."finding", new_values."id", new_values."judged_at", new_values."judged_by_id", new_values."judged_by_label", new_values."minutes", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."position", new_values."record_id", new_values."served_on", new_values."volunteer_name" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d7471d8036c29ce3655fc8e2b35c785d28a58dd4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c6d0f', referencing='REFERENCING NEW TABLE AS new_values ', table='volunteers_spotcheckitem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='spotcheckitem',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_spotcheckitemhistory" ("activity_title", "check_of_id", "committee_id", "evidence", "finding", "id", "judged_at", "judged_by_id", "judged_by_label", "minutes", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "record_id", "served_on", "volunteer_name") SELECT new_values."activity_title", new_values."check_of_id", new_values."committee_id", new_values."evidence", new_values."finding", new_values."id", new_values."judged_at", new_values."judged_by_id", new_values."judged_by_label", new_values."minutes", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."position", new_values."record_id", new_values."served_on", new_values."volunteer_name" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='40d95bf758e95a06d35a9cf0cffd42e44e9d73a9', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_50ea0', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='volunteers_spotcheckitem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='spotcheckitemhistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b17f04bf8ba3f9f520aca3f013aacd113d5b9b16', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_aa080', table='volunteers_spotcheckitemhistory', when='BEFORE')),
        ),
        migrations.RunSQL(STANDS, "DROP FUNCTION volunteers_spot_check_stands() CASCADE"),
    ]
