"""The queue and the card of the Calls screen, and how they follow what happens."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from textual import on
from textual.containers import Container
from textual.widget import Widget

from opslog.domain.calls import left_out
from opslog.domain.calls.left_out import LeftOut
from opslog.domain.calls.outcomes import ADD, Outcomes
from opslog.domain.calls.queue import CallCard, OfList, PassOn, QueueLine
from opslog.locale import N_
from opslog.services.book.drafts import HalfTyped
from opslog.services.calls import call_card
from opslog.services.calls.attendance import guests
from opslog.services.calls.call_files import books
from opslog.services.calls.queue import queue as call_queue
from opslog.services.calls.queue.queue import StillOpen
from opslog.tui.answers.sheet import AnswerSheet
from opslog.tui.calls import progress
from opslog.tui.calls.actions import NEED_A_CARD
from opslog.tui.calls.card import about
from opslog.tui.calls.card.card import CallCardView
from opslog.tui.calls.card.card_lines import outcome_items
from opslog.tui.calls.head import CallsFoot, CallsHead
from opslog.tui.calls.notes import Notes
from opslog.tui.calls.progress import Far
from opslog.tui.calls.queue import ranking
from opslog.tui.calls.queue.beside import ReadsBeside
from opslog.tui.calls.queue.cells import grouped
from opslog.tui.calls.queue.ranking import Counted, Ranked
from opslog.tui.calls.queue.rows import Key, key_of, no_rows
from opslog.tui.calls.queue.which import Which
from opslog.tui.calls.seen import Seen
from opslog.tui.frame.screen import Touched
from opslog.tui.widgets.lists.digit_grid import DigitGrid
from opslog.tui.widgets.lists.rows import Column
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.text import Line

TICK_SECONDS = 1
RECOUNT_SECONDS = 1.0  # without an outcome, until a long queue is counted anew
FEW = 20  # people who are looked at one by one
ROOMY = 30  # rows of the terminal from which groups stand apart
# Rows that bear on the queue; own files are rules, caps, words.
_IN_QUEUE = {"card", "decision", "round", "event", "person", "person_tag", "roster", "touch"}
_IN_QUEUE |= {"not_now", "own_file"}


class CallDesk(ReadsBeside):
    """The queue holds the focus; the card shows who is selected. CallsScreen adds the keys."""

    VERTICAL_BREAKPOINTS = [(0, "-low"), (34, "-tall")]

    def __init__(self) -> None:
        super().__init__()
        self._rows = no_rows()
        self._card: CallCard | None = None
        self._outcomes: Outcomes | None = None
        self._which = Which()
        self._notes = Notes()
        self._seen = Seen()
        self._lanes: dict[Key, str] = {}  # where the operator chose the other one
        self._began = datetime.min.replace(tzinfo=UTC)
        self._mine: CallCard | None = None  # a broadcast under way is our own outcome of this card
        self._call: tuple[Key, int] | None = None  # what is asked next in the call of that attempt
        self._back: Key | None = None  # whom the newest change has brought into the queue
        self._resting: Key | None = None  # where the cursor was left when nobody was to be called
        self._to_add: int | None = None  # on WeCom; None: not counted since something changed
        self._elsewhere: Mapping[str, int] = {}  # by lane, whom the chosen one leaves out
        self._left: list[LeftOut] = []
        self._old = 0  # call-backs that stand apart
        self._to_tell: list[PassOn] = []
        self._said: list[str] = []  # of what they said, nobody was told
        self._long = False  # too long to be ranked between two keys
        self._ranking = 0  # how many cards are being ranked, while only the first are shown
        self._whole: Which | None = None  # the long queue of which all is shown
        self._changed: set[int] = set()  # people whose lines changed since it was asked for
        self._far: dict[OfList, Far] = {}  # how far the calls of each purpose are

    def body(self) -> Iterable[Widget]:
        yield CallsHead()
        with Container(id="queue-and-card"):
            with Container(id="list"):
                yield WindowList([], id="queue")
                yield CallsFoot(self._below)
            with Container(id="sheet"):
                yield CallCardView()
                yield AnswerSheet()
                yield DigitGrid(N_("Outcome"), N_("a digit is saved at once and shows the next"))

    @property
    def queue(self) -> WindowList:
        return self.query_one("#queue", WindowList)

    @property
    def _zone(self) -> ZoneInfo:
        return self.book.clock.zone

    @property
    def _day(self) -> date:
        return self.book.today()

    def on_mount(self) -> None:
        self.queue.focus()
        self._notes.take_up(self.book)
        self._reload()
        self.set_interval(TICK_SECONDS, self._tick)
        self._recount = self.set_interval(RECOUNT_SECONDS, self._count_beside, pause=True)

    def half_typed(self) -> list[HalfTyped]:
        """A note counts once its outcome is given; one that was not outlives the window."""
        return self._notes.half_typed(self.book)

    def place(self) -> object:
        return self.queue.selected, self._began

    def go_to(self, place: Any) -> None:
        """Back to the card, its call still running."""
        selected, began = place
        if self.queue.select(selected):
            self._show_card()
            self._began = began

    def on_resize(self) -> None:
        if self._rows.air != (self.size.height >= ROOMY):
            self._rows.set_air(not self._rows.air)
        self._show_rows()

    @property
    def silent_keys(self) -> Collection[str]:
        return () if self._card is not None else NEED_A_CARD

    # -- the queue -------------------------------------------------------------------

    def refresh_rows(self, touched: Touched) -> None:
        self._back = None
        if {"answer", "told", "field", "field_value"} & touched.keys():
            self._said = about.said(self.host, self._which)
            self._show_card()
            self._show_foot()
        if touched and not _IN_QUEUE & set(touched):
            return
        if self._mine is not None:
            self._put(self._mine)
            return
        before = {key_of(entry) for entry in self._rows.lines[: self._rows.ready]}
        if self._long and touched and self._put_again(touched):
            return
        self._reload(unasked=not touched and not self.stale)  # nothing was under the finger
        ready = (key_of(entry) for entry in self._rows.lines[: self._rows.ready])
        self._back = next((key for key in ready if key not in before), None)

    def show_again(self, touched: Touched) -> None:
        """Back to whom undo or redo has brought back into the queue."""
        if self._back is not None:
            self.queue.select(self._back)

    def _put_again(self, touched: Touched) -> bool:
        """Look anew at the few people that undo or redo has touched; False where it was more."""
        if not set(touched) & _IN_QUEUE <= {"touch", "person", "not_now"}:
            return False
        if not 0 < len(people := touched.get("person", set())) <= FEW:
            return False
        for person_id in people:
            now = self._put_person(person_id)
            if now is not None and now.ready:
                self._back = key_of(now)
        self._show_rows()
        self._show_card()
        self.call_after_refresh(self._count)
        return True

    def _reload(self, *, unasked: bool = False) -> None:
        self._outcomes = books(self.book).outcomes
        size = self._which.size(self.book)
        self._long = size > call_queue.LONG
        self._changed.clear()
        if not self._long:
            self.stop_asking()
            self._take_ranked(ranking.ranked(self._which, self.book), unasked=unasked)
            return
        card = self._card
        if self._whole != self._which:
            self._whole, self._ranking = None, size
            self._take_ranked(ranking.first(self._which, self.book), unasked=unasked)
        elif card is not None:
            now = self._which.line_of(self.book, card.person_id, None)
            if now is None or not now.ready:
                self._put(card, unasked=True)
        self.ask_beside(partial(ranking.ranked_and_counted, self._which), self._take_whole)

    def _take_whole(self, ranked: Ranked) -> None:
        """Everybody is ranked; who was called meanwhile is put where they stand now."""
        self._whole, self._ranking = self._which, 0
        self._take_ranked(ranked, unasked=True)

    def _take_ranked(self, ranked: Ranked, *, unasked: bool) -> None:
        self._rows = grouped(self.book, ranked.lines, air=self.size.height >= ROOMY)
        for person_id in self._changed:
            self._put_person(person_id)
        self._elsewhere, self._left = ranked.elsewhere, ranked.left
        self._said = about.said(self.host, self._which)
        self._to_tell = guests.pass_on(self.book, self._which.event_id)
        self._far = dict(ranked.far)
        self._to_add, self._old = ranked.to_add, ranked.old
        self._resting = None
        self._show_rows()
        self._show_card(unasked=unasked)

    def _left_now(self) -> list[LeftOut]:
        return self._which.left_out_now(self.book, self._rows.lines)

    def _put_person(self, person_id: int, call: int | None = None) -> QueueLine | None:
        """Take somebody's line out, or put it where it waits; that line."""
        now = self._which.line_of(self.book, person_id, call)
        self._rows.take_out(person_id)
        if now is not None:
            self._rows.put(now)
        return now

    def _put(self, card: CallCard, *, unasked: bool = False) -> None:
        """Only this person's line has changed. What the same call is for, too, is asked next."""
        place = self._rows.place(card_key(card))
        self._changed.add(card.person_id)
        now = self._put_person(card.person_id, self._call[1] if self._call else None)
        self._far_on(card, now)
        following = self._rows.following(place or 0)
        if self._call is not None and now is not None and now.ready:
            following = key_of(now)
            self._call = following, self._call[1]
        else:
            self._call = None
        self._fill(following)
        self._resting = None
        if following is None and self.queue.selected is not None:
            self._rest()
        else:
            self._show_card(count=False, unasked=unasked)
        # After all that is to be drawn: a message to the screen before it would have the screen
        # draw what was ready by then, and the card a frame later.
        self.call_after_refresh(self._count)

    def _count(self) -> None:
        """What the eye does not need together with the next card."""
        self._to_tell = guests.pass_on(self.book, self._which.event_id)
        if not self._long:
            self._far.clear()
        elif self._asked is None:
            self._recount.reset()
            self._recount.resume()
        self._show_foot()
        self._show_about()

    def _count_beside(self) -> None:
        """Of a long queue, once no outcome comes any more."""
        self._recount.pause()
        if self._asked is None and self._long:
            firsts = {g.first.of_list: g.first for g in self._rows.groups}
            self.ask_beside(
                partial(ranking.counted, firsts.values(), self._left), self._take_counted
            )

    def _take_counted(self, far: Counted) -> None:
        self._far |= far
        self._show_about()

    def _rest(self) -> None:
        """Nobody is to be called now; the cursor stands on somebody whose time comes later."""
        selected = self.queue.selected
        self._resting = selected if isinstance(selected, tuple) else None
        self._card = None
        self.refresh_bindings()
        self.query_one(CallCardView).show_nobody(about.nobody_else)
        self.query_one(DigitGrid).show([])
        self._show_about()

    def _show_rows(self) -> None:
        self._fill()
        self.call_after_refresh(self._show_foot)

    def _far_on(self, card: CallCard, now: QueueLine | None) -> None:
        """After an outcome, how many are left of its list; the rest is counted anew behind it."""
        far = self._far.get(card.of_list)
        if far is None or far.open is None:
            return
        whole = now
        if not (self._which.later or _is_for(now, card)):
            whole = replace(self._which, later=True).line_of(self.book, card.person_id, None)
        if not _is_for(whole, card):
            still = far.open._replace(people=far.open.people - 1)
            self._far[card.of_list] = replace(far, open=still)

    def _fill(self, select: Key | None = None) -> None:
        self.queue.columns = [Column()]
        self.queue.empty = (
            about.nobody_yet()
            if self._ranking
            else about.nobody(self.host, self._which, self._elsewhere, self._old)
        )
        self.queue.set_source(self._rows, select=select)

    # -- the card ----------------------------------------------------------------------

    @property
    def _selected(self) -> QueueLine | None:
        return self._rows.get(self.queue.selected)

    @on(WindowList.Selected, "#queue")
    def _moved(self) -> None:
        entry = self._selected
        if entry is None or (self._resting is not None and key_of(entry) == self._resting):
            return
        if self._card is None or key_of(entry) != card_key(self._card):
            self._show_card()

    def _show_card(self, *, count: bool = True, unasked: bool = False) -> None:
        """Draw who is selected; ``count`` False: of the head only how many are left. ``unasked``:
        another window may have moved the card on."""
        entry, before = self._selected, self._card
        self._resting = None
        if (entry is None) != (before is None):
            self.call_after_refresh(self.refresh_bindings)  # other keys are worth offering
        if entry is None:
            self._card = None
            self.query_one(AnswerSheet).about(None)
            self.query_one(CallCardView).show_nobody(self.beside_empty)
            self.query_one(DigitGrid).show([])
            self._show_about()
            return
        key = key_of(entry)
        if self._call is not None and self._call[0] != key:
            self._call = None
        self._card = call_card.card(self.book, *key, self._lanes.get(key, entry.lane))
        if before is None or card_key(before) != key:
            self._began = self.book.now()
            self._seen.drawing(unasked=unasked)
        self._draw()
        if count:
            self.call_after_refresh(self._show_about)
        elif before is not None and before.of_list == self._card.of_list:
            of_list, rows = self._card.of_list, self._rows
            far = self._far.get(of_list)
            left = (far.open if far else None) or StillOpen(rows.left[of_list], 0)
            others = about.others(self._which, rows, rows.left[of_list])
            self.query_one(CallsHead).move_on(left, others, rows.later)

    def _draw(self) -> None:
        card = self._card
        if card is None or self._outcomes is None:
            return
        note = self._notes.get(card_key(card), "")
        asked = self.query_one(AnswerSheet).about(about.questions(card))
        clock = self._clock_text()
        same = self._call is not None and self._call[0] == card_key(card)
        view = about.view(
            self.host, card, self._rows, self._outcomes, note, clock, asked, same_call=same
        )
        self.query_one(CallCardView).show(view)
        self.query_one(DigitGrid).show(outcome_items(view))

    def _show_about(self) -> None:
        """How far the calls for this purpose of this event are, how fast they go, who is left."""
        self._seen.stands()
        card = self._card
        far = self._how_far(card) if card is not None else Far()
        lane = about.lane(self.host, self._which, self._rows.ready, self._elsewhere, self._ranking)
        if self._to_add is None and not self._long:
            self._to_add = self._which.to_add(self.book)
        not_called = left_out.people(self._left)
        self.query_one(CallsHead).show(
            about.head(
                *(self.host, self._which, card, self._rows, far, not_called),
                *(lane, self._to_add or 0, 0 if self.query_one(CallsFoot).display else self._old),
            )
        )

    def _how_far(self, card: CallCard) -> Far:
        """Counted over the whole list, so only once until something changes."""
        if card.purpose == ADD:  # of no list: nobody is left
            return Far()
        key = card.of_list
        if key not in self._far:
            if self._long:  # it is being counted
                return Far()
            self._far[key] = progress.far(self.book, card, self._left)
        return self._far[key]

    def _show_foot(self) -> None:
        self.query_one(CallsFoot).rebuild()

    def _below(self, cells: int) -> list[Line]:
        room = self.query_one("#list").size.height
        others = (self._old, self._left, self._to_tell, self._said)
        return about.below(self.host, self._rows, room, *others, cells)

    # -- the clock of the call -------------------------------------------------------------

    def _tick(self) -> None:
        if not self.is_current:
            return
        self.query_one(CallCardView).tick(self._clock_text())
        now = self.book.now()
        if self._rows.any_due(now):
            self._reload()

    def _seconds(self) -> int:
        return max(int((self.book.now() - self._began).total_seconds()), 0)

    def _clock_text(self) -> str:
        minutes, seconds = divmod(self._seconds(), 60)
        return f"{minutes}:{seconds:02}"


def _is_for(entry: QueueLine | None, card: CallCard) -> bool:
    """Whether somebody still waits for what a card was about."""
    parts = entry.parts if entry else ()
    return any(part.of_list == card.of_list for part in parts)


def card_key(card: CallCard) -> Key:
    return card.card_id, card.purpose
