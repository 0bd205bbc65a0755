"""How somebody is addressed in a message: surname and title in Chinese (魏经理), as one writes."""

from __future__ import annotations

import re

from opslog import locale
from opslog.domain.people.naming.name_kinds import of_remark, without_pictures
from opslog.domain.people.naming.names import surname_length

# Part of a title → what one says. The first that fits counts: 副总经理 is 总, 总工程师 is 总工.
_SAID = (
    ("董事会秘书|董秘", "董秘"),
    ("秘书长", "秘书长"),
    ("助理(?!总)", "助理"),  # 总经理助理 is no 总; 助理总裁 is one
    ("秘书", "秘书"),
    ("办(公室)?副?主任", "主任"),  # of 总裁办
    ("董事长|董事局主席", "董"),
    ("总工程师|总工", "总工"),
    ("工程师|架构师", "工"),
    ("总监", "总监"),
    ("总裁|总经理|副总|创始人|合伙人|首席|老板|法定代表人|厂长|C[A-Z]O(?![a-z])|总$", "总"),
)
_AS_THEY_ARE = (
    *("院长", "校长", "会长", "书记", "行长", "局长", "处长", "部长", "科长", "店长"),
    *("主任", "主管", "经理", "教授", "老师", "博士", "医生", "律师"),
)
_FORMS = [
    *((re.compile(part), said) for part, said in _SAID),
    *((re.compile(title), title) for title in _AS_THEY_ARE),
]
_CHINESE_NAME = re.compile(r"[\u3400-\u9fff]{2,4}")


def addressed(name: str, title: str) -> str:
    """魏灿驰, 运营经理: 魏经理. The whole name where the title says nothing, where it is no Chinese
    name, and in English; of 杰出科技-陈志杰 the name alone is said."""
    remark = of_remark(name)
    name = without_pictures(remark.name if remark else name)
    if locale.language() != "zh_CN" or not _CHINESE_NAME.fullmatch(name):
        return name
    said = next((said for part, said in _FORMS if part.search(title)), "")
    return name[: surname_length(name)] + said if said else name
