"""The list of people: found by pinyin, narrowed, sorted, marked; the card; erasing. By keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from opslog.locale import set_language
from opslog.services.book import backup
from opslog.services.book.book import Book
from opslog.services.calls import calling
from opslog.services.calls.attendance import guests
from opslog.services.people import card as person_card
from opslog.services.people import list as people_list
from opslog.services.twins import twins
from opslog.tui.cards.card import PersonScreen
from opslog.tui.cards.person_lines import MOMENTS, PersonLines
from opslog.tui.frame.app import OpslogApp
from opslog.tui.people.people import PeopleScreen
from opslog.tui.people.summary import PeopleSummary
from opslog.tui.widgets.lists.window_list import WindowList
from tests.services.lists import Sheet, make_list, make_person
from tests.tui.looking import line_with, notices, press, text
from tests.tui.people.test_people import Press, opened, person_shown, rows, said

ROWS = [
    ("王志刚", "深蓝软件有限公司", "总监", "+8613800138000", "wang@deepblue.example"),
    ("李娜", "云帆科技", "经理", "+8613900139001", ""),
    ("单伟", "云帆科技", "经理", "+8613700137002", ""),
    ("Zoe", "Blue Sea GmbH", "CEO", "+4930123456", "zoe@sea.example"),
]


@pytest.fixture
def sheet(book: Book) -> Sheet:
    sheet = make_list(book, ROWS)
    person_card.edit(book, sheet.people[0], city="上海")
    person_card.edit(book, sheet.people[1], city="上海")
    person_card.set_wecom(book, sheet.people[0], True)
    person_card.set_tags(book, sheet.people[:1], ["VIP"])
    calling.record(book, sheet.cards[1], "callback-1", "answered", lane="phone")
    return sheet


def names(app: OpslogApp) -> list[str]:
    return [row.split()[0] for row in rows(app)]


def told(app: OpslogApp) -> str:
    return app.screen.query_one(PeopleSummary).told


async def settled(app: OpslogApp, pilot: Press) -> None:
    """Until what is read beside the keys is there."""
    await pilot.pause()
    beside = [worker for worker in app.workers if worker.group in ("people", "facet", "erase")]
    if beside:  # an empty list would stand for all workers
        await app.workers.wait_for_complete(beside)
    await pilot.pause()


async def narrow(app: OpslogApp, pilot: Press, facet: str, value: str) -> None:
    await pilot.press("f")
    await pilot.pause()
    await pilot.press(*facet, "enter")
    await pilot.pause()
    await settled(app, pilot)
    await pilot.press(*value)
    await pilot.pause()
    await settled(app, pilot)
    await pilot.press("enter")
    await pilot.pause()
    await settled(app, pilot)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("wzg", ["王志刚"]),
        ("zhigang", ["王志刚"]),
        ("w", ["王志刚"]),
        ("shanwei", ["单伟"]),
        ("danwei", ["单伟"]),
        ("刚", ["王志刚"]),
        ("yf", ["单伟", "李娜"]),
        ("0137", ["单伟"]),
        ("02", ["单伟"]),
        ("云帆 139", ["李娜"]),
        ("#vip", []),
        ("#VIP", ["王志刚"]),
        ("zo", ["Zoe"]),
        ("wang@deepblue", ["王志刚"]),
    ],
)
async def test_people_are_found_while_typing(
    book: Book, sheet: Sheet, typed: str, found: list[str]
) -> None:
    async with opened(book, "f7") as (pilot, app):
        await pilot.press("slash", *(f"{'number_sign' if c == '#' else c}" for c in typed))
        await pilot.pause()
        await settled(app, pilot)
        if found:
            assert names(app) == found
        else:
            assert rows(app) == ["Nobody is found. Esc clears the words."]


async def test_one_slip_is_forgiven_and_said(book: Book, sheet: Sheet) -> None:
    async with opened(book, "f7") as (pilot, app):
        await pilot.press("slash", *"wangzhigamg")
        await pilot.pause()
        assert names(app) == ["王志刚"]
        assert told(app) == "1 person · nobody exactly; like wangzhigang"
        await pilot.press("escape", "slash", *"王智刚")
        await pilot.pause()
        assert names(app) == ["王志刚"]


async def test_facets_narrow_together_and_are_cleared_by_a_key(book: Book, sheet: Sheet) -> None:
    async with opened(book, "f7") as (pilot, app):
        await pilot.press("f")
        await pilot.pause()
        await pilot.press("1")
        await pilot.pause()
        await settled(app, pilot)
        assert rows(app) == ["上海 2"]
        await pilot.press("enter")
        await pilot.pause()
        assert (names(app), told(app)) == (["李娜", "王志刚"], "2 people · City: 上海")
        assert "City: 上海   F Everybody" in text(app)
        await narrow(app, pilot, "WeCom", "on")
        assert (names(app), told(app)) == (
            ["王志刚"],
            "1 person · City: 上海 · on WeCom",
        )
        await narrow(app, pilot, "WeCom", "")  # the first row says: any
        assert told(app) == "2 people · City: 上海"
        await pilot.press("F")
        await pilot.pause()
        assert told(app) == "4 people"


@pytest.mark.parametrize(
    ("facet", "value", "found"),
    [
        ("Title", "经理", ["单伟", "李娜"]),
        ("Company", "云帆", ["单伟", "李娜"]),
        ("Tag", "VIP", ["王志刚"]),
        ("Last", "week", ["李娜"]),
        ("Last", "never", ["Zoe", "单伟", "王志刚"]),
        ("WeCom", "known", ["Zoe", "单伟", "李娜"]),
    ],
)
async def test_each_facet(
    book: Book, sheet: Sheet, facet: str, value: str, found: list[str]
) -> None:
    async with opened(book, "f7") as (pilot, app):
        await narrow(app, pilot, facet, value)
        assert names(app) == found


async def test_any_column_sorts_and_the_same_again_turns_it_round(book: Book, sheet: Sheet) -> None:
    async with opened(book, "f7") as (pilot, app):
        await pilot.press("s")
        await pilot.pause()
        await pilot.press(*"Name", "enter")
        await pilot.pause()
        await settled(app, pilot)
        assert names(app) == ["单伟", "李娜", "王志刚", "Zoe"]  # dan li wang zoe
        assert told(app) == "4 people · ↓ Name"
        await pilot.press("s")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        await settled(app, pilot)
        assert names(app) == ["Zoe", "王志刚", "李娜", "单伟"]
        assert told(app) == "4 people · ↑ Name"
        await pilot.press("s")
        await pilot.pause()
        await pilot.press(*"Last", "enter")
        await pilot.pause()
        await settled(app, pilot)
        assert names(app) == ["李娜", "Zoe", "单伟", "王志刚"]  # who was never reached comes last
        await pilot.press("slash", *"云帆", "enter")
        await pilot.pause()
        await settled(app, pilot)
        assert names(app) == ["李娜", "单伟"]
        assert told(app) == "2 people · ↓ Last contact"
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert told(app) == "4 people"


async def test_an_order_stays_while_its_people_change(book: Book, sheet: Sheet) -> None:
    async with opened(book, "f7") as (pilot, app):
        await pilot.press("s")
        await pilot.pause()
        await pilot.press(*"Name", "enter")
        await pilot.pause()
        await settled(app, pilot)
        await pilot.press("home", "w")
        await pilot.pause()
        assert person_card.get(book, sheet.people[2]).wecom is True
        assert "yes" in rows(app)[0]
        app.do(lambda: twins.merge(book, sheet.people[1], sheet.people[2]))
        await pilot.pause()
        assert rows(app)[0] == "no longer here"


async def test_marked_people_are_on_wecom_by_one_key(book: Book, sheet: Sheet) -> None:
    def on_wecom() -> list[bool]:
        return [bool(person.wecom) for person in person_card.many(book, sheet.people)]

    before = on_wecom()
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await press(pilot, "f7", "home", *["space"] * len(sheet.people), "w")
        assert on_wecom() == [True] * len(sheet.people)
        assert f"{before.count(False)} people are on WeCom" in text(app)
        await press(pilot, "w")
        assert on_wecom() == [False] * len(sheet.people)
        await press(pilot, "u", "u")
        assert on_wecom() == before


async def test_a_list_longer_than_what_is_read_at_once(book: Book) -> None:
    for number in range(people_list.FIRST + 60):
        make_person(book, f"王{number}", "云帆科技")
    async with opened(book, "f7") as (pilot, app):
        assert told(app) == "316 people"
        await pilot.press("end")
        await pilot.pause()
        assert app.screen.query_one(WindowList).selected == 1
        await pilot.press("slash", *"王", "enter")
        await pilot.pause()
        await settled(app, pilot)
        assert told(app) == "316 people"
        await pilot.press("end")
        await pilot.pause()
        assert app.screen.query_one(WindowList).selected == 1
        await pilot.press("w")
        await pilot.pause()
        assert app.screen.query_one(WindowList).selected == 1  # nothing moves under the cursor
        app.broadcast({})  # as when another program has written
        await pilot.pause()
        await settled(app, pilot)
        assert app.screen.query_one(WindowList).selected == 1


async def test_merged_people_do_not_show(book: Book, sheet: Sheet) -> None:
    twins.merge(book, sheet.people[0], sheet.people[3])
    async with opened(book, "f7") as (pilot, app):
        assert names(app) == ["单伟", "李娜", "王志刚"]
        assert told(app) == "3 people"
        screen = app.screen
        assert isinstance(screen, PeopleScreen)
        await screen.show("person", sheet.people[3])  # an old reference leads to who it is now
        await pilot.pause()
        assert "王志刚" in text(app)
        assert "+49 30 123456" in person_shown(app)


async def test_the_card_shows_every_way_to_reach_and_marks_guesses(
    book: Book, sheet: Sheet
) -> None:
    person = sheet.people[2]
    book.con.execute(
        "UPDATE person SET phones='+8613600136000', emails='sw@two.example', city_guess='深圳'"
        " WHERE id=?",
        (person,),
    )
    book.con.execute(
        "INSERT INTO company_link(company_key, to_key, relation) VALUES ('云帆科技','深蓝软件',"
        " 'branch')"
    )
    async with opened(book, "f7") as (pilot, app):
        await pilot.press("down", "enter")
        await pilot.pause()
        shown = person_shown(app)
        for text in ("137 0013 7002", "136 0013 6000", "sw@two.example", "深圳? (by the number)"):
            assert text in shown
        assert "part of 深蓝软件有限公司" in shown


async def test_a_city_by_the_number_is_a_guess_wherever_it_stands(book: Book, sheet: Sheet) -> None:
    book.con.execute("UPDATE person SET city_guess='辽宁省抚顺市' WHERE id=?", (sheet.people[3],))
    async with opened(book, "f7") as (pilot, app):
        assert "抚顺市?" in line_with(app, "Zoe")
        await press(pilot, "enter")
        assert line_with(app, "辽宁省抚顺市?").split()[0] == "city"  # no company is said there
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "f7", "enter")
        assert "辽宁省抚顺市?" in line_with(app, "+49 30 123456")


async def test_a_value_that_nobody_has_is_told_by_what_was_typed(book: Book, sheet: Sheet) -> None:
    async with opened(book, "f7") as (pilot, app):
        await press(pilot, "f", "=city", "enter")
        await settled(app, pilot)
        await press(pilot, "=1")
        await settled(app, pilot)
        assert "Nothing matches “1”." in text(app)


async def test_a_long_time_line_is_laid_out_as_one_scrolls(book: Book, sheet: Sheet) -> None:
    card = sheet.cards[3]
    book.con.executemany(
        "INSERT INTO touch(card_id, person_id, purpose, lane, outcome, note, at)"
        " SELECT id, person_id, 'callback-1', 'phone', 'no_answer', ?2, '2026-11-01T00:00:00Z'"
        " FROM card WHERE id=?1",
        [(card, f"attempt {number}") for number in range(MOMENTS + 50)],
    )
    async with opened(book, "f7") as (pilot, app):
        await pilot.press("enter")
        await pilot.pause()
        assert "… 51 earlier" in person_shown(app)
        assert "attempt 3\n" not in person_shown(app)
        await pilot.press("end")
        await pilot.pause()
        assert "attempt 3\n" in person_shown(app)
        assert "earlier" not in person_shown(app)
        assert app.screen.query_one(PersonLines).lines


async def test_a_person_is_erased_by_typing_the_name(book: Book, sheet: Sheet) -> None:
    copy = backup.backup(book)
    async with opened(book, "f7") as (pilot, app):
        await pilot.press("end", "enter")
        await pilot.pause()
        assert isinstance(app.screen, PersonScreen)
        await pilot.press("E")
        await pilot.pause()
        await pilot.press(*"李娜", "enter")
        await pilot.pause()
        assert person_card.get(book, sheet.people[0]).name == "王志刚"  # the question stays
        await pilot.press(*["backspace"] * 2, *"王志刚", "enter")
        await pilot.pause()
        await settled(app, pilot)
        assert isinstance(app.screen, PeopleScreen)
        assert names(app) == ["Zoe", "单伟", "李娜"]
        assert "Erased a person on request" in said(app)
        told_beside = notices(app)
        assert "nothing of the person is left" in told_beside
        assert f"still hold the person; delete them by hand:\n{copy}" in told_beside
    assert "王志刚".encode() not in Path(book.path).read_bytes()


@pytest.mark.parametrize("name", ["长" * 10_000, "王\u200b志\ufe00刚", ""])
async def test_who_has_no_name_to_type_is_erased_by_number(
    book: Book, sheet: Sheet, name: str
) -> None:
    person = sheet.people[0]
    book.con.execute("UPDATE person SET name=? WHERE id=?", (name, person))
    async with opened(book, "f7") as (pilot, app):
        await pilot.press("end", "enter", "E")
        await pilot.pause()
        assert "this person's number" in " ".join(text(app).replace("│", " ").split())
        assert app.focused is not None
        line_to_type_in = app.focused.region
        assert line_to_type_in.height == 1
        assert line_to_type_in.bottom < app.size.height
        await pilot.press(*str(person), "enter")
        await pilot.pause()
        await settled(app, pilot)
        assert "Erased a person on request" in said(app)
    assert person_card.get(book, person).erased


async def test_the_palette_finds_people_by_pinyin(book: Book, sheet: Sheet) -> None:
    async with opened(book, "f7") as (pilot, app):
        await pilot.press("ctrl+p", *"wzg")
        await pilot.pause()
        assert any("王志刚" in row for row in rows(app))


async def test_it_speaks_chinese(book: Book, sheet: Sheet) -> None:
    set_language("zh_CN")
    async with opened(book, "f7") as (pilot, app):
        assert told(app) == "4 人"
        await narrow(app, pilot, "城市", "上海")
        assert told(app) == "2 人 · 城市：上海"


async def test_narrowed_to_who_did_not_come_said_and_made_a_call_list(
    book: Book, sheet: Sheet
) -> None:
    guests.mark_attended(book, sheet.cards[1], False)
    book.con.commit()
    async with opened(book, "f7") as (pilot, app):
        await press(pilot, "f", "=Event", "enter")
        await settled(app, pilot)
        await press(pilot, "enter", "f", "=Attendance", "enter")
        await settled(app, pilot)
        await press(pilot, "=did", "enter")
        await settled(app, pilot)
        assert names(app) == ["李娜"]
        assert "上海沙龙 · did not come" in told(app)
        await press(pilot, "l", "enter")
        await settled(app, pilot)
        assert "Call list 上海沙龙 · did not come: 1 person" in text(app)
