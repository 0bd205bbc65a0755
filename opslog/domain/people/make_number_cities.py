"""Make ``number_cities.bin``: ``python -m opslog.domain.people.make_number_cities``.

The source is the geodata of phonenumbers, which takes a second and 100 MB to load; what the
product needs of it is where mainland numbers begin to mean a place. Run it again after an update
of that library; the result is the same wherever it is made.
"""

from __future__ import annotations

import json
import zlib
from array import array

from opslog import shipped
from opslog.domain.people.number_cities import FILE, FIRST, PREFIXES

_COUNTRY, _MOBILE_DIGITS = "86", 7


def main() -> None:
    from phonenumbers.geodata import GEOCODE_DATA

    numbered: dict[str, int] = {"": 0}
    mobiles = array("H", bytes(2 * PREFIXES))
    lengths = bytearray(PREFIXES)  # of the prefix that said so: the longest is right
    areas: dict[str, int] = {}
    for prefix, names in sorted(GEOCODE_DATA.items()):
        place = names.get("zh", "")
        national = prefix.removeprefix(_COUNTRY)
        if not prefix.startswith(_COUNTRY) or not place:
            continue
        number = numbered.setdefault(place, len(numbered))
        if not (national[0] == "1" and len(national) >= 3 and national[1] != "0"):
            areas[national] = number
            continue
        width = 10 ** max(_MOBILE_DIGITS - len(national), 0)
        low = int(national[:_MOBILE_DIGITS]) * width - FIRST
        for at in range(low, low + width):
            if len(national) >= lengths[at]:
                mobiles[at], lengths[at] = number, len(national)
    if mobiles.itemsize != 2:
        raise SystemExit("this machine's numbers are not two bytes wide")
    table = {"places": list(numbered), "areas": areas}
    head = json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode()
    body = b"".join(number.to_bytes(2, "little") for number in mobiles)
    file = shipped.HERE / FILE
    file.write_bytes(zlib.compress(head + b"\n" + body, 9))
    print(f"{file}: {file.stat().st_size:,} bytes, {len(numbered) - 1} places")


if __name__ == "__main__":
    main()
