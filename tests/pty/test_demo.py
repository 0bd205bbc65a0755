"""opslog demo in a terminal: the sample on screen, and nothing of it left behind."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.pty.terminal import Terminal, environment
from tests.pty.waiting import wait_until


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", ("Today", "Overdue")), ("zh", ("今天", "逾期"))],
)
def test_the_demonstration_opens_on_today_and_leaves_nothing(
    tmp_path: Path, language: str, shown: tuple[str, ...]
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    env = environment(tmp_path, TMPDIR=str(scratch), OPSLOG_NOW="2026-11-23T09:00")
    with Terminal.opslog("--lang", language, "demo", env=env) as terminal:
        terminal.wait_for("上海老客户增长沙龙")
        for text in shown:
            terminal.wait_for(text)
        assert [folder.name[:8] for folder in scratch.iterdir()] == [".opslog-"]
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
    assert list(scratch.iterdir()) == []
    assert not (tmp_path / "data" / "opslog").exists()  # the operator's own file is not touched


@pytest.mark.parametrize("how", ["window closed", "SIGHUP", "SIGTERM"])
@pytest.mark.parametrize("when", ["上海老客户增长沙龙", "Making the sample"])
def test_a_closed_terminal_leaves_nothing_behind(tmp_path: Path, how: str, when: str) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    env = environment(tmp_path, TMPDIR=str(scratch), OPSLOG_NOW="2026-11-23T09:00")
    with Terminal.opslog("demo", env=env) as terminal:
        terminal.wait_for(when)
        terminal.wait_for(lambda _text: any(scratch.glob(".opslog-*/opslog.db")))
        if how == "window closed":
            terminal.hang_up()
        else:
            os.kill(terminal.pid, getattr(signal, how))
        terminal.wait()
        wait_until(lambda: not any(scratch.iterdir()), "an empty folder")
