"""opslog as a process without a terminal: a command and what came of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from opslog.tui.widgets.theme import COLOURS, DARK
from tests.pty.terminal import Terminal, environment

CURSOR = COLOURS[DARK]["cursor"].lstrip("#")


def command(
    *words: str, env: Mapping[str, str], before: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    """Run ``opslog WORDS``; ``before`` is a program that starts it."""
    return subprocess.run(
        [*before, sys.executable, "-m", "opslog", *words],
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def add(path: Path, text: str) -> None:
    """``opslog add``, which must succeed."""
    done = command("--db", str(path), "add", text, env=environment(path.parent))
    assert done.returncode == 0, done.stderr


def under_cursor(terminal: Terminal) -> str:
    """The text of the row the cursor of a list is on; '' where there is none."""
    rows = terminal.rows_on(CURSOR)
    return terminal.lines()[rows[0]].strip() if rows else ""
