"""The end of a round: what it came to, how long it took, and what may come next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from opslog.domain.base.rates import Rate
from opslog.domain.people.naming.names import short_company
from opslog.domain.rosters.state import RosterState
from opslog.domain.screening.card import Brief
from opslog.domain.screening.reasons import Reasons
from opslog.domain.screening.rounds import SECOND_SCREENING, TIDY, Deck, round_name
from opslog.locale import _, ngettext
from opslog.services.book.book import Book
from opslog.tui.rosters.pane import below_name
from opslog.tui.screening.actions import CLOSE
from opslog.tui.widgets.drawing import amount, button, spread
from opslog.tui.widgets.pane import titled, told
from opslog.tui.widgets.text import Line, capital, cut, join, line, pad, width

OTHERS = 5  # lists that wait, at most
BAR, WHO = 30, 84  # cells


@dataclass(frozen=True)
class End:
    """``key`` gives the key of an action as a person reads it; ``over`` says whether the event is;
    ``seconds`` were spent on the round, breaks left out; ``state`` is of its list, ``others`` are
    the lists that wait beside it."""

    book: Book
    deck: Deck
    reasons: Reasons
    key: Callable[[str], str]
    over: bool
    seconds: float
    state: RosterState | None
    others: Sequence[RosterState]
    coming: Sequence[Brief]  # the first rows of the round that would follow


def end_lines(end: End, cells: int) -> list[Line]:
    """The question and the counts: all there is on a narrow terminal, the left half of a wide
    one (see ``beside_end``)."""
    deck = end.deck
    counts = deck.counts()
    name = capital(str(round_name(deck.round.number)))
    state = _("all rows are decided") if not counts.left else _("not all rows are decided")
    if not deck.round.open:
        state = _("this round is closed")
    verdicts = [
        (_("kept"), counts.kept, "good", ""),
        (_("dropped"), counts.dropped, "muted", ""),
        (_("parked"), counts.parked, "warn", ""),
        (_("undecided"), counts.undecided, "warn", ""),
    ]
    why = []
    for code, number in counts.reasons:
        digit = next((str(one.digit) for one in end.reasons.keys if one.code == code), "")
        why.append((str(end.reasons.title(code)), number, "muted", digit or end.key(MORE)))
    return [
        line((f"{name}  ", "focal"), (deck.roster, "muted")),
        line((state, "strong"), "   ", (_took(end), "muted")),
        (),
        *_questions(end, counts.left),
        *titled(_("What it came to"), _bars(verdicts, counts.total, cells)),
        *titled(_("Dropped for; the key shows who"), _bars(why, counts.dropped, cells)),
        *titled(_("First in the next round"), [_who(one, cells) for one in end.coming]),
    ]


def _who(one: Brief, cells: int) -> Line:
    left = join([line(one.called), (one.title, "muted")], "  ")
    return spread(left, line((short_company(one.company), "muted")), min(cells, WHO))


MORE = "screening.more"


def beside_end(end: End, cells: int) -> list[Line]:
    """What the list has come to by now, and which others wait."""
    if end.state is None:
        return []
    others = [
        spread(
            line(state.event),
            line((_waits(state), "accent" if state.open else "muted")),
            cells,
        )
        for state in end.others[:OTHERS]
    ]
    return [
        *told(end.state.event, cells, "focal"),
        *below_name(end.book, end.state, cells),
        *titled(_("Other lists that wait"), others),
    ]


def _waits(state: RosterState) -> str:
    if state.open:
        return ngettext("{n} row left", "{n} rows left", state.left).format(n=state.left)
    name = str(round_name(min(state.next_number, SECOND_SCREENING)))
    return _("next: {round}").format(round=name)


def _took(end: End) -> str:
    """How long it took and how fast that was; '' where that says nothing."""
    minutes, rows = round(end.seconds / 60), len(end.deck) - end.deck.left
    if not minutes or not rows:
        return ""
    per_minute = round(rows / (end.seconds / 60))
    text = ngettext("took {n} min", "took {n} min", minutes).format(n=minutes)
    if not per_minute:
        return text
    pace = ngettext("{n} row a minute", "{n} rows a minute", per_minute).format(n=per_minute)
    return _("{time}, {pace}").format(time=text, pace=pace)


def _questions(end: End, left: int) -> list[Line]:
    """What may be done now; the first of it is what Enter does."""
    deck, key = end.deck, end.key
    going_on = str(round_name(deck.round.number + 1))
    if not deck.round.open:
        first = _("open the next: {round}").format(round=going_on)
        offers = [
            (key("screening.undecide"), _("open this round again")),
            (key("screening.back"), _("look back")),
        ]
    elif left:
        first = _("show the row that is left")
        offers = [(key(CLOSE), _("close the round; what is left goes on into the next"))]
    else:
        first = _("close it and open the next: {round}").format(round=going_on)
        offers = [
            (key(CLOSE), _("close it; the next can wait")),
            (key("screening.back"), _("look back")),
        ]
    lines = [line(*button(key("screening.keep"), first))]
    lines += [line(" ", (pad(pressed, 6), "key"), text) for pressed, text in offers]
    if deck.round.number == TIDY and deck.round.open and (deck.kept or left):
        text = _("Once it is closed, the first call-back can begin: {key}")
        if not end.over:
            text = _(
                "Once it is closed and the event is over, the first call-back can begin: {key}"
            )
        lines += [(), line(" ", (text.format(key=key("go.calls")), "muted"))]
    return lines


def _bars(rows: Sequence[tuple[str, int, str, str]], total: int, cells: int) -> list[Line]:
    """Label, number, look and key of each there is any of: a block as long as its share."""
    rows = [row for row in rows if row[1]]
    keyed = 2 if any(key for *_row, key in rows) else 0
    label_cells = min(max((width(label) for label, *_row in rows), default=0), cells // 3)
    digits = len(str(total))
    bar_cells = max(min(cells - label_cells - digits - keyed - 9, BAR), 4)
    return [
        line(
            (pad(key, keyed), "key"),
            (pad(cut(label, label_cells), label_cells), "muted"),
            "  ",
            *amount(number, total, bar_cells, look),
            (f" {number:>{digits}}", "strong"),
            (_share(number, total), "muted"),
        )
        for label, number, look, key in rows
    ]


def _share(number: int, total: int) -> str:
    """A rate beside its count; under twenty the count alone tells more."""
    rate = Rate(number, total)
    return f"{rate.said:>6}" if rate.speaks else ""
