"""Where a mainland number is from: a guess, since people move and keep their numbers.

The table comes from phonenumbers' geodata, made by ``make_number_cities`` and read on the
first question: a few milliseconds, instead of a second and 100 MB for the library's own.
"""

from __future__ import annotations

import json
import re
import zlib
from functools import cache, lru_cache
from typing import NamedTuple

from opslog import shipped

FILE = "people/number_cities.bin"
FIRST = 1_300_000  # the first seven digits of the lowest mobile number
PREFIXES = 700_000  # 130 0000 to 199 9999
_PROVINCE = re.compile("(?:..省|黑龙江省|内蒙古|广西|宁夏|西藏|新疆)(?:.{0,4}自治区)?(?=.)")
_AREA_DIGITS = range(5, 1, -1)


class _Table(NamedTuple):
    places: list[str]
    areas: dict[str, int]  # area code without its 0 -> number of the place
    mobiles: bytes  # two bytes a prefix, the lower first


@cache
def _table() -> _Table:
    head, _newline, body = zlib.decompress(shipped.data(FILE)).partition(b"\n")
    read = json.loads(head)
    return _Table(read["places"], read["areas"], body)


def place_of(e164: str) -> str:
    """Province and city of a mainland mobile or landline; '' where nothing is known."""
    if not e164.startswith("+86"):
        return ""
    # The first digits say it all, and come again and again in a list.
    return _place(e164[3:10] if len(e164) == 14 and e164[3] == "1" else e164[3:])


def city_alone(place: str) -> str:
    """The place without its province, as short as a column wants it: 抚顺市, 哈尔滨."""
    city = place[found.end() :] if (found := _PROVINCE.match(place)) else place
    return city.removesuffix("市") if len(city) > len("北京市") else city


@lru_cache(maxsize=4_096)
def _place(national: str) -> str:
    places, areas, mobiles = _table()
    if national[:1] == "1" and len(national) == 7:
        at = 2 * (int(national) - FIRST)
        if not 0 <= at < len(mobiles):
            return ""
        return places[mobiles[at] | mobiles[at + 1] << 8]
    for length in _AREA_DIGITS:
        if (number := areas.get(national[:length])) is not None:
            return places[number]
    return ""
