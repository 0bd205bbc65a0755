"""What is drawn rather than written: progress, amounts, chips, buttons.

The language of looks, used on every screen:

- *Focal* is what the eye meets first: one act a screen, on the cursor's ground with ``▌`` at its
  left. Then strong (figures, times), plain (the thing), muted (its attributes), dim (what
  repeats). ``track`` is for rules and what is not filled yet, never for what must be read.
- One colour has one meaning, and each a sign or a word beside it: accent for keys, the cursor
  and now; late (red, ``▲``) for what is late, and an event's own mark ``●``; warn (amber, ``!``)
  for what wants a look; good (green, ``✓``) for done, came, kept.
- A line is progress (``━━━──``: how far one thing is), a block is an amount (``███▌``: what is
  compared), always with its number beside it.
- A reason is a chip: two to four words on a lighter ground. On rows that follow each other it is
  plain muted words.
- What repeats is said once, as a heading of its group.
- What is selected lies open at the right on a lighter ground (``Pane``), not in a frame.
- An empty state, a question, a refusal: what is so, then the key that leads on.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from opslog.domain.base.clock import Clock
from opslog.domain.dates.wording import short_day
from opslog.locale import _
from opslog.tui.widgets.text import Line, Span, line, line_width, pad, plain_signs, wrap

_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")


def progress(done: float, of: float, cells: int, look: str = "accent") -> Line:
    """How far one thing is. A beginning shows, and nothing looks finished before it is."""
    share = min(max(done / of, 0.0), 1.0) if of > 0 else 0.0
    filled = int(share * cells)
    if 0 < share < 1:
        filled = min(max(filled, 1), cells - 1)
    parts: list[Span] = [("━" * filled, look), ("─" * (cells - filled), "track")]
    return tuple(part for part in parts if part[0])


def divided(parts: Iterable[tuple[int, str]], cells: int) -> Line:
    """One bar of several: how many each with its look, over all of ``cells``; whatever there is
    any of shows."""
    there = [(number, look) for number, look in parts if number > 0]
    total, given, seen = sum(number for number, _look in there), 0, 0
    bar: list[Span] = []
    for at, (number, look) in enumerate(there):
        seen += number
        after = len(there) - at - 1
        share = min(max(round(cells * seen / total) - given, 1), max(cells - given - after, 0))
        given += share
        bar.append((("─" if look == "track" else "━") * share, look))
    return tuple(bar)


def divided_block(parts: Iterable[tuple[int, str]], cells: int) -> Line:
    """Amounts side by side in one block, over all of ``cells``."""
    return tuple((("█" * len(bar)), look) for bar, look in divided(parts, cells))


def amount(value: float, most: float, cells: int, look: str = "accent") -> Line:
    """A block as long as ``value`` is of ``most``, to an eighth of a cell; blanks after it."""
    eighths = round(min(max(value / most, 0.0), 1.0) * cells * 8) if most > 0 else 0
    if value > 0:
        eighths = max(eighths, 1)
    full, rest = divmod(eighths, 8)
    if plain_signs():  # which know no parts of a cell
        full, rest = (full or int(value > 0)), 0
    block = "█" * full + _EIGHTHS[rest]
    return ((block, look), (" " * (cells - line_width(((block, look),))), ""))


def chip(text: object, look: str = "chip") -> Line:
    """A reason: a few words on a ground of their own; in brackets where there are no grounds."""
    return line((f"[{text}]" if plain_signs() else f" {text} ", look))


def chips(texts: Iterable[object]) -> list[Line]:
    """Chips side by side are parts of one row (see ``in_rows``), with ground between them."""
    return [(*chip(text), (" ", "")) for text in texts]


def button(key: str, text: str) -> Line:
    """The one act of a screen, with the key that does it."""
    shown = f"[{key} {text}]" if plain_signs() else f" {key} {text} "
    return line((shown, "button"))


def key_rows(keys: Iterable[tuple[str, str]], cells: int, key_cells: int = 14) -> list[Line]:
    """Keys, a row each with what they do, which goes on below where it is long."""
    rows: list[Line] = []
    for key, does in keys:
        first, *rest = wrap(does, max(cells - key_cells, 8))
        rows.append(line((pad(key, key_cells), "key"), first))
        rows += [line(" " * key_cells, more) for more in rest]
    return rows


def spread(left: Line, right: Line, cells: int, least: int = 2) -> Line:
    """Two ends of a line this wide; where they do not fit both, the left one stays."""
    gap = cells - line_width(left) - line_width(right)
    return (*left, (" " * gap, ""), *right) if gap >= least else left


def day_heading(day: date, number: int, clock: Clock) -> Line:
    """“Mon 11-23 today  5”."""
    away = (clock.today() - day).days
    near = {0: _("today"), 1: _("yesterday"), -1: _("tomorrow")}.get(away, "")
    return line(
        " ", (str(short_day(day, clock.today())), "title"), "  ", (near, "accent"),
        "  " if near else "", (str(number), "muted"),
    )  # fmt: skip
