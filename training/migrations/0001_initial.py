"""Courses, sessions, enrolments, and what activities ask for."""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organizations', '0005_cashiers'),
        ('volunteers', '0038_places_told'),
    ]

    operations = [
        migrations.CreateModel(
            name='Course',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=80, verbose_name='title')),
                ('tier', models.CharField(choices=[('pre_service', 'pre-service training'), ('in_service', 'in-service practice'), ('specialised', 'specialised training')], max_length=11, verbose_name='tier')),
                ('outline', models.TextField(max_length=4000, verbose_name='content')),
                ('minutes', models.PositiveIntegerField(verbose_name='minutes of teaching')),
                ('valid_months', models.PositiveSmallIntegerField(null=True, verbose_name='valid for months')),
                ('counts_for_post', models.BooleanField(default=False, verbose_name='counts for a post')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('withdrawn', 'withdrawn')], default='draft', max_length=9)),
                ('created_by_label', models.CharField(max_length=60, verbose_name='written by')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('published_by_label', models.CharField(blank=True, max_length=60, verbose_name='published by')),
                ('published_at', models.DateTimeField(null=True, verbose_name='published at')),
                ('after', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='training.course', verbose_name='first')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
            ],
            options={
                'verbose_name': 'course',
                'verbose_name_plural': 'courses',
            },
        ),
        migrations.CreateModel(
            name='CourseHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=80, verbose_name='title')),
                ('tier', models.CharField(choices=[('pre_service', 'pre-service training'), ('in_service', 'in-service practice'), ('specialised', 'specialised training')], max_length=11, verbose_name='tier')),
                ('outline', models.TextField(max_length=4000, verbose_name='content')),
                ('minutes', models.PositiveIntegerField(verbose_name='minutes of teaching')),
                ('valid_months', models.PositiveSmallIntegerField(null=True, verbose_name='valid for months')),
                ('counts_for_post', models.BooleanField(default=False, verbose_name='counts for a post')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('withdrawn', 'withdrawn')], default='draft', max_length=9)),
                ('created_by_label', models.CharField(max_length=60, verbose_name='written by')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('published_by_label', models.CharField(blank=True, max_length=60, verbose_name='published by')),
                ('published_at', models.DateTimeField(null=True, verbose_name='published at')),
                ('after', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='training.course', verbose_name='first')),
                ('committee', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.committee', verbose_name='committee')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='historys', to='training.course')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tier1', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 4), output_field=models.CharField(db_collation='C', max_length=4))),
                ('tier2', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 8), output_field=models.CharField(db_collation='C', max_length=8))),
                ('tier3', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 12), output_field=models.CharField(db_collation='C', max_length=12))),
                ('volunteer_name', models.CharField(max_length=50, verbose_name='volunteer')),
                ('volunteer_number', models.CharField(max_length=12, verbose_name='portal number')),
                ('state', models.CharField(choices=[('asked', 'awaits approval'), ('waiting', 'on the waiting list'), ('placed', 'has a place'), ('withdrawn', 'withdrawn'), ('refused', 'refused'), ('completed', 'completed'), ('failed', 'not passed'), ('absent', 'absent')], max_length=9, verbose_name='state')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='enrolled at')),
                ('asked_by_label', models.CharField(max_length=60, verbose_name='enrolled by')),
                ('minutes', models.PositiveIntegerField(default=0, verbose_name='minutes of training')),
                ('completed_on', models.DateField(null=True, verbose_name='completed on')),
                ('valid_until', models.DateField(null=True, verbose_name='valid until')),
                ('decided_by_label', models.CharField(blank=True, max_length=60, verbose_name='decided by')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('course', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='training.course')),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.volunteer')),
            ],
            options={
                'verbose_name': 'enrolment',
                'verbose_name_plural': 'enrolments',
            },
        ),
        migrations.CreateModel(
            name='Requirement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('set_by_label', models.CharField(max_length=60, verbose_name='set by')),
                ('set_at', models.DateTimeField(auto_now_add=True)),
                ('activity', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.activity')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='training.course')),
            ],
            options={
                'verbose_name': 'course that an activity asks for',
                'verbose_name_plural': 'courses that activities ask for',
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mode', models.CharField(choices=[('place', 'at a place'), ('online', 'online'), ('mixed', 'at a place and online')], max_length=6, verbose_name='where')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                ('link', models.URLField(blank=True, max_length=300, verbose_name='address online')),
                ('teacher', models.CharField(max_length=50, verbose_name='teacher')),
                ('starts_at', models.DateTimeField(verbose_name='start')),
                ('ends_at', models.DateTimeField(verbose_name='end')),
                ('places', models.PositiveIntegerField(verbose_name='places')),
                ('enrolment', models.CharField(choices=[('open', 'open: whoever comes first'), ('approval', 'by approval of the committee'), ('assigned', 'assigned by committees')], max_length=8, verbose_name='enrolment')),
                ('created_by_label', models.CharField(max_length=60, verbose_name='written by')),
                ('cancelled_at', models.DateTimeField(null=True, verbose_name='cancelled at')),
                ('cancel_reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='training.course')),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
            },
        ),
        migrations.CreateModel(
            name='EnrolmentHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('volunteer_name', models.CharField(max_length=50, verbose_name='volunteer')),
                ('volunteer_number', models.CharField(max_length=12, verbose_name='portal number')),
                ('state', models.CharField(choices=[('asked', 'awaits approval'), ('waiting', 'on the waiting list'), ('placed', 'has a place'), ('withdrawn', 'withdrawn'), ('refused', 'refused'), ('completed', 'completed'), ('failed', 'not passed'), ('absent', 'absent')], max_length=9, verbose_name='state')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='enrolled at')),
                ('asked_by_label', models.CharField(max_length=60, verbose_name='enrolled by')),
                ('minutes', models.PositiveIntegerField(default=0, verbose_name='minutes of training')),
                ('completed_on', models.DateField(null=True, verbose_name='completed on')),
                ('valid_until', models.DateField(null=True, verbose_name='valid until')),
                ('decided_by_label', models.CharField(blank=True, max_length=60, verbose_name='decided by')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('committee', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.committee', verbose_name='committee')),
                ('course', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='training.course')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='historys', to='training.enrolment')),
                ('volunteer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='volunteers.volunteer')),
                ('session', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='training.session')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='enrolment',
            name='session',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='training.session'),
        ),
        migrations.CreateModel(
            name='SessionHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('mode', models.CharField(choices=[('place', 'at a place'), ('online', 'online'), ('mixed', 'at a place and online')], max_length=6, verbose_name='where')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                ('link', models.URLField(blank=True, max_length=300, verbose_name='address online')),
                ('teacher', models.CharField(max_length=50, verbose_name='teacher')),
                ('starts_at', models.DateTimeField(verbose_name='start')),
                ('ends_at', models.DateTimeField(verbose_name='end')),
                ('places', models.PositiveIntegerField(verbose_name='places')),
                ('enrolment', models.CharField(choices=[('open', 'open: whoever comes first'), ('approval', 'by approval of the committee'), ('assigned', 'assigned by committees')], max_length=8, verbose_name='enrolment')),
                ('created_by_label', models.CharField(max_length=60, verbose_name='written by')),
                ('cancelled_at', models.DateTimeField(null=True, verbose_name='cancelled at')),
                ('cancel_reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('committee', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.committee', verbose_name='committee')),
                ('course', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='training.course')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='historys', to='training.session')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='course',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__gte', 1), models.Q(('valid_months', 0), _negated=True)), name='course_lasts_some_time'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='course',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "training_coursehistory" ("after_id", "committee_id", "counts_for_post", "created_at", "created_by_label", "id", "minutes", "outline", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_label", "state", "tier", "title", "valid_months") SELECT new_values."after_id", new_values."committee_id", new_values."counts_for_post", new_values."created_at", new_values."created_by_label", new_values."id", new_values."minutes", new_values."outline", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."published_at", new_values."published_by_label", new_values."state", new_values."tier", new_values."title", new_values."valid_months" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='09334b833254c58fb25d19df37597a071d39b87b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_bfc1a', referencing='REFERENCING NEW TABLE AS new_values ', table='training_course', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='course',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "training_coursehistory" ("after_id", "committee_id", "counts_for_post", "created_at", "created_by_label", "id", "minutes", "outline", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_label", "state", "tier", "title", "valid_months") SELECT new_values."after_id", new_values."committee_id", new_values."counts_for_post", new_values."created_at", new_values."created_by_label", new_values."id", new_values."minutes", new_values."outline", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."published_at", new_values."published_by_label", new_values."state", new_values."tier", new_values."title", new_values."valid_months" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f422b26b851f7e31a3092ed23b50b0625817658c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_27da0', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='training_course', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='coursehistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2271cc2030c0f8faa021361df36f6dfdced05664', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b0b8b', table='training_coursehistory', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='requirement',
            constraint=models.UniqueConstraint(fields=('activity', 'course'), name='requirement_once'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='session_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('places__gte', 1)), name='session_has_places'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('cancelled_at__isnull', True), models.Q(('cancel_reason', ''), _negated=True), _connector='OR'), name='session_cancelled_with_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='session',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "training_sessionhistory" ("cancel_reason", "cancelled_at", "committee_id", "course_id", "created_by_label", "ends_at", "enrolment", "id", "link", "mode", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "places", "starts_at", "teacher") SELECT new_values."cancel_reason", new_values."cancelled_at", new_values."committee_id", new_values."course_id", new_values."created_by_label", new_values."ends_at", new_values."enrolment", new_values."id", new_values."link", new_values."mode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."place", new_values."places", new_values."starts_at", new_values."teacher" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c3fa6c9d00d42140fa9ae5c96547e1ba0cb36c3d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e932a', referencing='REFERENCING NEW TABLE AS new_values ', table='training_session', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='session',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "training_sessionhistory" ("cancel_reason", "cancelled_at", "committee_id", "course_id", "created_by_label", "ends_at", "enrolment", "id", "link", "mode", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "places", "starts_at", "teacher") SELECT new_values."cancel_reason", new_values."cancelled_at", new_values."committee_id", new_values."course_id", new_values."created_by_label", new_values."ends_at", new_values."enrolment", new_values."id", new_values."link", new_values."mode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."place", new_values."places", new_values."starts_at", new_values."teacher" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7186a2390be418f12f5809815687cd7fac6b6ba0', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_4f7da', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='training_session', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='enrolmenthistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a24070a7aeb94af1201be77c2eccf5f9b1ad15f0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ebe74', table='training_enrolmenthistory', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='enrolment',
            index=models.Index(fields=['session', 'id'], name='enrolment_session'),
        ),
        migrations.AddIndex(
            model_name='enrolment',
            index=models.Index(fields=['volunteer', '-id'], name='enrolment_volunteer'),
        ),
        migrations.AddIndex(
            model_name='enrolment',
            index=models.Index(condition=models.Q(('state', 'completed')), fields=['tier3', 'course'], name='enrolment_completed'),
        ),
        migrations.AddConstraint(
            model_name='enrolment',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['withdrawn', 'refused']), _negated=True), fields=('session', 'volunteer'), name='enrolment_once'),
        ),
        migrations.AddConstraint(
            model_name='enrolment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('completed_on__isnull', False), ('state', 'completed')), models.Q(models.Q(('state', 'completed'), _negated=True), ('completed_on__isnull', True), ('minutes', 0)), _connector='OR'), name='enrolment_completed_says_when'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='enrolment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "training_enrolmenthistory" ("asked_at", "asked_by_label", "committee_id", "completed_on", "course_id", "decided_by_label", "id", "minutes", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "session_id", "state", "valid_until", "volunteer_id", "volunteer_name", "volunteer_number") SELECT new_values."asked_at", new_values."asked_by_label", new_values."committee_id", new_values."completed_on", new_values."course_id", new_values."decided_by_label", new_values."id", new_values."minutes", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."reason", new_values."session_id", new_values."state", new_values."valid_until", new_values."volunteer_id", new_values."volunteer_name", new_values."volunteer_number" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9d8d338f634387c44d97c957efefed77db22b016', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c3fe7', referencing='REFERENCING NEW TABLE AS new_values ', table='training_enrolment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='enrolment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "training_enrolmenthistory" ("asked_at", "asked_by_label", "committee_id", "completed_on", "course_id", "decided_by_label", "id", "minutes", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "session_id", "state", "valid_until", "volunteer_id", "volunteer_name", "volunteer_number") SELECT new_values."asked_at", new_values."asked_by_label", new_values."committee_id", new_values."completed_on", new_values."course_id", new_values."decided_by_label", new_values."id", new_values."minutes", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."reason", new_values."session_id", new_values."state", new_values."valid_until", new_values."volunteer_id", new_values."volunteer_name", new_values."volunteer_number" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."asked_at" IS DISTINCT FROM (new_values."asked_at") OR old_values."asked_by_label" IS DISTINCT FROM (new_values."asked_by_label") OR old_values."committee_id" IS DISTINCT FROM (new_values."committee_id") OR old_values."completed_on" IS DISTINCT FROM (new_values."completed_on") OR old_values."course_id" IS DISTINCT FROM (new_values."course_id") OR old_values."decided_by_label" IS DISTINCT FROM (new_values."decided_by_label") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."minutes" IS DISTINCT FROM (new_values."minutes") OR old_values."reason" IS DISTINCT FROM (new_values."reason") OR old_values."session_id" IS DISTINCT FROM (new_values."session_id") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."valid_until" IS DISTINCT FROM (new_values."valid_until") OR old_values."volunteer_id" IS DISTINCT FROM (new_values."volunteer_id") OR old_values."volunteer_name" IS DISTINCT FROM (new_values."volunteer_name") OR old_values."volunteer_number" IS DISTINCT FROM (new_values."volunteer_number")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='68050bad9e61df20a664ca8dd9194f7a90308283', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_39c3a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='training_enrolment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sessionhistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='32228a823436e32a7821244bc25baaf07e827c96', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_78290', table='training_sessionhistory', when='BEFORE')),
        ),
    ]
