"""Draw README's pictures: four screens of the sample in both languages, as a terminal shows them.

``python -m sample_data.picture`` writes them into ``pictures`` beside this file. The clock stands,
so a picture changes only when its screen does. Each character is put where its cell is: a Chinese
one fills two, whatever fonts the reader has.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from rich.cells import cell_len
from rich.color import Color
from rich.style import Style
from textual.pilot import Pilot
from textual.strip import Strip

from opslog import locale
from opslog.domain.base.clock import Clock
from opslog.services.demo import demo
from opslog.services.events import events
from opslog.tui.frame.app import OpslogApp

FOLDER = Path(__file__).resolve().with_name("pictures")
THURSDAY_MORNING = datetime(2026, 11, 26, 2, 20, tzinfo=UTC)  # the sample's salon is tomorrow
SIZE = (112, 34)
CELL, LINE, MARGIN = 9, 20, 16  # in the picture's own units
INK, PAPER = "#d0d0d0", "#101214"
FONTS = "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', 'PingFang SC', 'Noto Sans CJK SC'"

Seat = Pilot[None]


def _keys(*pressed: str) -> Callable[[Seat], Awaitable[None]]:
    async def play(pilot: Seat) -> None:
        for key in pressed:
            await pilot.press(key)
            await pilot.pause()

    return play


async def _import(pilot: Seat) -> None:
    """The wizard, once what the list would do is worked out in its other process."""
    from opslog.tui.imports.opening import open_import_wizard

    app = pilot.app
    assert isinstance(app, OpslogApp)
    await pilot.press("f5")
    conference = events.resolve(app.book, "杭州")
    file = demo.sample_folder() / "lists" / "salon_shanghai_final2.xlsx"
    open_import_wizard(app, conference, file)
    wanted = locale._("would come in like this")
    while not any(wanted in strip.text for strip in _strips(app)):
        await pilot.pause(0.05)


SCREENS = {
    "today": _keys(),
    "call": _keys("f6"),
    "screening": _keys("f5", "enter"),
    "import": _import,
}


async def draw(name: str, language: str) -> str:
    """One screen in one language as SVG."""
    locale.set_language(language)
    with tempfile.TemporaryDirectory() as folder:
        book = demo.build(Path(folder), Clock(lambda: THURSDAY_MORNING))
        try:
            app = OpslogApp(book, demo=True)
            async with app.run_test(size=SIZE) as pilot:
                await SCREENS[name](pilot)
                await pilot.pause()
                return svg(_strips(app))
        finally:
            book.close()


def _strips(app: OpslogApp) -> Sequence[Strip]:
    return app.screen._compositor.render_strips()


def svg(strips: Sequence[Strip]) -> str:
    """Lines of a screen as a picture with a frame round it."""
    width = max(strip.cell_length for strip in strips) * CELL + 2 * MARGIN
    height = len(strips) * LINE + 2 * MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">',
        f'<rect width="{width}" height="{height}" rx="8" fill="{PAPER}"/>',
        f'<g transform="translate({MARGIN} {MARGIN})" font-family="{FONTS}" font-size="16"'
        ' xml:space="preserve">',
    ]
    for row, strip in enumerate(strips):
        parts += _line(strip, row * LINE)
    return "\n".join([*parts, "</g>", "</svg>\n"])


def _line(strip: Strip, top: int) -> Iterator[str]:
    cell = 0
    for text, style, _control in strip:
        ink, paper = _colours(style)
        cells = cell_len(text)
        if paper != PAPER:
            yield (
                f'<rect x="{cell * CELL}" y="{top}" width="{cells * CELL}" height="{LINE}"'
                f' fill="{paper}"/>'
            )
        placed = list(_placed(text, cell))
        if placed:
            xs = " ".join(str(at * CELL) for at, _letter in placed)
            bold = ' font-weight="bold"' if style is not None and style.bold else ""
            letters = escape("".join(letter for _at, letter in placed))
            yield f'<text x="{xs}" y="{top + 15}" fill="{ink}"{bold}>{letters}</text>'
        cell += cells


def _placed(text: str, cell: int) -> Iterator[tuple[int, str]]:
    """Each character that leaves a mark, with its cell."""
    for letter in text:
        if not letter.isspace():
            yield cell, letter
        cell += cell_len(letter)


def _colours(style: Style | None) -> tuple[str, str]:
    """Ink and paper."""
    if style is None:
        return INK, PAPER
    ink, paper = _hex(style.color, INK), _hex(style.bgcolor, PAPER)
    return (paper, ink) if style.reverse else (ink, paper)


def _hex(colour: Color | None, default: str) -> str:
    return default if colour is None or colour.is_default else colour.get_truecolor().hex


def file_of(name: str, language: str) -> Path:
    return FOLDER / f"{name}-{language[:2]}.svg"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for language in locale.LANGUAGES:
        for name in SCREENS:
            file = file_of(name, language)
            drawn = asyncio.run(draw(name, language))
            file.write_text(drawn, encoding="utf-8", newline="\n")
            print(file)


if __name__ == "__main__":
    main()
