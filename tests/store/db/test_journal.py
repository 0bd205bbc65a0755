"""Undo and redo put every row back, whatever a change did to it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opslog.domain.base.refusal import Refused
from opslog.locale import N_, msg
from opslog.services.book import history
from opslog.services.book.book import Book, open_book
from opslog.store.db import search
from tests.conftest import domain_rows as dump

LABEL = msg(N_("Imported {n} rows"), n=1)
AT = "2026-11-23T01:00:00Z"


def put(book: Book, name: str) -> int:
    cursor = book.con.execute(
        "INSERT INTO person(name, search, created_at) VALUES (?,?,?)",
        (name, search.index_text(name), AT),
    )
    assert cursor.lastrowid
    return cursor.lastrowid


def test_each_kind_of_write_goes_back_and_forth(book: Book) -> None:
    with book.change(LABEL):
        stays, goes = put(book, "王志刚"), put(book, "李娜")
    before = dump(book.con)
    with book.change(LABEL) as change:
        put(book, '张三\n"x"\' [/red] 𬱖 \x1b[31m')
        book.con.execute("UPDATE person SET wecom=1, note='x', name='王' WHERE id=?", (stays,))
        book.con.execute("UPDATE person SET note='y' WHERE id=?", (stays,))
        book.con.execute("DELETE FROM person WHERE id=?", (goes,))
    after = dump(book.con)
    assert history.undo(book).id == change.id
    assert dump(book.con) == before
    assert history.redo(book).id == change.id
    assert dump(book.con) == after
    assert search.check(book.con) == []


def test_a_bulk_change_is_noted_as_ranges_and_goes_back_and_forth(book: Book) -> None:
    with book.change(LABEL):
        put(book, "王志刚")
    before = dump(book.con)
    with book.change(LABEL, bulk=True):
        for number in range(50):
            put(book, f"n{number}")
        book.con.execute("UPDATE person SET note='z' WHERE id=1")
    after = dump(book.con)
    assert book.con.execute("SELECT count(*) FROM change_row").fetchone()[0] == 2
    for _ in range(2):
        history.undo(book)
        assert dump(book.con) == before
        assert search.find(book.con, "person", "n7") == []
        history.redo(book)
        assert dump(book.con) == after
        assert search.find(book.con, "person", "n7") == [9]
        assert search.check(book.con) == []


def test_undo_of_an_older_change_names_what_stands_in_its_way(book: Book) -> None:
    with book.change(msg(N_("Imported {n} rows"), n=7)) as first:
        person = put(book, "王志刚")
    with book.change(msg(N_("Imported {n} rows"), n=8)) as other:
        put(book, "李娜")
    with book.change(msg(N_("Imported {n} rows"), n=9)):
        book.con.execute("INSERT INTO person_tag(person_id, tag) VALUES (?, 'vip')", (person,))
    with pytest.raises(Refused, match=r"Imported 7 rows.*1 later.*Imported 9 rows"):
        history.undo(book, first.id)
    assert history.undo(book, other.id).id == other.id
    assert [r["name"] for r in book.con.execute("SELECT name FROM person")] == ["王志刚"]


def test_undo_takes_this_sessions_changes_first_and_after_a_restart_the_newest(
    book: Book,
) -> None:
    with book.change(LABEL) as mine:
        put(book, "a")
    other = open_book(book.path, clock=book.clock, session="other")
    with other.change(LABEL) as theirs:
        put(other, "b")
    other.close()
    assert history.undo(book).id == mine.id
    again = open_book(book.path, clock=book.clock, session="later")
    assert history.undo(again).id == theirs.id
    again.close()


def test_a_new_change_clears_redo(book: Book) -> None:
    with book.change(LABEL):
        put(book, "a")
    history.undo(book)
    with book.change(LABEL):
        put(book, "b")
    with pytest.raises(Refused, match="nothing to redo"):
        history.redo(book)


def test_a_change_that_touches_nothing_leaves_no_entry(book: Book) -> None:
    with book.change(LABEL) as change:
        book.con.execute("UPDATE person SET note='' WHERE id=99")
    assert not change
    assert history.changes(book) == []


def test_a_change_that_fails_leaves_nothing(book: Book) -> None:
    def half_a_verb() -> None:
        with book.change(LABEL):
            put(book, "a")
            put(book, str(1 // 0))

    with pytest.raises(ZeroDivisionError):
        half_a_verb()
    assert dump(book.con)["person"] == []
    with book.change(LABEL):
        put(book, "b")
    assert [entry.state for entry in history.changes(book)] == ["done"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from("IUD"), st.integers(1, 6)), min_size=1, max_size=6),
        min_size=1,
        max_size=6,
    )
)
def test_any_history_undoes_to_the_beginning_and_redoes_to_the_end(
    tmp_path_factory: pytest.TempPathFactory, story: list[list[tuple[str, int]]]
) -> None:
    book = open_book(tmp_path_factory.mktemp("j") / "o.db", session="s")
    states = [dump(book.con)]
    for number, writes in enumerate(story):
        with book.change(LABEL) as change:
            for op, row in writes:
                if op == "I":
                    put(book, f"{number}")
                elif op == "U":
                    book.con.execute("UPDATE person SET note=note || ? WHERE id=?", (number, row))
                else:
                    book.con.execute("DELETE FROM person WHERE id=?", (row,))
        if change:
            states.append(dump(book.con))
    for state in reversed(states[:-1]):
        history.undo(book)
        assert dump(book.con) == state
    for state in states[1:]:
        history.redo(book)
        assert dump(book.con) == state
    assert search.check(book.con) == []
    book.close()
