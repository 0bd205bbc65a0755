"""Telephone numbers as people type them, made into E.164; never guessed.

The operator's rule: +86 where nothing else is said; a number a spreadsheet has damaged
(``1.38E+10``, digits cut off, stars in the middle) is marked, not mended.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from opslog.domain.base.own_files.wordlists import UNANSWERED, words
from opslog.domain.people.number_cities import place_of

if TYPE_CHECKING:
    from phonenumbers.phonenumber import PhoneNumber

MOBILE, LANDLINE, SERVICE, OTHER = "mobile", "landline", "service", "other"
DAMAGED, UNREADABLE, NO_AREA_CODE = "damaged", "unreadable", "no_area_code"


class Phone(NamedTuple):
    """A cell understood. ``e164`` is '' where it isn't, and ``problem`` then says why.

    ``kind``: mobile, landline, service (400 and 800 numbers), other (foreign numbers that may be
    either). ``problem``: damaged, unreadable, no_area_code, or '' (also for an empty cell).
    ``others``: further numbers in the same cell, E.164.
    """

    e164: str = ""
    kind: str = ""
    problem: str = ""
    extension: str = ""
    others: tuple[str, ...] = ()


NOTHING = Phone()
_SECOND_DIGIT = frozenset("3456789")
# Zero-width characters, marks of direction, and what Excel and phones put in front of a number.
_INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF, 0xAD])
_DASHES = {ord(c): "-" for c in "‐‑‒–—―−─ー－一"} | {ord("〇"): "0"}
_PLAIN_FILLERS = str.maketrans("", "", " -_.\t\xa0'`·()")
_EMPTY = UNANSWERED | {"", *words("无 - -- / n/a na none null nan 暂无 没有")}
_FLOAT = re.compile(r"(\d+)\.0+")
_SCIENTIFIC = re.compile(r"(\d)(?:\.(\d+))?[eE]\+?(\d+)")
_HALF_HIDDEN = re.compile(r"(?<!\d)(1[3-9]\d{1,2})[\s-]*(?:\*|[xX]){3,}[\s-]*(\d{3,4})(?!\d)")
_MASKED = re.compile(r"\d[\dx\s-]*(?:\*|x{2,}|X{2,})[\s\d*xX-]*\d")
# A foreign number may hold eleven digits that look like a mainland mobile: it is matched first.
_MOBILES = re.compile(
    r"(?:\+|(?<!\d)00)(?!86)[1-9][\d\s.()-]{6,}\d"
    r"|(?<![\d+])(?:(?:\+|00)?86[\s.-]*|0)?(1[3-9]\d[\s.-]?\d{4}[\s.-]?\d{4})(?!\d)"
)
_BRACKETED_NOTE = re.compile(r"\((?=[^()]*[^\W\d_])[^()]*\)|\[[^\]]*\]|【[^】]*】")
_EXTENSION = re.compile(
    r"(?:转接?|分机号?|内线|extension|ext\.?|[x#])[\s:-]*(\d{1,6})\D*$", re.IGNORECASE
)
_DASHED_EXTENSION = re.compile(r"(?<=\d{7})-(\d{2,5})$")
# An extension after a landline in full, grouped in any way; a star there hides no digits.
_LANDLINE_AND_EXTENSION = re.compile(r"(\(?0\d{2,3}\)?[\s-]*\d{3,4}[\s-]?\d{4})\s*[-*]\s*(\d{2,6})")
_LONG_AREA = re.compile(r"0\d{4}[\s.-]\d{6}")  # Britain's 07700 900123; no area here has five
_SHORT_AREA = re.compile(r"\(?(0[1-9]\d)(?:\)|[\s.-])")
_SEVERAL = re.compile(r"[/,;|、\n\r]+|\s+或\s*|或|\s{2,}")
# What stands beside a number, or in its place: days, times, addresses of computers. Digits that go
# on from an area code are none: 010-2024-12-12.
_TIME = r"\d{1,2}[:时点]\d{1,2}(?:[:分]\d{1,2})?(?:\.\d+)?秒?(?!\d)"
_DAY = (
    r"(?:(?:19|20)\d\d\s*[-/.年]\s*(?:0?[1-9]|1[0-2])\s*[-/.月]\s*(?:0?[1-9]|[12]\d|3[01])\s*日?"
    r"|(?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|[12]\d|3[01])\1(?:19|20)\d\d"
    r"|(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|[12]\d|3[01])/\d\d"
    r"|(?:0?[1-9]|1[0-2])\s*月\s*(?:0?[1-9]|[12]\d|3[01])\s*日)(?![\d-])"
)
_OFFSET = r"(?:\s*(?:z|[+-]\d\d:?\d\d)(?!\d))?"
_NO_NUMBER = re.compile(
    rf"(?<![\d)(+-])(?:{_DAY}(?:[\sT,]*(?:{_TIME}){_OFFSET})?|{_TIME}{_OFFSET}|\d{{1,3}}(?:\.\d{{1,3}}){{3}}(?![\d.]))",
    re.IGNORECASE,
)
_DAY_ALONE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
# An account, a card or an order has as many digits as a landline with its area code.
_OTHER_NUMBER = re.compile(
    r"(?:qq群?|身份证|工号|编号|订单|单号|学号|会员|邀请码|验证码|发票|税号)号?码?\s*[:：#]?\s*\d[\dx]{3,}",
    re.IGNORECASE,
)
_SERVICE = re.compile(r"[48]00\d{7}")
_NUMBER = re.compile(r"\+?[\d(][\d\s().-]{4,}\d")


def normalise(text: str) -> Phone:
    """What a cell with a telephone number says.

    Takes spaces, dashes, full-width digits, 0086, a trailing ``.0``, notes in brackets or after
    the number, extensions, and several numbers in one cell (the first counts).
    """
    # Nearly every cell is a mainland mobile, at most grouped or with +86: no need to look closer.
    digits = text if len(text) == 11 else text.replace(" ", "").replace("-", "").removeprefix("+86")
    looks = len(digits) == 11 and digits[0] == "1" and digits[1] in _SECOND_DIGIT
    if looks and _plain_digits(digits):
        return Phone("+86" + digits, MOBILE)
    return _normalise(text) if text else NOTHING


def is_mobile(e164: str) -> bool:
    """Whether a person carries this number: a mainland mobile, or abroad one that may be."""
    if e164.startswith("+861"):
        return len(e164) == 14 and e164[4] in _SECOND_DIGIT
    if not e164 or e164.startswith("+86"):
        return False
    return _kind(_parse(e164)) in (MOBILE, OTHER)


def national(e164: str) -> str:
    """The digits of a number without its country's: 13800138000, 1062751234."""
    if e164.startswith("+86"):
        return e164[3:]
    number = _parse(e164)
    return re.sub(r"\D", "", e164) if number is None else _significant(number)


