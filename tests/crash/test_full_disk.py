"""A disk that takes no more: one sentence, nothing left behind, nothing changed, no trace."""

from __future__ import annotations

import gc
import resource
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from opslog.disk import temporary
from opslog.domain.base.refusal import Refused
from opslog.services.book import backup
from opslog.services.book.book import open_book
from opslog.services.files import export
from opslog.services.people import card, erasing
from tests.bench.lists import with_people
from tests.crash.whole import reopened

LIMITS = (0, 4_000, 20_000, 60_000, 100_000, 140_000)  # bytes, of a file of some 200,000


@contextmanager
def taking(limit: int) -> Iterator[None]:
    """No file grows beyond so many bytes meanwhile."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("full") / "opslog.db"
    with_people(path, 1_500)
    return path


def listing(folder: Path) -> set[str]:
    passing = ("-wal", "-shm", "-lock")
    return {str(file) for file in folder.rglob("*") if not file.name.endswith(passing)}


@pytest.mark.parametrize(
    ("ending", "limit"),
    [*(("csv", limit) for limit in LIMITS), *(("xlsx", limit) for limit in LIMITS[:4])],
)  # a workbook is packed
def test_an_export(filled: Path, limit: int, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    complaints: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", complaints.append)
    before = listing(filled.parent)
    with closing(open_book(filled)) as book:
        file = filled.with_name(f"people.{ending}")
        with pytest.raises(Refused, match=r"can't be written: File too large"), taking(limit):
            export.export(book, "people", file)
    gc.collect()
    assert complaints == []
    assert listing(filled.parent) == before
    assert list(temporary.notes().glob("*")) == []


@pytest.mark.parametrize("limit", LIMITS)
def test_a_restore(filled: Path, limit: int, tmp_path: Path) -> None:
    path = tmp_path / "opslog.db"
    open_book(path).close()
    before = listing(tmp_path)
    with pytest.raises(Refused, match=r"can't be (written|opened)"), taking(limit):
        backup.restore(path, filled)
    assert listing(tmp_path) == before
    with reopened(path) as con:
        assert con.execute("SELECT count(*) FROM person").fetchone()[0] == 0


@pytest.mark.parametrize("limit", [*LIMITS, 400_000, 1_000_000, 2_000_000])
def test_an_erasure(filled: Path, limit: int, tmp_path: Path) -> None:
    path = Path(shutil.copy(filled, tmp_path))
    before = listing(tmp_path)
    with closing(open_book(path)) as book:
        person = card.get(book, 700)
        digits = person.phone.removeprefix("+86").encode()
        assert digits in path.read_bytes()
        done, refusal = None, ""
        with taking(limit):
            try:
                done = erasing.erase(book, 700, person.name)
            except Refused as refused:
                refusal = str(refused)
        if done is None:
            assert "can't be opened (disk I/O error)" in refusal
        else:
            assert "can't be written" in str(erasing.unclean(700, done))
            assert not any("close every other" in str(said) for said in done.proof())
    assert listing(tmp_path) - before <= {str(tmp_path / "opslog.db-changes")}
    with closing(open_book(path)) as book:
        there = card.get(book, 700)
        assert there.erased is (done is not None)  # done is done: only cleaning the file waits
        again = erasing.erase(book, 700, there.name)
        assert again.clean
    assert digits not in b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert digits not in path.read_bytes()


def test_what_a_restore_kept_goes_again_where_it_comes_to_nothing(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    path = Path(shutil.copy(filled, tmp_path))
    before = listing(tmp_path)
    monkeypatch.setattr("opslog.services.book.carrying.carry", full)
    with pytest.raises(Refused, match=f"The disk with {path} is full"):
        backup.restore(path, filled)
    assert [file for file in listing(tmp_path) - before if Path(file).is_file()] == []
