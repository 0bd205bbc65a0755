"""The fixed lines of every screen: where I am, what just happened, what I can press; and the one
that stands there as long as a promised time is due."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING, cast

from textual import events
from textual.keys import KEY_NAME_REPLACEMENTS, key_to_character
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from opslog.domain.dates.wording import near_moment
from opslog.locale import _, ngettext
from opslog.tui.frame.bars.top_line import top_line
from opslog.tui.widgets import actions
from opslog.tui.widgets.drawing import spread
from opslog.tui.widgets.mouse import press_at
from opslog.tui.widgets.styles import Looks, strip
from opslog.tui.widgets.text import Line, clean, cut_line, line, line_width

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host


TICK_SECONDS = 10


class Bar(Looks, Widget):
    """One line, drawn by hand."""

    DEFAULT_CSS = "Bar { height: 1; width: 1fr; }"

    def spans(self, cells: int) -> Line:
        """What stands on the line, for this many cells."""
        return ()

    def on_click(self, event: events.Click) -> None:
        press_at(self, self.spans(self.size.width), event.x)

    def render_line(self, y: int) -> Strip:
        return strip(self.spans(self.size.width), self.size.width, self.looks(), self.ground())


class TopBar(Bar):
    """The screens with their keys, the present one marked, day and time."""

    def on_mount(self) -> None:
        self.set_interval(TICK_SECONDS, self.refresh)

    def spans(self, cells: int) -> Line:
        app = cast("Host", self.app)
        return top_line(app.current_mode, app.book.clock.local(), app.key_text, cells)


class RingLine(Bar):
    """As long as a promised time is due: whom to call, what was promised, and the keys that open
    the call or put it off."""

    DEFAULT_CSS = "RingLine { display: none; background: $panel; }"

    def on_mount(self) -> None:
        self.show()

    def show(self) -> None:
        self.display = bool(cast("Host", self.app).ringing)
        self.refresh()

    def spans(self, cells: int) -> Line:
        host = cast("Host", self.app)
        if not host.ringing:
            return ()
        first, *more = host.ringing
        at = near_moment(first.promised, host.book.clock.zone, host.book.today())
        keys = line(
            *((host.key_text("ring.open", "R"), "key"), " ", (_("call"), "muted"), "  "),
            *((host.key_text("ring.snooze", "Z"), "key"), " ", (_("in 15 min"), "muted"), " "),
        )
        others = ngettext("{n} more", "{n} more", len(more)).format(n=len(more)) if more else ""
        told = line(
            *((" ◷ ", "accent"), (_("Promised for {when}").format(when=at), "warn"), " "),
            *((first.person, "strong"), " ", first.phone.removeprefix("+86")),
            *("  ", (first.note, "muted")),
        )
        room = cells - line_width(keys) - 2
        tail = line("  ", (others, "muted")) if others else ()
        return spread((*cut_line(told, room - line_width(tail)), *tail), keys, cells)


class StatusBar(Bar):
    """What the last key did, and how to take it back."""

    def __init__(self) -> None:
        super().__init__()
        self._said: Line = ()
        self._offers = False

    def say(self, text: str, look: str = "muted", tail: Line = ()) -> None:
        self._said = ((" ", ""), (clean(text), look), *tail)
        self._offers = bool(tail)
        self.refresh()

    def forget_hint(self) -> None:
        """Empty the line, unless it tells of a change that can be taken back."""
        if not self._offers:
            self._said = ()
            self.refresh()

    def forget_offer(self) -> None:
        """A newer change was told of on another screen: ``u`` would not take this one back."""
        if self._offers:
            self._said, self._offers = (), False
            self.refresh()

    def spans(self, cells: int) -> Line:
        doing = cast("Host", self.app).doing
        if not doing:
            return cut_line(self._said, cells)
        stop = line("  ", ("^c", "key"), " ", (_("stop"), "muted"), " ")
        if not cast("Host", self.app).stoppable:
            stop = line("  ")
        shown = cut_line(line(" ", (clean(doing), "accent")), cells - line_width(stop))
        said = () if self._offers else self._said  # what could be undone may be going just now
        return cut_line((*shown, *stop, *said), cells)


class KeyBar(Bar):
    """The keys that work here, as many as fit, those of the focused widget first. Help is always
    among them: it names the ones left out."""

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.refresh())

    def spans(self, cells: int) -> Line:
        parts = self._parts()
        last = parts.pop("help", ())
        spans: list[tuple[str, str]] = [(" ", "")]
        left = cells - 1 - line_width(last)
        for part in parts.values():
            left -= line_width(part)
            if left < 0:
                break
            spans += part
        return (*spans, *last)

    def _parts(self) -> dict[str, Line]:
        """Every key worth showing here, with its word, by the id of its action."""
        app = cast("Host", self.app)
        silent: Container[str] = getattr(self.screen, "silent_keys", ())
        also: Container[str] = getattr(self.screen, "ALSO_SHOWN", ())
        typing = isinstance(self.screen.focused, Input)  # which takes every letter for itself
        parts: dict[str, Line] = {}
        for key, active in self.screen.active_bindings.items():
            binding, id = active.binding, active.binding.id or active.binding.action
            if (
                not (binding.show or id in also)
                or id in parts
                or id in silent
                or not active.enabled
            ):
                continue
            if typing and _is_typed(key):
                continue
            parts[id] = line(
                (app.key_text(binding.id, key), "key"),
                " ",
                (actions.label(binding.id, _(binding.description)), "muted"),
                "  ",
            )
        return parts


def _is_typed(key: str) -> bool:
    """Whether a line of text takes this key for itself: / and + have names of their own."""
    return key in KEY_NAME_REPLACEMENTS.values() or (key_to_character(key) or "\n").isprintable()
