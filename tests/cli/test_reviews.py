"""``opslog report event``, ``opslog review`` and ``opslog export review``."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from opslog.cli import run
from opslog.domain.base.clock import Clock
from opslog.domain.base.widths import width
from opslog.domain.events.events import EventDraft
from opslog.services.book.book import open_book
from opslog.services.events import events

NAMES = ("春季大会", "秋季大会", "[bold]直播[/]")


@pytest.fixture(autouse=True)
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "data" / "opslog.db"
    monkeypatch.setenv("OPSLOG_DB", str(path))
    monkeypatch.setenv("OPSLOG_NOW", "2026-11-23T18:00")
    monkeypatch.chdir(tmp_path)
    now = datetime(2026, 11, 23, 10, tzinfo=UTC)
    book = open_book(path, clock=Clock(lambda: now, "Asia/Shanghai"))
    for name in NAMES:
        events.create(book, EventDraft(name, "conference", now, targets={"signups": 5}))
    book.close()
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
    assert "Traceback" not in found.err
    return found.err


def test_it_is_said_in_80_columns_under_three_names(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "review", "秋季")
    assert text.startswith("秋季大会: review\n")
    assert "sign-ups" in text
    assert max(map(width, text.splitlines())) < 80
    assert said(capsys, "report", "event", "秋季") == text
    assert said(capsys, "report", "event", "--event", "秋季") == text
    assert said(capsys, "report", "event", "秋季", "--against", "none").startswith("秋季大会")
    assert "[bold]直播[/]: review" in said(capsys, "review", "直播")
    assert said(capsys, "--lang", "zh", "review", "秋季").startswith("秋季大会复盘\n")


def test_json_keeps_its_names(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(said(capsys, "--json", "report", "event", "2"))
    assert {"event", "funnel", "targets", "costs", "channels", "questions"} <= set(found)
    assert found["event"]["name"] == "秋季大会"
    assert found["targets"][0]["target"] == 5
    assert "+08:00" in found["made"]


def test_each_ending_is_written_and_remembered(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, db: Path
) -> None:
    for ending in ("html", "xlsx", "md", "txt", "json"):
        file = tmp_path / f"复盘.{ending}"
        assert said(capsys, "review", "秋季", "-o", str(file)) == f"Written: {file}\n"
        assert file.stat().st_size > 200
        assert "exists already" in refused(capsys, "review", "秋季", "-o", str(file))
        said(capsys, "review", "秋季", "-o", str(file), "--force")
    file = tmp_path / "again.html"
    done = json.loads(
        said(capsys, "--json", "export", "review", "--event", "秋季", "-o", str(file))
    )
    assert done == {"file": str(file), "what": "review"}
    assert file.read_bytes() == (tmp_path / "复盘.html").read_bytes()
    book = open_book(db)
    kept = {Path(row["path"]).name for row in book.con.execute("SELECT path FROM copy")}
    book.close()
    assert kept == {"again.html", *(f"复盘.{one}" for one in ("html", "xlsx", "md", "txt", "json"))}


def test_what_was_learned_is_noted_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "review", "秋季", "--note", "check", "提醒晚了两天")
    assert "秋季大会: Check" in said(capsys, "undo")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("review", "nobody"), "nobody"),
        (("review", "大会"), "could be any of"),
        (("review", "秋季", "-o", "a.pdf"), ".html, .xlsx, .md, .txt, .json"),
        (("review", "秋季", "-o", "no/such/a.md"), "There is no folder"),
        (("review", "秋季", "--against", "去年那场"), "去年那场"),
        (("report", "event"), "Which event?"),
        (("review", "秋季", "--accept", "99"), "There is no proposal 99"),
        (("review", "秋季", "--act", "x", "-o", "a.md"), "two commands"),
        (("review", "秋季", "--step", "x"), "goes with --act"),
        (("report", "event", "秋季", "--tag", "x"), "all its days and people"),
        (("report", "event", "秋季", "--event", "春季"), "one event, not two"),
        (("report", "day", "--against", "none"), "Only the review of an event"),
        (("export", "review", "-o", "a.md"), "Of which event?"),
        (("export", "review", "--event", "秋季", "--find", "x", "-o", "a.md"), "written whole"),
        (("export", "review", "--event", "秋季", "-o", "a.csv"), "A review is written as"),
    ],
)
def test_what_does_not_fit_is_a_sentence(
    words: tuple[str, ...], reason: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert reason in refused(capsys, *words)
    assert not list(tmp_path.glob("a.*"))


def test_one_stop_of_a_road_show_has_a_review_of_its_own(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    said(capsys, "event", "add", "冬季路演", "--on", "2026-12-07")
    said(capsys, "event", "stops", "冬季路演", "杭州 12-07 宁波 12-09")
    said(capsys, "event", "tally", "冬季路演", "杭州", "reach=433")
    said(capsys, "event", "tally", "冬季路演", "宁波", "reach=512")
    whole = json.loads(said(capsys, "--json", "report", "event", "冬季路演"))
    assert (whole["stop"], whole["funnel"][1]["value"]) == (None, 945)
    found = json.loads(said(capsys, "--json", "report", "event", "冬季路演", "--stop", "杭州"))
    assert (found["stop"], found["funnel"][1]["value"]) == ("杭州", 433)
    assert (found["event"]["name"], found["event"]["starts_at"][:10]) == (
        "冬季路演 · 杭州",
        "2026-12-07",
    )
    text = said(capsys, "review", "冬季路演", "--stop", "宁波")
    assert text.startswith("冬季路演 · 宁波")
    said(capsys, "review", "冬季路演", "--stop", "宁波", "-o", "ningbo.html")
    assert "宁波" in Path("ningbo.html").read_text(encoding="utf-8")
    assert "no one stop" in refused(capsys, "review", "冬季路演", "--stop", "海口")
    assert "no one stop" in refused(
        capsys, "review", "冬季路演", "--stop", "宁波", "--against", "秋季"
    )
    other = said(capsys, "review", "冬季路演", "--stop", "宁波", "--against", "杭州")
    assert "Beside 杭州" in other
    assert "433" in other
    mean = said(capsys, "review", "冬季路演", "--stop", "宁波", "--against", "其他站")
    assert "the mean of the other stops" in mean
    alone = said(capsys, "review", "冬季路演", "--stop", "宁波", "--against", "none")
    assert alone == text
    assert "report event" in refused(capsys, "report", "week", "--stop", "宁波")
