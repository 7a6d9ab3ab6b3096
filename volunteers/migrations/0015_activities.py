"""Activities, their shifts, and who signs up for them."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.text
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from core.tenancy.roles import Role
from volunteers.registry.ownership import InstallReferences

# The counts of a shift follow its sign-ups, whoever writes them: a volunteer writes no shifts, so
# the owner does. Updating the row makes whoever comes at the same moment wait, and the limits of
# the shift are judged with the counts as they then are. Nobody passes those who wait.
COUNTING = """
CREATE FUNCTION volunteers_count_places() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    took integer := (NEW.state IN ('placed', 'offered'))::integer;
    waits integer := (NEW.state = 'waiting')::integer;
    line integer;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        took := took - (OLD.state IN ('placed', 'offered'))::integer;
        waits := waits - (OLD.state = 'waiting')::integer;
    END IF;
    IF took = 0 AND waits = 0 THEN
        RETURN NULL;
    END IF;
    UPDATE volunteers_shift SET taken = taken + took, waiting = waiting + waits
    WHERE id = NEW.shift_id RETURNING waiting INTO line;
    IF TG_OP = 'INSERT' AND NEW.state = 'placed' AND line > 0 THEN
        RAISE EXCEPTION 'somebody waits for this place'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'signup_keeps_the_line';
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION volunteers_count_places() FROM PUBLIC;
CREATE TRIGGER count_places AFTER INSERT OR UPDATE OF state ON volunteers_signup
    FOR EACH ROW EXECUTE FUNCTION volunteers_count_places();
"""

# Others' sign-ups are hidden from a volunteer: of the line only the own place is told.
PLACE_IN_LINE = f"""
CREATE FUNCTION volunteers_place_in_line(asked bigint) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(*) FROM volunteers_signup mine
    JOIN volunteers_signup s
        ON s.shift_id = mine.shift_id AND s.state = 'waiting' AND s.id <= mine.id
    WHERE mine.id = asked AND mine.state = 'waiting'
      AND mine.volunteer_id = nullif(current_setting('portal.volunteer', true), '')::bigint
