"""Undo and redo put every row back, whatever a change did to it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opslog.domain.base.refusal import Refused
from opslog.locale import N_, msg
from opslog.services.book import backup, history
from opslog.services.book.book import Book, open_book
from opslog.services.people import erasing
from opslog.store.db import search
from opslog.store.twins import pairs
from tests.conftest import StandingClock
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


def test_rows_that_exchanged_a_value_of_their_own_go_back_and_forth(book: Book) -> None:
    """A branch that was then folded in: one row of its key went, another came."""
    with book.change(LABEL):
        pairs.put_link(book.con, "a", "b", "branch")
        pairs.put_link(book.con, "c", "d", "same")
    before = dump(book.con)
    with book.change(LABEL):
        pairs.put_link(book.con, "a", "b", "same")
        book.con.execute("UPDATE company_link SET company_key='x' WHERE company_key='a'")
        book.con.execute("UPDATE company_link SET company_key='a' WHERE company_key='c'")
        book.con.execute("UPDATE company_link SET company_key='c' WHERE company_key='x'")
    after = dump(book.con)
    for _ in range(2):
        history.undo(book)
        assert dump(book.con) == before
        history.redo(book)
        assert dump(book.con) == after


def test_what_a_bulk_change_made_and_deleted_itself_stays_away(book: Book) -> None:
    with book.change(LABEL):
        put(book, "王志刚")
    before = dump(book.con)
    with book.change(LABEL, bulk=True):
        gone, altered = put(book, "李娜"), put(book, "张三")
        book.con.execute("DELETE FROM person WHERE id=?", (gone,))
        book.con.execute("UPDATE person SET note='x' WHERE id=?", (altered,))
    after = dump(book.con)
    for _ in range(2):
        history.undo(book)
        assert dump(book.con) == before
        history.redo(book)
        assert dump(book.con) == after
    assert search.check(book.con) == []
    with book.change(LABEL, bulk=True) as nothing:
        book.con.execute("DELETE FROM person WHERE id=?", (put(book, "钱多多"),))
    assert not nothing


def test_a_value_that_a_later_change_used_and_gave_up_stands_in_the_way(book: Book) -> None:
    with book.change(LABEL):
        pairs.put_link(book.con, "a", "b", "same")
    with book.change(LABEL) as first:
        book.con.execute("DELETE FROM company_link")
    with book.change(LABEL):
        pairs.put_link(book.con, "a", "z", "same")
    with book.change(msg(N_("Imported {n} rows"), n=9)):
        book.con.execute("DELETE FROM company_link")
    with pytest.raises(Refused, match=r"1 later.*Imported 9 rows"):
        history.undo(book, first.id)


def test_what_hung_on_it_once_stands_in_the_way(book: Book) -> None:
    with book.change(LABEL) as first:
        person = put(book, "王志刚")
    with book.change(LABEL):
        book.con.execute("INSERT INTO person_tag(person_id, tag) VALUES (?, 'vip')", (person,))
    with book.change(msg(N_("Imported {n} rows"), n=9)):
        book.con.execute("DELETE FROM person_tag")
    with pytest.raises(Refused, match=r"1 later.*Imported 9 rows"):
        history.undo(book, first.id)


def test_a_pair_found_meanwhile_makes_way_for_the_one_decided(book: Book) -> None:
    with book.change(LABEL):
        pairs.put_verdict(book.con, "person", "1", "2", "same", AT)
    after = dump(book.con)
    history.undo(book)
    pairs.put_pairs(book.con, "person", [("1", "2", 80, ())], AT)
    history.redo(book)
    assert dump(book.con) == after


def test_what_was_undone_for_good_is_forgotten_after_90_days(
    book: Book, clock: StandingClock
) -> None:
    start = clock.now()
    with book.change(LABEL):
        put(book, "a")
    history.undo(book)
    with book.change(LABEL):
        put(book, "b")
    for days, left in ((90, ["done", "dropped"]), (91, ["done"])):
        clock.move_to(start + timedelta(days=days))
        backup.daily(book)
        assert [entry.state for entry in history.changes(book)] == left
    ids = "SELECT DISTINCT change_id FROM change_row"
    assert [row[0] for row in book.con.execute(ids)] == [2]


def test_after_an_erasure_undo_says_why_not(book: Book) -> None:
    with book.change(LABEL):
        person = put(book, "王志刚")
        put(book, "李娜")
    with book.change(LABEL):
        book.con.execute("UPDATE person SET note='x' WHERE name='李娜'")
    history.undo(book)
    erasing.erase(book, person, "王志刚")
    with pytest.raises(
        Refused, match="can't be undone any more: somebody in it was erased; nothing"
    ):
        history.undo(book)
    with pytest.raises(Refused, match="nothing to redo"):
        history.redo(book)


def test_two_rows_that_exchanged_a_value_go_back_and_forth(book: Book) -> None:
    with book.change(LABEL):
        pairs.put_link(book.con, "a", "b", "branch")
        pairs.put_link(book.con, "c", "d", "branch")
    before = dump(book.con)
    with book.change(LABEL):
        for now, then in (("a", "x"), ("c", "a"), ("x", "c")):
            sql = "UPDATE company_link SET company_key=? WHERE company_key=?"
            book.con.execute(sql, (then, now))
    after = dump(book.con)
    for _ in range(2):
        history.undo(book)
        assert dump(book.con) == before
        history.redo(book)
        assert dump(book.con) == after


def test_what_can_still_be_redone_is_never_forgotten(book: Book, clock: StandingClock) -> None:
    with book.change(LABEL):
        put(book, "a")
    after = dump(book.con)
    history.undo(book)
    clock.move_to(clock.now() + timedelta(days=400))
    backup.daily(book)
    history.redo(book)
    assert dump(book.con) == after


def test_what_it_would_hang_on_was_deleted_since(book: Book) -> None:
    with book.change(LABEL):
        person = put(book, "王志刚")
        book.con.execute("INSERT INTO person_tag(person_id, tag) VALUES (?, 'vip')", (person,))
    with book.change(LABEL) as first:
        book.con.execute("DELETE FROM person_tag")
    with book.change(msg(N_("Imported {n} rows"), n=9)):
        book.con.execute("DELETE FROM person")
    with pytest.raises(Refused, match=r"1 later.*Imported 9 rows"):
        history.undo(book, first.id)


def test_a_bulk_change_that_puts_a_row_back_under_its_number(book: Book) -> None:
    with book.change(LABEL):
        pairs.put_link(book.con, "a", "b", "branch")
    before = dump(book.con)
    with book.change(LABEL, bulk=True):
        book.con.execute("DELETE FROM company_link")
        book.con.execute("INSERT INTO company_link VALUES (1, 'a', 'z', 'same')")
        pairs.put_link(book.con, "c", "d", "same")
    after = dump(book.con)
    history.undo(book)
    assert dump(book.con) == before
    history.redo(book)
    assert dump(book.con) == after


def test_what_the_journal_did_not_see_is_told_apart_for_undo_and_redo(book: Book) -> None:
    with book.change(LABEL):
        pairs.put_link(book.con, "a", "b", "same")
    history.undo(book)
    pairs.put_link(book.con, "a", "z", "same")  # by no change
    with pytest.raises(Refused, match="Can't redo “Imported 1 rows”: what it would bring back"):
        history.redo(book)
    book.con.execute("DELETE FROM company_link")
    history.redo(book)
    with book.change(LABEL):
        book.con.execute("DELETE FROM company_link")
    pairs.put_link(book.con, "a", "z", "same")
    with pytest.raises(Refused, match="Can't undo “Imported 1 rows”: what it would bring back"):
        history.undo(book)


def test_no_image_is_kept_of_what_is_there(book: Book) -> None:
    """It would be out of date, and be taken for what later changes gave up."""
    with book.change(LABEL):
        put(book, "a")
    with book.change(LABEL):
        book.con.execute("DELETE FROM person")
    for verb in (history.undo, history.undo, history.redo):
        verb(book)
    images = "SELECT change_id, image IS NULL FROM change_row ORDER BY change_id"
    assert [tuple(row) for row in book.con.execute(images)] == [(1, 1), (2, 1)]
