"""A list withdrawn leaves what the others say: as if it alone had never come in."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import count
from pathlib import Path

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.people.card import CALL
from opslog.domain.rosters.rosters import ImportOptions
from opslog.services.book import history
from opslog.services.book.book import Book, open_book
from opslog.services.calls import off_list
from opslog.services.files import coming_in
from opslog.services.imports.imports import Loaded
from opslog.services.people import card as person_card
from opslog.services.programmes import enrolling, queue, sending
from opslog.store.db import search
from opslog.store.people import suppressed
from opslog.store.rosters.withdrawal import held
from tests.conftest import MONDAY, StandingClock, domain_rows
from tests.services.rosters.test_rosters import make_event

SAID = {
    "person": "SELECT name, company, title, phone, phones, email, emails, city, industry, wecom,"
    " note FROM person",
    "card": "SELECT p.name, r.event_id, c.signed_up_at, c.attended, c.minutes, c.state, c.guests,"
    " c.way, c.came_at, h.label FROM card c JOIN person p ON p.id=c.person_id"
    " JOIN roster r ON r.id=c.roster_id LEFT JOIN channel h ON h.id=c.channel_id",
    "channel": "SELECT event_id, label FROM channel",
    "tag": "SELECT p.name, t.tag FROM person_tag t JOIN person p ON p.id=t.person_id",
    "touch": "SELECT p.name, t.at, t.event_id, t.outcome, t.purpose FROM touch t"
    " JOIN person p ON p.id=t.person_id",
    "past": "SELECT p.name, t.at, t.text FROM past_contact t JOIN person p ON p.id=t.person_id",
    "verdict": "SELECT p.name, d.verdict, d.reason FROM decision d JOIN card c ON c.id=d.card_id"
    " JOIN person p ON p.id=c.person_id",
    "round": "SELECT number FROM round",
    "field": "SELECT f.name, p.name, v.company_key, v.value FROM field_value v"
    " JOIN field f ON f.id=v.field_id LEFT JOIN person p ON p.id=v.person_id",
    "request": "SELECT p.name, q.asked_on, q.who, q.shown, q.medium, q.address, q.use"
    " FROM material_request q JOIN card c ON c.id=q.card_id JOIN person p ON p.id=c.person_id",
    "row": "SELECT f.file, r.line, r.cells, p.name FROM roster_row r"
    " JOIN roster_file f ON f.id=r.file_id LEFT JOIN card c ON c.id=r.card_id"
    " LEFT JOIN person p ON p.id=c.person_id",
}
WECOM_HEADINGS = (
    "客户名称,所属企微号,所属企业,添加时间,标签组1,标签组2,备注名,描述信息,备注手机号\n"
)
WANG_1 = "刚子,小微01,深蓝软件,2026-11-21 10:11:12,意向,深圳,王志刚-深蓝,,13800138000\n"
WANG_2 = "刚子,小微02,深蓝软件,2026-11-22 10:11:12,意向,广州,王志刚-深蓝,,13800138000\n"
LILY = "Lily,小微01,明远咨询,2026-11-03 09:00:01,,,,,13900139055\n"
WU = "芳,小微01,平安科技,2026-11-20 09:00:01,,,吴芳 平安,,13900139012\n"
SIGNED_UP = "姓名,手机,公司,职位\n王志刚,13800138000,深蓝软件,总监\n"
CAME_1 = "姓名,手机,参会时长,入会时间\n王志刚,13800138000,50,2026-11-24 09:01\n"
CAME_2 = "姓名,手机,公司,参会时长,入会时间\n王志刚,13800138000,深蓝,20,2026-11-24 09:30\n"
FIELDS = "姓名,手机,公司,预算,公司规模\n"
HISTORY = "姓名,手机,公司,跟进记录,最近联系时间\n王志刚,13800138000,{},2026-10-01 打过电话,\n"
FROM = "姓名,手机,公司,您从哪里得知本次活动\n"
CASES = {
    "customers": (WECOM_HEADINGS + WANG_1 + LILY, WECOM_HEADINGS + WANG_2 + WU),
    "customers behind a list": (SIGNED_UP, WECOM_HEADINGS + WANG_1 + LILY),
    "sent again with one more": (
        WECOM_HEADINGS + WANG_1 + LILY,
        WECOM_HEADINGS + WU + WANG_1 + LILY,
    ),
    "tags and verdicts": (
        "姓名,手机,公司,标签,筛选结论\n王志刚,13800138000,深蓝,VIP,保留\n李娜,13900139000,乙,老客户,剔除\n",
        "姓名,手机,公司,职位,标签,筛选结论\n王志刚,13800138000,深蓝,总监,VIP,保留\n"
        "赵敏,13600136000,丙,,VIP,保留\n",
    ),
    "channels": (
        FROM + "王志刚,13800138000,深蓝,公众号\n李娜,13900139000,乙,抖音\n",
        FROM + "王志刚,13800138000,深蓝软件,公众号\n赵敏,13600136000,丙,朋友\n",
    ),
    "other channels": (
        FROM + "王志刚,13800138000,深蓝,公众号\n",
        FROM + "王志刚,13800138000,深蓝软件,朋友圈\n",
    ),
    "what happened before": (HISTORY.format("深蓝"), HISTORY.format("深蓝软件")),
    "own fields": (
        FIELDS + "王志刚,13800138000,深蓝,20万,100人\n",
        FIELDS + "王志刚,13800138000,深蓝,20万,100人 \n李娜,13900139000,深蓝,,200人\n",
    ),
    "own fields that differ": (
        FIELDS + "王志刚,13800138000,深蓝,20万,100人\n",
        FIELDS + "王志刚,13800138000,深蓝,30万,200人\n",
    ),
    "who came, twice": (SIGNED_UP, CAME_1, CAME_2),
    "a name filled twice": (
        "姓名,手机,公司\n王志刚,13800138000,\n",
        "姓名,手机,公司,邮箱\n王志刚,13800138000,深蓝软件,a@gmail.com\n",
        "姓名,手机,公司,邮箱,职位\n王志刚,13800138000,深蓝软件,b@gmail.com,总监\n",
    ),
    "how they stand": (
        "姓名,手机,公司,报名状态\n王志刚,13800138000,深蓝,候补\n",
        "姓名,手机,公司,职位,报名状态\n王志刚,13800138000,深蓝,总监,已报名\n",
    ),
    "how they stand, said by three": (
        "姓名,手机,公司,报名状态\n王志刚,13800138000,深蓝,已报名\n",
        "姓名,手机,公司,报名状态\n王志刚,13800138000,深蓝软件,候补\n",
        "姓名,手机,公司,职位,报名状态\n王志刚,13800138000,深蓝,总监,已报名\n",
    ),
    "requests": (
        "姓名,手机,公司,资料形式,邮寄地址,用途\n王志刚,13800138000,深蓝,纸质,深圳路1号,学习\n",
        "姓名,手机,公司,职位,资料形式,邮寄地址,用途\n王志刚,13800138000,深蓝,总监,纸质,深圳路1号,学习\n",
    ),
}
Load = Callable[..., Loaded]


def said(book: Book) -> dict[str, list[str]]:
    return {
        table: sorted(repr(tuple(row)) for row in book.con.execute(sql))
        for table, sql in SAID.items()
    }


def load(book: Book, folder: Path, name: str, text: str, event_id: int) -> Loaded:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    options = ImportOptions(take=("tags", "verdicts"), fields=("all",))
    return coming_in.load(book, path, event_id, options)


def file_id(book: Book, name: str) -> int:
    row = book.con.execute("SELECT max(id) FROM roster_file WHERE file=?", (name,)).fetchone()
    return int(row[0])


@pytest.fixture
def after(tmp_path: Path) -> Callable[..., dict[str, list[str]]]:
    """What a book says after lists came in and some were withdrawn."""
    number = count()

    def made(
        lists: Collection[tuple[int, str]], apart: bool, *withdrawn: int
    ) -> dict[str, list[str]]:
        folder = tmp_path / str(next(number))
        folder.mkdir()
        book = open_book(folder / "opslog.db", clock=StandingClock(MONDAY))
        events = [make_event(book, "上海沙龙"), make_event(book, "杭州沙龙")]
        kind = "materials" if any("资料形式" in text for _at, text in lists) else "salon"
        book.con.execute("UPDATE event SET kind=?, tag='沙龙'", (kind,))
        for at, text in lists:
            load(book, folder, f"{at}.csv", text, events[at % 2 if apart else 0])
        for at in withdrawn:
            before = domain_rows(book.con)
            done = coming_in.withdraw(book, file_id(book, f"{at}.csv"))
            then = domain_rows(book.con)
            history.undo(book, done.change.id)
            assert domain_rows(book.con) == before
            history.redo(book)
            assert domain_rows(book.con) == then
        assert search.check(book.con) == []
        found = said(book)
        book.close()
        return found

    return made


@pytest.mark.parametrize("apart", [False, True], ids=["one event", "two"])
@pytest.mark.parametrize("case", CASES)
def test_a_list_withdrawn_leaves_what_the_others_say(
    after: Callable[..., dict[str, list[str]]], case: str, apart: bool
) -> None:
    lists = [*enumerate(CASES[case])]
    for at, _text in lists:
        rest = [one for one in lists if one[0] != at]
        assert after(lists, apart, at) == after(rest, apart)


@pytest.mark.parametrize("case", CASES)
def test_all_lists_withdrawn_leave_nothing_in_whatever_order(
    after: Callable[..., dict[str, list[str]]], case: str
) -> None:
    lists = [*enumerate(CASES[case])]
    order = [at for at, _text in lists]
    nothing: dict[str, list[str]] = {table: [] for table in SAID}
    assert after(lists, False, *order) == nothing
    assert after(lists, False, *reversed(order)) == nothing


@pytest.fixture
def customers(book: Book, tmp_path: Path) -> Book:
    """The list of an event, behind it the customers of WeCom, and the programme they may enter."""
    event_id = make_event(book, "上海沙龙")
    load(book, tmp_path, "list.csv", SIGNED_UP, event_id)
    load(book, tmp_path, "customers.csv", WECOM_HEADINGS + WANG_1 + WU, event_id)
    return book


def ids(book: Book) -> list[int]:
    return [row[0] for row in book.con.execute("SELECT id FROM person ORDER BY id")]


def inside(book: Book) -> list[tuple[object, ...]]:
    rows = book.con.execute("SELECT person_id, programme, state FROM enrolment ORDER BY id")
    return [tuple(row) for row in rows]


def test_whoever_entered_for_having_accepted_leaves_where_nothing_was_sent(customers: Book) -> None:
    book = customers
    wang, wu = ids(book)
    enrolling.enter(book, "new-wecom", [wang, wu])
    before = domain_rows(book.con)
    done = coming_in.withdraw(book, file_id(book, "customers.csv"))
    assert inside(book) == []
    assert ids(book) == [wang]
    assert queue.day(book).slots == ()
    assert str(done.summary()) == (
        "2 rows taken back, 1 person gone, 2 people no longer known as added on WeCom, 2 out of a "
        "programme where nothing was sent yet"
    )
    assert history.changes(book, 1)[0].id == done.change.id
    history.undo(book)
    assert domain_rows(book.con) == before


def test_whoever_got_a_message_or_waits_stays_with_what_brought_them(customers: Book) -> None:
    book = customers
    wang, wu = ids(book)
    enrolling.enter(book, "new-wecom", [wang, wu])
    sending.sent(book, [wang])
    enrolling.pause(book, [row[0] for row in book.con.execute("SELECT max(id) FROM enrolment")])
    done = coming_in.withdraw(book, file_id(book, "customers.csv"))
    assert [one[0] for one in inside(book)] == [wang, wu]
    assert len(said(book)["touch"]) == 3  # accepted twice, and the message
    assert str(done.summary()) == (
        "0 rows taken back, 0 people gone; 2 rows kept: they were worked on since"
    )


def test_who_entered_by_hand_stays_in_the_programme(customers: Book) -> None:
    book = customers
    wu = ids(book)[1]
    enrolling.enter(book, "new-wecom", [wu], step="day-2")
    coming_in.withdraw(book, file_id(book, "customers.csv"))
    assert inside(book) == [(wu, "new-wecom", "active")]


def test_who_accepted_by_another_list_too_stays_in_the_programme(
    customers: Book, tmp_path: Path
) -> None:
    book = customers
    load(book, tmp_path, "others.csv", WECOM_HEADINGS + WANG_2, 1)
    wang = ids(book)[0]
    enrolling.enter(book, "new-wecom", [wang])
    done = coming_in.withdraw(book, file_id(book, "customers.csv"))
    assert inside(book) == [(wang, "new-wecom", "active")]
    assert said(book)["touch"] == ["('王志刚', '2026-11-22T02:11:12Z', 1, 'accepted', 'add')"]
    assert (done.added, done.left_programmes) == (1, 0)


def test_whoever_was_called_since_is_still_known_as_added(customers: Book) -> None:
    book = customers
    wu = ids(book)[1]
    off_list.log(book, wu, "answered", lane="phone")
    coming_in.withdraw(book, file_id(book, "customers.csv"))
    assert [one for one in said(book)["touch"] if "accepted" in one] == [
        "('吴芳 平安', '2026-11-20T01:00:01Z', 1, 'accepted', 'add')"
    ]


def test_a_later_list_is_nobody_who_worked_on_a_row(customers: Book, tmp_path: Path) -> None:
    book = customers
    load(book, tmp_path, "others.csv", WECOM_HEADINGS + WANG_2, 1)
    done = coming_in.withdraw(book, file_id(book, "customers.csv"))
    assert (done.rows, done.kept) == (2, 0)


def test_who_asks_not_to_be_called_stays_so_and_it_is_said(book: Book, tmp_path: Path) -> None:
    event_id = make_event(book, "上海沙龙")
    text = "姓名,手机,是否免打扰\n王志刚,13800138000,是\n"
    load(book, tmp_path, "list.csv", text, event_id)
    done = coming_in.withdraw(book, file_id(book, "list.csv"))
    assert str(done.summary()) == (
        "1 row taken back, 1 person gone; 1 number or address stays barred: who asks for that is "
        "not forgotten"
    )
    load(book, tmp_path, "again.csv", "姓名,手机\n王志刚,13800138000\n", event_id)
    assert suppressed.of_person(book.con, ids(book)[0], CALL) is not None


def test_what_a_later_list_holds_word_for_word_is_its_own_then(book: Book, tmp_path: Path) -> None:
    event_id = make_event(book, "上海沙龙")
    rows = [f"人{at},1380013800{at},公司{at},\n" for at in range(6)]
    head = "姓名,手机,公司,职位\n"
    first = load(book, tmp_path, "1.csv", head + "".join(rows[:3]), event_id)
    load(book, tmp_path, "2.csv", head + rows[5] + "".join(rows[1:3]) + rows[4], event_id)
    with pytest.raises(Refused, match="later change builds on it"):
        history.undo(book, first.change_id)
    coming_in.withdraw(book, file_id(book, "1.csv"))
    rows_now = book.con.execute(
        "SELECT f.file, r.line, r.result, p.name FROM roster_row r JOIN card c ON c.id=r.card_id"
        " JOIN roster_file f ON f.id=r.file_id JOIN person p ON p.id=c.person_id ORDER BY r.line"
    )
    assert [tuple(row) for row in rows_now] == [
        ("2.csv", 2, "new", "人5"),
        ("2.csv", 3, "unchanged", "人1"),
        ("2.csv", 4, "unchanged", "人2"),
        ("2.csv", 5, "new", "人4"),
    ]
    assert [name.split("'")[1] for name in said(book)["card"]] == ["人1", "人2", "人4", "人5"]


def test_rows_held_in_another_order_are_handed_on_too(book: Book, tmp_path: Path) -> None:
    event_id = make_event(book, "上海沙龙")
    numbers = range(2 * held.MOST + 2)
    rows = [f"人{at},1380013{at:04d}\n" for at in numbers]
    load(book, tmp_path, "1.csv", "姓名,手机\n" + "".join(rows), event_id)
    more = "多一,13900139000\n"
    load(book, tmp_path, "2.csv", "姓名,手机\n" + "".join(rows[::-2]) + more, event_id)
    kept = book.con.execute("SELECT mapping FROM roster_file WHERE file='2.csv'").fetchone()[0]
    assert len(kept) < 20 * held.MOST
    coming_in.withdraw(book, file_id(book, "1.csv"))
    left = {one.split("'")[1] for one in said(book)["person"]}
    assert {"多一", *(f"人{at}" for at in numbers[::-2])} <= left
    assert len(left) <= len(numbers)


@pytest.mark.parametrize(("take", "tags"), [((), []), (("tags",), ["('王志刚', 'VIP')"])])
def test_a_tag_stays_where_a_later_list_was_asked_for_it_too(
    book: Book, tmp_path: Path, take: tuple[str, ...], tags: list[str]
) -> None:
    event_id = make_event(book, "上海沙龙")
    for name, rows in (("1.csv", "王志刚,13800138000,VIP"), ("2.csv", "王志刚,13800138000, VIP")):
        (tmp_path / name).write_text(f"姓名,手机,标签\n{rows}\n", encoding="utf-8")
        told = ("tags",) if name == "1.csv" else take
        coming_in.load(book, tmp_path / name, event_id, ImportOptions(take=told))
    coming_in.withdraw(book, file_id(book, "1.csv"))
    assert said(book)["tag"] == tags
    assert [one.id for one in person_card.find(book, "VIP")] == [1] * len(tags)
