"""Keys an input method sends, and keys a person chose."""

from __future__ import annotations

import pytest
from textual.events import Key

from opslog.domain.base.own_files import keys_file
from opslog.services.book import drafts
from opslog.services.book.book import Book
from opslog.tui.anywhere.help import Told
from opslog.tui.frame import keymap, navigation
from opslog.tui.frame.actions import GLOBAL
from opslog.tui.frame.app import OpslogApp
from opslog.tui.terminal.keys import fold
from opslog.tui.widgets.actions import REGISTRY
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


def test_the_key_map_names_what_it_does_not_understand() -> None:
    found = keys_file.read('[keys]\nundo = "f8"\nwrong = "x"\n"item.done" = 3\n', "keys.toml")
    assert found.wanted == {"undo": "f8", "wrong": "x"}
    assert ["keys.toml, line 4: " in str(fault) for fault in found.faults] == [True]
    assert ["keys.toml, line 3: " in str(fault) for fault in keymap.unknown(found)] == [True]


@pytest.mark.parametrize(
    ("lines", "held", "said"),
    [
        ('undo = "1"', {}, "line 2: “1” belongs to the screen in front; undo keeps"),
        ('undo = "f13,tab"', {}, "line 2: “tab” belongs to the screen"),
        ('"item.open" = "enter,f14"', {"item.open": "enter,f14"}, ""),
        ('undo = "d"', {}, "line 2: “d” is the key of item.done; undo keeps"),
        ('undo = "f13"\nredo = "f13"', {"undo": "f13"}, "line 3: “f13” is the key of undo; redo"),
        ('undo = "f13"\n"item.done" = "u"', {"undo": "f13", "item.done": "u"}, ""),
    ],
)
def test_a_key_that_is_taken_is_said_and_the_usual_one_holds(
    lines: str, held: dict[str, str], said: str
) -> None:
    for name in navigation.SCREENS:
        navigation.screen_class(name)
    keys, faults = keymap.usable(keys_file.read(f"[keys]\n{lines}\n", "keys.toml"))
    assert keys == held
    assert [said in str(fault) for fault in faults] == ([True] if said else [])


async def test_a_broken_key_map_keeps_the_usual_keys(book: Book) -> None:
    (book.home / "keys.toml").write_text("[keys\n")
    async with OpslogApp(book, demo=True).run_test() as pilot:
        await pilot.pause()
        app = pilot.app
        assert isinstance(app, OpslogApp)
        assert app.key_text("undo", "u,ctrl+z") == "u"
        assert any("keys.toml, line 1" in notice.message for notice in app._notifications)


@pytest.mark.parametrize(
    "text",
    [
        '[keys]\n"item.done" = "d,f8"\n',
        '[keys]\nitem.done = "d,f8"\n',
        '"item.done" = "d,f8"\n',
        'item.done = "d,f8"\n',
        '[item]\ndone = "d,f8"\n',
    ],
)
def test_a_line_of_keys_toml_holds_however_it_is_written(text: str) -> None:
    found = keys_file.read(text)
    assert found.wanted == {"item.done": "d,f8"}
    assert found.faults == ()


async def test_help_shows_the_line_of_each_action_for_keys_toml(book: Book) -> None:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(100, 40)):
        told = Told(app.screen).lines(70)
        shown = {"".join(text for text, _look in spans).rstrip() for spans in told}
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
        assert "Nothing is saved yet. ^q again closes and keeps" in " ".join(text(app).split())
        await pilot.press("ctrl+q")
        assert app._exit
    [draft] = drafts.waiting(book)
    assert (draft.title, draft.typed) == ("New event", {"name": "Expo"})


async def test_a_line_being_typed_is_kept_when_opslog_is_closed(book: Book) -> None:
    app = OpslogApp(book, demo=True)
    async with app.run_test() as pilot:
        await press(pilot, "a", "=打给王总", "ctrl+q")
        assert "Not written yet. ^q again keeps it for later." in text(app)
        await pilot.press("ctrl+q")
        assert app._exit
    assert [draft.text for draft in drafts.waiting(book)] == ["打给王总"]


def test_what_works_from_anywhere_has_its_keys_for_itself() -> None:
    """But for those that one screen gives the same meaning of its own: undo and redo in History,
    the file of a report or a review."""
    for name in navigation.SCREENS:
        navigation.screen_class(name)  # whose actions are known then
    anywhere = {key for id in GLOBAL for key in REGISTRY[id].keys.split(",")}
    others = {
        (id, key)
        for id, action in REGISTRY.items()
        if id not in GLOBAL and not id.startswith(("history.", "report.", "review.save"))
        for key in action.keys.split(",")
    }
    assert {(id, key) for id, key in others if key in anywhere} == set()
