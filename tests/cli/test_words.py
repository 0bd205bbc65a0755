"""Fixed values as the screens print them, typed in a Chinese setting."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from opslog.cli import run
from opslog.services.book.book import open_book
from opslog.services.events import events
from opslog.services.leads import leads
from opslog.services.reviews import acts
from tests.services.lists import make_list

Out = pytest.CaptureFixture[str]
PEOPLE = [("王志刚", "深蓝软件", "总监", "+8613800138000", "")]


@pytest.fixture(autouse=True)
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "opslog.db"
    monkeypatch.setenv("OPSLOG_DB", str(path))
    monkeypatch.setenv("OPSLOG_NOW", "2026-11-23T09:00")
    book = open_book(path)
    make_list(book, PEOPLE, event="上海沙龙", ends_ago=timedelta(days=2))
    book.close()
    return path


def zh(*words: str) -> int:
    return run(["--lang", "zh", *words])


@pytest.mark.parametrize("part", ["目标", "目标与形式", "aim", "Aim and form"])
def test_a_part_of_a_review_by_its_name(db: Path, part: str) -> None:
    assert zh("review", "上海沙龙", "--note", part, "拉新") == 0
    book = open_book(db)
    assert {one.part: one.note for one in acts.parts(book, 1) if one.note} == {"aim": "拉新"}
    book.close()


def test_a_part_there_is_none_of_is_refused_in_chinese(capsys: Out) -> None:
    assert zh("review", "上海沙龙", "--note", "目的", "拉新") == 1
    said = "目标与形式（aim）、计划（plan）、执行（do）、检查（check）、改进（act）"
    assert said in capsys.readouterr().err


def test_an_event_in_words(db: Path) -> None:
    words = ("--kind", "直播", "--host", "赞助", "--audience", "细分", "--segment", "老客户")
    on = ("--list", "无名单", "--late", "不补", "--on", "12-05 14:00")
    assert zh("event", "add", "年终专场", *words, *on) == 0
    book = open_book(db)
    row = events.get(book, 2).row
    assert (row.kind, row.host, row.list) == ("webinar", "sponsored", "none")
    assert row.audience == "segment"
    book.close()


def test_an_unknown_kind_names_the_kinds_in_chinese(capsys: Out) -> None:
    with pytest.raises(SystemExit) as stopped:
        zh("event", "add", "年终专场", "--kind", "酒会", "--on", "12-05 14:00")
    assert stopped.value.code == 2
    usage, *_more, error = capsys.readouterr().err.splitlines()
    assert "--kind {线上直播,录播,线下沙龙,大会,资料/白皮书,路演}" in usage
    assert error.startswith("opslog: --kind：这里没有“酒会”；可选：线上直播（webinar）、录播")


def test_an_outcome_and_a_lane_in_words(db: Path, capsys: Out) -> None:
    assert zh("call", "王志刚", "有意向") == 0
    assert zh("call", "王志刚", "已回复", "--lane", "企微", "--again") == 0
    book = open_book(db)
    rows = book.con.execute("SELECT outcome, lane FROM touch ORDER BY id").fetchall()
    assert [tuple(row) for row in rows] == [("interested", "phone"), ("replied", "wecom")]
    book.close()
    capsys.readouterr()
    assert zh("call", "王志刚", "没人接") == 1
    assert "可选：有意向（interested）、" in capsys.readouterr().err


def test_a_purpose_in_words(capsys: Out) -> None:
    assert zh("calls", "--purpose", "第二轮回访") == 0
    capsys.readouterr()
    assert zh("calls", "--purpose", "回访") == 1
    assert "第一轮回访（callback-1）" in capsys.readouterr().err


def test_a_lead_in_words(db: Path, capsys: Out) -> None:
    assert zh("handover", "add", "王志刚", "--to", "李销售") == 0
    assert zh("handover", "state", "王志刚", "成交") == 0
    book = open_book(db)
    assert [one.state for one in leads.leads(book)] == ["won"]
    book.close()
    capsys.readouterr()
    assert run(["--lang", "zh", "--json", "lead", "list", "--state", "成交"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 1
    assert zh("handover", "state", "王志刚", "没了") == 1
    assert "退回培育（returned）" in capsys.readouterr().err


def test_what_is_exported_and_whom_in_words(tmp_path: Path, capsys: Out) -> None:
    out = str(tmp_path / "a.csv")
    assert zh("export", "联系人", "-o", out) == 0
    only = ("export", "名单", "--event", "上海沙龙", "-o", out, "--force", "--only")
    assert zh(*only, "待触达") == 0
    assert zh("export", "复盘", "--event", "上海沙龙", "-o", str(tmp_path / "a.html")) == 0
    capsys.readouterr()
    assert zh(*only, "好的") == 1
    assert "保留的（kept）" in capsys.readouterr().err


@pytest.mark.parametrize("days", ["周", "周报", "week"])
def test_a_report_in_words(days: str, capsys: Out) -> None:
    assert zh("report", days) == 0
    assert capsys.readouterr().out.startswith("11-23 至 11-29 运营周报")


def test_a_span_and_a_channel_in_words(capsys: Out) -> None:
    assert zh("programme", "grow", "new-wecom", "三个月") == 0
    assert zh("programme", "grow", "new-wecom", "三周") == 1
    assert "三个月（quarter）" in capsys.readouterr().err
    assert zh("event", "add", "年终专场", "--kind", "大会", "--on", "12-25 14:00") == 0
    assert zh("event", "step", "年终专场", "1", "--channel", "朋友圈") == 0
    assert zh("event", "step", "年终专场", "1", "--channel", "抖音") == 1
    assert "朋友圈（moments）" in capsys.readouterr().err


def test_columns_delimiter_and_what_is_taken_in_words(tmp_path: Path, capsys: Out) -> None:
    file = tmp_path / "名单.csv"
    file.write_text("谁;号码;标签\n李娜;13800138001;VIP\n", encoding="utf-8")
    words = ("import", str(file), "--event", "上海沙龙", "--delimiter", "分号")
    assert zh(*words, "--map", "姓名=谁", "电话=号码", "--take", "标签", "--dry-run") in (0, 1)
    said = capsys.readouterr()
    assert "李娜" in said.out, said.err
    assert zh(*words, "--map", "名儿=谁") == 1
    assert "姓名（name）" in capsys.readouterr().err
    assert zh(*words, "--take", "成绩") == 1
    assert "标签（tags）" in capsys.readouterr().err


@pytest.mark.parametrize("words", ["都不比", "不比", "none", "上一场", "上一场同类活动", "上个月"])
def test_what_a_review_is_held_against_in_words(words: str, capsys: Out) -> None:
    assert zh("review", "上海沙龙", "--against", words) == 0
    assert zh("review", "上海沙龙", "--against", "哪一场") == 1
    assert "没有名称含“哪一场”的活动" in capsys.readouterr().err
