"""import and roster, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from opslog.cli import run

ROWS = (
    "报名名单\n姓名,手机号,公司,报名时间\n王志刚,13800138000,某某科技,2026/11/1 9:05\n"
    "王总,138-0013-8000,,\n李娜,1.39E+10,甲公司,\n合计,3,,\n"
)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A GB18030 list beside a database with one salon."""
    monkeypatch.setenv("OPSLOG_DB", str(tmp_path / "opslog.db"))
    monkeypatch.setenv("OPSLOG_NOW", "2026-11-23T09:00")
    monkeypatch.setenv("LC_ALL", "C")
    stream = ["--kind", "webinar", "--on", "2026-12-06 20:00", "--list", "none"]
    assert run(["event", "add", "上海沙龙", "--kind", "salon", "--on", "2026-12-05 14:00"]) == 0
    assert run(["event", "add", "视频号直播", *stream]) == 0
    path = tmp_path / "名单.csv"
    path.write_bytes(ROWS.encode("gb18030"))
    return path


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    capsys.readouterr()
    assert run([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_an_import_says_what_it_did(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["import", str(path), "--event", "沙龙"]) == 0
    said = capsys.readouterr().out
    assert "名单.csv: gb18030, headings on line 2; 姓名 → Name, 手机号 → Phone" in said
    assert "4 rows read: 2 new, 0 updated, 0 unchanged, 1 duplicate, 1 problem" in said
    assert "  1 row: phone cut short or mistyped" in said
    assert "Take it back with: opslog undo 3" in said
    assert run(["import", str(path), "--event", "沙龙"]) == 0
    assert "Nothing had to be changed" in capsys.readouterr().out
    assert run(["undo"]) == 0
    assert "Imported 4 rows of 名单.csv into 上海沙龙" in capsys.readouterr().out
    assert answer(capsys, "roster", "list") == []


def test_the_json_of_an_import(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tried = answer(capsys, "import", str(path), "--event", "1", "--dry-run")
    assert tried["roster"] is None
    assert [(line["line"], line["result"]) for line in tried["lines"]] == [
        (3, "new"),
        (4, "duplicate"),
        (5, "new"),
        (6, "problem"),
    ]
    assert tried["lines"][0]["phone"] == "+8613800138000"
    assert tried["lines"][2]["problems"] == ["phone_damaged"]
    done = answer(capsys, "import", str(path), "--event", "1")
    assert "lines" not in done
    assert done["roster"] == 1
    assert {
        name: done[name]
        for name in (
            *("read", "new", "updated", "unchanged", "duplicate", "problem"),
            *("encoding", "sheet", "header_row", "columns"),
        )
    } == {
        "read": 4,
        "new": 2,
        "updated": 0,
        "unchanged": 0,
        "duplicate": 1,
        "problem": 1,
        "encoding": "gb18030",
        "sheet": "",
        "header_row": 2,
        "columns": [
            {"column": "姓名", "field": "name"},
            {"column": "手机号", "field": "phone"},
            {"column": "公司", "field": "company"},
            {"column": "报名时间", "field": "signed_up_at"},
        ],
    }


def test_how_a_file_is_read_can_be_said(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = answer(
        capsys,
        *("import", str(path), "--event", "1", "--dry-run", "--header", "2"),
        *("--encoding", "gbk", "--delimiter", "comma", "--map", "note=公司", "signed_up_at="),
    )
    assert [column["field"] for column in done["columns"]] == ["name", "phone", "note", None]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--event", "北京"), "No event has “北京”"),
        (("--event", "视频号"), "has no sign-up list"),
        (("--event", "1", "--map", "phone"), "--map wants FIELD=COLUMN"),
        (("--event", "1", "--map", "phone=ZZ"), "名单.csv, line 2: there is no column “ZZ”"),
        (("--event", "1", "--encoding", "utf-8"), "is not utf-8: line 1 does not fit"),
        (("--event", "1", "--header", "-1"), "--header is a line"),
        (("--event", "1", "--sheet", "x"), "has no sheets"),
    ],
)
def test_what_cannot_be_is_a_sentence_and_exit_1(
    path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    capsys.readouterr()
    assert run(["import", str(path), *words]) == 1
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""
    assert answer(capsys, "roster", "list") == []


def test_usage_errors_are_exit_2(path: Path) -> None:
    with pytest.raises(SystemExit) as exit_:
        run(["import", str(path)])
    assert exit_.value.code == 2


def test_a_roster_is_shown(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", str(path), "--event", "1"]) == 0
    capsys.readouterr()
    assert run(["roster", "show", "沙龙"]) == 0
    said = capsys.readouterr().out
    assert "王志刚" in said
    assert "138 0013 8000" in said
    assert "a totals line" in said
    shown = answer(capsys, "roster", "show", "1")
    assert {name: shown[name] for name in ("id", "event", "file", "rounds")} == {
        "id": 1,
        "event": 1,
        "file": "名单.csv",
        "rounds": [],
    }
    row = shown["rows"][1]
    later = ("attended", "state", "withdrawn", "minutes", "mended")
    assert {name: row.pop(name) for name in later} == {
        "attended": None,
        "state": "coming",
        "withdrawn": False,
        "minutes": None,
        "mended": {},
    }
    assert row | {"card": 0} == {
        "file": "名单.csv",
        "file_id": 1,
        "sheet": "",
        "line": 4,
        "cells": ["王总", "138-0013-8000", "", ""],
        "result": "duplicate",
        "card": 0,
        "person": {
            "id": 1,
            "name": "王志刚",
            "company": "某某科技",
            "title": "",
            "phone": "+8613800138000",
            "email": "",
            "city": "",
        },
        "verdict": None,
        "decisions": [],
        "problems": [],
    }
    assert shown["rows"][3]["person"] is None
    assert [row["people"] for row in answer(capsys, "roster", "list")] == [2]


def test_one_row_is_no_rows(tmp_path: Path, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = tmp_path / "one.csv"
    one.write_text("姓名,手机号\n王五,13800138009\n", encoding="utf-8")
    capsys.readouterr()
    assert run(["import", str(one), "--event", "沙龙"]) == 0
    assert "1 row read: 1 new, 0 updated" in capsys.readouterr().out
    assert run(["roster", "show", "沙龙"]) == 0
    assert "one.csv: 1 row read" in capsys.readouterr().out


def test_lines_of_several_files_say_which(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", str(path), "--event", "1"]) == 0
    capsys.readouterr()
    assert run(["roster", "show", "1"]) == 0
    assert "1 名单.csv" not in capsys.readouterr().out
    other = tmp_path / "late.csv"
    other.write_text("姓名,手机号\n赵敏,13700137000\n", encoding="utf-8")
    assert run(["import", str(other), "--event", "1"]) == 0
    capsys.readouterr()
    assert run(["roster", "show", "1"]) == 0
    shown = capsys.readouterr().out.splitlines()
    (late,) = [line for line in shown if "赵敏" in line]
    assert late.split()[:4] == ["2", "late.csv", "2", "赵敏"]
    assert {tuple(line.split()[:2]) for line in shown if "王志刚" in line} == {("1", "名单.csv")}


def test_an_import_is_withdrawn_by_the_number_of_its_file(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", str(path), "--event", "1"]) == 0
    assert run(["roster", "show", "1"]) == 0
    assert "1  名单.csv: " in capsys.readouterr().out
    done = answer(capsys, "roster", "withdraw", "1")
    assert (done["file"], done["kept"]) == ("名单.csv", 0)
    assert done["rows"] > done["people"] > 0
    shown = answer(capsys, "roster", "show", "1")
    assert shown["rows"] == []
    assert shown["files"][0]["withdrawn_at"]
    assert run(["roster", "withdraw", "1"]) == 1
    assert "withdrawn already" in capsys.readouterr().err
