"""Who was merged away or erased stands in no list: readers use a view, not their memory."""

from __future__ import annotations

import re
from pathlib import Path

import opslog.store
from opslog.services.book.book import Book
from opslog.services.people import card as person_card
from opslog.services.people import list as people_list
from tests.services.lists import make_list

# Who may read the table itself: what goes by a known id, by a card (merging moves it), or is about
# merged and erased people.
BARE = {
    "screening/roster_card.py": "people of cards",
    "screening/lines.py": "people of cards",
    "screening/export.py": "people of cards",
    "calls/export.py": "people of cards",
    "calls/attendance.py": "people of cards",
    "calls/proving/evidence.py": "people of cards",
    "calls/proving/settled.py": "people by their numbers, whatever became of them",
    "calls/candidates.py": "people of cards",
    "calls/touches.py": "people of cards",
    "calls/known.py": "people of cards",
    "daybook/auto_lines.py": "people of lines",
    "daybook/follow_ups.py": "people of follow-ups",
    "daybook/names.py": "people of lines",
    "db/person_index.py": "makes the views",
    "people/card.py": "a person by id, whatever became of them",
    "people/erased.py": "looks for whoever was erased in another copy",
    "people/erasing.py": "erases",
    "people/fields.py": "people by their ids",
    "people/suppressed.py": "a person by id or number, whatever became of them",
    "schema/held.py": "counts a database of before the views",
    "schema/schema_6.py": "moves marks of people to their numbers",
    "people/finding.py": "people found by the index, which holds those shown",
    "people/near_words.py": "names and companies of whom the index, which holds those shown, finds",
    "programmes/enrolments.py": "people of enrolments",
    "programmes/export.py": "people of enrolments, the erased counted too",
    "programmes/held.py": "companies and numbers of whom an enrolment is then looked for",
    "reports/ledger.py": "people of attempts, cards and leads, the erased counted too",
    "reports/rows.py": "people of attempts, cards and leads, the erased counted too",
    "reviews/counts.py": "people of answers, the erased counted too",
    "reviews/rows.py": "people of a number, the erased counted too",
    "rosters/gone.py": "people of cards",
    "rosters/problems.py": "people of cards",
    "rosters/rosters.py": "what to call the person of a card",
    "rosters/states.py": "leaves the erased out of what waits",
    "rosters/withdrawal/standing.py": "a person by id",
    "rosters/withdrawal/withdrawing.py": "deletes",
    "rosters/writing.py": "joins rows, also those of whoever was merged",
    "screening/rounds.py": "people of cards",
    "search/found.py": "people found by the index",
    "segments/lists.py": "whoever was merged is put on a list as who they are now",
    "twins/pairs.py": "companies",
}


def test_the_table_of_people_is_read_in_few_places() -> None:
    root = Path(opslog.store.__file__).parent
    found = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if re.search(r"(FROM|JOIN) person\b", path.read_text(encoding="utf-8"))
    }
    assert found == set(BARE)


def test_the_views_leave_out_whom_they_say(book: Book) -> None:
    people = make_list(book, [(name, "", "", "", "") for name in "甲乙丙"]).people
    book.con.execute("UPDATE person SET merged_into=? WHERE id=?", (people[0], people[1]))
    book.con.execute("UPDATE person SET erased_at='2026-11-23' WHERE id=?", (people[2],))

    def ids(view: str) -> list[int]:
        return [row[0] for row in book.con.execute(f"SELECT id FROM {view} ORDER BY id")]

    assert ids("person_shown") == [people[0]]
    assert ids("person_counted") == [people[0], people[2]]
    assert people_list.everybody(book).ids(0, 10) == [people[0]]
    assert person_card.get(book, people[1]).merged_into == people[0]


def test_the_window_of_people_goes_by_their_numbers(book: Book) -> None:
    plan = book.con.execute(
        "EXPLAIN QUERY PLAN SELECT id FROM person_shown WHERE id < 9 ORDER BY id DESC LIMIT 50"
    ).fetchall()
    assert [row["detail"] for row in plan] == ["SEARCH person USING INTEGER PRIMARY KEY (rowid<?)"]
