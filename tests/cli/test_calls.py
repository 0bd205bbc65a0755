"""``opslog calls`` as it is typed."""

from __future__ import annotations

import json
import re
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from opslog.cli import run
from opslog.domain.base.widths import width
from opslog.services.book.book import open_book
from opslog.services.calls import calling
from opslog.services.calls.queue.workload import Workload
from opslog.services.screening import rounds
from tests.services.calls.test_stops_of_one_list import Show
from tests.services.lists import make_list

PEOPLE = (
    ("王志刚\x1b[31m", "万科", "总经理", "+8613800138000", ""),
    ("李娜", "比亚迪", "", "+8613800138001", ""),
    ("陈静", "比亚迪", "", "", ""),
    ("测试", "比亚迪", "", "+8613800138009", ""),
)


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database with a salon tomorrow and one next week, named by OPSLOG_DB."""
    path = tmp_path / "opslog.db"
    monkeypatch.setenv("OPSLOG_DB", str(path))
    monkeypatch.setenv("OPSLOG_NOW", "2026-11-23T09:00")
    monkeypatch.setenv("LC_ALL", "C")
    book = open_book(path)
    make_list(book, PEOPLE, event="上海沙龙", ends_ago=-timedelta(hours=31))
    made = make_list(book, PEOPLE[:1], event="北京大会", ends_ago=-timedelta(days=7))
    calling.record(book, made.cards[0], "reminder", "call_back", lane="phone")
    book.close()
    return path


def test_the_queue_as_json(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["calls", "--json", "--lang", "zh"]) == 0
    lines = json.loads(capsys.readouterr().out)
    assert [line["rank"] for line in lines] == [1, 2]
    first = lines[0]
    assert {"person", "phone", "company", "purpose", "due", "attempts", "rank", "why"} <= set(first)
    assert (first["phone"], first["purpose"]) == ("+8613800138000", "reminder")
    assert (first["due"], first["attempts"]) == ("2026-11-23T09:00:00+08:00", 0)
    assert first["why"] == (
        "day before the event +30 · 总经理 +8 · 1 more at the company +1 · not called yet"
    )


def test_a_purpose_shows_those_whose_time_has_not_come(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["calls", "--purpose", "reminder", "--event", "北京", "--json"]) == 0
    [line] = json.loads(capsys.readouterr().out)
    assert (line["event"], line["ready"]) == ("北京大会", False)
    assert line["why"].startswith("not before Fri 11-27 09:00")


@pytest.mark.parametrize("words", ["lina", "ln", "比亚迪", "0138001"])
def test_somebody_of_the_queue_is_found(
    db: Path, capsys: pytest.CaptureFixture[str], words: str
) -> None:
    assert run(["calls", "--find", words, "--json"]) == 0
    assert [line["person"] for line in json.loads(capsys.readouterr().out)] == ["李娜"]
    assert run(["calls", "--find", "nobody"]) == 0
    assert "Nobody to be called now fits “nobody”" in capsys.readouterr().out


@pytest.mark.parametrize("terminal", [60, 80])
def test_on_a_terminal_whom_to_call_is_one_column(
    db: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, terminal: int
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", str(terminal))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    assert run(["calls", "--lang", "zh"]) == 0
    shown = re.sub(r"\x1b\[\d*m", "", capsys.readouterr().out).splitlines()
    assert max(map(width, shown)) <= terminal
    assert [line.split()[:2] for line in shown[:4]] == [
        ["目的"],
        ["姓名", "方式"],
        ["公司", "活动"],
        ["#", "电话"],
    ]
    (first,) = (at for at, line in enumerate(shown) if line.startswith("1 "))
    assert [line.split()[0] for line in shown[first + 1 : first + 3]] == ["万科", "138"]


def test_the_queue_for_a_person_is_cleaned_of_control_characters(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["calls"]) == 0
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "138 0013 8000" in shown
    assert shown.splitlines()[1].split()[:4] == ["2", "李娜", "比亚迪", "138"]
    assert shown.splitlines()[-2] == "Left out 2: 1 without a number, 1 made up"
    assert run(["calls", "--left-out", "--json"]) == 0
    left = json.loads(capsys.readouterr().out)
    assert [(one["person"], one["kind"], one["why"]) for one in left] == [
        ("陈静", "number", "without a number"),
        ("测试", "rule", "name has “测试”"),
    ]


def test_an_empty_queue_says_what_opens_one(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["calls", "--purpose", "callback-2"]) == 0
    assert "when its round of screening is closed" in capsys.readouterr().out


def test_wrong_words_are_refused(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["calls", "--purpose", "callback"]) == 1
    assert "“callback” is no purpose of a call" in capsys.readouterr().err
    assert run(["calls", "--event", "nowhere"]) == 1
    assert "nowhere" in capsys.readouterr().err


def test_a_call_that_came_in_is_logged(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["call", "13800138001", "not_coming", "--in", "--note", "病了", "--at", "8:10"]
    assert run([*words, "--event", "上海"]) == 0
    assert capsys.readouterr().out == "李娜 called: not coming, to be passed on\n"
    assert run(["log", "--json"]) == 0
    (line,) = [one for one in json.loads(capsys.readouterr().out) if "病了" in one["text"]]
    assert line["text"] == "李娜 called: not coming, to be passed on · 病了"
    assert (line["at"], line["event"]) == ("2026-11-23T08:10:00+08:00", "上海沙龙")


def test_why_somebody_does_not_come_is_said_with_the_call(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["call", "13800138001", "not_coming", "--event", "上海"]
    assert run([*words, "--reason", "出差了"]) == 0
    assert "not coming (travelling), to be passed on" in capsys.readouterr().out
    assert run(["report", "day"]) == 0
    said = capsys.readouterr().out
    assert "not coming 1 (travelling 1)" in said
    assert "What people said" not in said
    assert run(["call", "李娜", "coming", "--reason", "出差", "--again"]) == 1
    assert "“coming” takes no reason" in capsys.readouterr().err


def test_an_outcome_that_there_is_none_of_is_refused_in_ones_own_words(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["call", "李娜", "moon", "--event", "上海", "--lang", "zh"]) == 1
    assert "活动提醒（电话）没有“moon”这个结果" in capsys.readouterr().err
    assert run(["export", "people", "-o", "a.csv", "--columns", "月亮", "--lang", "zh"]) == 1
    assert "name（姓名）" in capsys.readouterr().err


def test_of_a_day_without_calls_nothing_is_said(
    db: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["calls"]) == 0
    assert "By the end of today: " in capsys.readouterr().out
    monkeypatch.setattr("opslog.services.calls.queue.workload.today", lambda _book: Workload(0, 0))
    assert run(["calls"]) == 0
    assert "By the end of today" not in capsys.readouterr().out


def test_who_is_coming_rings_to_cancel(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No event need be named, and the hour of yesterday is read."""
    assert run(["call", "李娜", "coming"]) == 0
    capsys.readouterr()
    assert run(["call", "李娜", "not_coming", "--in", "--at", "昨天10"]) == 0
    assert capsys.readouterr().out == "李娜 called: not coming, to be passed on\n"
    assert run(["log", "--json"]) == 0
    times = {(one["at"], one["event"]) for one in json.loads(capsys.readouterr().out)}
    assert ("2026-11-22T10:00:00+08:00", "上海沙龙") in times


