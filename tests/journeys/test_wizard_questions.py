"""Each kind of question the import wizard asks, answered by keys at 80×24 in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter

from opslog import locale
from opslog.domain.base.sentences import listed
from opslog.locale import _, ngettext
from opslog.services.book.book import Book
from opslog.services.imports import imports
from opslog.services.people import card
from opslog.services.screening import rounds
from opslog.tui.frame.app import OpslogApp
from opslog.tui.imports.opening import open_import_wizard
from tests.services.rosters.test_rosters import make_event
from tests.tui.looking import line_with, press, text, until

SIZE = (80, 24)


@pytest.fixture(params=["en", "zh_CN"], autouse=True)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    locale.set_language(request.param)
    yield request.param
    locale.set_language("en")


def come(number: int) -> str:
    """What the wizard says of a list with so many people, all new."""
    rows = ngettext("{n} row", "{n} rows", number).format(n=number)
    return f"{rows} · {_('{n} {what}').format(n=number, what=_('new'))}"


def file_of(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


async def test_the_encoding(book: Book, tmp_path: Path) -> None:
    path = file_of(tmp_path, "a.csv", "name,phone\n陈静,13800138000\n".encode("gb18030"))
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        open_import_wizard(app, make_event(book, "上海沙龙"), path)
        await until(pilot, "cp950")
        assert ">1 gb18030" in text(app)
        await press(pilot, "enter")
        await until(pilot, come(1))
        assert "陈静" in text(app)


async def test_the_delimiter(book: Book, tmp_path: Path) -> None:
    path = file_of(tmp_path, "a.csv", "王志刚,13800138000;甲\n李娜,13900139000;乙\n")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        open_import_wizard(app, make_event(book, "上海沙龙"), path)
        await until(pilot, "a.csv")
        await press(pilot, "d")
        await until(pilot, _("semicolon"))
        await press(pilot, f"={_('comma')}", "enter")
        await until(pilot, come(2))


async def test_the_sheet(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as made:
        for name, people in (("一月", 3), ("二月", 2)):
            sheet = made.add_worksheet(name)
            sheet.write_row(0, 0, ["姓名", "手机"])
            for at in range(people):
                sheet.write_row(at + 1, 0, [f"张{'一二三'[at]}", f"1380013800{at}"])
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        open_import_wizard(app, make_event(book, "上海沙龙"), path)
        await until(pilot, come(3))
        await press(pilot, "s", "=二月", "enter")
        await until(pilot, come(2))


async def test_the_meaning_of_a_column(book: Book, tmp_path: Path) -> None:
    path = file_of(tmp_path, "a.csv", "姓名,手机,说明\n王志刚,13800138000,甲\n")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        open_import_wizard(app, make_event(book, "上海沙龙"), path)
        await until(pilot, come(1))
        await press(pilot, "end", "enter")
        assert _("What does column {n} mean? {heading}").format(n=3, heading="说明") in text(app)
        await press(pilot, f"={_('City')}", "enter")
        await until(pilot, come(1))
        assert _("City") in line_with(app, "说明")


async def test_own_fields(book: Book, tmp_path: Path) -> None:
    path = file_of(tmp_path, "a.csv", "姓名,手机,公司规模,预算\n王志刚,13800138000,20-99人,5万\n")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        open_import_wizard(app, make_event(book, "上海沙龙"), path)
        await until(pilot, ngettext("{n} could be kept", "{n} could be kept", 2).format(n=2))
        for keys in (("down", "down", "enter"), ("=预算", "enter")):
            await press(pilot, "home", *["down"] * 5, "enter")
            assert _("Which columns are kept as fields of your own?") in text(app)
            await press(pilot, *keys)
            await until(pilot, come(1))
        assert str(listed(("公司规模", "预算"))) in line_with(app, _("Own fields"))
        await press(pilot, "f10")
        await until(pilot, f"  {_('is in')}")
    (person,) = card.find(book, "王志刚")
    assert person.fields == {"公司规模": "20-99人", "预算": "5万"}


JUDGED = "姓名,手机,职位,标签,结论\n"


@pytest.mark.parametrize("asked", [True, False])
async def test_what_else_is_taken_and_renewed(book: Book, tmp_path: Path, asked: bool) -> None:
    """On the rows of the wizard before; or, where nobody looked there, once by F10."""
    event = make_event(book, "上海沙龙")
    old = f"{JUDGED}王志刚,13800138000,总经理,,\n李娜,13900139000,经理,,\n"
    imports.load(book, file_of(tmp_path, "old.csv", old), event)
    new = f"{JUDGED}王志刚,13800138000,副总裁,老客户,保留\n"
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        open_import_wizard(app, event, file_of(tmp_path, "new.csv", new))
        await until(pilot, ngettext("{n} differs", "{n} differ", 1).format(n=1))
        assert "李娜" in text(app)
        if asked:
            await press(pilot, "f10")
        else:
            await press(pilot, "home", *["down"] * 5, "enter")
        await until(pilot, _("The list has more than people. What of it is taken?"))
        await press(pilot, "down", "enter")
        if asked:
            await until(pilot, _("typed ones stay"))
        else:
            await until(pilot, f"{listed((_('verdicts'), _('tags')))} · {_('taken')}")
            await press(pilot, "home", *["down"] * 6, "enter")
        await press(pilot, "down", "enter")
        if not asked:
            await until(pilot, _("what the list says"))
            await until(pilot, _("would come in like this"))
            await press(pilot, "f10")
        await until(pilot, f"  {_('is in')}")
    found = {one.name: (one.title, one.tags) for one in card.page(book)}
    assert found == {"王志刚": ("副总裁", ("老客户",)), "李娜": ("经理", ())}
    (entry,) = rounds.decisions(book, 1)
    assert (entry.decision.verdict, entry.decision.by) == ("keep", "list")
