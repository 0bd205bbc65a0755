"""A person as people write them in a line: name, company, title and numbers, in any order."""

from __future__ import annotations

import re
from typing import NamedTuple

from opslog.domain.imports import guests, state_words
from opslog.domain.people import phones
from opslog.domain.people.naming.name_kinds import (
    ORGANISATION,
    PERSON,
    kind_of_name,
    without_pictures,
)
from opslog.domain.rosters.rosters import NOT_EXPECTED
from opslog.exchange.headings import known as heading_known

_EMAIL = re.compile(r"[\w.%+'-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
# A moment is no number, and +2 (guests) no country: a number begins as a mobile, a landline or
# one from abroad does.
_PHONE = re.compile(
    r"(?<![\d./-])(?<!\d:)(?:"
    r"\(?\+(?:1(?=[\s.()-]*[2-9])|7(?=[\s.()-]*[3-9])|[2-9]\d{1,2})\)?[\s.-]?\(?\d[\d\s().-]{5,16}\d"
    r"|(?:0086|86)?[ -]?1[3-9]\d(?:[ .-]?\d{4}){2}"
    r"|\(?0\d{2,3}\)?[ -]?\d{3,4}[ -]?\d{4}(?:\s*(?:转|-|ext\.?)\s*\d{2,6})?"
    r"|[48]00[ -]?\d{3}[ -]?\d{4}"
    r")(?![\d:])"
)
_DIGITS = re.compile(r"(?<![\d./-])(?<!\d:)\d{7,}(?![\d.:/-])")
# A number that reaches nobody.
_REFERENCE = re.compile(
    r"(?:会议号?|会议 ?id|房间号?|群号?|密码|口令|qq群?|编号|订单号?|meeting id|passcode)"
    r"\s*[:：#是为]*\s*\d[\d -]{3,}",
    re.IGNORECASE,
)
_DAY = re.compile(r"20\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])")
_STRONG = re.compile(r"\s*[,，;；、|｜/／\t]\s*|\s*[+＋](?!\s*\d(?!\d))\s*|\s+[-–—]+\s+")
_LABELLED = re.compile(r"([^\s:：,，;；、|/+]{1,8})\s*[:：]\s*")
_TITLE = re.compile(
    r".*(?:经理|总监|总裁|主管|主任|部长|处长|科长|院长|校长|工程师|专员|顾问|负责人|董事长?|秘书|助理|教授"
    r"|老师|店长|采购|销售|运营|合伙人|创始人|經理|總監|總裁|工程師"
    r"|职员|員工|员工|文员|业务员|研究员|程序员|管理员|分析师|设计师|架构师|讲师|厂长|会长|书记|主席"
    r"|(?:会计|出纳|财务|法务|人事|行政|客服|编辑|记者)$"
    r"|\b(?:manager|director|engineer|officer|president|buyer|head of|founder|partner|consultant"
    r"|assistant|lead|c[eftio]o|vp)\b).*",
    re.IGNORECASE,
)
_GUESTS = re.compile(
    r"[带帶][了上]?\s*(?:\d|[一二两兩三四五六七八九])?\s*(?:[个個位名人]|同事|朋友|家属|客户)|\+\s*\d$"
    r"|\b(?:bring|with|plus)\b.*",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[A-Za-z][\w.'’-]*")
_HAN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{1,6}·[\u3400-\u9fff]{1,10}")
_WORD = re.compile(r"[(（][^()（）]*[)）]|(?:(?<![\u3400-\u9fff])[(（]|[^\s(（])+")
_DASH = re.compile(r"(?<![A-Za-z0-9])[-–—－_]+(?![A-Za-z0-9])|[-–—－_]+$")
_SYLLABLES = re.compile(r"[\u3400-\u9fff]{1,2}")
_BRACKETS = " ()（）[]【】"
_FIELDS = ("name", "company", "title")


class Spoken(NamedTuple):
    name: str = ""
    company: str = ""
    title: str = ""
    phone: tuple[str, ...] = ()
    email: tuple[str, ...] = ()
    status: str = ""  # that they withdrew or wait, in their words
    guests: str = ""  # how many they bring along
    note: str = ""

    @property
    def reached(self) -> bool:
        return bool(self.phone or self.email)


def understood(text: str) -> Spoken:
    """What a line says of one person. What fits nowhere is the note."""
    addresses = _EMAIL.findall(text)
    references = _REFERENCE.findall(text)
    rest = _EMAIL.sub("\t", _REFERENCE.sub("\t", text))
    numbers = [found[0] for found in _PHONE.finditer(rest) if phones.normalise(found[0]).e164]
    for number in numbers:
        rest = rest.replace(number, "\t", 1)
    # Digits that were meant for a number and are none are a problem somebody should see.
    odd = [one for one in _DIGITS.findall(rest) if not _DAY.fullmatch(one)]
    for number in odd:
        rest = rest.replace(number, "\t", 1)
    said: dict[str, str] = {}
    notes: list[str] = list(map(str.strip, references))
    status, brings = "", 0
    for part in _parts(rest):
        if more := guests.said(part):
            brings = more
            continue
        part, more = guests.off_name(part)
        brings = more or brings
        if _no_place(part.strip(_BRACKETS)):
            status = status or part.strip(_BRACKETS)
            continue
        if part.strip(_BRACKETS) != part:  # 李强（素食）: a remark, a company, or a title
            inner = part.strip(_BRACKETS)
            for piece in [inner] if kind_of_name(inner) == ORGANISATION else inner.split():
                field = "company" if kind_of_name(piece) == ORGANISATION else "title"
                if field not in said and (field == "company" or _TITLE.fullmatch(piece)):
                    said[field] = piece
                else:
                    notes.append(piece)
            continue
        field, value = _labelled(part)
        if field in _FIELDS and value:
            said.setdefault(field, value)
        elif field in ("phone", "email"):
            notes += [value] if value else []
        elif part:
            field = _field(part, said)
            if field:
                said[field] = part
            else:
                notes.append(part)
    return Spoken(
        said.get("name", ""),
        said.get("company", ""),
        said.get("title", ""),
        tuple(dict.fromkeys([*numbers, *odd])),
        tuple(dict.fromkeys(addresses)),
        status,
        str(brings or ""),
        " ".join(notes),
    )


def _no_place(part: str) -> bool:
    """Whether somebody says no more than that they withdraw, or wait."""
    return state_words.of_status(part).state in NOT_EXPECTED


def _parts(text: str) -> list[str]:
    """The pieces of a line: by marks where there are any, else by spaces.

    A space may stand within a Latin name, and within any remark.
    """
    strong = [part.strip(" :：。.") for part in _STRONG.split(text)]
    parts: list[str] = []
    for part in strong:
        if _GUESTS.match(part):
            parts.append(part)
            continue
        run: list[str] = []
        for word in _words(part):
            if run and _WORDS.fullmatch(word) and _WORDS.fullmatch(run[-1]):
                run.append(word)
                continue
            if run:
                parts.append(" ".join(run))
            run = [word]
        if run:
            parts.append(" ".join(run))
    return [part for part in parts if part.strip("+-_()（）[]【】<>《》")]


def _words(part: str) -> list[str]:
    """Words; what stands in brackets is one, and what a dash joins to a name stands apart."""
    words = []
    for word in _WORD.findall(part):
        pieces = [piece for piece in _DASH.split(word) if piece]
        if len(pieces) < 2 or PERSON not in map(kind_of_name, pieces):
            words += pieces if len(pieces) == 1 else [word]
        elif all(map(_SYLLABLES.fullmatch, pieces)):  # 欧阳-小明
            words.append("".join(pieces))
        else:
            words += pieces
    return words


def _labelled(part: str) -> tuple[str, str]:
    """``公司：示例物流`` is the company; ('', '') where no label that is known stands first."""
    found = _LABELLED.match(part)
    if found:
        field = next(iter(heading_known.guess([found[1]])), "")
        if heading_known.is_known(found[1]):
            return field, part[found.end() :].strip()
    return (
        (next(iter(heading_known.guess([part])), ""), "")
        if heading_known.is_known(part)
        else ("", "")
    )


def _field(part: str, said: dict[str, str]) -> str:
    """What a piece without a label is: a name and a company by what they hold, else by order."""
    if _GUESTS.match(part) or not any(map(str.isalpha, part)):
        return ""
    kind = kind_of_name(part)
    if kind == PERSON:
        return "" if "name" in said else "name"
    if kind == ORGANISATION:
        return "" if "company" in said else "company"
    if _TITLE.fullmatch(part):
        return "" if "title" in said else "title"
    if without_pictures(part) != part:  # no company has such in its name
        return "" if {"name", "company"} & said.keys() else "name"
    if "name" not in said and (_HAN_NAME.fullmatch(part) or _WORDS.match(part)):
        return "name"
    if "name" in said and "company" not in said and len(said) < len(_FIELDS):
        return "company"
    return ""
