"""The line to type in, everywhere: nothing that is typed or pasted gets lost."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from opslog.domain.base.text import visible


class TextInput(Input):
    """Textual's input takes what Python calls printable, and the first line of what is pasted.

    That leaves out the full-width space between two Chinese words, and the joiners inside an
    emoji or a name; here only control characters are no text. Lines pasted become one.
    """

    async def _on_key(self, event: events.Key) -> None:
        character = event.character
        if character is not None and not event.is_printable and visible(character) == character:
            event.prevent_default()
            event.stop()
            self._restart_blink()
            self.replace(character, *self.selection)

    def _on_paste(self, event: events.Paste) -> None:
        # For Input's own handler, called next, which takes one line.
        event.text = visible(" ".join(event.text.splitlines()))
