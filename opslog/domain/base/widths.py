"""Text by the cells it takes: a Chinese character takes two, a mark over a letter none."""

from __future__ import annotations

import re

from wcwidth import wcwidth


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


def pad(text: str, cells: int) -> str:
    """``text`` with spaces behind it, to so many cells."""
    return text + " " * (cells - width(text))


def pad_left(text: str, cells: int) -> str:
    """``text`` with spaces before it, to so many cells."""
    return " " * (cells - width(text)) + text


# What stays together at the end of a line: a word, or a Chinese character, with what closes it.
_PIECE = re.compile(
    r"[“‘（《「]*(?:[\u2e80-\uffef]|[^\s\u2e80-\uffef]+)[，。；：、！？”’）》」…]*\s*|\s+"
)


def wrapped(text: str, cells: int) -> list[str]:
    """``text`` in lines of at most ``cells``; what is longer than a line is broken anywhere."""
    lines = [""]
    for piece in _PIECE.findall(text):
        if lines[-1] and width(lines[-1] + piece.rstrip()) > cells:
            lines.append("")
        while width(piece.rstrip()) > cells:
            head = cut(piece, cells + 1)[:-1] or piece[0]
            lines[-1:] = [head, ""]
            piece = piece[len(head) :]
        lines[-1] += piece
    return [line.rstrip() for line in lines]
