"""The capture line: input, completions above it, and how the line is read below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Resize
from textual.message import Message
from textual.widgets import Input

from opslog.domain.base.clock import Clock
from opslog.domain.dates.moments import When
from opslog.domain.daybook.capture_text import Typing, marked, typing_at
from opslog.domain.daybook.captured import Captured, when_text
from opslog.domain.daybook.lines import Completion, Understood
from opslog.locale import _
from opslog.tui.daybook.capture_input import CaptureInput
from opslog.tui.daybook.reading import reading
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.text import Line, line, pad, width, wrap_line

READING_ROWS = 4


class CaptureLine(Vertical):
    """Posts ``Submitted`` on Enter. Tab takes the first completion, arrows and Enter another."""

    DEFAULT_CSS = """
    CaptureLine { height: auto; }
    CaptureLine #completions { height: auto; display: none; }
    CaptureLine #reading { height: 4; overflow-y: hidden; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", show=False),
        Binding("down", "choose(1)", show=False),
        Binding("up", "choose(-1)", show=False),
    ]

    class Submitted(Message):
        """Enter, on a line as it stands."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Typed(Message):
        """The line is another one now."""

    def __init__(
        self,
        value: str,
        clock: Clock,
        parse: Callable[[str], Captured],
        understand: Callable[[str], Understood],
        completions: Callable[[str, str], Sequence[Completion]],
        *,
        task: bool = False,
    ) -> None:
        super().__init__()
        self._start, self._clock, self._parse = value, clock, parse
        self._understand, self._find = understand, completions
        self._to_do = task  # something to do, not something done
        self._to_come: When | None = None  # what the line is dated, where that is to come
        self._typing: Typing | None = None
        self._offered: Sequence[Completion] = ()
        self._chosen = -1  # none: Enter writes the line
        self._closed_at: Typing | None = None
        self._closed_text = ""

    def compose(self) -> ComposeResult:
        yield LinesView(id="completions")
        yield CaptureInput(self._start, self._parse)
        yield LinesView(id="reading")

    @property
    def input(self) -> CaptureInput:
        return self.query_one(CaptureInput)

    @property
    def text(self) -> str:
        return self.input.value

    def on_mount(self) -> None:
        self.input.cursor_position = len(self._start)
        self._read()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._read()
        self._offer()
        self.post_message(self.Typed())

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        event.stop()
        if self._offered and self._chosen >= 0:
            self._take(self._offered[self._chosen])
        else:
            self.post_message(self.Submitted(self.text))

    @on(Resize)
    def _read(self) -> None:
        view = self.query_one("#reading", LinesView)
        cells = max(view.content_cells - 1, 20)
        rows: list[Line] = []
        understood = self._understand(self.text)
        self._to_come = understood.captured.to_come
        for spans in reading(understood, self._clock, task=self._to_do):
            rows += wrap_line(spans, cells)
        view.set_lines(rows[:READING_ROWS])

    # -- completion ---------------------------------------------------------------

    def _offer(self) -> None:
        typing = typing_at(self.text, self.input.cursor_position)
        offered: Sequence[Completion] = ()
        if typing is not None and typing != self._closed_at:
            offered = self._find(typing.sigil, typing.prefix)
            if [one.word for one in offered] == [typing.prefix]:
                offered = ()  # nothing more to say
        if typing is None and self._to_come and self.text != self._closed_text:
            # Dated ahead: offered as a follow-up, which Today shows at its time.
            typing = Typing(len(self.text), len(self.text), ">", "")
            offered = [
                Completion(when_text(self._to_come), _("dated ahead: Tab makes a follow-up"))
            ]
        self._typing, self._offered, self._chosen = typing, offered, -1
        self._draw_offered()

    def _draw_offered(self) -> None:
        view = self.query_one("#completions", LinesView)
        view.display = bool(self._offered)
        view.styles.height = len(self._offered)
        widest = max((width(one.word) for one in self._offered), default=0)
        sigil = self._typing.sigil if self._typing else ""
        view.set_lines(
            [
                line(
                    (f" {sigil}{pad(one.word, widest)} ", "cursor" if n == self._chosen else ""),
                    (f" {one.detail}", "muted"),
                )
                for n, one in enumerate(self._offered)
            ]
        )

    def _take(self, one: Completion) -> None:
        assert self._typing is not None
        word = marked(self._typing.sigil, one.word)
        before, after = self.text[: self._typing.start], self.text[self._typing.end :]
        if self._typing.sigil == ">":
            word = self._typing.sigil + one.word
            before = before.rstrip() + " "
        gap = "" if after.startswith(" ") else " "
        self.input.value = f"{before}{word}{gap}{after}"
        self.input.cursor_position = len(before) + len(word) + 1

    def action_complete(self) -> None:
        if self._offered:
            self._take(self._offered[max(self._chosen, 0)])

    def action_choose(self, by: int) -> None:
        """Down to the first completion and on, up to none again."""
        if self._offered:
            self._chosen = min(max(self._chosen + by, -1), len(self._offered) - 1)
            self._draw_offered()

    def close_completions(self) -> bool:
        """Put the list away until something else is typed; False where none was open."""
        if not self._offered:
            return False
        self._closed_at, self._closed_text = self._typing, self.text
        self._offered, self._chosen = (), -1
        self._draw_offered()
        return True
