"""The queue and the card of the Calls screen, and how they follow what happens."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from textual import on
from textual.containers import Container
from textual.widget import Widget

from opslog.domain.calls import left_out
from opslog.domain.calls.left_out import LeftOut
from opslog.domain.calls.outcomes import PHONE, Outcomes, purpose_title
from opslog.domain.calls.queue import CallCard, PassOn, QueueLine
from opslog.domain.dates.wording import short_moment
from opslog.locale import N_, _, msg
from opslog.services.book import drafts
from opslog.services.book.drafts import Draft, Place
from opslog.services.calls import guests
from opslog.services.calls import queue as call_queue
from opslog.services.calls.call_files import books
from opslog.services.cards import cards
from opslog.tui.answers.sheet import About, AnswerSheet
from opslog.tui.calls import progress, queue_cells
from opslog.tui.calls.actions import NEED_A_CARD
from opslog.tui.calls.card import CallCardView
from opslog.tui.calls.card_lines import View, outcome_items
from opslog.tui.calls.head import CallsFoot, CallsHead, Head, foot
from opslog.tui.calls.progress import Far
from opslog.tui.calls.queue_rows import (
    PROMISED,
    TRIED,
    Group,
    Key,
    QueueRows,
    key_of,
)
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.people.happened import before, sign
from opslog.tui.widgets.digit_grid import DigitGrid
from opslog.tui.widgets.rows import Cell, Column, Ends
from opslog.tui.widgets.text import Line, capital, line
from opslog.tui.widgets.window_list import WindowList

TICK_SECONDS = 1
ROOMY = 30  # rows of the terminal from which groups stand apart
HAPPENED = 6  # of what there was with somebody before
BESIDE_THE_NUMBER = (
    ("calls.qr", "c", N_("QR code")),
    ("item.copy", "y", N_("Copy")),
    ("item.wecom", "w", N_("WeCom")),
)
_IN_QUEUE = {"card", "decision", "round", "event", "person", "person_tag", "roster", "touch"}


class CallDesk(Base[None]):
    """The queue holds the focus; the card shows who is selected. CallsScreen adds the keys."""

    VERTICAL_BREAKPOINTS = [(0, "-low"), (34, "-tall")]

    def __init__(self) -> None:
        super().__init__()
        self._rows = QueueRows((), self._cells, self._title)
        self._card: CallCard | None = None
        self._outcomes: Outcomes | None = None
        self._purpose: str | None = None
        self._event_id: int | None = None
        self._later = False
        self._notes: dict[Key, str] = {}
        self._kept: dict[Key, Draft] = {}  # notes that an earlier window left
        self._lanes: dict[Key, str] = {}  # where the operator chose the other one
        self._began = datetime.min.replace(tzinfo=UTC)
        self._mine: CallCard | None = None  # a broadcast under way is our own outcome of this card
        self._call: tuple[Key, int] | None = None  # what is asked next in the call of that attempt
        self._back: Key | None = None  # whom the newest change has brought into the queue
        self._resting: Key | None = None  # where the cursor was left when nobody was to be called
        self._left: list[LeftOut] = []
        self._to_tell: list[PassOn] = []
        self._far: dict[tuple[int, str], Far] = {}  # how far the calls of each purpose are

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
        self._take_up_notes()
        self._reload()
        self.set_interval(TICK_SECONDS, self._tick)

    # -- notes that wait for their outcome -------------------------------------------------

    def _take_up_notes(self) -> None:
        for draft in drafts.waiting(self.book):
            place = draft.place
            if (place.action, place.kind) != ("note", "promise"):
                continue
            lines = call_queue.queue(self.book, later=True)
            parts = (part for one in lines for part in one.parts)
            entry = next((one for one in parts if one.card_id == place.ref), None)
            if entry is not None:
                self._kept[key_of(entry)] = draft
                self._notes.setdefault(key_of(entry), draft.text)

    def keep_typed(self) -> bool:
        """A note counts once its outcome is given; one that was not outlives the window."""
        kept = True
        for key, note in self._notes.items():
            if not note:
                continue
            card = call_queue.card(self.book, *key, PHONE)
            place = Place("note", "promise", card.card_id, card.person_id)
            title = msg(N_("Note on the call with {person}"), person=card.person)
            kept &= drafts.keep(self.book, place, title, {"": note}, self._kept.get(key))
        return kept

    def _forget_note(self, key: Key) -> None:
        if draft := self._kept.pop(key, None):
            drafts.drop(self.book, draft)

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
            self._rows = self._grouped(self._rows.lines)
        self._show_rows()

    @property
    def silent_keys(self) -> Collection[str]:
        return () if self._card is not None else NEED_A_CARD

    # -- the queue -------------------------------------------------------------------

    def refresh_rows(self, touched: Touched) -> None:
        self._back = None
        if "answer" in touched:
            self._show_card()
        if touched and not _IN_QUEUE & set(touched):
            return
        if self._mine is not None:
            self._put(self._mine)
            return
        before = {key_of(entry) for entry in self._rows.lines[: self._rows.ready]}
        self._reload()
        ready = (key_of(entry) for entry in self._rows.lines[: self._rows.ready])
        self._back = next((key for key in ready if key not in before), None)

    def show_again(self, touched: Touched) -> None:
        """Back to whom undo or redo has brought back into the queue."""
        if self._back is not None:
            self.queue.select(self._back)

    def _reload(self) -> None:
        self._outcomes = books(self.book).outcomes
        lines, held = call_queue.with_held(
            self.book, self._purpose, self._event_id, later=self._later
        )
        self._rows = self._grouped(lines)
        self._left = self._not_called(held)
        self._to_tell = guests.pass_on(self.book, self._event_id)
        self._far.clear()
        self._resting = None
        self._show_rows()
        self._show_card()

    def _not_called(self, held: Iterable[LeftOut]) -> list[LeftOut]:
        lines = self._rows.lines
        return [
            *call_queue.not_called(self.book, lines, self._purpose, self._event_id),
            *held,
        ]

    def _left_now(self) -> list[LeftOut]:
        return self._not_called(
            call_queue.with_held(self.book, self._purpose, self._event_id, later=False)[1]
        )

    def _put(self, card: CallCard) -> None:
        """Only this person's line has changed: take it out, or put it where it waits. What the
        same call is for, too, is asked next."""
        place = self._rows.place(card_key(card))
        lines = [e for e in self._rows.lines if e.person_id != card.person_id]
        now = call_queue.line(
            *(self.book, card.person_id, self._purpose, self._event_id),
            later=self._later,
            call=self._call[1] if self._call is not None else None,
        )
        if now is not None:
            at = (e.ready < now.ready or (not e.ready and e.due > now.due) for e in lines)
            lines.insert(next((n for n, after in enumerate(at) if after), len(lines)), now)
        self._rows = self._grouped(lines)
        self._to_tell = guests.pass_on(self.book, self._event_id)
        self._far.clear()
        following = self._rows.following(place or 0)
        if self._call is not None and now is not None and now.ready:
            following = key_of(now)
            self._call = following, self._call[1]
        self._show_rows(following)
        self._resting = None
        if following is None and self.queue.selected is not None:
            self._rest()
        else:
            self._show_card()

    def _rest(self) -> None:
        """Nobody is to be called now; the cursor stands on somebody whose time comes later."""
        selected = self.queue.selected
        self._resting = selected if isinstance(selected, tuple) else None
        self._card = None
        self.refresh_bindings()
        said = [
            line((_("Nobody else is to be called now."), "strong")),
            (),
            line(("space", "key"), "  ", _("call the selected person all the same")),
        ]
        self.query_one(CallCardView).show_nobody(lambda _cells: said)
        self.query_one(DigitGrid).show([])
        self._show_about()

    def _show_rows(self, select: Key | None = None) -> None:
        self.queue.columns = [Column()]
        self.queue.empty = self._empty()
        self.queue.set_source(self._rows, select=select)
        self.call_after_refresh(self._show_foot)

    def _grouped(self, lines: Iterable[QueueLine]) -> QueueRows:
        return QueueRows(lines, self._cells, self._title, air=self.size.height >= ROOMY)

    def _cells(self, entry: QueueLine) -> tuple[Cell, ...]:
        return (partial(queue_cells.cell, self.book, entry),)

    def _title(self, group: Group) -> Ends:
        several = len({event for event, _purpose in self._rows.left}) > 1
        return queue_cells.title(self.book, group, several=several)

    def _empty(self) -> list[Line]:
        lines = [line((_("Nobody is to be called now."), "strong"))]
        if self._purpose is not None or self._event_id is not None:
            lines.append(line(("/", "key"), "  ", _("show all purposes and events again")))
        if not self._later:
            lines.append(line(("o", "key"), "  ", _("show those whose time comes later")))
        lines.append(line(("F5", "key"), " ", _("tidy a list: that opens its first call-back")))
        return lines

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

    def _show_card(self) -> None:
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
        self._card = call_queue.card(self.book, *key, self._lanes.get(key, entry.lane))
        if before is None or card_key(before) != key:
            self._began = self.book.now()
        self._draw()
        self.call_after_refresh(self._show_about)

    def _draw(self) -> None:
        card = self._card
        if card is None or self._outcomes is None:
            return
        happened = [
            (sign(moment)[0], moment)
            for moment in cards.timeline(self.book, card.person_id)
            if before(moment, card.event_id)
        ]
        view = View(
            card,
            self._rows.get(card_key(card)),
            (self._rows.place(card_key(card)) or 0) + 1,
            self._outcomes,
            self._notes.get(card_key(card), ""),
            self._clock_text(),
            self._zone,
            self.book.now(),
            [self._key_line(*key) for key in BESIDE_THE_NUMBER],
            happened[:HAPPENED],
            self.query_one(AnswerSheet).about(
                About(card.talk.questions, card.person_id, card.event_id)
            ),
            self.host.key_text("item.edit", "e"),
        )
        self.query_one(CallCardView).show(view)
        self.query_one(DigitGrid).show(outcome_items(view))

    def _key_line(self, id: str, default: str, what: str) -> Line:
        return line((self.host.key_text(id, default), "key"), " ", (_(what), "muted"))

    def _show_about(self) -> None:
        """How far the calls for this purpose of this event are, how fast they go, who is left."""
        card, rows = self._card, self._rows
        far = self._how_far(card) if card is not None else Far()
        of_this = 0 if card is None else rows.left[card.event_id, card.purpose]
        event, (an_hour, done) = "", progress.pace(self.book, rows.ready)
        if card is not None:
            event = f"{card.event} · {short_moment(card.event_at, self._zone, self._day)}"
        self.query_one(CallsHead).show(
            Head(
                purpose=capital(str(purpose_title(card.purpose))) if card else "",
                event=event,
                left=of_this,
                others=len(rows.lines) - of_this if card else 0,
                later=rows.later,
                shares=far.shares,
                forecast=far.forecast,
                target=far.target,
                came=far.came,
                pace=an_hour,
                done=done,
                hours=progress.hours(self.book),
                not_called=left_out.people(self._left),
                why_key=self.host.key_text("calls.left_out", "h"),
                forecast_key=self.host.key_text("calls.forecast", "W"),
            )
        )

    def _how_far(self, card: CallCard) -> Far:
        """Counted over the whole list, so only once until something changes."""
        key = card.event_id, card.purpose
        if key not in self._far:
            self._far[key] = progress.far(self.book, *key, self._left)
        return self._far[key]

    def _show_foot(self) -> None:
        self.query_one(CallsFoot).rebuild()

    def _below(self, cells: int) -> list[Line]:
        """What is not on screen: promised times and second tries below a long queue; who is not
        called, and who is to be told of."""
        rows = self._rows
        hidden = rows.count() > self.query_one("#list").size.height // 2

        def timed(kind: str) -> list[tuple[str, QueueLine]]:
            entries = rows.group(kind) if hidden else ()
            return [(str(call_queue.moment(self.book, e.due)), e) for e in entries]

        keys = (
            self.host.key_text("calls.left_out", "h"),
            self.host.key_text("calls.pass_on", "P"),
        )
        return foot(timed(PROMISED), timed(TRIED), self._left, self._to_tell, keys, cells)

    # -- the clock of the call -------------------------------------------------------------

    def _tick(self) -> None:
        if not self.is_current:
            return
        self.query_one(CallCardView).tick(self._clock_text())
        now = self.book.now()
        if any(e.due <= now for e in self._rows.lines[self._rows.ready :]):
            self._reload()

    def _seconds(self) -> int:
        return max(int((self.book.now() - self._began).total_seconds()), 0)

    def _clock_text(self) -> str:
        minutes, seconds = divmod(self._seconds(), 60)
        return f"{minutes}:{seconds:02}"


def card_key(card: CallCard) -> Key:
    return card.card_id, card.purpose
