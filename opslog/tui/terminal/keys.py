"""Keys as an input method may send them.

A Chinese input method in full-width mode sends ``１`` for ``1`` and ``？`` for ``?``; those count.
A Chinese character where a key is expected means that the input method is on: nothing is done
but to say so.
"""

from __future__ import annotations

import unicodedata

from textual import events
from textual.keys import _character_to_key

# What NFKC does not fold, or folds to something else than the key meant.
_MEANT = {
    "、": "/",
    "×": "*",
    "。": ".",
    "，": ",",
    "；": ";",
    "《": "<",
    "》": ">",
    "‘": "'",
    "“": '"',
    "·": "`",
    "￥": "$",
    "…": "^",
    "—": "_",
}


def fold(event: events.Key) -> events.Key | None:
    """The key that was meant; None where only an input method can have sent this."""
    character = event.character
    if character is None or len(character) != 1 or character.isascii():
        return event
    meant = _MEANT.get(character) or unicodedata.normalize("NFKC", character)
    if len(meant) == 1 and meant.isascii() and meant.isprintable():
        return events.Key(_character_to_key(meant), meant)
    return None
