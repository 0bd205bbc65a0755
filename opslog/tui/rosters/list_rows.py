"""The lists as rows: what to go on with first, each with four short bars of how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from opslog.domain.dates.wording import short_day
from opslog.domain.rosters.state import RosterState
from opslog.domain.screening.rounds import SECOND_SCREENING, TIDY, round_name
from opslog.locale import N_, _, ngettext
from opslog.services.book.book import Book
from opslog.services.calls.attempts import called_on
from opslog.services.rosters import rosters
from opslog.tui.frame.bars import Bar
from opslog.tui.widgets.drawing import button, progress, spread
from opslog.tui.widgets.text import Line, join, line, line_width
from opslog.tui.widgets.window_list import Ends, Row

OPEN, CAN_BEGIN, OVER = "open", "can_begin", "over"
TITLES = {OPEN: N_("Go on with"), CAN_BEGIN: N_("Can begin"), OVER: N_("Done")}
BAR = 8  # cells at most


def rows(book: Book, states: Sequence[RosterState], key: str) -> list[Row]:
    """Every list under the title of what can be done with it; ``key`` does it."""
    found: list[Row] = []
    for kind, title in TITLES.items():
        of_kind = [state for state in states if _kind(state) == kind]
        if of_kind and found:
            found.append(Row(("air", kind), heading=()))
        if of_kind:
            number = (str(len(of_kind)), "muted")
            heading = line(" ", (_(title), "title"), " ", number)
            found.append(Row(("heading", kind), heading=heading))
        for state in of_kind:
            found += _of_list(book, state, key, first=len(found) == 1)
    return found


def _kind(state: RosterState) -> str:
    if state.open:
        return OPEN
    waits = not state.cancelled and state.live and state.next_number <= SECOND_SCREENING
    return CAN_BEGIN if waits else OVER


def _of_list(book: Book, state: RosterState, key: str, *, first: bool) -> list[Row]:
    """Three rows: which list and what to do next, how far it is, where it came from."""
    day = state.starts_at.astimezone(book.clock.zone).date()
    about = state.roster if state.roster != state.event else ""
    look = "muted" if state.cancelled else "focal" if first else "strong"
    name = join(
        [(state.event, look), (str(short_day(day, book.today())), "muted"), (about, "muted")], "  "
    )
    return [
        Row(state.roster_id, (Ends(name, _next_act(state, key, first=first)),)),
        _below(state, "far", partial(_how_far, book, state)),
        _below(state, "from", partial(_came_from, book, state)),
    ]


def _below(state: RosterState, what: str, cell: partial[Line]) -> Row:
    return Row((what, state.roster_id), heading=cell, follows=True)


def _next_act(state: RosterState, key: str, *, first: bool) -> Line:
    if state.open:
        left = ngettext("Go on, {n} left", "Go on, {n} left", state.left).format(n=state.left)
        return button(key, left) if first else line((left, "accent"))
    if _kind(state) == CAN_BEGIN:
        name = str(round_name(state.next_number))
        return line((_("next: {round}").format(round=name), "accent"))
    if state.number is None or state.cancelled:
        return line((_("cancelled"), "muted")) if state.cancelled else ()
    return line((_("✓ {n} kept").format(n=state.kept), "good"))


def _how_far(book: Book, state: RosterState, cells: int) -> Line:
    """Signed up, tidied, called, kept: a bar and a number each; a dash for what is not begun."""
    begun = state.number is not None
    tidied = state.cards - state.left if state.number == TIDY and state.open else state.cards
    stages: list[tuple[str, int | None]] = [
        (_("signed up"), state.cards),
        (_("tidied"), tidied if begun else None),
        (_("called"), called_on(book, state.roster_id) if begun else None),
        (_("kept"), state.kept if begun and state.number != TIDY else None),
    ]
    each = max((cells - 1) // len(stages), 1)
    parts: list[tuple[str, str]] = [(" ", "")]
    for label, number in stages:
        shown = "–" if number is None else str(number)
        room = min(each - line_width(line(label)) - len(shown) - 4, BAR)
        bar = progress(number or 0, state.cards, room) if room > 0 else ()
        stage = (*line((label, "muted"), " "), *bar, *line((f" {shown}", "strong")))
        parts += [*stage, (" " * max(each - line_width(stage), 1), "")]
    return tuple(parts)


def _came_from(book: Book, state: RosterState, cells: int) -> Line:
    """The newest file, when it came in, and what of it waits to be looked at."""
    files = rosters.files(book, state.roster_id)
    newest = files[-1] if files else None
    day = newest and newest.imported_at.astimezone(book.clock.zone).date()
    more = _("and {n} more").format(n=len(files) - 1) if len(files) > 1 else ""
    came = str(short_day(day, book.today())) if day else ""
    left = join([(text, "dim") for text in (newest.file if newest else "", more, came)])
    problems = ngettext("! {n} to look at", "! {n} to look at", state.problems)
    wants = line((problems.format(n=state.problems), "warn")) if state.problems else ()
    return spread(line(" ", *left), (*wants, (" ", "")), cells)


class ListsSummary(Bar):
    """How many lists there are, and what is left of all."""

    def __init__(self) -> None:
        super().__init__()
        self._states: Sequence[RosterState] = ()

    def show(self, states: Sequence[RosterState]) -> None:
        self._states = states
        self.refresh()

    def spans(self, cells: int) -> Line:
        states = self._states
        if not states:
            return ()
        begun = sum(state.open for state in states)
        lists = ngettext("{n} list", "{n} lists", len(states)).format(n=len(states))
        half = ngettext("{n} in the middle", "{n} in the middle", begun).format(n=begun)
        left = sum(state.left for state in states if state.open)
        to_go = ngettext("{n} row left", "{n} rows left", left).format(n=left)
        problems = sum(state.problems for state in states)
        wants = ngettext("! {n} to look at", "! {n} to look at", problems).format(n=problems)
        said = line(" ", (_(", ").join([lists, *([half] if begun else [])]), "focal"))
        right = [(to_go, "strong")] * bool(left) + [(wants, "warn")] * bool(problems)
        return spread(said, (*join(right, "   "), (" ", "")), cells)
