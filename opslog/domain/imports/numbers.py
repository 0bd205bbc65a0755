"""A person's telephone numbers where a row has several columns for them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from opslog.domain.people import phones
from opslog.domain.people.phones import Phone

_COUNTRY = re.compile(r"国家|国际|国码|country|intl|international", re.IGNORECASE)
_FEWEST_DIGITS = 5  # of a cell that was meant for a number
_LOCAL = range(7, 9)  # digits of a landline in the mainland without its area code


def with_area(area: str, number: str, heading: str) -> str:
    """The number as a whole, with the code that stood in a column headed ``heading``.

    A mobile of the mainland needs none; ``852`` below 国家区号 is a country, ``0755`` an area.
    """
    digits = re.sub(r"\D", "", area)
    bare = number.strip()
    if not digits or not any(map(str.isdigit, bare)) or bare.startswith(("+", "00")):
        return number
    own = re.sub(r"\D", "", bare)
    country = area.strip().startswith(("+", "00")) or _COUNTRY.search(heading)
    if (country and not digits.startswith("0")) or area.strip().startswith("00"):
        code = digits.removeprefix("00")
        return number if code == "86" and _whole(number) else f"+{code} {bare}"
    if len(own) in _LOCAL and not own.startswith("0"):
        return f"0{digits.lstrip('0')}-{bare}"
    return number if _whole(number) or digits == "86" else f"+{digits} {bare}"


def _whole(number: str) -> bool:
    return bool(phones.normalise(number).e164)


def with_further(phone: Phone, cells: Sequence[str]) -> Phone:
    """The number that counts, and all others: a mobile before what may be a switchboard.

    A cell that holds some digits and no number is a problem of the row; a word is none.
    """
    found = [phone]
    for text in cells:
        if text and not text.isspace():
            one = phones.normalise(text)
            if one.e164 or sum(map(str.isdigit, text)) >= _FEWEST_DIGITS:
                found.append(one)
    if len(found) == 1:
        return phone
    good = [one for one in found if one.e164]
    problem = next((one.problem for one in found if one.problem), "")
    if not good:
        return phone if phone.problem else Phone(problem=problem)
    best = next((one for one in good if one.kind == phones.MOBILE), good[0])
    others = [number for one in good for number in (one.e164, *one.others)]
    unique = dict.fromkeys(number for number in others if number != best.e164)
    return best._replace(others=tuple(unique), problem=problem)
