"""Everything as text in a folder: whole and private, and the same database when it comes back."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opslog.domain.base.refusal import Refused
from opslog.domain.events.events import EventDraft
from opslog.exchange.plain import folder as plain
from opslog.locale import N_, Msg, msg
from opslog.services.book import backup, check, history
from opslog.services.book.book import Book, open_book
from opslog.services.daybook import lines
from opslog.services.events import events
from opslog.services.events.plans import steps
from opslog.services.files.plain import copy
from opslog.services.people import by_hand, erasing
from opslog.store.db import backup as copies
from opslog.store.plain.lines import tables
from opslog.store.schema.tables import MODELS
from tests.conftest import StandingClock
from tests.store.schema import dumps

Rows = dict[str, list[tuple[object, ...]]]


def _everything(path: Path) -> Rows:
    """Each table; but for the token by which a file is known, and what a restore notes of itself
    and of the copy."""
    with closing(copies.open_read_only(path)) as con:
        con.execute("PRAGMA query_only=1")
        found = {
            table.name: sorted(
                (tuple(row) for row in con.execute(f'SELECT * FROM "{table.name}"')), key=repr
            )
            for table in tables(con)
        }
        found["sqlite_sequence"] = sorted(map(tuple, con.execute("SELECT * FROM sqlite_sequence")))
    del found["copy"]
    found["file_identity"] = [row[:2] for row in found["file_identity"]]
    found["setting"] = [row for row in found["setting"] if row[0] != "restored"]
    return found


def _person(book: Book, name: str, **known: str) -> int:
    return by_hand.add(book, {"name": name, **known}).made


def _records(folder: Path, table: str) -> list[dict[str, Any]]:
    text = (folder / "records" / f"{table}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.split("\n")[:-1]]


def test_what_comes_back_is_the_same_and_can_be_undone(
    book: Book, tmp_path: Path, clock: StandingClock
) -> None:
    _person(book, "王志刚", phone="13812345678", company="宏图机械")
    lines.add(book, "14:30 回访王总 #回访 +王志刚 ~20m ! >周五")
    lines.add(book, "taken back")
    history.undo(book)
    with book.change(msg(N_("Logged: {text}"), text="figures")):
        book.con.execute(
            "INSERT INTO event(name, kind, starts_at, ends_at, created_at)"
            " VALUES ('沙龙', 'salon', '2026-12-01T02:00:00Z', '2026-12-01T04:00:00Z',"
            " '2026-11-23T01:00:00Z')"
        )
        book.con.executemany(
            "INSERT INTO target(event_id, measure, value) VALUES (1, ?, ?)",
            [("signups", 0.1 + 0.2), ("calls", 1e300), ("cents", 200.0)],
        )
    folder = copy.write(book, tmp_path / "plain")
    new = tmp_path / "new laptop" / "opslog.db"
    backup.restore(new, folder, clock=clock)
    assert _everything(new) == _everything(book.path)
    again = open_book(new, clock=clock, session=book.session)
    try:
        assert [one.code for one in check.check(again) if one.flaws and one.grave] == []
        history.undo(again)
        history.redo(again)
    finally:
        again.close()


@settings(max_examples=5)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=30))
def test_any_text_comes_back_as_it_was(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "opslog.db"
        book = open_book(path)
        with book.change(msg(N_("Logged: {text}"), text="texts")):
            for text in texts:
                book.con.execute(
                    "INSERT INTO log(at, text, created_at)"
                    " VALUES ('2026-11-22T02:30:00Z', ?, '2026-11-22T02:30:00Z')",
                    (text,),
                )
        folder = copy.write(book, Path(place) / "plain")
        book.close()
        assert [row["text"] for row in _records(folder, "log")] == texts
        backup.restore(Path(place) / "new" / "opslog.db", folder)
        assert _everything(Path(place) / "new" / "opslog.db") == _everything(path)


def test_it_is_private_and_says_what_was_written(book: Book, tmp_path: Path) -> None:
    _person(book, "陈静")
    folder = copy.write(book, tmp_path / "plain")
    assert _records(folder, "person")[0]["created_at"] == "2026-11-23T01:00:00Z"
    about = json.loads((folder / "copy.json").read_text(encoding="utf-8"))
    assert about["holds"] == {"events": 0, "people": 1, "calls": 0, "last_line": None}
    for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        sha, name = line.split("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == sha
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert "one JSON object a line" in readme
    assert "每行一个 JSON 对象" in readme
    for table in MODELS:  # what each is, in both languages
        assert readme.count(f"`{table}.jsonl` – ") == 2
    if os.name == "posix":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert {stat.S_IMODE(one.stat().st_mode) for one in folder.rglob("*") if one.is_file()} == {
            0o600
        }


def test_where_there_can_be_none_it_says_so_and_leaves_nothing(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.docx").write_text("years of work")
    (tmp_path / "empty").mkdir()
    for place, why in (
        (tmp_path / "full", "is not empty; name a folder that is not there yet"),
        (tmp_path / "full" / "thesis.docx", "is a file"),
        (tmp_path / "gone" / "plain", "There is no folder .*gone"),
    ):
        with pytest.raises(Refused, match=why):
            copy.write(book, place)
    before = sorted(tmp_path.rglob("*"))

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match="the disk is full; nothing is left of the copy"):
        copy.write(book, tmp_path / "empty")
    assert sorted(tmp_path.rglob("*")) == before
    monkeypatch.undo()

    def stop(text: Msg, _share: float) -> None:
        if "people.md" in str(text):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy.write(book, tmp_path / "empty", stop)
    assert sorted(tmp_path.rglob("*")) == before
    assert (copy.write(book, tmp_path / "empty") / "README.md").exists()


Change = Callable[[dict[str, Any]], object]


BAD: list[tuple[Change | None, str]] = [
    (lambda r: r.update(name=7), r"line 2, “name”: not text"),
    (lambda r: r.update(wecom="yes"), r"line 2, “wecom”: neither yes nor no"),
    (lambda r: r.update(created_at="yesterday"), r"line 2, “created_at”: no instant"),
    (lambda r: r.update(id=True), r"line 2, “id”: is neither text nor a number"),
    (lambda r: r.update(id=2**70), r"line 2: the record can't be taken in \(.*too large"),
    (lambda r: r.update(note=["a"]), r"line 2, “note”: is more than one value"),
    (lambda r: r.update(title="\ud800"), r"line 2, “title”: not UTF-8"),
    (lambda r: r.pop("city"), r"line 2, “city”: is missing"),
    (lambda r: r.update(age=41), r"line 2, “age”: is no key of these records"),
    (lambda r: r.update(id=1), r"line 2: the record can't be taken in \(UNIQUE"),
    (lambda r: r.update(merged_into=99), r"line 2, “merged_into”: there is no person 99"),
    (lambda r: r.update(name="陈静静"), r"is not what was written \(2 records then\)"),
    (None, r"line 2: this is no record"),
]


def test_a_bad_record_is_named_and_nothing_is_done(
    book: Book, tmp_path: Path, clock: StandingClock
) -> None:
    _person(book, "王志刚")
    _person(book, "陈静")
    folder = copy.write(book, tmp_path / "plain")
    _person(book, "written since")
    before = _everything(book.path)
    file = folder / "records" / "person.jsonl"
    first, second = file.read_text(encoding="utf-8").splitlines()
    for change, why in BAD:
        record = json.loads(second)
        if change is not None:
            change(record)
        text = json.dumps(record) if change is not None else '{"id": 2, '
        file.write_text(f"{first}\n{text}\n", encoding="utf-8")
        with pytest.raises(Refused, match=why):
            backup.restore(book.path, folder, clock=clock)
    assert _everything(book.path) == before
    assert not (book.home / "backups").exists() or not list((book.home / "backups").iterdir())


def test_what_was_changed_by_hand_may_come_back_once_that_is_said(
    book: Book, tmp_path: Path, clock: StandingClock
) -> None:
    _person(book, "陈静")
    folder = copy.write(book, tmp_path / "plain")
    file = folder / "records" / "person.jsonl"
    file.write_text(file.read_text(encoding="utf-8").replace("陈静", "陈静静"), encoding="utf-8")
    sums = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    kept = [line for line in sums if not line.endswith("person.jsonl")]
    (folder / "SHA256SUMS").write_text("\n".join(kept), encoding="utf-8")
    done = backup.restore(book.path, folder, clock=clock)
    assert done.kept is not None
    assert [row[1] for row in _everything(book.path)["person"]] == ["陈静静"]


@pytest.mark.parametrize("number", [4, 7])
def test_a_copy_of_an_older_version_is_upgraded_as_a_database_is(
    number: int, tmp_path: Path, clock: StandingClock
) -> None:
    old = tmp_path / "old.db"
    dumps.load(number, old)
    with closing(copies.open_read_only(old)) as con:
        as_it_was = Book(con, old, clock, "old", held=msg(N_("only read")))
        folder = plain.write(tmp_path / "plain", lambda into: copy.records(as_it_was, into))
    backup.restore(tmp_path / "a" / "opslog.db", folder, clock=clock)
    backup.restore(tmp_path / "b" / "opslog.db", old, clock=clock)
    one, other = (_everything(tmp_path / place / "opslog.db") for place in "ab")
    del one["file_identity"], other["file_identity"]  # given at random where there was none
    assert one == other


def test_a_copy_of_a_newer_version_or_of_nothing_is_refused(
    book: Book, tmp_path: Path, clock: StandingClock
) -> None:
    folder = copy.write(book, tmp_path / "plain")
    about = json.loads((folder / "copy.json").read_text(encoding="utf-8"))
    (folder / "copy.json").write_text(json.dumps({**about, "schema": 99}), encoding="utf-8")
    with pytest.raises(Refused, match="newer opslog"):
        backup.restore(book.path, folder, clock=clock)
    (folder / "copy.json").write_text("[]", encoding="utf-8")
    with pytest.raises(Refused, match=r"is no plain copy: its copy\.json"):
        backup.restore(book.path, folder, clock=clock)


def test_what_a_copy_says_reaches_no_other_file(
    book: Book, tmp_path: Path, clock: StandingClock
) -> None:
    folder = copy.write(book, tmp_path / "plain")
    tables = (folder / "records.sql").read_text(encoding="utf-8")
    attach = f"ATTACH '{tmp_path}/victim.db' AS v;"
    for more in (f"COMMIT;\n{attach}\nPRAGMA v.user_version=7;\n", f"COMMIT; {attach}\n"):
        (folder / "records.sql").write_text(tables + more, encoding="utf-8")
        with pytest.raises(Refused, match=r"records\.sql can't be followed"):
            backup.restore(book.path, folder, clock=clock)
    assert not (tmp_path / "victim.db").exists()


def test_a_copy_that_still_holds_somebody_erased_is_named_and_brings_nobody_back(
    book: Book, tmp_path: Path, clock: StandingClock
) -> None:
    person = _person(book, "王志刚", phone="13812345678")
    folder = copy.write(book, tmp_path / "plain")
    empty = copy.write(book, tmp_path / "other")
    shutil.rmtree(empty)
    found = erasing.erase(book, person, "王志刚").copies
    assert {(one.path, one.state) for one in found} == {(folder, "holds"), (empty, "gone")}
    done = backup.restore(book.path, folder, clock=clock)
    assert done.erased == 1
    with closing(sqlite3.connect(book.path)) as con:
        assert con.execute("SELECT name, phone FROM person").fetchall() == [("", "")]


def test_the_pages_can_be_read(book: Book, tmp_path: Path) -> None:
    _person(book, "王*志刚*", phone="13812345678", company="宏图机械")
    lines.add(book, "08:30 回访王总 <b>报价</b> #回访 +王*志刚* ~20m !")
    starts_at = datetime(2026, 12, 4, 6, 0, tzinfo=UTC)
    event = events.create(
        book, EventDraft("沙龙", "salon", starts_at, targets={"signups": 200.0})
    ).made
    step = events.plan(book, event)[0]
    steps.tick_step(book, step.id)
    gone = _person(book, "陈静", phone="13912345678")
    erasing.erase(book, gone, "陈静")
    folder = copy.write(book, tmp_path / "plain")
    log, plans, everybody = (
        (folder / name).read_text(encoding="utf-8") for name in ("log.md", "events.md", "people.md")
    )
    assert (
        "## 2026-11-23 Mon\n\n- 08:30 回访王总 \\<b\\>报价\\</b\\> #回访 +王\\*志刚\\* ~20m !\n"
    ) in log
    assert "## 沙龙\n\n2026-12-04 14:00 – " in plans
    assert "targets: sign-ups 200" in plans
    assert f"- [x] {step.due_at.astimezone(book.clock.zone):%Y-%m-%d %H:%M} · " in plans
    assert "\n- [ ] " in plans
    assert "\n  - [ ] " in plans
    assert (
        "## 王\\*志刚\\*\n\n宏图机械 · +8613812345678\n\n- 2026-11-23 08:30 回访王总" in everybody
    )
    assert "13912345678" not in everybody + log + plans
    assert everybody.count("## ") == 1
