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


@pytest.mark.parametrize("command", [["people"], ["roster", "show", "1"]])
def test_in_a_pipe_a_long_cell_is_whole_and_leaves_the_others_where_they_are(
    book: Book, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    make_list(book, ROWS)
    assert cli.run(["--db", str(book.path), *command]) == 0
    shown = capsys.readouterr().out
    assert LONG in shown
    assert "…" not in shown
    (beside,) = [one for one in shown.splitlines() if "王志刚" in one]
    assert width(beside) < 400


def test_a_dry_run_of_a_long_name(
    book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_list(book, ROWS[:1])
    path = tmp_path / "long.csv"
    path.write_text(f"姓名,手机号\n{LONG},13700137000\n李娜,abc\n", encoding="utf-8")
    assert cli.run(["--db", str(book.path), "import", str(path), "--event", "1", "--dry-run"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert any(LONG in one for one in shown)
    assert max(width(one) for one in shown if LONG not in one) < 300


def test_json_stays_whole(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    make_list(book, ROWS)
    assert cli.run(["--db", str(book.path), "people", "--json"]) == 0
    assert LONG in capsys.readouterr().out


def test_in_a_pipe_columns_stand_under_one_another(capsys: pytest.CaptureFixture[str]) -> None:
    Io().table(["who", "phone"], [("李娜", ["138", "139"], "x"), ("a", "", "y" * 200)])
    assert capsys.readouterr().out == f"李娜  138, 139  x\na               {'y' * 200}\n"


def test_in_a_pipe_a_cell_longer_than_a_column_moves_only_its_own_line() -> None:
    long = "x" * (columns.MOST + 1)
    assert columns.lines([(long, "end"), ("a", "end")]) == [
        f"{long}  end",
        f"a{' ' * (columns.MOST + 1)}end",
    ]


def test_paths_stay_whole(capsys: pytest.CaptureFixture[str]) -> None:
    path = "/" + "folder/" * 40
    Io().table([], [("database", path)], whole=True)
    assert capsys.readouterr().out == f"database  {path}\n"


def test_where_says_the_whole_path(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path.joinpath(*["a_folder_with_a_long_name"] * 6, "opslog.db")
    assert cli.run(["--db", str(file), "where"]) == 0
    assert str(file) in capsys.readouterr().out
