"""``opslog told`` as it is typed."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from opslog.cli import run
from opslog.services.book.book import open_book
from opslog.services.calls import calling
from tests.services.calls.test_calling import PEOPLE
from tests.services.lists import make_list


@pytest.fixture(autouse=True)
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "opslog.db"
    monkeypatch.setenv("OPSLOG_DB", str(path))
    monkeypatch.setenv("OPSLOG_NOW", "2026-11-23T09:00")
    book = open_book(path)
    made = make_list(book, PEOPLE, ends_ago=-timedelta(hours=31))
    for card in made.cards[:2]:
        calling.record(book, card, "reminder", "not_coming", lane="phone", reason="travel")
    book.close()


def test_who_waits_and_who_was_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["told", "--json"]) == 0
    waits = [(one["person"], one["reason"]) for one in json.loads(capsys.readouterr().out)]
    assert waits == [("李娜", "travelling"), ("王志刚", "travelling")]
    assert run(["told", "李娜", "--to", "王经理"]) == 0
    assert capsys.readouterr().out == "Told 王经理 of 李娜\n"
    assert run(["told"]) == 0
    assert capsys.readouterr().out.startswith("王志刚 · 万科企业")
    assert run(["undo"]) == 0
    capsys.readouterr()
    assert run(["told", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [(["张伟", "--to", "王经理"], "not waiting"), (["李娜"], "Who was told?")],
)
def test_what_is_refused(capsys: pytest.CaptureFixture[str], words: list[str], said: str) -> None:
    assert run(["told", *words]) == 1
    assert said in capsys.readouterr().err
