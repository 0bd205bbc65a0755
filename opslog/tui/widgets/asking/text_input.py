"""The line to type in, everywhere: nothing that is typed or pasted gets lost."""

from __future__ import annotations

from typing import Any

from rich.text import Text
from textual import events
from textual.widgets import Input

from opslog.domain.base.text import visible
from opslog.tui.widgets.text import hidden


class TextInput(Input):
    """Textual's input takes what Python calls printable, and the first line of what is pasted.

    That leaves out the full-width space between two Chinese words, and the joiners inside an
    emoji or a name; here only control characters are no text. Lines pasted become one, with
    ``between`` where they ended.
    """

    _found: str | None = None  # what stood in it at first
    between = " "  # of lines that are pasted

    def __init__(self, value: str = "", **how: Any) -> None:
        super().__init__(value, **how)
        self._found = self.value

    @property
    def _value(self) -> Text:
        """A number that stood there is half hidden with all others, until something is typed."""
        text = super()._value
        if self.value == self._found:
            text.plain = hidden(text.plain)
        return text

    async def _on_key(self, event: events.Key) -> None:
        character = event.character
        if character is not None and not event.is_printable and visible(character) == character:
            event.prevent_default()
            event.stop()
            self._restart_blink()
            self.replace(character, *self.selection)

    def _on_paste(self, event: events.Paste) -> None:
        # For Input's own handler, called next, which takes one line.
        event.text = visible(self.between.join(event.text.splitlines()))


def takes_text(widget: object) -> bool:
    """Whether what is typed there is text, also what an input method writes."""
    return isinstance(widget, Input) or getattr(widget, "takes_text", False)
