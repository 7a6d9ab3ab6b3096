"""Stars, merchants, offers and redemptions."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organizations', '0005_cashiers'),
        ('volunteers', '0038_places_told'),
    ]

    operations = [
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=80, verbose_name='title')),
                ('kind', models.CharField(choices=[('discount', 'discount'), ('fixed_sum', 'fixed sum off'), ('gift', 'gift'), ('free_entry', 'free entry')], max_length=10, verbose_name='kind')),
                ('terms', models.CharField(blank=True, max_length=500, verbose_name='conditions')),
                ('min_stars', models.PositiveSmallIntegerField(default=0, verbose_name='stars')),
                ('min_minutes', models.PositiveIntegerField(default=0, verbose_name='minutes this year')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(verbose_name='until')),
                ('weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None)),
                ('per_day', models.PositiveSmallIntegerField(null=True, verbose_name='a person a day')),
                ('per_month', models.PositiveSmallIntegerField(null=True, verbose_name='a person a month')),
                ('per_person', models.PositiveSmallIntegerField(null=True, verbose_name='a person in all')),
                ('stock', models.PositiveIntegerField(null=True, verbose_name='in all')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('submitted', 'awaiting review'), ('published', 'published'), ('withdrawn', 'withdrawn')], default='draft', max_length=9)),
                ('created_by_label', models.CharField(max_length=60, verbose_name='written by')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('reviewed_by_label', models.CharField(blank=True, max_length=60, verbose_name='reviewed by')),
                ('reviewed_at', models.DateTimeField(null=True, verbose_name='reviewed at')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
            ],
            options={
                'verbose_name': 'offer',
                'verbose_name_plural': 'offers',
            },
        ),
        migrations.CreateModel(
            name='StarDue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('volunteer_id', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'stars to recount',
                'verbose_name_plural': 'stars to recount',
            },
        ),
        migrations.CreateModel(
            name='Merchant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('category', models.CharField(choices=[('meals', 'meals'), ('films', 'films'), ('shopping', 'shopping'), ('culture', 'culture and books'), ('sport', 'sport'), ('health', 'health'), ('travel', 'travel and tickets'), ('other', 'other')], max_length=8, verbose_name='category')),
                ('licence', models.CharField(max_length=18, verbose_name='unified social credit code')),
                ('contact_person', models.CharField(max_length=50, verbose_name='contact person')),
                ('contact_phone', models.CharField(max_length=20, verbose_name='telephone')),
                ('agreement', models.CharField(blank=True, max_length=40, verbose_name='number of the agreement')),
                ('agreed_from', models.DateField(verbose_name='agreement from')),
                ('agreed_until', models.DateField(verbose_name='agreement until')),
                ('suspended_at', models.DateTimeField(null=True, verbose_name='suspended at')),
                ('suspend_reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
            ],
            options={
                'verbose_name': 'merchant',
                'verbose_name_plural': 'merchants',
            },
        ),
        migrations.CreateModel(
            name='Branch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('latitude', models.FloatField(blank=True, null=True, verbose_name='latitude')),
                ('longitude', models.FloatField(blank=True, null=True, verbose_name='longitude')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('address', models.CharField(max_length=200, verbose_name='address')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='telephone')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='closed at')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('merchant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='branches', to='incentives.merchant')),
            ],
            options={
                'verbose_name': 'branch',
                'verbose_name_plural': 'branches',
            },
        ),
        migrations.CreateModel(
            name='MerchantHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('category', models.CharField(choices=[('meals', 'meals'), ('films', 'films'), ('shopping', 'shopping'), ('culture', 'culture and books'), ('sport', 'sport'), ('health', 'health'), ('travel', 'travel and tickets'), ('other', 'other')], max_length=8, verbose_name='category')),
                ('licence', models.CharField(max_length=18, verbose_name='unified social credit code')),
                ('contact_person', models.CharField(max_length=50, verbose_name='contact person')),
                ('contact_phone', models.CharField(max_length=20, verbose_name='telephone')),
                ('agreement', models.CharField(blank=True, max_length=40, verbose_name='number of the agreement')),
                ('agreed_from', models.DateField(verbose_name='agreement from')),
                ('agreed_until', models.DateField(verbose_name='agreement until')),
                ('suspended_at', models.DateTimeField(null=True, verbose_name='suspended at')),
                ('suspend_reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('committee', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.committee', verbose_name='committee')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='historys', to='incentives.merchant')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OfferStock',
            fields=[
                ('offer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='counted', serialize=False, to='incentives.offer')),
                ('taken', models.PositiveIntegerField(default=0, verbose_name='redeemed')),
            ],
            options={
                'verbose_name': 'count of an offer',
                'verbose_name_plural': 'counts of offers',
            },
        ),
        migrations.AddField(
            model_name='offer',
            name='merchant',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='incentives.merchant'),
        ),
        migrations.CreateModel(
            name='OfferHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=80, verbose_name='title')),
                ('kind', models.CharField(choices=[('discount', 'discount'), ('fixed_sum', 'fixed sum off'), ('gift', 'gift'), ('free_entry', 'free entry')], max_length=10, verbose_name='kind')),
                ('terms', models.CharField(blank=True, max_length=500, verbose_name='conditions')),
                ('min_stars', models.PositiveSmallIntegerField(default=0, verbose_name='stars')),
                ('min_minutes', models.PositiveIntegerField(default=0, verbose_name='minutes this year')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(verbose_name='until')),
                ('weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None)),
                ('per_day', models.PositiveSmallIntegerField(null=True, verbose_name='a person a day')),
                ('per_month', models.PositiveSmallIntegerField(null=True, verbose_name='a person a month')),
                ('per_person', models.PositiveSmallIntegerField(null=True, verbose_name='a person in all')),
                ('stock', models.PositiveIntegerField(null=True, verbose_name='in all')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('submitted', 'awaiting review'), ('published', 'published'), ('withdrawn', 'withdrawn')], default='draft', max_length=9)),
                ('created_by_label', models.CharField(max_length=60, verbose_name='written by')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('reviewed_by_label', models.CharField(blank=True, max_length=60, verbose_name='reviewed by')),
                ('reviewed_at', models.DateTimeField(null=True, verbose_name='reviewed at')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('committee', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.committee', verbose_name='committee')),
                ('merchant', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='incentives.merchant')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='historys', to='incentives.offer')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Redemption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tier1', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 4), output_field=models.CharField(db_collation='C', max_length=4))),
                ('tier2', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 8), output_field=models.CharField(db_collation='C', max_length=8))),
                ('tier3', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 12), output_field=models.CharField(db_collation='C', max_length=12))),
                ('offer_title', models.CharField(max_length=80, verbose_name='offer')),
                ('stars', models.PositiveSmallIntegerField(verbose_name='stars')),
                ('step', models.BigIntegerField(editable=False)),
                ('is_late', models.BooleanField(default=False, verbose_name='shown without network')),
                ('nonce', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('redeemed_on', models.DateField(verbose_name='day')),
                ('redeemed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='at')),
                ('by_label', models.CharField(max_length=60, verbose_name='by')),
                ('reversed_at', models.DateTimeField(null=True, verbose_name='reversed at')),
                ('reversed_by_label', models.CharField(blank=True, max_length=60, verbose_name='reversed by')),
                ('reverse_reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('merchant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='redemptions', to='incentives.merchant')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='redemptions', to='incentives.offer')),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.volunteer')),
            ],
            options={
                'verbose_name': 'redemption',
                'verbose_name_plural': 'redemptions',
            },
        ),
        migrations.CreateModel(
            name='StarAward',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tier1', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 4), output_field=models.CharField(db_collation='C', max_length=4))),
                ('tier2', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 8), output_field=models.CharField(db_collation='C', max_length=8))),
                ('tier3', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 12), output_field=models.CharField(db_collation='C', max_length=12))),
                ('stars', models.PositiveSmallIntegerField(verbose_name='stars')),
                ('state', models.CharField(choices=[('reached', 'reached, awaits approval'), ('granted', 'granted'), ('doubted', 'no longer covered by hours'), ('withdrawn', 'withdrawn')], max_length=9)),
                ('minutes', models.PositiveIntegerField(verbose_name='minutes counted')),
                ('needed', models.PositiveIntegerField(verbose_name='minutes needed')),
                ('approval_tier', models.PositiveSmallIntegerField()),
                ('proposed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided at')),
                ('decided_by_label', models.CharField(blank=True, max_length=60, verbose_name='decided by')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.volunteer')),
            ],
            options={
                'verbose_name': 'star award',
                'verbose_name_plural': 'star awards',
            },
        ),
        migrations.CreateModel(
            name='StarAwardHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('stars', models.PositiveSmallIntegerField(verbose_name='stars')),
                ('state', models.CharField(choices=[('reached', 'reached, awaits approval'), ('granted', 'granted'), ('doubted', 'no longer covered by hours'), ('withdrawn', 'withdrawn')], max_length=9)),
                ('minutes', models.PositiveIntegerField(verbose_name='minutes counted')),
                ('needed', models.PositiveIntegerField(verbose_name='minutes needed')),
                ('approval_tier', models.PositiveSmallIntegerField()),
                ('proposed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided at')),
                ('decided_by_label', models.CharField(blank=True, max_length=60, verbose_name='decided by')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('committee', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.committee', verbose_name='committee')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='historys', to='incentives.staraward')),
                ('volunteer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='volunteers.volunteer')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Till',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, verbose_name='till')),
                ('digest', models.BinaryField(max_length=32, unique=True)),
                ('issued_by_label', models.CharField(max_length=60, verbose_name='issued by')),
                ('issued_at', models.DateTimeField(auto_now_add=True, verbose_name='issued at')),
                ('revoked_at', models.DateTimeField(null=True, verbose_name='revoked at')),
                ('revoked_by_label', models.CharField(blank=True, max_length=60, verbose_name='revoked by')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('merchant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tills', to='incentives.merchant')),
            ],
            options={
                'verbose_name': 'till',
                'verbose_name_plural': 'tills',
            },
        ),
        migrations.AddConstraint(
            model_name='merchant',
            constraint=models.UniqueConstraint(fields=('committee', 'licence'), name='merchant_once'),
        ),
        migrations.AddConstraint(
            model_name='merchant',
            constraint=models.CheckConstraint(condition=models.Q(('agreed_until__gte', models.F('agreed_from'))), name='merchant_agreement_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='merchant',
            constraint=models.CheckConstraint(condition=models.Q(('suspended_at__isnull', True), models.Q(('suspend_reason', ''), _negated=True), _connector='OR'), name='merchant_suspended_with_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='merchant',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "incentives_merchanthistory" ("agreed_from", "agreed_until", "agreement", "category", "committee_id", "contact_person", "contact_phone", "id", "licence", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "suspend_reason", "suspended_at") SELECT new_values."agreed_from", new_values."agreed_until", new_values."agreement", new_values."category", new_values."committee_id", new_values."contact_person", new_values."contact_phone", new_values."id", new_values."licence", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."suspend_reason", new_values."suspended_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='dbd07b51b71e94c943ad8b808911b012cdf309fa', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f3e6e', referencing='REFERENCING NEW TABLE AS new_values ', table='incentives_merchant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='merchant',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "incentives_merchanthistory" ("agreed_from", "agreed_until", "agreement", "category", "committee_id", "contact_person", "contact_phone", "id", "licence", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "suspend_reason", "suspended_at") SELECT new_values."agreed_from", new_values."agreed_until", new_values."agreement", new_values."category", new_values."committee_id", new_values."contact_person", new_values."contact_phone", new_values."id", new_values."licence", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."suspend_reason", new_values."suspended_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b597550ebfd190e653234083f433ccf2de4a83de', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_11f3a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='incentives_merchant', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='branch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__isnull', False), ('latitude__range', (3.0, 54.0)), ('longitude__isnull', False), ('longitude__range', (73.0, 136.0))), _connector='OR'), name='branch_point'),
        ),
        migrations.AddConstraint(
            model_name='branch',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('merchant', 'name'), name='branch_name_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='merchanthistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='dfaeb6e58f35e1b69f34f48423ba39b134dfb905', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f98d9', table='incentives_merchanthistory', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='offerstock',
            name='committee',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='offer_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(('min_stars__lte', 5)), name='offer_stars_of_the_ladder'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(('weekdays__contained_by', [1, 2, 3, 4, 5, 6, 7])), name='offer_weekdays_are_days'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('per_day', 0), _negated=True), models.Q(('per_month', 0), _negated=True), models.Q(('per_person', 0), _negated=True), models.Q(('stock', 0), _negated=True)), name='offer_limits_are_some'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offer',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "incentives_offerhistory" ("committee_id", "created_at", "created_by_label", "ends_on", "id", "kind", "merchant_id", "min_minutes", "min_stars", "per_day", "per_month", "per_person", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reviewed_at", "reviewed_by_label", "starts_on", "state", "stock", "terms", "title", "weekdays") SELECT new_values."committee_id", new_values."created_at", new_values."created_by_label", new_values."ends_on", new_values."id", new_values."kind", new_values."merchant_id", new_values."min_minutes", new_values."min_stars", new_values."per_day", new_values."per_month", new_values."per_person", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."reason", new_values."reviewed_at", new_values."reviewed_by_label", new_values."starts_on", new_values."state", new_values."stock", new_values."terms", new_values."title", new_values."weekdays" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c945072f2b423166c0b11adbae48750642871531', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_80250', referencing='REFERENCING NEW TABLE AS new_values ', table='incentives_offer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offer',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "incentives_offerhistory" ("committee_id", "created_at", "created_by_label", "ends_on", "id", "kind", "merchant_id", "min_minutes", "min_stars", "per_day", "per_month", "per_person", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reviewed_at", "reviewed_by_label", "starts_on", "state", "stock", "terms", "title", "weekdays") SELECT new_values."committee_id", new_values."created_at", new_values."created_by_label", new_values."ends_on", new_values."id", new_values."kind", new_values."merchant_id", new_values."min_minutes", new_values."min_stars", new_values."per_day", new_values."per_month", new_values."per_person", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."reason", new_values."reviewed_at", new_values."reviewed_by_label", new_values."starts_on", new_values."state", new_values."stock", new_values."terms", new_values."title", new_values."weekdays" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2eb514fa97bd8503edf1605b0939663f4ac38d01', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_475b6', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='incentives_offer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offerhistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='dce8ff0fefb4842bfe8066c9e092f538ebe3261b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e8d04', table='incentives_offerhistory', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='redemption',
            index=models.Index(fields=['volunteer', 'offer', 'redeemed_on'], name='redemption_person'),
        ),
        migrations.AddIndex(
            model_name='redemption',
            index=models.Index(fields=['merchant', '-id'], name='redemption_merchant_newest'),
        ),
        migrations.AddIndex(
            model_name='redemption',
            index=models.Index(fields=['tier2', '-id'], name='redemption_tier2_newest'),
        ),
        migrations.AddIndex(
            model_name='redemption',
            index=models.Index(fields=['tier3', '-id'], name='redemption_tier3_newest'),
        ),
        migrations.AddIndex(
            model_name='redemption',
            index=models.Index(fields=['committee', '-id'], name='redemption_committee_newest'),
        ),
        migrations.AddConstraint(
            model_name='redemption',
            constraint=models.UniqueConstraint(fields=('volunteer', 'step'), name='redemption_code_once'),
        ),
        migrations.AddConstraint(
            model_name='redemption',
            constraint=models.CheckConstraint(condition=models.Q(('reversed_at__isnull', True), models.Q(('reverse_reason', ''), _negated=True), _connector='OR'), name='redemption_reversed_with_reason'),
        ),
        migrations.AddIndex(
            model_name='staraward',
            index=models.Index(fields=['volunteer', '-stars'], name='star_volunteer'),
        ),
        migrations.AddIndex(
            model_name='staraward',
            index=models.Index(condition=models.Q(('state__in', ['reached', 'doubted'])), fields=['tier3', 'id'], name='star_waiting'),
        ),
        migrations.AddConstraint(
            model_name='staraward',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'withdrawn'), _negated=True), fields=('volunteer', 'stars'), name='star_once'),
        ),
        migrations.AddConstraint(
            model_name='staraward',
            constraint=models.CheckConstraint(condition=models.Q(('stars__gte', 1), ('stars__lte', 5)), name='star_of_the_ladder'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='staraward',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "incentives_starawardhistory" ("approval_tier", "committee_id", "decided_at", "decided_by_label", "id", "minutes", "needed", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "reason", "stars", "state", "volunteer_id") SELECT new_values."approval_tier", new_values."committee_id", new_values."decided_at", new_values."decided_by_label", new_values."id", new_values."minutes", new_values."needed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."proposed_at", new_values."reason", new_values."stars", new_values."state", new_values."volunteer_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8a87db3ce61617672f2ce5718983cebaecf60286', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_236fa', referencing='REFERENCING NEW TABLE AS new_values ', table='incentives_staraward', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='staraward',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "incentives_starawardhistory" ("approval_tier", "committee_id", "decided_at", "decided_by_label", "id", "minutes", "needed", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "reason", "stars", "state", "volunteer_id") SELECT new_values."approval_tier", new_values."committee_id", new_values."decided_at", new_values."decided_by_label", new_values."id", new_values."minutes", new_values."needed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."proposed_at", new_values."reason", new_values."stars", new_values."state", new_values."volunteer_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."approval_tier" IS DISTINCT FROM (new_values."approval_tier") OR old_values."committee_id" IS DISTINCT FROM (new_values."committee_id") OR old_values."decided_at" IS DISTINCT FROM (new_values."decided_at") OR old_values."decided_by_label" IS DISTINCT FROM (new_values."decided_by_label") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."minutes" IS DISTINCT FROM (new_values."minutes") OR old_values."needed" IS DISTINCT FROM (new_values."needed") OR old_values."proposed_at" IS DISTINCT FROM (new_values."proposed_at") OR old_values."reason" IS DISTINCT FROM (new_values."reason") OR old_values."stars" IS DISTINCT FROM (new_values."stars") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."volunteer_id" IS DISTINCT FROM (new_values."volunteer_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8fa3fbebc09dc7fddb924d4db3ce231a7355f726', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_53eae', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='incentives_staraward', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='starawardhistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c62532a516d9ce97f202424b3d4f7b0088100f38', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3286f', table='incentives_starawardhistory', when='BEFORE')),
        ),
    ]
