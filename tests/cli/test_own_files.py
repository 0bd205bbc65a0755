"""A broken file of the operator's own: the command works on, and says what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from opslog.cli import run
from opslog.services.book.book import open_book

EVENT = ["event", "add", "上海沙龙", "--kind", "salon", "--on", "2026-12-10 14:00"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("workdays.toml", [*EVENT[:2], "深圳沙龙", *EVENT[3:]]),
        ("workdays.toml", ["calls"]),
        ("playbooks/outcomes.toml", ["calls", "--json"]),
        ("priority.toml", ["today"]),
        ("profiles/mine.toml", ["import", "list.csv", "--event", "上海"]),
        ("profiles/mine.toml", ["import", "list.csv", "--event", "上海", "--dry-run"]),
        ("keys.toml", ["check"]),
    ],
)
def test_a_broken_file_is_said_and_the_command_works_on(
    name: str,
    words: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPSLOG_DB", str(tmp_path / "data" / "opslog.db"))
    monkeypatch.setenv("OPSLOG_NOW", "2026-11-23T09:00")
    assert run(EVENT) == 0
    (tmp_path / "list.csv").write_text("姓名,手机\n王志刚,13800138000\n", encoding="utf-8")
    broken = tmp_path / "data" / name
    broken.parent.mkdir(exist_ok=True)
    broken.write_text("[x\n", encoding="utf-8")
    capsys.readouterr()
    assert run(words) == 0
    printed = capsys.readouterr()
    said = printed.out if words == ["check"] else printed.err
    assert said.count(f"{broken}, line 1: not readable as TOML") == 1
    alone = name.startswith("profiles/")  # no layout ships in its place
    holds = "left aside until it can be read" if alone else "meanwhile what ships holds"
    assert f"{broken}: {holds}" in said


@pytest.mark.parametrize("words", [EVENT, ["check"]])
def test_a_playbook_with_a_time_at_night_holds_and_says_so(
    words: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPSLOG_DB", str(tmp_path / "opslog.db"))
    monkeypatch.setenv("OPSLOG_NOW", "2026-11-23T09:00")
    open_book(tmp_path / "opslog.db").close()
    file = tmp_path / "playbooks" / "salon.toml"
    file.parent.mkdir()
    file.write_text(
        '[[step]]\nid = "a"\nzh = "搭台"\nen = "Build"\nphase = "before"\nclock = "03:00"\n',
        encoding="utf-8",
    )
    assert run(words) == 0
    printed = capsys.readouterr()
    said = printed.out if words == ["check"] else printed.err
    assert said.count(f"{file}, line 6: “clock” is 03:00, not between 07:00 and 22:00") == 1
    assert "meanwhile w" not in said
    if words == EVENT:
        assert run(["event", "plan", "1"]) == 0
        assert "03:00  Build" in capsys.readouterr().out


def test_check_says_keys_that_clash(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPSLOG_DB", str(tmp_path / "opslog.db"))
    (tmp_path / "keys.toml").write_text('[keys]\nundo = "1"\nredo = "d"\nnobody = "f8"\n')
    open_book(tmp_path / "opslog.db").close()
    assert run(["check"]) == 0
    printed = capsys.readouterr().out
    for said in ("line 2: “1” belongs", "line 3: “d” is the key of", "line 4: there is no action"):
        assert f"keys.toml, {said}" in printed
