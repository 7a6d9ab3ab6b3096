"""A person's own data: claims, consents and their first texts, requests, erasure, copies."""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db import migrations, models

from core.tenancy.operations import InstallPolicies
from volunteers.registry.ownership import InstallReferences


_TEXTS = (
    (
        "own",
        "志愿者个人信息处理同意书",
        """我自愿注册为志愿者，并同意本平台为志愿服务的组织、记录和证明处理我的个人信息：姓名、性别、出生日期、证件号码、居住区域、联系方式、技能和服务意向，以及我的服务、培训、表彰记录。
证件号码属于敏感个人信息，仅用于核对身份、避免重复登记和出具证明。证件号码和电话加密保存，页面只显示部分数字；工作人员查看全号必须写明理由，我可以随时看到谁在何时因何查看。
我的信息由登记我的团委及其上级团委在职责范围内使用，不向其他组织或个人提供，不用于商业用途；法律另有规定的除外。
志愿服务记录依照国家标准至少保存十年。
我可以随时在“我的资料”中查看、导出、更正我的信息，撤回本同意或申请注销。撤回同意不影响撤回之前已进行的处理，也不影响我已取得的服务记录。""",
    ),
    (
        "guardian",
        "监护人同意书",
        """我是该未成年人的监护人，同意其注册为志愿者，参加与其年龄、体力和智力相适应的志愿服务。
我同意本平台为志愿服务的组织、记录和证明处理该未成年人的个人信息：姓名、性别、出生日期、证件号码、居住区域、联系方式、技能和服务记录，以及我的姓名和电话。不满十四周岁未成年人的个人信息属于敏感个人信息。
证件号码和电话加密保存，页面只显示部分数字；工作人员查看未成年人的全号须经他人审批并留下记录，我和孩子可以随时看到。
这些信息由登记的团委及其上级团委在职责范围内使用，不向其他组织或个人提供，不用于商业用途；法律另有规定的除外。
我可以随时撤回本同意，撤回与同意同样简便；撤回后平台停止使用该未成年人的信息，已有的服务记录依照国家标准保存。孩子年满十八周岁时本同意自动失效，由其本人另行决定。""",
    ),
)


