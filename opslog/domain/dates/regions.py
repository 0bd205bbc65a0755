"""Regions whose days off are not those of the mainland's calendar. Pure.

Only the mainland's days off ship. Some regions have more: autonomous regions set days off for the
festivals of their peoples (全国年节及纪念日放假办法, article 4), and beyond the mainland other
calendars hold. What the operator writes of a region in workdays.toml is kept; of one that is known
to differ and of which nothing is written, it is said that nobody knows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from opslog.domain.base.own_files.toml_lines import Table
from opslog.locale import N_, msg

KEY = "region"
# By what a place, or whom an event is for, tells the region; the first is its name.
_DIFFER = (
    ("香港", "Hong Kong", "HK"),
    ("澳门", "Macau", "Macao"),
    ("台湾", "台北", "Taiwan", "Taipei"),
    ("新加坡", "Singapore"),
    ("日本", "东京", "大阪", "Japan", "Tokyo", "Osaka"),
    ("韩国", "首尔", "Korea", "Seoul"),
    ("马来西亚", "吉隆坡", "Malaysia", "Kuala Lumpur"),
    ("泰国", "曼谷", "Thailand", "Bangkok"),
    ("越南", "胡志明", "河内", "Vietnam", "Hanoi"),
    ("印度尼西亚", "印尼", "雅加达", "Indonesia", "Jakarta"),
    ("广西", "南宁", "桂林", "柳州", "Guangxi", "Nanning"),
    ("宁夏", "银川", "Ningxia"),
    ("新疆", "乌鲁木齐", "喀什", "Xinjiang", "Urumqi"),
    ("西藏", "拉萨", "Tibet", "Lhasa"),
)


class Region(NamedTuple):
    """``places`` are the words that tell it, its name among them; ``holidays`` what it keeps free
    beside the mainland's days off. A year without any is not known of it."""

    name: str
    places: tuple[str, ...]
    holidays: frozenset[date]

    def known(self, year: int) -> bool:
        return any(day.year == year for day in self.holidays)


def read(table: Table) -> tuple[Region, ...]:
    """The tables ``[[region]]`` of a workdays.toml; what is wrong is noted among its faults."""
    found: dict[str, Region] = {}
    for one in table.tables(KEY):
        one.only("name", "places", "holidays")
        name, places = one.text("name").strip(), one.texts("places")
        if name in found:
            one.fault("name", msg(N_("“{name}” stands here twice"), name=name))
        more = next((words for words in _DIFFER if name in words), ())
        words = tuple(dict.fromkeys(word for word in (name, *places, *more) if word.strip()))
        found[name] = Region(name, words, one.dates("holidays"))
    return tuple(found.values())


def told(texts: Collection[str], regions: Iterable[Region]) -> list[Region]:
    """The operator's regions that a place or the words for an audience name."""
    return [one for one in regions if _named(one.places, texts)]


def unknown(texts: Collection[str], regions: Collection[Region], years: Iterable[int]) -> list[str]:
    """The regions named whose days off nobody knows for one of the years."""
    mine = told(texts, regions)
    named = {word for one in mine for word in one.places}
    lacking = [one.name for one in mine for year in [*years] if not one.known(year)]
    others = [words[0] for words in _DIFFER if words[0] not in named and _named(words, texts)]
    return list(dict.fromkeys([*lacking, *others]))


def _named(words: Iterable[str], texts: Collection[str]) -> bool:
    return any(_stands(word, text) for text in texts if text for word in words)


def _stands(word: str, text: str) -> bool:
    """Letters as a word of their own: HK is not in “HKD”."""
    if not word.isascii():
        return word in text
    return re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text, re.IGNORECASE) is not None
