"""The import wizard through the keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest

from opslog.domain.rosters.rosters import ImportOptions
from opslog.services.book.book import Book
from opslog.services.imports import imports
from opslog.services.rosters import rosters
from opslog.store.rosters import rosters as rosters_store
from opslog.tui.frame.app import OpslogApp
from opslog.tui.imports.opening import open_import_wizard
from tests.exchange.lists_of import FILES
from tests.services.calls.test_stop_lists import road_show
from tests.services.rosters.test_rosters import make_event
from tests.tui.looking import line_with, press, text, until

ROWS = (
    "报名名单\n姓名,联络,公司\n王志刚,13800138000,某某科技\n王总,138-0013-8000,\n"
    "[/red]李娜,1.39E+10,甲公司\n合计,3,\n"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "lists" / "名单.csv"
    path.parent.mkdir()
    path.write_bytes(ROWS.encode("gb18030"))
    return path


async def test_a_list_comes_in_and_goes_out_by_keys(
    book: Book, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent.parent)
    make_event(book, "杭州大会")
    make_event(book, "上海沙龙")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "f5", "n")
        assert "Which list?" in text(app)
        assert "Looked in: " in text(app)
        await press(pilot, "=lists/")
        assert "名单.csv" in text(app)
        assert "Looked in: " not in text(app)  # but in the folder that was typed
        await press(pilot, "enter")
        await until(pilot, "Choose the event this list belongs to")
        await press(pilot, "enter", "=沙龙", "enter")
        await until(pilot, "4 rows · 2 new · 1 duplicate · 1 problem")
        assert "gb18030" in line_with(app, "Encoding")
        assert "line 2" in line_with(app, "Headings  ")
        assert "Phone" in line_with(app, "联络")
        assert "[/red]李娜" in line_with(app, " 5 new")
        await press(pilot, "f10")
        await until(pilot, "is in; the rows below are worth a look")
        assert "Enter: on to the list  u Undo" in text(app)
        assert rosters.listing(book)[0].cards == 2
        await press(pilot, "u")
        await until(pilot, "would come in like this")
        assert rosters.listing(book) == []
        await press(pilot, "f10")
        await until(pilot, "is in; the rows below are worth a look")
        await press(pilot, "enter")
        await pilot.pause()
        assert "上海沙龙" in text(app)
        assert app.current_mode == "rosters"


async def test_nothing_is_changed_while_a_list_comes_in_and_nothing_to_see_is_not_announced(
    book: Book, tmp_path: Path
) -> None:
    event = make_event(book, "上海沙龙")
    path = tmp_path / "one.csv"
    path.write_text("姓名,电话\n王志刚,13800138000\n", encoding="utf-8")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        open_import_wizard(app, event, path)
        await until(pilot, "1 row · 1 new")
        await press(pilot, "f10", "enter")
        assert "Which event?" not in text(app)
        await until(pilot, "one.csv  is in")
        assert "worth a look" not in text(app)
        assert "No line needs a look." in text(app)


async def test_the_name_of_a_file_says_its_event_before_the_cursor(
    book: Book, tmp_path: Path
) -> None:
    make_event(book, "上海沙龙")
    cursor = make_event(book, "客户直播")
    path = tmp_path / "上海沙龙报名名单.csv"
    path.write_text("姓名,电话\n王志刚,13800138000\n", encoding="utf-8")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        open_import_wizard(app, cursor, path)
        await until(pilot, "1 row · 1 new")
        assert "上海沙龙 · by the name of the file" in line_with(app, "Event  ")


async def test_the_list_of_a_stop_is_known_by_the_name_of_its_file(
    book: Book, tmp_path: Path
) -> None:
    event_id, known = road_show(book, tmp_path)
    path = tmp_path / "宁波签到.csv"
    path.write_text("姓名,电话\n王志刚,13800138000\n", encoding="utf-8")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        open_import_wizard(app, event_id, path)
        await until(pilot, "1 row · 1 new")
        assert "宁波" in line_with(app, "Stop  ")
        await press(pilot, "down", "enter")
        await until(pilot, "Which stop?")
        await press(pilot, "=温", "enter")
        await until(pilot, "温州")
        await until(pilot, "1 row · 1 new")
        await press(pilot, "f10")
        await until(pilot, "宁波签到.csv  is in")
    assert rosters_store.of_event(book.con, event_id, known["温州"].id)
    assert not rosters_store.of_event(book.con, event_id, known["宁波"].id)


async def test_a_higher_minimum_asks_before_it_takes_marks_off(book: Book, tmp_path: Path) -> None:
    event = make_event(book, "上海沙龙")
    path = tmp_path / "one.csv"
    path.write_text("姓名,电话,时长\n王志刚,13800138000,12\n", encoding="utf-8")
    imports.load(book, path, event, ImportOptions(attendance=True))
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        open_import_wizard(app, event, path)
        await until(pilot, "1 row · ")
        await press(pilot, "t", "enter", "backspace", "=30", "enter")
        await until(pilot, "1 who is marked was there for less, and stays marked: 王志刚")
        await press(pilot, "f10")
        await until(pilot, "take the mark off them")
        await press(pilot, "down", "enter")
        await until(pilot, "1 was there for less, and is no longer marked: 王志刚")
        assert book.con.execute("SELECT attended FROM card").fetchone()[0] is None
        await press(pilot, "u")
        assert book.con.execute("SELECT attended FROM card").fetchone()[0] == 1


async def test_what_was_guessed_wrong_is_put_right(book: Book, path: Path) -> None:
    event = make_event(book, "上海沙龙")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "f5")
        open_import_wizard(app, event, path)
        await until(pilot, "4 rows · 2 new")
        # The company column is a note, and the first column nothing at all.
        await press(pilot, "home", *["down"] * 7, "enter")
        assert "What does column 3 mean? 公司" in text(app)
        await press(pilot, "=note", "enter")
        await until(pilot, "Note")
        await until(pilot, "4 rows · 2 new")
        assert "Note" in line_with(app, " 3 公司")
        # Without headings: the title line and the headings are rows too.
        await press(pilot, "h")
        await press(pilot, "backspace", "=0", "enter")
        await until(pilot, "6 rows")
        # Another encoding is shown with what it would say, and refused where it does not fit.
        await press(pilot, "c")
        assert "报名名单" in text(app)
        assert ">1 gb18030" in text(app)
        await press(pilot, line_with(app, " utf-8 ").split(" utf-8")[0][-1])
        await until(pilot, "is not utf-8: line 1 does not fit")
        await press(pilot, "escape")
        assert rosters.listing(book) == []


@pytest.mark.parametrize(
    ("keys", "name"), [(("enter",), "陈静"), (("right", "enter"), "麻噙"), (("2",), "麻噙")]
)
async def test_bytes_that_read_in_several_ways_are_shown_side_by_side(
    book: Book, tmp_path: Path, keys: tuple[str, ...], name: str
) -> None:
    """One short name in GB18030 is a name in Big5 too: the operator says which it is."""
    event = make_event(book, "上海沙龙")
    path = tmp_path / "one.csv"
    path.write_bytes("name,phone\n陈静,13800138000\n".encode("gb18030"))
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        open_import_wizard(app, event, path)
        await until(pilot, "Which reading of one.csv is right?")
        assert ">1 gb18030" in text(app)
        assert "2 cp950" in text(app)
        assert "陈静" in text(app)
        assert "麻噙" in text(app)
        await press(pilot, *keys)
        await until(pilot, "1 row · 1 new")
        assert name in text(app)


async def test_without_an_answer_nothing_comes_in(book: Book, tmp_path: Path) -> None:
    event = make_event(book, "上海沙龙")
    path = tmp_path / "one.csv"
    path.write_bytes("name,phone\n陈静,13800138000\n".encode("gb18030"))
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        open_import_wizard(app, event, path)
        await until(pilot, "Which reading of one.csv is right?")
        await press(pilot, "escape")
        await until(pilot, "could be in more than one encoding: gb18030 “陈静,138001")
        await press(pilot, "f10")
        assert rosters.listing(book) == []


async def test_what_parts_the_cells_is_asked_with_the_lines_as_they_read(
    book: Book, tmp_path: Path
) -> None:
    event = make_event(book, "上海沙龙")
    path = tmp_path / "two.csv"
    path.write_text("王志刚;上海,13800138000\n李娜;北京,13900139000\n", encoding="utf-8")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        open_import_wizard(app, event, path)
        await until(pilot, "Which reading of two.csv is right?")
        assert "王志刚;上海 ┊ 13800138000" in text(app)
        assert "王志刚 ┊ 上海,13800138000" in text(app)
        await press(pilot, "escape")
        await until(pilot, "more than one way")
        await press(pilot, "f10")
        assert rosters.listing(book) == []
        await app.run_action("screen.delimiter")
        await until(pilot, "Which reading of two.csv is right?")
        await press(pilot, "1" if "1 semicolon" in text(app) else "2")
        await until(pilot, "2 rows · 2 new")


async def test_a_file_that_is_no_list_is_a_notice(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make_event(book, "上海沙龙")
    picture = tmp_path / "list.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "f5", "n", "=list.csv", "enter")
        await until(pilot, "a picture (PNG), not a list")


async def test_an_import_is_stopped_by_escape(book: Book, path: Path) -> None:
    event = make_event(book, "上海沙龙")
    with path.open("a", encoding="gb18030") as file:
        file.writelines(f"人{n},{13900000000 + n},\n" for n in range(20_000))
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        open_import_wizard(app, event, path)
        await until(pilot, "20,004 rows · ")
        await press(pilot, "f10")
        await until(pilot, "rows  Esc stops")
        await press(pilot, "f2")  # the screen it stands on: a place to go to, no order to stop
        await until(pilot, "rows  Esc stops")
        await press(pilot, "escape")
        await until(pilot, "Stopped: nothing was taken in")
        assert rosters.listing(book) == []


async def test_the_wizard_speaks_chinese(book: Book, path: Path) -> None:
    from opslog import locale

    locale.set_language("zh_CN")
    event = make_event(book, "上海沙龙")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        open_import_wizard(app, event, path)
        await until(pilot, "4 行 · 新增 2 · 重复 1 · 有问题 1")
        assert "gb18030" in line_with(app, "编码")


async def test_a_layout_is_kept_and_attendance_told_by_keys(book: Book, path: Path) -> None:
    event = make_event(book, "上海沙龙")
    path.write_text("姓名,手机,时长\n王志刚,13800138000,7\n", encoding="utf-8")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        open_import_wizard(app, event, path)
        await until(pilot, "1 new")
        assert "says who came" in line_with(app, "Layout  ")
        assert "1 came" in text(app)
        await press(pilot, "t", "enter")
        await until(pilot, "From how many minutes on")
        await press(pilot, "backspace", "=10", "enter")
        await until(pilot, "0 came (where minutes are given: from 10 on)")
        await press(pilot, "l", "=mine", "enter")
        await until(pilot, "saved: ")
        assert "mine" in line_with(app, "Layout  ")
        assert (book.home / "profiles" / "mine.toml").is_file()


async def test_every_list_of_a_file_stands_under_its_own_headings(book: Book) -> None:
    event = make_event(book, "直播")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(100, 70), notifications=True) as pilot:
        open_import_wizard(app, event, FILES / "profiles" / "zoom_webinar.csv")
        await until(pilot, "7 rows · ")
        shown = text(app).splitlines()
        hosts = next(at for at, one in enumerate(shown) if "Host Details, headings" in one)
        other = next(at for at, one in enumerate(shown) if "Other Attended, headings" in one)
        assert "on line 6 · hosts and speakers, no guests" in shown[hosts]
        assert "on line 18" in shown[other]
        assert "1 User Name " in shown[other + 1]
        assert "8613700137000" in shown[other + 1]


async def test_an_import_is_withdrawn_in_the_files_of_its_list(book: Book, path: Path) -> None:
    imports.load(book, path, make_event(book, "上海沙龙"))
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "f5", "v", "4")
        assert "名单.csv" in text(app)
        await press(pilot, "delete")
        await until(pilot, "Withdraw 名单.csv?")
        await press(pilot, "enter")
        await until(pilot, "rows taken back")
        assert "withdrawn 11-23" in line_with(app, "名单.csv  ")
        assert rosters.listing(book)[0].cards == 0


@pytest.mark.parametrize(
    ("keys", "shown"), [(("enter",), "林晓"), (("down", "down", "down", "enter"), "")]
)
async def test_a_list_whose_people_would_be_nameless_is_asked_about(
    book: Book, tmp_path: Path, keys: tuple[str, ...], shown: str
) -> None:
    event = make_event(book, "上海沙龙")
    path = tmp_path / "list.csv"
    path.write_text("称谓栏,手机,备用\n林晓,13800138061,13900139061\n", "utf-8")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        open_import_wizard(app, event, path)
        await until(pilot, "Which column holds the names?")
        await press(pilot, *keys)
        await until(pilot, "1 row · 1 new")
        assert "holds Phone?" in text(app)
        await press(pilot, "f10")
        await until(pilot, "  is in")
    name = book.con.execute("SELECT name FROM person").fetchone()[0]
    assert name == shown


async def test_a_further_column_is_given_the_same_meaning(book: Book, tmp_path: Path) -> None:
    event = make_event(book, "上海沙龙")
    path = tmp_path / "list.csv"
    path.write_text("姓名,手机,备用\n林晓,13800138061,13900139061\n", "utf-8")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        open_import_wizard(app, event, path)
        await until(pilot, "1 row · 1 new")
        await press(pilot, *["down"] * 8, "enter")
        await until(pilot, "What does column 3 mean? 备用")
        await press(pilot, "p", "h", "o", "n", "e", "enter")
        await until(pilot, "Phone 2")
        await until(pilot, "1 row · 1 new")
        await press(pilot, "f10")
        await until(pilot, "  is in")
    row = book.con.execute("SELECT phone, phones FROM person").fetchone()
    assert tuple(row) == ("+8613800138061", "+8613900139061")
