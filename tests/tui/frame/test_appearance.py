"""F12: dark, light, and without colour, where everything can be read all the same."""

from __future__ import annotations

import pytest
from textual.color import Color

from opslog.services.book.book import Book
from opslog.tui.frame.app import OpslogApp
from opslog.tui.terminal import first_look
from opslog.tui.terminal.first_look import Part
from opslog.tui.widgets.theme import COLOURS, DARK, GREY, LIGHT, LOOKS, named
from tests.tui.looking import press

READ = ("foreground", "text-muted", "focal", "accent", "success", "warning", "error")


async def test_f12_goes_round_and_is_kept(book: Book) -> None:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        seen = [app.theme]
        for _press in range(3):
            await press(pilot, "f12")
            seen.append(app.theme)
        assert seen == [DARK, LIGHT, GREY, DARK]
        await press(pilot, "f12", "f12")
        assert named(book.setting("theme")) == GREY
        colours = {
            style.color.triplet
            for strip in app.screen._compositor.render_strips()
            for _text, style, _control in strip
            if style is not None and style.color is not None and style.color.triplet is not None
        }
        assert colours
        assert all(max(found) - min(found) <= 2 for found in colours)
    assert OpslogApp(book, demo=True).theme == GREY


@pytest.mark.parametrize("theme", [DARK, LIGHT, GREY])
@pytest.mark.parametrize("ground", ["background", "pane"])
def test_what_must_be_read_stands_out_from_its_ground(theme: str, ground: str) -> None:
    grounds = Color.parse(COLOURS[theme][ground])
    for name in READ:
        contrast = _contrast(grounds, Color.parse(COLOURS[theme][name]))
        assert contrast >= 4.5, f"{name} on {ground}: {contrast:.1f}"


def _contrast(one: Color, other: Color) -> float:
    """As the web's accessibility guidelines reckon it."""
    first, second = sorted((_luminance(one), _luminance(other)))
    return (second + 0.05) / (first + 0.05)


def _luminance(colour: Color) -> float:
    parts = [part / 255 for part in colour.rgb]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_first_picture_has_no_colour_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)
    sent = first_look.text([[Part(tuple(("x", look) for look in LOOKS), 40)]], GREY)
    triples = [part.split(";")[:3] for part in sent.replace("48;2;", "38;2;").split("38;2;")[1:]]
    assert triples
    assert all(len({part.split("m")[0] for part in triple}) == 1 for triple in triples)
