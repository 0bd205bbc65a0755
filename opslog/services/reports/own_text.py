"""The operator's own words for a report: kept with its days, in the place of those worked out.

The numbers stay what they are; where they are others than when the words were written, that is
said.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.base.text import storable
from opslog.domain.reports.stretches import Stretch
from opslog.locale import N_, Msg, msg
from opslog.services.book.book import Book, Change


class OwnText(NamedTuple):
    text: str
    made_from: str
    at: datetime


def of(book: Book, stretch: Stretch) -> OwnText | None:
    row = book.con.execute(
        "SELECT text, made_from, at FROM report_text WHERE first=? AND last=?", _days(stretch)
    ).fetchone()
    return row and OwnText(row["text"], row["made_from"], instant_of(row["at"]))


def write(book: Book, stretch: Stretch, text: str, made_from: str) -> Change:
    """Keep these words; those that say what is worked out anyway are none of one's own.

    ``made_from``: the text that was worked out when they were written.
    """
    text = storable("\n".join(line.rstrip() for line in text.strip().split("\n")))
    with book.change(
        msg(N_("Report of {days} in your words"), days=_title(book, stretch))
    ) as change:
        if not text or text == made_from:
            book.con.execute("DELETE FROM report_text WHERE first=? AND last=?", _days(stretch))
        else:
            book.con.execute(
                "INSERT INTO report_text(first, last, text, made_from, at) VALUES (?,?,?,?,?)"
                " ON CONFLICT(first, last) DO UPDATE SET text=excluded.text,"
                " made_from=excluded.made_from, at=excluded.at",
                (*_days(stretch), text, storable(made_from), instant_text(book.now())),
            )
    return change


def drop(book: Book, stretch: Stretch) -> Change:
    """Back to the words worked out."""
    with book.change(
        msg(N_("Report of {days} as it is worked out"), days=_title(book, stretch))
    ) as change:
        book.con.execute("DELETE FROM report_text WHERE first=? AND last=?", _days(stretch))
    return change


def _days(stretch: Stretch) -> tuple[str, str]:
    return stretch.first.isoformat(), stretch.last.isoformat()


def _title(book: Book, stretch: Stretch) -> Msg:
    return stretch.title(book.today())
