"""Files that say who came, on a roster that is there already."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from opslog.domain.imports.report import Filled, ImportReport
from opslog.domain.rosters.rosters import ImportOptions
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.calls.attendance import guests
from opslog.services.imports import imports
from opslog.services.rosters import layouts as roster_layouts
from opslog.services.rosters import rosters, withdrawing
from opslog.services.screening import roster_card
from tests.conftest import StandingClock
from tests.exchange.meaning.test_profiles import EXPECTED, PROFILES
from tests.services.rosters.test_rosters import LI, WANG, counts, make_event

Write = Callable[..., Path]
VIEWERS = ("手机号", "观看时长")


@pytest.fixture
def event(book: Book) -> int:
    return make_event(book, "上海沙龙")


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(*rows: tuple[str, ...], name: str = "list.csv", headings: tuple[str, ...]) -> Path:
        path = tmp_path / name
        path.write_text("\n".join(",".join(row) for row in (headings, *rows)), encoding="utf-8")
        return path

    return write


def cards(book: Book) -> dict[str, tuple[object, ...]]:
    return {
        row["name"] or row["phone"]: (row["attended"], row["withdrawn"], row["minutes"])
        for row in book.con.execute(
            "SELECT p.name, p.phone, c.attended, c.minutes, c.state='withdrawn' AS withdrawn"
            " FROM card c JOIN person p ON p.id=c.person_id"
        )
    }


def signed_up(book: Book, event: int, write: Write) -> None:
    headings = ("姓名", "手机号", "公司", "职位", "邮箱")
    imports.load(book, write(WANG, LI, name="signup.csv", headings=headings), event)


def test_minutes_of_several_visits_are_added_up(book: Book, event: int, write: Write) -> None:
    signed_up(book, event, write)
    rows = [("13800138000", "3"), ("13800138000", "4"), ("13900139000", "2")]
    path = write(*rows, ("13700137000", "50"), name="viewers.csv", headings=VIEWERS)
    tried = imports.preview(book, path, event)
    assert tried.kind == "attendance"
    assert [line.filled for line in tried.lines] == [
        (Filled("minutes", "", "3"),),
        (Filled("minutes", "3", "7"), Filled("attended", "", "yes")),
        (Filled("minutes", "", "2"),),
        (Filled("minutes", "", "50"), Filled("attended", "", "yes")),
    ]
    report = imports.load(book, path, event)
    assert counts(report) == (4, 1, 2, 0, 1, 0)
    assert report.attended == 2
    assert cards(book) == {
        "王志刚": (1, 0, 7),
        "李娜": (None, 0, 2),
        "+8613700137000": (1, 0, 50),
    }
    assert not imports.load(book, path, event).change


def test_the_least_minutes_can_be_told(book: Book, event: int, write: Write) -> None:
    signed_up(book, event, write)
    path = write(("13800138000", "7"), headings=VIEWERS)
    imports.load(book, path, event, ImportOptions(min_minutes=10))
    assert cards(book)["王志刚"] == (None, 0, 7)
    history.undo(book)
    imports.load(book, path, event, ImportOptions(min_minutes=7))
    assert cards(book)["王志刚"] == (1, 0, 7)


def test_the_file_with_most_minutes_counts(book: Book, event: int, write: Write) -> None:
    imports.load(book, write(("13800138000", "30"), name="a.csv", headings=VIEWERS), event)
    imports.load(book, write(("13800138000", "20"), name="b.csv", headings=VIEWERS), event)
    assert cards(book)["+8613800138000"] == (1, 0, 30)


def test_what_a_person_marked_stays(book: Book, event: int, write: Write) -> None:
    signed_up(book, event, write)
    card = book.con.execute("SELECT min(id) FROM card").fetchone()[0]
    guests.mark_attended(book, card, False)
    imports.load(book, write(("13800138000", "60"), headings=VIEWERS), event)
    assert cards(book)["王志刚"] == (0, 0, 60)


def test_a_bare_list_of_numbers_says_who_came_when_told_so(
    book: Book, event: int, write: Write
) -> None:
    path = write(("13800138000",), ("13700137000",), headings=("手机号",))
    imports.load(book, path, event)
    report = imports.load(book, path, event, ImportOptions(attendance=True))
    assert counts(report) == (2, 0, 2, 0, 0, 0)
    assert set(cards(book).values()) == {(1, 0, None)}


def test_a_status_withdraws_and_a_sign_in_attends(book: Book, event: int, write: Write) -> None:
    headings = ("姓名", "手机号", "报名时间", "审核状态", "签到状态", "签到时间")
    rows = [
        ("王志刚", "13800138000", "2026-11-01 09:00", "已取消", "未签到", ""),
        ("李娜", "13900139000", "2026-11-01 09:00", "已通过", "已签到", "2026-11-20 14:00"),
    ]
    tried = imports.preview(book, write(*rows, headings=headings), event)
    assert tried.kind == "signup"
    assert (tried.attended, tried.withdrawn) == (1, 1)
    imports.load(book, write(*rows, headings=headings), event)
    assert cards(book) == {"王志刚": (None, 1, None), "李娜": (1, 0, None)}


def test_a_later_list_marks_who_cancelled_since(book: Book, event: int, write: Write) -> None:
    signed_up(book, event, write)
    path = write(("13800138000", "refunded"), headings=("Phone", "Status"))
    report = imports.load(book, path, event)
    assert counts(report) == (1, 0, 1, 0, 0, 0)
    assert cards(book)["王志刚"] == (None, 1, None)


@pytest.mark.parametrize("key", EXPECTED)
def test_the_same_export_again_changes_nothing(book: Book, event: int, key: str) -> None:
    path = PROFILES / f"{key}.csv"
    report = imports.load(book, path, event)
    assert report.read == EXPECTED[key][3]
    assert sum(counts(report)[1:]) == report.read
    again = imports.load(book, path, event)
    assert not again.change
    assert again.unchanged == again.read == report.read


def test_a_second_number_joins_as_the_first_does(book: Book, event: int, write: Write) -> None:
    headings = ("姓名", "手机号")
    rows = [("王志刚", "13800138000/13700137000"), ("王志刚", "13700137000")]
    report = imports.load(book, write(*rows, headings=headings), event)
    assert counts(report) == (2, 1, 0, 0, 1, 0)
    other = make_event(book, "杭州大会")
    report = imports.load(book, write(rows[1], name="b.csv", headings=headings), other)
    assert counts(report) == (1, 1, 0, 0, 0, 0)
    people = book.con.execute("SELECT phone, phones, city_guess FROM person").fetchall()
    assert [tuple(one) for one in people] == [("+8613800138000", "+8613700137000", "北京市")]


def test_two_people_of_a_cell_are_two_cards_of_one_row(
    book: Book, event: int, write: Write
) -> None:
    path = write(("王志刚、李娜", "13800138000、13900139000"), headings=("姓名", "手机号"))
    report = imports.load(book, path, event)
    assert counts(report) == (1, 1, 0, 0, 0, 0)
    assert cards(book).keys() == {"王志刚", "李娜"}
    rows = list(roster_card.rows(book, report.roster))
    assert [(row.line, row.result, row.person and row.person.name) for row in rows] == [
        (2, "new", "王志刚"),
        (2, "also", "李娜"),
    ]
    assert rows[0].cells == rows[1].cells
    assert not imports.load(book, path, event).change
    taken = withdrawing.withdraw(book, rosters.files(book, report.roster)[0].id)
    assert (taken.rows, taken.kept, taken.people) == (1, 0, 2)


def test_who_can_be_reached_but_has_no_name_is_a_problem_until_known(
    book: Book, event: int, write: Write
) -> None:
    headings = ("姓名", "手机号")
    report = imports.load(book, write(("", "13800138000"), headings=headings), event)
    assert counts(report) == (1, 1, 0, 0, 0, 0)
    assert report.marks == {"no_name": 1}
    (row,) = roster_card.rows(book, report.roster)
    assert row.problems == ("no_name",)
    named = write(("王志刚", "13800138000"), name="b.csv", headings=headings)
    assert imports.load(book, named, event).updated == 1
    again = write(("", "13800138000"), name="c.csv", headings=("姓名", "手机号", "备注"))
    assert imports.load(book, again, event).marks == {}


def test_a_list_of_numbers_alone_has_no_names_to_miss(book: Book, event: int, write: Write) -> None:
    report = imports.load(book, write(("13800138000",), headings=("手机号",)), event)
    assert (report.new, report.marks) == (1, {})


def test_columns_are_mapped_as_last_time(book: Book, event: int, write: Write) -> None:
    headings = ("姓名", "联络", "备用")
    path = write(("王志刚", "13800138000", "13900139000"), headings=headings)
    imports.load(book, path, event, ImportOptions(columns={"phone": "备用"}))
    later = write(("李娜", "13700137000", "13600136000"), name="b.csv", headings=headings)
    report = imports.preview(book, later, event)
    assert report.lines[0].phone == "+8613600136000"
    history.undo(book)
    assert imports.preview(book, later, event).lines[0].phone == "+8613700137000"


def test_how_a_file_was_read_becomes_a_layout(book: Book, event: int, write: Write) -> None:
    path = write(("王志刚", "a", "13900139000"), headings=("甲", "乙", "丙"))
    options = ImportOptions(columns={"name": "甲", "phone": "丙"}, header_row=1)
    preview = imports.inspect(path, options)
    saved = roster_layouts.save(book, preview, "老CRM")
    assert saved.parent == book.home / "profiles"
    report = imports.load(book, path, event)
    assert (report.profile, report.mapping) == ("老CRM", {"name": (0,), "phone": (2,)})


def test_the_same_file_with_a_lower_minimum_marks_more(
    book: Book, event: int, write: Write
) -> None:
    headings = ("姓名", "手机号", "时长")
    rows = [
        ("蒋一", "13788880001", "4"),
        ("蒋二", "13788880002", "30"),
        ("蒋一", "13788880001", "2"),
    ]
    path = write(*rows, headings=headings)
    options = ImportOptions(attendance=True, min_minutes=10)
    assert imports.load(book, path, event, options).attended == 1
    assert not imports.load(book, path, event, options).change
    lower = ImportOptions(attendance=True, min_minutes=6)
    trial = imports.preview(book, path, event, lower)
    report = imports.load(book, path, event, lower)
    assert (report.updated, report.unchanged, report.attended) == (1, 2, 1)
    assert (trial.updated, trial.attended) == (1, 1)
    assert cards(book)["蒋一"][0] == 1
    assert not imports.load(book, path, event, lower).change
    higher = imports.preview(book, path, event, ImportOptions(attendance=True, min_minutes=20))
    assert higher.below == ("蒋一",)
    assert "1 who is marked was there for less, and stays marked: 蒋一" in [
        str(one) for one in higher.marks_said()
    ]
    assert report.below == ()
    history.undo(book)
    assert cards(book)["蒋一"][0] is None


def test_a_higher_minimum_takes_the_marks_off_where_that_is_said(
    book: Book, event: int, write: Write
) -> None:
    headings = ("姓名", "手机号", "时长")
    rows = [("蒋一", "13788880001", "4"), ("蒋二", "13788880002", "30")]
    path = write(*rows, headings=headings)
    imports.load(book, path, event, ImportOptions(attendance=True, min_minutes=3))
    higher = ImportOptions(attendance=True, min_minutes=20, unmark=True)
    report = imports.load(book, path, event, higher)
    assert (report.below, report.unmarked) == (("蒋一",), True)
    assert str(report.change.label).endswith(
        "; 1 was there for less, and is no longer marked: 蒋一"
    )
    assert [cards(book)[name][0] for name in ("蒋一", "蒋二")] == [None, 1]
    (line,) = book.con.execute("SELECT text FROM log ORDER BY id DESC LIMIT 1").fetchone()
    assert "is no longer marked: 蒋一" in line
    again = write(("蒋一", "13788880001", "2"), name="b.csv", headings=headings)
    imports.load(book, again, event, ImportOptions(attendance=True, min_minutes=20))
    (file,) = (one for one in rosters.files(book, report.roster) if one.file == "b.csv")
    withdrawing.withdraw(book, file.id)
    assert cards(book)["蒋一"][0] is None, "the files count from the new minimum on"
    history.undo(book)
    history.undo(book)
    history.undo(book)
    assert cards(book)["蒋一"][0] == 1
    longer = write(("蒋一", "13788880001", "25"), name="c.csv", headings=headings)
    assert not imports.load(book, longer, event, higher).unmarked, "now there for long enough"
    assert cards(book)["蒋一"][0] == 1


def test_who_came_by_a_lower_minimum_stays_when_another_file_is_withdrawn(
    book: Book, event: int, write: Write
) -> None:
    headings = ("姓名", "手机号", "时长")
    standing = roster_layouts.least_minutes()
    row = ("蒋一", "13788880001", str(standing - 1))
    first = write(("蒋一", "13788880001", "1"), name="first.csv", headings=headings)
    imports.load(book, first, event, ImportOptions(attendance=True))
    second = write(row, name="second.csv", headings=headings)
    lower = ImportOptions(attendance=True, min_minutes=standing - 1)
    report = imports.load(book, second, event, lower)
    assert cards(book)["蒋一"] == (1, 0, standing - 1)
    file, _ = rosters.files(book, report.roster)
    withdrawing.withdraw(book, file.id)
    assert cards(book)["蒋一"] == (1, 0, standing - 1)


def test_a_file_read_once_more_with_a_lower_minimum_keeps_that_one(
    book: Book, event: int, write: Write
) -> None:
    headings = ("姓名", "手机号", "时长")
    standing = roster_layouts.least_minutes()
    path = write(("蒋一", "13788880001", str(standing - 1)), headings=headings)
    imports.load(book, path, event, ImportOptions(attendance=True))
    signed_up_too = write(("蒋一", "13788880001"), name="signup.csv", headings=headings[:2])
    report = imports.load(book, signed_up_too, event)
    lower = ImportOptions(attendance=True, min_minutes=standing - 1)
    imports.load(book, path, event, lower)
    minimum = "SELECT min_minutes FROM roster_file ORDER BY id"
    assert [row[0] for row in book.con.execute(minimum)][:2] == [standing - 1, None]
    history.undo(book)
    assert [row[0] for row in book.con.execute(minimum)][:2] == [standing, None]
    assert report.roster


def test_without_a_minimum_of_its_own_a_file_is_read_by_the_standing_one(
    book: Book, event: int, write: Write
) -> None:
    """As files are that came in before their minimum was kept."""
    headings = ("姓名", "手机号", "时长")
    standing = roster_layouts.least_minutes()
    for minutes, came in ((standing, 1), (standing - 1, None)):
        phone = f"1378888{minutes:04}"
        first = write(("蒋一", phone, "0"), name=f"a{minutes}.csv", headings=headings)
        report = imports.load(book, first, event, ImportOptions(attendance=True))
        second = write(("蒋一", phone, str(minutes)), name=f"b{minutes}.csv", headings=headings)
        imports.load(book, second, event, ImportOptions(attendance=True))
        book.con.execute("UPDATE roster_file SET min_minutes=NULL")
        file = rosters.files(book, report.roster)[-2]
        withdrawing.withdraw(book, file.id)
        marks = "SELECT c.attended FROM card c JOIN person p ON p.id=c.person_id WHERE p.phone=?"
        assert [row[0] for row in book.con.execute(marks, (f"+86{phone}",))] == [came]


def test_so_many_guests_or_more_stand_on_the_card_and_go_with_their_file(
    book: Book, event: int, write: Write
) -> None:
    def brings() -> tuple[int, int]:
        return tuple(book.con.execute("SELECT guests, guests_more FROM card").fetchone())

    headings = ("姓名", "手机号", "参会人数")
    row = ("蒋一", "13788880001")
    imports.load(book, write((*row, "2 人"), name="a.csv", headings=headings), event)
    assert brings() == (1, 0)
    again = write((*row, "3 位以上"), name="b.csv", headings=headings)
    report = imports.load(book, again, event)
    assert brings() == (2, 1), "the person is one of the three"
    (file,) = (one for one in rosters.files(book, report.roster) if one.file == "b.csv")
    withdrawing.withdraw(book, file.id)
    assert brings() == (1, 0)


def test_who_only_stands_in_a_file_of_who_came_never_signed_up(
    book: Book, event: int, write: Write
) -> None:
    signed_up(book, event, write)
    rows = [("13800138000", "50"), ("13700137000", "60"), ("13600136000", "0")]
    came = write(*rows, name="viewers.csv", headings=VIEWERS)
    report = imports.load(book, came, event)
    assert "1 had not signed up: a walk-in, no sign-up" in said(report)
    rate = guests.show_up(book, event)  # the third was invited: nobody there knows them otherwise
    assert (rate.signed_up, rate.attended, rate.walk_ins) == (3, 2, 1)
    late = write(("钱进", "13700137000"), name="late.csv", headings=("姓名", "手机号"))
    file = imports.load(book, late, event)
    assert (file.updated, guests.show_up(book, event).signed_up) == (1, 4)
    file_id = book.con.execute("SELECT max(id) FROM roster_file").fetchone()[0]
    withdrawing.withdraw(book, file_id)
    assert guests.show_up(book, event).signed_up == 3
    first = book.con.execute("SELECT id FROM roster_file WHERE kind='attendance'").fetchone()[0]
    assert withdrawing.withdraw(book, first).people == 2


def test_the_same_file_once_more_says_who_came_and_who_is_newly_marked(
    book: Book, event: int, write: Write
) -> None:
    signed_up(book, event, write)
    path = write(("13800138000", "50"), ("13900139000", "60"), name="viewers.csv", headings=VIEWERS)
    imports.load(book, path, event)
    again = said(imports.preview(book, path, event, ImportOptions(min_minutes=30)))
    assert "2 came (where minutes are given: from 30 on)" in again
    assert "0 of them are newly marked as having come" in again


def said(report: ImportReport) -> list[str]:
    return [str(one) for one in report.marks_said()]


def test_who_came_to_an_event_to_come_is_asked_about(
    book: Book, event: int, write: Write, clock: StandingClock
) -> None:
    signed_up(book, event, write)
    path = write(("13800138000", "50"), name="viewers.csv", headings=VIEWERS)
    asked = (
        "上海沙龙 only begins 2026-11-24 09:00: nobody can have come yet; is it the event meant?"
    )
    assert asked in said(imports.preview(book, path, event))
    clock.move_to(clock.now() + timedelta(days=1))
    assert asked not in said(imports.preview(book, path, event))


def test_who_comes_by_name_alone_is_the_one_of_that_name_on_the_list(
    book: Book, event: int, write: Write
) -> None:
    headings = ("姓名", "手机号", "公司")
    both = (("张伟", "13600136000", "甲公司"), ("张伟", "13600136001", "乙公司"))
    imports.load(book, write(WANG[:3], LI[:3], *both, headings=headings), event)
    came = ("姓名", "手机号", "公司", "时长")
    rows = [("王志刚", "", "", "40"), ("张伟", "", "", "30"), ("张伟", "", "乙公司", "20")]
    rows += [("李娜", "13700137000", "", "9"), ("郭涛", "", "", "8"), ("郭涛", "", "", "9")]
    report = imports.load(book, write(*rows, name="came.csv", headings=came), event)
    assert counts(report) == (6, 2, 2, 0, 1, 1)
    there = [(one.person, one.company) for one in guests.guests(book, event) if one.attended]
    assert there == [(WANG[0], WANG[2]), ("张伟", "乙公司"), ("李娜", ""), ("郭涛", "")]
    assert report.marks["namesakes"] == 1
    assert not imports.load(book, write(*rows, name="came.csv", headings=came), event).change


TENCENT = ("用户昵称（入会昵称）", "手机号", "首次入会时间", "累计参会时长")


def test_half_of_a_number_and_a_name_as_it_is_typed_in_a_meeting_are_the_one_who_signed_up(
    book: Book, event: int, write: Write
) -> None:
    signed_up(book, event, write)
    at = ("2026-11-24 14:02:00", "01:58:00")
    rows = [("王志刚(深蓝 王志刚)", "138****8000", *at), ("深蓝-李娜", "139****9000", *at)]
    report = imports.load(book, write(*rows, name="came.csv", headings=TENCENT), event)
    assert report.profile == "腾讯会议: 参会成员"
    assert (report.new, report.walk_ins) == (0, 0)
    assert [one.person for one in guests.guests(book, event) if one.attended] == ["王志刚", "李娜"]


def test_two_whom_half_a_number_fits_are_asked_about_and_another_number_is_another_person(
    book: Book, event: int, write: Write
) -> None:
    both = (("张伟", "13800138000", "甲公司"), ("张伟", "13811118000", "乙公司"))
    imports.load(book, write(*both, headings=("姓名", "手机号", "公司")), event)
    at = ("2026-11-24 14:02:00", "01:58:00")
    rows = [("张伟", "138****8000", *at), ("张伟", "177****1234", *at)]
    report = imports.load(book, write(*rows, name="came.csv", headings=TENCENT), event)
    assert report.marks["namesakes"] == 1
    assert report.walk_ins == 1
    assert sum(bool(one.attended) for one in guests.guests(book, event)) == 1


def test_whoever_is_exported_from_wecom_is_on_wecom(book: Book, event: int, write: Write) -> None:
    headings = ("客户名称", "备注名", "手机号", "添加时间")
    row = ("王志刚", "深蓝软件-王志刚-总监", "13800138000", "2026-09-01")
    loaded = imports.load(book, write(row, name="客户.csv", headings=headings), event)
    assert loaded.profile == "企业微信: 客户"
    (who,) = book.con.execute("SELECT name, company, wecom, note FROM person").fetchall()
    assert tuple(who) == ("王志刚", "深蓝软件", 1, "")


def test_a_remark_in_a_column_of_names_is_a_name_and_a_company(
    book: Book, event: int, write: Write
) -> None:
    rows = [("深蓝软件-王志刚", "13800138000"), ("李娜/启明制造", "13800138001")]
    imports.load(book, write(*rows, headings=("姓名", "手机号")), event)
    found = book.con.execute("SELECT name, company FROM person ORDER BY id").fetchall()
    assert [tuple(one) for one in found] == [("王志刚", "深蓝软件"), ("李娜", "启明制造")]


def test_a_remark_that_says_no_more_than_the_row_is_only_a_name(
    book: Book, event: int, write: Write
) -> None:
    headings = ("客户名称", "备注名", "手机号", "企业", "职位", "添加时间")
    rows = [
        ("🌸小太阳", "刘静-兰亭设计", "13800138000", "兰亭设计", "", "2026-09-01"),
        (
            "刘明",
            "兰亭设计-李明-采购经理",
            "13800138001",
            "兰亭设计有限公司",
            "采购经理",
            "2026-09-01",
        ),
        ("小太阳", "陈红-海纳电商", "13800138002", "兰亭设计", "", "2026-09-01"),
    ]
    imports.load(book, write(*rows, name="客户.csv", headings=headings), event)
    found = book.con.execute("SELECT name, note FROM person ORDER BY id").fetchall()
    assert [tuple(one) for one in found] == [
        ("刘静", "客户名称: 🌸小太阳"),
        ("李明", "客户名称: 刘明"),
        ("陈红-海纳电商", "客户名称: 小太阳"),  # what the remark says stands nowhere else
    ]
