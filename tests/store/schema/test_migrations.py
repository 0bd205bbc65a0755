"""The schema moves forward, whole or not at all, with a copy of the file from before."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from opslog.domain.base.refusal import Refused
from opslog.locale import msg
from opslog.services.book import book as book_module
from opslog.services.book import history
from opslog.services.book.book import Book, open_book
from opslog.services.events import events
from opslog.services.screening import rounds
from opslog.store.db import journalled, search
from opslog.store.schema import create, health, migrations
from tests.conftest import StandingClock
from tests.store.schema import dumps

EVERY_SCHEMA = range(1, create.SCHEMA_VERSION + 1)
NEXT = create.SCHEMA_VERSION + 1


def rows(con: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, without the record of migrations."""
    names = [*journalled.tables(con), "change", "change_row", "change_range", "setting"]
    return {
        name: [tuple(row) for row in con.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2')]
        for name in names
    }


def objects(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as con:
        return con.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2").fetchall()


def give_people_a_grade(con: sqlite3.Connection) -> None:
    con.execute("ALTER TABLE person ADD COLUMN grade VARCHAR DEFAULT 'unknown' NOT NULL")


def fail_halfway(con: sqlite3.Connection) -> None:
    give_people_a_grade(con)
    con.execute("UPDATE person SET name='spoilt'")
    raise sqlite3.OperationalError("no such table: nowhere")


def orphan_a_row(con: sqlite3.Connection) -> None:
    con.execute("UPDATE log_person SET log_id=99")


def expect_next_schema(monkeypatch: pytest.MonkeyPatch, *steps: migrations.Step) -> None:
    """An opslog that is one schema further."""
    monkeypatch.setattr(migrations, "STEPS", list(steps))
    monkeypatch.setattr(migrations, "SCHEMA_VERSION", NEXT)
    monkeypatch.setattr(book_module, "SCHEMA_VERSION", NEXT)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file as the present schema's fixture has it."""
    path = tmp_path / "data" / "opslog.db"
    path.parent.mkdir()
    dumps.load(create.SCHEMA_VERSION, path)
    return path


def test_the_present_schema_has_its_fixture() -> None:
    kept = dumps.fixture(create.SCHEMA_VERSION).read_text(encoding="utf-8")
    schema = create.SCHEMA_FILE.read_text(encoding="utf-8")
    assert kept.startswith(schema), "while it is unreleased: python -m tests.store.schema.dumps"


@pytest.mark.parametrize("number", EVERY_SCHEMA)
def test_each_schema_ever_released_opens_and_its_history_still_undoes(
    tmp_path: Path, clock: StandingClock, number: int
) -> None:
    path = tmp_path / "opslog.db"
    dumps.load(number, path)
    book = open_book(path, clock=clock)
    assert health.schema_flaws(book.con) == []
    assert health.record_flaws(book.con) == []
    assert search.check(book.con) == []
    known = journalled.tables(book.con)
    before = {name: rows(book.con)[name] for name in known}
    assert [row[1] for row in before["person"][:2]] == ["王志刚", "Anna [/red]"]
    done = [entry for entry in history.changes(book) if entry.state == "done"]
    for _ in done:
        history.undo(book)
    assert {name: rows(book.con)[name] for name in known} == {name: [] for name in known}
    for _ in done:
        history.redo(book)
    assert {name: rows(book.con)[name] for name in known} == before
    assert search.check(book.con) == []
    book.close()


def test_a_budget_in_yuan_is_one_in_cents_also_in_what_undo_brings_back(
    tmp_path: Path, clock: StandingClock
) -> None:
    path = tmp_path / "opslog.db"
    dumps.load(3, path)
    book = open_book(path, clock=clock)

    def budget() -> int | None:
        return events.get(book, 1).budget_cents

    assert budget() == 29
    seen = {budget()}
    while book.con.execute("SELECT 1 FROM event").fetchone():
        seen.add(budget())
        history.undo(book)
    assert seen == {29, 1_234_567, 2_000_000}
    book.close()


def test_who_withdrew_is_in_that_state_also_in_what_undo_brings_back(
    tmp_path: Path, clock: StandingClock
) -> None:
    path = tmp_path / "opslog.db"
    dumps.load(4, path)
    book = open_book(path, clock=clock)

    def states() -> list[str]:
        return [row["state"] for row in book.con.execute("SELECT state FROM card ORDER BY id")]

    assert states() == ["withdrawn", "withdrawn"]
    for _ in range(8):  # back to where 周敏 was marked
        if states() == ["withdrawn", "withdrawn"]:
            history.undo(book)
    assert states() == ["coming", "withdrawn"]
    book.close()


def test_a_step_is_proven_by_what_was_done_before_there_were_proofs(
    tmp_path: Path, clock: StandingClock
) -> None:
    path = tmp_path / "opslog.db"
    dumps.load(7, path)
    with closing(sqlite3.connect(path, isolation_level=None)) as con:
        event_id = con.execute("SELECT event_id FROM roster").fetchone()[0]
        con.execute("UPDATE round SET closed_at='2026-11-23T02:00:00Z' WHERE number=0")
        ticked = "UPDATE step SET state='done', done_at='2026-11-23T02:00:00Z' WHERE event_id=?"
        con.execute(f"{ticked} AND key IN ('tidy', 'round-1')", (event_id,))
    book = open_book(path, clock=clock)
    plan = {line.key: line for line in events.plan(book, event_id)}
    assert (plan["tidy"].proven, plan["tidy"].state) == (True, "done")
    assert plan["tidy"].done_at == datetime(2026, 11, 23, 2, tzinfo=UTC)
    assert (plan["round-1"].proven, plan["round-1"].state) == (False, "done")  # by a hand
    assert plan["reminder-call-1"].evidence == "reminders-day-before"
    assert [item.kind for item in plan["confirmations"].items] == ["yes_no"] * 4
    rounds.reopen(book, rounds.rounds_of(book, 1)[0].id)
    assert not {line.key: line for line in events.plan(book, event_id)}["tidy"].proven
    book.close()


def test_an_attempt_is_whose_card_it_was_also_in_what_undo_brings_back(
    tmp_path: Path, clock: StandingClock
) -> None:
    """In a file of schema 7 whose card 1 with its attempt went to person 1 by a merge."""
    path = tmp_path / "opslog.db"
    dumps.load(7, path)
    with closing(sqlite3.connect(path, isolation_level=None)) as con:
        ((other, roster),) = con.execute("SELECT person_id, roster_id FROM card WHERE id=1")
        ((event,),) = con.execute("SELECT event_id FROM roster WHERE id=?", (roster,))
        image = con.execute(
            "SELECT json_object('id', id, 'roster_id', roster_id, 'person_id', person_id,"
            " 'attended', attended, 'state', state, 'guests', guests) FROM card WHERE id=1"
        ).fetchone()[0]
        for to in (1, other, 1):
            con.execute(
                "INSERT INTO change(at, session, label, args, state)"
                " VALUES ('2026-11-23T01:00:00Z', 'fixture', 'Merged', '{}', 'done')"
            )
            con.execute(
                "INSERT INTO change_row SELECT max(id), 'card', 1, 'U', json_set(?,"
                " '$.person_id', (SELECT person_id FROM card WHERE id=1)) FROM change",
                (image,),
            )
            con.execute("UPDATE card SET person_id=? WHERE id=1", (to,))
    book = open_book(path, clock=clock)

    def whose() -> list[tuple[int, int, int]]:
        rows = book.con.execute("SELECT person_id, event_id, counts FROM touch")
        return [tuple(row) for row in rows]

    assert whose() == [(1, event, 1)]
    for person in (other, 1, other):
        history.undo(book)
        assert whose() == [(person, event, 1)]
    for person in (1, other, 1):
        history.redo(book)
        assert whose() == [(person, event, 1)]
    while whose():
        history.undo(book)
    while not whose():
        history.redo(book)
    assert whose() == [(other, event, 1)]
    book.close()


def test_each_file_has_an_identity_of_its_own(tmp_path: Path, clock: StandingClock) -> None:
    for name in ("old.db", "older.db"):
        dumps.load(3, tmp_path / name)
    found = set()
    for name in ("old.db", "older.db", "new.db"):
        with closing(open_book(tmp_path / name, clock=clock)) as book:
            ((id, secret),) = book.con.execute("SELECT id, secret FROM file_identity").fetchall()
        assert (len(id), len(secret)) == (32, 64)
        found |= {id, secret}
    assert len(found) == 6


def test_a_step_is_taken_once_with_a_copy_from_before(
    path: Path, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_book(path, clock=clock)) as old:
        before = rows(old.con)
    expect_next_schema(
        monkeypatch, migrations.Step(NEXT, "people have a grade", give_people_a_grade)
    )
    book = open_book(path, clock=clock)
    assert book.con.execute("PRAGMA user_version").fetchone()[0] == NEXT
    record = book.con.execute("SELECT * FROM migration ORDER BY number DESC").fetchone()
    assert tuple(record) == (NEXT, "people have a grade", "2026-11-23T01:00:00Z")
    assert book.con.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    grades = [row["grade"] for row in book.con.execute("SELECT grade FROM person")]
    assert set(grades) == {"unknown"}
    book.close()

    (copy,) = (path.parent / "backups").iterdir()
    assert copy.name == f"opslog-before-schema-{NEXT}-2026-11-23-010000.db"
    monkeypatch.undo()
    with closing(open_book(copy)) as restored:
        assert rows(restored.con) == before

    expect_next_schema(
        monkeypatch, migrations.Step(NEXT, "people have a grade", give_people_a_grade)
    )
    open_book(path, clock=clock).close()
    assert len(list((path.parent / "backups").iterdir())) == 1, "nothing left to do, no copy"


def test_changes_from_before_and_after_a_step_undo_alike(
    path: Path, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    expect_next_schema(
        monkeypatch, migrations.Step(NEXT, "people have a grade", give_people_a_grade)
    )
    book = open_book(path, clock=clock)

    def grades() -> dict[str, str]:
        return {r["name"]: r["grade"] for r in book.con.execute("SELECT name, grade FROM person")}

    with book.change(msg("Changed: grade")):
        book.con.execute("UPDATE person SET grade='A' WHERE id=1")
    history.undo(book)
    assert grades()["王志刚"] == "unknown"
    while "李娜" not in grades():  # her deletion was noted when nobody had a grade
        history.undo(book)
    assert set(grades().values()) == {"unknown"}
    history.undo(book)  # the title of 王志刚
    assert grades()["王志刚"] == "unknown"
    assert search.check(book.con) == []
    book.close()


@pytest.mark.parametrize("step", [fail_halfway, orphan_a_row])
def test_a_step_that_fails_leaves_the_file_as_it_was(
    path: Path, clock: StandingClock, monkeypatch: pytest.MonkeyPatch, step: object
) -> None:
    assert callable(step)
    open_book(path, clock=clock).close()
    before = objects(path)
    expect_next_schema(monkeypatch, migrations.Step(NEXT, "broken", step))
    with pytest.raises((Refused, sqlite3.Error)):
        open_book(path, clock=clock)
    assert objects(path) == before
    monkeypatch.undo()
    with closing(open_book(path, clock=clock)) as book:
        assert book.con.execute("PRAGMA foreign_keys").fetchone()[0] == 1
        assert book.con.execute("SELECT name FROM person WHERE id=1").fetchone()[0] == "王志刚"
        assert len(book.con.execute("SELECT * FROM migration").fetchall()) == 1


def test_of_two_steps_the_first_stays_when_the_second_fails(
    path: Path, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    expect_next_schema(
        monkeypatch,
        migrations.Step(NEXT, "people have a grade", give_people_a_grade),
        migrations.Step(NEXT + 1, "broken", fail_halfway),
    )
    with pytest.raises((Refused, sqlite3.Error)):
        open_book(path, clock=clock)
    with closing(open_book_of(path, NEXT, monkeypatch, clock)) as book:
        assert book.con.execute("PRAGMA user_version").fetchone()[0] == NEXT
        assert book.con.execute("SELECT grade FROM person").fetchone()[0] == "unknown"


def open_book_of(
    path: Path, number: int, monkeypatch: pytest.MonkeyPatch, clock: StandingClock
) -> Book:
    """The file with the opslog that knows schema ``number``."""
    monkeypatch.setattr(migrations, "SCHEMA_VERSION", number)
    monkeypatch.setattr(book_module, "SCHEMA_VERSION", number)
    return open_book(path, clock=clock)


def test_a_newer_schema_is_refused_and_left_alone(path: Path, clock: StandingClock) -> None:
    with closing(sqlite3.connect(path)) as con:
        con.execute(f"PRAGMA user_version={NEXT}")
    before = objects(path)
    with pytest.raises(Refused, match=rf"newer opslog \(schema {NEXT}.*install the newer"):
        open_book(path, clock=clock)
    assert objects(path) == before
    assert not (path.parent / "backups").exists()


def test_two_processes_may_make_the_same_new_file(tmp_path: Path, clock: StandingClock) -> None:
    path = tmp_path / "opslog.db"
    first = open_book(path, clock=clock)
    migrations.create(first.con, "2026-11-23T01:00:00Z")  # as the slower of the two would
    assert len(first.con.execute("SELECT * FROM migration").fetchall()) == 1
    assert health.schema_flaws(first.con) == []
    first.close()
