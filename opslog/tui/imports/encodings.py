"""The same lines of a file in every way they could be read, side by side: which reads well?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Static

from opslog.domain.rosters.rosters import TextSample
from opslog.locale import _
from opslog.tui.widgets.dialog import Dialog
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.text import Line, cut, line, pad

_NARROWEST = 15  # cells of a reading: a short name and a mobile number
_BETWEEN = 2  # cells


class PickReading(Dialog[str]):
    """One encoding or delimiter a column: its digit, or ← → and Enter; else None."""

    DEFAULT_CSS = """
    PickReading > .dialog { width: 96%; }
    PickReading LinesView { height: auto; max-height: 14; }
    PickReading .keys { color: $text-muted; }
    """
    BINDINGS = [
        Binding("left,h", "move(-1)", show=False),
        Binding("right,l,tab", "move(1)", show=False),
        Binding("enter", "take", show=False),
    ]

    def __init__(
        self,
        file: str,
        readings: Sequence[TextSample],
        *,
        selected: str = "",
        called: Callable[[str], str] = str,
    ) -> None:
        super().__init__()
        self._called = called
        self._file, self._readings = file, list(readings)
        names = [one.name for one in self._readings]
        self._at = names.index(selected) if selected in names else 0

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(
                _("Which reading of {file} is right?").format(file=self._file),
                classes="title",
                markup=False,
            )
            yield _Columns(self._readings, self._called)
            yield Static(
                _("← → or a digit chooses · Enter take · Esc leave"), classes="keys", markup=False
            )

    def on_mount(self) -> None:
        self._show()

    def _show(self) -> None:
        self.query_one(_Columns).point_at(self._at)

    def action_move(self, by: int) -> None:
        self._at = (self._at + by) % len(self._readings)
        self._show()

    def action_take(self) -> None:
        self.dismiss(self._readings[self._at].name)

    def on_key(self, event: events.Key) -> None:
        digit = event.character or ""
        if digit.isascii() and digit.isdigit() and 0 < int(digit) <= len(self._readings):
            event.stop()
            self.dismiss(self._readings[int(digit) - 1].name)


class _Columns(LinesView):
    """As many readings as fit, the one chosen among them."""

    def __init__(self, readings: Sequence[TextSample], called: Callable[[str], str]) -> None:
        super().__init__()
        self._readings, self._called = readings, called
        self._at = 0
        self.styles.height = max((len(one.lines) for one in readings), default=0) + 1

    def point_at(self, number: int) -> None:
        self._at = number
        self.rebuild()

    def build(self, cells: int) -> list[Line]:
        fit = max(1, min(len(self._readings), cells // (_NARROWEST + _BETWEEN)))
        first = min(max(0, self._at - fit + 1), len(self._readings) - fit)
        wide = cells // fit - _BETWEEN
        shown = list(enumerate(self._readings, 1))[first : first + fit]
        heads: list[tuple[str, str] | str] = []
        for number, one in shown:
            look = "key" if number - 1 == self._at else "muted"
            sign = ">" if number - 1 == self._at else " "
            heads += [
                (pad(cut(f"{sign}{number} {self._called(one.name)}", wide), wide), look),
                "  ",
            ]
        if first + fit < len(self._readings):
            heads[-1] = ("…", "key")  # more of them to the right
        lines = [line(*heads)]
        for row in range(max(len(one.lines) for _number, one in shown)):
            spans: list[tuple[str, str] | str] = []
            for number, one in shown:
                text = one.lines[row] if row < len(one.lines) else ""
                look = "strong" if number - 1 == self._at else ""
                spans += [(pad(cut(f" {text}", wide), wide), look), "  "]
            lines.append(line(*spans))
        return lines
