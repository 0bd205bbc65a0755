"""A list of any length: it holds the rows on screen and knows how to ask for others."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, cast

from textual import events
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from opslog.domain.base.refusal import Damaged
from opslog.tui.widgets.lists.rows import Column, Row, Rows, Source, row_line, widths
from opslog.tui.widgets.lists.scrolling import set_length
from opslog.tui.widgets.mouse import press_at
from opslog.tui.widgets.styles import Looks, strip
from opslog.tui.widgets.text import Line, line

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host

PAGE = 64


class WindowList(Looks, ScrollView, can_focus=True):
    """Draws the rows of a Source. The cursor stays on its key when the source changes."""

    DEFAULT_CSS = """
    WindowList { height: 1fr; width: 1fr; overflow-x: hidden; overflow-y: auto;
                 scrollbar-size-vertical: 1; }
    """

    BINDINGS = [
        Binding("down,j", "move(1)", show=False),
        Binding("up,k", "move(-1)", show=False),
        Binding("pagedown,ctrl+f", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("home", "first", show=False),
        Binding("end,G", "last", show=False),
    ]

    class Selected(Message):
        """The cursor is on another row (or the same one, changed)."""

        def __init__(self, list: WindowList, key: Hashable | None) -> None:
            super().__init__()
            self.list, self.key = list, key

        @property
        def control(self) -> WindowList:
            return self.list

    class Opened(Message):
        """A row was clicked a second time."""

        def __init__(self, list: WindowList, key: Hashable) -> None:
            super().__init__()
            self.list, self.key = list, key

        @property
        def control(self) -> WindowList:
            return self.list

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        header: bool = False,
        empty: Sequence[Line] = (),
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.columns = list(columns)
        self.source: Source = Rows()
        self.header = header
        self.empty: Sequence[Line] = empty  # shown where there is no row; names the next key
        self.marked: set[Hashable] = set()
        self.cursor = 0
        self._count = 0
        self._pages: dict[int, Sequence[Row]] = {}
        self._key: Hashable | None = None
        self._laid_out_once = False

    # -- what is shown -----------------------------------------------------

    def on_mount(self) -> None:
        self.reload()

    def set_source(self, source: Source, *, select: Hashable | None = None) -> None:
        """Show other rows; the cursor stays on its key, or goes to ``select``."""
        self.source = source
        self.reload(select=select)

    def set_rows(self, rows: Sequence[Row], *, select: Hashable | None = None) -> None:
        self.set_source(Rows(rows), select=select)

    def reload(self, *, select: Hashable | None = None) -> None:
        """Ask the source again, in place: cursor and scroll are kept where they can be."""
        wanted = select if select is not None else self._key
        offset = self.cursor - round(self.scroll_y)
        self._pages.clear()
        before, self._count = self._count, self.source.count()
        if bool(before) != bool(self._count):
            self.screen.refresh_bindings()  # an empty list offers other keys
        position = None if wanted is None else self.source.position(wanted)
        set_length(self, self.size.width, self._count + self._top)
        if position is None:
            position = min(self.cursor, max(self._count - 1, 0))
        self.cursor = self._selectable(position, 1)
        if self.size.height:
            self.scroll_to(y=max(self.cursor - offset, 0), animate=False, force=True)
            self._show_cursor()
        self.marked &= {key for key in self.marked if self.source.position(key) is not None}
        self._tell()
        self.refresh()

    @property
    def _top(self) -> int:
        return 1 if self.header else 0

    @property
    def count(self) -> int:
        return self._count

    def row(self, position: int) -> Row | None:
        if not 0 <= position < self._count:
            return None
        page, within = divmod(position, PAGE)
        if page not in self._pages:
            if len(self._pages) > 8:
                self._pages.clear()
            self._pages[page] = self._page(page * PAGE)
        rows = self._pages[page]
        return rows[within] if within < len(rows) else None

    def _page(self, start: int) -> Sequence[Row]:
        """Rows from ``start`` on. Where one of them is damaged each is read alone, and that one
        stands marked among the others."""
        try:
            return self.source.rows(start, start + PAGE)
        except Exception as error:
            damaged = cast("Host", self.app).book.explain(error)
            if not isinstance(damaged, Damaged):
                raise
            stop = min(start + PAGE, self._count)
            return [self._alone(at, damaged) for at in range(start, stop)]

    def _alone(self, at: int, damaged: Damaged) -> Row:
        try:
            return self.source.rows(at, at + 1)[0]
        except Exception:
            return Row(("damaged", at), heading=line(("? ", "late"), (str(damaged), "muted")))

    @property
    def selected(self) -> Hashable | None:
        """Key of the row under the cursor."""
        row = self.row(self.cursor)
        return None if row is None or row.heading is not None else row.key

    def chosen(self) -> list[Hashable]:
        """The marked keys, else the one under the cursor."""
        if self.marked:
            return sorted(self.marked, key=lambda key: self.source.position(key) or 0)
        return [] if self.selected is None else [self.selected]

    @property
    def next_key(self) -> Hashable | None:
        """Key of the row to go on with when the chosen ones have gone elsewhere: the next one below
        the cursor, else above it."""
        chosen = set(self.chosen())
        for at in (*range(self.cursor + 1, self._count), *range(self.cursor - 1, -1, -1)):
            row = self.row(at)
            if row is not None and row.heading is None and row.key not in chosen:
                return row.key
        return None

    def marked_in_order(self) -> list[Hashable]:
        """What is marked, as it stands in the list."""
        return self.chosen() if self.marked else []

    def select(self, key: Hashable) -> bool:
        """Put the cursor on ``key``; False where the list does not hold it."""
        position = self.source.position(key)
        if position is None:
            return False
        self._go(position)
        return True

    def toggle_mark(self) -> None:
        """Mark or unmark the row under the cursor and go one down."""
        key = self.selected
        if key is None:
            return
        self.marked ^= {key}
        self._refresh_row(self.cursor)
        self.action_move(1)

    def clear_marks(self) -> None:
        self.marked.clear()
        self.refresh()

    # -- moving --------------------------------------------------------------

    def action_move(self, by: int) -> None:
        self._go(self.cursor + by, by)

    def action_page(self, by: int) -> None:
        step = max(self.size.height - self._top - 1, 1)
        self._go(min(max(self.cursor + by * step, 0), self._count - 1), by)

    def action_first(self) -> None:
        self._go(0, 1)

    def action_last(self) -> None:
        self._go(self._count - 1, -1)

    def _selectable(self, position: int, by: int) -> int:
        """The nearest row that is no heading, looking along ``by`` first."""
        for step in (1 if by >= 0 else -1, -1 if by >= 0 else 1):
            at = position
            while (row := self.row(at)) is not None:
                if row.heading is None:
                    return at
                at += step
        return max(position, 0)

    def _go(self, position: int, by: int = 1) -> None:
        if not 0 <= position < self._count:
            return
        position = self._selectable(position, by)
        if position == self.cursor:
            if position <= 1:
                self.scroll_to(y=0, animate=False, force=True)
            return
        before, self.cursor = self.cursor, position
        for at in (before, position):
            self._refresh_row(at)
            while (below := self.row(at := at + 1)) is not None and below.follows:
                self._refresh_row(at)
        self._show_cursor()
        self._tell()

    def _tell(self) -> None:
        self._key = self.selected
        self.post_message(self.Selected(self, self._key))

    def _show_cursor(self) -> None:
        height = self.size.height - self._top
        top = round(self.scroll_y)
        if self.cursor < top or (self.cursor == top + 0 and top > 0):
            above = self.row(self.cursor - 1)
            with_heading = above is not None and above.heading is not None
            self.scroll_to(y=max(self.cursor - int(with_heading), 0), animate=False, force=True)
        elif height > 0 and self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False, force=True)

    def _refresh_row(self, position: int) -> None:
        y = position - round(self.scroll_y) + self._top
        if 0 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    async def on_click(self, event: events.Click) -> None:
        position = event.y - self._top + round(self.scroll_y)
        if not self._count:
            press_at(self, self._empty_row(position), event.x)
        row = self.row(position)
        while row is not None and row.follows:
            position -= 1
            row = self.row(position)
        if row is None or row.heading is not None:
            return
        if position == self.cursor:
            self.post_message(self.Opened(self, row.key))
        else:
            self._go(position)

    # -- drawing ----------------------------------------------------------------

    def on_resize(self) -> None:
        self.virtual_size = Size(self.size.width, self._count + self._top)
        if not self._laid_out_once and self.cursor >= self.size.height - self._top:
            # The first picture: more of what comes after the cursor than of what came before.
            third = (self.size.height - self._top) // 3
            self.scroll_to(y=self.cursor - third, animate=False, force=True)
        self._laid_out_once = self._laid_out_once or bool(self.size.height)
        self._show_cursor()

    def widths(self, cells: int) -> list[int]:
        """Cells of each column for a list this wide; 0 where a column is left out."""
        return widths(self.columns, cells)

    def render_line(self, y: int) -> Strip:
        cells, looks, base = self.size.width, self.looks(), self.ground()
        if self.header and y == 0:
            labels = Row(None, tuple(column.label for column in self.columns))
            shown = row_line(labels, (" ", ""), self.columns, cells)
            return strip(shown, cells, looks, base + looks["muted"])
        position = y - self._top + round(self.scroll_y)
        if self._count == 0:
            return strip(self._empty_row(y - self._top), cells, looks, base)
        row = self.row(position)
        if row is None:
            return Strip.blank(cells, base)
        if row.heading is not None and not row.follows:
            return strip(row_line(row, (" ", ""), self.columns, cells), cells, looks, base)
        top, at = row, position
        while top.follows and (above := self.row(at - 1)) is not None:
            top, at = above, at - 1
        marked, here = top.key in self.marked, at == self.cursor
        if top.look:
            base = base + looks[top.look]
        if marked:
            base = base + looks["marked"]
        if here:
            base = base + looks["cursor"]
            if self.can_focus and not self.has_focus:
                base = base + looks["muted"]
        mark = ("▪", "mark") if marked else ("▌", "accent") if here else (" ", "")
        return strip(row_line(row, mark, self.columns, cells), cells, looks, base)

    def _empty_row(self, y: int) -> Line:
        return (("  ", ""), *(self.empty[y - 1] if 0 < y <= len(self.empty) else ()))
