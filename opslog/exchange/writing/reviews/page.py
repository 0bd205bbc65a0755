"""The review as one page: nothing from elsewhere, no script, light and dark, printed on A4."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO
from zoneinfo import ZoneInfo

from opslog.domain.base.widths import width
from opslog.domain.reviews.numbers import Number
from opslog.domain.reviews.pictures import Lines, Picture
from opslog.domain.reviews.review import Proposal, Review
from opslog.domain.reviews.wording import STATES, about, at_a_look, chief, heading, made
from opslog.exchange.writing.markup import TAIL, Markup, head, tag
from opslog.exchange.writing.reviews.grids import Grid, grids
from opslog.exchange.writing.reviews.style import STYLE
from opslog.exchange.writing.reviews.svg import drawings
from opslog.locale import Msg, _


def write_page(review: Review, zone: ZoneInfo, file: BinaryIO) -> None:
    title = str(heading(review))
    body = tag(
        "main",
        _top(review, zone),
        [_part(review, at) for at in range(len(review.parts))],
        _proposals(review.proposals),
        tag("footer", str(made(review, zone))),
    )
    file.write((head(title, STYLE) + body + "\n" + TAIL).encode())


def _top(review: Review, zone: ZoneInfo) -> Markup:
    first, *rest = review.verdict or (Msg(""),)
    return tag(
        "header",
        tag("h1", review.event.name),
        tag("p", str(about(review, zone)), class_="muted"),
        tag("p", str(first), class_="verdict") if str(first) else None,
        [tag("p", str(one), class_="why") for one in rest],
        tag("dl", [_tile(one) for one in chief(review)], class_="chief") if chief(review) else None,
        [tag("p", str(one), class_="muted") for one in review.owes],
    )


def _tile(number: Number) -> Markup:
    large, below = at_a_look(number)
    cells = width(str(large))
    look = "much" if cells <= 9 else "much long" if cells <= 13 else "much longer"
    return tag(
        "div",
        tag("dt", str(number.label)),
        tag("dd", str(large), class_=look),
        [tag("dd", str(one)) for one in below],
        class_=f"tile {number.look}".strip(),
    )


def _part(review: Review, at: int) -> Markup:
    part = review.parts[at]
    beside = str(review.compared.title) if review.compared is not None else ""
    return tag(
        "section",
        tag("h2", str(part.heading)),
        [
            _picture(
                one,
                f"p{at}-{number}",
                beside,
                headed=number > 0 or str(one.heading) != str(part.heading),
            )
            for number, one in enumerate(part.pictures)
        ],
    )


def _picture(picture: Picture, name: str, beside: str, *, headed: bool) -> Markup:
    title = tag("h3", str(picture.heading)) if headed else None
    note = tag("p", str(picture.note), class_="note") if picture.note is not None else None
    if isinstance(picture, Lines):
        return tag("div", title, _words(picture), note, class_="words")
    drawn = [*drawings(picture, name)]
    tables = [_table(one, str(picture.heading)) for one in grids(picture, beside)]
    if not drawn:
        return tag("div", title, tables, note, class_="plain")
    below = tag("details", tag("summary", _("The numbers as a table")), tables)
    return tag("div", title, [tag("figure", one) for one in drawn], note, below)


def _words(picture: Lines) -> Markup:
    if not picture.lines:
        return tag("p", str(picture.empty or ""), class_="muted")
    return tag(
        "ul",
        [
            tag("li", tag("b", str(who)) if str(who) else None, f" {text}")
            for who, text in picture.lines
        ],
    )


def _table(grid: Grid, caption: str) -> Markup:
    def cells(row: Sequence[str], numbers: Sequence[bool]) -> Iterator[Markup]:
        for at, (text, number) in enumerate(zip(row, numbers, strict=True)):
            if at == 0:
                yield tag("th", text, scope="row")
            else:
                yield tag("td", text, class_="number" if number else None)

    return tag(
        "table",
        tag("caption", grid.title or caption),
        tag("thead", tag("tr", [tag("th", one, scope="col") for one in grid.headings])),
        tag(
            "tbody",
            [
                tag("tr", cells([c.text for c in row], [c.number is not None for c in row]))
                for row in grid.rows
            ],
        ),
    )


def _change(one: Proposal) -> list[Markup]:
    """In words; its lines are for who plans, not for who is sent the page: folded, not printed."""
    found = [tag("p", str(one.told))] if one.told else []
    if one.change:
        summary = tag("summary", _("The change to the plan"))
        found.append(tag("details", summary, tag("pre", one.change)))
    return found


def _proposals(proposals: Sequence[Proposal]) -> Markup | None:
    if not proposals:
        return None
    return tag(
        "section",
        tag("h2", _("Next time")),
        tag(
            "ol",
            [
                tag(
                    "li",
                    tag("b", str(one.text)),
                    tag("span", _(STATES.get(one.state, "")), class_=f"state {one.state}".strip()),
                    tag("p", str(one.reason), class_="muted"),
                    _change(one),
                    class_=one.state or None,
                )
                for one in proposals
            ],
            class_="acts",
        ),
    )
