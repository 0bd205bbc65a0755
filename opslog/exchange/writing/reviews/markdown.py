"""The review as Markdown: its sentences, and its numbers as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO
from zoneinfo import ZoneInfo

from opslog.domain.base.sentences import labelled
from opslog.domain.reviews.pictures import Lines, Picture
from opslog.domain.reviews.review import Review
from opslog.domain.reviews.wording import STATES, about, chief, heading, in_full, made
from opslog.exchange.writing.pages import markdown_text as plain
from opslog.exchange.writing.reviews.grids import Grid, grids
from opslog.locale import _


def write_markdown(review: Review, zone: ZoneInfo, file: BinaryIO) -> None:
    file.write("".join(f"{row}\n" for row in _rows(review, zone)).encode())


def _rows(review: Review, zone: ZoneInfo) -> Iterator[str]:
    yield from (f"# {plain(heading(review))}", "", plain(about(review, zone)))
    first, *rest = [plain(one) for one in review.verdict] or [""]
    if first:
        yield from ("", f"**{first}**")
    for sentence in (*rest, *map(plain, review.owes)):
        yield from ("", sentence)
    if numbers := chief(review):
        yield ""
        yield from (f"- {plain(labelled(one.label, in_full(one)))}" for one in numbers)
    beside = str(review.compared.title) if review.compared is not None else ""
    for part in review.parts:
        yield from ("", f"## {plain(part.heading)}")
        for at, picture in enumerate(part.pictures):
            if at or str(picture.heading) != str(part.heading):
                yield from ("", f"### {plain(picture.heading)}")
            yield from _picture(picture, beside)
    if review.proposals:
        yield from ("", f"## {plain(_('Next time'))}", "")
    for one in review.proposals:
        state = plain(_(STATES.get(one.state, "")))
        yield f"- **{plain(one.text)}** ({state}): {plain(one.reason)}"
        if one.told:
            yield f"  {plain(one.told)}"
    yield from ("", f"*{plain(made(review, zone))}*")


def _picture(picture: Picture, beside: str) -> Iterator[str]:
    if isinstance(picture, Lines):
        yield ""
        for who, text in picture.lines:
            yield f"- {f'**{plain(who)}** ' if str(who) else ''}{plain(text)}"
        if not picture.lines and picture.empty is not None:
            yield plain(picture.empty)
    else:
        for grid in grids(picture, beside):
            yield from _table(grid)
    if picture.note is not None:
        yield from ("", plain(picture.note))


def _table(grid: Grid) -> Iterator[str]:
    def line(cells: Iterable[str]) -> str:
        return f"| {' | '.join(cells)} |"

    if grid.title:
        yield from ("", plain(grid.title))
    numbers = [
        any(row[at].number is not None for row in grid.rows) for at in range(len(grid.headings))
    ]
    yield ""
    yield line(map(plain, grid.headings))
    yield line("---:" if number else "---" for number in numbers)
    yield from (line(plain(cell.text) for cell in row) for row in grid.rows)
