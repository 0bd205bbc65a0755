"""opslog report, as a person and a script read it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from opslog.cli import run
from opslog.domain.reports.stretches import DAY, of
from opslog.services.book.book import open_book
from opslog.services.reports import own_text


@pytest.fixture(autouse=True)
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "data" / "opslog.db"
    monkeypatch.setenv("OPSLOG_DB", str(path))
    monkeypatch.setenv("OPSLOG_NOW", "2026-11-23T18:00")
    monkeypatch.setenv("LC_ALL", "C")
    open_book(path).close()
    assert run(["add", "写推文 #写文案 ~80m"]) == 0
    assert run(["add", "昨天 14:30 和王总通话 #回访 ~20m"]) == 0
    return path


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert run(words) == 0
    return capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert run(words) == 1
    found = capsys.readouterr()
    assert found.out == ""
    return found.err


def test_the_day_is_today_unless_another_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "report") == said(capsys, "report", "day", "2026-11-23")
    assert "写推文" in said(capsys, "report", "day")
    assert "和王总通话" in said(capsys, "report", "day", "昨天")


def test_when_it_was_made_stands_beside_the_text(capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["report"]) == 0
    assert capsys.readouterr().err == "Made by opslog from the log as it stood Mon 11-23 18:00.\n"


def test_what_it_is_kept_to_stands_in_its_heading(capsys: pytest.CaptureFixture[str]) -> None:
    tagged = said(capsys, "report", "month", "--tag", "#写文案")
    assert tagged.startswith("November 2026: report of the month · #写文案\n")


def test_a_week_a_month_and_any_days(capsys: pytest.CaptureFixture[str]) -> None:
    assert "#回访" not in said(capsys, "report", "week")  # Sunday was the week before
    month = said(capsys, "report", "month")
    assert month.startswith("November 2026: report of the month")
    assert "1 h 40 min noted: #写文案 1 h 20 min, #回访 20 min." in month
    assert "1 h 40 min noted" in said(capsys, "report", "--from", "2026-11-22")
    assert "20 min noted" in said(capsys, "report", "--from", "11-22", "--to", "11-22")
    assert "1 h 20 min noted" in said(capsys, "report", "month", "--tag", "#写文案")


def test_one_document_with_the_names_that_never_change(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(said(capsys, "--lang", "zh_CN", "report", "month", "--json"))
    assert {
        *("from", "to", "done", "calls", "outcomes", "screened", "steps", "moved", "dropped"),
        *("said", "tomorrow"),
    } <= found.keys()
    assert (found["from"], found["to"]) == ("2026-11-01", "2026-11-30")
    assert found["time"] == [
        {"tag": "写文案", "source": None, "minutes": 80},
        {"tag": "回访", "source": None, "minutes": 20},
    ]


def test_the_operators_own_words_where_there_are(
    capsys: pytest.CaptureFixture[str], db: Path
) -> None:
    book = open_book(db)
    own_text.write(book, of(DAY, date(2026, 11, 23)), "今天写了推文", "")
    book.close()
    assert said(capsys, "report") == "今天写了推文\n"
    assert json.loads(said(capsys, "report", "--json"))["text"] == "今天写了推文"
    assert "写推文" in said(capsys, "report", "--tag", "写文案")


def test_into_a_file_by_its_ending(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for ending in ("md", "html", "txt"):
        path = tmp_path / f"r.{ending}"
        assert str(path) in said(capsys, "report", "-o", str(path))
        assert "写推文" in path.read_text(encoding="utf-8")
        assert "exists already" in refused(capsys, "report", "-o", str(path))
        said(capsys, "report", "-o", str(path), "--force")
    said(capsys, "report", "-o", str(tmp_path / "r.csv"))
    assert "minutes_写文案" in (tmp_path / "r.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["-o", "r.docx"], ".txt, .md, .html"),
        (["-o", "gone/r.md"], "There is no folder"),
        (["day", "gestern"], "is no day"),
        (["--from", "2026-11-23", "--to", "2026-11-22"], "exchange them"),
        (["day", "昨天", "--from", "2026-11-22"], "either a day or --from and --to"),
        (["--event", "不存在"], "不存在"),
        (["--person", "不存在"], "不存在"),
    ],
)
def test_what_makes_no_sense_is_a_sentence(
    capsys: pytest.CaptureFixture[str], words: list[str], why: str
) -> None:
    assert why in refused(capsys, "report", *words)
