"""Keys an input method sends, and keys a person chose."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Key

from opslog.tui import keymap
from opslog.tui.keys import fold


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