def display(e164: str) -> str:
    """A number grouped for the eye: 138 0013 8000, 010 6275 1234, +852 9123 4567."""
    if not e164.startswith("+86"):
        number = _parse(e164)
        if number is None:
            return e164
        from phonenumbers.phonenumberutil import PhoneNumberFormat, format_number

        return str(format_number(number, PhoneNumberFormat.INTERNATIONAL))
    national = e164[3:]
    if is_mobile(e164):
        return f"{national[:3]} {national[3:7]} {national[7:]}"
    if _SERVICE.fullmatch(national):
        return f"{national[:3]} {national[3:6]} {national[6:]}"
    local = without_area(e164)
    return f"0{national.removesuffix(local)} {local[:-4]} {local[-4:]}"


def without_area(e164: str) -> str:
    """The digits of a mainland landline behind its area code; '' for any other number."""
    national = e164.removeprefix("+86")
    if national == e164 or is_mobile(e164) or _SERVICE.fullmatch(national):
        return ""
    return national[2 if national[:2] == "10" or national[:1] == "2" else 3 :]


def local_digits(text: str) -> str:
    """The digits of a landline that a cell gives without its area code; '' where it gives none."""
    if normalise(text).problem != NO_AREA_CODE:
        return ""
    found = re.search(r"(?<!\d)[2-8]\d{2,3}[\s-]?\d{4}(?!\d)", unicodedata.normalize("NFKC", text))
    return re.sub(r"\D", "", found[0]) if found else ""


def _plain_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _normalise(text: str) -> Phone:
    folded = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).translate(_DASHES).strip()
    if folded.casefold() in _EMPTY:
        return NOTHING
    if exact := _FLOAT.fullmatch(folded):
        folded = exact[1]
    scientific = _SCIENTIFIC.fullmatch(folded)
    if scientific:
        digits, decimals, power = scientific[1], scientific[2] or "", int(scientific[3])
        if len(decimals) != power:  # digits are missing: anything more would be a guess
            return Phone(problem=DAMAGED)
        folded = digits + decimals
    plain = folded.translate(_PLAIN_FILLERS)
    if _plain_digits(plain.lstrip("+")):
        national = _mainland(plain)
        if len(national) == 11 and national[0] == "1" and national[1] in _SECOND_DIGIT:
            return Phone("+86" + national, MOBILE)
    if _DAY_ALONE.fullmatch(folded):
        return Phone(problem=UNREADABLE)
    return _with_words(_NO_NUMBER.sub(" / ", folded))


def _mainland(digits: str) -> str:
    """Digits without the ways of writing +86 before a mobile."""
    for prefix, length in (("+86", 14), ("0086", 15), ("86", 13), ("0", 12)):
        if len(digits) == length and digits.startswith(prefix):
            return digits[len(prefix) :]
    return digits


