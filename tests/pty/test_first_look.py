"""The first picture: what stands on the terminal before Textual is there, and what it leaves."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from opslog.tui.widgets.pane import MOST, SHARE
from tests.conftest import StandingClock
from tests.pty.terminal import Terminal, environment
from tests.samples import Samples

TAKEN_OVER = b"\x1b[?1000h"  # the mouse: the first that Textual asks for
MONDAY = "2026-11-23T09:00+08:00"
SAID_LATER = (1, 2)
NORMAL = b"\x1b[?1049l"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, samples: Samples) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    return samples.copy(folder, StandingClock(datetime.fromisoformat(MONDAY)))


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60), (110, 29)])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_moves_when_textual_takes_over(
    sample: Path, size: tuple[int, int], language: str
) -> None:
    columns, rows = size
    env = environment(sample.parent, OPSLOG_NOW=MONDAY)
    words = ("--db", str(sample), "--lang", language)
    with Terminal.opslog(*words, env=env, columns=columns, rows=rows) as terminal:
        terminal.wait_for_bytes(TAKEN_OVER, 0)
        sent = bytes(terminal.raw).split(TAKEN_OVER)[0]
        first = Terminal.drawing(sent, columns, rows)
        terminal.wait_for(lambda text: "F1" in text.split("\n")[-1])
        assert {"en": "Overdue", "zh": "逾期"}[language] in terminal.text
        bars = {columns - 1, columns - 2 - min(columns * SHARE // 100, MOST)}  # which scroll
        for row, (before, after) in enumerate(zip(first[:-1], terminal.cells(), strict=False)):
            moved = {at for at in range(columns) if not alike(before[at], after[at])} - bars
            if row in SAID_LATER:  # how long the calls take, how many wait: where nothing stood
                moved = {at for at in moved if before[at][0] != " "}
            at = min(moved, default=0)
            assert not moved, f"row {row}: {before[at]} is {after[at]} in {terminal.lines()[row]}"


def alike(before: tuple[object, ...], after: tuple[object, ...]) -> bool:
    """Whether two cells look the same; Textual rounds the red of a colour it derives."""
    return len(before) == len(after) and all(
        one == other or (len(str(one)) == 6 == len(str(other)) and _close(str(one), str(other)))
        for one, other in zip(before, after, strict=True)
    )


def _close(one: str, other: str) -> bool:
    return one[2:] == other[2:] and abs(int(one[:2], 16) - int(other[:2], 16)) <= 1


def test_keys_typed_before_the_screens_are_there_are_theirs(sample: Path) -> None:
    env = environment(sample.parent, OPSLOG_NOW=MONDAY)
    with Terminal.opslog("--db", str(sample), env=env) as terminal:
        terminal.wait_for_bytes(b"\x1b[?1049h", 0)
        terminal.press("f7")
        terminal.wait_for("Company")
        assert not any("^[" in line for line in terminal.lines()), "no key is echoed"


def test_ended_while_textual_is_imported_it_gives_the_terminal_back(
    sample: Path, tmp_path: Path
) -> None:
    """A ``textual`` that never finishes stands in for a slow disk."""
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    (tmp_path / "textual").mkdir()
    (tmp_path / "textual" / "__init__.py").write_text(f"open({str(gate)!r}).read()\n")
    env = environment(sample.parent, OPSLOG_NOW=MONDAY)
    env["PYTHONPATH"] = os.pathsep.join((str(tmp_path), env["PYTHONPATH"]))
    with Terminal.opslog("--db", str(sample), env=env) as terminal:
        before = terminal.attributes()
        terminal.wait_for("Overdue")
        assert terminal.attributes() != before, "keys are not shown"
        terminal.kill(signal.SIGTERM)
        assert terminal.exit_code == 128 + signal.SIGTERM
        assert NORMAL in terminal.raw
        assert terminal.attributes() == before


LATE = """
import os, signal, sys
from opslog.cli import run
from opslog.tui.terminal import endings
listen = endings.listen
def late(end):
    os.kill(os.getpid(), signal.SIGTERM)
    listen(end)
endings.listen = late
sys.exit(run(sys.argv[1:]))
"""


def test_ended_before_the_screens_listen_it_says_nothing(sample: Path) -> None:
    env = environment(sample.parent, OPSLOG_NOW=MONDAY)
    with Terminal.python("-c", LATE, "--db", str(sample), env=env) as terminal:
        before = terminal.attributes()
        assert terminal.wait() == 128 + signal.SIGTERM
        assert terminal.attributes() == before
        assert bytes(terminal.raw).rsplit(NORMAL)[-1].count(b"\n") == 0, "no traceback"


def test_what_today_cannot_read_ends_no_start(sample: Path, tmp_path: Path) -> None:
    """The screens come without the first picture; they say what it is, and the others open."""
    path = tmp_path / "opslog.db"
    shutil.copy(sample, path)
    with closing(sqlite3.connect(path)) as con:
        for (name,) in con.execute("SELECT name FROM sqlite_schema WHERE type='trigger'"):
            con.execute(f"DROP TRIGGER {name}")
        con.execute("DROP TABLE follow_up")
        con.commit()
    env = environment(tmp_path, OPSLOG_NOW=MONDAY)
    with Terminal.opslog("--db", str(path), env=env) as terminal:
        assert "Nothing is due" not in terminal.wait_for("The file lacks a part")
        terminal.press("f7")
        terminal.wait_for("Company")


@pytest.mark.parametrize("size", [(39, 24), (80, 9)])
def test_on_a_very_small_terminal_the_screens_come_alone(
    sample: Path, size: tuple[int, int]
) -> None:
    env = environment(sample.parent, OPSLOG_NOW=MONDAY)
    columns, rows = size
    with Terminal.opslog("--db", str(sample), env=env, columns=columns, rows=rows) as terminal:
        terminal.wait_for_bytes(TAKEN_OVER, 0)
        assert b"F2" not in bytes(terminal.raw).split(TAKEN_OVER)[0]


@pytest.mark.parametrize(
    ("more", "sent"),
    [
        ({"COLORTERM": "truecolor"}, b"38;2;"),
        ({"COLORTERM": ""}, b"38;5;"),
        ({"COLORTERM": "", "TERM": "xterm"}, b""),
        ({"NO_COLOR": "1"}, b""),
    ],
)
def test_it_has_the_colours_that_the_terminal_has(
    sample: Path, more: dict[str, str], sent: bytes
) -> None:
    env = environment(sample.parent, OPSLOG_NOW=MONDAY, **more)
    with Terminal.opslog("--db", str(sample), env=env) as terminal:
        terminal.wait_for_bytes(TAKEN_OVER, 0)
        picture = bytes(terminal.raw).split(TAKEN_OVER)[0]
        assert b"Overdue" in picture
        for kind in (b"38;2;", b"38;5;"):
            assert (kind in picture) == (kind == sent)
        assert (b"\x1b[0;7m" in picture) == (not sent), "the cursor shows without colours too"
