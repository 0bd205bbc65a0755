"""The kinds of event and what an event is told apart by, as codes in the file.

Apart from the playbooks, so that the first screen needs no more than this.
"""

from __future__ import annotations

from typing import NamedTuple

KINDS = ("webinar", "recorded", "salon", "conference", "materials", "roadshow")
HOSTS = ("own", "sponsored")
LISTS = ("form", "none")
AUDIENCES = ("all", "segment")
CHANNELS = ("moments", "groups", "edm", "sms", "private", "site", "sem", "internal", "phone")
ROADSHOW = "roadshow"
OFFLINE = ("salon", "conference", ROADSHOW)

# Words of a name that say what an event is; where there are several, the last says it.
_SAID = {
    "webinar": ("直播", "线上", "webinar", "live stream", "livestream", "online"),
    "recorded": ("录播", "回放", "recorded", "recording", "on-demand", "on demand"),
    "salon": ("沙龙", "闭门会", "私享会", "salon", "meetup", "roundtable", "round table"),
    "conference": ("大会", "峰会", "论坛", "年会", "conference", "summit", "forum"),
    "roadshow": ("路演", "巡展", "巡回", "road show", "roadshow"),
    "materials": ("白皮书", "资料包", "电子书", "white paper", "whitepaper", "e-book", "ebook"),
}


def kind_named(name: str) -> str:
    """The kind that an event's name tells; '' where it tells none."""
    lower = name.lower()
    found = [(lower.rfind(word) + len(word), kind) for kind in _SAID for word in _SAID[kind]
             if word in lower]  # fmt: skip
    return max(found)[1] if found else ""


# Words of a segment that say who they are: executives read in the evening, staff before lunch.
GROUPS = {
    "executives": (
        *("高管", "老板", "总经理", "总裁", "总监", "董事", "创始人", "一把手", "决策"),
        *("executive", "director", "founder", "owner", "ceo", "cio", "cto", "cfo", "chief", "vp"),
    ),
    "staff": (
        *("员工", "一线", "工程师", "专员", "操作", "技术员", "开发者"),
        *("staff", "engineer", "developer", "operator", "user"),
    ),
}


def group_named(segment: str) -> str:
    """Who a segment is by its words, the first named; '' where they say neither."""
    lower = segment.lower()
    found = [
        (lower.find(word), group) for group, words in GROUPS.items() for word in words
        if word in lower
    ]  # fmt: skip
    return min(found)[1] if found else ""


class Traits(NamedTuple):
    """What decides which steps of a playbook an event has, and at what time of day."""

    host: str = "own"
    list: str = "form"
    audience: str = "all"
    kind: str = ""
    group: str = ""
