"""Killed in the middle: messages to many at once, a road show that moves, its list with a stop a
row, a year's notice, pages of a review."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from opslog.domain.events.events import EventDraft
from opslog.services.book import own_kinds
from opslog.services.book.book import Book, open_book
from opslog.services.events import events, stops, workday_notice
from opslog.services.files import coming_in
from opslog.services.programmes import enrolling, sending
from opslog.services.reviews import files as review_files
from opslog.services.reviews import reviews
from tests.bench.lists import with_people
from tests.conftest import MONDAY, StandingClock
from tests.crash import notices

PEOPLE, MOVES, LISTS = 200, 8, 4
CITIES = ("杭州", "南京", "苏州", "宁波")
Tell = Callable[[str], None]


def _open(path: Path) -> Book:
    return open_book(path, clock=StandingClock(MONDAY), session="main")


def _asked(path: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as con:
        return con.execute(question).fetchall()


# -- messages ---------------------------------------------------------------------------------


def make_members(path: Path) -> None:
    with_people(path, PEOPLE)
    with closing(_open(path)) as book:
        people = [row[0] for row in book.con.execute("SELECT id FROM person")]
        enrolling.enter(book, "new-wecom", people, late="all")


def send(path: Path, tell: Tell) -> None:
    """Everybody of a day in one change, then the next day's."""
    with closing(_open(path)) as book:
        members = [row[0] for row in book.con.execute("SELECT id FROM enrolment")]
        for number in range(3):
            book.clock.move_to(MONDAY + timedelta(days=number))  # type: ignore[attr-defined]
            sending.sent(book, members)
            tell(str(number + 1))


def half_sent(path: Path, told: Sequence[str]) -> str:
    """Each step went to all or nobody, and each has its contact."""
    (members,) = _asked(path, "SELECT count(*) FROM enrolment")[0]
    steps = _asked(
        path,
        "SELECT s.step, count(*), count(t.id) FROM sending s LEFT JOIN touch t ON t.id=s.touch_id"
        " WHERE s.state='sent' GROUP BY s.step",
    )
    half = [step for step, *counts in steps if counts != [members, members]]
    return f"half {half}" if half else "" if len(steps) >= len(told) else f"only {steps}"


# -- road shows -------------------------------------------------------------------------------


def _show(book: Book) -> int:
    starts = MONDAY + timedelta(days=40)
    made = events.create(book, EventDraft("冬季路演", "roadshow", starts)).made
    for number, city in enumerate(CITIES):
        day = starts + timedelta(days=3 * number)
        found = stops.read(book, made, f"{city} {day:%Y-%m-%d}")
        stops.add(book, made, found)
    return made


def make_show(path: Path) -> None:
    with closing(_open(path)) as book:
        _show(book)


def move(path: Path, tell: Tell) -> None:
    with closing(_open(path)) as book:
        at = events.get(book, 1).row.starts_at
        for number in range(1, MOVES + 1):
            events.move(book, 1, at + timedelta(days=7 * number))
            tell(str(number))


def half_moved(path: Path, told: Sequence[str]) -> str:
    """Stops keep their distance, and every move that was told is written."""
    apart = _asked(
        path,
        "SELECT julianday(s.starts_at)-julianday(e.starts_at) FROM stop s"
        " JOIN event e ON e.id=s.event_id ORDER BY s.id",
    )
    if [round(float(str(days[0]))) for days in apart] != [0, 3, 6, 9]:
        return f"stops lie {apart}"
    ((moves,),) = _asked(path, "SELECT count(*) FROM event_move WHERE stop_id IS NULL")
    return "" if int(str(moves)) >= len(told) else f"{moves} moves"


def take_stops(path: Path, tell: Tell) -> None:
    with closing(_open(path)) as book:
        for number in range(LISTS):
            rows = (f"人{n},139{n:08},{CITIES[(n + number) % len(CITIES)]}" for n in range(60))
            file = path.with_name(f"list-{number}.csv")
            file.write_text("姓名,手机,站点\n" + "\n".join(rows), encoding="utf-8")
            coming_in.load(book, file, 1)
            tell(str(number))


def half_stops(path: Path, told: Sequence[str]) -> str:
    """All of a list are of the stops it says."""
    (lists,) = _asked(path, "SELECT count(*) FROM roster_file")[0]
    found = _asked(
        path,
        "SELECT substr(p.phone, -2), s.place FROM card c JOIN person p ON p.id=c.person_id"
        " LEFT JOIN stop s ON s.id=c.stop_id",
    )
    last = int(str(lists)) - 1
    wrong = [one for one in found if one[1] != CITIES[(int(str(one[0])) + last) % len(CITIES)]]
    if wrong or len(found) != (60 if int(str(lists)) else 0):
        return f"of {len(found)} wrong {wrong[:3]}"
    return "" if int(str(lists)) >= len(told) else f"{lists} lists"


# -- the year's notice ------------------------------------------------------------------------


def notice(path: Path, tell: Tell) -> None:
    with closing(_open(path)) as book:
        for number in range(6):
            file = notices.write(path.parent, number % 3)
            workday_notice.take(book, workday_notice.preview(book, file))
            tell(f"2027-01-0{1 + number % 3}")


def half_noticed(path: Path, told: Sequence[str]) -> str:
    """What the file beside the database says is what stands in it, after the next start."""
    with closing(_open(path)) as book:
        own_kinds.workdays(book)
        row = book.con.execute("SELECT text FROM own_file WHERE name='workdays.toml'").fetchone()
        text = row[0] if row else ""
    file = path.with_name("workdays.toml")
    on_disk = file.read_text(encoding="utf-8") if file.exists() else ""
    if on_disk != text:
        return "workdays.toml says something else than the database"
    return "" if not told or told[-1] in text else f"{told[-1]} is not taken in"


# -- pages of a review ------------------------------------------------------------------------


def make_review(path: Path) -> None:
    make_show(path)
    take_stops(path, lambda _told: None)


def write_review(path: Path, tell: Tell) -> None:
    with closing(_open(path)) as book:
        for number in range(4):
            for ending in ("html", "xlsx", "md"):
                file = path.with_name(f"review-{number}.{ending}")
                tell(str(review_files.write(book, reviews.review(book, 1), file)))


def bad_reviews(path: Path, told: Sequence[str]) -> str:
    from zipfile import ZipFile, is_zipfile

    bad = [name for name in told if not Path(name).is_file()]
    for file in path.parent.glob("review-*.xlsx"):
        if not is_zipfile(file) or ZipFile(file).testzip():
            bad.append(file.name)
    for file in path.parent.glob("review-*.html"):
        if not file.read_text(encoding="utf-8").rstrip().endswith("</html>"):
            bad.append(file.name)
    return ", ".join(bad)
