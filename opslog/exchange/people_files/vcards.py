"""Contacts as telephones and mail programs write them: vCard 2.1, 3.0 and 4.0.

After the format's descriptions (versit vCard 2.1, RFC 2426, RFC 6350), and forgiving where
exports are not as described: a card that is never closed, lines that lost their indent, text
in another character set than said.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from opslog.domain.people.naming.names import is_chinese
from opslog.exchange.people_files.entries import CUT_OFF, Entry, Line, stray

_BEGIN = re.compile(r"\s*BEGIN\s*:\s*VCARD\s*", re.IGNORECASE)
_END = re.compile(r"\s*END\s*:\s*VCARD\s*", re.IGNORECASE)
_PROPERTY = re.compile(
    r"\s*(?:[\w-]+\.)?(?P<name>[A-Za-z][\w-]*)(?P<params>(?:;(?:\"[^\"]*+\"|[^\":]++)*+)?):(?P<value>.*)",
    re.DOTALL,
)
_PARAM = re.compile(r";((?:\"[^\"]*\"|[^\";])*)")
_PART = re.compile(r"((?:\\.|\\\Z|[^\\;]++)*+)(?:;|\Z)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
_PICTURES = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})
_NO_VOICE = frozenset({"FAX", "PAGER", "MODEM", "TELEX"})
_VOICE = frozenset({"VOICE", "CELL"})
_GBK = frozenset({"gb2312", "gbk", "cp936", "x-gbk"})
_IN_TURN = ("utf-8", "gb18030")  # the character sets tried where the one said does not fit


class _Property(NamedTuple):
    """``types`` in capitals; ``parts`` decoded, as parted by semicolons."""

    name: str
    types: frozenset[str]
    parts: tuple[str, ...]

    @property
    def value(self) -> str:
        return ";".join(self.parts).strip()


def entries(lines: Iterable[Line]) -> Iterator[Entry]:
    """The cards, one after the other; what stands outside of them is marked as stray."""
    card: list[Line] = []
    outside: list[Line] = []
    inner = 0  # cards within the card: an assistant's, say
    for line in lines:
        text = line[1]
        if _BEGIN.fullmatch(text):
            if outside:
                yield stray(outside)
                outside = []
            if card and card[-1][1].strip().upper().startswith("AGENT"):
                inner += 1
            elif card:
                yield _entry(card, closed=False)
                card, inner = [], 0
            card.append(line)
        elif not card:
            if text.strip():
                outside.append(line)
        else:
            card.append(line)
            if _END.fullmatch(text):
                if inner:
                    inner -= 1
                    continue
                yield _entry(card, closed=True)
                card = []
    if outside:
        yield stray(outside)
    if card:
        yield _entry(card, closed=False)


def _entry(lines: list[Line], *, closed: bool) -> Entry:
    kept, properties = _properties([text for _number, text in lines])
    first: dict[str, _Property] = {}
    for one in properties:
        if one.value.strip("; "):
            first.setdefault(one.name, one)
    organisation = first["ORG"].parts if "ORG" in first else ()
    company, *departments = [part.strip() for part in organisation if part.strip()] or [""]
    name = _name(first)
    if "X-ABSHOWAS" in first and first["X-ABSHOWAS"].value.upper() == "COMPANY" and name == company:
        name = ""
    notes = [one.value for one in properties if one.name == "NOTE" and one.value]
    return Entry(
        lines[0][0],
        "\n".join(kept),
        name,
        company,
        next((first[key].value for key in ("TITLE", "ROLE") if key in first), ""),
        tuple(_unique(_number(one) for one in properties if one.name == "TEL")),
        tuple(_unique(_address(one) for one in properties if one.name == "EMAIL")),
        _city(first["ADR"].parts) if "ADR" in first else "",
        note="; ".join((*departments, *notes)),
        marks=() if closed else (CUT_OFF,),
    )


def _properties(lines: list[str]) -> tuple[list[str], list[_Property]]:
    """The lines without those of pictures, and what they say. Lines that were folded are joined."""
    kept: list[str] = []
    logical: list[list[str]] = []  # the pieces of each line
    picture = soft = False
    depth = 0
    for text in lines:
        if _BEGIN.fullmatch(text) or _END.fullmatch(text):
            depth += 1 if _BEGIN.fullmatch(text) else -1
            picture = soft = False
            kept.append(text)
            continue
        if picture and (text[:1] in (" ", "\t") or _BASE64.fullmatch(text)):
            continue
        found = None if soft or text[:1] in (" ", "\t") else _PROPERTY.fullmatch(text)
        picture = found is not None and found["name"].upper() in _PICTURES
        kept.append(text.partition(":")[0] + ":" if picture else text)
        if picture or depth > 1 or not text.strip():
            soft = False
            continue
        if soft:
            logical[-1][-1] = logical[-1][-1][:-1]
            logical[-1].append(text.strip())
        elif found is not None or not logical:
            logical.append([text])
        elif text[:1] in (" ", "\t"):
            logical[-1].append(text[1:])
        else:
            logical[-1].append("\\n" + text)  # a line break somebody forgot to escape
        soft = logical[-1][-1].endswith("=") and "QUOTED-PRINTABLE" in logical[-1][0].upper()
    read = (_PROPERTY.fullmatch("".join(pieces)) for pieces in logical)
    return kept, [_property(found) for found in read if found is not None]


def _property(found: re.Match[str]) -> _Property:
    types: set[str] = set()
    charset = ""
    for param in _PARAM.findall(found["params"]):
        key, equals, value = param.partition("=")
        if key.strip().upper() == "CHARSET":
            charset = value.strip(' "')
        else:
            types.update(value.strip(' "').upper().split(",") if equals else [key.strip().upper()])
    quoted = "QUOTED-PRINTABLE" in types
    parts = [
        _unescaped(_from_quoted(part, charset) if quoted else part)
        for part in _PART.findall(found["value"])
    ]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return _Property(found["name"].upper(), frozenset(types), tuple(parts))


def _from_quoted(text: str, charset: str) -> str:
    """Quoted-printable in the character set said, else in one that fits."""
    said = "gb18030" if charset.lower() in _GBK else charset
    try:
        data = binascii.a2b_qp(text.encode(said or "utf-8"))
    except (LookupError, UnicodeEncodeError):
        said, data = "", binascii.a2b_qp(text.encode("utf-8", "backslashreplace"))
    for name in filter(None, (said, *_IN_TURN)):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", "backslashreplace")


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


def _name(first: dict[str, _Property]) -> str:
    """The name as written out, but family name first where both halves are Chinese."""
    halves = [part.strip() for part in first["N"].parts] if "N" in first else []
    family, given, middle, *_others = [*halves, "", "", ""]
    whole = first["FN"].value if "FN" in first else ""
    chinese = "".join((family, given, middle))
    if is_chinese(chinese) and (not whole or sorted(chinese) == sorted(whole.replace(" ", ""))):
        return chinese
    if whole and not _only_reaches(whole):
        return whole
    joined = " ".join(filter(None, (given, middle, family)))
    return joined or (first["NICKNAME"].value if "NICKNAME" in first else "")


def _only_reaches(text: str) -> bool:
    """Whether a number or an address was put where the name should be."""
    return "@" in text or not any(map(str.isalpha, text))


def _number(one: _Property) -> str:
    if one.types & _NO_VOICE and not one.types & _VOICE:
        return ""
    number, *more = one.parts
    extension = next((part[4:] for part in more if part.lower().startswith("ext=")), "")
    number = re.sub(r"(?i)^\s*tel:", "", number).strip()
    return f"{number} ext. {extension}" if extension else number


def _address(one: _Property) -> str:
    return re.sub(r"(?i)^\s*mailto:", "", one.value).strip()


def _city(parts: tuple[str, ...]) -> str:
    """Locality, else region: the fourth and fifth part of an address."""
    return next((part.strip() for part in parts[3:5] if part.strip()), "")


def _unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, values)))
