"""The pictures of a review, with one cursor that goes from number to number."""

from __future__ import annotations

from textual import events, on
from textual.binding import Binding
from textual.message import Message

from opslog.domain.reviews.review import Review
from opslog.locale import _
from opslog.tui.reviews import page
from opslog.tui.reviews.drawn import Spot, lit
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.text import Line, line


class Board(LinesView, can_focus=True):
    """Up and down stay in a column, left and right go through a row and on to the next column."""

    BINDINGS = [
        Binding("down,j", "move(0, 1)", show=False),
        Binding("up,k", "move(0, -1)", show=False),
        Binding("right", "move(1, 0)", show=False),
        Binding("left", "move(-1, 0)", show=False),
        Binding("pagedown,ctrl+f", "turn(1)", show=False),
        Binding("pageup", "turn(-1)", show=False),
        Binding("home", "first", show=False),
        Binding("end,G", "last", show=False),
    ]

    class Moved(Message):
        """The cursor is on another number."""

    class Opened(Message):
        """The one under the cursor was clicked again."""

    def __init__(self) -> None:
        super().__init__(id="board")
        self._review: Review | None = None
        self._empty: list[Line] = []
        self._at = ""  # key of the spot under the cursor
        self._spots: list[tuple[int, Spot]] = []

    def show(self, review: Review | None, empty: list[Line] | None = None) -> None:
        """Another review, or the same anew: the cursor stays on its number where that is left.
        ``empty``: what stands there without one, or below it."""
        before = self._review
        same = review is not None and before is not None and review.event.id == before.event.id
        self._review, self._empty = review, empty or []
        if not same:
            self._at = ""
            self.scroll_to(y=0, animate=False, force=True)
        self.rebuild()
        self.post_message(self.Moved())

    def build(self, cells: int) -> list[Line]:
        if self._review is None:
            self._spots = []
            return [(), *(line("  ", *spans) for spans in self._empty)]
        laid = page.laid_out(self._review, cells, self.size.height, self._at)
        self._spots = list(laid.spots)
        here = self._here()
        if here is None:
            return list(laid.lines)
        self._at = here[1].key
        lines = list(laid.lines)
        spot = here[1]
        mark = spot.mark
        if mark is None:
            mark = min((one.left for _c, one in self._spots if one.picture == spot.picture)) - 1
        lines[spot.y] = lit(lines[spot.y], spot.left, spot.right, mark)
        return [*lines, *(line("  ", *spans) for spans in self._empty)]

    def _here(self) -> tuple[int, Spot] | None:
        """The spot under the cursor; at first the first number that is known."""
        found = next((one for one in self._spots if one[1].key == self._at), None)
        known = (one for one in self._spots if (n := one[1].number) and n.kind and n.value)
        return found or next(known, next(iter(self._spots), None))

    @property
    def spot(self) -> Spot | None:
        """What is under the cursor."""
        here = self._here()
        return here[1] if here else None

    @property
    def below(self) -> str:
        """The heading of the first picture that begins below what is in sight; '' none does."""
        end = round(self.scroll_y) + self.size.height
        seen = {one.picture for _c, one in self._spots if one.y < end}
        if self._review is None or not self.size.height:
            return ""
        beyond = (one for _c, one in self._spots if one.picture not in seen)
        first = min(beyond, key=lambda one: one.y, default=None)
        if first is None:
            return ""
        picture = self._review.picture(first.picture)
        return str(picture.heading) if picture else _("Next time")

    def watch_scroll_y(self, old: float, new: float) -> None:
        super().watch_scroll_y(old, new)
        self.post_message(self.Moved())

    def select(self, key: str) -> None:
        found = next((one for one in self._spots if one[1].key == key), None)
        if found is not None:
            self._go(found[1])

    @on(events.Resize)
    def _keep_in_sight(self) -> None:
        self.call_after_refresh(self._show_cursor)

    # -- moving ------------------------------------------------------------------------

    def action_move(self, x: int, y: int) -> None:
        here = self._here()
        if here is None:
            self.scroll_relative(y=y, animate=False)
            return
        column, spot = here
        found = self._along(column, spot, y) if y else self._across(column, spot, x)
        if found is not None:
            self._go(found)
        elif y:  # what stands above the first and below the last can be read, too
            self.scroll_relative(y=y * 3, animate=False, force=True)

    def _along(self, column: int, spot: Spot, by: int) -> Spot | None:
        """The nearest of the next row in this column of the page; at its end, of all."""
        beyond = [(c, one) for c, one in self._spots if (one.y - spot.y) * by > 0]
        some = [one for c, one in beyond if c == column] or [one for _c, one in beyond]
        return min(
            some, key=lambda one: (abs(one.y - spot.y), abs(one.right - spot.right)), default=None
        )

    def _across(self, column: int, spot: Spot, by: int) -> Spot | None:
        """The next of this row; at its end the nearest row of the next column."""
        row = [one for c, one in self._spots if c == column and one.y == spot.y]
        row.sort(key=lambda one: one.left)  # several may share a cell: a day of a long curve
        at = row.index(spot) + by
        if 0 <= at < len(row):
            return row[at]
        beyond = [one for c, one in self._spots if c == column + by]
        return min(
            beyond, key=lambda one: (abs(one.y - spot.y), abs(one.left - spot.left)), default=None
        )

    def _go(self, spot: Spot) -> None:
        self._at = spot.key
        self.rebuild()
        self._show_cursor()
        self.post_message(self.Moved())

    def _show_cursor(self) -> None:
        """With the heading of its picture, where that is near."""
        here, height = self._here(), self.size.height
        if here is None or not height:
            return
        y, top = here[1].y, round(self.scroll_y)
        first = next(iter(self._spots))[1].y
        if y <= top:
            self.scroll_to(y=0 if y <= first else max(y - 2, 0), animate=False, force=True)
        elif y >= top + height - 1:
            self.scroll_to(y=y - height + 3, animate=False, force=True)

    def action_picture(self, by: int) -> None:
        """To the first number of the picture after, or before; round at the ends."""
        pictures = list(dict.fromkeys(one.picture for _c, one in self._spots))
        here = self._here()
        if here is not None:
            at = (pictures.index(here[1].picture) + by) % len(pictures)
            self._go(next(one for _c, one in self._spots if one.picture == pictures[at]))

    def action_turn(self, by: int) -> None:
        """A page on, the cursor to what stands there."""
        height = max(self.size.height - 2, 1)
        here = self._here()
        self.scroll_relative(y=by * height, animate=False, force=True)
        if here is not None:
            wanted = here[1].y + by * height
            self._at = min(
                (one for _c, one in self._spots), key=lambda one: abs(one.y - wanted)
            ).key
            self.rebuild()
            self._show_cursor()
            self.post_message(self.Moved())

    def action_first(self) -> None:
        if self._spots:
            self._go(self._spots[0][1])
            self.scroll_to(y=0, animate=False, force=True)

    def action_last(self) -> None:
        if self._spots:
            self._go(max((one for _c, one in self._spots), key=lambda one: one.y))
            self.scroll_to(y=self.virtual_size.height, animate=False, force=True)

    def on_click(self, event: events.Click) -> None:
        y = event.y + round(self.scroll_y)
        for _column, spot in self._spots:
            if spot.holds(y, event.x):
                if spot.key == self._at:
                    self.post_message(self.Opened())
                else:
                    self._go(spot)
                return
