"""The base of every question over a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar, cast

from textual.screen import ModalScreen

from opslog.tui.widgets.actions import BACK, bind
from opslog.tui.widgets.refusals import SaysRefusals

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host

Result = TypeVar("Result")


class Dialog(SaysRefusals, Generic[Result], ModalScreen[Result]):
    """A question over the screen. ``dismiss(None)`` is Esc."""

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    Dialog > .dialog { width: 72; max-width: 96%; height: auto; max-height: 90%;
        border: round $primary; background: $surface; padding: 0 1; }
    """
    BINDINGS = bind(*BACK)

    @property
    def host(self) -> Host:
        """The app, as far as screens know it."""
        return cast("Host", self.app)

    def warn(self, key: str) -> bool:
        """Say, once, that leaving by ``key`` loses what was typed; whether that was said now."""
        return False

    def let_go(self) -> None:
        """This is left, by closing opslog too: keep what can be kept, stop what is under way."""

    def action_back(self) -> None:
        self.dismiss(None)
