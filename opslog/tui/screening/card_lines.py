"""The lines of a screening card: what goes where at which width.

The row stands at the left, as it came beside as it is understood; at the right the verdicts with
their keys, and what comes next. From 110 columns the card is framed and the next rows and the
colleagues are told in full. The keys stand at the same place on every card.
"""

from __future__ import annotations

from collections.abc import Sequence

from opslog.domain.screening.rounds import Deck, round_name
from opslog.locale import _, ngettext
from opslog.tui.screening import beside, understood
from opslog.tui.screening.view import View
from opslog.tui.widgets.drawing import divided
from opslog.tui.widgets.pane import WIDE
from opslog.tui.widgets.text import (
    Line,
    Span,
    capital,
    cut_line,
    join,
    line,
    line_width,
    pad_line,
)

TALL = 27  # lines from which the bar has its legend and blocks have air
NARROW_SIDE, LEAST_SIDE = 23, 46  # cells of what stands beside the card
EDGE: Line = (("│", "track"),)


def card_lines(
    view: View, cells: int, height: int, skip: int = 0, own: Sequence[Line] | None = None
) -> list[Line]:
    """Exactly ``height`` lines; ``skip`` lines of the card's own are scrolled away. ``own`` are
    these, where they are known."""
    top = _top(view, cells, height)
    room = max(height - len(top) - 1, 1)
    draw = _framed if cells >= WIDE else _open
    own = own_lines(view, cells) if own is None else own
    return [*top, *draw(view, own, cells, room, skip), _foot(view, cells)][:height]


def own_lines(view: View, cells: int) -> list[Line]:
    """What is told of the row itself, however long; each as wide as its place on the card."""
    wide = cells >= WIDE
    room = cells - _side(cells) - 10 if wide else cells - NARROW_SIDE - 5
    return [pad_line(row, room) for row in understood.lines(view, room, roomy=wide)]


def hidden(view: View, cells: int, height: int) -> int:
    """How many lines of the card do not fit."""
    room = height - len(_top(view, cells, height)) - 1
    room -= 2 if cells >= WIDE else len(understood.who(view, cells - 2))
    return max(len(own_lines(view, cells)) - room, 0)


# -- the top and the foot ---------------------------------------------------------


def _top(view: View, cells: int, height: int) -> list[Line]:
    """Round and list, how many are left and how long that takes; how far it is as a bar."""
    deck = view.deck
    name = capital(str(round_name(deck.round.number)))
    total, left = len(deck), deck.left
    counted = ngettext("{n} left of {total}", "{n} left of {total}", left)
    right = join(
        [
            (counted.format(n=left, total=total), "strong"),
            (_pace(view, short=cells < WIDE), "muted"),
        ],
        "   ",
    )
    room = max(cells - line_width(right) - 4, 8)
    head = (*pad_line(line(" ", (name, "title"), "  ", deck.roster), room), ("  ", ""), *right)
    parts = divided([(number, look) for _label, number, look in _parts(deck)], cells - 2)
    bar: list[Line] = [head, ((" ", ""), *parts)]
    return [*bar, _legend(deck), ()] if height >= TALL else bar


def _pace(view: View, *, short: bool) -> str:
    """How fast it went so far, and how long the rest takes; '' before enough is known."""
    if view.pace is None or not view.deck.left:
        return ""
    minutes = max(round(view.pace * view.deck.left / 60), 1)
    per_minute = round(60 / view.pace)
    text = ngettext("about {n} min", "about {n} min", minutes).format(n=minutes)
    if short or per_minute < 1:
        return text
    rows = ngettext("{n} row a minute", "{n} rows a minute", per_minute).format(n=per_minute)
    return _("{pace}, {time}").format(pace=rows, time=text)


def _parts(deck: Deck) -> list[tuple[str, int, str]]:
    seen = len(deck) - deck.left
    return [
        (_("kept"), deck.kept, "good"),
        (_("dropped"), seen - deck.kept, "muted"),
        (_("parked"), deck.parked, "warn"),
        (_("not seen"), deck.left - deck.parked, "track"),
    ]


def _legend(deck: Deck) -> Line:
    shown: list[Span] = [(" ", "")]
    for label, number, look in _parts(deck):
        if number or look in ("good", "track"):
            shown += [("■ ", look), (f"{label} ", "muted"), (str(number), "strong"), ("   ", "")]
    return tuple(shown)


def _foot(view: View, cells: int) -> Line:
    """The last verdict and the key that takes it back; what ``*`` would do."""
    return cut_line(line(" ", *join([view.last, view.same], "   ")), cells)


# -- the body ------------------------------------------------------------------------


def _open(view: View, own: Sequence[Line], cells: int, room: int, skip: int) -> list[Line]:
    """Who it is over the full width, below it the card and the keys side by side."""
    head = [(("▌ ", "accent"), *row) for row in understood.who(view, cells - 2)]
    room -= len(head)
    left_cells = cells - NARROW_SIDE - 5
    left = _scrolled(own, room, skip)
    right = beside.narrow(view, NARROW_SIDE, room)
    return head + [
        ((" ", ""), *pad_line(a, left_cells), (" ", ""), *EDGE, (" ", ""), *b)
        for a, b in zip(_exactly(left, room), _exactly(right, room), strict=True)
    ]


def _side(cells: int) -> int:
    """Cells beside a framed card."""
    return max(cells * 3 // 10, LEAST_SIDE)


def _framed(view: View, own: Sequence[Line], cells: int, room: int, skip: int) -> list[Line]:
    """The card in the one frame, the keys and what comes next at its right."""
    inner = cells - _side(cells) - 10
    side = _exactly(beside.wide(view, _side(cells)), room)
    body = [
        ((" ", ""), *EDGE, ("  ", ""), *pad_line(row, inner), ("  ", ""), *EDGE)
        for row in _exactly(_scrolled(own, room - 2, skip), room - 2)
    ]
    rule = "─" * (inner + 4)
    left: list[Line] = [((" ╭" + rule + "╮", "track"),), *body, ((" ╰" + rule + "╯", "track"),)]
    return [(*a, ("  ", ""), *b) for a, b in zip(left, side, strict=False)]


def _scrolled(lines: Sequence[Line], room: int, skip: int) -> list[Line]:
    """As many as there is room for; the last says how many there are below."""
    skip = max(min(skip, len(lines) - room), 0)
    shown = list(lines[skip : skip + room])
    below = len(lines) - skip - room
    if below > 0 and shown:
        more = ngettext("↓ {n} more line", "↓ {n} more lines", below + 1).format(n=below + 1)
        shown[-1] = line((more, "muted"))
    return shown


def _exactly(lines: Sequence[Line], room: int) -> list[Line]:
    return [*lines[:room], *[()] * (room - len(lines))]
