"""Numbers that are looked for by a range: ``员工数:100-500``, ``员工数>200``, ``预算>=20万``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from math import inf
from typing import NamedTuple

from opslog.domain.base.refusal import Refused
from opslog.domain.people.fields import TIMES
from opslog.locale import N_, msg

_N = r"(\d+(?:\.\d+)?)\s*(千|万|亿)?"
_UNIT = r"\s*(?:人|名|元|家|台)?\s*"
_TO = r"(?:[-–—~]|\.\.|至|到)"
_NUMBER = re.compile(_N)
_SPAN = re.compile(rf"{_N}{_UNIT}{_TO}\s*{_N}")
_AT_LEAST = re.compile(rf"(?:(?:>=?|≥|至少|不少于|超过|大于)\s*{_N}|{_N}{_UNIT}(?:\+|及?以上|起))")
_AT_MOST = re.compile(rf"(?:(?:<=?|≤|至多|不超过|少于|小于)\s*{_N}|{_N}{_UNIT}(?:及?以下|以内))")
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_TYPED = re.compile(
    r'(?<!\S)(?:"([^"]+)"|([^\s"#<>=≥≤:\d][^\s"<>=≥≤:]*))\s*'
    rf"(?::\s*(?P<colon>{_N}{_UNIT}{_TO}\s*{_N}|{_N}{_UNIT}(?:\+|以上|以下)|(?:[<>]=?|≥|≤)\s*{_N})"
    rf"|(?P<sign>(?:[<>]=?|≥|≤|=)\s*{_N})){_UNIT}(?!\S)"
)


class Range(NamedTuple):
    """``field`` folded for comparison; the ends belong to it but for ``above`` and ``below``."""

    field: str
    least: float
    most: float
    above: bool = False
    below: bool = False

    def holds(self, text: str) -> bool:
        """Whether all that a value stands for lies in it: ``100-499人`` in 100-500, not in >200."""
        span = span_of(text)
        if span is None:
            return False
        least, most = span
        return (least > self.least if self.above else least >= self.least) and (
            most < self.most if self.below else most <= self.most
        )


def span_of(text: str) -> tuple[float, float] | None:
    """The least and most that a value stands for: of ``500`` 500 twice, of ``100-499人`` both, of
    ``1000人以上`` no end; None where it has no number."""
    plain = _THOUSANDS.sub("", unicodedata.normalize("NFKC", text))
    if found := _SPAN.search(plain):
        return _number(found[1], found[2] or found[4]), _number(found[3], found[4])
    if found := _AT_LEAST.search(plain):
        return _either(found.groups()), inf
    if found := _AT_MOST.search(plain):
        return 0, _either(found.groups())
    if found := _NUMBER.search(plain):
        return (_number(found[1], found[2]),) * 2
    return None


def read(words: str) -> tuple[list[Range], str]:
    """The ranges among typed words, and the other words. A name with spaces stands in quotes."""
    plain = _THOUSANDS.sub("", unicodedata.normalize("NFKC", words))
    ranges = [
        _range(folded(found[1] or found[2]), "".join((found["colon"] or found["sign"]).split()))
        for found in _TYPED.finditer(plain)
    ]
    return ranges, _TYPED.sub(" ", plain) if ranges else words


def folded(name: str) -> str:
    """The name of a field as it is compared."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def check(ranges: Sequence[Range], fields: Sequence[str]) -> None:
    """Refused for a field that is none of ``fields``, and a range that begins above its end."""
    known = {folded(name) for name in fields}
    for one in ranges:
        if one.field not in known:
            text = N_("There is no field “{name}” to look for numbers in; there are: {fields}")
            none = N_("There is no field “{name}” to look for numbers in: there are none yet")
            shown = ", ".join(dict.fromkeys(fields))
            raise Refused(msg(text if fields else none, name=one.field, fields=shown))
        if one.least > one.most:
            text = N_("{name}: {least} is more than {most}; write the smaller number first")
            least, most = f"{one.least:g}", f"{one.most:g}"
            raise Refused(msg(text, name=one.field, least=least, most=most))


def _range(field: str, said: str) -> Range:
    least, most = span_of(said.lstrip("=")) or (0, inf)
    over, under = said[0] == ">" and said[1] != "=", said[0] == "<" and said[1] != "="
    return Range(field, -inf if said[0] in "<≤" else least, most, over, under)


def _number(digits: str, unit: str | None) -> float:
    return float(digits) * TIMES.get(unit or "", 1)


def _either(found: Sequence[str | None]) -> float:
    first, first_unit, second, second_unit = found
    return _number(first or second or "", first_unit if first else second_unit)
