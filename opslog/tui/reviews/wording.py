"""A number in words and cells: what it is, its share, what it is held against."""

from __future__ import annotations

from opslog.domain.reviews import wording
from opslog.domain.reviews.numbers import PEOPLE, Number
from opslog.domain.reviews.pictures import Bars, Picture
from opslog.locale import _
from opslog.tui.widgets.text import Line, join, line

UNKNOWN = "–"
SIGNS = {"good": "✓", "warn": "!", "late": "▲"}


def amount_text(value: float | None, unit: str = PEOPLE) -> str:
    """“1,234”, “¥6,667”, “7 h 20 min”, “2 days”; a dash where it is not known."""
    return UNKNOWN if value is None else str(wording.amount(value, unit))


def value_text(number: Number) -> str:
    return amount_text(number.value, number.unit)


def share_text(number: Number) -> str:
    """“91%”; “12/17” where they are too few for a rate; '' where it is a share of nothing."""
    rate = number.rate
    if rate is None:
        return ""
    return f"{rate.percent}%" if rate.speaks else f"{rate.part}/{rate.of}"


def whole_text(number: Number) -> str:
    """What it is a share of."""
    if not number.of or number.value is None or number.of_label is None:
        return ""
    whole = str(number.of_label)
    if whole[1:2].islower():  # in the middle of a line, unless it is an MQL
        whole = whole[:1].lower() + whole[1:]
    said, rate = _("of {whole}").format(whole=whole), number.rate
    if number.part is None or rate is None or not rate.speaks:
        return said
    return f"{said} ({rate.part:,}/{rate.of:,})"  # fewer than the number itself


def change_text(number: Number) -> str:
    """How much more or less than what it is held against: “-8%”, or the difference where that was
    nothing."""
    if number.value and number.compared == 0:
        return f"+{value_text(number)}"
    return wording.difference(number)


def name(number: Number, picture: Picture | None) -> str:
    """What it is; of several in a row also the heading of its column."""
    if isinstance(picture, Bars) and picture.columns:
        for bar in picture.bars:
            row = (bar.number, *bar.more)
            if number in row[: len(picture.columns)]:
                column = picture.columns[row.index(number)]
                return " · ".join(dict.fromkeys((str(bar.number.label), str(column))))
    return str(number.label)


def about(number: Number, picture: Picture | None, against: str) -> Line:
    """All there is to say of a number, in one row; ``against``: what it is held against."""
    share, compared = share_text(number), ""
    if share and "/" not in share and number.part is None:
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
            line((" ".join(filter(None, (share, whole_text(number)))), "muted")),
            line((target, number.look or "muted")),
            line((compared, "muted"), " " if compared else "", (change_text(number), "muted")),
            line((str(number.note or ""), "muted")),
        ]
    )
