"""Lines of a list that are about the list: notes, who drew it up, titles of its parts."""

from __future__ import annotations

import re
import unicodedata

_OPENING = r"[\s*※#(\[【<《]*"
# What such a line begins with, before a colon.
_SAID = re.compile(
    _OPENING + r"(?:备注|附注|注释?|注意(?:事项)?|温馨提示|提示|说明"
    r"|制[表单]人?|填[表报]人?|审[核批]人?"
    r"|复核人?|校对人?|经办人?|负责人|联系(?:人|电话|方式|邮箱)|统计人?|汇总人?|抄送|报送|主办|承办|协办"
    r"|日期|时间|地点|会议(?:名称|时间|地点|主题)|活动(?:名称|时间|地点|主题)|(?:主|承|协)办(?:方|单位)"
    r"|(?:制表|填表|填报|统计|审核|数据|导出|打印|更新|生成|截[至止])(?:来源|日期|时间|单位|部门|人|截[至止])"
    r"|notes?|remarks?|comments?|prepared by|exported (?:by|on|at)|source|generated|last updated"
    r"|contact|event|date|venue)\s*\S{0,8}?\s*:",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    _OPENING + r"(?:以[上下]|截[至止]|注\s*\d|此[页表]|本[页表名列][单表]?).{2,}|※.+"
)
_WHOLE = re.compile(
    _OPENING + r"(?:以上|以下空白|备注|附注|说明|完|完毕|结束|(?:the )?end|eof)[\s*.。\])】>》]*",
    re.IGNORECASE,
)
# What only a line that stands alone tells: a whole row may hold such a word for a name.
_TITLE = re.compile(
    r"第[一二三四五六七八九十百\d]{1,3}(?:[场组批期排桌天轮届]|部分|分会场).*"
    r"|[一二三四五六七八九十]{1,3}[、.].*"
    r"|\d{1,2}[、.)]\s*[^\s·]{5,}"
    r"|(?:线上|线下|现场|上午|下午|晚上)(?:场|参[会加]|报名|出席)?"
    r"|.*(?:人员|名单|名录|一览|列表|清单|明细|汇总|情况|统计|场次|专场|人数|签到表|报名表|记录)"
    r"|(?:.{2,})?(?:嘉宾|观众|学员|会员|客户|代表|媒体|组别?)(?:如下)?"
    r"|(?:.*\s)?(?:attendees|participants|guests|registrants|speakers|panelists|absentees|no-?shows?"
    r"|list|summary|activities|attended|attend|registered)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[:。!?…]|,.{9,}")
_BETWEEN = re.compile(r"[\s·•・、,&/;]")
_LONGEST_NAME = 8  # Chinese characters, of a name from abroad spelled in them
_MOST_WORDS = 6


def is_remark(text: str, *, alone: bool) -> bool:
    """Whether this is no person's name; ``alone``: nothing else stands in its row."""
    folded = unicodedata.normalize("NFKC", text).strip()
    if _SAID.match(folded) or _BEGUN.fullmatch(folded) or _WHOLE.fullmatch(folded):
        return True
    if not alone:
        return False
    if _TITLE.fullmatch(folded) or _SENTENCE.search(folded):
        return True
    if folded.isascii():
        return len(folded.split()) > _MOST_WORDS
    return len(folded) > _LONGEST_NAME and not _BETWEEN.search(folded) and folded[0] >= "\u4e00"
