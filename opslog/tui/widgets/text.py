"""The only maker of styled text from data.

A line on screen is a ``Line``: spans of plain text with the name of a look. What a person or a
file wrote is only ever the text of a span, with control characters shown; it is never parsed
as markup. Widths are cells, not characters.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from rich.cells import cell_len

from opslog.domain.base.text import visible
from opslog.domain.people.masking import masked

# Text and its look, a name in widgets/theme.py; what each means is in widgets/drawing.py.
Span = tuple[str, str]
Line = tuple[Span, ...]

ELLIPSIS = "…"

# Signs that some terminals draw two cells wide, and what stands for them in plain mode.
_PLAIN = str.maketrans(
    "●○✓✗→←↑↓◂▸▪…·⚑★☆■□▶◀│─×━█▌┃▲◇◷▾╭╮╰╯≥▓▒░┄−±≤↻",
    "@oxX><^v<>*.-!**#=><|-x=#>ILwtv++++~+:.--~<&",
)
_plain_signs = False


def use_plain_signs(on: bool) -> None:
    """Draw signs of ambiguous width as ASCII from now on."""
    global _plain_signs
    _plain_signs = on


def wants_plain_signs(chosen: str) -> bool:
    """By the setting, else by the locale: one without UTF-8 gets ASCII, one that is not set at all
    is taken for a modern one."""
    if chosen:
        return chosen == "plain"
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    named = next(filter(None, names), "UTF-8").lower().replace("-", "")
    return not named.partition("@")[0].endswith("utf8")


def plain_signs() -> bool:
    """Whether signs are drawn as ASCII."""
    return _plain_signs


# Whether telephone numbers are half hidden, and the one (E.164) that is not: of the call in hand.
_masking, _in_hand = False, ""


def mask_phones(on: bool) -> None:
    """Hide the middle of every telephone number drawn from now on."""
    global _masking
    _masking = on


@contextmanager
def in_hand(phone: str) -> Iterator[None]:
    """What is made or drawn within shows this number in full."""
    global _in_hand
    before, _in_hand = _in_hand, phone
    try:
        yield
    finally:
        _in_hand = before


def hidden(text: str) -> str:
    """``text`` as it may be seen by whoever looks on."""
    return masked(text, _in_hand) if _masking else text


# Joiners and variation selectors: terminals disagree on the width of what they join, so on
# screen each part stands for itself. Exports keep them.
_JOINERS = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, *range(0xFE00, 0xFE10)])


def clean(text: object) -> str:
    """``text`` with control characters shown instead of sent, nothing of unsure width, and
    telephone numbers half hidden where the operator wants it."""
    shown = visible(str(text))
    if _masking:
        shown = hidden(shown)
    return shown if shown.isascii() else shown.translate(_JOINERS)


def width(text: str) -> int:
    """Cells ``text`` takes on screen."""
    return cell_len(text)


def line(*spans: Span | str) -> Line:
    """A line of spans; a bare string is plain. Data is cleaned here."""
    return tuple(
        (clean(span), "") if isinstance(span, str) else (clean(span[0]), span[1]) for span in spans
    )


def cut(text: str, cells: int) -> str:
    """``text`` in at most ``cells`` cells, ending in … where something was left out."""
    if cell_len(text) <= cells:
        return text
    if cells <= 0:
        return ""
    kept, used = [], 0
    for character in text:
        wide = cell_len(character)
        if used + wide > cells - 1:
            break
        kept.append(character)
        used += wide
    return "".join(kept) + ELLIPSIS


def pad(text: str, cells: int, *, right: bool = False) -> str:
    """``text`` in exactly ``cells`` cells, as it is shown."""
    text = cut(clean(text), cells)
    blank = " " * (cells - cell_len(text))
    return blank + text if right else text + blank


def line_width(spans: Line) -> int:
    """Cells a line takes; asked for several times a line drawn, so ASCII is not looked up."""
    cells = 0
    for text, _look in spans:
        cells += len(text) if text.isascii() else cell_len(text)
    return cells


def cut_line(spans: Line, cells: int) -> Line:
    """A line in at most ``cells`` cells."""
    if line_width(spans) <= cells:
        return spans
    kept: list[Span] = []
    for text, look in spans:
        wide = cell_len(text)
        if wide < cells:
            kept.append((text, look))
            cells -= wide
            continue
        kept.append((cut(text + ELLIPSIS, cells) if cells else "", look))
        break
    return tuple(kept)


def pad_line(spans: Line, cells: int) -> Line:
    """A line in exactly ``cells`` cells."""
    missing = cells - line_width(spans)
    if missing < 0:
        spans = cut_line(spans, cells)
        missing = cells - line_width(spans)
    return (*spans, (" " * missing, "")) if missing else spans


def wrap(text: str, cells: int, most: int = 0) -> list[str]:
    """Plain text broken into rows of at most ``cells`` cells; the rest cut after ``most`` rows.

    Breaks at spaces where it can, between any two characters in scripts without spaces, but none
    of punctuation that belongs to the one beside it.
    """
    if "\n" not in text and cell_len(shown := clean(text)) <= cells:
        return [shown]
    rows: list[str] = []
    for paragraph in text.split("\n"):
        row, used, broken = "", 0, False
        shown = clean(paragraph)
        for place, character in enumerate(shown):
            if broken and not row and character in " ·":  # what parted two parts, now rows
                continue
            wide = cell_len(character)
            if used + wide > cells and row:
                at = _break(row, shown[place : place + 2], cells - wide)
                rows.append(row[:at].rstrip(" ").removesuffix(" ·"))
                row = row[at:].lstrip(" ")
                used, broken = cell_len(row), True
                if character in " ·" and not row:
                    continue
            row += character
            used += wide
        rows.append(row)
    if most and len(rows) > most:
        rows = [*rows[: most - 1], cut(rows[most - 1].rstrip(" ·") + ELLIPSIS, cells)]
    return rows


_NOT_FIRST = frozenset("，。、；：！？）】》」』”’…,.;:!?)]}%")
_STOPS = frozenset("，。、；：！？）")
_BACK = 12  # cells
_NOT_LAST = frozenset("（【《「『“‘([{")


def _break(row: str, ahead: str, room: int) -> int:
    """Where to break a row before ``ahead``: as late as may be, no word of Latin letters in two, no
    number from what it counts, no row that begins with what closes or ends with what opens. Where
    it can't be at the end, a stop a few cells back is better than the middle of a word. What goes
    to the next row takes at most ``room`` cells; else the row breaks where it is full."""
    latest = 0
    for at in range(len(row), 0, -1):
        cells = cell_len(row[at:])
        if cells > room or (latest and cells > _BACK):
            break
        if _may_break(row + ahead, at):
            opens = (row + ahead)[at] in _NOT_LAST
            if at == len(row) or opens or row[at - 1] in _STOPS or " " in row[at - 1 : at + 1]:
                return at
            latest = latest or at
    return latest or len(row)


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if " " in (before, after):
        before = text[at - 2] if before == " " and at > 1 else before
        after = text[at + 1] if after == " " and at + 1 < len(text) else after
        return {before.isdigit(), after.isdigit()} != {True, False} or not (
            _ideograph(before) or _ideograph(after)
        )
    if before.isascii() and after.isascii():
        return False
    return after not in _NOT_FIRST and before not in _NOT_LAST


def _ideograph(character: str) -> bool:
    return character.isalpha() and cell_len(character) == 2


def wrap_line(spans: Line, cells: int, most: int = 0) -> list[Line]:
    """A line in as many rows as it needs, or the rest cut after ``most``; each part keeps its
    look, and goes whole to the next row where it fits there."""
    rows: list[Line] = []
    row: Line = ()
    for text, look in spans:
        left = cells - line_width(row)
        if width(text) <= left:
            row = (*row, (text, look))
            continue
        if row and (width(text) <= cells or left <= 8):
            rows.append(row)
            row, left, text = (), cells, text.lstrip(" ·")
        text = "\n".join(map(clean, text.split("\n")))
        first = wrap(text, max(left, 1))[0]
        row = (*row, (first, look))
        rest = text[len(first) :].lstrip(" ·\n")
        for piece in wrap(rest, cells) if rest else []:
            rows.append(row)
            row = ((piece, look),)
    rows += [row] if row else []
    rows = [_ended(one) for one in rows]
    if most and len(rows) > most:
        last = rows[most - 1]
        rows = [*rows[: most - 1], cut_line((*last, (ELLIPSIS, last[-1][1])), cells)]
    return rows


def _ended(spans: Line) -> Line:
    """A row without the dot that stood before what went to the next."""
    while spans and spans[-1][0].strip() in ("", "·"):
        spans = spans[:-1]
    return spans


def in_rows(parts: Iterable[Line], cells: int, gap: str = "   ") -> list[Line]:
    """Parts one after the other, as many a row as fit; none is broken."""
    rows: list[Line] = []
    for part in parts:
        if rows and line_width(rows[-1]) + len(gap) + line_width(part) <= cells:
            rows[-1] = (*rows[-1], (gap, ""), *part)
        else:
            rows.append(part)
    return rows


def drawn(spans: Line, cells: int) -> Line:
    """The line as it goes to the terminal: exactly ``cells`` wide, signs and numbers as the
    operator wants them."""
    missing = cells - line_width(spans)
    if missing < 0:
        spans = pad_line(spans, cells)
    elif missing:
        spans = (*spans, (" " * missing, ""))
    if _masking:
        spans = _hidden_across(spans)
    if _plain_signs:
        spans = tuple((text.translate(_PLAIN), look) for text, look in spans)
    return spans


def _hidden_across(spans: Line) -> Line:
    """Also a number that several spans make up, as where found digits are marked."""
    whole = hidden("".join(text for text, _look in spans))
    parts, at = [], 0
    for text, look in spans:
        parts.append((whole[at : at + len(text)], look))
        at += len(text)
    return tuple(parts)


def join(parts: Iterable[Line | Span | str], gap: str = " · ") -> Line:
    """Parts that are not empty, with ``gap`` between them."""
    joined: list[Span] = []
    for part in parts:
        spans: Line = line(part) if isinstance(part, str) else _spans(part)
        if not any(text for text, _ in spans):
            continue
        if joined:
            joined.append((gap, "muted"))
        joined.extend(spans)
    return tuple(joined)


def _spans(part: Line | Span) -> Line:
    if part and isinstance(part[0], str):
        return line(part)
    return part


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def flow(parts: Sequence[Line], cells: int) -> list[Line]:
    """Parts in rows, as many a row as fit; a part longer than a row is broken."""
    rows: list[Line] = []
    used: list[Span] = []
    for part in parts:
        gap = 3 if used else 0
        if used and line_width(tuple(used)) + gap + line_width(part) > cells:
            rows.append(tuple(used))
            used, gap = [], 0
        if line_width(part) > cells:
            rows += _broken(part, cells)
            continue
        if used:
            used.append((" · ", "muted"))
        used.extend(part)
    if used:
        rows.append(tuple(used))
    return rows


def _broken(part: Line, cells: int) -> list[Line]:
    """One part over several rows; its first span keeps its look."""
    head, look = part[0]
    pieces = wrap("".join(text for text, _look in part), cells)
    if len(part) == 1:
        return [line((piece, look)) for piece in pieces]
    top = line((pieces[0][: len(head)], look), pieces[0][len(head) :])
    return [top, *(line(piece) for piece in pieces[1:])]
