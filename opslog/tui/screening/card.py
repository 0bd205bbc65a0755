"""The screening card on screen: holds the focus, draws only the lines that changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType

from opslog.domain.screening.card import ScreeningCard
from opslog.tui.screening.actions import CARD
from opslog.tui.screening.card_lines import card_lines, hidden, own_lines
from opslog.tui.screening.view import View
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.text import Line

SHOWN = ("screening.back", "screening.ahead", "screening.undecide", "screening.history")


class ScreeningCardView(LinesView, can_focus=True):
    """Shows a View, or what a round came to at its end of a round."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bind(*CARD, show=SHOWN),
        Binding("down", "skip(1)", show=False),
        Binding("up", "skip(-1)", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.view: View | None = None
        self._end: Callable[[int], list[Line]] | None = None
        self._skip = 0
        self._prepared: tuple[ScreeningCard, int, list[Line]] | None = None

    def prepare(self, view: View) -> None:
        """Work out what a card tells of its row while the eye is on the one before."""
        cells = self.content_cells
        self._prepared = view.card, cells, own_lines(view, cells)

    def show(self, view: View) -> None:
        """Draw a card; the lines that stayed the same are not drawn again."""
        if self.view is None or self.view.card.card_id != view.card.card_id:
            self._skip = 0
        self.view = view
        self.rebuild()

    def show_end(self, tell: Callable[[int], list[Line]]) -> None:
        self.view, self._end = None, tell
        self.rebuild()

    def build(self, cells: int) -> list[Line]:
        height = self.size.height
        if self.view is None:
            told = self._end(cells - 2) if self._end else []
            return [((" ", ""), *row) if row else () for row in told][:height]
        own, known = None, self._prepared
        if known is not None and known[0] is self.view.card and known[1] == cells:
            own = known[2]
        self._prepared = None  # drawn anew for another reason, numbers may be hidden by now
        return card_lines(self.view, cells, height, self._skip, own)

    def action_skip(self, by: int) -> None:
        """Scroll the middle of the card, where it is longer than the screen."""
        if self.view is None:
            return
        most = hidden(self.view, self.content_cells, self.size.height)
        self._skip = max(min(self._skip + by, most), 0)
        self.rebuild()
