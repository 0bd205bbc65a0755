"""Long work on a terminal: shown while it lasts, and not where nobody waits."""

from __future__ import annotations

import io
import sys
import threading

import pytest

from opslog.cli.base import work
from opslog.cli.base.io import Io
from opslog.cli.base.work import Work


class Screen(io.StringIO):
    """Standard error on a terminal; ``drawn`` is set once a text came."""

    def __init__(self, wanted: str) -> None:
        super().__init__()
        self._wanted = wanted
        self.drawn = threading.Event()

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        done = super().write(text)
        if self._wanted in self.getvalue():
            self.drawn.set()
        return done


@pytest.fixture
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.mark.usefixtures("wide")
def test_what_lasts_is_shown_with_its_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "AFTER", 0)
    screen = Screen("1,000 rows")
    monkeypatch.setattr(sys, "stderr", screen)
    with Io().work("Reading …") as bar:
        while not screen.drawn.wait(0.01):
            bar.tell("[1] 1,000 rows", 0.25)
        bar.tell("[1] 1,000 rows", 1)
    shown = screen.getvalue()
    assert "[1] 1,000 rows" in shown, "data is text"
    assert "━" * 16 in shown
    assert shown.endswith(("\x1b[2K", "\x1b[?25h")), "and is gone at the end"


@pytest.mark.usefixtures("wide")
def test_without_a_share_it_is_shown_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "AFTER", 0)
    screen = Screen("Taking it back …")
    monkeypatch.setattr(sys, "stderr", screen)
    with Io().work("Taking it back …"):
        assert screen.drawn.wait(20)


@pytest.mark.usefixtures("wide")
def test_no_colours_where_they_are_not_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "AFTER", 0)
    monkeypatch.setenv("NO_COLOR", "1")
    screen = Screen("━")
    monkeypatch.setattr(sys, "stderr", screen)
    with Io().work("Reading …") as bar:
        while not screen.drawn.wait(0.01):
            bar.tell("Reading …", 0.5)
    assert "\x1b[3" not in screen.getvalue()


def test_what_is_quick_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen("")
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(work, "AFTER", 3600)
    with Io().work("Reading …") as bar:
        bar.tell("1 row", 1)
    assert screen.getvalue() == ""


def test_nothing_is_shown_in_a_pipe_or_beside_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "AFTER", 0)
    screen = Screen("")
    monkeypatch.setattr(sys, "stderr", screen)
    spoken = Io()
    spoken.json_wanted = True
    pipe = io.StringIO()
    for said, stream in ((spoken, screen), (Io(), pipe)):
        monkeypatch.setattr(sys, "stderr", stream)
        with said.work("Reading …") as bar:
            assert not _waits(bar)
            bar.tell("1 row", 1)
    assert screen.getvalue() == pipe.getvalue() == ""


def _waits(bar: Work) -> bool:
    return bar._timer is not None


def test_an_error_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "AFTER", 3600)
    monkeypatch.setattr(sys, "stderr", Screen(""))
    with pytest.raises(ValueError, match="no room"), Io().work("Reading …") as bar:
        raise ValueError("no room")
    assert bar._timer is not None
    bar._timer.join(20)
    assert not bar._timer.is_alive()
