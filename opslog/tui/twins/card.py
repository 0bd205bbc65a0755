"""The card of two that may be one: holds the focus and the keys."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from opslog.locale import N_
from opslog.tui.frame.actions import bind, own
from opslog.tui.twins.card_lines import View, card_lines
from opslog.tui.widgets.lines_view import LinesView
from opslog.tui.widgets.text import Line

SAME = own(
    "twins.same",
    "enter,1",
    N_("The same"),
    N_("One and the same: join them, on to the next"),
    method="screen.decide('same')",
)
DIFFERENT = own(
    "twins.different",
    "2",
    N_("Different"),
    N_("Two: keep them apart for good, on to the next"),
    method="screen.decide('different')",
)
LATER = own(
    "twins.later",
    "3,0",
    N_("Later"),
    N_("Put it off: it comes back the next time, after all others"),
    method="screen.decide('later')",
)
SWAP = own(
    "twins.swap",
    "s,4",
    N_("Keep the other"),
    N_("Which of the two is kept when they are joined"),
    method="screen.swap",
)
KIND = own(
    "twins.kind",
    "tab",
    N_("People/companies"),
    N_("Pairs of people, or of companies"),
    method="screen.kind",
)
BACK = own(
    "twins.back",
    "left",
    N_("Look back"),
    N_("The pair before this one, deciding nothing"),
    method="screen.look(-1)",
)
AHEAD = own(
    "twins.ahead",
    "right",
    N_("Look ahead"),
    N_("The pair after this one, deciding nothing"),
    method="screen.look(1)",
)
TAKE_BACK = own(
    "twins.take_back",
    "backspace",
    N_("Take back"),
    N_("Take back what was decided about the pair shown, or else the last one"),
    method="screen.take_back",
)
KEYS = (SAME, DIFFERENT, LATER, SWAP, KIND, BACK, AHEAD, TAKE_BACK)


class TwinCard(LinesView, can_focus=True):
    """Shows a View, or plain lines where no pair waits."""

    BINDINGS: ClassVar[list[BindingType]] = bind(*KEYS, show=(KIND, BACK, AHEAD, TAKE_BACK))

    def __init__(self) -> None:
        super().__init__()
        self.view: View | None = None
        self._plain: list[Line] = []

    def show(self, view: View) -> None:
        """Draw a pair; lines that stayed the same are not drawn again."""
        self.view = view
        self.rebuild()

    def show_plain(self, lines: list[Line]) -> None:
        self.view, self._plain = None, lines
        self.rebuild()

    def build(self, cells: int) -> list[Line]:
        if self.view is None:
            return self._plain[: self.size.height]
        return card_lines(self.view, cells, self.size.height)
