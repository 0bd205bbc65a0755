"""Each question the wizard asks, answered by keys alone at 80×24 in both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import xlsxwriter
from wcwidth import wcswidth

from opslog import locale
from opslog.services.book.book import Book
from opslog.tui.frame.app import OpslogApp
from tests.services.rosters.test_rosters import make_event
from tests.tui.looking import lines, press, text, until


class Question(NamedTuple):
    """``asked`` in each language; ``choices`` stand on the screen; ``keys`` answer."""

    name: str
    write: Callable[[Path], object]
    asked: dict[str, str]
    choices: tuple[str, ...]
    keys: tuple[str, ...]
    people: list[str]


def _sheets(path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    for name, people in (("上海", ("王志刚", "李娜")), ("北京", ("陈静", "赵敏"))):
        page = book.add_worksheet(name)
        page.write_row(0, 0, ("姓名", "手机"))
        for row, one in enumerate(people, 1):
            page.write_row(row, 0, (one, f"1380013800{row}"))
        page.hide()
    book.add_worksheet("说明").activate()
    book.close()


QUESTIONS = {
    "encoding": Question(
        "one.csv",
        lambda path: path.write_bytes("name,phone\n陈静,13800138000\n".encode("gb18030")),
        {"en": "Which reading of one.csv is right?", "zh_CN": "one.csv 哪一种读法是对的？"},
        ("gb18030", "cp950", "陈静", "麻噙"),
        ("1",),
        ["陈静"],
    ),
    "delimiter": Question(
        "two.csv",
        lambda path: path.write_text("王志刚;上海,13800138000\n李娜;北京,13900139000\n", "utf-8"),
        {"en": "Which reading of two.csv is right?", "zh_CN": "two.csv 哪一种读法是对的？"},
        ("王志刚;上海 ┊ 13800138000", "王志刚 ┊ 上海,13800138000"),
        ("right", "enter"),
        ["王志刚", "李娜"],
    ),
    "meaning": Question(
        "names.csv",
        lambda path: path.write_text("称谓栏,手机,备用\n林晓,13800138061,13900139061\n", "utf-8"),
        {"en": "Which column holds the names?", "zh_CN": "人名在哪一列？"},
        ("称谓栏", "备用"),
        ("enter",),
        ["林晓"],
    ),
    "sheet": Question(
        "sheets.xlsx",
        _sheets,
        {"en": "Which sheet?", "zh_CN": "哪个工作表？"},
        ("上海", "北京"),
        ("down", "enter"),
        ["陈静", "赵敏"],
    ),
}
IN = {"en": "is in", "zh_CN": "已导入"}


@pytest.mark.parametrize("kind", QUESTIONS)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_a_question_is_answered_by_keys(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, language: str
) -> None:
    question = QUESTIONS[kind]
    question.write(tmp_path / question.name)
    monkeypatch.chdir(tmp_path)
    locale.set_language(language)
    make_event(book, "上海沙龙")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "f5", "n", f"=./{question.name}", "enter")
        await until(pilot, question.asked[language])
        assert all(choice in text(app) for choice in question.choices)
        assert all(wcswidth(line) <= 80 for line in lines(app))
        await press(pilot, *question.keys)
        await until(pilot, {"en": "new", "zh_CN": "新增"}[language])
        assert question.people[0] in text(app)
        await press(pilot, "f10")
        await until(pilot, IN[language])
    assert [row[0] for row in book.con.execute("SELECT name FROM person")] == question.people


@pytest.mark.parametrize("kind", QUESTIONS)
async def test_a_question_without_an_answer_lets_nobody_in(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    question = QUESTIONS[kind]
    question.write(tmp_path / question.name)
    monkeypatch.chdir(tmp_path)
    make_event(book, "上海沙龙")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "f5", "n", f"=./{question.name}", "enter")
        await until(pilot, question.asked["en"])
        await press(pilot, "escape")
        await press(pilot, "f10")
        await pilot.pause()
    assert not book.con.execute("SELECT 1 FROM person").fetchall()
