"""A list of a whole road show that says of each row which stop it is of."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from opslog.domain.events.events import EventDraft
from opslog.domain.imports.report import ImportReport, Unclear
from opslog.domain.rosters.rosters import ImportOptions
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.calls import by_stop
from opslog.services.events import events, stops
from opslog.services.files import coming_in
from opslog.services.reviews import reviews
from opslog.services.rosters.withdrawing import withdraw
from tests.services.rosters.test_rosters import make_event

ROWS = (
    "王敏,甲公司,13900139001,杭州站",
    "李娜,乙公司,13900139002,宁波",
    "赵六,丙公司,13900139003,12月7日",
    "钱七,丁公司,13900139004,海口",
    "孙八,戊公司,13900139005,",
)


@pytest.fixture
def show(book: Book) -> int:
    at = datetime(2026, 12, 7, 1, tzinfo=book.now().tzinfo)
    made = events.create(book, EventDraft("冬季路演", "roadshow", at)).made
    stops.add(book, made, stops.read(book, made, "杭州 12-07 12-08 宁波 12-09"))
    return made


def write(folder: Path, heading: str, *rows: str) -> Path:
    path = folder / "list.csv"
    path.write_text("\n".join((f"姓名,公司,手机,{heading}", *rows)), encoding="utf-8")
    return path


def said(book: Book) -> dict[str, str | None]:
    """The stop of each, by name."""
    return dict(
        book.con.execute(
            "SELECT p.name, s.place FROM card c JOIN person p ON p.id=c.person_id"
            " LEFT JOIN stop s ON s.id=c.stop_id ORDER BY c.id"
        ).fetchall()
    )


def notes(report: ImportReport) -> str:
    return "\n".join(one.english() for one in (*report.own_said(), *report.marks_said()))


@pytest.mark.parametrize("heading", ["站点", "场次", "stop", "参会城市"])
def test_each_row_goes_to_its_stop_and_what_is_no_stop_stays_with_the_whole(
    book: Book, show: int, tmp_path: Path, heading: str
) -> None:
    path = write(tmp_path, heading, *ROWS)
    tried = coming_in.preview(book, path, show)
    assert tried.unclear == (Unclear("stop", "海口", (5,)),)
    report = coming_in.load(book, path, show)
    assert said(book) == {
        "王敏": "杭州",
        "李娜": "宁波",
        "赵六": "杭州",
        "钱七": None,
        "孙八": None,
    }
    assert report.taken == {"stops": 3}
    assert report.unclear == tried.unclear
    assert "“海口” is no stop of the event, in 1 line: 5. It stays with the whole" in notes(report)
    assert heading not in report.unknown
    hangzhou, ningbo = stops.of(book, show)
    assert by_stop.people(book, show) == {hangzhou.id: 2, ningbo.id: 1}
    bars = reviews.review(book, show).picture("stops")
    assert bars is not None
    history.undo(book)
    assert said(book) == {}


def test_a_newer_list_moves_a_row_to_another_stop_and_undo_brings_it_back(
    book: Book, show: int, tmp_path: Path
) -> None:
    coming_in.load(book, write(tmp_path, "站点", *ROWS), show)
    coming_in.load(book, write(tmp_path, "站点", "王敏,甲公司,13900139001,宁波"), show)
    assert said(book)["王敏"] == "宁波"
    history.undo(book)
    assert said(book)["王敏"] == "杭州"


def test_of_two_rows_of_one_person_the_first_says_the_stop(
    book: Book, show: int, tmp_path: Path
) -> None:
    rows = ("王敏,甲公司,13900139001,宁波", "王敏,甲公司,13900139001,杭州")
    coming_in.load(book, write(tmp_path, "站点", *rows), show)
    assert said(book) == {"王敏": "宁波"}


def test_a_newer_list_that_is_taken_back_leaves_who_was_there_at_the_stop_of_before(
    book: Book, show: int, tmp_path: Path
) -> None:
    coming_in.load(book, write(tmp_path, "站点", *ROWS), show)
    coming_in.load(book, write(tmp_path, "站点", "王敏,甲公司,13900139001,宁波"), show)
    (newest,) = book.con.execute("SELECT max(id) FROM roster_file").fetchone()
    withdraw(book, newest)
    assert said(book)["王敏"] == "杭州"


@pytest.mark.parametrize(
    ("heading", "rows", "stops_left"),
    [
        ("备注", ("王敏,甲公司,13900139001,杭州", "李娜,乙公司,13900139002,"), (None, None)),
        ("站点", ("王敏,甲公司,13900139001,杭州", "李娜,乙公司,13900139002,"), ("杭州", None)),
        (
            "站点",
            ("王敏,甲公司,13900139001,宁波", "李娜,乙公司,13900139002,宁波站"),
            ("宁波", "宁波"),
        ),
    ],
)
def test_of_an_older_list_that_is_taken_back_no_stop_stays_that_the_newer_one_does_not_say(
    book: Book,
    show: int,
    tmp_path: Path,
    heading: str,
    rows: tuple[str, ...],
    stops_left: tuple[str | None, ...],
) -> None:
    coming_in.load(book, write(tmp_path, "站点", *ROWS), show)
    coming_in.load(book, write(tmp_path, heading, *rows), show)
    (oldest,) = book.con.execute("SELECT min(id) FROM roster_file").fetchone()
    before = said(book)
    change = withdraw(book, oldest).change
    assert said(book) == dict(zip(("王敏", "李娜"), stops_left, strict=True))
    history.undo(book, change.id)
    assert said(book) == before


def test_the_city_is_a_stop_only_where_all_of_it_names_stops(
    book: Book, show: int, tmp_path: Path
) -> None:
    first = coming_in.load(book, write(tmp_path, "城市", *ROWS[:2]), show)
    assert said(book) == {"王敏": "杭州", "李娜": "宁波"}
    assert first.taken == {"stops": 2}
    history.undo(book)
    second = coming_in.load(book, write(tmp_path, "城市", *ROWS[:2], ROWS[3]), show)
    assert set(said(book).values()) == {None}
    assert (second.taken, second.unclear) == ({}, ())


def test_an_event_without_stops_or_a_list_of_one_stop_has_no_such_column(
    book: Book, show: int, tmp_path: Path
) -> None:
    path = write(tmp_path, "站点", *ROWS)
    salon = make_event(book, "上海沙龙")
    report = coming_in.load(book, path, salon)
    assert (report.taken, report.unclear) == ({}, ())
    assert "站点" in report.unknown
    hangzhou, _ningbo = stops.of(book, show)
    coming_in.load(book, path, show, ImportOptions(stop=hangzhou.id))
    assert set(said(book).values()) == {None}
    assert by_stop.people(book, show) == {hangzhou.id: 5}
