"""opslog export, as it is typed."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from opslog.cli import run


@pytest.fixture(autouse=True)
def folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Path:
    """Where the operator is; a line is in the log, and an event with its plan."""
    monkeypatch.setenv("OPSLOG_DB", str(tmp_path / "data" / "opslog.db"))
    monkeypatch.setenv("OPSLOG_NOW", "2026-11-23T09:00")
    monkeypatch.setenv("LC_ALL", "C")
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    run(["add", "写稿"])
    run(["event", "add", "上海沙龙", "--kind", "salon", "--on", "2026-12-10 14:00"])
    run(["event", "add", "发布会", "--kind", "webinar", "--on", "2026-12-20 14:00"])
    capsys.readouterr()
    return here


def test_says_where_it_wrote(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    assert run(["export", "log", "-o", "log.csv"]) == 0
    assert capsys.readouterr().out == f"Written: {folder / 'log.csv'} (3 rows)\n"
    assert "写稿" in (folder / "log.csv").read_text(encoding="utf-8-sig")


def test_one_event(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    assert run(["export", "plan", "--event", "沙龙", "-o", "plan.json", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    rows = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    assert told == {"file": str(folder / "plan.json"), "what": "plan", "rows": len(rows)}
    assert {row["event"] for row in rows} == {"上海沙龙"}


def test_an_address_book_says_whom_it_leaves_out(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "list.csv").write_text("姓名,手机\n王志刚,13800138000\n赵敏,\n", encoding="utf-8")
    assert run(["import", "list.csv", "--event", "沙龙"]) == 0
    capsys.readouterr()
    assert run(["export", "people", "-o", "a.vcf", "--vcard", "4.0", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == {"file": str(folder / "a.vcf"), "what": "people", "rows": 1}
    assert "Left out, no phone and no e-mail: 1 (赵敏)" in err
    assert "VERSION:4.0" in (folder / "a.vcf").read_text(encoding="utf-8")


def test_of_a_list_only_some(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    (folder / "list.csv").write_text(
        "姓名,手机,邮箱\n王志刚,13800138000,w@a.cn\n赵敏,13800138001,z@a.cn\n", encoding="utf-8"
    )
    run(["import", "list.csv", "--event", "沙龙"])
    run(["call", "赵敏", "not_coming", "--event", "沙龙"])

    def names(*words: str) -> list[str]:
        assert run(["export", "mailing", "-o", "m.json", "--force", *words]) == 0
        return [row["person"] for row in json.loads((folder / "m.json").read_text("utf-8"))]

    assert names("--event", "沙龙", "--only", "declined") == ["赵敏"]
    assert names("--event", "沙龙", "--only", "unreached") == ["王志刚"]
    assert run(["roster", "make", "再约", "--of", "沙龙", "--only", "declined"]) == 0
    assert names("--list", "再约") == ["赵敏"]
    capsys.readouterr()
    for words in (["--only", "moon"], ["--only", "kept:x"], ["--list", "没有"]):
        assert run(["export", "mailing", "-o", "n.json", *words]) == 1
    assert run(["roster", "make", "x", "--missed", "沙龙", "--only", "kept"]) == 1
    assert "name the list with --of" in capsys.readouterr().err
    assert not (folder / "n.json").exists()


def test_an_existing_file_stays(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    (folder / "log.csv").write_text("mine")
    assert run(["export", "log", "-o", "log.csv"]) == 1
    assert "exists already" in capsys.readouterr().err
    assert (folder / "log.csv").read_text() == "mine"
    assert run(["export", "log", "-o", "log.csv", "--force"]) == 0
    assert (folder / "log.csv").read_text() != "mine"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["moon", "-o", "a.csv"], "“moon” can't be exported"),
        (["log", "-o", "a.docx"], "log can't be written as .docx; possible are .csv"),
        (["log", "-o", "nowhere/a.csv"], "There is no folder nowhere"),
        (["roster", "-o", "a.csv"], "There is no list yet"),
        (["plan", "--event", "上海大会", "-o", "a.csv"], "上海大会"),
    ],
)
def test_refusals(
    capsys: pytest.CaptureFixture[str], folder: Path, words: list[str], said: str
) -> None:
    assert run(["export", *words]) == 1
    assert said in capsys.readouterr().err
    assert list(folder.iterdir()) == []


def test_usage() -> None:
    with pytest.raises(SystemExit) as stop:
        run(["export", "log"])
    assert stop.value.code == 2


def test_only_part_of_it(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    rows = "王志刚,深蓝软件,13800138000\n李娜,云帆科技,13900139000\n赵敏,云帆科技,13700137000\n"
    (folder / "list.csv").write_text(f"姓名,公司,手机\n{rows}", encoding="utf-8")
    assert run(["import", "list.csv", "--event", "沙龙"]) == 0
    run(["add", "昨天 10:00 旧的一条"])
    capsys.readouterr()

    def told(*words: str) -> list[dict[str, str]]:
        assert run(["export", *words, "-o", "a.csv", "--force"]) == 0, capsys.readouterr().err
        with Path("a.csv").open(encoding="utf-8-sig", newline="") as file:
            found = list(csv.DictReader(file))
        number = "1 row" if len(found) == 1 else f"{len(found)} rows"
        assert capsys.readouterr().out.endswith(f" ({number})\n")
        return found

    assert [
        dict(row)
        for row in told("people", "--find", "yunfan", "--columns", "phone, Name", "--mask")
    ] == [
        {"Phone": "137 **** 7000", "Name": "赵敏"},
        {"Phone": "139 **** 9000", "Name": "李娜"},
    ]
    assert told("roster", "--event", "沙龙", "--only", "kept") == []
    assert len(told("roster", "--event", "沙龙", "--find", "云帆")) == 2
    assert len(told("log", "--from", "yesterday", "--to", "yesterday", "--find", "旧的")) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["log", "--from", "moon", "-o", "a.csv"], "“moon” is no day"),
        (["log", "--from", "today", "--to", "yesterday", "-o", "a.csv"], "is after"),
        (["plan", "--only", "kept", "-o", "a.csv"], "plan can't be narrowed to people"),
        (["people", "--columns", "name,moon", "-o", "a.csv"], "There is no column “moon”"),
        (["people", "--columns", "name", "-o", "a.vcf"], ".vcf is written whole"),
        (["log", "-o", "a\nb.csv"], "The name of a file can't hold"),
    ],
)
def test_what_can_not_be_narrowed(
    capsys: pytest.CaptureFixture[str], folder: Path, words: list[str], said: str
) -> None:
    assert run(["export", *words]) == 1
    assert said in capsys.readouterr().err
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("what", ["attendance", "calls", "queue", "roster", "people", "answers"])
def test_who_was_erased_stands_in_the_way_of_no_file(
    capsys: pytest.CaptureFixture[str], folder: Path, what: str
) -> None:
    (folder / "list.csv").write_text(
        "姓名,手机\n王志刚,13800138000\n赵敏,13800138001\n", encoding="utf-8"
    )
    run(["import", "list.csv", "--event", "沙龙"])
    assert run(["people", "--erase", "王志刚", "--yes", "王志刚"]) == 0
    capsys.readouterr()
    assert run(["export", what, "--event", "沙龙", "-o", "a.csv"]) == 0, capsys.readouterr().err
    written = (folder / "a.csv").read_text(encoding="utf-8-sig")
    assert "王志刚" not in written
    assert "13800138000" not in written
    if what == "attendance":  # whoever came still counts
        assert len(written.splitlines()) == 3
