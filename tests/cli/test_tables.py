"""Tables drawn on a terminal: as wide as it, with figures on one line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from opslog import cli
from opslog.cli.base import tables
from opslog.cli.base.io import Io
from opslog.domain.base.widths import width
from opslog.services.book.book import Book
from tests.services.lists import make_list

LONG = "长" * 10_000
STYLES = re.compile(r"\x1b\[[\d;]*m")


def drawn(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    terminal: int,
    headings: list[str],
    rows: Sequence[Sequence[str]],
    *,
    whole: bool = False,
) -> list[str]:
    """The lines ``rows`` take in so many columns."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", str(terminal))
    Io().table(headings, rows, whole=whole)
    return STYLES.sub("", capsys.readouterr().out).splitlines()


@pytest.mark.parametrize("terminal", [76, 80, 120, 200])
def test_a_table_fits_its_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], terminal: int
) -> None:
    rows = [
        ("1", LONG, "138 0013 8000", "周五 2027-12-04 14:00", "x" * 300),
        ("2", "李娜", "", "2026-11-23 09:00", "y"),
    ]
    shown = drawn(monkeypatch, capsys, terminal, ["no.", "name", "phone", "due", ""], rows)
    assert max(map(width, shown)) <= terminal
    assert shown[0].split() == ["no.", "name", "phone", "due"]
    assert shown[1].startswith("1 ")
    assert "138 0013 8000  周五 2027-12-04 14:00  x" in shown[1]
    assert "".join(shown).count("…") == 2, "what has no end is cut"
    assert len(shown) < 20
    assert shown[-1].startswith("2    李娜 ")


def test_what_is_no_longer_than_its_column_folds_nowhere(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [("1", "王志刚", "说好下周再打")]
    assert drawn(monkeypatch, capsys, 80, [], rows) == ["1  王志刚  说好下周再打"]


def test_where_the_columns_find_no_room_a_row_is_a_block(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        ("王志刚", "138 0013 8000", "2026-11-23 09:00", "会后第一次回访"),
        ("李娜", "", "2026-11-24 09:00", "x"),
    ]
    assert drawn(monkeypatch, capsys, 30, ["姓名", "电话", "时间", "目的"], rows) == [
        "姓名  王志刚",
        "电话  138 0013 8000",
        "时间  2026-11-23 09:00",
        "目的  会后第一次回访",
        "",
        "姓名  李娜",
        "时间  2026-11-24 09:00",
        "目的  x",
    ]
    assert drawn(monkeypatch, capsys, 30, [], rows) == [
        "王志刚 138 0013 8000",
        "2026-11-23 09:00",
        "    会后第一次回访",
        "李娜 2026-11-24 09:00",
        "    x",
    ]


def test_paths_are_not_folded(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = "/" + "folder/" * 40
    rows = [("database", path), ("keys", "/keys.toml")]
    shown = drawn(monkeypatch, capsys, 40, ["what", "path"], rows, whole=True)
    assert shown == ["what      path", f"database  {path}", "keys      /keys.toml"]


def test_several_values_stand_under_one_another(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "40")
    Io().table(["#", ["name", "phone"]], [(1, ["李娜", "138 0013 8000"]), (2, ["x" * 90, "y"])])
    shown = [line.rstrip() for line in STYLES.sub("", capsys.readouterr().out).splitlines()]
    assert shown[:4] == ["   name", "#  phone", "1  李娜", "   138 0013 8000"]
    assert shown[-1] == "   y", "what is cut of one value is not cut of the next"


def test_a_long_list_keeps_its_columns(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [(str(number), "x" * (number % 7), "end") for number in range(2 * tables._AT_ONCE + 1)]
    shown = drawn(monkeypatch, capsys, 80, ["no.", "x", ""], rows)
    assert len(shown) == len(rows) + 1
    assert {line.index("end") for line in shown[1:]} == {13}


def test_no_rows_are_no_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert drawn(monkeypatch, capsys, 80, ["no.", "event"], []) == []
    assert drawn(monkeypatch, capsys, 80, [], []) == []


def test_markup_and_control_characters_are_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [("[bold]Max[/]", ":smile:", "\x1b[31mred\n")]
    assert drawn(monkeypatch, capsys, 80, [], rows) == ["[bold]Max[/]  :smile:  ␛[31mred⏎"]


def test_a_list_on_a_terminal(
    book: Book, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_list(
        book, [("王志刚", "深蓝软件有限公司", "市场总监", "+8613800138000", ""), (LONG, *"abcd")]
    )
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "130")
    assert cli.run(["--db", str(book.path), "people"]) == 0
    shown = STYLES.sub("", capsys.readouterr().out).splitlines()
    assert shown[0].startswith("Name ")
    assert max(map(width, shown)) <= 130


def test_the_places_of_the_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path.joinpath(*["a_folder_with_a_long_name"] * 6, "opslog.db")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    assert cli.run(["--db", str(file), "where"]) == 0
    assert str(file) in capsys.readouterr().out
