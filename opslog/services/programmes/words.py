"""What a message says: the operator's own words, a piece of content, or those of the step."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from opslog import locale
from opslog.domain.calls import talk_tracks
from opslog.domain.programmes.programme import Step
from opslog.services.book.book import Book
from opslog.store.programmes.enrolments import Enrolled

_OF_ONE = ("{person}", "{company}", "{title}")


class Piece(NamedTuple):
    """The piece of content that gives a step its words."""

    id: int
    version: int
    label: str
    text_zh: str
    text_en: str
    link: str


class Words:
    """Looks each piece up once."""

    def __init__(self, book: Book) -> None:
        self._con = book.con
        self._operator = book.setting("operator")
        self._pieces: dict[tuple[int | None, str, str], Piece | None] = {}

    def piece(self, one: Enrolled, step: Step) -> Piece | None:
        """The one chosen for this person, else the newest of the step's label or stage."""
        key = (one.content_id, step.label, "" if step.written else step.stage)
        if key not in self._pieces:
            self._pieces[key] = _piece(self._con, *key)
        return self._pieces[key]

    def raw(self, one: Enrolled, step: Step) -> str:
        """The words with their braces."""
        if one.words:
            return one.words
        piece = self.piece(one, step)
        found = (
            piece if piece is not None and not (step.written and one.content_id is None) else step
        )
        chinese = locale.language() == "zh_CN"
        first, second = found.text_zh, found.text_en
        return (first or second) if chinese else (second or first)

    def key(self, one: Enrolled, step: Step) -> str:
        """The same for whoever gets the same words; of words to one person alone, theirs."""
        text = self.raw(one, step)
        if step.by_hand or not text or one.words or any(field in text for field in _OF_ONE):
            return f"#{one.id}"
        return f"{one.programme}/{step.id}/{one.content_id or ''}"

    def filled(self, one: Enrolled, step: Step, event: str) -> tuple[str, tuple[str, ...]]:
        """The words as they go out, and the fields of which nothing is known."""
        piece = self.piece(one, step)
        text = self.raw(one, step)
        more = {
            "title": one.title,
            "link": piece.link if piece else "",
            "label": piece.label if piece else step.label,
        }
        blank = tuple(name for name, value in more.items() if f"{{{name}}}" in text and not value)
        for name, value in more.items():
            text = text.replace(f"{{{name}}}", value)
        talk = talk_tracks.own(
            text,
            {
                "person": one.person,
                "company": one.company,
                "event": event,
                "operator": self._operator,
            },
        )
        return talk.say, (*talk.blank, *blank)


def _piece(con: sqlite3.Connection, content_id: int | None, label: str, stage: str) -> Piece | None:
    if content_id is None and not label and not stage:
        return None
    row = con.execute(
        "SELECT id, version, label, text_zh, text_en, link FROM content WHERE CASE"
        " WHEN ?1 IS NOT NULL THEN id=?1 WHEN ?2<>'' THEN label=?2 ELSE stage=?3 END"
        " AND (?1 IS NOT NULL OR state='ready') ORDER BY version DESC, id DESC LIMIT 1",
        (content_id, label, stage),
    ).fetchone()
    return None if row is None else Piece(*row)
