"""The terminal closed in the middle of a round: nothing that was shown is lost, nobody is left."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.bench.lists import with_round
from tests.crash.whole import reopened, shown_progress
from tests.pty.terminal import Terminal, environment
from tests.pty.waiting import wait_until


@pytest.mark.parametrize("how", ["window closed", "SIGHUP", "SIGTERM"])
def test_a_round_interrupted_keeps_every_verdict_shown(tmp_path: Path, how: str) -> None:
    path = tmp_path / "opslog.db"
    total = with_round(path, 60)
    with Terminal.opslog("--db", str(path), env=environment(tmp_path)) as terminal:
        terminal.wait_for("Today")
        terminal.press("f5")
        terminal.wait_for("signed up")
        terminal.press("enter")
        terminal.wait_for(f"{total} left of {total}")
        terminal.press(*("5" * 40))
        terminal.wait_for(lambda _text: shown_progress(terminal.raw, total) >= 7)
        shown = shown_progress(terminal.raw, total)
        if how == "window closed":
            terminal.hang_up()
        else:
            os.kill(terminal.pid, getattr(signal, how))
        terminal.wait()
    with reopened(path) as con:
        ledger = con.execute("SELECT verdict, reason FROM decision ORDER BY id").fetchall()
    assert shown <= len(ledger) <= 40
    assert {tuple(row) for row in ledger} == {("drop", "not_target")}
    with Terminal.opslog("--db", str(path), env=environment(tmp_path)) as terminal:
        terminal.wait_for("Today")
        terminal.press("f5")
        terminal.wait_for("signed up")
        terminal.press("enter")
        terminal.wait_for(f"{total - len(ledger)} left of {total}")


def test_a_window_closed_while_a_line_is_typed_ends_the_process(tmp_path: Path) -> None:
    path = tmp_path / "opslog.db"
    with Terminal.opslog("--db", str(path), env=environment(tmp_path)) as terminal:
        terminal.wait_for("Today: nothing due")
        terminal.press("a", *"not written yet")
        terminal.wait_for("not written yet")
        terminal.hang_up()
        terminal.wait()
        wait_until(lambda: not _alive(terminal.pid), "the end of the process")
    with reopened(path) as con:
        assert con.execute("SELECT count(*) FROM log").fetchone()[0] == 0


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
