"""What a cell of somebody's list means, apart from names and numbers."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, tzinfo

from opslog.domain.base.own_files.wordlists import UNANSWERED, words
from opslog.domain.dates import western_dates

_YES = words(
    """
    是 已加 已添加 已加企微 有 y yes true 1 √ ✓ ✔ 对 已加微信 已关注
    """
)
_NO = words(
    """
    否 未加 未添加 未加企微 没有 无 n no false 0 × ✗ 未关注 不是
    """
)
_EMPTY = UNANSWERED | words(
    """
    无 暂无 - -- — / \\ n/a none null nil nan #n/a #ref! #value! #name?
    """
)
_CHINESE_OR_ISO = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?!\d)"
    rf"(?:[\sT,]*({western_dates.HALVES})?\s*(\d{{1,2}})[:：时点](半|\d{{1,2}})?(?:[:：分](\d{{1,2}}))?"
    rf"(?:\.\d+)?秒?\s*({western_dates.HALVES})?\s*(z|[+-]\d{{2}}:?\d{{2}})?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(20\d{2})(\d{2})(\d{2})(?:\s*(\d{2})(\d{2})(\d{2})?)?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_FORMULA = tuple("=+-@\t\r＝＋－＠")  # what a cell of a formula begins with
_EXCEL_EPOCH = datetime(1899, 12, 30)  # day 0 of the 1900 system, with its leap day that never was


def clean(text: str) -> str:
    """A cell as a value: one line, no outer space or NUL; '' where it says there is nothing.

    A NUL within it is shown as ␀, as the cell is wherever it is printed.
    """
    if text.isalnum():
        return "" if text.casefold() in _EMPTY else text
    value = " ".join(text.split()).strip("\ufeff\u200b\0 ").replace("\0", "␀")
    if value.startswith('="') and value.endswith('"'):  # how exports keep Excel off a number
        value = value[2:-1].strip()
    return "" if value.casefold() in _EMPTY else value


def without_apostrophe(text: str) -> str:
    """A cell as it was before an apostrophe kept a spreadsheet from taking it for a formula."""
    if text[:1] != "'":
        return text
    bare = text[1:].lstrip(" \n")
    plain = bare.startswith(_FORMULA) or (
        bare[:1].isalnum() and not bare[:1].islower() and not bare[:1].isupper()
    )
    return text[1:] if plain else text


def yes_no(text: str) -> bool | None:
    """是/否 in the forms lists use; None where it says neither."""
    word = unicodedata.normalize("NFKC", text).strip().casefold()
    if word in _YES:
        return True
    return False if word in _NO else None


def moment(text: str, zone: tzinfo, month_first: bool | None = None) -> datetime | None:
    """The instant (UTC) a cell names in the operator's zone; None where it names none.

    ``month_first``: how its column writes ``3/4/2026``, where that is known.

    Takes ``2026/11/1 9:00``, ``2026-11-01T09:00:00+08:00``, ``2026年11月1日 下午3:05``,
    ``20261101``, and a bare day number of Excel's 1900 system. 31 November is no date.
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    local = _written(folded, zone) or _serial(folded, zone) or _western(folded, zone, month_first)
    return None if local is None else local.astimezone(UTC)


def _written(folded: str, zone: tzinfo) -> datetime | None:
    found = _CHINESE_OR_ISO.match(folded)
    if found:
        year, month, day, before, hour, minute, second, after, offset = found.groups()
        hours = western_dates.hour_of(before or after or "", int(hour or 0))
        minute = "30" if minute == "半" else minute
        parts: list[str | int] = [year, month, day, hours, minute or 0, second or 0]
        place = _offset(offset) if offset else zone
    else:
        compact = _COMPACT.fullmatch(folded)
        if compact is None:
            return None
        parts = [part or 0 for part in compact.groups()]
        place = zone
    years, months, days, hours, minutes, seconds = map(int, parts)
    return _at(years, months, days, hours, minutes, seconds, place)


def _western(folded: str, zone: tzinfo, month_first: bool | None) -> datetime | None:
    found = western_dates.written(folded, month_first)
    if found is None:
        return None
    year, month, day, hour, minute, second, offset = found
    return _at(year, month, day, hour, minute, second, _offset(offset) if offset else zone)


def _at(
    year: int, month: int, day: int, hour: int, minute: int, second: int, place: tzinfo
) -> datetime | None:
    """The moment, 24:30 being half an hour into the next day; None for what no calendar has."""
    try:
        at = datetime(year, month, day, hour % 24, minute, second, tzinfo=place)
        return at + timedelta(days=hour == 24) if hour <= 24 else None
    except (ValueError, OverflowError):
        return None


def _offset(text: str) -> tzinfo:
    from datetime import timezone

    if text in "zZ":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def _serial(folded: str, zone: tzinfo) -> datetime | None:
    if not _SERIAL.fullmatch(folded):
        return None
    naive = _EXCEL_EPOCH + timedelta(seconds=round(float(folded) * 86_400))
    return naive.replace(tzinfo=zone) if 2000 <= naive.year <= 2099 else None
