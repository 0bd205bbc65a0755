"""The app: modes, the broadcast of changes, and what works from anywhere."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, ClassVar, TypeVar

from textual import events, on, work
from textual.binding import Binding
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input

from opslog.domain.base.refusal import Damaged, Refused, Replaced
from opslog.domain.today.priority import Ranked
from opslog.locale import N_, Msg, _, msg, nmsg
from opslog.services.book import own_files, own_kinds
from opslog.services.book.book import Book, Change
from opslog.tui.frame import (
    copying,
    half_written,
    keymap,
    long_changes,
    lost_file,
)
from opslog.tui.frame.actions import ALWAYS_SHOWN, GLOBAL
from opslog.tui.frame.bars.bars import StatusBar
from opslog.tui.frame.leaving import Ended, Leaving
from opslog.tui.frame.navigation import (
    MAIN,
    SCREENS,
    main_screen,
    open_screen,
    screen_class,
)
from opslog.tui.frame.ringing import Rings
from opslog.tui.frame.screen import Base
from opslog.tui.terminal import endings, plain_terminal
from opslog.tui.terminal.first_look import Held
from opslog.tui.terminal.key_queue import KeyHandled, KeyQueue
from opslog.tui.terminal.keys import fold
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.asking.text_input import takes_text
from opslog.tui.widgets.asking.typed import Typed
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.refusals import SaysRefusals
from opslog.tui.widgets.text import clean, line

T = TypeVar("T")
FILE_SECONDS = 0.4  # a key waits no longer than this for another program that writes
POLL_SECONDS = 0.5  # a change from another process shows within a second
MOST_BACKS = 6  # to a main screen: Esc may first take off what narrows a list
MOST_LEFT = 4  # reasons why some of many were left as they were
# New objects before garbage is looked for: at the usual 700 it is at nearly every key, and a look
# through everything, which takes as long as two, every few seconds that a key is held down.
COLLECT = (20_000, 20, 50)
REFUSAL_SECONDS = 1.5  # a refusal stands at least so long, whatever is typed


class OpslogApp(SaysRefusals, Rings, Leaving):
    """One operator's book, on screen."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False  # opslog has its own, which finds people and lines too
    DEFAULT_MODE = "today"
    MODES: ClassVar[dict[str, Any]] = {name: partial(main_screen, name) for name in MAIN}
    BINDINGS = [
        *bind(*GLOBAL, show=ALWAYS_SHOWN),
        Binding("ctrl+c", "copy_or_hint", show=False, system=True),
    ]

    def __init__(
        self,
        book: Book,
        *,
        demo: bool = False,
        said: Sequence[str] = (),
        held: Held | None = None,
        due: list[Ranked] | None = None,
    ) -> None:
        """``said``: what there is to say at the start. ``held``: the terminal, where the first
        picture stands on it; ``due``: what that picture showed.
        """
        super().__init__(driver_class=None if held is None else held.driver())
        if plain_terminal.without_colours():
            plain_terminal.drop_colours(self)
        self.due_at_start = due
        self.book = book
        self.demo = demo
        self._said = said
        book.wait_at_most(FILE_SECONDS)
        self.running_change = long_changes.RunningChange(self)
        self.copies = copying.Copying(self, book, self._warn)
        self.named_keys: set[str] = set()
        self.care = long_changes.Care(book)
        self.newest: StatusBar | None = None  # the status line that told of the newest change
        self.passing: Any = None  # the one with a hint that the next key ends
        self._refusal: Timer | None = None  # runs while a refusal must stand
        self._refused = False
        self.next = ""  # what to open once this has ended (see lost_file)
        self._replaced = False  # the file under the book is another one; that was said
        self.animation_level = "none"
        self._key_queue = KeyQueue(self, self._hand_over)
        self._seen_version = book.data_version()
        self._told: set[str] = set()  # faults of own files that were said
        self.appear_as(book)
        self._keys = own_kinds.keys(book)
        self.set_keymap(keymap.usable(self._keys)[0])

    # -- start ------------------------------------------------------------------

    def on_load(self) -> None:
        endings.listen(self.end)  # before the terminal is taken

    def on_mount(self) -> None:
        self.set_interval(POLL_SECONDS, self._look_for_others)
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        """What can wait until the first screen stands."""
        gc.freeze()  # what start-up built is never garbage: shorter pauses between keys
        gc.set_threshold(*COLLECT)
        gc.enable()  # off since the start (see __main__)
        own_kinds.look_at_all(self.book)
        self._tell_faults()
        self._warn(self._said)
        self._warm_up()
        half_written.offer(self)
        if self.book.held is not None:
            text = msg(N_("{reason} (open to read, nothing can be changed)"), reason=self.book.held)
            self.running_change.doing = _("open to read only")
            self._warn([text])
        elif not self.demo:
            self.copies.start()

    @work(thread=True, group="warm-up")
    def _warm_up(self) -> None:
        """Import the other screens while nobody waits; then all actions are known by their id."""
        for name in SCREENS:
            screen_class(name)
        self.call_from_thread(self._settle_keys)

    def _settle_keys(self) -> None:
        """Every action is known now, and so is which keys clash."""
        held, faults = keymap.usable(self._keys)
        self.set_keymap(held)
        self._warn([*faults, *keymap.unknown(self._keys)])

    def _tell_faults(self) -> None:
        """What is wrong in an own file is said once."""
        self._warn(own_files.news(self.book, self._told))

    def _warn(self, faults: Sequence[Msg | str]) -> None:
        if faults:
            text = "\n".join(clean(fault) for fault in faults)
            self.notify(text, severity="warning", markup=False, timeout=12 + 3 * len(faults))

    # -- verbs and the one broadcast ------------------------------------------------

    def do(self, verb: Callable[[], Change], *, quiet: bool = False) -> Change | None:
        """Run a service verb, tell every screen what it changed, and name it in the status line.

        None where it was refused; the reason is shown.
        """
        try:
            change = verb()
        except Refused as refusal:
            self.refuse(refusal)
            return None
        self.announce(change, quiet=quiet)
        return change

    def do_long(
        self,
        large: bool,
        verb: Callable[[Book], T],
        doing: Msg,
        held: Msg,
        then: Callable[[T], None],
    ) -> None:
        """Run a verb in a thread where it is ``large`` (see long_changes)."""
        self.running_change.do(large, verb, doing, held, then)

    @property
    def doing(self) -> str:
        """The long change under way, in words; '' where there is none."""
        return self.running_change.doing

    @property
    def stoppable(self) -> bool:
        return self.running_change.busy

    def announce(self, change: Change, *, quiet: bool = False, said: str = "") -> None:
        """Show what a change did, wherever it shows."""
        self.care.note(change)
        if not change:
            self.say(_("Nothing had to be changed"), passing=True)
            return
        self.broadcast(change.touched)
        self.newest = None
        if not quiet:
            self.say(said or str(change.label), undo=True)
        left = list({str(why): why for why in change.left}.values())
        more = len(left) - MOST_LEFT
        self._warn([*left[:MOST_LEFT], nmsg("{n} more", "{n} more", more)] if more > 0 else left)

    def broadcast(self, touched: dict[str, set[int]]) -> None:
        """Let the screens in front draw anew; the others do when they come to the front."""
        for mode, stack in self._screen_stacks.items():
            for screen in stack:
                if not isinstance(screen, Base) or not screen.is_mounted:
                    continue
                if mode != self._current_mode:
                    screen.stale = True
                    continue
                try:
                    screen.refresh_rows(touched)
                except Refused as refusal:  # the others still have to draw
                    screen.stale = True
                    self.refuse(refusal)
        self.look_at_promises(changed=True)
        self.note_typed_again()

    async def run_action(self, action: Any, *args: Any, **options: Any) -> bool:
        """An action that is refused says why, whoever has it; so does one with nothing to do."""
        front = self.screen
        if isinstance(front, Base) and front.is_idle(action):
            self.say(_(front.IDLE), passing=True)
            return True
        try:
            return await super().run_action(action, *args, **options)
        except Refused as refusal:
            self.refuse(refusal)
            return True

    def _handle_exception(self, error: Exception) -> None:
        """What a worker or timer was refused is said; so is a file that went bad under the
        screens, and then opslog ends.
        """
        error = getattr(error, "error", error)  # a worker's is wrapped
        for refusal in (error, error.__context__):  # a timer's is wrapped another way
            if isinstance(refusal, Refused):
                self.refuse(refusal)
                return
        explained = self.book.explain(error)
        if isinstance(explained, Damaged | Replaced):
            self.refuse(explained)
            return
        with suppress(Exception):  # the error to be shown is the first one
            self._lost = not self.keep_typed()
        self._crashed = explained is None
        super()._handle_exception(error if explained is None else Ended(str(explained)))

    def refuse(self, refusal: Refused) -> None:
        """Show why not. One refusal at a time, until the next key; and what was typed ahead of it
        is dropped, since it was meant for what should have come next.
        """
        self._key_queue.forget()
        self.care.unsure = True
        if isinstance(refusal, Replaced):  # each key that writes asks again; the poll asks once
            self._replaced = True
            if all(w.is_finished for w in self.workers if w.group == "file"):
                self.run_worker(lost_file.ask(self, refusal.message), group="file")
            return
        self.clear_notifications()
        self.notify(str(refusal), severity="error", markup=False, timeout=8)
        self._refused = True
        if self._refusal is not None:
            self._refusal.stop()
        self._refusal = self.set_timer(REFUSAL_SECONDS, self._refusal_seen)

    def _refusal_seen(self) -> None:
        self._refusal = None

    def say(
        self, text: str, look: str = "muted", *, undo: bool = False, passing: bool = False
    ) -> None:
        """One sentence in the status line of the screen in front; one ``passing`` goes with the
        next key.
        """
        screen = next((s for s in reversed(self.screen_stack) if isinstance(s, Base)), None)
        if screen is None:
            return
        if not screen.query(StatusBar):  # it is still to come
            self.call_later(partial(self.say, text, look, undo=undo, passing=passing))
            return
        key = self.key_text("undo", "u")
        tail = line("  ", (key, "key"), " ", (_("Undo"), "muted")) if undo else ()
        bar = screen.query_one(StatusBar)
        bar.say(text, look, tail)
        self.passing = bar if passing else None
        if undo:
            self.newest = bar

    def _look_for_others(self) -> None:
        if not self.is_running:  # closing: the screens are being taken apart
            return
        if self._replaced:
            return
        self.book.file.look()
        restored = self.book.file.brought_back()
        if restored is not None:
            self.run_worker(lost_file.ask(self, restored), group="file")
        self._tell_faults()
        self.book.write_settings()
        self.copies.look()
        version = self.book.data_version()
        if version != self._seen_version:
            self._seen_version = version
            self.broadcast({})
            self.care.forget_gone(self.newest)
            if isinstance(self.screen, Typed):
                self.screen.look_again()
        self.look_at_promises()

    async def ask(self, screen: Screen[Any]) -> Any:
        """Show a question and wait for its answer; only inside a worker."""
        return await self.push_screen_wait(screen)

    # -- keys ----------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await self._key_queue.take(event)
        else:
            await super().on_event(event)

    @on(KeyHandled)
    def _key_is_through(self, mark: KeyHandled) -> None:
        mark.came.set()

    async def _hand_over(self, event: events.Event) -> None:
        """A key whose turn it is."""
        self.note_key(event)
        if isinstance(event, events.Key) and not takes_text(self.focused):
            meant = fold(event)
            if meant is None:
                text = _("The input method is on: keys wait for Latin letters or digits")
                self.say(text, "warn", passing=True)
                return
            event = meant
        if self._refused and self._refusal is None:
            self._refused = False
            self.clear_notifications()
        if self.passing is not None:
            self.passing.forget_hint()
            self.passing = None
        await super().on_event(event)

    def key_text(self, id: str | None, keys: str) -> str:
        """The key of an action as a person reads it."""
        key = (self._keymap.get(id or "") or keys).split(",")[0]
        return keymap.readable(key)

    async def action_go(self, mode: str) -> None:
        """To the list of a main screen, whatever was open over it: a key means the same each time
        it is come to. What would be stopped by leaving it stays."""
        if mode != self.current_mode:
            await self.switch_mode(mode)
        for _time in range(MOST_BACKS):
            front = self.screen
            if len(self.screen_stack) == 1 or not isinstance(front, Base) or front.busy:
                break
            front.came_from = ""  # gone to by itself: back leads to its own list
            await self.run_action("back", front)
        if isinstance(self.screen, Base):
            self.screen.come_to()
            if isinstance(self.screen.focused, Input):
                self.screen.query(WindowList).first().focus()

    @work(group="go")
    async def action_go_menu(self) -> None:
        target = await self.push_screen_wait(screen_class("go")())
        if target == "top":
            await self.run_action("first", self.focused or self.screen)
        elif target in ("history", "leads", "messages", "month", "requests"):
            self.action_over(target)
        elif target:
            await self.action_go(target)

    def action_over(self, name: str, *about: object) -> None:
        if not isinstance(self.screen, screen_class(name)):
            open_screen(self, name, *about)

    def action_capture(self) -> None:
        screen_class("capture").over(self)

    def action_undo(self) -> None:
        long_changes.undo_newest(self, self.care)

    def action_redo(self) -> None:
        long_changes.redo(self)

    def action_begin(self, name: str) -> None:
        screen_class(name)(self)

    def action_help(self) -> None:
        self.push_screen(screen_class("help").of(self.screen))

    def action_command_palette(self) -> None:
        palette = screen_class("palette")
        if not isinstance(self.screen, palette):
            self.push_screen(palette.of(self.screen))

    def action_half_written(self) -> None:
        half_written.show(self)

    def action_copy_or_hint(self) -> None:
        if self.running_change.busy:
            self.running_change.stop()
            return
        self.say(_("{key} closes opslog").format(key=self.key_text("quit", "ctrl+q")), passing=True)
