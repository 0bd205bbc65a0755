"""A chat copied as text: who said something, when, and below it what.

As WeChat, QQ and WhatsApp write it. Whoever gives a number or an address, or says that they
come, is a person; what else is said stays as a row that is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from opslog.domain.people.naming.name_kinds import PERSON, kind_of_name
from opslog.exchange.people_files.entries import STRAY, Entry, Line, stray, whole
from opslog.exchange.people_files.spoken import understood

_DAY = (
    r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/.月]\d{1,2}(?:日|[-/.]\d{2,4})?"
    r"|昨天|今天|前天|(?:星期|周)[一二三四五六日天]|yesterday|today)"
)
_TIME = r"(?:上午|下午|凌晨|早上|晚上|中午)?\s*\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AP]M)?"
_MOMENT = rf"(?:{_DAY},?\s*)?{_TIME}"
_NAME = r"(?P<name>[^\t,，;；:：|]{1,40}?)"
_HEADS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\s*{_NAME}[:：]?\s+(?P<moment>{_MOMENT})\s*(?P<said>)",
        rf"\s*(?P<moment>{_DAY}\s*{_TIME})\s+{_NAME}\s*(?P<said>)",
        rf"\s*\u200e?\[(?P<moment>{_MOMENT})\]\s*{_NAME}:\s(?P<said>.*)",
        rf"\s*(?P<moment>{_DAY},?\s*{_TIME})\s+-\s+{_NAME}:\s(?P<said>.*)",
    )
)
_RULER = re.compile(rf"[\s—–=*-]*(?:{_DAY}|{_MOMENT})?[\s—–=*-]*", re.IGNORECASE)
_ACCOUNT = re.compile(r"\s*[(（<][\w@.+-]+[)）>]\s*$")
_PLAIN_MOMENT = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2} \d{1,2}:\d{2}(?::\d{2})?")
_COMES = re.compile(
    r"报名|報名|参加|參加|我[要想会]?[来去]|算我|\+\s?1\b|＋1"
    r"|sign me up|count me in|i(?:'ll| will) (?:come|join|be there)",
    re.IGNORECASE,
)
_COMES_NOT = re.compile(r"不|没|沒|取消|吗|嗎|[?？]|can(?:'|no)t|not|won't|cancel", re.IGNORECASE)
_LOOKED_AT = 16 << 10  # characters of a message; no program of the kind sends longer ones


class _Message(NamedTuple):
    lines: list[Line]
    name: str
    moment: str
    said: str


def is_chat(lines: list[Line]) -> bool:
    """Whether it begins with who speaks and when, and what they say stands below or behind it."""
    said = [text for _number, text in lines if text.strip()]
    heads = [_head(text) for text in said]
    spoken = [one for one in heads if one is not None]
    if not spoken or heads[0] is None:
        return False
    words = len(said) - len(spoken) + sum(bool(one["said"]) for one in spoken)
    return words * 2 >= len(spoken)


def entries(lines: Iterable[Line]) -> Iterator[Entry]:
    """A row a message. Somebody who only says that they come counts once, without a number."""
    messages, outside = _messages(lines)
    reached = {one.name for one in messages if understood(one.said[:_LOOKED_AT]).reached}
    coming: set[str] = set()
    if outside:
        yield stray(outside)
    for one in messages:
        said = understood(one.said[:_LOOKED_AT])
        text = whole(one.lines)
        comes = _COMES.search(one.said) and not _COMES_NOT.search(one.said)
        if said.reached:
            company, title = said.company, said.title
            name = said.name if kind_of_name(said.name) == PERSON else one.name
        elif comes and one.name not in reached | coming:
            coming.add(one.name)
            name, company, title = one.name, "", ""
        else:
            yield Entry(one.lines[0][0], text, one.name, marks=(STRAY,))
            continue
        yield Entry(
            one.lines[0][0],
            text,
            name,
            company,
            title,
            said.phone,
            said.email,
            signed_up_at=one.moment,
            guests=said.guests,
            note=one.said,
        )


def _messages(lines: Iterable[Line]) -> tuple[list[_Message], list[Line]]:
    """What was said, and the lines above the first message."""
    messages: list[_Message] = []
    outside: list[Line] = []
    for line in lines:
        head = _head(line[1])
        if head is not None:
            moment = head["moment"] if _PLAIN_MOMENT.fullmatch(head["moment"]) else ""
            name = _ACCOUNT.sub("", head["name"]).strip()
            messages.append(_Message([line], name, moment, head["said"].strip()))
        elif _RULER.fullmatch(line[1]):
            continue
        elif messages:
            messages[-1].lines.append(line)
        else:
            outside.append(line)
    return [one._replace(said=_said(one)) for one in messages], outside


def _said(message: _Message) -> str:
    """All lines of it, the blank ones left out."""
    more = (text.rstrip() for _number, text in message.lines[1:])
    return "\n".join(filter(None, (message.said, *more))).strip()


def _head(text: str) -> re.Match[str] | None:
    return next((found for one in _HEADS if (found := one.fullmatch(text))), None)
