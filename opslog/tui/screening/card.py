"""The screening card on screen: holds the focus, draws only the lines that changed."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from opslog.locale import N_
from opslog.tui.frame.actions import bind, own
from opslog.tui.screening.card_lines import View, card_lines, hidden
from opslog.tui.widgets.lines_view import LinesView
from opslog.tui.widgets.text import Line

# Keys with a digit have their reason's title; a reason's digit never changes.
DROPS = [
    own("screening.drop1", "1", N_("colleague"), N_("Drop: colleague"), method="screen.drop(1)"),
    own("screening.drop2", "2", N_("competitor"), N_("Drop: competitor"), method="screen.drop(2)"),
    own("screening.drop3", "3", N_("partner"), N_("Drop: partner"), method="screen.drop(3)"),
    own("screening.drop4", "4", N_("made up"), N_("Drop: made up"), method="screen.drop(4)"),
    own("screening.drop5", "5", N_("not target"), N_("Drop: not target"), method="screen.drop(5)"),
    own(
        "screening.drop6", "6", N_("unreachable"), N_("Drop: unreachable"), method="screen.drop(6)"
    ),
    own("screening.drop7", "7", N_("duplicate"), N_("Drop: duplicate"), method="screen.drop(7)"),
    own("screening.drop8", "8", N_("declined"), N_("Drop: declined"), method="screen.drop(8)"),
]
KEYS = [
    own(
        "screening.keep",
        "enter",
        N_("Keep"),
        N_("Keep this row, on to the next"),
        method="screen.keep",
    ),
    *DROPS,
    own(
        "screening.more",
        "9",
        N_("More reasons"),
        N_("Drop for one of the other reasons"),
        method="screen.more",
    ),
    own(
        "screening.park",
        "0",
        N_("Park"),
        N_("Put it off: it comes back at the end of the round"),
        method="screen.park",
    ),
    own(
        "screening.take",
        "tab",
        N_("Take it"),
        N_("Take the first suggestion, on to the next"),
        method="screen.take",
    ),
    own(
        "screening.same",
        "asterisk",
        N_("Whole company"),
        N_("The last verdict for the other undecided rows of that company"),
        method="screen.same",
    ),
    own(
        "screening.back",
        "left",
        N_("Look back"),
        N_("The row before this one, deciding nothing"),
        method="screen.look(-1)",
    ),
    own(
        "screening.ahead",
        "right",
        N_("Look ahead"),
        N_("The row after this one, deciding nothing"),
        method="screen.look(1)",
    ),
    own(
        "screening.undecide",
        "backspace",
        N_("Undecide"),
        N_("Make the row shown undecided again"),
        method="screen.undecide",
    ),
    own(
        "screening.history",
        "i",
        N_("History"),
        N_("The person with their time line"),
        method="screen.history",
    ),
]
SHOWN = ("screening.back", "screening.ahead", "screening.undecide", "screening.history")


class ScreeningCardView(LinesView, can_focus=True):
    """Shows a View, or plain lines at the end of a round."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bind(*KEYS, show=SHOWN),
        Binding("down", "skip(1)", show=False),
        Binding("up", "skip(-1)", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.view: View | None = None
        self._plain: list[Line] = []
        self._skip = 0

    def show(self, view: View) -> None:
        """Draw a card; the lines that stayed the same are not drawn again."""
        if self.view is None or self.view.card.card_id != view.card.card_id:
            self._skip = 0
        self.view = view
        self.rebuild()

    def show_plain(self, lines: list[Line]) -> None:
        self.view, self._plain = None, lines
        self.rebuild()

    def build(self, cells: int) -> list[Line]:
        height = self.size.height
        if self.view is None:
            return self._plain[:height]
        return card_lines(self.view, cells, height, self._skip)

    def action_skip(self, by: int) -> None:
        """Scroll the middle of the card, where it is longer than the screen."""
        if self.view is None:
            return
        most = hidden(self.view, self.content_cells, self.size.height)
        self._skip = max(min(self._skip + by, most), 0)
        self.rebuild()
