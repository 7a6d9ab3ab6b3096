"""The province's words, and the trigger that finds written skills among them."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

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
        ("volunteers", "0009_texts"),
    ]

    operations = [
        migrations.RunPython(offer_words, migrations.RunPython.noop),
        migrations.RunSQL(MATCHING, UNMATCHING),
    ]
