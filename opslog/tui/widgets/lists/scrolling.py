"""How many lines there are to scroll through, told without laying out the whole screen anew."""

from __future__ import annotations

from textual.geometry import Size
from textual.scroll_view import ScrollView


def set_length(view: ScrollView, cells: int, lines: int) -> None:
    """Textual lays the screen out at each change of a virtual size, which takes as long as all of
    a key; wanted is that only where the height follows, or the scroll bar comes or goes."""
    size, bar = Size(cells, lines), view.show_vertical_scrollbar
    if view.styles.is_auto_height or bar != (lines > view.size.height):
        view.virtual_size = size
    elif size != view.virtual_size:
        view.set_reactive(ScrollView.virtual_size, size)
        if bar:
            view.vertical_scrollbar.window_virtual_size = lines
