"""A block of lines that redraws only the lines that changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Self

from textual import events
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from opslog.tui.widgets.lists.scrolling import set_length
from opslog.tui.widgets.mouse import press_at
from opslog.tui.widgets.pane import EDGE, MOST, SHARE, inside
from opslog.tui.widgets.styles import Looks, strip
from opslog.tui.widgets.text import Line


class LinesView(Looks, ScrollView, can_focus=False):
    """Shows ``Line``s. Give it new ones with ``set_lines``; make them for ``content_cells``.

    A card is a subclass with ``can_focus=True`` that overrides ``build(cells)``; it is asked
    again whenever the width changes.
    """

    DEFAULT_CSS = """
    LinesView { height: 1fr; width: 1fr; overflow-x: hidden; overflow-y: auto;
                scrollbar-size-vertical: 1; }
    """

    # Whether ``build`` goes by its own room and nothing else that is laid out: then the news of a
    # size it was drawn for already builds nothing again.
    BY_ITS_ROOM = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: list[Line] = []
        self._strips: dict[int, tuple[Line, Strip]] = {}  # as drawn last, by their row
        self._cells = 0  # a line is drawn on
        self._asked: tuple[Size, int, Region] | None = None  # the room ``build`` was last for

    @property
    def content_cells(self) -> int:
        """Cells a line may take."""
        return max(self.scrollable_content_region.width, 1)

    @property
    def _room(self) -> tuple[Size, int, Region]:
        return self.size, self.content_cells, self.region

    @property
    def lines(self) -> Sequence[Line]:
        return self._lines

    def build(self, cells: int) -> list[Line] | None:
        """The lines for this width; None where they come through ``set_lines`` alone."""
        return None

    def rebuild(self) -> None:
        """Ask ``build`` again and draw what differs."""
        if not self.size.width:
            return
        self._asked = self._room
        built = self.build(self.content_cells)
        if built is not None:
            self.set_lines(built)

    def set_lines(self, lines: Sequence[Line]) -> None:
        before, self._lines = self._lines, list(lines)
        if len(before) != len(self._lines):
            set_length(self, self.content_cells, len(self._lines))
        top, height, width = round(self.scroll_y), self.size.height, self.size.width
        begun: int | None = None  # where a stretch of changed lines begins
        for y in range(height + 1):
            old = before[top + y] if top + y < len(before) else None
            new = self._lines[top + y] if top + y < len(self._lines) else None
            if y < height and old != new:
                begun = y if begun is None else begun
            elif begun is not None:
                self.refresh(Region(0, begun, width, y - begun))
                begun = None

    def on_click(self, event: events.Click) -> None:
        at = event.y + round(self.scroll_y)
        if at < len(self._lines):
            press_at(self, self._lines[at], event.x)

    def on_resize(self) -> None:
        self.virtual_size = Size(self.content_cells, len(self._lines))
        if not (self.BY_ITS_ROOM and self._asked == self._room):
            self.rebuild()

    def render_lines(self, crop: Region) -> list[Strip]:
        if self._cells != self.content_cells:
            self._cells = self.content_cells  # asked for once, not for each line
            self._strips.clear()
        if not self._asked:  # drawn before it was told of its size: nothing stands blank meanwhile
            self._asked = self._room
            self._lines = self.build(self._cells) or self._lines
        if any(self.gutter) or crop.column_span != (0, self._cells):
            return super().render_lines(crop)
        return self._bare_lines(crop.line_range)

    def _bare_lines(self, rows: range) -> list[Strip]:
        """Lines with nothing around them, as ``super().render_lines`` would make them: one that
        says what it said is at hand, and for the others no border is looked for."""
        filters, ground = self.get_line_filters(), self.background_colors[1]
        made = []
        for y in rows:
            spans, known = self._spans(y), self._strips.get(y)
            if known is None or known[0] != spans:
                drawn = self.render_line(y)
                for one in filters:
                    drawn = drawn.apply_filter(one, ground)
                known = self._strips[y] = spans, drawn
            made.append(known[1])
        return made

    def refresh(self, *regions: Region, **how: bool) -> Self:
        """Where it is all drawn anew, signs, numbers or colours may be shown in another way."""
        if not regions:
            self._strips.clear()
        return super().refresh(*regions, **how)

    def notify_style_update(self) -> None:
        self._strips.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        return strip(self._spans(y), self._cells, self.looks(), self.ground())

    def _spans(self, y: int) -> Line:
        index = y + round(self.scroll_y)
        return self._lines[index] if index < len(self._lines) else ()


class ToldLines(LinesView):
    """A few lines about something else on screen, asked for anew whenever their room changes.

    ``tell`` gets the cells and the rows there are.
    """

    DEFAULT_CSS = "ToldLines { overflow-y: hidden; }"

    def __init__(self, tell: Callable[[int, int], list[Line]], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._tell = tell

    def build(self, cells: int) -> list[Line]:
        return self._tell(cells, self.size.height)


class Pane(ToldLines):
    """What is selected, open beside its list: from 110 columns, on a lighter ground.

    ``tell`` gets the cells and rows there are for its text, and is asked only where it shows.
    Where it has nothing to tell, the screen may (``beside_empty``).
    """

    DEFAULT_CSS = f"""
    Pane {{ display: none; width: {SHARE}%; max-width: {MOST}; height: 1fr; margin-left: 1;
           background: $pane; overflow-y: auto; }}
    """

    def __init__(self, tell: Callable[[int, int], list[Line]]) -> None:
        super().__init__(tell, id="pane")

    def build(self, cells: int) -> list[Line]:
        room = max(self.region.width - 2 * EDGE, 1)  # a scroll bar lies on the edge
        lines = self._tell(room, self.size.height - 1)
        if not lines and hasattr(self.screen, "beside_empty"):
            lines = self.screen.beside_empty(room)
        return inside(lines)
