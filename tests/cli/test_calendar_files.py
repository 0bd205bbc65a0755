"""``opslog workdays`` and ``opslog event invite``: files of others, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from opslog.cli import run
from opslog.services.book.book import open_book

Out = pytest.CaptureFixture[str]
INVITE = """BEGIN:VCALENDAR
VERSION:2.0
METHOD:{method}
BEGIN:VEVENT
UID:7@example.com
SEQUENCE:{sequence}
SUMMARY:制造业大会
DTSTART;TZID=Asia/Tokyo:202612{day}T150000
DTEND;TZID=Asia/Tokyo:202612{day}T180000
LOCATION:东京
ORGANIZER;CN=山田:mailto:y@example.com
RRULE:FREQ=WEEKLY
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "data" / "opslog.db"
    monkeypatch.setenv("OPSLOG_DB", str(path))
    monkeypatch.setenv("OPSLOG_NOW", "2026-11-23T09:00")
    monkeypatch.setenv("LC_ALL", "C")
    open_book(path).close()
    return tmp_path


def invitation(folder: Path, sequence: int = 0, day: int = 10, method: str = "REQUEST") -> str:
    path = folder / "invite.ics"
    path.write_text(INVITE.format(sequence=sequence, day=day, method=method), encoding="utf-8")
    return str(path)


def test_an_invitation_is_looked_at_entered_moved_and_called_off(folder: Path, capsys: Out) -> None:
    invite = ["event", "invite"]
    assert run([*invite, invitation(folder), "--dry-run"]) == 0
    seen = (
        "制造业大会 · Thu 12-10 14:00–17:00 · 东京 · 山田\n"
        "  it repeats weekly: only its first date is taken\n"
        "  15:00 there (Asia/Tokyo)\n"
    )
    assert capsys.readouterr().out == seen
    assert run(["event", "show", "制造业大会"]) == 1
    capsys.readouterr()
    assert run([*invite, invitation(folder), "--kind", "salon", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["kind"], made["starts_at"]) == ("salon", "2026-12-10T14:00:00+08:00")
    assert run([*invite, invitation(folder, 1, 11)]) == 0
    assert "Thu 12-10 14:00 to Fri 12-11 14:00\n" in capsys.readouterr().out
    assert run([*invite, invitation(folder, 0, 11)]) == 1
    assert "A newer version of “制造业大会” was taken in already" in capsys.readouterr().err
    off = [*invite, invitation(folder, 2, 11, "CANCEL")]
    assert run(off) == 1
    assert "is called off by its organiser; --yes cancels it" in capsys.readouterr().err
    assert run([*off, "--yes"]) == 0
    assert capsys.readouterr().out.endswith("cancelled\n")
    assert run(off) == 1


def test_a_file_that_is_no_invitation_is_refused_by_its_line(folder: Path, capsys: Out) -> None:
    path = folder / "a.ics"
    path.write_text("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY\n", encoding="utf-8")
    assert run(["event", "invite", str(path)]) == 1
    assert "a.ics, line 3: “SUMMARY” is no line of a calendar" in capsys.readouterr().err
    assert run(["event", "invite", str(folder / "none.ics")]) == 1
    assert "can't be read" in capsys.readouterr().err


def test_a_years_notice_is_looked_at_then_taken_in_and_undone(folder: Path, capsys: Out) -> None:
    on = ["--on", "2027-03-12 14:00"]
    assert run(["event", "add", "上海沙龙", "--kind", "salon", *on]) == 0
    days = [("2027-03-11", "节", True), ("2027-10-01", "国庆节", True), ("2027-03-13", "节", False)]
    listed = [{"date": day, "name": name, "isOffDay": off} for day, name, off in days]
    notice = folder / "2027.json"
    notice.write_text(json.dumps({"year": 2027, "days": listed}), encoding="utf-8")
    mine = folder / "data" / "workdays.toml"
    assert run(["plan", "add", "周报", "--on", "2027-03-11"]) == 0
    capsys.readouterr()
    assert run(["workdays", str(notice), "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert "Weekly report: F8 opens it, y copies it (周报)" in out
    assert out.startswith("2027: 2 days off, 1 make-up day")
    assert "2027-03-11" in out
    assert not mine.exists()
    assert run(["workdays", str(notice), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["years"] == [
        {"year": 2027, "off": ["2027-03-11", "2027-10-01"], "work": ["2027-03-13"]}
    ]
    moved = {move["step"]: (move["from"][:10], move["to"][:10]) for move in said["moves"]}
    assert [(one["event"], one["plan"]) for one in said["moves"]][-1] == (None, 1)
    assert "2027-03-11" in {before for before, _after in moved.values()}
    assert "2027-03-11" not in {after for _before, after in moved.values()}
    assert "[notice.2027]" in mine.read_text(encoding="utf-8")
    assert run(["undo"]) == 0
    assert not mine.exists() or "[notice.2027]" not in mine.read_text(encoding="utf-8")
    notice.write_text('{"year": 2027, "days": [{"date": "2027-13-01"}]}', encoding="utf-8")
    assert run(["workdays", str(notice)]) == 1
    assert "2027.json, days[0]: a name, a date and isOffDay belong here" in capsys.readouterr().err
