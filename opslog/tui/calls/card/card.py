"""The call card on screen: draws only the lines that changed, the running clock above all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from textual.strip import Strip

from opslog.tui.calls.card.card_lines import View, card_lines
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.pane import EDGE, inside
from opslog.tui.widgets.text import Line, in_hand


class CallCardView(LinesView):
    """Shows a View, or what the screen is for where nobody is to be called."""

    def __init__(self) -> None:
        super().__init__(id="card")
        self.view: View | None = None
        self._told: Callable[[int], list[Line]] | None = None

    def show(self, view: View) -> None:
        """Draw a card; the lines that stayed the same are not drawn again."""
        if self.view is None or self.view.card.card_id != view.card.card_id:
            self.scroll_to(y=0, animate=False)
        self.view = view
        self.rebuild()

    def show_nobody(self, tell: Callable[[int], list[Line]] | None = None) -> None:
        """No card; ``tell`` gives lines in its place, for so many cells."""
        self.view, self._told = None, tell
        self.rebuild()

    def tick(self, clock: str) -> None:
        """Let the clock of the call go on."""
        if self.view is not None and self.view.clock != clock:
            self.view = replace(self.view, clock=clock)
            self.rebuild()

    def build(self, cells: int) -> list[Line]:
        if self.view is None:
            return inside(self._told(cells - 2 * EDGE)) if self._told else []
        with in_hand(self.view.card.phone):
            return card_lines(replace(self.view, short=self.size.height < 16), cells)

    def render_line(self, y: int) -> Strip:
        with in_hand(self.view.card.phone if self.view else ""):
            return super().render_line(y)
