"""backup, restore, check and where, as they are typed."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from opslog.cli import run
from opslog.locale import N_, msg
from opslog.services.book.book import open_book
from opslog.services.daybook import auto_lines
from opslog.store.db import wal


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database with one log line, named by OPSLOG_DB."""
    path = tmp_path / "data" / "opslog.db"
    monkeypatch.setenv("OPSLOG_DB", str(path))
    monkeypatch.setenv("OPSLOG_NOW", "2026-11-23T09:00")
    monkeypatch.setenv("LC_ALL", "C")
    book = open_book(path)
    with book.change(msg(N_("Logged: {text}"), text="一行")):
        auto_lines.write(book, msg("一行"), source="event")
    book.close()
    return path


def test_backup_then_restore(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["backup"]) == 0
    saved = db.parent / "backups" / "opslog-backup-2026-11-23-090000.db"
    assert capsys.readouterr().out == f"Backup written and verified: {saved}\n"
    with closing(sqlite3.connect(db)) as con, con:
        con.execute("DELETE FROM log")
    assert run(["restore", str(saved)]) == 0
    kept = db.parent / "backups" / "opslog-before-restore-2026-11-23-090000.db"
    now, comes, *said = capsys.readouterr().out.splitlines()
    assert now.startswith("now ")
    assert now.endswith(str(db))
    assert comes.startswith("comes back ")
    assert "2026-11-23 09:00 一行" in comes
    assert said == [f"{db} is now what {saved} says.", f"The file before is kept: {kept}"]
    with closing(sqlite3.connect(db)) as con:
        assert con.execute("SELECT text FROM log").fetchall() == [("一行",)]


def test_json(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["backup", "--json"]) == 0
    saved = json.loads(capsys.readouterr().out)
    assert Path(saved["path"]).stat().st_size == saved["bytes"]
    assert run(["--json", "restore", saved["path"]]) == 0
    restored = json.loads(capsys.readouterr().out)
    assert restored["path"] == str(db)
    assert Path(restored["kept"]).is_file()
    assert run(["check", "--json"]) == 0
    assert all(look["ok"] for look in json.loads(capsys.readouterr().out))
    assert run(["where", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "database": str(db),
        "backups": str(db.parent / "backups"),
        **{
            code: str(db.parent / f"{name}.toml")
            for code, name in {
                **{code: code for code in ("rules", "reasons", "keys", "workdays", "columns")},
                "weights": "priority",
                **{
                    code: f"playbooks/{code}"
                    for code in (
                        *("outcomes", "talk_tracks", "call_order", "seniority"),
                        "contact_limits",
                        *("leads", "texts", "ageing"),
                    )
                },
            }.items()
        },
        "playbooks": str(db.parent / "playbooks"),
        "layouts": str(db.parent / "profiles"),
        "routines": str(db.parent / "routines"),
        "programmes": str(db.parent / "programmes"),
        "lock": f"{db}-lock",
        "sqlite": sqlite3.sqlite_version,
        "wal_reset_fault": wal.touched(),
    }


def test_where_makes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["--db", "new/opslog.db", "where"]) == 0
    assert str(tmp_path / "new" / "opslog.db") in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_refusals_are_one_sentence_and_exit_1(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "picture.db"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(5000))
    assert run(["restore", str(picture)]) == 1
    assert capsys.readouterr().err == (
        f"opslog: {picture} is no opslog database; choose another backup\n"
    )
    assert run(["backup", str(picture)]) == 1
    assert capsys.readouterr().err == (
        f"opslog: {picture} exists; a backup never writes over a file\n"
    )


def test_restore_mends_a_file_that_no_longer_opens(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["backup"]) == 0
    saved = next((db.parent / "backups").iterdir())
    db.write_bytes(b"spoilt" * 1000)
    assert run(["check"]) == 1
    capsys.readouterr()
    assert run(["restore", str(saved)]) == 0
    assert "could not be read; it is kept as it was" in capsys.readouterr().out
    assert run(["check"]) == 0


def test_check_says_what_is_wrong(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(db)) as con, con:
        con.execute("UPDATE log SET at='yesterday'")
    assert run(["check"]) == 1
    printed = capsys.readouterr()
    assert "WRONG  each record\n         log 1: at: " in printed.out
    assert printed.err == (
        f"opslog: {db} is damaged; save what can be saved with: opslog check --repair, or bring"
        " a backup back with: opslog restore FILE\n"
    )


@pytest.mark.parametrize("touched", [True, False])
def test_where_and_check_name_the_library_and_its_fault(
    db: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, touched: bool
) -> None:
    monkeypatch.setattr(wal, "touched", lambda: touched)
    for words in (["where"], ["check"]):
        assert run(words) == 0
        said = " ".join(capsys.readouterr().out.split())
        assert f"SQLite {sqlite3.sqlite_version}" in said
        assert ("can lose what two programs write at once" in said) == touched
