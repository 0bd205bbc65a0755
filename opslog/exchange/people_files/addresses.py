"""Addresses as mail programs copy them: ``A <a@…>; "B, C" <b@…>``, on one line or on many."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from opslog.domain.people import emails
from opslog.exchange.people_files.entries import Entry, Line, stray

_LEAD = re.compile(
    r"\s*(?:to|cc|bcc|from|收件人|抄送人?|密送人?|发件人|收件者|寄件者|副本)\s*[:：]\s*",
    re.IGNORECASE,
)
_AT = r"[^\s@,;:<>()\[\]\"|/，；、＜＞〈〉]+@[^\s@,;:<>()\[\]\"|/，；、＜＞〈〉]+"
_ONE = re.compile(
    rf"(?P<name>\"(?:[^\"\\]|\\.)*\"|'[^'<>@]*'|{_AT}(?=\s*[<＜〈])|[^<>\"@＜＞〈〉]*?)?\s*"
    rf"(?:[<＜〈]\s*(?:mailto:)?(?P<marked>{_AT})\s*[>＞〉]|(?<![^\s,;，；、])(?P<bare>{_AT}))"
    rf"\s*(?:[,;，；、]\s*)*"
)
_BETWEEN = " \t,;，；、"
_AROUND = f"{_BETWEEN}'\""
_LONGEST_NAME = 60
_ESCAPED = re.compile(r"\\(.)")


def are_lines(lines: list[Line]) -> bool:
    """Whether these are such lines, each of them whole, and not a column of a table."""
    said = [text for _number, text in lines if text.strip()]
    parsed = [_parsed(text) for text in said]
    if not parsed or not parsed[0]:
        return False
    named = any(one["marked"] for some in parsed for one in some)
    several = any(len(some) > 1 for some in parsed)
    return (named or several) and sum(map(bool, parsed)) * 5 >= len(parsed) * 4


def entries(lines: Iterable[Line]) -> Iterator[Entry]:
    """A person an address; a line that holds something else is stray."""
    for number, text in lines:
        found = _parsed(text)
        for one in found:
            name = _called(one["name"] or "")
            address = one["marked"] or one["bare"]
            yield Entry(number, one[0].strip(), name, email=(address,))
        if not found and text.strip():
            yield stray([(number, text)])


def _parsed(text: str) -> list[re.Match[str]]:
    """The addresses of a line; none where anything else stands in it."""
    lead = _LEAD.match(text)
    at = lead.end() if lead else len(text) - len(text.lstrip(_BETWEEN))
    found = []
    while at < len(text.rstrip()):
        one = _ONE.match(text, at)
        if one is None or len(one["name"] or "") > _LONGEST_NAME or "\t" in (one["name"] or ""):
            return []
        if one["bare"] and (one["name"] or "").strip(_AROUND):
            return []
        if not emails.normalise(one["marked"] or one["bare"]).address:
            return []
        found.append(one)
        at = one.end()
    return found


def _called(name: str) -> str:
    """The name before an address; one that only repeats the address is none."""
    name = _ESCAPED.sub(r"\1", name.strip().strip(_AROUND)).strip()
    return "" if "@" in name else name
