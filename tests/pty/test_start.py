"""The UI as a process: it starts, speaks, is resized, and leaves the terminal as it was."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pty.running import command
from tests.pty.terminal import Terminal, environment

HEAVY = {
    *("sqlmodel", "sqlalchemy", "pydantic", "phonenumbers", "rapidfuzz", "pypinyin"),
    *("python_calamine", "xlsxwriter", "icalendar", "segno"),
}


def test_it_starts_on_today_and_leaves_the_terminal_as_it_was(tmp_path: Path) -> None:
    with Terminal.opslog(env=environment(tmp_path)) as terminal:
        terminal.wait_for("Today: nothing due")
        assert terminal.lines()[0].startswith(" F2 Today F3 Log")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
        assert b"\x1b[?1049l" in terminal.raw[-200:], "the screen of before is shown again"
        assert b"\x1b[?25h" in terminal.raw[-200:], "and its cursor"
    (database,) = tmp_path.rglob("opslog.db")
    assert database.is_relative_to(tmp_path / "data")


@pytest.mark.parametrize(
    ("words", "locale_name", "shown"),
    [
        (["--lang", "zh"], "C.UTF-8", "今天"),
        ([], "zh_CN.UTF-8", "今天"),
        (["--lang", "en"], "zh_CN.UTF-8", "Today"),
    ],
)
def test_it_speaks_the_language_asked_for(
    tmp_path: Path, words: list[str], locale_name: str, shown: str
) -> None:
    env = environment(tmp_path, LC_ALL=locale_name)
    with Terminal.opslog(*words, env=env) as terminal:
        terminal.wait_for(shown)
        other = {"今天": "Today", "Today": "今天"}[shown]
        assert other not in terminal.lines()[0]


def test_the_language_switches_while_it_runs_and_is_kept(tmp_path: Path) -> None:
    env = environment(tmp_path)
    with Terminal.opslog(env=env) as terminal:
        terminal.wait_for("Today: nothing due")
        terminal.send(b"\x0c")  # ctrl+l
        terminal.wait_for("今天")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
    with Terminal.opslog(env=env) as terminal:
        terminal.wait_for("今天")


def test_a_terminal_of_any_size_shows_the_keys_in_its_last_row(tmp_path: Path) -> None:
    with Terminal.opslog(env=environment(tmp_path)) as terminal:
        terminal.wait_for("F1 Help")
        for columns, rows in ((120, 40), (80, 24), (60, 15), (200, 60), (20, 5), (80, 24)):
            terminal.resize(columns, rows)
            terminal.wait_for(lambda text: "F1" in text.split("\n")[-1])
            assert len(terminal.lines()) == rows
        terminal.wait_for("Log a line")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0


def test_without_a_terminal_it_says_so(tmp_path: Path) -> None:
    done = command(env=environment(tmp_path))
    assert done.returncode == 1
    assert "opslog needs a terminal" in done.stderr
    assert done.stdout == ""


def test_the_first_frame_waits_for_nothing_heavy(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.pty.first_frame", str(tmp_path / "opslog.db")],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    loaded = {name.partition(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}
    assert "textual" in loaded
    assert loaded & HEAVY == set()
