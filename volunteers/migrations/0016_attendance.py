"""Who came to a shift, and what it counts."""

import django.db.models.deletion
import django.db.models.functions.text
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from core.tenancy.operations import InstallPolicies


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0002_policies'),
        ('volunteers', '0015_activities'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tier1', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 4), output_field=models.CharField(db_collation='C', max_length=4))),
                ('tier2', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 8), output_field=models.CharField(db_collation='C', max_length=8))),
                ('tier3', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 12), output_field=models.CharField(db_collation='C', max_length=12))),
                ('mark', models.CharField(choices=[('came', 'came'), ('late', 'came late'), ('no_show', 'did not come'), ('excused', 'excused')], max_length=7, verbose_name='mark')),
                ('came_at', models.DateTimeField(blank=True, null=True, verbose_name='came at')),
                ('left_at', models.DateTimeField(blank=True, null=True, verbose_name='left at')),
                ('source', models.CharField(choices=[('both_scans', 'check-in and check-out'), ('one_scan', 'one scan only'), ('roll_call', 'roll call'), ('backfill', 'entered afterwards'), ('import', 'entered afterwards, from a workbook'), ('self_claim', 'claimed by the volunteer'), ('synthetic', 'synthetic, for demonstration')], max_length=10, verbose_name='how it is known')),
                ('marked_by_label', models.CharField(max_length=60, verbose_name='marked by')),
                ('marked_at', models.DateTimeField(verbose_name='marked at')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('marked_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='volunteers.servicerecord')),
                ('shift', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='volunteers.shift')),
                ('signup', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='volunteers.signup')),
            ],
            options={
                'verbose_name': 'attendance',
                'verbose_name_plural': 'attendances',
            },
        ),
        migrations.CreateModel(
            name='AttendanceHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('mark', models.CharField(choices=[('came', 'came'), ('late', 'came late'), ('no_show', 'did not come'), ('excused', 'excused')], max_length=7, verbose_name='mark')),
                ('came_at', models.DateTimeField(blank=True, null=True, verbose_name='came at')),
                ('left_at', models.DateTimeField(blank=True, null=True, verbose_name='left at')),
                ('source', models.CharField(choices=[('both_scans', 'check-in and check-out'), ('one_scan', 'one scan only'), ('roll_call', 'roll call'), ('backfill', 'entered afterwards'), ('import', 'entered afterwards, from a workbook'), ('self_claim', 'claimed by the volunteer'), ('synthetic', 'synthetic, for demonstration')], max_length=10, verbose_name='how it is known')),
                ('marked_by_label', models.CharField(max_length=60, verbose_name='marked by')),
                ('marked_at', models.DateTimeField(verbose_name='marked at')),
                ('committee', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.committee', verbose_name='committee')),
                ('marked_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='historys', to='volunteers.attendance')),
                ('record', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='volunteers.servicerecord')),
                ('shift', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='volunteers.shift')),
                ('signup', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='volunteers.signup')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='attendance',
            index=models.Index(fields=['shift'], name='attendance_shift'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('came_at__isnull', False), ('left_at__gt', models.F('came_at')), ('mark__in', ('came', 'late'))), models.Q(models.Q(('mark__in', ('came', 'late')), _negated=True), ('came_at__isnull', True), ('left_at__isnull', True)), _connector='OR'), name='attendance_times_of_who_served'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(('record__isnull', True), ('mark__in', ('came', 'late')), _connector='OR'), name='attendance_record_of_who_served'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attendance',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_attendancehistory" ("came_at", "committee_id", "id", "left_at", "mark", "marked_at", "marked_by_id", "marked_by_label", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "shift_id", "signup_id", "source") SELECT new_values."came_at", new_values."committee_id", new_values."id", new_values."left_at", new_values."mark", new_values."marked_at", new_values."marked_by_id", new_values."marked_by_label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."record_id", new_values."shift_id", new_values."signup_id", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f831ebf156d972d10798885d73fc14f43c8f2cac', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6fbcd', referencing='REFERENCING NEW TABLE AS new_values ', table='volunteers_attendance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attendance',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_attendancehistory" ("came_at", "committee_id", "id", "left_at", "mark", "marked_at", "marked_by_id", "marked_by_label", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "shift_id", "signup_id", "source") SELECT new_values."came_at", new_values."committee_id", new_values."id", new_values."left_at", new_values."mark", new_values."marked_at", new_values."marked_by_id", new_values."marked_by_label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."record_id", new_values."shift_id", new_values."signup_id", new_values."source" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."came_at" IS DISTINCT FROM (new_values."came_at") OR old_values."committee_id" IS DISTINCT FROM (new_values."committee_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."left_at" IS DISTINCT FROM (new_values."left_at") OR old_values."mark" IS DISTINCT FROM (new_values."mark") OR old_values."marked_at" IS DISTINCT FROM (new_values."marked_at") OR old_values."marked_by_id" IS DISTINCT FROM (new_values."marked_by_id") OR old_values."marked_by_label" IS DISTINCT FROM (new_values."marked_by_label") OR old_values."record_id" IS DISTINCT FROM (new_values."record_id") OR old_values."shift_id" IS DISTINCT FROM (new_values."shift_id") OR old_values."signup_id" IS DISTINCT FROM (new_values."signup_id") OR old_values."source" IS DISTINCT FROM (new_values."source")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8f9b8f72a23cf84784c3e0b4aec3f5ddcaff6fa1', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_0b6be', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='volunteers_attendance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attendancehistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0df765bd9a7b7298f7cdcc3d794a2fcb15b8f68d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a79c1', table='volunteers_attendancehistory', when='BEFORE')),
        ),
        InstallPolicies("volunteers.attendance.policies.TABLES"),
    ]
