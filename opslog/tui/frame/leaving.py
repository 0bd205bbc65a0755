"""Leaving opslog: by key, by the window, by a signal; what is being typed is kept each time."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual import events
from textual.timer import Timer

from opslog.domain.base.refusal import Refused
from opslog.locale import N_, msg
from opslog.services.book import drafts
from opslog.services.book.drafts import HalfTyped
from opslog.tui.frame.appearance import Appearance
from opslog.tui.terminal import endings
from opslog.tui.widgets.asking.text_input import takes_text
from opslog.tui.widgets.asking.typed import KeepsTyped
from opslog.tui.widgets.dialog import Dialog
from opslog.tui.widgets.text import clean

NOTE_SECONDS = 0.25  # from a key to the note of what was typed by then


_NOWHERE = N_(
    "What you typed can be kept nowhere: nothing can be written where the file is. Make room and"
    " enter it, or copy it. {key} again closes, and leaves it in the terminal only"
)


class Ended(Exception):
    """Why opslog had to end, as the terminal shows it then."""

    def __rich__(self) -> Text:
        return Text(f"opslog: {clean(self)}")


def _said(typed: Sequence[HalfTyped]) -> list[str]:
    """What was asked, and what was typed there, a line each."""
    return [clean(f"{one.title}  {' · '.join(filter(None, one.typed.values()))}") for one in typed]


class Leaving(Appearance):
    """What of the app is about its end."""

    typed_at = 0.0  # when the key in hand arrived
    _typing: Timer | None = None  # until what is being typed is noted
    _meanwhile: drafts.Meanwhile | None = None
    _told_of_waiting = False  # that it can't be closed without losing something
    _told_of_losing: list[HalfTyped] = []  # what can be kept nowhere, as it was said
    _crashed = _lost = False  # by a mistake of its own; with something half typed

    def note_key(self, event: events.Event) -> None:
        """A key is about to be handed to what has the focus."""
        self.typed_at = event.time
        if self._typing is None and takes_text(self.focused):
            self._typing = self.set_timer(NOTE_SECONDS, self.note_typed)

    def keep_typed(self) -> bool:
        """Whatever is being typed, on whatever screen, is kept for the next start; False where some
        of it can be written nowhere.
        """
        kept = [drafts.keep(self.host.book, *one) for one in self._half_typed()]
        if self._meanwhile is not None and all(kept):
            self._meanwhile.note(())
        return all(kept)

    def _half_typed(self) -> list[HalfTyped]:
        screens = [screen for stack in self._screen_stacks.values() for screen in stack]
        asked = [one.half_typed() for one in screens if isinstance(one, KeepsTyped)]
        return [half for halves in asked for half in halves]

    def note_typed(self) -> None:
        """What is being typed just now, for the start after one that was killed."""
        self._typing = None
        if self._meanwhile is None:
            self._meanwhile = drafts.Meanwhile(self.host.book)
        self._meanwhile.note(self._half_typed())

    def note_typed_again(self) -> None:
        """What was written may have taken along something that was noted."""
        if self._meanwhile is not None and self._meanwhile.holds:
            self.note_typed()

    def on_unmount(self) -> None:
        if self._meanwhile is not None:
            self._meanwhile.end()

    def end(self, code: int) -> None:
        """The terminal is closed, or somebody asks the process to end: at once, nothing lost."""
        if not (self.screen_stack and self.screen.is_mounted):  # it can't be left half built
            self.call_later(self.end, code)
            return
        self.keep_typed()
        if isinstance(self.screen, Dialog):
            self.screen.let_go()
        self.exit(return_code=code)

    async def action_quit(self) -> None:
        """From anywhere; a form with something typed warns first."""
        front = self.screen
        if isinstance(front, Dialog) and front.warn(self.host.key_text("quit", "ctrl+q")):
            return
        lost = [] if self.keep_typed() else self._half_typed()
        if lost != self._told_of_losing:
            self._told_of_losing = lost
            if lost:
                key = self.host.key_text("quit", "ctrl+q")
                self.host.refuse(Refused(msg(_NOWHERE, key=key)))
                return
        if isinstance(front, Dialog):
            front.let_go()
        if self.say_what_waits() and not self._told_of_waiting:
            self._told_of_waiting = True
            key = self.host.key_text("quit", "ctrl+q")
            text = N_("Not everything is written: another program has the file. {key} again closes")
            self.host.refuse(Refused(msg(text, key=key)))
            return
        self.exit(message=Text(endings.kept_nowhere(_said(lost))) if lost else None)

    def _print_error_renderables(self) -> None:
        """After a mistake of opslog's own: what of the operator's is safe."""
        super()._print_error_renderables()
        if self._crashed:
            self.error_console.print(Text(endings.after_a_mistake(kept=not self._lost)))
