"""Tables for a person to read: bounded, counted in cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from opslog import cli
from opslog.cli.base import columns
from opslog.cli.base.io import Io
from opslog.domain.base.widths import width
from opslog.services.book.book import Book
from tests.services.lists import make_list

LONG = "长" * 10_000
ROWS = [
    ("王志刚", "深蓝软件有限公司", "市场总监", "+8613800138000", "wang@deepblue.example"),
    (LONG, "a" * 10_000, "\u200b" * 10_000, "+8613900139001", "b" * 10_000),
]


@pytest.mark.parametrize("command", [["people"], ["roster", "show", "1"], ["calls"]])
def test_one_long_cell_leaves_the_others_readable(
    book: Book, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    make_list(book, ROWS)
    assert cli.run(["--db", str(book.path), *command]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert max(map(width, shown)) < 400
    assert max(map(len, shown)) < 600


def test_a_dry_run_of_a_long_name(
    book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_list(book, ROWS[:1])
    path = tmp_path / "long.csv"
    path.write_text(f"姓名,手机号\n{LONG},13700137000\n李娜,abc\n", encoding="utf-8")
    assert cli.run(["--db", str(book.path), "import", str(path), "--event", "1", "--dry-run"]) == 0
    assert max(map(width, capsys.readouterr().out.splitlines())) < 300


def test_json_stays_whole(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    make_list(book, ROWS)
    assert cli.run(["--db", str(book.path), "people", "--json"]) == 0
    assert LONG in capsys.readouterr().out


def test_in_a_pipe_columns_stand_under_one_another(capsys: pytest.CaptureFixture[str]) -> None:
    Io().table(["who", "phone"], [("李娜", ["138", "139"], "x"), ("a", "", "y" * 200)])
    cut = "y" * (columns.MOST_LAST - 1) + "…"
    assert capsys.readouterr().out == f"李娜  138, 139  x\na               {cut}\n"


def test_paths_stay_whole(capsys: pytest.CaptureFixture[str]) -> None:
    path = "/" + "folder/" * 40
    Io().table([], [("database", path)], whole=True)
    assert capsys.readouterr().out == f"database  {path}\n"


def test_where_says_the_whole_path(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path.joinpath(*["a_folder_with_a_long_name"] * 6, "opslog.db")
    assert cli.run(["--db", str(file), "where"]) == 0
    assert str(file) in capsys.readouterr().out
