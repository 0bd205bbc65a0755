"""Today as it will stand, from plain lines alone: drawn before there is a screen to draw it."""

from __future__ import annotations

from collections.abc import Sequence

from opslog.domain.today.priority import Ranked
from opslog.locale import _
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.today import agenda
from opslog.tui.frame import keymap
from opslog.tui.frame.bars.top_line import everywhere, top_line
from opslog.tui.terminal.first_look import Part, Picture
from opslog.tui.today.head import day_line, event_line
from opslog.tui.today.rows import HELP, ROOMY, Room, empty, keyed, rows
from opslog.tui.widgets.lists.rows import Column, row_line
from opslog.tui.widgets.pane import EDGE, MOST, SHARE, WIDE, inside
from opslog.tui.widgets.text import Line

LEAST = (40, 10)  # columns and rows; on less the screen itself comes soon enough


def picture(book: Book, ranked: Sequence[Ranked], columns: int, lines: int) -> Picture:
    """The rows of a terminal so large."""
    held = keymap.usable(own_kinds.keys(book))[0]
    key = keymap.shown("item.open", held)

    def key_text(id: str, _keys: str) -> str:
        return keymap.shown(id, held)

    room = Room(
        key,
        beside=columns >= WIDE,
        air=lines >= ROOMY,
        reasons=False,
        tags=agenda.event_tags(book),
    )
    head = [
        top_line("today", book.clock.local(), key_text, columns),
        day_line(ranked, None, columns),
        event_line(agenda.next_event(book), book.clock.zone, book.today(), columns),
        *([()] if room.air else []),
    ]
    below = 0 if room.beside else 2 if room.air else 1  # why the selected one stands there
    height = lines - len(head) - below - 2
    wide = min(columns * SHARE // 100, MOST) if room.beside else 0
    listed = _listed(book, ranked, room, columns - wide - bool(wide), height)
    beside = (
        []
        if not wide
        else _beside(book, ranked, key, wide)
        if ranked
        else inside(everywhere(_(HELP), key_text, wide - 2 * EDGE))
    )[:height]
    beside += [()] * (height - len(beside))
    body = [
        [left, Part((), 1), Part(right, wide, "pane")] if wide else [left]
        for left, right in zip(listed, beside, strict=True)
    ]
    return [
        [Part(head[0], columns, "panel")],
        *([Part(spans, columns)] for spans in head[1:]),
        *body,
        *([Part((), columns)] for _row in range(below + 1)),
        [Part((), columns, "panel")],
    ]


def _listed(
    book: Book, ranked: Sequence[Ranked], room: Room, columns: int, height: int
) -> list[Part]:
    """The list with its cursor on the first row, cut or filled to ``height``."""
    if not ranked:
        shown = [(), *((("  ", ""), *spans) for spans in empty(book))]
        return [Part(spans, columns) for spans in [*shown, *[()] * height][:height]]
    found = rows(keyed(ranked), book.clock.local(), room)
    first = next((at for at, row in enumerate(found) if row.heading is None), 0)
    parts, here = [], False
    for at, row in enumerate(found[:height]):
        here = at == first or (here and row.follows)
        mark = ("▌", "accent") if here else (" ", "")
        ground = "cursor" if here else "background"
        parts.append(Part(row_line(row, mark, [Column()], columns), columns, ground))
    return parts + [Part((), columns)] * (height - len(parts))


def _beside(book: Book, ranked: Sequence[Ranked], key: str, wide: int) -> list[Line]:
    from opslog.tui.today.pane import lines

    first = next(iter(keyed(ranked).values()))
    return inside(lines(book, first, wide - 2 * EDGE, key=key, points=False))
