"""The first texts of consent."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

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
        ("volunteers", "0008_spotchecks"),
    ]

    operations = [
        migrations.RunPython(publish_first_texts, migrations.RunPython.noop),
    ]
