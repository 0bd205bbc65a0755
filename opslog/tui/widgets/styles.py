"""The looks of text, as styles of the theme."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from operator import itemgetter

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from opslog.tui.widgets.refusals import SaysRefusals
from opslog.tui.widgets.text import Line, drawn
from opslog.tui.widgets.theme import COLOURS, LOOKS

_TEXT, _LOOK = itemgetter(0), itemgetter(1)  # of a span


class Laid(dict[str, Style]):
    """Looks, and several of them laid over one another: “good+cursor”, “+cursor” over plain."""

    def __missing__(self, name: str) -> Style:
        below, plus, above = name.rpartition("+")
        if not plus:
            raise KeyError(name)
        self[name] = style = self[below] + self[above] if below else self[above]
        return style


@cache
def of_theme(theme: str) -> dict[str, Style]:
    """The looks in a theme's colours. Not by CSS: Textual would match every rule against every
    look of every widget, a tenth of the time to the first screen."""
    colours = COLOURS[theme]
    return Laid(
        {
            name: Style(
                color=colours[look.colour] if look.colour else None,
                bgcolor=colours[look.ground] if look.ground else None,
                bold=look.bold or None,
            )
            for name, look in LOOKS.items()
        }
    )


class Looks(SaysRefusals):
    """Mixed into widgets that draw lines themselves."""

    _looks: dict[str, Style] | None = None
    _ground: Style | None = None

    def ground(self) -> Style:
        """What lines are laid on: the widget's own style, which Textual works out anew from all
        that is above it each time it is asked."""
        if self._ground is None:
            assert isinstance(self, Widget)
            self._ground = self.rich_style
        return self._ground

    def looks(self) -> dict[str, Style]:
        if self._looks is None:
            assert isinstance(self, Widget)
            self._looks = of_theme(self.app.theme)
        return self._looks

    def notify_style_update(self) -> None:
        self._looks = self._ground = None
        super().notify_style_update()  # type: ignore[misc]  # the Widget this is mixed into


def strip(spans: Line, cells: int, styles: dict[str, Style], base: Style) -> Strip:
    """The line as Textual draws it: exactly ``cells`` wide, looks laid over ``base``.

    Neighbours of one look are one segment: each is taken in hand five times on its way out.
    """
    segments = [
        Segment("".join(text for text, _look in run), base + styles[look] if look else base)
        for look, run in groupby(filter(_TEXT, drawn(spans, cells)), _LOOK)
    ]
    return Strip(segments, cells)