def _with_words(folded: str) -> Phone:
    """A cell that holds more than a mainland mobile, or something else."""
    mobiles = [
        "+86" + re.sub(r"\D", "", found[1]) for found in _MOBILES.finditer(folded) if found[1]
    ]
    if mobiles:
        rest = _MOBILES.sub(lambda found: " / " if found[1] else found[0], folded)
        rest = _OTHER_NUMBER.sub(" / ", rest)
        others = [*mobiles[1:], *(phone.e164 for phone in _several(rest) if phone.e164)]
        unique = tuple(dict.fromkeys(other for other in others if other != mobiles[0]))
        return Phone(mobiles[0], MOBILE, others=unique)
    found = _several(_OTHER_NUMBER.sub(" / ", folded))
    first = next((phone for phone in found if phone.e164), None)
    if first is None:
        return found[0] if found else Phone(problem=UNREADABLE)
    others = [phone.e164 for phone in found if phone.e164 and phone.e164 != first.e164]
    return first._replace(others=tuple(dict.fromkeys(others)))


def half_hidden(text: str) -> tuple[str, str] | None:
    """The digits before and behind the stars of a mobile that a platform hides (``138****8000``);
    None where a text has none."""
    found = _HALF_HIDDEN.search(text)
    return (found[1], found[2]) if found else None


def fits_hidden(number: str, hidden: tuple[str, str]) -> bool:
    """Whether an E.164 number may be the one of which these digits show."""
    first, last = hidden
    return number.startswith(f"+86{first}") and number.endswith(last)


def _several(text: str) -> list[Phone]:
    """The numbers of a cell that are no mainland mobiles; problems where there are none."""
    whole = _other(text)
    if whole.e164:
        return [whole]
    parts = [part for part in _SEVERAL.split(text) if any(c.isdigit() for c in part)]
    if len(parts) < 2:
        return [whole]
    return [_other(part) for part in parts]


def _other(text: str) -> Phone:
    """One landline, service or foreign number."""
    if parts := _LANDLINE_AND_EXTENSION.fullmatch(text.strip()):
        landline = _other(parts[1])
        if landline.kind == LANDLINE:
            return landline._replace(extension=parts[2])
    if _MASKED.search(text):
        return Phone(problem=DAMAGED)
    bare = _BRACKETED_NOTE.sub(" ", text).strip(" _'`")
    extension = ""
    for pattern in (_EXTENSION, _DASHED_EXTENSION):
        ending = pattern.search(bare)
        if ending and sum(c.isdigit() for c in bare[: ending.start()]) >= 7:
            extension, bare = ending[1], bare[: ending.start()]
            break
    candidates = _NUMBER.findall(bare)
    if len(candidates) != 1:
        return Phone(problem=UNREADABLE if not candidates else DAMAGED)
    written = candidates[0].strip()
    digits = re.sub(r"\D", "", written)
    if not written.startswith("+") and digits.startswith("00"):
        written = "+" + digits[2:]
    number = _parse(written)
    kind = _kind(number)
    if number is not None and kind and not _apart_from_china(written):
        return Phone(f"+{number.country_code}{_significant(number)}", kind, extension=extension)
    if not written.startswith("+") and len(digits) in (7, 8) and digits[0] in "2345678":
        return Phone(problem=NO_AREA_CODE)
    return Phone(problem=UNREADABLE if _without_country(written, digits) else DAMAGED)


def _apart_from_china(written: str) -> bool:
    """Whether a number is grouped after an area code that the mainland has not: 090-1234-5678.

    Without the dashes that one is Japan's and Tacheng's (0901) alike.
    """
    if _LONG_AREA.fullmatch(written):
        return True
    area = _SHORT_AREA.match(written)
    return area is not None and area[1] != "010" and area[1][1] != "2"


def _without_country(written: str, digits: str) -> bool:
    """Whether this, no mainland number, looks like a whole one of Japan or Taiwan, say."""
    if len(digits) not in (10, 11) or digits[0] != "0" or digits[1] == "0":
        return False
    taiwan = len(digits) == 10 and digits[1] == "9"
    return taiwan or _apart_from_china(written) or not place_of("+86" + digits[1:])


def _parse(text: str) -> PhoneNumber | None:
    from phonenumbers.phonenumberutil import NumberParseException, parse

    try:
        return parse(text, "CN")
    except NumberParseException:
        return None


def _kind(number: PhoneNumber | None) -> str:
    """The kind of a valid number, '' for an invalid one."""
    from phonenumbers.phonenumberutil import PhoneNumberType, is_valid_number, number_type

    if number is None or not is_valid_number(number):
        return ""
    return {
        PhoneNumberType.MOBILE: MOBILE,
        PhoneNumberType.FIXED_LINE: LANDLINE,
        PhoneNumberType.TOLL_FREE: SERVICE,
        PhoneNumberType.SHARED_COST: SERVICE,
        PhoneNumberType.UAN: SERVICE,
    }.get(number_type(number), OTHER)


def _significant(number: PhoneNumber) -> str:
    from phonenumbers.phonenumberutil import national_significant_number

    return str(national_significant_number(number))