$$;
REVOKE ALL ON FUNCTION volunteers_place_in_line(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_place_in_line(bigint) TO {Role.VOLUNTEER};
"""


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0002_policies'),
        ('volunteers', '0014_kept_together'),
    ]

    operations = [
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=100, verbose_name='title')),
                ('kind', models.CharField(choices=[('elderly', 'care for the elderly'), ('disability', 'help for people with disabilities'), ('children', 'children and schooling'), ('environment', 'environment'), ('order', 'public order and traffic'), ('community', 'community service'), ('events', 'large events'), ('emergency', 'emergency relief'), ('other', 'other service')], max_length=12, verbose_name='kind of service')),
                ('content', models.TextField(max_length=2000, verbose_name='what is to be done')),
                ('place', models.CharField(max_length=200, verbose_name='place')),
                ('responsible_person', models.CharField(max_length=50, verbose_name='responsible person')),
                ('responsible_phone', models.CharField(max_length=20, verbose_name='telephone for questions')),
                ('invited', models.CharField(choices=[('everybody', 'every volunteer'), ('committee', 'volunteers of the committee')], default='everybody', max_length=9, verbose_name='who may sign up')),
                ('visibility', models.CharField(choices=[('public', 'everybody, without signing in'), ('invited', 'those invited only')], default='public', max_length=7, verbose_name='who may read it')),
                ('needed_skills', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                ('withdrawal_hours', models.PositiveSmallIntegerField(default=24, verbose_name='hours before the start until which people withdraw without a reason')),
                ('risks', models.CharField(blank=True, max_length=500, verbose_name='risks and precautions')),
                ('insured', models.BooleanField(default=False, verbose_name='volunteers are insured against accidents')),
                ('youngest', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='youngest age')),
                ('oldest', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='oldest age')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('in_review', 'in review'), ('published', 'published'), ('settled', 'settled'), ('cancelled', 'cancelled')], default='draft', max_length=9, verbose_name='state')),
                ('created_by_label', models.CharField(max_length=60, verbose_name='written by')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('hands', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, editable=False, size=None)),
                ('reviewed_by_label', models.CharField(blank=True, max_length=60, verbose_name='reviewed by')),
                ('reviewed_at', models.DateTimeField(null=True, verbose_name='reviewed at')),
                ('settled_by_label', models.CharField(blank=True, max_length=60, verbose_name='settled by')),
                ('settled_at', models.DateTimeField(null=True, verbose_name='settled at')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization', verbose_name='organiser (empty: the committee)')),
            ],
            options={
                'verbose_name': 'activity',
                'verbose_name_plural': 'activities',
            },
        ),
        migrations.CreateModel(
            name='ActivityHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=100, verbose_name='title')),
                ('kind', models.CharField(choices=[('elderly', 'care for the elderly'), ('disability', 'help for people with disabilities'), ('children', 'children and schooling'), ('environment', 'environment'), ('order', 'public order and traffic'), ('community', 'community service'), ('events', 'large events'), ('emergency', 'emergency relief'), ('other', 'other service')], max_length=12, verbose_name='kind of service')),
                ('content', models.TextField(max_length=2000, verbose_name='what is to be done')),
                ('place', models.CharField(max_length=200, verbose_name='place')),
                ('responsible_person', models.CharField(max_length=50, verbose_name='responsible person')),
                ('responsible_phone', models.CharField(max_length=20, verbose_name='telephone for questions')),
                ('invited', models.CharField(choices=[('everybody', 'every volunteer'), ('committee', 'volunteers of the committee')], default='everybody', max_length=9, verbose_name='who may sign up')),
                ('visibility', models.CharField(choices=[('public', 'everybody, without signing in'), ('invited', 'those invited only')], default='public', max_length=7, verbose_name='who may read it')),
                ('needed_skills', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                ('withdrawal_hours', models.PositiveSmallIntegerField(default=24, verbose_name='hours before the start until which people withdraw without a reason')),
                ('risks', models.CharField(blank=True, max_length=500, verbose_name='risks and precautions')),
                ('insured', models.BooleanField(default=False, verbose_name='volunteers are insured against accidents')),
                ('youngest', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='youngest age')),
                ('oldest', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='oldest age')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('in_review', 'in review'), ('published', 'published'), ('settled', 'settled'), ('cancelled', 'cancelled')], default='draft', max_length=9, verbose_name='state')),
                ('created_by_label', models.CharField(max_length=60, verbose_name='written by')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('hands', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, editable=False, size=None)),
                ('reviewed_by_label', models.CharField(blank=True, max_length=60, verbose_name='reviewed by')),
                ('reviewed_at', models.DateTimeField(null=True, verbose_name='reviewed at')),
                ('settled_by_label', models.CharField(blank=True, max_length=60, verbose_name='settled by')),
                ('settled_at', models.DateTimeField(null=True, verbose_name='settled at')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('committee', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.committee', verbose_name='committee')),
                ('organization', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization', verbose_name='organiser (empty: the committee)')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='historys', to='volunteers.activity')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Shift',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField(verbose_name='starts at')),
                ('ends_at', models.DateTimeField(verbose_name='ends at')),
                ('places', models.PositiveSmallIntegerField(verbose_name='places')),
                ('reserve', models.PositiveSmallIntegerField(default=0, verbose_name='places on the waiting list')),
                ('taken', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('waiting', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shifts', to='volunteers.activity')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
            ],
            options={
                'verbose_name': 'shift',
                'verbose_name_plural': 'shifts',
                'ordering': ['starts_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ShiftHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('starts_at', models.DateTimeField(verbose_name='starts at')),
                ('ends_at', models.DateTimeField(verbose_name='ends at')),
                ('places', models.PositiveSmallIntegerField(verbose_name='places')),
                ('reserve', models.PositiveSmallIntegerField(default=0, verbose_name='places on the waiting list')),
                ('activity', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='volunteers.activity')),
                ('committee', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.committee', verbose_name='committee')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='historys', to='volunteers.shift')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SignUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tier1', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 4), output_field=models.CharField(db_collation='C', max_length=4))),
                ('tier2', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 8), output_field=models.CharField(db_collation='C', max_length=8))),
                ('tier3', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 12), output_field=models.CharField(db_collation='C', max_length=12))),
                ('volunteer_name', models.CharField(max_length=50, verbose_name='volunteer')),
                ('volunteer_number', models.CharField(max_length=12, verbose_name='portal number')),
                ('during', django.contrib.postgres.fields.ranges.DateTimeRangeField(editable=False)),
                ('state', models.CharField(choices=[('placed', 'has a place'), ('waiting', 'on the waiting list'), ('offered', 'a place is offered'), ('withdrawn', 'withdrawn'), ('lapsed', 'offer not taken up'), ('removed', 'taken off the list')], max_length=9, verbose_name='state')),
                ('asked_at', models.DateTimeField(verbose_name='signed up at')),
                ('asked_by_label', models.CharField(max_length=60, verbose_name='signed up by')),
                ('offered_until', models.DateTimeField(null=True, verbose_name='answer until')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended at')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('activity', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='signups', to='volunteers.activity')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('shift', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='signups', to='volunteers.shift')),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.volunteer')),
            ],
            options={
                'verbose_name': 'sign-up',
                'verbose_name_plural': 'sign-ups',
            },
        ),
        migrations.CreateModel(
            name='SignUpHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('volunteer_name', models.CharField(max_length=50, verbose_name='volunteer')),
                ('volunteer_number', models.CharField(max_length=12, verbose_name='portal number')),
                ('during', django.contrib.postgres.fields.ranges.DateTimeRangeField(editable=False)),
                ('state', models.CharField(choices=[('placed', 'has a place'), ('waiting', 'on the waiting list'), ('offered', 'a place is offered'), ('withdrawn', 'withdrawn'), ('lapsed', 'offer not taken up'), ('removed', 'taken off the list')], max_length=9, verbose_name='state')),
                ('asked_at', models.DateTimeField(verbose_name='signed up at')),
                ('asked_by_label', models.CharField(max_length=60, verbose_name='signed up by')),
                ('offered_until', models.DateTimeField(null=True, verbose_name='answer until')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended at')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('activity', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='volunteers.activity')),
                ('committee', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.committee', verbose_name='committee')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='historys', to='volunteers.signup')),
                ('shift', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='volunteers.shift')),
                ('volunteer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='volunteers.volunteer')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(fields=['committee', '-id'], name='activity_newest'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(condition=models.Q(('state', 'published')), fields=['-id'], name='activity_published'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('youngest__isnull', True), ('oldest__isnull', True), ('oldest__gte', models.F('youngest')), _connector='OR'), name='activity_ages_in_order'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['published', 'settled']), _negated=True), ('reviewed_at__isnull', False), _connector='OR'), name='activity_published_was_reviewed'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', False), ('state', 'settled')), models.Q(models.Q(('state', 'settled'), _negated=True), ('settled_at__isnull', True)), _connector='OR'), name='activity_settled_says_when'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='activity_cancelled_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_activityhistory" ("committee_id", "content", "created_at", "created_by_label", "hands", "id", "insured", "invited", "kind", "needed_skills", "oldest", "organization_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "reason", "responsible_person", "responsible_phone", "reviewed_at", "reviewed_by_label", "risks", "settled_at", "settled_by_label", "state", "title", "visibility", "withdrawal_hours", "youngest") SELECT new_values."committee_id", new_values."content", new_values."created_at", new_values."created_by_label", new_values."hands", new_values."id", new_values."insured", new_values."invited", new_values."kind", new_values."needed_skills", new_values."oldest", new_values."organization_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."place", new_values."reason", new_values."responsible_person", new_values."responsible_phone", new_values."reviewed_at", new_values."reviewed_by_label", new_values."risks", new_values."settled_at", new_values."settled_by_label", new_values."state", new_values."title", new_values."visibility", new_values."withdrawal_hours", new_values."youngest" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e2dc1082cd83e791b6e72dc86104507562054a9e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_33c03', referencing='REFERENCING NEW TABLE AS new_values ', table='volunteers_activity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_activityhistory" ("committee_id", "content", "created_at", "created_by_label", "hands", "id", "insured", "invited", "kind", "needed_skills", "oldest", "organization_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "reason", "responsible_person", "responsible_phone", "reviewed_at", "reviewed_by_label", "risks", "settled_at", "settled_by_label", "state", "title", "visibility", "withdrawal_hours", "youngest") SELECT new_values."committee_id", new_values."content", new_values."created_at", new_values."created_by_label", new_values."hands", new_values."id", new_values."insured", new_values."invited", new_values."kind", new_values."needed_skills", new_values."oldest", new_values."organization_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."place", new_values."reason", new_values."responsible_person", new_values."responsible_phone", new_values."reviewed_at", new_values."reviewed_by_label", new_values."risks", new_values."settled_at", new_values."settled_by_label", new_values."state", new_values."title", new_values."visibility", new_values."withdrawal_hours", new_values."youngest" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ce14b384d77857d7b2600e8c1f7387dcab846240', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f0cd5', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='volunteers_activity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activityhistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='99925ab0a77ca0f1f0538bb3467ef4e4677831b2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a9c4f', table='volunteers_activityhistory', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='shift',
            index=models.Index(fields=['starts_at'], name='shift_starts'),
        ),
        migrations.AddIndex(
            model_name='shift',
            index=models.Index(condition=models.Q(('waiting__gt', 0)), fields=['id'], name='shift_waited_for'),
        ),
        migrations.AddConstraint(
            model_name='shift',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='shift_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='shift',
            constraint=models.CheckConstraint(condition=models.Q(('places__gte', 1)), name='shift_has_places'),
        ),
        migrations.AddConstraint(
            model_name='shift',
            constraint=models.CheckConstraint(condition=models.Q(('taken__gte', 0), ('taken__lte', models.F('places'))), name='shift_places_hold'),
        ),
        migrations.AddConstraint(
            model_name='shift',
            constraint=models.CheckConstraint(condition=models.Q(('waiting__gte', 0), ('waiting__lte', models.F('reserve'))), name='shift_reserve_holds'),
        ),
        migrations.AddConstraint(
            model_name='shift',
            constraint=models.UniqueConstraint(fields=('activity', 'starts_at', 'ends_at'), name='shift_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shift',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_shifthistory" ("activity_id", "committee_id", "ends_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "reserve", "starts_at") SELECT new_values."activity_id", new_values."committee_id", new_values."ends_at", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."places", new_values."reserve", new_values."starts_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a4bee733ee0c9dc639477ce084735c3a80a7d160', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_ce2b7', referencing='REFERENCING NEW TABLE AS new_values ', table='volunteers_shift', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shift',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_shifthistory" ("activity_id", "committee_id", "ends_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "reserve", "starts_at") SELECT new_values."activity_id", new_values."committee_id", new_values."ends_at", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."places", new_values."reserve", new_values."starts_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."activity_id" IS DISTINCT FROM (new_values."activity_id") OR old_values."committee_id" IS DISTINCT FROM (new_values."committee_id") OR old_values."ends_at" IS DISTINCT FROM (new_values."ends_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."places" IS DISTINCT FROM (new_values."places") OR old_values."reserve" IS DISTINCT FROM (new_values."reserve") OR old_values."starts_at" IS DISTINCT FROM (new_values."starts_at")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c4264101a2039f9f151906b300c1ad76370ad37b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_cde99', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='volunteers_shift', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shifthistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3e1a11e2b66ae15c7d0a3be71da76a17ed2863db', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_43a1d', table='volunteers_shifthistory', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='signup',
            index=models.Index(fields=['shift', 'id'], name='signup_shift'),
        ),
        migrations.AddIndex(
            model_name='signup',
            index=models.Index(fields=['volunteer', '-id'], name='signup_volunteer'),
        ),
        migrations.AddIndex(
            model_name='signup',
            index=models.Index(fields=['activity', 'id'], name='signup_activity'),
        ),
        migrations.AddIndex(
            model_name='signup',
            index=models.Index(condition=models.Q(('state', 'offered')), fields=['offered_until'], name='signup_offered'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state__in', ('placed', 'waiting', 'offered'))), expressions=[('volunteer', '='), ('during', '&&')], name='signup_no_overlap'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'offered'), _negated=True), ('offered_until__isnull', False), _connector='OR'), name='signup_offer_says_until_when'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state__in', ('placed', 'waiting', 'offered'))), models.Q(models.Q(('state__in', ('placed', 'waiting', 'offered')), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='signup_ended_says_when'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signup',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_signuphistory" ("activity_id", "asked_at", "asked_by_label", "committee_id", "during", "ended_at", "id", "offered_until", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "shift_id", "state", "volunteer_id", "volunteer_name", "volunteer_number") SELECT new_values."activity_id", new_values."asked_at", new_values."asked_by_label", new_values."committee_id", new_values."during", new_values."ended_at", new_values."id", new_values."offered_until", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."reason", new_values."shift_id", new_values."state", new_values."volunteer_id", new_values."volunteer_name", new_values."volunteer_number" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4e47e92e26de43f2b7fa3e005cb2fc9f0c5fe4c2', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_cc873', referencing='REFERENCING NEW TABLE AS new_values ', table='volunteers_signup', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signup',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_signuphistory" ("activity_id", "asked_at", "asked_by_label", "committee_id", "during", "ended_at", "id", "offered_until", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "shift_id", "state", "volunteer_id", "volunteer_name", "volunteer_number") SELECT new_values."activity_id", new_values."asked_at", new_values."asked_by_label", new_values."committee_id", new_values."during", new_values."ended_at", new_values."id", new_values."offered_until", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."reason", new_values."shift_id", new_values."state", new_values."volunteer_id", new_values."volunteer_name", new_values."volunteer_number" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."activity_id" IS DISTINCT FROM (new_values."activity_id") OR old_values."asked_at" IS DISTINCT FROM (new_values."asked_at") OR old_values."asked_by_label" IS DISTINCT FROM (new_values."asked_by_label") OR old_values."committee_id" IS DISTINCT FROM (new_values."committee_id") OR old_values."during" IS DISTINCT FROM (new_values."during") OR old_values."ended_at" IS DISTINCT FROM (new_values."ended_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."offered_until" IS DISTINCT FROM (new_values."offered_until") OR old_values."reason" IS DISTINCT FROM (new_values."reason") OR old_values."shift_id" IS DISTINCT FROM (new_values."shift_id") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."volunteer_id" IS DISTINCT FROM (new_values."volunteer_id") OR old_values."volunteer_name" IS DISTINCT FROM (new_values."volunteer_name") OR old_values."volunteer_number" IS DISTINCT FROM (new_values."volunteer_number")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a298f1dc6c1714da681bf94eee032a9568d2e993', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2771a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='volunteers_signup', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signuphistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2107a2ee1751f217a5fadaa368c06a9456e0e1b4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b8e33', table='volunteers_signuphistory', when='BEFORE')),
        ),
        migrations.RunSQL(COUNTING, "DROP FUNCTION volunteers_count_places() CASCADE"),
        migrations.RunSQL(PLACE_IN_LINE, "DROP FUNCTION volunteers_place_in_line(bigint)"),
        InstallReferences(),
    ]
