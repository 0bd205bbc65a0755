"""The kinds of event and what an event is told apart by, as codes in the file.

Apart from the playbooks, so that the first screen needs no more than this.
"""

from __future__ import annotations

from typing import NamedTuple

KINDS = ("webinar", "recorded", "salon", "conference", "materials")
HOSTS = ("own", "sponsored")
LISTS = ("form", "none")
AUDIENCES = ("all", "segment")
CHANNELS = ("moments", "groups", "edm", "sms", "private", "site", "sem", "internal", "phone")
OFFLINE = ("salon", "conference")

# Words of a name that say what an event is; where there are several, the last says it.
_SAID = {
    "webinar": ("直播", "线上", "webinar", "live stream", "livestream", "online"),
    "recorded": ("录播", "回放", "recorded", "recording", "on-demand", "on demand"),
    "salon": ("沙龙", "闭门会", "私享会", "salon", "meetup", "roundtable", "round table"),
    "conference": ("大会", "峰会", "论坛", "年会", "conference", "summit", "forum"),
    "materials": ("白皮书", "资料包", "电子书", "white paper", "whitepaper", "e-book", "ebook"),
}


def kind_named(name: str) -> str:
    """The kind that an event's name tells; '' where it tells none."""
    lower = name.lower()
    found = [(lower.rfind(word) + len(word), kind) for kind in _SAID for word in _SAID[kind]
             if word in lower]  # fmt: skip
    return max(found)[1] if found else ""


class Traits(NamedTuple):
    """What decides which steps of a playbook an event has."""

    host: str = "own"
    list: str = "form"
    audience: str = "all"
