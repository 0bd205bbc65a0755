"""What every screen of opslog has: bars, the broadcast, going back."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from opslog.locale import N_, _
from opslog.tui.frame.actions import OF_A_ROW
from opslog.tui.frame.bars.bars import KeyBar, RingLine, StatusBar, TopBar
from opslog.tui.frame.bars.top_line import everywhere
from opslog.tui.widgets.actions import BACK, REGISTRY, bind
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.pane import WIDE
from opslog.tui.widgets.refusals import SaysRefusals
from opslog.tui.widgets.text import Line

if TYPE_CHECKING:
    from opslog.services.book.book import Book
    from opslog.tui.widgets.host import Host

Result = TypeVar("Result")
Touched = Mapping[str, set[int]]


class Base(SaysRefusals, Generic[Result], Screen[Result]):
    """A full screen. Subclasses give ``body()``, and redraw in place in ``refresh_rows``."""

    ROW_KEYS: ClassVar[frozenset[str]] = OF_A_ROW  # actions that need a row of the list
    IDLE = N_("Nothing is selected here: the list is empty")  # said where there is none
    ALSO_SHOWN: ClassVar[tuple[str, ...]] = ()  # what works anywhere, and is of most use here
    HELP: ClassVar[str] = ""  # message id: two or three sentences for F1
    BINDINGS = bind(*BACK)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]

    stale = False  # changes came while another screen was in front
    came_from = ""  # the mode this was opened from, to go back to

    @property
    def host(self) -> Host:
        """The app, as far as screens know it."""
        return cast("Host", self.app)

    @property
    def book(self) -> Book:
        return self.host.book

    def compose(self) -> ComposeResult:
        yield TopBar()
        yield RingLine()
        yield from self.body()
        yield StatusBar()
        yield KeyBar()

    def body(self) -> Iterable[Widget]:
        """The widgets between the bars."""
        return ()

    def refresh_rows(self, touched: Touched) -> None:
        """Draw anew what these rows show. An empty mapping: anything may have changed."""

    def keys_of(self, table: str, id: int) -> Hashable | None:
        """The key of the row that shows this row of the file; None where none does."""
        return None

    def beside_empty(self, cells: int) -> list[Line]:
        """What stands beside a list that holds nothing: what the screen is for, and its keys."""
        if any(rows.count for rows in self.query(WindowList)):
            return []
        shown = [str(binding.id) for _key, binding in self._bindings if binding.id in REGISTRY]
        own = [id for id in dict.fromkeys(shown) if id not in (*self.silent_keys, "back")]
        return everywhere(_(self.HELP), self.host.key_text, cells, own)

    def show_again(self, touched: Touched) -> None:
        """Put the cursor on what undo or redo has brought back."""
        rows = next(iter(self.query(WindowList)), None)
        found = [(table, min(ids)) for table, ids in touched.items() if ids]
        for key in (self.keys_of(table, id) for table, id in found):
            if rows is not None and key is not None and rows.select(key):
                return

    @property
    def busy(self) -> bool:
        """Whether long work is under way that leaving would stop."""
        return False

    @property
    def idle_keys(self) -> Collection[str]:
        """Ids of actions that have nothing to be done with just now: ``IDLE`` is said instead."""
        rows = self.focused
        if isinstance(rows, Input):  # what narrows the list
            rows = next(iter(self.query(WindowList)), None)
        empty = isinstance(rows, WindowList) and not rows.count
        return self.ROW_KEYS if empty else ()

    def is_idle(self, action: object) -> bool:
        """Whether a key bound to ``action`` has nothing to be done with."""
        idle = self.idle_keys
        return bool(idle) and any(
            active.binding.action == action and active.binding.id in idle
            for active in self.active_bindings.values()
        )

    @property
    def silent_keys(self) -> Collection[str]:
        """Ids of actions that mean nothing just now: the footer leaves them out."""
        return self.idle_keys

    def anew(self) -> AnyBase | None:
        """The same screen once more, to speak another language; None where that would lose
        something.
        """
        return None

    def place(self) -> object:
        """Where the operator is on this screen, for ``go_to`` of one made anew."""
        return [(rows.selected, set(rows.marked)) for rows in self.query(WindowList)]

    def go_to(self, place: Any) -> None:
        """Put cursors and marks where they were."""
        for rows, (selected, marked) in zip(self.query(WindowList), place, strict=False):
            rows.marked = marked
            rows.select(selected)

    def say(self, text: str, look: str = "muted") -> None:
        """Put a sentence into the status line; it goes with the next key."""
        bar = self.query_one(StatusBar)
        bar.say(text, look)
        self.host.passing = bar

    def come_to(self) -> None:
        """Gone to by its own key: back leads to its own list."""
        self.came_from = ""

    def on_screen_resume(self) -> None:
        self.query_one(TopBar).refresh()
        self.query_one(RingLine).show()
        bar = self.query_one(StatusBar)
        bar.refresh()
        if self.host.newest is not bar:
            bar.forget_offer()
        if self.stale:
            self.refresh_rows({})
            self.stale = False

    def action_back(self) -> None:
        """Close this screen, unless it is one of the main ones; back to where it was opened."""
        before, self.came_from = self.came_from, ""
        if len(self.app.screen_stack) > 1:
            self.dismiss()
        if before:
            self.app.call_later(self.app.switch_mode, before)


AnyBase = Base[Any]
