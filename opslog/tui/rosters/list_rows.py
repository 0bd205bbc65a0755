"""The lists as rows: what to go on with first, each with four short bars of how far it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from opslog.domain.calls.outcomes import purpose_title
from opslog.domain.dates.wording import short_day
from opslog.domain.rosters.rosters import SIGNUP
from opslog.domain.rosters.state import RosterState
from opslog.domain.screening.rounds import SECOND_SCREENING, TIDY, round_name
from opslog.locale import N_, _, ngettext
from opslog.services.book.book import Book
from opslog.services.calls.attempts import SignUps, called_on, sign_ups
from opslog.services.rosters import rosters
from opslog.services.segments import call_lists
from opslog.services.segments.call_lists import CallList
from opslog.tui.frame.bars.bars import Bar
from opslog.tui.widgets.drawing import button, progress, spread
from opslog.tui.widgets.lists.rows import Ends, Row
from opslog.tui.widgets.text import Line, join, line, line_width

OPEN, CAN_BEGIN, MADE, OVER = "open", "can_begin", "made", "over"
TITLES = {
    OPEN: N_("Go on with"),
    CAN_BEGIN: N_("Can begin"),
    MADE: N_("Call lists"),
    OVER: N_("Done"),
}
BAR = 8  # cells at most
UNFINISHED = ("import", 0)  # the key of the row of an import that was left
PAGE = 16  # lists read at once


class Lists:
    """Every list there is: those with something left to do are at hand, of the others what is
    drawn is read, a page at a time."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.waiting = rosters.not_over(book)
        self._states = {state.roster_id: state for state in self.waiting}
        self.made = [id for id in rosters.of_people(book) if id not in self._states]
        apart = {*self._states, *self.made}
        self.over = [id for id in rosters.order(book) if id not in apart]

    def __len__(self) -> int:
        return len(self.waiting) + len(self.made) + len(self.over)

    def of(self, roster_id: int) -> RosterState | None:
        """How far a list is; None where it is gone."""
        if roster_id not in self._states:
            among = self.made if roster_id in self.made else self.over
            at = among.index(roster_id) if roster_id in among else 0
            for state in rosters.some(self.book, among[at : at + PAGE]):
                self._states[state.roster_id] = state
        return self._states.get(roster_id)


def rows(lists: Lists, key: str) -> list[Row]:
    """Every list under the title of what can be done with it; ``key`` does it."""
    ids: dict[str, list[int]] = {kind: [] for kind in TITLES}
    ids[MADE] += lists.made
    for state in lists.waiting:
        ids[_kind(state)].append(state.roster_id)
    ids[OVER] += lists.over
    found: list[Row] = []
    for kind, title in TITLES.items():
        if ids[kind] and found:
            found.append(Row(("air", kind), heading=()))
        if ids[kind]:
            number = (str(len(ids[kind])), "muted")
            heading = line(" ", (_(title), "title"), " ", number)
            found.append(Row(("heading", kind), heading=heading))
        for roster_id in ids[kind]:
            first = len(found) == 1
            found.append(Row(roster_id, (partial(_name, lists, roster_id, key, first),)))
            found.append(_below(lists, roster_id, _how_far))
            found.append(_below(lists, roster_id, _came_from))
    return found


def unfinished_row(file: str, key: str) -> Row:
    """An import that was left: it stands first, until it is in."""
    name = line((_("Import of {file}").format(file=file), "focal"))
    return Row(UNFINISHED, (Ends(name, button(key, _("Go on"))),))


def _kind(state: RosterState) -> str:
    if state.open:
        return OPEN
    if state.kind != SIGNUP and state.number is None:
        return MADE
    waits = not state.cancelled and state.live and state.next_number <= SECOND_SCREENING
    return CAN_BEGIN if waits else OVER


def _name(lists: Lists, roster_id: int, key: str, first: bool, _cells: int) -> Line | Ends:
    """Which list it is, and what can be done with it next."""
    state, book = lists.of(roster_id), lists.book
    if state is None:
        return ()
    day = state.starts_at.astimezone(book.clock.zone).date()
    about = state.made_from or (state.roster if state.roster != state.event else "")
    about = "" if about == state.event else about
    look = "muted" if state.cancelled else "focal" if first else "strong"
    name = join(
        [(state.event, look), (str(short_day(day, book.today())), "muted"), (about, "muted")], "  "
    )
    return Ends(name, _next_act(state, key, first=first))


def _below(lists: Lists, roster_id: int, drawn: Callable[[Book, RosterState, int], Line]) -> Row:
    """A further row of a list, read when it is drawn."""

    def cell(cells: int) -> Line:
        state = lists.of(roster_id)
        return () if state is None else drawn(lists.book, state, cells)

    return Row((drawn.__name__, roster_id), heading=cell, follows=True)


