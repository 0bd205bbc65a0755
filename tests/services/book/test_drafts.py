"""What was typed and not entered: kept in the file, or beside it, and never one for another."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from opslog.locale import language, msg, set_language
from opslog.services.book import drafts, history
from opslog.services.book.book import Book, open_book
from opslog.services.book.drafts import CAPTURE, HalfTyped, Place
from opslog.services.people import card as people
from opslog.services.people import erasing
from opslog.store.db import connection
from tests.services.lists import make_person

NOTE = Place("note", "person", 1, 1)
A = {"": "a note"}


def texts(book: Book) -> dict[str, str]:
    return {draft.key: draft.text for draft in drafts.waiting(book)}


def test_each_place_has_its_own_and_nothing_is_to_be_undone(book: Book) -> None:
    drafts.keep(book, CAPTURE, msg("Log a line"), {"": "打给王总 >周"}, None)
    drafts.keep(book, NOTE, msg("Note"), {"": "y"}, None)
    drafts.keep(book, Place("take('later')", "promise", 12), msg("When?"), {"": "fri"}, None)
    assert texts(book) == {
        "capture": "打给王总 >周",
        "note person 1": "y",
        "take('later') promise 12": "fri",
    }
    place = drafts.waiting(book)[0].place
    assert (place.action, place.kind, place.ref) == ("take('later')", "promise", 12)
    assert drafts.of(book, Place("note", "person", 2)) is None
    assert history.to_undo(book) is None
    drafts.drop(book, drafts.waiting(book)[0])
    assert set(texts(book)) == {"capture", "note person 1"}


def test_two_windows_do_not_write_over_each_other(book: Book) -> None:
    drafts.keep(book, CAPTURE, msg(""), {"": "one"}, None)
    drafts.keep(book, CAPTURE, msg(""), {"": "two"}, None)
    assert texts(book) == {"capture": "one", "capture ~2": "two"}
    second = next(draft for draft in drafts.waiting(book) if draft.text == "two")
    assert second.place == CAPTURE
    drafts.put_first(book, second)
    found = drafts.of(book, CAPTURE)
    assert found is not None
    assert found.text == "two"
    drafts.keep(book, CAPTURE, msg(""), {"": "two, gone on with"}, found)
    assert sorted(texts(book).values()) == ["one", "two, gone on with"]


def test_beside_the_file_where_it_is_locked(book: Book) -> None:
    book.wait_at_most(0)
    with closing(sqlite3.connect(book.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert drafts.keep(book, CAPTURE, msg(""), {"": "half a line"}, None)
        assert drafts.keep(book, NOTE, msg(""), {"": "a\u2028note"}, None)
        found = drafts.of(book, CAPTURE)
        assert found is not None
        assert found.text == "half a line"
    with drafts.side_file(book.path).open("a", encoding="utf-8") as side:
        side.write('{"place": "capt')  # the disk was full
    drafts.take_in(book)
    assert texts(book) == {"capture": "half a line", "note person 1": "a\u2028note"}
    assert [path.name for path in book.home.iterdir() if "typed" in path.name] == []


def test_a_start_killed_while_it_takes_them_in_loses_none(book: Book, tmp_path: Path) -> None:
    book.wait_at_most(0)
    with closing(sqlite3.connect(book.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        drafts.keep(book, CAPTURE, msg(""), {"": "x"}, None)
        with pytest.raises(Exception, match="being written"):
            drafts.take_in(book)
    drafts.take_in(book)
    assert texts(book) == {"capture": "x"}


def test_what_it_was_about_may_be_gone(book: Book) -> None:
    person = make_person(book, "王志刚")
    assert drafts.still_there(book, Place("note", "person", person))
    assert not drafts.still_there(book, Place("note", "person", person + 1))
    assert not drafts.still_there(book, Place("note", "step", 1))
    assert drafts.still_there(book, Place("new", "events"))


def test_erasing_takes_along_what_was_typed_about_a_person(book: Book) -> None:
    person = make_person(book, "王志刚")
    drafts.keep(
        book, Place("note", "person", person, person), msg("Note"), {"": "hard to reach"}, None
    )
    drafts.keep(book, CAPTURE, msg(""), {"": "打给王志刚"}, None)
    erasing.erase(book, person, people.get(book, person).name)
    assert list(texts(book)) == ["capture"]
    assert "王志刚" not in texts(book)["capture"]


def test_half_a_line_of_the_schema_before_is_kept(tmp_path: Path) -> None:
    from tests.store.schema import dumps

    path = tmp_path / "old.db"
    dumps.load(7, path)
    with closing(connection.connect(path)) as con:
        con.execute(
            "INSERT INTO setting VALUES ('draft', '打给王总'), ('draft.change', '17 a \"x\"')"
        )
    with closing(open_book(path)) as book:
        assert texts(book) == {"capture": "打给王总", "edit log 17": 'a "x"'}
        assert book.setting("draft") == ""


def test_its_title_is_in_the_language_spoken_now(book: Book) -> None:
    """And one from before titles were kept as messages stands as it was written."""
    drafts.keep(book, NOTE, msg("Note on {name}", name="王志刚"), {"": "hard to reach"}, None)
    old = json.dumps({"title": "What {was} asked", "typed": {"": "x"}})
    book.con.execute(
        "INSERT INTO draft(place, text, at) VALUES ('old', ?, '2020-01-01T00:00:00Z')", (old,)
    )
    spoken = language()
    said = []
    for name in ("en", "zh_CN"):
        set_language(name)
        said.append([draft.title for draft in drafts.waiting(book)])
    set_language(spoken)
    assert said == [["Note on 王志刚", "What {was} asked"], ["王志刚 的备注", "What {was} asked"]]


def test_what_was_being_typed_when_a_window_was_killed_is_taken_in(book: Book) -> None:
    """A window that lives keeps its own: what is half typed there is nobody else's."""
    window = drafts.Meanwhile(book)
    window.note([HalfTyped(CAPTURE, msg("Log a line"), {"": "half a line, and more"})])
    window.note([HalfTyped(CAPTURE, msg("Log a line"), {"": "half"}), HalfTyped(NOTE, msg(""), A)])
    [beside] = book.path.parent.glob("*-typing-*")
    with closing(open_book(book.path)) as other:
        drafts.take_in(other)
        assert texts(other) == {}
        copy = beside.with_name(f"{beside.name}-killed")  # nobody holds this one
        shutil.copyfile(beside, copy)
        drafts.take_in(other)
        assert texts(other) == {"capture": "half", "note person 1": "a note"}
    assert not copy.exists()
    window.note([])
    window.end()
    assert not beside.exists()


def test_a_note_cut_off_while_it_was_written_stops_no_start(book: Book) -> None:
    killed = book.path.with_name(f"{book.path.name}-typing-1")
    killed.write_text('[{"place": "capture", "te', encoding="utf-8")
    drafts.take_in(book)
    assert texts(book) == {}
    assert not killed.exists()
