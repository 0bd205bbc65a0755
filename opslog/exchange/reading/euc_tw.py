"""EUC-TW, which Python can't read: understood well enough to tell a file in it by."""

from __future__ import annotations

import re

# One character: of plane 1 in two bytes, of any plane in four.
_CHARACTER = re.compile(rb"\x8e[\xa1-\xb0][\xa1-\xfe]{2}|[\xa1-\xfd][\xa1-\xfe]|[\x80-\xff]")
_HAN = 0xC4  # the first row of everyday Han
_RARE = "龘"  # any of the planes that lists hardly use


def approximate(data: bytes) -> str:
    """The text, its everyday Han true, rarer ones as one that stands for all.

    CNS 11643 has them in the order of Big5, 94 to a row instead of 157.
    """

    def letter(match: re.Match[bytes]) -> bytes:
        found = match[0]
        if len(found) == 4:
            return _RARE.encode()
        if len(found) == 1:
            return "\ufffd".encode()
        row, first = (found[0] - _HAN, 0xA4) if found[0] >= _HAN else (found[0] - 0xA1, 0xA1)
        line, at = divmod(row * 94 + found[1] - 0xA1, 157)
        big5 = bytes((first + line, at + (0x40 if at < 63 else 0x62)))
        return big5.decode("cp950", "replace").encode()

    return _CHARACTER.sub(letter, data).decode("utf-8", "replace")
