"""Which of several readings of the same bytes is the likeliest: the one of everyday characters.

Bytes of Big5, Shift-JIS and the Korean and Japanese EUC also decode as GB18030 without an error.
So each reading is priced: what a character costs is the negative logarithm of how common it is in
lists of that script, and the cheapest reading of the whole sample is the likeliest. The distance
to the next one says how sure that is: 9 stands for one in eight thousand.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from opslog import shipped
from opslog.exchange.headings import known as heading_known

SURE = 9.0  # costs apart that settle the matter

_EVERYDAY = 9.2  # what a character of a script's tiers costs at most
_BAD = 16.0  # bytes that are no character at all
_CONTROL = 14.0
_ASCII = 4.0
_HEADING = 8.0  # what a heading is worth: one in three thousand short words is one
_TOP = 10  # lines that headings are looked for in
_BETWEEN_CELLS = re.compile(r"[,;\t|\"\n]")
_TOUCHING = 1.5  # a Latin letter right beside a character of another script
_LETTERS_TOUCHING = re.compile(r"[A-Za-z](?=[^\x00-\x7f])|(?<=[^\x00-\x7f])[A-Za-z]")
_PUNCTUATION = "，。、；：？！“”‘’（）《》【】「」『』…—～·￥％＋－／＃＊＆＠　１２３４５６７８９０"
# Tiers of a script's everyday characters: how many, and their share of all text together.
_TIERS = ((300, 0.45), (700, 0.27), (1400, 0.17))


@dataclass(frozen=True)
class Model:
    """What characters cost in one script. ``prior``: how rare such lists are here."""

    costs: Callable[[str], float]
    prior: float = 0.0


@dataclass(frozen=True)
class Weighed:
    """A reading and its cost; the lower the likelier."""

    encoding: str
    cost: float


def weigh(readings: Iterable[tuple[str, str]]) -> list[Weighed]:
    """Readings (encoding, text) of the same bytes, the likeliest first."""
    weighed = [Weighed(encoding, cost(text, encoding)) for encoding, text in readings]
    return sorted(weighed, key=lambda one: one.cost)


def lead(weighed: list[Weighed]) -> float:
    """How far the first is ahead of the second; infinite where there is no second."""
    return weighed[1].cost - weighed[0].cost if len(weighed) > 1 else float("inf")


def cost(text: str, encoding: str) -> float:
    """What the text costs as a list in ``encoding``, by the script that suits it best."""
    price = min(model.prior + model.costs(text) for model in _models(encoding))
    return price - _HEADING * _headings(text)


def is_everyday(text: str, encoding: str) -> bool:
    """Whether at least half of what is beyond ASCII are everyday characters of one script."""
    beyond = [letter for letter in text if letter > "\x7f"]
    tables = _TABLES.get(encoding, ())
    return any(
        sum(table().get(letter, _BAD) <= _EVERYDAY for letter in beyond) * 2 >= len(beyond)
        for table in tables
    )


def is_half_width(text: str) -> bool:
    """Whether a fifth or more of what is beyond ASCII are half-width kana."""
    beyond = [letter for letter in text if letter > "\x7f"]
    return sum("\uff61" <= letter <= "\uff9f" for letter in beyond) * 5 >= len(beyond)


def _headings(text: str) -> int:
    """How many headings of lists stand at the top, as no wrong reading has them by chance."""
    top = _BETWEEN_CELLS.split("\n".join(text.splitlines()[:_TOP]))
    return sum(heading_known.is_known(cell) for cell in set(top) if not cell.isascii())


@cache
def _models(encoding: str) -> tuple[Model, ...]:
    simplified = Model(_by_table(_simplified()))
    traditional = Model(_by_table(_traditional()))
    japanese, kana = Model(_by_table(_japanese()), 2.5), Model(_half_width_kana, 18.0)
    korean = Model(_by_table(_korean()), 4.0)
    if encoding == "gb18030":
        return simplified, Model(traditional.costs, 6.0)
    if encoding == "cp874":
        return (Model(_alphabet, 18.0),)
    if encoding == "euc_tw":
        return (Model(traditional.costs, 8.0),)
    if encoding in ("big5", "cp950", "big5hkscs"):
        return (Model(traditional.costs, 2.5),)
    if encoding in ("cp932", "shift_jis", "shift_jis_2004"):
        return japanese, kana
    if encoding == "euc_jp":
        return (Model(japanese.costs, 5.0),)
    if encoding in ("euc_kr", "cp949"):
        return (korean,)
    if encoding in ("cp1251", "koi8-r"):
        return (Model(_alphabet, 6.0),)
    if encoding == "utf-8":
        return _any_script(-5.0)
    if encoding.startswith("utf-16"):
        return _any_script(6.0)
    return (Model(_alphabet, 2.0),)


@cache
def _any_script(prior: float) -> tuple[Model, ...]:
    """Unicode: as likely one script as another."""
    tables = (_simplified(), _traditional(), _japanese(), _korean())
    return (*(Model(_by_table(table), prior) for table in tables), Model(_alphabet, prior))


def _by_table(table: dict[str, float]) -> Callable[[str], float]:
    def costs(text: str) -> float:
        total = sum(
            number * (table[letter] if letter in table else _other(letter))
            for letter, number in Counter(text).items()
        )
        return total + _TOUCHING * len(_LETTERS_TOUCHING.findall(text))

    return costs


def _other(letter: str) -> float:
    """A character that no table of the script holds."""
    if letter < "\x80":
        return _ASCII if letter.isprintable() or letter in "\t\r\n" else _CONTROL
    if letter == "\ufffd":
        return _BAD
    if letter < "\xa0":
        return _CONTROL
    if "\u4e00" <= letter <= "\u9fff":
        return 16.0
    if "\uff61" <= letter <= "\uff9f":
        return 10.0
    if "\u2000" <= letter <= "\u33ff" or "\uff00" <= letter <= "\uffee":
        return 12.0
    return 18.0


def _half_width_kana(text: str) -> float:
    """Japanese in the single-byte katakana of old systems: any bytes look like it."""
    total = _by_table(_japanese())(re.sub("[\uff61-\uff9f]", "", text))
    for before, letter in pairwise(f" {text}"):
        if not "\uff61" <= letter <= "\uff9f":
            continue
        total += 3.0 if letter in _COMMON_KANA else 4.2
        if letter in "ﾞﾟ" and before not in (
            "カキクケコサシスセソタチツテトハヒフヘホ" if letter == "ﾞ" else "ﾊﾋﾌﾍﾎ"
        ):
            total += 0.0 if before in _VOICED else 6.0
        elif letter in "ｬｭｮ" and before not in "ｷｼﾁﾆﾋﾐﾘｼﾞ":
            total += 4.0
        elif letter in "｡｢｣､･ｦｧｨｩｪ":
            total += 2.0
    return total


_COMMON_KANA = "ﾞﾝｲｳｼｶﾀﾏﾄﾐﾅﾘｷｻｽｺｱﾛﾔﾓｮｵｹﾁﾉﾗﾊﾋﾙｴﾕﾂﾌｸｭｰｯﾃﾆ"
_VOICED = "ｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾊﾋﾌﾍﾎｳ"


def _alphabet(text: str) -> float:
    """Latin letters with accents, Greek, Cyrillic and the like: words of one alphabet."""
    total = 0.0
    before = " "
    for letter in f"{text} ":
        if letter < "\x80":
            total += _other(letter)
        elif not letter.isalpha() and not "\u0e01" <= letter <= "\u0e5b":
            total += _BAD if letter == "\ufffd" else _CONTROL if letter < "\xa0" else 10.0
        elif "\u0e01" <= letter <= "\u0e5b":
            total += 4.4
        elif letter > "\u07ff":
            total += 9.0 if letter < "\u3000" else 14.0
        elif letter < "\u0180":
            total += 5.0 if before.isascii() and before.isalpha() else 6.5
        elif before.isalpha() and not before.isascii():
            same = ord(before) >> 8 == ord(letter) >> 8
            total += (3.4 if letter.islower() or not letter.isupper() else 6.5) if same else 12.0
        else:
            total += 6.0 if letter.isupper() else 8.0
        before = letter
    return total


def _tiered(text: str) -> dict[str, float]:
    from math import log

    costs: dict[str, float] = {}
    start = 0
    for count, share in _TIERS:
        for letter in text[start : start + count]:
            costs[letter] = -log(share / count)
        start += count
    return costs


@cache
def _everyday() -> dict[str, str]:
    data = tomllib.loads(shipped.text("lists/everyday.toml"))
    return {script: "".join(text.split()) for script, text in data.items()}


def _level(first: int, last: int, codec: str, price: float) -> dict[str, float]:
    """The characters of a code table between two lead bytes, all at one price."""
    found = {}
    for lead_byte in range(first, last + 1):
        for trail in range(0x40, 0xFF):
            letter = bytes((lead_byte, trail)).decode(codec, "ignore")
            if len(letter) == 1 and letter > "\x7f":
                found[letter] = price
    return found


def _signs() -> dict[str, float]:
    return dict.fromkeys(_PUNCTUATION, 7.5)


@cache
def _simplified() -> dict[str, float]:
    everyday = _everyday()
    return {
        **_level(0xA1, 0xA9, "gb2312", 12.0),  # signs, Greek, Cyrillic, Pinyin
        **dict.fromkeys(everyday["traditional"], 12.4),
        **_level(0xD8, 0xF7, "gb2312", 12.2),
        **_level(0xB0, 0xD7, "gb2312", 10.3),
        **_signs(),
        **_tiered(everyday["simplified"]),
    }


@cache
def _traditional() -> dict[str, float]:
    return {
        **_level(0xA1, 0xA3, "cp950", 12.0),
        **_level(0xC9, 0xF9, "cp950", 12.2),
        **_level(0xA4, 0xC6, "cp950", 10.3),
        **_signs(),
        **_tiered(_everyday()["traditional"]),
    }


@cache
def _japanese() -> dict[str, float]:
    everyday = _everyday()
    kana = [chr(code) for code in range(0x3041, 0x30FF)]
    return {
        **_level(0x81, 0x84, "cp932", 12.0),
        **_level(0x98, 0x9F, "cp932", 12.7),
        **_level(0xE0, 0xFC, "cp932", 12.7),
        **_level(0x88, 0x97, "cp932", 10.2),
        **_signs(),
        **dict.fromkeys(everyday["japanese"], 7.2),
        **dict.fromkeys(everyday["japanese"][:120], 6.2),
        **dict.fromkeys(kana, 5.6),
    }


@cache
def _korean() -> dict[str, float]:
    hangul = _everyday()["hangul"]
    return {
        **_level(0xCA, 0xFD, "euc_kr", 13.0),
        **_level(0xB0, 0xC8, "euc_kr", 9.3),
        **_signs(),
        **dict.fromkeys(hangul, 5.4),
        **dict.fromkeys(hangul[:60], 4.8),
    }


_TABLES: dict[str, tuple[Callable[[], dict[str, float]], ...]] = {
    "gb18030": (_simplified, _traditional),
    "cp950": (_traditional,),
    "cp932": (_japanese,),
    "euc_jp": (_japanese,),
    "euc_kr": (_korean,),
}
