"""Terminals that can do less, and of any size: everything can be read, and nothing breaks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.pty.running import add
from tests.pty.terminal import Terminal, environment

COLOUR = re.compile(rb"\x1b\[[0-9;]*\b(?:38|48|3[0-7]|4[0-7]|9[0-7]|10[0-7])[;m]")
REVERSED = re.compile(rb"\x1b\[(?:[0-9]+;)*7[;m]")


@pytest.mark.parametrize(
    ("surroundings", "coloured"),
    [
        ({"NO_COLOR": "1"}, False),
        ({"TERM": "dumb", "COLORTERM": ""}, False),
        ({"TERM": "linux", "COLORTERM": ""}, True),
        ({"TERM": "vt100", "COLORTERM": ""}, True),
        ({"TERM": "xterm-16color", "COLORTERM": ""}, True),
    ],
    ids=["NO_COLOR", "dumb", "linux", "vt100", "16 colours"],
)
def test_a_terminal_with_few_colours_or_none(
    tmp_path: Path, surroundings: dict[str, str], coloured: bool
) -> None:
    path = tmp_path / "opslog.db"
    add(path, "call Li >today")
    with Terminal.opslog("--db", str(path), env=environment(tmp_path, **surroundings)) as terminal:
        terminal.wait_for("F1 Help")
        assert "call Li" in terminal.text
        terminal.press("f3")
        terminal.wait_for("Log a line")
        assert bool(COLOUR.search(bytes(terminal.raw))) is coloured
        if not coloured:  # the row under the cursor
            assert REVERSED.search(bytes(terminal.raw))
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
        assert b"Traceback" not in terminal.raw


def test_without_utf8_the_signs_are_ascii(tmp_path: Path) -> None:
    path = tmp_path / "opslog.db"
    add(path, "call Li >today")
    with Terminal.opslog("--db", str(path), env=environment(tmp_path, LC_ALL="C")) as terminal:
        terminal.wait_for("F1 Help")
        assert terminal.text.isascii()
        terminal.press("ctrl+q")
        assert terminal.wait() == 0


def test_resized_at_any_moment_from_20_by_5_to_300_by_100(tmp_path: Path) -> None:
    path = tmp_path / "opslog.db"
    add(path, "call Li >today")
    sizes = [(20, 5), (300, 100), (21, 100), (300, 5), (79, 23), (110, 39), (20, 5)]
    with Terminal.opslog("--db", str(path), env=environment(tmp_path)) as terminal:
        terminal.wait_for("F1 Help")
        for keys in (("f2",), ("f3",), ("f4", "n"), ("f6",), ("f7",)):
            for columns, rows in sizes:
                terminal.resize(columns, rows)
                terminal.press(*keys[:1])
            terminal.press(*keys[1:])
            terminal.press("escape")
        terminal.resize(80, 24)
        terminal.press("f2")
        terminal.wait_for("call Li")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
        assert b"Traceback" not in terminal.raw
