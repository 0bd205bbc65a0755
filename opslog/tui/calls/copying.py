"""The number or the words of a card on the clipboard."""

from __future__ import annotations

from opslog.domain.base.sentences import listed
from opslog.domain.calls.queue import CallCard
from opslog.locale import _
from opslog.tui.frame.screen import AnyBase
from opslog.tui.widgets.asking.prompt import Told
from opslog.tui.widgets.pane import told
from opslog.tui.widgets.text import in_hand, width

LONG = 2  # rows of the screen, from which a text that was copied is shown whole
PREVIEW = 66  # cells


def copy(screen: AnyBase, card: CallCard, *, words: bool) -> None:
    """The whole text; a long one is shown, since the status line has no room for it."""
    text = card.talk.say if words else card.phone.removeprefix("+86")
    if not text:
        said = _("There are no words to copy") if words else _("There is no number to copy")
        screen.say(said, "warn")
        return
    with in_hand(card.phone):
        screen.app.copy_to_clipboard(text)
    said, look = _("Copied: {text}").format(text=text), "muted"
    if words and card.talk.blank:
        blank = listed(f"{{{field}}}" for field in card.talk.blank)
        said = _("Copied, but nothing is known for {fields}").format(fields=blank)
        look = "warn"
    screen.say(said, look)
    if width(text) > LONG * screen.size.width:
        screen.app.push_screen(Told(said if look == "warn" else _("Copied"), told(text, PREVIEW)))
