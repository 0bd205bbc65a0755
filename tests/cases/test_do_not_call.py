"""Who asked not to be called on one list is not queued by another, whatever it calls them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from opslog import cli
from opslog.services.book.book import Book
from opslog.services.calls import calling

Run = Callable[..., Any]
FILES = Path(__file__).parent / "files"
OTHER = "姓名,手机号\nLin Xiao,+86 138-0013-8061\n某公司,13800138061\n阿晓,１３８００１３８０６１\n"


@pytest.fixture
def run(book: Book, capsys: pytest.CaptureFixture[str]) -> Run:
    """A command on a book with two salons tomorrow; its JSON, or what it said."""

    def run(*words: str) -> Any:
        assert cli.run(["--db", str(book.path), *words]) == 0, capsys.readouterr().err
        said = capsys.readouterr().out
        return json.loads(said) if "--json" in words else said

    for name in ("上海沙龙", "北京沙龙"):
        run("event", "add", name, "--kind", "salon", "--on", "明天 14:00")
    return run


def _queued(run: Run) -> set[str]:
    return {one["phone"] for one in run("calls", "--purpose", "reminder", "--json")}


def test_said_on_the_telephone(run: Run, book: Book) -> None:
    run("import", str(FILES / "dnc_a.csv"), "--event", "上海沙龙")
    assert _queued(run) == {"+8613800138061", "+8613800138062"}
    (card,) = book.con.execute(
        "SELECT c.id FROM card c JOIN person p ON p.id=c.person_id WHERE p.name='林晓'"
    ).fetchone()
    calling.record(book, card, "reminder", "do_not_call", lane="phone")
    run("import", str(FILES / "dnc_g.csv"), "--event", "北京沙龙")
    assert _queued(run) == {"+8613800138062"}


@pytest.mark.parametrize("first", [True, False], ids=["list first", "list last"])
def test_said_by_a_list(run: Run, tmp_path: Path, first: bool) -> None:
    other = tmp_path / "other.csv"
    other.write_text(OTHER, encoding="utf-8")
    lists = [(FILES / "dnc_zh.csv", "上海沙龙"), (other, "北京沙龙")]
    for path, event in lists if first else reversed(lists):
        run("import", str(path), "--event", event)
    assert _queued(run) == set()


def test_rows_held_from_before_ask_too_and_one_undo_takes_all_back(run: Run, book: Book) -> None:
    run("import", str(FILES / "dnc_zh.csv"), "--event", "上海沙龙")
    book.con.execute("DELETE FROM suppressed")  # as imported before opslog read such columns
    run("import", str(FILES / "dnc_zh.csv"), "--event", "上海沙龙")
    assert _queued(run) == set()
    run("undo")
    assert len(_queued(run)) == 3


def test_a_dry_run_says_which_lines_in_both_languages(run: Run) -> None:
    words = ("import", str(FILES / "dnc_zh.csv"), "--event", "上海沙龙", "--dry-run")
    said = run(*words)
    assert "3 lines ask not to be called: 2, 3, 4" in said
    assert "是否免打扰 → Not to be contacted" in said
    assert "asks not to be called; asks for no messages; asks for no e-mail" in said
    assert "3 行要求勿打电话：第 2、3、4 行" in run("--lang", "zh", *words)
    shown = run(*words, "--json")
    assert [line["barred"] for line in shown["lines"]] == [
        ["call", "write", "mail"],
        ["call"],
        ["call"],
    ]
