"""A file with several lists one below the other: each row is shown under its own headings."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from opslog.services.book.book import Book
from opslog.services.cards import cards
from opslog.services.files import export as files_out
from opslog.services.imports import imports
from opslog.services.rosters import problems as roster_problems
from opslog.services.screening import roster_card, rounds
from opslog.store.screening import lines as roster_lines
from tests.exchange.meaning.test_profiles import PROFILES
from tests.services.rosters.test_rosters import make_event

ATTENDEE, OTHER = 13, 18  # lines of the file


@pytest.fixture
def roster(book: Book) -> int:
    event = make_event(book, "制造业安全直播")
    return imports.load(book, PROFILES / "zoom_webinar.csv", event).roster


def test_the_list_shows_each_row_under_its_headings(book: Book, roster: int) -> None:
    by_line = {row.line: row for row in roster_card.rows(book, roster)}
    host, attendee, other = by_line[7], by_line[ATTENDEE], by_line[OTHER + 1]
    assert dict(zip(host.columns, host.cells, strict=False))["Email"] == "host@example.com"
    assert dict(zip(attendee.columns, attendee.cells, strict=False))["Phone"] == "13800138000"
    assert dict(zip(other.columns, other.cells, strict=False)) == {
        "User Name": "8613700137000",
        "Join Time": "11/20/2026 14:05",
        "Leave Time": "11/20/2026 15:05",
        "Time in Session (minutes)": "60",
        "Country/Region Name": "China",
    }


def test_so_do_the_pages_of_rows_and_the_card(book: Book, roster: int) -> None:
    row = next(row for row in roster_card.rows(book, roster) if row.line == OTHER + 1)
    (listed,) = roster_lines.rows(book.con, [row.id])
    assert listed.row.cells[0] == ("User Name", "8613700137000")
    round_id = rounds.open_round(book, roster).made
    assert row.card_id is not None
    card = cards.screening_card(book, round_id, row.card_id)
    assert card.rows[0].cells[:2] == (
        ("User Name", "8613700137000"),
        ("Join Time", "11/20/2026 14:05"),
    )


def test_a_problem_is_read_again_by_its_own_headings(book: Book, tmp_path: Path) -> None:
    text = (PROFILES / "zoom_webinar.csv").read_text("utf-8-sig")
    path = tmp_path / "zoom.csv"
    path.write_text(text + ',"11/20/2026 14:05","11/20/2026 15:05",30,China\n', "utf-8-sig")
    roster_id = imports.load(book, path, make_event(book, "直播")).roster
    (id,) = (
        row.id
        for row in roster_card.rows(book, roster_id)
        if row.line == OTHER + 2 and row.problems
    )
    (problem,) = roster_problems.rows(book, [id])
    assert problem.columns[0] == "User Name"
    assert problem.values["name"] == problem.values["phone"] == ""
    roster_problems.mend(book, id, {"name": "王志刚"})
    (mended,) = (row for row in roster_card.rows(book, roster_id) if row.id == id)
    assert mended.person is not None
    assert (mended.person.name, mended.person.phone) == ("王志刚", "")


def test_an_export_has_every_cell_below_its_own_heading(book: Book, roster: int) -> None:
    path = files_out.export(book, "roster", book.home / "roster.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["Line"]: row for row in csv.DictReader(file)}
    other = rows[str(OTHER + 1)]
    assert other["in the file: User Name"] == "8613700137000"
    assert other["in the file: First Name"] == other["in the file: Phone"] == ""
    assert rows["7"]["in the file: Email"] == "host@example.com"
    assert rows[str(ATTENDEE)]["in the file: Phone"] == "13800138000"
