"""The end of a round: its counts, and what may come next."""

from __future__ import annotations

from collections.abc import Callable

from opslog.domain.screening.reasons import Reasons
from opslog.domain.screening.rounds import TIDY, Deck, round_name
from opslog.locale import _
from opslog.tui.screening.actions import CLOSE
from opslog.tui.widgets.text import Line, capital, line


def end_lines(deck: Deck, reasons: Reasons, key: Callable[[str], str], *, over: bool) -> list[Line]:
    """The counts and the question; ``key`` gives the key of an action as a person reads it, and
    ``over`` says whether the event is."""
    counts = deck.counts()
    name = capital(str(round_name(deck.round.number)))
    is_open = deck.round.open
    state = _("all rows are decided") if not counts.left else _("not all rows are decided")
    if not is_open:
        state = _("this round is closed")
    lines: list[Line] = [
        line(" ", (name, "title"), "  ", deck.roster),
        (),
        line("   ", state),
        (),
        _count(counts.kept, _("kept"), "good"),
        _count(counts.dropped, _("dropped"), "mark"),
    ]
    lines += [
        _count(number, str(reasons.title(code)), "muted", 4) for code, number in counts.reasons
    ]
    if counts.parked:
        lines.append(_count(counts.parked, _("parked"), "warn"))
    if counts.undecided:
        lines.append(_count(counts.undecided, _("undecided"), "warn"))
    return [*lines, (), *_questions(deck, counts.left, key, over=over)]


def _questions(deck: Deck, left: int, key: Callable[[str], str], *, over: bool) -> list[Line]:
    going_on = str(round_name(deck.round.number + 1))
    close, onward, back = key(CLOSE), key("screening.keep"), key("screening.back")
    if not deck.round.open:
        offers = [
            (onward, _("open the next: {round}").format(round=going_on)),
            (key("screening.undecide"), _("open this round again")),
            (back, _("look back")),
        ]
    elif left:
        offers = [
            (onward, _("show the row that is left")),
            (close, _("close the round; what is left goes on into the next")),
        ]
    else:
        offers = [
            (onward, _("close it and open the next: {round}").format(round=going_on)),
            (close, _("close it; the next can wait")),
            (back, _("look back")),
        ]
    lines = [line("   ", (f"{pressed:<5}", "key"), " ", text) for pressed, text in offers]
    if deck.round.number == TIDY and deck.round.open and (deck.kept or left):
        text = _("Once it is closed, the first call-back can begin: {key}")
        if not over:
            text = _(
                "Once it is closed and the event is over, the first call-back can begin: {key}"
            )
        text = text.format(key=key("go.calls"))
        lines += [(), line("   ", (text, "muted"))]
    return lines


def _count(number: int, label: str, look: str, indent: int = 0) -> Line:
    return line(f"   {' ' * indent}{number:>6}", "  ", (label, look))
