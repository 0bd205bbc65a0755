"""Backups on a second disk: verified there, kept in step, and never in the way of the work."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from opslog.disk import checksum
from opslog.domain.base.refusal import Refused
from opslog.services.book import backup, check
from opslog.services.book.book import Book
from opslog.services.book.copies import holdings, second_folder
from opslog.services.daybook import lines
from opslog.services.people import by_hand, erasing
from opslog.store.db import backup as copies
from tests.conftest import StandingClock


@pytest.fixture
def stick(book: Book, tmp_path: Path) -> Path:
    """A second folder, chosen."""
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / "opslog-thesis.db").write_text("years of work")
    assert second_folder.choose(book, folder) is not None
    return folder


def _names(folder: Path) -> list[str]:
    return sorted(file.name.split("-", 2)[-1] for file in folder.iterdir())


def test_each_backup_goes_there_too_and_is_the_same(
    book: Book, stick: Path, clock: StandingClock
) -> None:
    assert _names(stick) == ["backup-2026-11-23-090000.db", "thesis.db"]
    lines.add(book, "一行")
    daily = backup.daily(book)
    assert daily is not None
    assert second_folder.follow(book) is None
    made = next(file for file in stick.iterdir() if "-daily-" in file.name)
    assert checksum.sha256(made) == checksum.sha256(daily)
    known = holdings.of(made)
    assert (known.flaw, str(known.line), known.bytes) == ("", "一行", made.stat().st_size)
    assert known.known is not None
    assert str(holdings.counts(known.known)) == "0 events, 0 people, 0 calls"
    for day in range(1, 60):
        name = f"{made.name[:14]}daily-{(clock.today() - timedelta(days=day)).isoformat()}.db"
        (stick / name).touch()
    clock.move_to(clock.instant + timedelta(days=1))
    backup.daily(book)
    assert second_folder.follow(book) is None
    dailies = [file for file in stick.iterdir() if "-daily-" in file.name]
    assert len(dailies) == copies.DAILY + copies.WEEKLY
    assert (stick / "opslog-thesis.db").exists()


def test_a_disk_that_is_not_there_is_said_and_caught_up_with(
    book: Book, stick: Path, tmp_path: Path
) -> None:
    away = stick.rename(tmp_path / "in the drawer")
    backup.daily(book)
    for _time in range(2):
        said = second_folder.follow(book)
        assert said is not None
        assert str(said).startswith(f"The second folder for backups is not there ({stick}): is its")
    flaws = next(one.flaws for one in check.check(book) if one.code == "second_folder")
    assert flaws == (str(stick),)
    assert second_folder.backups(book) == []
    away.rename(stick)
    assert second_folder.follow(book) is None
    assert _names(stick) == ["backup-2026-11-23-090000.db", "daily-2026-11-23.db", "thesis.db"]
    second_folder.choose(book, None)
    assert second_folder.follow(book) is None
    assert not second_folder.is_away(book)


def test_what_can_be_no_second_folder_is_refused(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Refused, match="There is no folder"):
        second_folder.choose(book, tmp_path / "gone")
    backup.backup(book)
    with pytest.raises(Refused, match="has the backups already"):
        second_folder.choose(book, book.home / "backups")
    monkeypatch.setattr(shutil, "copyfile", lambda _made, part: part.write_bytes(b"half"))
    with pytest.raises(Refused, match="does not read back whole"):
        second_folder.choose(book, tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["data"]
    assert second_folder.folder_of(book) is None


def test_a_backup_brought_back_goes_on_with_the_second_folder(
    book: Book, tmp_path: Path, clock: StandingClock
) -> None:
    saved = backup.backup(book)
    (tmp_path / "stick").mkdir()
    second_folder.choose(book, tmp_path / "stick")
    backup.restore(book.path, saved, clock=clock)
    assert second_folder.folder_of(book) == tmp_path / "stick"


def test_an_erasure_looks_into_the_second_folder_too(
    book: Book, stick: Path, tmp_path: Path
) -> None:
    first = by_hand.add(book, {"name": "王志刚", "phone": "13812345678"}).made
    second = by_hand.add(book, {"name": "陈静", "phone": "13912345678"}).made
    backup.daily(book)
    second_folder.follow(book)
    book.con.execute("DELETE FROM copy")  # what lies there is looked into, remembered or not
    found = erasing.erase(book, first, "王志刚").copies
    assert {one.path.parent for one in found if one.state == "holds"} == {
        book.home / "backups",
        stick,
    }
    stick.rename(tmp_path / "in the drawer")
    found = erasing.erase(book, second, "陈静").copies
    away = [one for one in found if one.state != "holds"]
    assert [(one.path, one.state) for one in away] == [(stick, "unseen")]
    assert "its disk is not there" in away[0].said()


def test_what_is_damaged_is_said_with_what_it_is(book: Book, tmp_path: Path) -> None:
    saved = backup.backup(book)
    other = tmp_path / "other.db"
    other.write_bytes(saved.read_bytes()[:4096] + os.urandom(9000))
    assert holdings.of(other).flaw
    assert holdings.of(tmp_path / "gone.db").flaw
    assert holdings.of(tmp_path).flaw  # a folder that is no plain copy
    assert holdings.places(book.path, book) == [saved]
