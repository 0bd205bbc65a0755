"""Screens over a file that can't be written: open to read, and they say so."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pty.running import add
from tests.pty.terminal import Terminal, environment
from tests.pty.test_bad_files import AS_ANYBODY


@pytest.fixture(params=["the file", "the folder"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A database with a line in it, of which this or that may only be read."""
    path = tmp_path / "data" / "opslog.db"
    path.parent.mkdir()
    add(path, "written before")
    for extra in path.parent.glob("opslog.db-*"):
        extra.unlink()
    held = path if request.param == "the file" else path.parent
    held.chmod(0o400 if held == path else 0o500)
    yield path
    path.parent.chmod(0o700)


def test_screens_are_read_and_verbs_refused(path: Path, tmp_path: Path) -> None:
    words = [*AS_ANYBODY, sys.executable, "-m", "opslog", "--db", str(path)]
    words[0] = f"/usr/bin/{words[0]}" if AS_ANYBODY else words[0]
    before = path.read_bytes()
    with Terminal(words, environment(tmp_path), columns=160) as terminal:
        terminal.wait_for("open to read")
        terminal.press("f3")
        terminal.wait_for("written before")
        terminal.press("d")
        terminal.wait_for("can't be")
        for key, shown in (
            ("f4", "No event"),
            ("f7", "People"),
            ("f6", "Calls"),
            ("f5", "Rosters"),
        ):
            terminal.press(key)
            terminal.wait_for(shown)
        terminal.wait_for("open to read only")
        assert "Traceback" not in terminal.text
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
    assert path.read_bytes() == before
