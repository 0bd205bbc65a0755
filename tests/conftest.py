"""What every test may ask for: a clock that stands, and a database in a temporary file."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from opslog import locale
from opslog.disk import temporary
from opslog.domain.base.clock import Clock
from opslog.services.book.book import Book, open_book
from opslog.store.db import journalled
from tests import settling
from tests.samples import Samples

# A busy machine is no mistake of what is tested. By hand every run searches anew; where CI is set
# the same examples are tried each time, so that what fails there was broken by the change.
settings.register_profile(
    "busy",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="CI" in os.environ,
)
settings.load_profile("busy")


IN_MEMORY = Path("/dev/shm")
ROOM = 4 * 2**30  # bytes; all that a run leaves until its end is below one


def pytest_configure() -> None:
    settling.install()
    if has_room(IN_MEMORY):  # a change waits for the disk, 6 ms each: as long as much of the rest
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))
    # What tests start as processes of their own need not compile opslog each time.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def has_room(folder: Path) -> bool:
    """For the files of a whole run, some of which are programs."""
    if not (folder.is_dir() and os.access(folder, os.W_OK)):
        return False
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize > ROOM and not disk.f_flag & os.ST_NOEXEC


def domain_rows(con: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Every journalled table, row by row: what undo and redo must bring back."""
    return {
        table: [tuple(row) for row in con.execute(f'SELECT * FROM "{table}" ORDER BY id')]
        for table in journalled.tables(con)
    }


MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


class StandingClock(Clock):
    """A clock that moves only when told to."""

    def __init__(self, instant: datetime, zone_name: str = "Asia/Shanghai") -> None:
        object.__setattr__(self, "instant", instant)
        super().__init__(lambda: self.instant, zone_name)

    instant: datetime

    def move_to(self, instant: datetime) -> None:
        object.__setattr__(self, "instant", instant)


@pytest.fixture(autouse=True)
def speak_english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in list(os.environ):
        if name.startswith("OPSLOG_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")  # a terminal with colours and UTF-8
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    locale.set_language("en")
    yield
    locale.set_language("en")


@pytest.fixture(autouse=True)
def notes_of_their_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What tests have in hand is not noted among the operator's."""
    folder = tmp_path_factory.getbasetemp() / "in-hand"
    monkeypatch.setattr(temporary, "notes", lambda: folder)


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    """One for all that run at once: with several at work the folder is of their common run."""
    folder = tmp_path_factory.getbasetemp()
    return Samples((folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "samples")


@pytest.fixture
def clock() -> StandingClock:
    """Monday 2026-11-23, 09:00 in Shanghai."""
    return StandingClock(MONDAY)


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with nothing in it, made once: to open it takes a third of making one."""
    path = tmp_path_factory.mktemp("empty") / "opslog.db"
    open_book(path, clock=StandingClock(MONDAY)).close()
    return path


@pytest.fixture
def book(empty: Path, tmp_path: Path, clock: StandingClock) -> Iterator[Book]:
    path = tmp_path / "data" / "opslog.db"
    path.parent.mkdir(mode=0o700)
    shutil.copy(empty, path)
    opened = open_book(path, clock=clock, session="test")
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def fingers_of_any_speed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test presses a key again as fast as one held down comes again."""
    monkeypatch.setattr("opslog.tui.calls.seen.REPEAT_SECONDS", 0.0)
