"""The province's words for skills, interests, languages, vehicles, licences and times."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db import migrations, models

from core.tenancy.operations import InstallPolicies
from volunteers.registry.ownership import InstallReferences

LISTS = {
    'skill': ['急救', '护理', '心理支持', '医疗', '法律', '教学辅导', '手语', '翻译', '文艺表演', '摄影摄像', '写作宣传', '计算机', '维修', '驾驶', '水上救生', '消防', '应急救援', '无人机', '活动组织', '财务'],
    'interest': ['敬老助老', '助残服务', '儿童关爱', '生态环保', '文明交通', '社区服务', '大型活动', '应急救援', '乡村振兴', '禁毒宣传'],
    'language': ['粤语', '客家话', '潮汕话', '英语', '日语', '法语', '西班牙语', '阿拉伯语', '手语'],
    'vehicle': ['自行车', '电动自行车', '摩托车', '小汽车', '面包车', '货车', '船'],
    'licence': ['驾驶证 C1', '驾驶证 B2', '驾驶证 A1', '摩托车驾驶证', '急救员证', '救生员证', '护士执业证', '医师执业证', '教师资格证', '无人机执照', '电工证'],
}
ALSO = {('skill', '急救'): ['急救护理', '红十字急救'], ('skill', '教学辅导'): ['教学', '辅导', '支教'], ('skill', '计算机'): ['电脑'], ('skill', '心理支持'): ['心理咨询', '心理'], ('skill', '摄影摄像'): ['摄影', '摄像'], ('skill', '写作宣传'): ['写作', '宣传'], ('skill', '应急救援'): ['救援', '应急']}
DAYS = ['周一', '周二', '周三', '周四', '周五', '周六', '周日']
PARTS = [('morning', '上午'), ('afternoon', '下午'), ('evening', '晚上')]

# However somebody comes to be registered: what the list has a word for is found by it.
MATCHING = """
CREATE FUNCTION volunteers_match_skills() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO volunteers_volunteerterm (volunteer_id, committee_id, term_id)
    SELECT DISTINCT n.id, n.committee_id, t.id
    FROM new_rows n
    CROSS JOIN LATERAL unnest(n.skills) AS written(word)
    JOIN volunteers_term t
        ON t.kind = 'skill' AND (t.name = written.word OR written.word = ANY (t.also))
    WHERE n.skills <> '{}'
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER match_skills AFTER INSERT ON volunteers_volunteer
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION volunteers_match_skills();
"""
UNMATCHING = """
DROP TRIGGER match_skills ON volunteers_volunteer;
DROP FUNCTION volunteers_match_skills();
"""
PRESENT = """
INSERT INTO volunteers_volunteerterm (volunteer_id, committee_id, term_id)
SELECT DISTINCT v.id, v.committee_id, t.id
FROM volunteers_volunteer v
CROSS JOIN LATERAL unnest(v.skills) AS written(word)
JOIN volunteers_term t
    ON t.kind = 'skill' AND (t.name = written.word OR written.word = ANY (t.also))
"""


def offer_words(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Term = apps.get_model('volunteers', 'Term')
    # By the connection that migrates: the portal's own does not see the table yet.
    terms = Term.objects.using(schema_editor.connection.alias)
    terms.bulk_create(
        Term(kind=kind, name=name, position=place, also=ALSO.get((kind, name), []))
        for kind, names in LISTS.items()
        for place, name in enumerate(names, start=1)
    )
    terms.bulk_create(
        Term(kind='time', name=f'{day}{part}', code=f'{number}-{code}', position=3 * number + place)
        for number, day in enumerate(DAYS, start=1)
        for place, (code, part) in enumerate(PARTS)
    )


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0007_family'),
        ('volunteers', '0024_merges'),
    ]

    operations = [
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('skill', 'skill'), ('interest', 'kind of service wanted'), ('language', 'language or dialect'), ('vehicle', 'vehicle'), ('licence', 'licence or certificate'), ('time', 'time available')], max_length=8, verbose_name='kind')),
                ('name', models.CharField(max_length=30, verbose_name='name')),
                ('code', models.CharField(blank=True, editable=False, max_length=12)),
                ('also', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, size=None)),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('retired', models.BooleanField(default=False, verbose_name='not offered any more')),
            ],
            options={
                'verbose_name': 'word of the province',
                'verbose_name_plural': 'words of the province',
                'constraints': [models.UniqueConstraint(fields=('kind', 'name'), name='term_name_once')],
            },
        ),
        migrations.CreateModel(
            name='VolunteerTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tier1', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 4), output_field=models.CharField(db_collation='C', max_length=4))),
                ('tier2', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 8), output_field=models.CharField(db_collation='C', max_length=8))),
                ('tier3', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 12), output_field=models.CharField(db_collation='C', max_length=12))),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='valid until')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('term', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.term')),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='terms', to='volunteers.volunteer')),
            ],
            options={
                'verbose_name': 'word of a volunteer',
                'verbose_name_plural': 'words of volunteers',
                'indexes': [models.Index(fields=['term', 'committee', '-volunteer'], name='term_committee'), models.Index(fields=['term', 'tier3', '-volunteer'], name='term_tier3'), models.Index(fields=['term', 'tier2', '-volunteer'], name='term_tier2')],
                'constraints': [models.UniqueConstraint(fields=('volunteer', 'term'), name='volunteer_term_once')],
            },
        ),
        migrations.RunPython(offer_words, migrations.RunPython.noop),
        migrations.RunSQL(PRESENT, migrations.RunSQL.noop),
        # What waits for its checks would hold up the trigger.
        migrations.RunSQL('SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED', migrations.RunSQL.noop),
        migrations.RunSQL(MATCHING, UNMATCHING),
        InstallPolicies('volunteers.vocabulary.policies.TABLES'),
        InstallReferences(),
    ]
