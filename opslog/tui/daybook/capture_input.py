"""The input of the capture line: what is understood stands in colour while it is typed."""

from __future__ import annotations

from datetime import datetime

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events

from opslog.domain.daybook.capture import Captured, parse
from opslog.tui.daybook.reading import PART_LOOKS
from opslog.tui.widgets.styles import LOOK_CLASSES, Looks
from opslog.tui.widgets.text_input import TextInput


class CaptureInput(Looks, TextInput):
    """One line; several pasted lines become one, none is lost."""

    COMPONENT_CLASSES = LOOK_CLASSES
    DEFAULT_CSS = """
    CaptureInput { background: $panel; width: 1fr; }
    """

    def __init__(self, value: str, now: datetime) -> None:
        super().__init__(value, compact=True, select_on_focus=False)
        self._now = now
        self._read: Captured | None = None

    def on_mount(self) -> None:
        self.highlighter = _Colours(self)  # not before the colours are known

    def read(self, text: str) -> Captured:
        """``text`` as understood, parsed once for all the times it is drawn."""
        if self._read is None or self._read.source != text:
            self._read = parse(text, self._now)
        return self._read

    def _on_paste(self, event: events.Paste) -> None:
        if len(lines := event.text.splitlines()) > 1:
            event.text = " ".join(line.strip() for line in lines if line.strip())


class _Colours(Highlighter):
    def __init__(self, input: CaptureInput) -> None:
        self._input = input

    def highlight(self, text: Text) -> None:
        looks = self._input.looks()
        captured = self._input.read(text.plain)
        for span in captured.spans:
            text.stylize(looks[PART_LOOKS[span.kind]], span.start, span.end)
        for problem in captured.problems:
            text.stylize(looks["warn"], problem.start, problem.end)
