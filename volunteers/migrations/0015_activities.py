"""Activities and their shifts."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from core.tenancy.operations import InstallPolicies


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
                ('risks', models.CharField(blank=True, max_length=500, verbose_name='risks and precautions')),
                ('insured', models.BooleanField(default=False, verbose_name='volunteers are insured against accidents')),
                ('youngest', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='youngest age')),
                ('oldest', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='oldest age')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('in_review', 'in review'), ('published', 'published'), ('cancelled', 'cancelled')], default='draft', max_length=9, verbose_name='state')),
                ('created_by_label', models.CharField(max_length=60, verbose_name='written by')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('hands', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, editable=False, size=None)),
                ('reviewed_by_label', models.CharField(blank=True, max_length=60, verbose_name='reviewed by')),
                ('reviewed_at', models.DateTimeField(null=True, verbose_name='reviewed at')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
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
                ('risks', models.CharField(blank=True, max_length=500, verbose_name='risks and precautions')),
                ('insured', models.BooleanField(default=False, verbose_name='volunteers are insured against accidents')),
                ('youngest', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='youngest age')),
                ('oldest', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='oldest age')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('in_review', 'in review'), ('published', 'published'), ('cancelled', 'cancelled')], default='draft', max_length=9, verbose_name='state')),
                ('created_by_label', models.CharField(max_length=60, verbose_name='written by')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('hands', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, editable=False, size=None)),
                ('reviewed_by_label', models.CharField(blank=True, max_length=60, verbose_name='reviewed by')),
                ('reviewed_at', models.DateTimeField(null=True, verbose_name='reviewed at')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('committee', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.committee', verbose_name='committee')),
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
                ('activity', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='volunteers.activity')),
                ('committee', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.committee', verbose_name='committee')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='historys', to='volunteers.shift')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(fields=['committee', '-id'], name='activity_newest'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('youngest__isnull', True), ('oldest__isnull', True), ('oldest__gte', models.F('youngest')), _connector='OR'), name='activity_ages_in_order'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), ('reviewed_at__isnull', False), _connector='OR'), name='activity_published_was_reviewed'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='activity_cancelled_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_activityhistory" ("committee_id", "content", "created_at", "created_by_label", "hands", "id", "insured", "kind", "oldest", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "reason", "responsible_person", "responsible_phone", "reviewed_at", "reviewed_by_label", "risks", "state", "title", "youngest") SELECT new_values."committee_id", new_values."content", new_values."created_at", new_values."created_by_label", new_values."hands", new_values."id", new_values."insured", new_values."kind", new_values."oldest", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."place", new_values."reason", new_values."responsible_person", new_values."responsible_phone", new_values."reviewed_at", new_values."reviewed_by_label", new_values."risks", new_values."state", new_values."title", new_values."youngest" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='175e3caed1e3b01b969ff55e875c534511bade97', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_33c03', referencing='REFERENCING NEW TABLE AS new_values ', table='volunteers_activity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_activityhistory" ("committee_id", "content", "created_at", "created_by_label", "hands", "id", "insured", "kind", "oldest", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "reason", "responsible_person", "responsible_phone", "reviewed_at", "reviewed_by_label", "risks", "state", "title", "youngest") SELECT new_values."committee_id", new_values."content", new_values."created_at", new_values."created_by_label", new_values."hands", new_values."id", new_values."insured", new_values."kind", new_values."oldest", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."place", new_values."reason", new_values."responsible_person", new_values."responsible_phone", new_values."reviewed_at", new_values."reviewed_by_label", new_values."risks", new_values."state", new_values."title", new_values."youngest" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='61cea355c054b7f626bc4a9103c69a1b9b95eda9', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f0cd5', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='volunteers_activity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activityhistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='99925ab0a77ca0f1f0538bb3467ef4e4677831b2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a9c4f', table='volunteers_activityhistory', when='BEFORE')),
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
            constraint=models.UniqueConstraint(fields=('activity', 'starts_at', 'ends_at'), name='shift_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shift',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_shifthistory" ("activity_id", "committee_id", "ends_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "starts_at") SELECT new_values."activity_id", new_values."committee_id", new_values."ends_at", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."places", new_values."starts_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='db7e7ecc4f141312014ff79fe3076082a375c3f5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_ce2b7', referencing='REFERENCING NEW TABLE AS new_values ', table='volunteers_shift', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shift',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_shifthistory" ("activity_id", "committee_id", "ends_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "starts_at") SELECT new_values."activity_id", new_values."committee_id", new_values."ends_at", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."places", new_values."starts_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='98a59d478203847b955cbd7c4d1c5fb28876287a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_cde99', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='volunteers_shift', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shifthistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3e1a11e2b66ae15c7d0a3be71da76a17ed2863db', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_43a1d', table='volunteers_shifthistory', when='BEFORE')),
        ),
        InstallPolicies("volunteers.activities.policies.TABLES"),
    ]
