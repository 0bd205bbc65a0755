"""A screen in front as text: its lines, exact to the cell, and where colour carries a meaning."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

from rich.cells import cell_len
from rich.color import Color as RichColor
from rich.style import Style
from textual._wait import wait_for_idle
from textual.color import Color
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static

from opslog import locale
from opslog.domain.dates.wording import short_day
from opslog.locale import _, ngettext
from opslog.services.book.book import Book, open_book
from opslog.services.daybook import lines as log_lines
from opslog.services.daybook import reading
from opslog.tui.daybook.capture_line import CaptureLine
from opslog.tui.frame.app import OpslogApp
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.theme import COLOURS, DARK
from tests.conftest import StandingClock
from tests.samples import Samples
from tests.snapshots import pages
from tests.snapshots.scenes import Scene

LANGUAGES = ("en", "zh_CN")
SIZES = ((80, 24), (120, 40))
LARGE = (200, 60)
# Thursday, 10:20 in Shanghai: the sample's salon is tomorrow.
MOMENT = datetime(2026, 11, 26, 2, 20, tzinfo=UTC)
EDGE = "│"  # ends every line, so that one too long or too short is seen

RED, ACCENT, CURSOR = "red", "accent", "cursor"


@dataclass(frozen=True)
class Mark:
    """Text that stands out: where it begins (line and cell, counted from 1) and why."""

    line: int
    cell: int
    look: str
    text: str


@dataclass(frozen=True)
class Drawing:
    """A screen as it was drawn."""

    lines: tuple[str, ...]
    marks: tuple[Mark, ...]
    cut: tuple[str, ...]  # what does not fit and does not say so
    may_be_red: tuple[str, ...]
    svg: str

    def text(self) -> str:
        """What is kept in the file: the lines, then the marks, one line of them a line."""
        marked: dict[int, list[str]] = {}
        for mark in self.marks:
            shown = "" if mark.look == CURSOR else f" {mark.text.strip()!r}"
            marked.setdefault(mark.line, []).append(f"{mark.look}{shown}")
        rows = [line + EDGE for line in self.lines]
        rows += ["", *(f"{number:>3}  {', '.join(looks)}" for number, looks in marked.items())]
        return "\n".join(rows) + "\n"


def sizes(scene: Scene) -> tuple[tuple[int, int], ...]:
    """The terminals a scene is drawn on."""
    return (*SIZES, LARGE) if scene.large else SIZES


def draw(app: OpslogApp) -> Drawing:
    """The screen in front, with what shows through from below a dialog."""
    strips = app.screen._compositor.render_strips()
    marks = [mark for number, strip in enumerate(strips, 1) for mark in _marks(number, strip)]
    return Drawing(
        tuple(strip.text for strip in strips),
        tuple(marks),
        tuple(cut_silently(app)),
        tuple(may_be_red(app)),
        app.export_screenshot(simplify=True),
    )


def cut_silently(app: OpslogApp) -> Iterator[str]:
    """Texts of the screen in front that are longer than their room, with no … and no scroll bar.

    Lists and lines end in … by themselves, whatever draws them.
    """
    for widget in app.screen.walk_children(Widget):
        if not widget.display or not widget.is_on_screen:
            continue
        room = widget.content_size
        if isinstance(widget, LinesView):
            if len(widget.lines) > room.height and not widget.show_vertical_scrollbar:
                yield "\n".join(text for line in widget.lines for text, _look in line)
        elif isinstance(widget, Static):
            if widget.visual.get_height({}, room.width) > room.height:
                yield str(widget.visual)
        elif isinstance(widget, Input):
            hint = "" if widget.value else str(widget.placeholder)
            if cell_len(hint) > room.width:
                yield hint


def may_be_red(app: OpslogApp) -> Iterator[str]:
    """What is late or flagged, as the screens put it."""
    book = app.book
    yield from ("!", "▲", "◷", "●", _("late"), _("Overdue"), _("Promised, now"), _("flagged red"))
    yield from (_("▲ {n} overdue").format(n=n) for n in range(1, 100))
    yield from (_("{n} late").format(n=n) for n in range(1, 100))
    yield from map(str, range(1, 100))  # how many steps are late
    for one, many in (
        ("{n} d late", "{n} d late"),
        ("▲ {n} late", "▲ {n} late"),
        ("▲ {n} step late", "▲ {n} steps late"),
    ):
        yield from (ngettext(one, many, n).format(n=n) for n in range(1, 30))
    yield from (
        str(short_day(book.today() - timedelta(days=n), book.today())) for n in range(1, 30)
    )
    yield from (line.text for line in log_lines.lines(book) if line.flagged)
    for line in app.screen.query(CaptureLine):
        captured = reading.understand(book, line.text).captured
        yield from (captured.text,) if captured.flagged else ()


def _marks(number: int, strip: Strip) -> Iterator[Mark]:
    cell, cursor = 1, False
    for text, style, _control in strip:
        look = _look(style)
        on_cursor = style is not None and _same(style.bgcolor, COLOURS[DARK]["cursor"])
        if on_cursor and not cursor:
            cursor = True
            yield Mark(number, cell, CURSOR, text)
        if look and text.strip():
            yield Mark(number, cell, look, text)
        cell += cell_len(text)


def _look(style: Style | None) -> str:
    """Red, or the accent where it is no key's."""
    if style is None:
        return ""
    if _same(style.color, COLOURS[DARK]["error"]):
        return RED
    return ACCENT if _same(style.color, COLOURS[DARK]["accent"]) and not style.bold else ""


