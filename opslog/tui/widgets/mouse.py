"""The mouse does what a key does: a click on a key that stands on screen, or on its word, presses
that key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import events
from textual.keys import key_to_character
from textual.widget import Widget

from opslog.tui.widgets.text import Line, line_width

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host

KEYS = ("key", "button")  # the looks of what is a key


def press_at(widget: Widget, spans: Line, cell: int) -> None:
    """Press the key that stands at this cell of a line, if one does."""
    host, screen = cast("Host", widget.app), widget.screen
    for number, shown in enumerate(keys_at(spans, cell)):
        known = {
            text: key
            for key, active in screen.active_bindings.items()
            for text in (host.key_text(active.binding.id, key), host.key_text(None, key))
        }
        if number == 0 and shown not in known:  # no key of what is in front
            return
        key = known.get(shown, shown.lower())
        widget.app.post_message(events.Key(key, key_to_character(key)))


def keys_at(spans: Line, cell: int) -> list[str]:
    """The keys, as they are shown, whose text or word stands at a cell; one after the other."""
    start, found, worded = 0, "", False
    for text, look in spans:
        end = start + line_width(((text, look),))
        if look in KEYS and text.strip():
            found, worded = text, look == "button"
        elif not text.strip():
            if worded and len(text) > 1:  # between one key with its word and the next
                found = ""
        else:
            worded = True
        if start <= cell < end:
            break
        start = end
    else:
        return []
    keys = found.strip().strip("[]").split()
    return keys[:1] if worded and look == "button" else keys
