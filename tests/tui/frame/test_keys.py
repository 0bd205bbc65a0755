"""Keys an input method sends, and keys a person chose."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Key

from opslog.services.book.book import Book
from opslog.services.daybook import lines as log_lines
from opslog.tui.frame import keymap
from opslog.tui.frame.app import OpslogApp
from opslog.tui.frame.help import help_lines
from opslog.tui.frame.keys import fold
from tests.tui.looking import press, text


@pytest.mark.parametrize(
    ("sent", "meant"),
    [("１", "1"), ("？", "question_mark"), ("＊", "asterisk"), ("！", "exclamation_mark"),
     ("×", "asterisk"), ("／", "slash"), ("、", "slash"), ("ｕ", "u"), ("Ｕ", "U")],
)  # fmt: skip
def test_full_width_forms_count(sent: str, meant: str) -> None:
    folded = fold(Key(sent, sent))
    assert folded is not None
    assert folded.key == meant


def test_a_chinese_character_is_no_key() -> None:
    assert fold(Key("王", "王")) is None


def test_plain_keys_pass() -> None:
    event = Key("enter", "\r")
    assert fold(event) is event


def test_the_key_map_names_what_it_does_not_understand(tmp_path: Path) -> None:
    (tmp_path / "keys.toml").write_text('[keys]\nundo = "f9"\nwrong = "x"\n"item.done" = 3\n')
    found = keymap.load(tmp_path)
    assert found.keys == {"undo": "f9", "wrong": "x"}
    assert ["item.done" in str(problem) for problem in found.problems] == [True]
    assert ["wrong" in str(problem) for problem in found.unknown({"undo"})] == [True]


def test_a_broken_key_map_keeps_the_usual_keys(tmp_path: Path) -> None:
    (tmp_path / "keys.toml").write_text("[keys\n")
    found = keymap.load(tmp_path)
    assert found.keys == {}
    assert "keys.toml" in str(found.problems[0])


@pytest.mark.parametrize(
    "text",
    [
        '[keys]\n"item.done" = "d,f9"\n',
        '[keys]\nitem.done = "d,f9"\n',
        '"item.done" = "d,f9"\n',
        'item.done = "d,f9"\n',
        '[item]\ndone = "d,f9"\n',
    ],
)
def test_a_line_of_keys_toml_holds_however_it_is_written(tmp_path: Path, text: str) -> None:
    (tmp_path / "keys.toml").write_text(text)
    found = keymap.load(tmp_path)
    assert found.keys == {"item.done": "d,f9"}
    assert found.problems == []


async def test_help_shows_the_line_of_each_action_for_keys_toml(book: Book) -> None:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(100, 40)):
        shown = {"".join(text for text, _look in spans) for spans in help_lines(app.screen)}
    assert '"item.done" = "d,ctrl+d"' in shown
    assert '"undo" = "u,ctrl+z"' in shown


async def test_ctrl_q_quits_from_anywhere(book: Book) -> None:
    for way in (("a",), ("f5", "n"), ("ctrl+p",), ("f1",), ("f4", "n"), ("f7", "f")):
        app = OpslogApp(book, demo=True)
        async with app.run_test() as pilot:
            await press(pilot, *way)
            await pilot.press("ctrl+q")
            assert app._exit, way


async def test_a_changed_form_warns_before_opslog_is_closed(book: Book) -> None:
    app = OpslogApp(book, demo=True)
    async with app.run_test() as pilot:
        await press(pilot, "f4", "n", "=Expo", "ctrl+q")
        assert not app._exit
        assert "Nothing is saved yet. ^q again leaves without saving" in " ".join(text(app).split())
        await pilot.press("ctrl+q")
        assert app._exit


async def test_a_line_being_typed_is_kept_when_opslog_is_closed(book: Book) -> None:
    app = OpslogApp(book, demo=True)
    async with app.run_test() as pilot:
        await press(pilot, "a", "=打给王总", "ctrl+q")
        assert "Not written yet. ^q again keeps it for later." in text(app)
        await pilot.press("ctrl+q")
        assert app._exit
    assert log_lines.draft(book) == "打给王总"
