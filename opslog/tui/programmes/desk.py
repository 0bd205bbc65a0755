"""Today's messages on screen: the list of the day beside the card of who is selected."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from textual import on
from textual.containers import Container
from textual.widget import Widget

from opslog.domain.base.refusal import Refused
from opslog.domain.people.naming.pinyin import name_words
from opslog.domain.programmes.queue import Day, MessageCard, MessageLine
from opslog.locale import _, ngettext
from opslog.services.book.book import Change
from opslog.services.cards import cards
from opslog.services.programmes import queue
from opslog.tui.calls.queue.beside import ReadsBeside
from opslog.tui.calls.seen import Seen
from opslog.tui.frame.screen import Touched
from opslog.tui.programmes import about
from opslog.tui.programmes.card_lines import View, card_lines
from opslog.tui.programmes.head import MessagesHead
from opslog.tui.programmes.rows import MORE, TO, Room, order, rows
from opslog.tui.widgets.actions import REGISTRY
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.lists.rows import Column, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.pane import EDGE, WIDE, inside
from opslog.tui.widgets.text import Line, in_hand

FIRST = 60  # of a group that are read at a key; the rest beside the keys
ALL = 1_000_000
ROOMY = 34  # rows of the terminal from which groups stand apart
NOW, LATER = 6, 2  # people of a group that stand there until it is unfolded
TICK_SECONDS = 20  # how often to look whether an hour has come
HAPPENED = 12  # of what there was with somebody
# Tables that what stands here is read from.
_SHOWN = {
    "enrolment",
    "sending",
    "content",
    "touch",
    "person",
    "own_file",
    "suppressed",
    "handover",
}
_SHOWN |= {"handover_state", "not_now", "person_tag"}
KEYS_ON_CARD = ("item.edit", *(f"messages.{id}" for id in (
    "send", "sent", "skip", "replied", "other_piece", "together", "operator",
)))  # fmt: skip


class MessageCardView(LinesView):
    """Draws what it is told for its size; a number on it is the one in hand."""

    def __init__(self, desk: MessagesDesk) -> None:
        super().__init__(id="card")
        self._desk = desk

    def build(self, cells: int) -> list[Line]:
        return self._desk.told_beside(cells, self.content_size.height)


class MessagesDesk(ReadsBeside):
    """The list holds the focus; the card shows who is selected. MessagesScreen adds the keys."""

    CSS_PATH = "messages.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (ROOMY, "-tall")]

    def __init__(self, select: int = 0) -> None:
        """``select``: the enrolment to begin with."""
        super().__init__()
        self._select = select
        self._day: Day | None = None
        self._card: MessageCard | None = None
        self._unfolded: set[str] = set()
        self._find = ""
        self._seen = Seen()
        self._mine: Hashable | None = None  # who is next, while a change of one's own is told
        self._is_mine = False

    def body(self) -> Iterable[Widget]:
        yield MessagesHead()
        with Container(id="queue-and-card"):
            yield WindowList([Column()], id="queue")
            yield MessageCardView(self)

    @property
    def queue(self) -> WindowList:
        return self.query_one("#queue", WindowList)

    def on_mount(self) -> None:
        self.queue.focus()
        self.reload(select=(TO, self._select) if self._select else None)
        self.set_interval(TICK_SECONDS, self._tick)

    def _tick(self) -> None:
        """Another hour's people come first once it has begun."""
        if self.is_current:
            self.reload(unasked=True)

    def on_resize(self) -> None:
        self._show_rows()
        self.call_after_refresh(self._show_rows)  # how many there is room for is known then

    # -- the day ---------------------------------------------------------------------------

    def refresh_rows(self, touched: Touched) -> None:
        if touched and not _SHOWN & touched.keys():
            return
        self.reload(select=self._mine, unasked=not self._is_mine and not self.stale)

    def reload(self, *, select: Hashable | None = None, unasked: bool = False) -> None:
        """Read the day. What takes longer than a key may is read beside the keys, and who was
        written to is taken out meanwhile."""
        day = queue.day(self.book, first=FIRST)
        whole = self._find or any(slot.code in self._unfolded for slot in day.slots)
        if whole and any(slot.number > len(slot.lines) for slot in day.slots):
            if self._day is None:
                self._day = day
            self.ask_beside(partial(queue.day, first=ALL), partial(self._take, unasked))
        else:
            self.stop_asking()
            self._day = day
        self._show_rows(select=select, unasked=unasked)

    def _take(self, unasked: bool, day: Day) -> None:
        """All of a long day is read."""
        self._day = day
        self._show_rows(unasked=unasked)

    def take_out(self, ids: Collection[int]) -> None:
        """Who has just been dealt with goes at once, however long the day is."""
        if self._day is None:
            return
        slots = []
        for slot in self._day.slots:
            lines = tuple(one for one in slot.lines if one.enrolment_id not in ids)
            number = slot.number - len(slot.lines) + len(lines)
            if number:
                slots.append(replace(slot, lines=lines, number=number))
        self._day = replace(self._day, slots=tuple(slots))

    def after(self, ids: Collection[int], change: Change, said: str = "") -> None:
        """Tell of a change of one's own to these; the next one shows."""
        keys = order(self._shown_day())
        gone = {(TO, id) for id in ids}
        at = next((at for at, key in enumerate(keys) if key == self.queue.selected), 0)
        behind = [*keys[at:], *reversed(keys[:at])]
        self._mine, self._is_mine = next((key for key in behind if key not in gone), None), True
        self.take_out(ids)
        self.queue.marked -= gone
        try:
            self.host.announce(change, said=said)
        finally:
            self._mine, self._is_mine = None, False

    def done(self, ids: Collection[int], verb: Callable[[], Change], said: str = "") -> None:
        """As ``after``, where a question was answered."""
        try:
            change = verb()
        except Refused as refusal:
            self.host.refuse(refusal)
        else:
            self.after(ids, change, said)

    def _shown_day(self) -> Day:
        """The day, of those who fit what was typed to find them."""
        assert self._day is not None
        if not self._find:
            return self._day
        slots = []
        for slot in self._day.slots:
            lines = tuple(one for one in slot.lines if fits(one, self._find))
            if lines:
                slots.append(replace(slot, lines=lines, number=len(lines)))
        return replace(self._day, slots=tuple(slots))

    def _rows(self, day: Day) -> list[Row]:
        """Where groups stand apart, as many of each as there is room for."""
        tall = self.size.height >= ROOMY
        room = Room((None, None), self._unfolded, tall, self.host.key_text)
        clock = self.book.clock
        if not tall or self.size.width < WIDE:
            return rows(day, room, clock)
        height = self.queue.size.height
        found = rows(day, room._replace(folds=(NOW, LATER)), clock)
        for more in range(1, height):
            if not any(row.key[0] == MORE for row in found if isinstance(row.key, tuple)):
                break
            larger = rows(day, room._replace(folds=(NOW + more, LATER + more)), clock)
            if len(larger) > height:
                break
            found = larger
        return found

    def _show_rows(self, *, select: Hashable | None = None, unasked: bool = False) -> None:
        if self._day is None or not self.size.height:
            return
        day = self._shown_day()
        self.queue.empty = about.nobody(self.host, day, self._find)
        self.queue.set_rows(self._rows(day), select=select)
        calls_key = self.host.key_text("go.calls", "f6")
        self.query_one(MessagesHead).show(self._day, self._find, calls_key)
        self.show_card(unasked=unasked)

    # -- the card --------------------------------------------------------------------------

    @property
    def selected(self) -> tuple[str, Any]:
        """What kind of row the cursor is on, and its number."""
        key = self.queue.selected
        return key if isinstance(key, tuple) else ("", None)

    def line(self, enrolment_id: int) -> MessageLine | None:
        assert self._day is not None
        every = (one for slot in self._day.slots for one in slot.lines)
        return next((one for one in every if one.enrolment_id == enrolment_id), None)

    @on(WindowList.Selected, "#queue")
    def _moved(self) -> None:
        kind, ref = self.selected
        now = self._card.line.enrolment_id if self._card else None
        if (ref if kind == TO else None) != now:
            self.show_card()
        elif kind != TO:
            self.query_one(MessageCardView).rebuild()

    def show_card(self, *, unasked: bool = False) -> None:
        """Draw who is selected; ``unasked``: another window may have moved the card on."""
        before, (kind, ref) = self._card, self.selected
        self._card = queue.card(self.book, ref) if kind == TO else None
        if (self._card is None) != (before is None):
            self.call_after_refresh(self.refresh_bindings)
        if self._card and (before is None or before.line.enrolment_id != ref):
            self._seen.drawing(unasked=unasked and before is not None)
        self.query_one(MessageCardView).rebuild()
        self.call_after_refresh(self._seen.stands)

    def told_beside(self, cells: int, height: int) -> list[Line]:
        """The card, or what the row under the cursor says in full."""
        if self._day is None:
            return []
        if self._card is None:
            told = about.row(self.host, self._day, *self.selected, cells - 2 * EDGE)
            return inside(told or self.beside_empty(cells - 2 * EDGE))
        card = self._card
        keys = {id: self.host.key_text(id, REGISTRY[id].keys) for id in KEYS_ON_CARD}
        happened = cards.timeline(self.book, card.line.person_id)[:HAPPENED]
        zone, today = self.book.clock.zone, self.book.today()
        with in_hand(card.phone):
            view = View(card, self.alike(card.line), happened, zone, today, keys, height)
            return card_lines(view, cells)

    def alike(self, entry: MessageLine) -> str:
        """How many others of the day get the same words; of a long day that is not read whole, at
        least how many. '' nobody."""
        assert self._day is not None
        others = len(self.of_text(entry)) - 1
        if others < 1:
            return ""
        whole = all(slot.number == len(slot.lines) for slot in self._day.slots)
        if not whole:
            return _("at least {n} others get the same words").format(n=f"{others:,}")
        same = ngettext("{n} more gets the same words", "{n} more get the same words", others)
        return same.format(n=f"{others:,}")

    def of_text(self, entry: MessageLine) -> Sequence[MessageLine]:
        """All of the day who get the same words as this one."""
        assert self._day is not None
        every = (one for slot in self._day.slots for one in slot.lines)
        return [one for one in every if one.text_key == entry.text_key]


def fits(entry: MessageLine, typed: str) -> bool:
    """By a name, its pinyin, a title or a company."""
    text = typed.casefold()
    named = f"{entry.person} {entry.title} {entry.company}".casefold()
    return text in named or any(w.startswith(text) for w in name_words(entry.person).split())
