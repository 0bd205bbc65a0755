"""Where a refusal ends, whoever let it out: as a sentence on the screen, never as a traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import events
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen

from opslog.domain.base.refusal import Damaged, Refused, Replaced

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host


class SaysRefusals(MessagePump):
    """Mixed into the app, its screens and the widgets that read rows: what a handler of theirs is
    refused is shown. A screen that is refused what it was opened for is left again.

    Textual ends whatever lets an error out of a handler, so it has to be caught in each of them;
    the app catches what workers and timers are refused (``_handle_exception``).
    """

    async def _dispatch_message(self, message: Message) -> None:
        opens = isinstance(message, events.Mount | events.ScreenResume)
        if opens and isinstance(self, Screen) and not self.children:
            # Its compose was refused, which the app has said; what it asks may lie above.
            self.call_later(self.leave)
            return
        try:
            await super()._dispatch_message(message)
        except Refused as refusal:
            cast("Host", self.app).refuse(refusal)
            if isinstance(message, events.Mount) and isinstance(self, Screen):
                self.call_later(self.leave)
        except Exception as error:
            explained = cast("Host", self.app).book.explain(error)
            if not isinstance(explained, Replaced | Damaged):
                raise
            cast("Host", self.app).refuse(explained)
            if isinstance(message, events.Mount) and isinstance(self, Screen):
                self.call_later(self.leave)

    def leave(self) -> None:
        """Close the screen that could not be filled, unless it is a main one."""
        assert isinstance(self, Screen)
        # Not ``is_current``: that holds below a question, too, which would be closed instead.
        if self.app.screen is self and len(self.app.screen_stack) > 1:
            self.dismiss()
