"""Certificates, their numbers, and what anybody who holds a code is told."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import volunteers.certificates.models
from django.conf import settings
from django.db import migrations, models


from core.tenancy.operations import InstallPolicies
from core.tenancy.roles import ALL_ROLES, STAFF_ROLES, Role
from volunteers.registry.ownership import InstallReferences

STAFF = ", ".join(map(str, STAFF_ROLES))
EVERYBODY = ", ".join(str(each) for each in ALL_ROLES if each != Role.JOB)

# The committee's other certificates are hidden from a volunteer. Whoever comes at the same moment
# waits for the lock; the unique constraint holds whatever the way of writing.
NEXT_SERIAL = f"""
CREATE FUNCTION volunteers_next_certificate(issuer text, of_year integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('certificate ' || issuer || ' ' || of_year));
    RETURN (SELECT coalesce(max(c.serial), 0) + 1 FROM volunteers_certificate c
            WHERE c.committee_id = issuer AND c.year = of_year);
END $$;
REVOKE ALL ON FUNCTION volunteers_next_certificate(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_next_certificate(text, integer) TO {STAFF}, {Role.VOLUNTEER};
"""

# To who holds the whole code of one certificate, what its paper says besides name and services.
VERIFY = f"""
CREATE FUNCTION volunteers_verify_certificate(asked text)
RETURNS TABLE (
    masked_name text, unit text, number text, first_on date, last_on date, minutes integer,
    issued_at timestamptz, stands boolean, withdrawn_at timestamptz, is_sealed boolean,
    lines integer, standing_minutes bigint, voided jsonb, payload text, key_id text, signature text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.masked_name, k.name,
        k.code || '-' || c.year || '-' || lpad(c.serial::text, greatest(6, length(c.serial::text)), '0'),
        c.first_on, c.last_on, c.minutes, c.issued_at, c.state = 'issued', c.withdrawn_at,
        c.seal_state = 'applied', cardinality(c.records),
        (SELECT coalesce(sum(r.minutes), 0) FROM volunteers_servicerecord r
         WHERE r.id = ANY (c.records) AND r.state = 'confirmed'),
        (SELECT coalesce(jsonb_agg(jsonb_build_object('served_on', r.served_on, 'minutes', r.minutes)
                                   ORDER BY r.served_on, r.id), '[]')
         FROM volunteers_servicerecord r WHERE r.id = ANY (c.records) AND r.voided),
        c.payload, c.key_id, c.signature
    FROM volunteers_certificate c JOIN organizations_committee k ON k.path = c.committee_id
    WHERE c.code = asked
$$;
REVOKE ALL ON FUNCTION volunteers_verify_certificate(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_verify_certificate(text) TO {EVERYBODY};
"""


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0002_policies'),
        ('volunteers', '0020_calendars'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tier1', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 4), output_field=models.CharField(db_collation='C', max_length=4))),
                ('tier2', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 8), output_field=models.CharField(db_collation='C', max_length=8))),
                ('tier3', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 12), output_field=models.CharField(db_collation='C', max_length=12))),
                ('masked_name', models.CharField(max_length=50, verbose_name='name')),
                ('volunteer_number', models.CharField(max_length=12, verbose_name='portal number')),
                ('first_on', models.DateField(verbose_name='from')),
                ('last_on', models.DateField(verbose_name='to')),
                ('chosen', models.CharField(blank=True, max_length=1000, verbose_name='only')),
                ('minutes', models.PositiveIntegerField(verbose_name='minutes')),
                ('sources', models.JSONField(verbose_name='how the hours came to be')),
                ('records', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), editable=False, size=None)),
                ('lines', models.JSONField(editable=False)),
                ('shows_full_number', models.BooleanField(default=False, verbose_name='full identity number')),
                ('code', models.CharField(default=volunteers.certificates.models.new_code, editable=False, max_length=43, unique=True)),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('serial', models.PositiveIntegerField(verbose_name='serial number')),
                ('nonce', models.UUIDField(editable=False, null=True, unique=True)),
                ('batch', models.UUIDField(editable=False, null=True)),
                ('issued_at', models.DateTimeField(verbose_name='issued at')),
                ('issued_by_label', models.CharField(blank=True, max_length=60, verbose_name='issued by')),
                ('state', models.CharField(choices=[('issued', 'issued'), ('withdrawn', 'withdrawn')], default='issued', max_length=9, verbose_name='state')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='withdrawn at')),
                ('withdrawn_by_label', models.CharField(blank=True, max_length=60, verbose_name='withdrawn by')),
                ('withdraw_reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('seal_state', models.CharField(choices=[('none', 'without a seal'), ('requested', 'seal requested'), ('applied', 'sealed'), ('declined', 'seal declined')], default='none', max_length=9, verbose_name='seal')),
                ('seal_asked_at', models.DateTimeField(null=True, verbose_name='requested at')),
                ('seal_answered_at', models.DateTimeField(null=True, verbose_name='answered at')),
                ('seal_answered_by_label', models.CharField(blank=True, max_length=60, verbose_name='answered by')),
                ('seal_reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('payload', models.CharField(editable=False, max_length=600)),
                ('digest', models.CharField(editable=False, max_length=64)),
                ('key_id', models.CharField(editable=False, max_length=32)),
                ('signature', models.CharField(editable=False, max_length=86)),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('issued_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('seal_answered_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.volunteer')),
            ],
            options={
                'verbose_name': 'certificate',
                'verbose_name_plural': 'certificates',
            },
        ),
        migrations.CreateModel(
            name='CertificateHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('masked_name', models.CharField(max_length=50, verbose_name='name')),
                ('volunteer_number', models.CharField(max_length=12, verbose_name='portal number')),
                ('first_on', models.DateField(verbose_name='from')),
                ('last_on', models.DateField(verbose_name='to')),
                ('chosen', models.CharField(blank=True, max_length=1000, verbose_name='only')),
                ('minutes', models.PositiveIntegerField(verbose_name='minutes')),
                ('sources', models.JSONField(verbose_name='how the hours came to be')),
                ('records', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), editable=False, size=None)),
                ('shows_full_number', models.BooleanField(default=False, verbose_name='full identity number')),
                ('code', models.CharField(default=volunteers.certificates.models.new_code, editable=False, max_length=43)),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('serial', models.PositiveIntegerField(verbose_name='serial number')),
                ('nonce', models.UUIDField(editable=False, null=True)),
                ('batch', models.UUIDField(editable=False, null=True)),
                ('issued_at', models.DateTimeField(verbose_name='issued at')),
                ('issued_by_label', models.CharField(blank=True, max_length=60, verbose_name='issued by')),
                ('state', models.CharField(choices=[('issued', 'issued'), ('withdrawn', 'withdrawn')], default='issued', max_length=9, verbose_name='state')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='withdrawn at')),
                ('withdrawn_by_label', models.CharField(blank=True, max_length=60, verbose_name='withdrawn by')),
                ('withdraw_reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('seal_state', models.CharField(choices=[('none', 'without a seal'), ('requested', 'seal requested'), ('applied', 'sealed'), ('declined', 'seal declined')], default='none', max_length=9, verbose_name='seal')),
                ('seal_asked_at', models.DateTimeField(null=True, verbose_name='requested at')),
                ('seal_answered_at', models.DateTimeField(null=True, verbose_name='answered at')),
                ('seal_answered_by_label', models.CharField(blank=True, max_length=60, verbose_name='answered by')),
                ('seal_reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('payload', models.CharField(editable=False, max_length=600)),
                ('digest', models.CharField(editable=False, max_length=64)),
                ('key_id', models.CharField(editable=False, max_length=32)),
                ('signature', models.CharField(editable=False, max_length=86)),
                ('committee', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.committee', verbose_name='committee')),
                ('issued_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='historys', to='volunteers.certificate')),
                ('seal_answered_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('volunteer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='volunteers.volunteer')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='certificate',
            index=models.Index(fields=['volunteer', '-id'], name='certificate_volunteer'),
        ),
        migrations.AddIndex(
            model_name='certificate',
            index=models.Index(fields=['tier2', '-id'], name='certificate_tier2'),
        ),
        migrations.AddIndex(
            model_name='certificate',
            index=models.Index(fields=['tier3', '-id'], name='certificate_tier3'),
        ),
        migrations.AddIndex(
            model_name='certificate',
            index=models.Index(fields=['batch'], name='certificate_batch'),
        ),
        migrations.AddIndex(
            model_name='certificate',
            index=models.Index(condition=models.Q(('seal_state', 'requested')), fields=['tier3', 'id'], name='certificate_seal_requested'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(fields=('committee', 'year', 'serial'), name='certificate_serial'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(('first_on__lte', models.F('last_on'))), name='certificate_period'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'issued'), ('withdrawn_at__isnull', True)), models.Q(('state', 'withdrawn'), ('withdrawn_at__isnull', False), models.Q(('withdraw_reason', ''), _negated=True)), _connector='OR'), name='certificate_withdrawn_says_why'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('seal_state', 'applied'), _negated=True), models.Q(('seal_answered_at__isnull', False), ('seal_answered_by__isnull', False)), _connector='OR'), name='certificate_seal_by_a_person'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='certificate',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_certificatehistory" ("batch", "chosen", "code", "committee_id", "digest", "first_on", "id", "issued_at", "issued_by_id", "issued_by_label", "key_id", "last_on", "masked_name", "minutes", "nonce", "payload", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "records", "seal_answered_at", "seal_answered_by_id", "seal_answered_by_label", "seal_asked_at", "seal_reason", "seal_state", "serial", "shows_full_number", "signature", "sources", "state", "volunteer_id", "volunteer_number", "withdraw_reason", "withdrawn_at", "withdrawn_by_label", "year") SELECT new_values."batch", new_values."chosen", new_values."code", new_values."committee_id", new_values."digest", new_values."first_on", new_values."id", new_values."issued_at", new_values."issued_by_id", new_values."issued_by_label", new_values."key_id", new_values."last_on", new_values."masked_name", new_values."minutes", new_values."nonce", new_values."payload", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."records", new_values."seal_answered_at", new_values."seal_answered_by_id", new_values."seal_answered_by_label", new_values."seal_asked_at", new_values."seal_reason", new_values."seal_state", new_values."serial", new_values."shows_full_number", new_values."signature", new_values."sources", new_values."state", new_values."volunteer_id", new_values."volunteer_number", new_values."withdraw_reason", new_values."withdrawn_at", new_values."withdrawn_by_label", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a49b67a1759c086a4cee64ba952f0508b10eae56', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c67fc', referencing='REFERENCING NEW TABLE AS new_values ', table='volunteers_certificate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='certificate',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_certificatehistory" ("batch", "chosen", "code", "committee_id", "digest", "first_on", "id", "issued_at", "issued_by_id", "issued_by_label", "key_id", "last_on", "masked_name", "minutes", "nonce", "payload", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "records", "seal_answered_at", "seal_answered_by_id", "seal_answered_by_label", "seal_asked_at", "seal_reason", "seal_state", "serial", "shows_full_number", "signature", "sources", "state", "volunteer_id", "volunteer_number", "withdraw_reason", "withdrawn_at", "withdrawn_by_label", "year") SELECT new_values."batch", new_values."chosen", new_values."code", new_values."committee_id", new_values."digest", new_values."first_on", new_values."id", new_values."issued_at", new_values."issued_by_id", new_values."issued_by_label", new_values."key_id", new_values."last_on", new_values."masked_name", new_values."minutes", new_values."nonce", new_values."payload", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."records", new_values."seal_answered_at", new_values."seal_answered_by_id", new_values."seal_answered_by_label", new_values."seal_asked_at", new_values."seal_reason", new_values."seal_state", new_values."serial", new_values."shows_full_number", new_values."signature", new_values."sources", new_values."state", new_values."volunteer_id", new_values."volunteer_number", new_values."withdraw_reason", new_values."withdrawn_at", new_values."withdrawn_by_label", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."batch" IS DISTINCT FROM (new_values."batch") OR old_values."chosen" IS DISTINCT FROM (new_values."chosen") OR old_values."code" IS DISTINCT FROM (new_values."code") OR old_values."committee_id" IS DISTINCT FROM (new_values."committee_id") OR old_values."digest" IS DISTINCT FROM (new_values."digest") OR old_values."first_on" IS DISTINCT FROM (new_values."first_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."issued_at" IS DISTINCT FROM (new_values."issued_at") OR old_values."issued_by_id" IS DISTINCT FROM (new_values."issued_by_id") OR old_values."issued_by_label" IS DISTINCT FROM (new_values."issued_by_label") OR old_values."key_id" IS DISTINCT FROM (new_values."key_id") OR old_values."last_on" IS DISTINCT FROM (new_values."last_on") OR old_values."masked_name" IS DISTINCT FROM (new_values."masked_name") OR old_values."minutes" IS DISTINCT FROM (new_values."minutes") OR old_values."nonce" IS DISTINCT FROM (new_values."nonce") OR old_values."payload" IS DISTINCT FROM (new_values."payload") OR old_values."records" IS DISTINCT FROM (new_values."records") OR old_values."seal_answered_at" IS DISTINCT FROM (new_values."seal_answered_at") OR old_values."seal_answered_by_id" IS DISTINCT FROM (new_values."seal_answered_by_id") OR old_values."seal_answered_by_label" IS DISTINCT FROM (new_values."seal_answered_by_label") OR old_values."seal_asked_at" IS DISTINCT FROM (new_values."seal_asked_at") OR old_values."seal_reason" IS DISTINCT FROM (new_values."seal_reason") OR old_values."seal_state" IS DISTINCT FROM (new_values."seal_state") OR old_values."serial" IS DISTINCT FROM (new_values."serial") OR old_values."shows_full_number" IS DISTINCT FROM (new_values."shows_full_number") OR old_values."signature" IS DISTINCT FROM (new_values."signature") OR old_values."sources" IS DISTINCT FROM (new_values."sources") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."volunteer_id" IS DISTINCT FROM (new_values."volunteer_id") OR old_values."volunteer_number" IS DISTINCT FROM (new_values."volunteer_number") OR old_values."withdraw_reason" IS DISTINCT FROM (new_values."withdraw_reason") OR old_values."withdrawn_at" IS DISTINCT FROM (new_values."withdrawn_at") OR old_values."withdrawn_by_label" IS DISTINCT FROM (new_values."withdrawn_by_label") OR old_values."year" IS DISTINCT FROM (new_values."year")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c38c661aea18d94de7c30ea6e022ce09e9f76a46', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_3fea9', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='volunteers_certificate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='certificatehistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='66e3a7214d7e5bba07819f6db396ec48ea2095d2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_24454', table='volunteers_certificatehistory', when='BEFORE')),
        ),
        migrations.RunSQL(NEXT_SERIAL, "DROP FUNCTION volunteers_next_certificate(text, integer)"),
        migrations.RunSQL(VERIFY, "DROP FUNCTION volunteers_verify_certificate(text)"),
        InstallPolicies("volunteers.certificates.policies.TABLES"),
        InstallReferences(),
    ]
