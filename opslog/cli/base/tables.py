"""Tables on a terminal, drawn by rich: cells fold, and where there is no room for the columns each
row becomes a block of lines. Data is ``Text``, never markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from opslog.cli.base.columns import GAP
from opslog.domain.base.widths import cut

MOST = 60  # cells of a column: one value of a file can't make a table unreadable
MOST_LAST = 120  # remarks and reasons are sentences
MOMENT = 21  # “周五 2027-12-04 14:00”: what has a figure and is no longer is never folded
WORDS = 10  # what a column of words takes at least
LAST = 20  # and the last one, of sentences
_AT_ONCE = 200  # rows: the first of a long list are there at once


def draw(headings: Sequence[str], rows: Sequence[Sequence[str]], *, whole: bool = False) -> None:
    """Print ``rows``, clean already, a line break within a cell kept. ``headings`` may be none.

    ``whole``: the last column is of paths or facts, which are neither cut nor folded, so that a
    path can be copied from the terminal.
    """
    console = _console()
    cells = _bounded(rows, whole=whole)
    if not cells:
        return
    columns = list(zip(*([headings] if headings else []), *cells, strict=True))
    natural = [max(map(_wide, column)) for column in columns]
    least = [
        _least(column, LAST if at == len(columns) else WORDS)
        for at, column in enumerate(columns, 1)
    ]
    room = console.width - GAP * (len(columns) - 1)
    if whole:
        widths = natural
    elif sum(least) > room:
        for block in _blocks(headings, cells):
            _print(console, block, console.width)
        return
    else:
        widths = _widths(natural, least, room)
    for start in range(0, len(cells), _AT_ONCE):
        table = _table(headings if start == 0 else (), cells[start : start + _AT_ONCE], widths)
        _print(console, table, sum(widths) + GAP * (len(widths) - 1))


def heading(text: str) -> None:
    _console().print(Text(text, "bold"), soft_wrap=True)


def _console() -> Console:
    return Console(markup=False, emoji=False, highlight=False)


def _bounded(rows: Sequence[Sequence[str]], *, whole: bool) -> list[list[str]]:
    """The rows with what is endless cut, which ends in …; ``whole`` as for ``draw``."""
    return [
        [*(_cut(cell, MOST) for cell in row[:-1]), row[-1] if whole else _cut(row[-1], MOST_LAST)]
        for row in rows
    ]


def _cut(cell: str, cells: int) -> str:
    """Each line of a cell by itself."""
    return "\n".join(cut(line, cells) for line in cell.split("\n"))


def _wide(cell: str) -> int:
    return max(map(cell_len, cell.split("\n")))


def _least(column: Sequence[str], words: int) -> int:
    """Cells a column can't do without: phones, moments and dates stay on one line."""
    pieces = [piece for cell in column for piece in cell.split("\n")]
    figures = [
        cell_len(piece)
        for piece in pieces
        if len(piece) <= MOMENT and any(letter.isdigit() for letter in piece)
    ]
    return max([min(max(map(cell_len, pieces)), words), *(f for f in figures if f <= MOMENT)])


def _widths(natural: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Cells for each column so that all fit: the widest give way first, none below its least."""
    most = max(natural)
    while True:
        widths = [max(low, min(wide, most)) for wide, low in zip(natural, least, strict=True)]
        if sum(widths) <= room:
            return widths
        most -= 1


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> Table:
    table = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, show_header=bool(headings))
    for at, wide in enumerate(widths):
        heading = Text(headings[at], "bold") if headings else ""
        table.add_column(heading, header_style="none", width=wide, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def _blocks(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[RenderableType]:
    """Each row by itself: its cells under one another behind their headings; without headings
    the last one below the others."""
    wide = max(map(_wide, headings), default=0)
    for number, row in enumerate(rows):
        block = Table.grid(padding=(0, GAP, 0, 0))
        if headings:
            block.add_column(width=wide)
            block.add_column(overflow="fold")
            for heading, cell in zip(headings, row, strict=True):
                if cell:
                    block.add_row(Text(heading, "bold"), Text(cell))
            if number < len(rows) - 1:
                block.add_row()
        else:
            block.add_column(overflow="fold")
            block.add_row(Text(" ".join(filter(None, row[:-1]))))
            block.add_row(Padding(Text(row[-1]), (0, 0, 0, 2 * GAP)))
        yield block


def _print(console: Console, drawn: RenderableType, width: int) -> None:
    """Line by line without the blanks behind: they would wrap where a line is longer than the
    terminal, or the terminal is made narrower."""
    for line in console.render_lines(drawn, console.options.update(width=width), pad=False):
        text = Text.assemble(*((part.text, part.style or "") for part in line))
        text.rstrip()
        console.print(text, soft_wrap=True)
