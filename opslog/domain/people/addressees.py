"""Whom addresses as mail programs copy them name: ``A <a@…>; "B, C" <b@…>; c@…``."""

from __future__ import annotations

import re
from typing import NamedTuple

from opslog.domain.people import emails

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


class Addressee(NamedTuple):
    """``name`` '' where only an address stands; ``text`` is both as they were written."""

    name: str
    address: str
    text: str
    marked: bool  # in angle brackets


def addressees(text: str) -> list[Addressee]:
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
    return [
        Addressee(
            _called(one["name"] or ""),
            one["marked"] or one["bare"],
            one[0].strip(),
            bool(one["marked"]),
        )
        for one in found
    ]


def _called(name: str) -> str:
    """The name before an address; one that only repeats the address is none."""
    name = _ESCAPED.sub(r"\1", name.strip().strip(_AROUND)).strip()
    return "" if "@" in name else name
