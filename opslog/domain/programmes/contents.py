"""Pieces of content (内容): the words of messages, by stage, label and version, and when they are
old.

Those that ship are ``shipped/contents/pieces.toml``; a version of the operator's own is a row of
``content``. What grows old after how long is ``shipped/contents/ageing.toml`` (operator's rule:
features go stale, brand last; revise often at the start, then once a year).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from opslog import locale
from opslog.domain.base.own_files.toml_lines import Table
from opslog.locale import N_, Msg, msg, nmsg

FILE = "ageing.toml"
STAGE_TITLES = {"features": N_("features"), "results": N_("results"), "brand": N_("brand")}
KIND_TITLES = {
    "company": N_("of the company"),
    "customer": N_("of a customer"),
    "method": N_("method"),
    "report": N_("a report"),
    "topical": N_("topical"),
}
STAGES = tuple(STAGE_TITLES)
_LONGEST = 240  # months
_USUAL = re.compile(r"(功能|效果|品牌|features|results|brand)\s*(\d{1,4})", re.IGNORECASE)
_STAGE_OF = {"功能": "features", "效果": "results", "品牌": "brand"}
_WORD_OF = {stage: word for word, stage in _STAGE_OF.items()}


class Piece(NamedTuple):
    """One version of a piece. ``id`` below 0: it ships, and then ``made_on`` is None."""

    label: str
    stage: str
    kind: str
    text_zh: str
    text_en: str
    version: int = 1
    link: str = ""
    made_on: date | None = None
    revise_on: date | None = None
    retired: bool = False
    writer: str = ""
    bait: str = ""
    id: int = 0

    @property
    def text(self) -> str:
        """In the current language, else in the other one."""
        both = self.text_zh, self.text_en
        first, second = both if locale.language() == "zh_CN" else reversed(both)
        return first or second


class Ageing(NamedTuple):
    """``months`` by stage; ``outdated``: what no text should say any more."""

    months: Mapping[str, int]
    outdated: tuple[str, ...]


def said(label: str) -> Msg:
    """“功能 03” in Chinese, “features 03” in English; other labels as they stand."""
    usual = _USUAL.fullmatch(label)
    if usual is None:
        return Msg("{text}", {"text": label})
    return msg(N_("{stage} {number}"), stage=msg(STAGE_TITLES[_stage(usual[1])]), number=usual[2])


def canonical(label: str) -> str:
    """As it is kept: “features 3” and “功能3” are “功能 03”."""
    words = " ".join(label.split())
    usual = _USUAL.fullmatch(words)
    return f"{_WORD_OF[_stage(usual[1])]} {int(usual[2]):02}" if usual else words


def alike(label: str) -> str:
    """The same for labels that read the same: 案例01, “案例 01” and “案例 ０１”."""
    return "".join(unicodedata.normalize("NFKC", canonical(label)).casefold().split())


def _stage(word: str) -> str:
    return _STAGE_OF.get(word, word.lower())


def stage_of(label: str) -> str:
    """The stage that a label of the usual kind says; '' where it says none."""
    usual = _USUAL.fullmatch(label)
    return _stage(usual[1]) if usual else ""


def in_force(own: Iterable[Piece], shipped: Iterable[Piece]) -> dict[tuple[str, str], Piece]:
    """By stage and label the words that go out: the newest version that is not retired, or what
    ships where there is none of one's own."""
    own = sorted(own, key=lambda one: one.version)
    known = {(one.stage, one.label) for one in own}
    return {
        **{(one.stage, one.label): one for one in shipped if (one.stage, one.label) not in known},
        **{(one.stage, one.label): one for one in own if not one.retired},
    }


def stale(piece: Piece, ageing: Ageing, today: date, first_sent: date | None) -> Msg | None:
    """Why its words want a look; None where they don't. What ships is
    as old as the first message that was sent."""
    text = f"{piece.text_zh}\n{piece.text_en}\n{piece.link}"
    for word in ageing.outdated:
        if word and word in text:
            return msg(N_("still says “{word}”"), word=word)
    if piece.revise_on is not None:  # as decided, whatever its age
        if piece.revise_on > today:
            return None
        return msg(N_("was to be revised by {day}"), day=piece.revise_on.isoformat())
    since = piece.made_on or first_sent
    months = 0 if since is None else months_between(since, today)
    if months < ageing.months[piece.stage]:
        return None
    return nmsg(N_("{n} month old"), N_("{n} months old"), months)


def months_between(first: date, last: date) -> int:
    """Whole months."""
    months = 12 * (last.year - first.year) + last.month - first.month
    return max(months - (last.day < first.day), 0)


def read_ageing(text: str, file: str = FILE) -> Ageing:
    """Raises Faulty naming everything wrong with file and line."""
    table = Table.read(text, file)
    table.only("months", "outdated")
    months = table.section("months")
    months.only(*STAGES)
    after = {
        stage: months.integer(stage, usual, 1, _LONGEST)
        for stage, usual in zip(STAGES, (6, 12, 24), strict=True)
    }
    words: tuple[str, ...] = ()
    if "outdated" in table.data:
        outdated = table.section("outdated")
        outdated.only("words")
        words = outdated.texts("words")
    table.settle()
    return Ageing(after, words)


def read_pieces(text: str, file: str) -> tuple[Piece, ...]:
    """Raises Faulty naming everything wrong with file and line."""
    table = Table.read(text, file)
    table.only("piece")
    found = enumerate(table.tables("piece"), 1)
    pieces = tuple(_piece(one)._replace(id=-number) for number, one in found)
    table.settle()
    return pieces


def _piece(table: Table) -> Piece:
    table.only("stage", "label", "kind", "zh", "en")
    return Piece(
        table.text("label"),
        table.one_of("stage", STAGES),
        table.one_of("kind", KIND_TITLES),
        table.text("zh"),
        table.text("en"),
    )
