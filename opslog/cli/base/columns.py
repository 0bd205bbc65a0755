"""Cells as aligned columns: bounded, so that one cell of a file can't make a table unreadable."""

from __future__ import annotations

from collections.abc import Sequence

from wcwidth import wcwidth

GAP = 2
MOST = 60  # cells of a column where the width of the terminal is not known
MOST_LAST = 120  # remarks and reasons are sentences, and may wrap
NEVER_CUT = 16  # a phone, a moment, a date
_LAST_AT_LEAST = 20  # what the other columns leave to the last one


def lines(rows: Sequence[Sequence[str]], terminal: int | None, *, whole: bool = False) -> list[str]:
    """One line a row. ``terminal``: its columns, None where this goes into a pipe or a file.

    What is cut ends in …; columns of up to NEVER_CUT cells never are, so that a line may wrap in a
    narrow terminal rather than lose a number. ``whole``: the last column is of paths or facts,
    and stays as long as it is.
    """
    if not rows:
        return []
    bounded = [
        [*(cut(cell, MOST) for cell in row[:-1]), row[-1] if whole else cut(row[-1], MOST_LAST)]
        for row in rows
    ]
    widths = [max(width(row[at]) for row in bounded) for at in range(len(bounded[0]))]
    if terminal is not None:
        room = terminal - min(widths[-1], _LAST_AT_LEAST) - GAP * (len(widths) - 1)
        most = _most(widths[:-1], room)
        widths = [min(wide, most) for wide in widths]
    return [
        (" " * GAP)
        .join(
            [*(_pad(cell, wide) for cell, wide in zip(row[:-1], widths[:-1], strict=True)), row[-1]]
        )
        .rstrip()
        for row in bounded
    ]


def _most(widths: Sequence[int], room: int) -> int:
    """What a column may take at most so that all fit: the widest give way first."""
    most = max(widths, default=0)
    while most > NEVER_CUT and sum(min(wide, most) for wide in widths) > room:
        most -= 1
    return most


def width(text: str) -> int:
    """Cells of a terminal."""
    return len(text) if text.isascii() else sum(max(wcwidth(letter), 0) for letter in text)


def cut(text: str, cells: int) -> str:
    """``text`` in at most ``cells`` cells, ending in … where something was left out; what has no
    width of its own counts too, so that a cell full of it is cut as well."""
    if len(text) <= cells // 2 or (len(text) <= 2 * cells and width(text) <= cells):
        return text
    kept, used = [], 0
    for letter in text[: 2 * cells]:
        used += max(wcwidth(letter), 0)
        if used > cells - 1:
            break
        kept.append(letter)
    return "".join(kept) + "…"


def _pad(text: str, cells: int) -> str:
    text = cut(text, cells)
    return text + " " * (cells - width(text))
