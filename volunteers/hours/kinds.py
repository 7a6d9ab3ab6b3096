"""From an activity's title to its kind of service, by words that stand in such titles."""

from __future__ import annotations

from functools import lru_cache

from core.workbooks.text import matching_key
from volunteers.hours.models import ServiceKind

__all__ = ["kind_of_activity"]

# The first row with a word of the title decides: what is more special stands above. Brand projects
# come first, because their names say what they are for: 朝阳行动 pairs students with children,
# 阳光行动 helps people with disabilities, 河小青 looks after rivers.
_WORDS: tuple[tuple[ServiceKind, str], ...] = (
    (ServiceKind.ENVIRONMENT, "河小青 美丽中国"),
    (ServiceKind.CHILDREN, "朝阳行动 七彩假期 情暖童心 希望工程"),
    (ServiceKind.DISABILITY, "阳光行动 阳光助残 助残"),
    (ServiceKind.EMERGENCY, "应急 救援 抢险 防汛 三防 救灾 急救 消防 防疫 疫情 核酸 疫苗"),
    (ServiceKind.DISABILITY, "残疾 残障 自闭 特教 特殊教育 盲人 聋哑 手语 康复"),
    (ServiceKind.ELDERLY, "敬老 养老 助老 老人 老年 长者 重阳 孤寡 暮年 颐养"),
    (
        ServiceKind.CHILDREN,
        "课业 辅导 支教 留守 儿童 少年 学童 关爱童 助学 四点半 托管 伴读 校园 图书",
    ),
    (
        ServiceKind.ENVIRONMENT,
        "巡河 护水 河道 净滩 环保 环境 植树 绿化 垃圾 分类 清洁 生态 低碳 卫生 护林 湿地",
    ),
    (ServiceKind.ORDER, "文明交通 交通 劝导 秩序 执勤 平安 巡逻 治安 禁毒 普法 反诈 春运"),
    (ServiceKind.EVENTS, "赛会 赛事 马拉松 运动会 博览会 展会 大会 论坛 晚会 音乐节 龙舟 开幕"),
    (
        ServiceKind.COMMUNITY,
        "社区 便民 义诊 义剪 探访 慰问 入户 驿站 助农 乡村振兴 直播 政策 宣讲 献血 文艺 网格 理发",
    ),
)
_RULES = tuple((kind, tuple(words.split())) for kind, words in _WORDS)


@lru_cache(maxsize=4096)
def kind_of_activity(title: str) -> ServiceKind:
    """The kind that the title's words speak of, `ServiceKind.OTHER` where none does."""
    key = matching_key(title)
    for kind, words in _RULES:
        if any(word in key for word in words):
            return kind
    return ServiceKind.OTHER