def _same(drawn: RichColor | None, name: str | None) -> bool:
    """Whether a colour of the theme was drawn; Textual rounds what it derives."""
    if drawn is None or drawn.triplet is None or name is None:
        return False
    wanted = Color.parse(name).rgb
    return all(abs(a - b) <= 1 for a, b in zip(drawn.triplet, wanted, strict=True))


def kept(scene: str, language: str, size: tuple[int, int]) -> Path:
    """The file a drawing is kept in."""
    return Path(__file__).parent / scene / f"{language}-{size[0]}x{size[1]}.txt"


class Stage:
    """The sample and an empty book in one language; every scene gets a copy of its own."""

    def __init__(self, folder: Path, language: str, samples: Samples) -> None:
        self.folder, self.language = folder, language
        self.clock = StandingClock(MOMENT)
        self._played = 0
        with self._in_language():
            for name in ("sample", "empty"):
                (folder / name).mkdir(parents=True)
            samples.copy(folder / "sample", self.clock)
            open_book(folder / "empty" / "opslog.db", clock=self.clock).close()

    @contextmanager
    def _in_language(self) -> Iterator[None]:
        before = locale.language()
        locale.set_language(self.language)
        try:
            yield
        finally:
            locale.set_language(before)

    @contextmanager
    def _book(self, *, empty: bool) -> Iterator[Book]:
        self._played += 1
        folder = self.folder / str(self._played)
        shutil.copytree(self.folder / ("empty" if empty else "sample"), folder)
        book = open_book(folder / "opslog.db", clock=self.clock, session="snapshot")
        try:
            yield book
        finally:
            book.close()

    def page(self, ending: str) -> str:
        """The review of the sample's conference."""
        with self._in_language(), self._book(empty=False) as book:
            return pages.page(book, ending, book.path.parent)

    async def play(
        self, scene: Scene, prepare: Callable[[Book], object] = lambda _book: None
    ) -> dict[tuple[int, int], Drawing]:
        """The scene at each size: the terminal is made larger once the screen stands."""
        drawings = {}
        with self._in_language(), self._book(empty=scene.empty) as book:
            prepare(book)
            app = OpslogApp(book, demo=True)
            async with app.run_test(size=SIZES[0], notifications=True) as pilot:
                await scene.play(pilot)
                drawings[SIZES[0]] = await _drawn(pilot)
                for size in sizes(scene)[1:]:
                    await pilot.resize_terminal(*size)
                    drawings[size] = await _drawn(pilot)
        return drawings


async def _drawn(pilot: Pilot[None]) -> Drawing:
    """The screen as it stands once Textual's own timers have told of its size."""
    await pilot.pause()
    await wait_for_idle()
    await pilot.pause()
    return draw(cast(OpslogApp, pilot.app))
