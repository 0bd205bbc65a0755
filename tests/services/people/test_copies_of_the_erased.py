"""Copies: remembered when they are written, looked into at an erasure, and what a restore does."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from opslog.disk import temporary
from opslog.locale import msg
from opslog.services.book import backup, check
from opslog.services.book.book import Book, open_book
from opslog.services.book.contributions import Scope
from opslog.services.files import export
from opslog.services.imports import imports
from opslog.services.people import card as person_card
from opslog.services.people import list as people_list
from opslog.services.people.copies import said
from tests.conftest import StandingClock
from tests.services.lists import Sheet, make_list, make_person
from tests.services.people.test_erased_everywhere import (
    EMAIL,
    NAME,
    OTHER,
    PHONE,
    erase,
    event,
    held,
    take_in,
)

ROWS = [(NAME, "深蓝软件", "", "+86" + PHONE, EMAIL), ("李娜", "云帆", "", "+8613900139001", "")]


@pytest.fixture
def sheet(book: Book) -> Sheet:
    return make_list(book, ROWS)


def found(book: Book, who: int | str) -> dict[str, str]:
    """The names of the copies named at an erasure, and how each stands."""
    return {one.path.name: one.state for one in erase(book, who).copies}


def test_every_copy_is_named_as_it_stands(book: Book, sheet: Sheet, tmp_path: Path) -> None:
    for ending in ("csv", "xlsx", "md", "html", "json", "vcf"):
        export.export(book, "people", tmp_path / f"all.{ending}")
    export.export(book, "people", tmp_path / "moved.csv")
    export.export(book, "people", tmp_path / "emptied.csv")
    other = make_list(book, [("王五", "", "", "+8613700137000", "")], event="广州沙龙")
    export.export(book, "people", tmp_path / "of-guangzhou.csv", Scope(other.event_id))
    export.export(book, "people", tmp_path / "of-guangzhou-moved.csv", Scope(other.event_id))
    backup.backup(book, tmp_path / "elsewhere.db")
    for gone in ("moved.csv", "of-guangzhou-moved.csv"):
        (tmp_path / gone).unlink()
    (tmp_path / "emptied.csv").write_text("空")
    (book.home / ".opslog-1.part").write_text(f"{NAME},138 0013 8000")  # an export was killed
    (book.home / ".opslog-left").mkdir()
    shutil.copy(tmp_path / "elsewhere.db", book.home / ".opslog-left" / "opslog.db")
    assert found(book, NAME) == {
        **{f"all.{ending}": "holds" for ending in ("csv", "xlsx", "md", "html", "json", "vcf")},
        "elsewhere.db": "holds",
        ".opslog-1.part": "holds",
        "opslog.db": "holds",  # left by a restore
        "moved.csv": "gone",
    }


def test_what_can_not_be_looked_into_is_said(book: Book, sheet: Sheet, tmp_path: Path) -> None:
    written = export.export(book, "people", tmp_path / "all.xlsx")
    whole = written.read_bytes()
    at = whole.find(b"sharedStrings.xml") + 60
    written.write_bytes(whole[:at] + bytes(200) + whole[at + 200 :])
    erased = erase(book, NAME)
    assert [(one.path, one.state) for one in erased.copies] == [(written, "unseen")]
    assert erased.copies[0].reason
    ((sentence, _ones),) = said(erased.copies)
    assert "could not be looked into" in str(sentence)


def test_a_copy_is_remembered_when_the_file_can_be_written(
    book: Book, sheet: Sheet, tmp_path: Path
) -> None:
    book.held = msg("an import is under way")
    export.export(book, "people", tmp_path / "meanwhile.csv")
    book.release()
    assert found(book, NAME) == {"meanwhile.csv": "holds"}


def test_copies_of_the_rotation_are_forgotten_with_it(
    book: Book, clock: StandingClock, sheet: Sheet
) -> None:
    for _day in range(40):
        backup.daily(book)
        clock.move_to(clock.instant + timedelta(days=1))
    there = {path.name for path in (book.home / "backups").iterdir()}
    assert found(book, NAME) == dict.fromkeys(there, "holds")


def test_a_copy_called_after_the_person_is_named_once(
    book: Book, sheet: Sheet, tmp_path: Path
) -> None:
    export.export(book, "people", tmp_path / f"给{NAME}.csv")
    erased = erase(book, NAME)
    assert [one.path.name for one in erased.copies] == [f"给{NAME}.csv"]
    assert held(book) == set()
    assert erased.left == ()


def test_a_copy_from_before_the_person_came_is_none_of_theirs(
    book: Book, clock: StandingClock, tmp_path: Path
) -> None:
    make_person(book, "李娜")
    export.export(book, "people", tmp_path / "early.csv")
    (tmp_path / "early.csv").unlink()
    clock.move_to(clock.instant + timedelta(days=1))
    make_person(book, NAME, phone="+86" + PHONE)
    assert found(book, NAME) == {}


# -- a restore ----------------------------------------------------------------------------


def restored(book: Book, source: Path) -> tuple[Book, backup.Restored]:
    path, clock = book.path, book.clock
    book.close()
    done = backup.restore(path, source, clock=clock)
    return open_book(path, clock=clock, session="after"), done


def test_a_restore_brings_nobody_back_who_was_erased(
    book: Book, clock: StandingClock, tmp_path: Path
) -> None:
    made = event(book)
    take_in(book, tmp_path, [(NAME, PHONE, EMAIL), OTHER], made)
    make_person(book, "无号码的人")  # known again by the row alone
    person_card.set_barred(book, person_card.find(book, NAME)[0].id, True)
    source = backup.backup(book, tmp_path / "old.db")
    clock.move_to(clock.instant + timedelta(days=1))
    export.export(book, "people", tmp_path / "all.csv")
    erase(book, NAME)
    erase(book, "无号码的人")

    book, done = restored(book, source)
    with closing(book.con):
        assert done.erased == 2
        assert held(book) == set()
        assert "无号码的人" not in book.path.read_bytes().decode(errors="replace")
        assert [one.name for one in person_card.page(book)] == ["李娜"]
        assert [one.flaws for one in check.check(book) if one.flaws and one.grave] == []
        # What held them is still known, and so is what bars the number.
        rows = [row[0] for row in book.con.execute("SELECT path FROM copy")]
        assert {str(source), str(tmp_path / "all.csv"), str(done.kept)} <= set(rows)
        imports.load(book, tmp_path / "名单.csv", made)
        assert held(book) == set()
        back = make_person(book, NAME)
        person_card.edit(book, back, phone=PHONE)
        assert person_card.get(book, back).do_not_call


def test_who_was_let_in_again_stays(
    book: Book, clock: StandingClock, sheet: Sheet, tmp_path: Path
) -> None:
    first = backup.backup(book, tmp_path / "first.db")
    erase(book, NAME)
    clock.move_to(clock.instant + timedelta(days=1))
    make_person(book, NAME, phone="+86" + PHONE)
    second = backup.backup(book, tmp_path / "second.db")
    clock.move_to(clock.instant + timedelta(days=1))
    book, done = restored(book, first)
    assert (done.erased, people_list.count(book)) == (1, 1)
    book, done = restored(book, second)
    assert (done.erased, people_list.count(book)) == (0, 2)
    book.close()


def test_a_backup_from_before_there_were_marks_takes_their_key_over(
    book: Book, sheet: Sheet, tmp_path: Path
) -> None:
    source = backup.backup(book, tmp_path / "old.db")
    with closing(sqlite3.connect(source)) as con, con:
        con.execute("UPDATE file_identity SET secret=?", ("ab" * 32,))
    erase(book, NAME)
    book, done = restored(book, source)
    assert done.erased == 1
    take_in(book, tmp_path, [(NAME, PHONE, EMAIL)], event(book))
    assert held(book) == set()
    book.close()


def test_where_the_present_file_is_lost_the_newest_backup_says_who_was_erased(
    book: Book, clock: StandingClock, sheet: Sheet, tmp_path: Path
) -> None:
    source = backup.backup(book)
    os.utime(source, (1, 1))
    erase(book, NAME)
    clock.move_to(clock.instant + timedelta(days=1))
    backup.daily(book)
    book.con.execute("PRAGMA journal_mode=DELETE")
    book.close()
    book.path.write_bytes(b"nothing of use" * 1000)
    done = backup.restore(book.path, source, clock=book.clock)
    assert (done.damaged, done.erased) == (True, 1)
    with closing(sqlite3.connect(book.path)) as con:
        assert con.execute("SELECT count(*) FROM person WHERE name<>''").fetchone()[0] == 1


def test_what_was_killed_in_the_middle_is_swept_away(book: Book, sheet: Sheet) -> None:
    """Its process is gone, so that nobody has its note locked."""
    part = book.home / ".opslog-0123456789abcdef.part"
    part.write_text(f"{NAME},13800138000")
    temporary.notes().mkdir(parents=True, exist_ok=True)
    (temporary.notes() / "0123").write_bytes(os.fsencode(part))
    assert part.name not in found(book, sheet.people[0])
    assert not part.exists()
