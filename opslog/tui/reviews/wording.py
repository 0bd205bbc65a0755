"""A number in words and cells: what it is, its share, what it is held against."""

from __future__ import annotations

from opslog.domain.events.events import EventRow
from opslog.domain.reviews import wording
from opslog.domain.reviews.numbers import PEOPLE, Number
from opslog.domain.reviews.pictures import Bars, Picture
from opslog.domain.reviews.review import Review
from opslog.domain.reviews.wording import difference, when
from opslog.locale import _
from opslog.services.book.book import Book
from opslog.tui.events.wording import kind
from opslog.tui.widgets.text import Line, join, line

SIGNS = {"good": "✓", "warn": "!", "late": "▲"}


def amount_text(value: float | None, unit: str = PEOPLE) -> str:
    """“1,234”, “¥6,667”, “7 h 20 min”, “2 days”; a dash where it is not known."""
    return str(wording.amount(value, unit))


def value_text(number: Number) -> str:
    return amount_text(number.value, number.unit)


def share_text(number: Number, *, short: bool = False) -> str:
    """“91%”, “71% (12/17, 47–87%)” where they are too few for a rate alone; '' where it is a share
    of nothing. ``short``: then only “12/17”."""
    rate = number.rate
    if rate is None:
        return ""
    return rate.short if short else rate.ranged


def whole_first() -> bool:
    """Whether the language says of what a share is before how large it is: 占看到 1%."""
    said = _("{share} of {whole}")
    return said.index("{whole}") < said.index("{share}")


def shared(share: str, number: Number) -> str:
    """“62% of valid (70/113)”; ``share`` is its share as it is said there."""
    said = [share, whole_text(number)]
    return " ".join(filter(None, (*(said[::-1] if whole_first() else said), part_text(number))))


def whole_text(number: Number) -> str:
    """What it is a share of: “of valid”."""
    if not number.of or number.value is None or number.of_label is None:
        return ""
    whole = str(number.of_label)
    if whole[1:2].islower():  # in the middle of a line, unless it is an MQL
        whole = whole[:1].lower() + whole[1:]
    return _("of {whole}").format(whole=whole)


def part_text(number: Number) -> str:
    """The counts of a share that is not of all of the number: “(70/113)”; '' where it is."""
    rate = number.rate
    if number.part is None or rate is None or not rate.speaks or not whole_text(number):
        return ""
    return f"({rate.part:,}/{rate.of:,})"


def name(number: Number, picture: Picture | None) -> str:
    """What it is; of several in a row also the heading of its column."""
    if isinstance(picture, Bars) and picture.columns:
        for bar in picture.bars:
            row = (bar.number, *bar.more)
            if number in row[: len(picture.columns)]:
                column = picture.columns[row.index(number)]
                return " · ".join(dict.fromkeys((str(bar.number.label), str(column))))
    return str(number.label)


def facts(book: Book, event: EventRow, review: Review | None) -> list[str]:
    """When it was, what it was, and how often it was moved."""
    moved = review.moved if review is not None else None
    found = [when(event, book.now(), book.clock.zone, timed=True), kind(event), moved]
    return [str(one) for one in found if one is not None]


def about(number: Number, picture: Picture | None, against: str) -> Line:
    """All there is to say of a number, in one row; ``against``: what it is held against."""
    share, compared = share_text(number), ""
    if number.rate is not None and number.rate.speaks and number.part is None:
        share = f"{share} ({amount_text(number.value)}/{amount_text(number.of)})"
    if number.compared is not None and against:
        compared = f"{against} {amount_text(number.compared, number.unit)}"
    target = ""
    if number.target is not None:
        target = _("target {n}").format(n=amount_text(number.target, number.unit))
    return join(
        [
            line(name(number, picture), " ", (value_text(number), "strong")),
            line((str(number.why) if number.value is None and number.why else "", "warn")),
            line((shared(share, number), "muted")),
            line((target, number.look or "muted")),
            line((compared, "muted"), " " if compared else "", (difference(number), "muted")),
            line((str(number.note or ""), "muted")),
        ]
    )
