"""Whatever is typed or pasted into a line stands there: every input of every screen."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Input

import opslog.tui
from opslog.domain.daybook.captured import Captured
from opslog.locale import msg
from opslog.services.book import drafts
from opslog.services.book.book import Book
from opslog.tui.daybook.capture_input import CaptureInput
from opslog.tui.frame.app import OpslogApp
from opslog.tui.people.desk import PeopleFilter
from opslog.tui.widgets.asking import text_input
from opslog.tui.widgets.asking.form import Field, Form
from opslog.tui.widgets.asking.prompt import Choice, Choose, Prompt
from opslog.tui.widgets.asking.text_input import TextInput
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.theme import DARK, themes
from tests.tui.looking import press, text

# Full-width, combining, joined and plain; no control character is text.
TEXT = st.text(
    st.one_of(
        st.sampled_from("aZ 王，　１＃＠＋～！》：é\u0301\u200d👩💻️\u00a0𬱖"),
        st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"]),
    ),
    min_size=1,
    max_size=12,
)


OWN = Path(text_input.__file__)


def _inputs() -> list[TextInput]:
    return [TextInput(), CaptureInput("", lambda text: Captured(text, ())), PeopleFilter()]


class InputApp(App[None]):
    CSS_PATH = "../../../opslog/tui/frame/app.tcss"

    def __init__(self) -> None:
        super().__init__()
        for theme in themes():
            self.register_theme(theme)
        self.theme = DARK

    def compose(self) -> ComposeResult:
        yield from _inputs()


async def _typed(field: Input, text: str) -> str:
    field.value = ""
    for character in text:
        key = events.Key(character, character)
        await field._dispatch_message(key)
    return field.value


@settings(deadline=None, max_examples=20)
@given(TEXT)
async def test_every_character_typed_or_pasted_is_kept(text: str) -> None:
    async with InputApp().run_test() as pilot:
        for field in pilot.app.query(TextInput):
            assert await _typed(field, text) == text
            field.value = ""
            await field._dispatch_message(events.Paste(text))
            assert field.value == text


async def test_several_lines_pasted_are_one_line_none_lost() -> None:
    async with InputApp().run_test() as pilot:
        field = pilot.app.query(TextInput).first()
        await field._dispatch_message(events.Paste("王总\r\n李总　\n"))
        assert field.value == "王总 李总　"
        await field._dispatch_message(events.Paste("\x1b[31m"))
        assert field.value.endswith("␛[31m")


def test_no_screen_has_an_input_of_another_kind() -> None:
    for file in Path(opslog.tui.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            called = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            bases = node.bases if isinstance(node, ast.ClassDef) else []
            based = [getattr(base, "id", "") for base in bases] if file != OWN else []
            found = "Input" in (called, *based)
            assert not found, f"{file}: a TextInput keeps what is typed"


@pytest.mark.parametrize("dialog", ["prompt", "choose", "form"])
async def test_in_dialogs_a_full_width_space_is_a_character(book: Book, dialog: str) -> None:
    made: dict[str, Screen[Any]] = {
        "prompt": Prompt(msg("?"), saves=str, where=None),
        "choose": Choose("?", [Choice("a", "王总　李总")]),
        "form": Form(msg("?"), [Field("name", "Name")], dict, where=drafts.CAPTURE),
    }
    app = OpslogApp(book, demo=True)
    async with app.run_test() as pilot:
        app.push_screen(made[dialog])
        await pilot.pause()
        for key in XTermParser(False).feed("王\u3000李"):  # as a terminal sends it
            app.post_message(key)
        await pilot.pause()
        assert app.screen.query_one(Input).value == "王　李"


async def test_narrowing_a_list_puts_the_cursor_on_its_first_match(book: Book) -> None:
    choices = [Choice("a", "Shanghai"), Choice("b", "Shenzhen"), Choice("c", "Shaanxi")]
    app = OpslogApp(book, demo=True)
    async with app.run_test() as pilot:
        app.push_screen(Choose("Where?", choices))
        await pilot.pause()
        await press(pilot, "down", "down")
        rows = app.screen.query_one(WindowList)
        assert rows.selected == "c"
        await press(pilot, "s", "h")
        assert rows.selected == "a"
        await press(pilot, "e")
        assert rows.selected == "b"
        await press(pilot, "backspace")
        assert rows.selected == "a"


async def test_a_question_nobody_asked_for_is_not_answered_by_what_is_being_typed(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("opslog.tui.widgets.asking.prompt.DEAF_SECONDS", 3600)
    answers: list[str | None] = []
    app = OpslogApp(book, demo=True)
    async with app.run_test() as pilot:
        question = Choose("Gone!", [Choice("a", "Open it"), Choice("b", "Another")], unasked=True)
        app.push_screen(question, answers.append)
        await pilot.pause()
        await press(pilot, "2", "enter", "1")
        assert answers == []
        assert "read this first" in text(app)
        question._listen()  # a moment later
        await press(pilot, "2")
        assert answers == ["b"]


async def test_a_list_narrowed_to_nothing_says_so(book: Book) -> None:
    app = OpslogApp(book, demo=True)
    async with app.run_test() as pilot:
        app.push_screen(Choose("Where?", [Choice("a", "Shanghai")]))
        await pilot.pause()
        await press(pilot, "x")
        assert "nothing fits" in text(app)