def test_a_call_with_a_time_promised(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["call", "李娜", "call_back", "--next", "15:30", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["label"] == "Called 李娜: call back (15:30)"
    assert run(["calls", "--purpose", "reminder", "--json"]) == 0
    due = {line["person"]: line["due"] for line in json.loads(capsys.readouterr().out)}
    assert due["李娜"] == "2026-11-23T15:30:00+08:00"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["李娜", "never_heard"], "is no outcome"),
        (["无人", "coming"], "Nobody is found by “无人”"),
        (["李娜", "coming", "--at", "23:00"], "still to come"),
        (["李娜", "call_back", "--next", "昨天10点"], "is past"),
        (["李娜", "coming", "--event", "nowhere"], "nowhere"),
    ],
)
def test_a_call_that_makes_no_sense_is_refused(
    db: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert run(["call", *words]) == 1
    assert said in capsys.readouterr().err


def test_cancelling_names_who_must_hear_of_it(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who was promised a call, and who said that they come; who declined since is not told."""
    assert run(["call", "1", "coming", "--event", "上海沙龙"]) == 0
    assert run(["call", "李娜", "coming"]) == 0
    assert run(["call", "1", "call_back", "--next", "15:30", "--event", "上海沙龙"]) == 0
    capsys.readouterr()
    assert run(["event", "cancel", "上海沙龙"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Cancelled: 上海沙龙",
        "They were promised a call that is not due then; tell them:",
        "  Mon 11-23 15:30  王志刚␛[31m",
        "They said that they come; tell them that it is off: 1",
        "  李娜",
    ]
    assert run(["undo"]) == 0
    assert run(["call", "李娜", "not_coming"]) == 0
    capsys.readouterr()
    assert run(["event", "cancel", "上海沙龙", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["coming"], [one["person"] for one in told["promised"]]) == ([], ["王志刚\x1b[31m"])


def test_the_same_said_twice_of_a_call_is_written_once(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["call", "李娜", "coming"]) == 0
    assert run(["call", "李娜", "coming"]) == 1
    assert capsys.readouterr().err == (
        "opslog: 李娜: “coming” was written at 09:00 already;"
        " opslog undo takes that back, --again writes it once more\n"
    )
    assert run(["call", "李娜", "coming", "--again"]) == 0
    assert run(["call", "李娜", "not_coming"]) == 0  # they thought better of it
    assert run(["call", "李娜", "coming"]) == 0


def test_what_a_call_is_for_besides_is_said_and_is_the_same_call(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(open_book(db)) as book:
        make_list(book, PEOPLE[1:2], event="杭州大会", people=[2], ends_ago=-timedelta(hours=32))
    assert run(["call", "李娜", "coming"]) == 0
    said, more = capsys.readouterr().out.splitlines()
    assert said == "Called 李娜: coming"
    assert more == "The same call is also for: reminder, 杭州大会"
    assert run(["call", "李娜", "not_coming", "--event", "杭州大会", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["remains"] == []
    with closing(open_book(db)) as book:
        rows = book.con.execute("SELECT id, call_id FROM touch WHERE person_id=2 ORDER BY id")
        (first, none), (_second, call) = map(tuple, rows)
    assert (none, call) == (None, first)


def test_old_call_backs_are_said_below_the_queue_and_listed(
    db: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_book(db)) as book:
        made = make_list(book, PEOPLE[:2], event="去年的会", ends_ago=timedelta(days=3))
        rounds.close_round(book, rounds.open_round(book, made.roster_id).made, force=True)
    monkeypatch.setenv("OPSLOG_NOW", "2027-03-08T09:00")
    assert run(["calls"]) == 0
    said = capsys.readouterr().out
    assert "2 call-backs nobody touched for 90 days: opslog calls --old" in said
    assert run(["calls", "--old"]) == 0
    assert "去年的会" in capsys.readouterr().out
    assert run(["calls", "--old", "--json"]) == 0
    [one] = json.loads(capsys.readouterr().out)
    assert (one["event"], one["purpose"], one["waiting"]) == ("去年的会", "callback-1", 2)
    assert run(["calls", "--event", "去年的会", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 2
    assert run(["today", "--json"]) == 0
    assert "call back" not in capsys.readouterr().out


def test_who_is_left_out_of_two_calls_is_one_person(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(open_book(db)) as book:
        people = [book.con.execute("SELECT id FROM person WHERE name='测试'").fetchone()[0]]
        rows = (PEOPLE[3], ("赵敏", "中兴", "", "+8613800138005", ""))
        make_list(book, rows, event="杭州沙龙", ends_ago=-timedelta(hours=32), people=people)
    assert run(["calls", "--left-out"]) == 0
    told = capsys.readouterr().out
    assert len([row for row in told.splitlines() if row.startswith("测试")]) == 2
    assert "Left out 2: 1 without a number, 1 made up" in told


def test_who_went_with_an_undone_list_stands_in_nobodys_way(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "again.csv"
    table.write_text("姓名,手机,公司\n赵雨桐,13900139000,云帆科技\n", encoding="utf-8")
    for words in (["import", str(table)], ["undo"], ["import", str(table)]):
        assert run([*words, *(["--event", "上海沙龙"] if words[0] == "import" else [])]) == 0
    assert run(["call", "赵雨桐", "coming"]) == 0
    assert run(["undo"]) == 0  # the call
    assert run(["undo"]) == 0  # the list
    capsys.readouterr()
    assert run(["call", "赵雨桐", "coming"]) == 1
    assert "Nobody is found by" in capsys.readouterr().err


def test_old_call_backs_and_the_queue_of_a_road_show_by_stop(
    db: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with closing(open_book(db)) as book:
        Show(book, tmp_path)
    assert (
        run(["calls", "--purpose", "reminder", "--event", "路演", "--stop", "成都", "--json"]) == 0
    )
    found = json.loads(capsys.readouterr().out)
    assert {line["person"] for line in found} == {"赵磊", "钱进"}
    assert run(["calls", "--stop", "成都"]) == 1
    assert "Of which event is the stop 成都? --event EVENT" in capsys.readouterr().err
    monkeypatch.setenv("OPSLOG_NOW", "2026-12-24T09:00")
    with closing(open_book(db)) as book:
        roster_id = book.con.execute("SELECT max(id) FROM roster").fetchone()[0]
        rounds.close_round(book, rounds.open_round(book, roster_id).made, force=True)
    monkeypatch.setenv("OPSLOG_NOW", "2027-04-08T09:00")
    for words in (["--stop", "成都"], ["--event", "路演", "--stop", "成都"]):
        assert run(["calls", "--old", *words, "--json"]) == 0
        [one] = json.loads(capsys.readouterr().out)
        assert (one["event"], one["stop"], one["waiting"]) == ("路演 · 成都", "成都", 2)
    assert run(["calls", "--old", "--event", "路演", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 4
    assert run(["calls", "--old", "--stop", "北京"]) == 1
    assert "there are: 杭州, 宁波, 成都" in capsys.readouterr().err