def _next_act(state: RosterState, key: str, *, first: bool) -> Line:
    if state.open:
        left = ngettext("Go on, {n} left", "Go on, {n} left", state.left).format(n=state.left)
        return button(key, left) if first else line((left, "accent"))
    if _kind(state) == CAN_BEGIN:
        name = str(round_name(state.next_number))
        return line((_("next: {round}").format(round=name), "accent"))
    if state.kind != SIGNUP and state.number is None:
        return line((_("F6 calls them"), "accent"))
    if state.number is None or state.cancelled:
        return line((_("cancelled"), "muted")) if state.cancelled else ()
    return line((_("✓ {n} kept").format(n=state.kept), "good"))


def _how_far(book: Book, state: RosterState, cells: int) -> Line:
    """Signed up, tidied, called, kept: a bar and a number each; a dash for what is not begun."""
    begun, calls = state.number is not None, state.kind != SIGNUP
    tidied = state.cards - state.left if state.number == TIDY and state.open else state.cards
    signed = SignUps(state.cards, 0) if calls else sign_ups(book, state.roster_id)
    signed_up: list[tuple[str, int | None]] = [
        (_("signed up"), signed.signed_up),
        (_("tidied"), tidied if begun else None),
        (_("called"), called_on(book, state.roster_id) if begun else None),
        (_("kept"), state.kept if begun and state.number != TIDY else None),
    ]
    called = called_on(book, state.roster_id)
    stages = [(_("on it"), state.cards), (_("called"), called)] if calls else signed_up
    each = max((cells - 1) // len(stages), 1)
    parts: list[tuple[str, str]] = [(" ", "")]
    for label, number in stages:
        shown = "–" if number is None else str(number)
        if label == stages[0][0] and signed.walk_ins:
            shown += " + " + _("{n} at the door").format(n=signed.walk_ins)
        room = min(each - line_width(line(label)) - len(shown) - 4, BAR)
        bar = progress(number or 0, state.cards, room) if room > 0 else ()
        stage = (*line((label, "muted"), " "), *bar, *line((f" {shown}", "strong")))
        parts += [*stage, (" " * max(each - line_width(stage), 1), "")]
    return tuple(parts)


def _came_from(book: Book, state: RosterState, cells: int) -> Line:
    """The newest file, when it came in, and what of it waits to be looked at."""
    if state.kind != SIGNUP:
        return line(" ", (_what_for(call_lists.of(book, state.roster_id)), "dim"))
    files = rosters.files(book, state.roster_id)
    newest = files[-1] if files else None
    day = newest and newest.imported_at.astimezone(book.clock.zone).date()
    more = _("and {n} more").format(n=len(files) - 1) if len(files) > 1 else ""
    came = str(short_day(day, book.today())) if day else ""
    left = join([(text, "dim") for text in (newest.file if newest else "", more, came)])
    problems = ngettext("! {n} to look at", "! {n} to look at", state.problems)
    wants = line((problems.format(n=state.problems), "warn")) if state.problems else ()
    return spread(line(" ", *left), (*wants, (" ", "")), cells)


def _what_for(one: CallList) -> str:
    """What the people of a list are called for, and on which days."""
    title = str(purpose_title(one.purpose)) if one.purpose else _("No calls, only counted")
    days = (
        _("from {day}").format(day=one.opens) if one.opens else "",
        _("until {day}").format(day=one.closes) if one.closes else "",
    )
    return " · ".join(filter(None, (title, *days)))


class ListsSummary(Bar):
    """How many lists there are, and what is left of all."""

    def __init__(self) -> None:
        super().__init__()
        self._lists: Lists | None = None

    def show(self, lists: Lists) -> None:
        self._lists = lists
        self.refresh()

    def spans(self, cells: int) -> Line:
        if not self._lists:
            return ()
        states = self._lists.waiting
        begun = sum(state.open for state in states)
        lists = ngettext("{n} list", "{n} lists", len(self._lists)).format(n=len(self._lists))
        half = ngettext("{n} in the middle", "{n} in the middle", begun).format(n=begun)
        left = sum(state.left for state in states if state.open)
        to_go = ngettext("{n} row left", "{n} rows left", left).format(n=left)
        problems = sum(state.problems for state in states)
        wants = ngettext("! {n} to look at", "! {n} to look at", problems).format(n=problems)
        said = line(" ", (_(", ").join([lists, *([half] if begun else [])]), "focal"))
        right = [(to_go, "strong")] * bool(left) + [(wants, "warn")] * bool(problems)
        return spread(said, (*join(right, "   "), (" ", "")), cells)
