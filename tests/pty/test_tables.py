"""What commands print on a terminal of 80 and of 40 columns, in Chinese."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from wcwidth import wcswidth

from opslog.domain.base.clock import system_clock
from opslog.services.book.book import open_book
from opslog.services.daybook import lines as log_lines
from tests.pty.terminal import Terminal, environment
from tests.services.lists import make_list

NOW = "2026-11-23T09:00"
PEOPLE = (
    ("王志刚", "深蓝软件（上海）有限责任公司", "市场总监", "+8613800138000", "wang@deep.example"),
    ("李娜", "比亚迪", "", "+8613900139001", ""),
)
WHOLE = ("138 0013 8000", "2026-11-24", "2026-11-23 09:00", "11-24 周二 16:00")
COLOURS = re.compile(rb"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m")


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A salon tomorrow with a list, and lines of the log."""
    monkeypatch.setenv("OPSLOG_NOW", NOW)
    path = tmp_path / "opslog.db"
    book = open_book(path, clock=system_clock())
    make_list(book, PEOPLE, event="上海老客户增长沙龙", ends_ago=-timedelta(hours=31))
    log_lines.add(
        book, "和销售对了一遍大会的意向，三家先约演示，其余下周再看 #回访 >2026-11-24 16:00"
    )
    book.close()
    return path


def shown(database: Path, *words: str, columns: int, **more: str) -> tuple[list[str], bytes]:
    """The lines that stand on the terminal, and every byte sent."""
    env = environment(database.parent, OPSLOG_NOW=NOW, **more)
    with Terminal.opslog(
        "--db", str(database), "--lang", "zh", *words, env=env, columns=columns, rows=60
    ) as terminal:
        assert terminal.wait() == 0
        return terminal.lines(), bytes(terminal.raw)


@pytest.mark.parametrize("columns", [80, 40])
@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["roster", "list"], ["编号", "活动", "上海老客户增长沙龙", "2026-11-24", "未开始"]),
        (["history"], ["编号", "时间", "2026-11-23 09:00", "改动"]),
        (["today"], ["和销售对了一遍大会", "11-24 周二", "跟进"]),
        (["calls"], ["姓名", "王志刚", "138 0013 8000", "139 0013 9001", "活动提醒"]),
    ],
)
def test_a_list_on_a_terminal(
    database: Path, words: list[str], wanted: list[str], columns: int
) -> None:
    lines, raw = shown(database, *words, columns=columns)
    text = "\n".join(lines)
    for piece in wanted:
        assert piece in text, text
    assert "…" not in text
    sent = re.sub(r"\x1b\[[\d;]*m", "", raw.decode()).splitlines()
    assert max(map(wcswidth, sent)) <= columns, "nothing is left to the terminal to break"
    assert b"\x1b[1m" in raw


def test_a_narrow_terminal_shows_a_row_as_a_block(database: Path) -> None:
    lines, _raw = shown(database, "roster", "list", columns=40)
    assert lines[:3] == ["编号    1", "活动    上海老客户增长沙龙", "日期    2026-11-24"]


@pytest.mark.parametrize("words", [["roster", "list"], ["today"], ["calls"]])
def test_no_colour_where_none_is_wanted(database: Path, words: list[str]) -> None:
    _lines, raw = shown(database, *words, columns=80, NO_COLOR="1")
    assert not COLOURS.search(raw)
