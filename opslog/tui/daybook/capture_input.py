"""The input of the capture line: what is understood stands in colour while it is typed."""

from __future__ import annotations

from collections.abc import Callable

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.message import Message

from opslog.domain.base.text import visible
from opslog.domain.daybook.captured import Captured
from opslog.tui.daybook.reading import PART_LOOKS
from opslog.tui.widgets.asking.text_input import TextInput
from opslog.tui.widgets.styles import Looks


class CaptureInput(Looks, TextInput):
    """One line; several pasted lines become one, none is lost, and are told of."""

    DEFAULT_CSS = """
    CaptureInput { background: $panel; width: 1fr; }
    """

    class LinesPasted(Message):
        """Several lines at once, with what stood before and behind the cursor."""

        def __init__(self, lines: list[str]) -> None:
            super().__init__()
            self.lines = lines

    def __init__(self, value: str, parse: Callable[[str], Captured]) -> None:
        super().__init__(value, compact=True, select_on_focus=False)
        self._parse = parse
        self._read: Captured | None = None

    def on_mount(self) -> None:
        self.highlighter = _Colours(self)  # not before the colours are known

    def read(self, text: str) -> Captured:
        """``text`` as understood, parsed once for all the times it is drawn."""
        if self._read is None or self._read.source != text:
            self._read = self._parse(text)
        return self._read

    def _on_paste(self, event: events.Paste) -> None:
        lines = [line for line in event.text.splitlines() if line.strip()]
        if len(lines) > 1:
            start, end = sorted(self.selection)
            lines[0] = self.value[:start] + lines[0]
            lines[-1] += self.value[end:]
            event.text = " ".join(line.strip() for line in event.text.splitlines() if line.strip())
            self.post_message(self.LinesPasted([visible(line) for line in lines]))


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