def publish_first_texts(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # By the connection that migrates: the portal's own does not see the table yet.
    texts = apps.get_model("volunteers", "ConsentText").objects.using(schema_editor.connection.alias)
    for kind, title, body in _TEXTS:
        texts.create(kind=kind, committee=None, version=1, title=title, body=body)


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0007_family'),
        ('volunteers', '0016_transfers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='volunteer',
            name='state',
            field=models.CharField(choices=[('active', 'active'), ('paused', 'paused'), ('withdrawn', 'withdrawn'), ('erased', 'sealed away')], default='active', max_length=9, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='volunteerhistory',
            name='state',
            field=models.CharField(choices=[('active', 'active'), ('paused', 'paused'), ('withdrawn', 'withdrawn'), ('erased', 'sealed away')], default='active', max_length=9, verbose_name='state'),
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tier1', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 4), output_field=models.CharField(db_collation='C', max_length=4))),
                ('tier2', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 8), output_field=models.CharField(db_collation='C', max_length=8))),
                ('tier3', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 12), output_field=models.CharField(db_collation='C', max_length=12))),
                ('kind', models.CharField(choices=[('own', "the person's own consent"), ('guardian', "a guardian's consent")], max_length=8, verbose_name='kind')),
                ('given_by', models.CharField(max_length=50, verbose_name='given by')),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='given at')),
                ('how', models.CharField(choices=[('code', 'by a code to the telephone'), ('account', "from the person's account")], max_length=8, verbose_name='how')),
                ('phone_mask', models.CharField(blank=True, max_length=20, verbose_name='telephone')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended at')),
                ('lapsed', models.BooleanField(default=False, verbose_name='lapsed at eighteen')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='volunteers.volunteer')),
            ],
            options={
                'verbose_name': 'consent',
                'verbose_name_plural': 'consents',
            },
        ),
        migrations.CreateModel(
            name='ConsentText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('own', "the person's own consent"), ('guardian', "a guardian's consent")], max_length=8, verbose_name='kind')),
                ('version', models.PositiveSmallIntegerField(verbose_name='version')),
                ('title', models.CharField(max_length=100, verbose_name='title')),
                ('body', models.TextField(verbose_name='text')),
                ('published_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='published at')),
                ('published_by_label', models.CharField(blank=True, max_length=60, verbose_name='published by')),
                ('committee', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee')),
            ],
            options={
                'verbose_name': 'text of consent',
                'verbose_name_plural': 'texts of consent',
            },
        ),
        migrations.CreateModel(
            name='ConsentHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('own', "the person's own consent"), ('guardian', "a guardian's consent")], max_length=8, verbose_name='kind')),
                ('given_by', models.CharField(max_length=50, verbose_name='given by')),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='given at')),
                ('how', models.CharField(choices=[('code', 'by a code to the telephone'), ('account', "from the person's account")], max_length=8, verbose_name='how')),
                ('phone_mask', models.CharField(blank=True, max_length=20, verbose_name='telephone')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended at')),
                ('lapsed', models.BooleanField(default=False, verbose_name='lapsed at eighteen')),
                ('committee', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.committee', verbose_name='committee')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='historys', to='volunteers.consent')),
                ('volunteer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='volunteers.volunteer')),
                ('text', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='volunteers.consenttext')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='consent',
            name='text',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.consenttext'),
        ),
        migrations.CreateModel(
            name='DataExport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('json_file', models.CharField(blank=True, max_length=120)),
                ('pdf_file', models.CharField(blank=True, max_length=120)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made at')),
                ('expires_at', models.DateTimeField(verbose_name='expires at')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.volunteer')),
            ],
            options={
                'verbose_name': 'copy of own data',
                'verbose_name_plural': 'copies of own data',
            },
        ),
        migrations.CreateModel(
            name='GuardianLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('use', models.CharField(choices=[('give', 'give consent'), ('withdraw', 'withdraw consent')], max_length=8, verbose_name='use')),
                ('token_digest', models.BinaryField(max_length=32, unique=True)),
                ('sent_by_label', models.CharField(blank=True, max_length=60, verbose_name='sent by')),
                ('phone_mask', models.CharField(max_length=20, verbose_name='telephone')),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sent at')),
                ('expires_at', models.DateTimeField(verbose_name='expires at')),
                ('used_at', models.DateTimeField(null=True, verbose_name='used at')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('sent_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guardian_links', to='volunteers.volunteer')),
            ],
            options={
                'verbose_name': 'link for a guardian',
                'verbose_name_plural': 'links for guardians',
            },
        ),
        migrations.CreateModel(
            name='PrivacyRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('correction', 'correction of the entry'), ('withdrawal', 'consent withdrawn'), ('guardian', "guardian's consent withdrawn"), ('erasure', 'erasure'), ('disowned', '“this is not me”')], max_length=10, verbose_name='kind')),
                ('message', models.CharField(blank=True, max_length=300, verbose_name='message')),
                ('state', models.CharField(choices=[('open', 'open'), ('done', 'done'), ('declined', 'declined'), ('cancelled', 'cancelled')], default='open', max_length=9, verbose_name='state')),
                ('state_before', models.CharField(blank=True, max_length=9)),
                ('asked_by_label', models.CharField(max_length=60, verbose_name='asked by')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked at')),
                ('due_on', models.DateField(null=True, verbose_name='due on')),
                ('kept_until', models.DateField(null=True, verbose_name='kept until')),
                ('answer', models.CharField(blank=True, max_length=300, verbose_name='answer')),
                ('answered_by_label', models.CharField(blank=True, max_length=60, verbose_name='answered by')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='answered at')),
                ('answered_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='privacy_requests', to='volunteers.volunteer')),
            ],
            options={
                'verbose_name': 'request about own data',
                'verbose_name_plural': 'requests about own data',
            },
        ),
        migrations.CreateModel(
            name='PrivacyRequestHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('correction', 'correction of the entry'), ('withdrawal', 'consent withdrawn'), ('guardian', "guardian's consent withdrawn"), ('erasure', 'erasure'), ('disowned', '“this is not me”')], max_length=10, verbose_name='kind')),
                ('message', models.CharField(blank=True, max_length=300, verbose_name='message')),
                ('state', models.CharField(choices=[('open', 'open'), ('done', 'done'), ('declined', 'declined'), ('cancelled', 'cancelled')], default='open', max_length=9, verbose_name='state')),
                ('state_before', models.CharField(blank=True, max_length=9)),
                ('asked_by_label', models.CharField(max_length=60, verbose_name='asked by')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked at')),
                ('due_on', models.DateField(null=True, verbose_name='due on')),
                ('kept_until', models.DateField(null=True, verbose_name='kept until')),
                ('answer', models.CharField(blank=True, max_length=300, verbose_name='answer')),
                ('answered_by_label', models.CharField(blank=True, max_length=60, verbose_name='answered by')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='answered at')),
                ('answered_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('committee', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.committee', verbose_name='committee')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='historys', to='volunteers.privacyrequest')),
                ('volunteer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='volunteers.volunteer')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RetainedIdentity',
            fields=[
                ('volunteer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='retained', serialize=False, to='volunteers.volunteer')),
                ('sealed', models.BinaryField()),
                ('sealed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sealed away at')),
                ('kept_until', models.DateField(verbose_name='kept until')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
            ],
            options={
                'verbose_name': 'identity kept under seal',
                'verbose_name_plural': 'identities kept under seal',
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('tier1', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 4), output_field=models.CharField(db_collation='C', max_length=4))),
                ('tier2', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 8), output_field=models.CharField(db_collation='C', max_length=8))),
                ('tier3', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 12), output_field=models.CharField(db_collation='C', max_length=12))),
                ('volunteer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='claim', serialize=False, to='volunteers.volunteer')),
                ('state', models.CharField(choices=[('claimed', 'claimed'), ('disowned', 'disowned')], max_length=8, verbose_name='state')),
                ('said_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='said at')),
                ('phone_mask', models.CharField(max_length=20, verbose_name='telephone')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
            ],
            options={
                'verbose_name': 'claim',
                'verbose_name_plural': 'claims',
                'indexes': [models.Index(condition=models.Q(('state', 'disowned')), fields=['tier2', 'tier3', 'committee'], name='claim_disowned')],
            },
        ),
        migrations.AddConstraint(
            model_name='consenttext',
            constraint=models.UniqueConstraint(fields=('kind', 'committee', 'version'), name='consent_text_version', nulls_distinct=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consenthistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7f0822688baafc9292298a2cc260b51e860942a0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_88a72', table='volunteers_consenthistory', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='consent',
            index=models.Index(fields=['volunteer', '-id'], name='consent_volunteer'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('volunteer', 'kind'), name='consent_stands_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consent',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_consenthistory" ("committee_id", "ended_at", "given_at", "given_by", "how", "id", "kind", "lapsed", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone_mask", "text_id", "volunteer_id") SELECT new_values."committee_id", new_values."ended_at", new_values."given_at", new_values."given_by", new_values."how", new_values."id", new_values."kind", new_values."lapsed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."phone_mask", new_values."text_id", new_values."volunteer_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bb631df10ae704509a6966dbbe0125ef3a11dfd7', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_108a9', referencing='REFERENCING NEW TABLE AS new_values ', table='volunteers_consent', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consent',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_consenthistory" ("committee_id", "ended_at", "given_at", "given_by", "how", "id", "kind", "lapsed", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone_mask", "text_id", "volunteer_id") SELECT new_values."committee_id", new_values."ended_at", new_values."given_at", new_values."given_by", new_values."how", new_values."id", new_values."kind", new_values."lapsed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."phone_mask", new_values."text_id", new_values."volunteer_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."committee_id" IS DISTINCT FROM (new_values."committee_id") OR old_values."ended_at" IS DISTINCT FROM (new_values."ended_at") OR old_values."given_at" IS DISTINCT FROM (new_values."given_at") OR old_values."given_by" IS DISTINCT FROM (new_values."given_by") OR old_values."how" IS DISTINCT FROM (new_values."how") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."lapsed" IS DISTINCT FROM (new_values."lapsed") OR old_values."phone_mask" IS DISTINCT FROM (new_values."phone_mask") OR old_values."text_id" IS DISTINCT FROM (new_values."text_id") OR old_values."volunteer_id" IS DISTINCT FROM (new_values."volunteer_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9a1627c310540ae879269dea133b63e49583d012', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d1ab6', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='volunteers_consent', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='dataexport',
            index=models.Index(fields=['volunteer', 'user'], name='data_export_volunteer'),
        ),
        migrations.AddIndex(
            model_name='privacyrequest',
            index=models.Index(fields=['volunteer', '-id'], name='privacy_request_volunteer'),
        ),
        migrations.AddIndex(
            model_name='privacyrequest',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['committee', '-id'], name='privacy_request_open'),
        ),
        migrations.AddConstraint(
            model_name='privacyrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('volunteer', 'kind'), name='privacy_request_open_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='privacyrequest',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_privacyrequesthistory" ("answer", "answered_at", "answered_by_id", "answered_by_label", "asked_at", "asked_by_id", "asked_by_label", "committee_id", "due_on", "id", "kept_until", "kind", "message", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "state_before", "volunteer_id") SELECT new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."answered_by_label", new_values."asked_at", new_values."asked_by_id", new_values."asked_by_label", new_values."committee_id", new_values."due_on", new_values."id", new_values."kept_until", new_values."kind", new_values."message", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."state", new_values."state_before", new_values."volunteer_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a8b6944dd65c3fe125d3f340795d7ea41c29ef5b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_31fa7', referencing='REFERENCING NEW TABLE AS new_values ', table='volunteers_privacyrequest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='privacyrequest',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "volunteers_privacyrequesthistory" ("answer", "answered_at", "answered_by_id", "answered_by_label", "asked_at", "asked_by_id", "asked_by_label", "committee_id", "due_on", "id", "kept_until", "kind", "message", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "state_before", "volunteer_id") SELECT new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."answered_by_label", new_values."asked_at", new_values."asked_by_id", new_values."asked_by_label", new_values."committee_id", new_values."due_on", new_values."id", new_values."kept_until", new_values."kind", new_values."message", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."state", new_values."state_before", new_values."volunteer_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3732343256f993ff6369491612f3ef1ccbc96294', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_8f4aa', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='volunteers_privacyrequest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='privacyrequesthistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='deac5205ca65bf86a2c740ea0b530d3cfe61a756', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5a2fb', table='volunteers_privacyrequesthistory', when='BEFORE')),
        ),
        InstallPolicies('volunteers.privacy.policies.TABLES'),
        InstallPolicies('volunteers.claims.policies.TABLES'),
        InstallPolicies('volunteers.guardians.policies.TABLES'),
        InstallReferences(),
        # Last: rows that wait for their foreign keys stand in the way of other changes.
        migrations.RunPython(publish_first_texts, migrations.RunPython.noop),
    ]
