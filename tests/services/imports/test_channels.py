"""By which channel people signed up, and when they came, read off the lists that say it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from opslog.domain.rosters.rosters import ImportOptions
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.calls.attendance import door, guests
from opslog.services.files import coming_in
from opslog.services.reviews import channels
from opslog.services.rosters import withdrawing
from tests.conftest import StandingClock, domain_rows
from tests.services.lists import make_list
from tests.services.rosters.test_rosters import make_event

Write = Callable[..., Path]


@pytest.fixture
def event(book: Book) -> int:
    return make_event(book, "上海沙龙")


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(*lines: str, name: str = "signup.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return write


def said(book: Book) -> dict[str, str | None]:
    """By which channel, by name."""
    return dict(
        book.con.execute(
            "SELECT p.name, h.label FROM card c JOIN person p ON p.id=c.person_id"
            " LEFT JOIN channel h ON h.id=c.channel_id ORDER BY c.id"
        ).fetchall()
    )


LIST = (
    "姓名,手机,报名渠道",
    "周敏,13900139001,朋友圈",
    "李娜,13900139002,EDM",
    "王强,13900139003,邮件",
    "赵六,13900139004,展会",
    "钱七,13900139005,同事邀请┋朋友圈",
    "孙八,13900139006,-",
    "吴九,13900139007,https://a.example/f?id=3&utm_source=pyq01",
)


def test_the_channels_of_a_list_are_those_of_the_event_or_become_so(
    book: Book, event: int, write: Write
) -> None:
    channels.put(book, event, {"label": "海报", "kind": "moments", "code": "pyq01"})
    before = domain_rows(book.con)
    loaded = coming_in.load(book, write(*LIST), event)
    assert loaded.taken == {"channels": 6}
    assert loaded.unknown == ()
    assert said(book) == {
        "周敏": "海报",
        "李娜": "EDM",
        "王强": "EDM",
        "赵六": "展会",
        "钱七": "同事邀请",
        "孙八": None,
        "吴九": "海报",
    }
    assert [(one.label, one.kind) for one in channels.of(book, event)] == [
        ("海报", "moments"),
        ("EDM", "edm"),
        ("展会", ""),
        ("同事邀请", "invite"),
    ]
    after = domain_rows(book.con)
    again = coming_in.load(book, write(*LIST), event)
    assert (again.unchanged, again.taken, again.change.id) == (7, {}, 0)
    assert domain_rows(book.con) == after
    history.undo(book)
    assert domain_rows(book.con) == before


def test_what_was_said_first_stays_and_a_list_taken_back_takes_its_channels(
    book: Book, event: int, write: Write
) -> None:
    first = ("姓名,手机,渠道", "周敏,13900139001,朋友圈", "王强,13900139003,")
    coming_in.load(book, write(*first), event)
    before = domain_rows(book.con)
    rows = ("周敏,13900139001,邮件", "李娜,13900139002,社群", "王强,13900139003,短信")
    coming_in.load(book, write("姓名,手机,来源", *rows, name="b.csv"), event)
    assert said(book) == {"周敏": "朋友圈", "王强": "短信", "李娜": "社群"}
    history.undo(book)
    assert domain_rows(book.con) == before
    history.redo(book)
    (file_id,) = book.con.execute("SELECT max(id) FROM roster_file").fetchone()
    withdrawing.withdraw(book, file_id)
    assert said(book) == {"周敏": "朋友圈", "王强": None}
    assert [one.label for one in channels.of(book, event)] == ["朋友圈"]


def test_a_column_that_is_kept_as_a_field_stays_one(book: Book, event: int, write: Write) -> None:
    path = write(*LIST[:3])
    loaded = coming_in.load(book, path, event, ImportOptions(fields=("报名渠道",)))
    assert (loaded.own, loaded.values, loaded.taken) == (("报名渠道",), 2, {"channels": 2})


@pytest.mark.parametrize(
    ("heading", "cells", "found"),
    [
        ("您是从哪里得知本次活动的？", ("朋友推荐", "公众号"), ["朋友推荐", "公众号"]),
        ("utm_source", ("edm01", ""), ["edm01", None]),
        ("来源渠道,来源", (",微信", ",抖音"), ["微信", "抖音"]),
        ("来源,推广渠道", ("表单,朋友圈", "表单,短信"), ["朋友圈", "短信"]),
        ("备注来源说明", ("朋友圈", "短信"), [None, None]),
        ("来源", ("很长" * 30, "。"), [None, None]),
    ],
)
def test_which_column_says_it(
    book: Book, event: int, write: Write, heading: str, cells: tuple[str, str], found: list[str]
) -> None:
    rows = (f"人{n},1390013900{n},{cell}" for n, cell in enumerate(cells))
    coming_in.load(book, write(f"姓名,手机,{heading}", *rows), event)
    assert list(said(book).values()) == found


def test_a_column_with_a_word_a_row_holds_no_channels(book: Book, event: int, write: Write) -> None:
    rows = [f"人{n},139001390{n:02},词{n}" for n in range(60)]
    loaded = coming_in.load(book, write("姓名,手机,来源", *rows), event)
    assert (loaded.taken, channels.of(book, event)) == ({}, [])


def came_at(book: Book) -> dict[str, str | None]:
    return dict(
        book.con.execute(
            "SELECT p.name, c.came_at FROM card c JOIN person p ON p.id=c.person_id ORDER BY c.id"
        ).fetchall()
    )


def test_the_first_join_of_whoever_was_there_is_when_they_came(
    book: Book, event: int, write: Write
) -> None:
    starts = book.con.execute("SELECT starts_at FROM event WHERE id=?", (event,)).fetchone()[0]
    start = datetime.fromisoformat(starts)
    local = [
        f"{start.astimezone(book.clock.zone) + timedelta(minutes=m):%m/%d/%Y %H:%M:%S}"
        for m in (20, -5, 0)
    ]
    path = write(
        "Name,User Email,Join Time,Duration (Minutes),Guest",
        f"周敏,zhoumin@qq.com,{local[0]},20,Yes",
        f"周敏,zhoumin@qq.com,{local[1]},15,Yes",
        f"李娜,lina@qq.com,{local[2]},1,Yes",
        "王强,wang@qq.com,01/02/2020 09:00:00,60,Yes",
        name="zoom.csv",
    )
    before = domain_rows(book.con)
    loaded = coming_in.load(book, path, event)
    assert (loaded.kind, loaded.attended) == ("attendance", 2)
    joined = (start - timedelta(minutes=5)).astimezone(UTC)
    assert came_at(book) == {"周敏": f"{joined:%Y-%m-%dT%H:%M:%SZ}", "李娜": None, "王强": None}
    after = domain_rows(book.con)
    coming_in.load(book, path, event)
    assert domain_rows(book.con) == after
    history.undo(book)
    assert domain_rows(book.con) == before


def test_who_is_marked_while_the_door_is_open_came_just_then(
    book: Book, clock: StandingClock
) -> None:
    rows = [(name, "云岭", "", f"1390013900{n}", "") for n, name in enumerate("甲乙丙")]
    sheet = make_list(book, rows, ends_ago=timedelta(hours=-3))  # it starts in an hour
    one, other, third = sheet.cards
    guests.mark_attended(book, one, True)
    clock.move_to(clock.instant + timedelta(hours=2))
    guests.mark_attended(book, other, True)
    door.walk_in(book, sheet.event_id, {"name": "丁", "phone": "13900139009"})
    guests.mark_many_attended(book, sheet.event_id, [third], True)
    assert came_at(book) == {
        "甲": "2026-11-23T01:00:00Z",
        "乙": "2026-11-23T03:00:00Z",
        "丙": None,
        "丁": "2026-11-23T03:00:00Z",
    }
    guests.mark_attended(book, one, False)
    clock.move_to(clock.instant + timedelta(hours=9))
    guests.mark_attended(book, one, True)  # the day after nobody knows when
    assert came_at(book)["甲"] is None
