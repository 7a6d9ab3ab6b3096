"""Lines of a chat in which nobody signs: greetings, headings, counts, separators."""

from __future__ import annotations

import re

__all__ = ["NO_NAMES", "SAID", "is_noise"]

# Words that stand where a name could and are none.
NO_NAMES = frozenset(
    "接龙 报名 签到 签退 姓名 名单 时间 地点 日期 活动 项目 备注 说明 合计 总计 "
    "共计 小计 人数 总人数 电话 手机 手机号 身份证 身份证号 志愿者 参加人员 "
    "参与人员 服务时长 时长 小时 序号 负责人 联系人 组织单位 主办单位 承办单位 "
    "集合时间 集合地点 活动时间 活动地点 活动名称 活动内容 注意事项 请假 未到 缺席 "
    "已到 到场 上午 下午 晚上 全天 早上 中午 谢谢 收到 辛苦了 大家好 通知 签到表 "
    "第一组 第二组 第三组 第四组 第五组 第一批 第二批 "
    "各位好 早上好 中午好 下午好 晚上好 辛苦大家 大家辛苦 谢谢大家 感谢大家 谢谢各位 感谢各位 "
    "收到谢谢 好的收到 加油 继续接龙 请接龙 接上 补充 更新 如下 见下 以上 完毕 已阅".split()
)
# What is said, not who: 辛苦啦, 来了吗. No name ends so; one that did would come back, not be lost.
SAID = re.compile(r".*[了啦吗呢吧哦呀嘛的]")
# Who stands below one of these did not come, or is named: somebody has to look.
_OF_PEOPLE = frozenset("请假 未到 缺席 负责人 联系人".split())
_WORDLESS = re.compile(r"[^0-9A-Za-z\u3400-\u9fff\U00020000-\U0003ffff]*")
_BETWEEN = re.compile(r"[^0-9A-Za-z\u3400-\u9fff\U00020000-\U0003ffff]+")
_OPENING = re.compile(r"以下(?:为|是)?.{0,6}[:]?")
_HEADING = re.compile(r".*(?:名单|签到表|登记表|统计表|汇总表?|报名表|接龙|通知|公告)[\s:!。#)】]*")
_GREETING = re.compile(r"(?:各位|大家|谢谢|感谢|辛苦|收到|欢迎|请大家)\D*")
_COUNT = re.compile(
    r"(?:(?:合计|总计|共计|小计|总共|一共|共|已?报名|已?签到|(?:总|报名|参加|实到|应到)?人数|实到|应到)"
    r"\s*[:]?\s*[0-9]+(?:\.[0-9]+)?\s*(?:人|名|位|个|小时|[hH]|人次|次)?[\s,;。.、!/]*)+"
)
_LABELLED = re.compile(
    r"(?:地点|集合地点|活动地点|集合时间|组织单位|主办单位|承办单位|注意事项)\s*:.*"
)


def is_noise(plain: str, *, is_entry: bool) -> bool:
    """Whether a line, as `plain_line` gives it and without its number, surely names nobody.

    An entry of a numbered list is noise only by its very words. In doubt the answer is no: what
    is not noise becomes a row or comes back to be looked at.
    """
    if _WORDLESS.fullmatch(plain) or _COUNT.fullmatch(plain):
        return True
    if all(word in NO_NAMES - _OF_PEOPLE for word in _BETWEEN.split(plain) if word):
        return True
    if is_entry:
        return False
    return any(each.fullmatch(plain) for each in (_OPENING, _HEADING, _GREETING, _LABELLED))
