"""``opslog handover`` as it is typed."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from opslog.cli import run
from opslog.services.book.book import open_book
from opslog.services.people import card as person_card
from opslog.services.people import erasing
from tests.services.calls.test_calling import PEOPLE
from tests.services.lists import make_list


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "opslog.db"
    monkeypatch.setenv("OPSLOG_DB", str(path))
    monkeypatch.setenv("OPSLOG_NOW", "2026-11-23T09:00")
    book = open_book(path)
    make_list(book, PEOPLE, ends_ago=timedelta(days=40))
    book.close()
    return path


def test_handed_over_shown_and_won(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add = ["handover", "add", "王志刚", "--budget", "20万", "--need", "yes", "--to", "李销售"]
    assert run(add) == 0
    said = "Handed 王志刚 over to 李销售; not known: Decision makers, Timing\n"
    assert capsys.readouterr().out == said
    assert run(["handover", "card", "王志刚", "--markdown"]) == 0
    assert "- **Budget**: 20万\n- **Need**: known\n" in capsys.readouterr().out
    assert run(["handover", "state", "王志刚", "won", "--amount", "99.5", "--json"]) == 0
    one = json.loads(capsys.readouterr().out)
    assert (one["state"], one["amount"], one["to"], one["event"]) == (
        *("won", 99.5, "李销售"),
        "上海沙龙",
    )
    assert run(["handover", "list", "--json"]) == 0
    assert [one["person"] for one in json.loads(capsys.readouterr().out)] == ["王志刚"]
    assert run(["handover", "list"]) == 0
    assert capsys.readouterr().out == "王志刚 · 万科企业 · won · 李销售 · 上海沙龙\n"
    out = db.parent / "leads.csv"
    assert run(["export", "handover", "-o", str(out)]) == 0
    assert "李销售" in out.read_text(encoding="utf-8-sig")
    assert run(["call", "王志刚", "interested", "--note", "要报价"]) == 0
    assert run(["export", "handover", "-o", str(out.with_suffix(".json")), "--lang", "zh"]) == 0
    (row,) = json.loads(out.with_suffix(".json").read_text(encoding="utf-8"))
    assert (row["state"], row["budget"], row["said"]) == ("won", "20万", ["要报价"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["card", "李娜"], "李娜 is no lead"),
        (["state", "李娜", "won"], "李娜 is no lead"),
        (["add", "无人"], "Nobody is found"),
    ],
)
def test_what_is_refused(
    db: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert run(["handover", *words]) == 1
    assert said in capsys.readouterr().err


def test_a_deal_with_somebody_erased_stays_on_the_list(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["handover", "add", "王志刚", "--to", "李销售"]) == 0
    assert run(["handover", "state", "王志刚", "won"]) == 0
    book = open_book(db)
    person = book.con.execute("SELECT id FROM person WHERE name='王志刚'").fetchone()[0]
    one = person_card.get(book, person)
    erasing.erase(book, person, erasing.word_for(one))
    book.close()
    capsys.readouterr()
    assert run(["handover", "list"]) == 0
    assert capsys.readouterr().out == "somebody erased · won · 李销售 · 上海沙龙\n"


def test_the_verbs_of_a_lead(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    to = ["--to", "李销售", "--group", "华东群", "--by", "周敏"]
    assert run(["handover", "add", "王志刚", *to]) == 0
    assert run(["lead", "accept", "王志刚"]) == 0
    assert (
        run(["lead", "return", "王志刚", "--reason", "预算没批", "--again", "+30d", "--json"]) == 0
    )
    one = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (one["state"], one["reason"], one["community"], one["by_whom"]) == (
        *("returned", "预算没批"),
        *("华东群", "周敏"),
    )
    assert one["again"].startswith("2026-12-23")
    assert run(["lead", "show", "王志刚"]) == 0
    assert "Handed over by: 周敏" in capsys.readouterr().out
    assert run(["lead", "return", "王志刚", "--programme", "nothing"]) == 1
    assert "“nothing” is no programme; known" in capsys.readouterr().err
    assert run(["lead", "won", "王志刚", "--amount", "1200"]) == 0
    assert run(["lead", "list", "--state", "won"]) == 0
    assert "王志刚 · 万科企业 · won · 李销售" in capsys.readouterr().out
    assert run(["lead", "list", "--state", "lost", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert run(["lead", "lost", "李娜"]) == 1
    assert "李娜 is no lead" in capsys.readouterr().err
