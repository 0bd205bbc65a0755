"""Numbers and characters as people type them: Chinese numerals, full-width forms."""

from __future__ import annotations

from opslog.domain.base.patterns import compiled

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
NUMBER = r"(?:[0-9]{1,4}|[零〇一二两俩三四五六七八九十百]{1,5})"

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# The traditional characters that days, times and durations are written with: both scripts are
# read by one grammar.
_TRADITIONAL = str.maketrans(
    "週禮點時後個鐘號兩間節慶陽內過聖誕勞動婦兒師國這裡頭雙",
    "周礼点时后个钟号两间节庆阳内过圣诞劳动妇儿师国这里头双",
)
_FOLDED = _FULL_WIDTH | _TRADITIONAL
_HUNDREDS = (
    "(?:([一二两三四五六七八九])百)?(零|〇)?(?:([一二三四五六七八九])?(十))?"
    "([一二两俩三四五六七八九])?"
)


def fold(text: str) -> str:
    """``text`` with full-width forms made plain and traditional characters of the grammar
    simplified, character for character (offsets stay true)."""
    return text if text.isascii() else text.translate(_FOLDED)


def number_of(text: str) -> int | None:
    """The whole number 0–9999 that digits or Chinese numerals say; None where they say none.

    ``十五`` 15, ``两百零三`` 203; ``三四`` ("three or four") is no number.
    """
    if text.isascii():
        return int(text) if text.isdigit() else None
    if text in ("零", "〇"):
        return 0
    match = compiled(_HUNDREDS).fullmatch(text)
    if not match or not text:
        return None
    hundreds, _zero, tens, ten, ones = match.groups()
    total = DIGITS[hundreds] * 100 if hundreds else 0
    if ten:
        total += (DIGITS[tens] if tens else 1) * 10
    return total + (DIGITS[ones] if ones else 0)
