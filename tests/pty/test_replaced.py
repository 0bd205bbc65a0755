"""What happens to the file under an open window, and that nothing shown as kept is lost by it."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.pty.running import add, command
from tests.pty.terminal import Terminal, environment
from tests.pty.waiting import wait_until

Case = Callable[[Path], object]


def moved(path: Path) -> None:
    path.rename(path.with_name("elsewhere.db"))


def deleted(path: Path) -> None:
    path.unlink()


def replaced(path: Path) -> None:
    other = path.with_name("other.db")
    add(other, "of another database")
    os.replace(other, path)


def copied_over(path: Path) -> None:
    """The copy of the day, into the same file, as ``cp`` does."""
    (daily,) = path.parent.glob("backups/opslog-daily-*.db")
    path.write_bytes(daily.read_bytes())


def copied_over_with_its_time(path: Path) -> None:
    (daily,) = path.parent.glob("backups/opslog-daily-*.db")
    shutil.copy2(daily, path)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def cut_short(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def garbled(path: Path) -> None:
    path.write_bytes(b"\xff" * path.stat().st_size)


def folder_gone(path: Path) -> None:
    path.parent.rename(path.parent.with_name("renamed"))


def restored(path: Path) -> None:
    source = path.with_name("source.db")
    add(source, "of a backup")
    env = environment(path.parent)
    done = command("--db", str(path), "restore", str(source), env=env)
    assert done.returncode == 0, done.stderr


CASES: list[tuple[Case, str]] = [
    (moved, "is gone: it was moved"),
    (deleted, "is gone: it was moved"),
    (replaced, "was replaced by another file"),
    (copied_over, "another database was copied over it"),
    (copied_over_with_its_time, "another database was copied over it"),
    (emptied, "was emptied: it has 0 bytes"),
    (cut_short, "was cut short"),
    (garbled, "was overwritten: it can't be read"),
    (folder_gone, "is gone: it was moved or deleted, or its disk taken out"),
]


GONE = ("is gone", "was replaced", "was emptied", "was cut short", "was overwritten")


def file_in(tmp_path: Path) -> Path:
    """A database with a line in it, in a folder of its own."""
    path = tmp_path / "data" / "opslog.db"
    path.parent.mkdir()
    add(path, "before the window")
    return path


def window(path: Path, tmp_path: Path) -> Terminal:
    """The log on screen, with a line written in it."""
    env = environment(tmp_path)
    terminal = Terminal.opslog("--db", str(path), env=env, columns=200)
    terminal.wait_for("F3 Log")
    terminal.press("f3")
    terminal.wait_for("before the window")
    wait_until(lambda: list(path.parent.glob("backups/opslog-daily-*.db")), "the copy of the day")
    terminal.press("a", *"shown as kept", "enter")
    terminal.wait_for("Logged: shown as kept")
    return terminal


def lines_in(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as con:
        return [row[0] for row in con.execute("SELECT text FROM log ORDER BY id")]


def unwrapped(screen: str) -> str:
    """What a dialog says, without the line breaks that its width asks for."""
    return " ".join(row.strip() for row in re.findall(r"│(.+)│", screen))


def kept_by(screen: str) -> Path:
    found = re.search(r"iskept:(\S+?\.db)", unwrapped(screen).replace(" ", ""))
    assert found, screen
    return Path(found[1])


@pytest.mark.parametrize(("happens", "said"), CASES)
def test_what_was_shown_as_kept_is_in_the_file_that_is_named(
    tmp_path: Path, happens: Case, said: str
) -> None:
    path = file_in(tmp_path)
    with window(path, tmp_path) as terminal:
        happens(path)
        screen = terminal.wait_for(lambda text: said in unwrapped(text))
        kept = kept_by(screen)
        assert lines_in(kept) == ["before the window", "shown as kept"]
        terminal.press("escape")
        terminal.wait_for(lambda text: "brought back" not in text)
        terminal.press("a", *"too late", "enter")
        terminal.wait_for(lambda text: any(w in text for w in GONE))
        assert lines_in(kept) == ["before the window", "shown as kept"]
        assert "Traceback" not in terminal.text


def imported(path: Path) -> Path:
    """A list of two people taken in by another process, which the window sees at its next poll."""
    env = environment(path.parent)
    people = path.with_name("people.csv")
    people.write_text("姓名,手机号\n王志刚,13800138000\n李娜,13900139000\n", encoding="utf-8")
    event = ("event", "add", "Salon", "--kind", "salon", "--on", "2027-12-05 14:00")
    for words in (event, ("import", str(people), "--event", "Salon")):
        done = command("--db", str(path), *words, env=env)
        assert done.returncode == 0, done.stderr
    return path.with_name("backups") / "opslog-recent.db"


def people_in(path: Path) -> int:
    with closing(sqlite3.connect(path)) as con:
        return int(con.execute("SELECT count(*) FROM person").fetchone()[0])


def test_a_file_written_over_right_after_an_import_lacks_nothing_that_is_not_named(
    tmp_path: Path,
) -> None:
    path = file_in(tmp_path)
    with window(path, tmp_path) as terminal:
        imported(path)
        copied_over(path)
        screen = terminal.wait_for("what this window has")
        named = re.search(r"Missing:“Imported.*?”\(\d\d:\d\d\)", unwrapped(screen).replace(" ", ""))
        assert people_in(kept_by(screen)) == (0 if named else 2)


def test_a_copy_is_made_at_once_after_an_import(tmp_path: Path) -> None:
    path = file_in(tmp_path)
    with window(path, tmp_path) as terminal:
        recent = imported(path)
        wait_until(recent.exists, "the copy after the import")
        notes = path.with_name("opslog.db-changes")
        wait_until(lambda: notes.stat().st_size == 0, "the changes to go on from it")
        terminal.press("a", *"after the import", "enter")
        terminal.wait_for("Logged: after the import")
        emptied(path)
        screen = terminal.wait_for("what this window has")
        assert "Missing" not in screen
        kept = kept_by(screen)
        assert people_in(kept) == 2
        assert lines_in(kept)[-1] == "after the import"


def test_a_disk_that_is_taken_out(tmp_path: Path) -> None:
    """A volume of its own where this machine lets one be mounted, else a folder that goes away."""
    disk = tmp_path / "data"
    disk.mkdir()
    may = shutil.which("mount") and os.name != "nt"
    mounted = may and not subprocess.call(
        ["mount", "-t", "tmpfs", "none", str(disk)], stderr=subprocess.DEVNULL
    )
    path = disk / "opslog.db"
    try:
        add(path, "before the window")
        with window(path, tmp_path) as terminal:
            if mounted:
                assert subprocess.call(["umount", "-l", str(disk)]) == 0
                mounted = False
            else:
                folder_gone(path)
            screen = terminal.wait_for(lambda text: "or its disk taken out" in unwrapped(text))
            kept = kept_by(screen)
            assert disk not in kept.parents  # or it would lie below the disk, once that is back
            assert lines_in(kept) == ["before the window", "shown as kept"]
            assert "Traceback" not in terminal.text
    finally:
        if mounted:
            subprocess.call(["umount", "-l", str(disk)])


def test_what_the_window_had_is_brought_back_with_a_key(tmp_path: Path) -> None:
    path = file_in(tmp_path)
    with window(path, tmp_path) as terminal:
        replaced(path)
        terminal.wait_for("what this window has")
        terminal.wait_for("type to narrow the list")
        terminal.press("2")
        terminal.wait_for("Today: nothing due")
        terminal.press("f3")
        terminal.wait_for("shown as kept")
        assert lines_in(path) == ["before the window", "shown as kept"]
        terminal.press("ctrl+q")
        assert terminal.wait() == 0


def test_a_restore_by_another_process_is_said_and_names_what_was_there(tmp_path: Path) -> None:
    path = file_in(tmp_path)
    with window(path, tmp_path) as terminal:
        restored(path)
        screen = terminal.wait_for("what this window has")
        assert "brought back from" in unwrapped(screen)
        assert lines_in(kept_by(screen)) == ["before the window", "shown as kept"]
        terminal.wait_for("type to narrow the list")
        terminal.press("enter")
        terminal.wait_for("Today: nothing due")
        terminal.press("f3")
        terminal.wait_for("of a backup")
        add(path, "and no false alarm")
        terminal.wait_for("and no false alarm")
        assert lines_in(path) == ["of a backup", "and no false alarm"]


@pytest.mark.parametrize(("digit", "there"), [("1", []), ("2", ["shown as kept"])])
def test_a_file_that_was_copied_over_is_opened_or_what_was_in_it_brought_back(
    tmp_path: Path, digit: str, there: list[str]
) -> None:
    path = file_in(tmp_path)
    with window(path, tmp_path) as terminal:
        copied_over(path)
        terminal.wait_for("what this window has")
        terminal.wait_for("type to narrow the list")
        terminal.press(digit)
        terminal.wait_for("Today: nothing due")
        terminal.press("f3")
        terminal.wait_for("before the window")
        terminal.press("a", *"goes on", "enter")
        terminal.wait_for("Logged: goes on")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
        assert lines_in(path) == ["before the window", *there, "goes on"]


def test_the_file_that_is_there_now_is_opened_with_a_key(tmp_path: Path) -> None:
    path = file_in(tmp_path)
    with window(path, tmp_path) as terminal:
        replaced(path)
        terminal.wait_for("Open the file that is there now")
        terminal.wait_for("type to narrow the list")
        terminal.press("enter")
        terminal.wait_for("Today: nothing due")
        terminal.press("f3")
        terminal.wait_for("of another database")
        terminal.press("a", *"goes on", "enter")
        terminal.wait_for("Logged: goes on")
        assert lines_in(path) == ["of another database", "goes on"]


def test_commits_of_other_processes_are_no_difference(tmp_path: Path) -> None:
    path = file_in(tmp_path)
    with window(path, tmp_path) as terminal:
        for number in range(3):
            add(path, f"from the shell {number}")
        with closing(sqlite3.connect(path)) as con:
            con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        add(path, "after the log was emptied")
        terminal.wait_for("after the log was emptied")
        terminal.press("a", *"and here", "enter")
        terminal.wait_for("Logged: and here")


def test_at_start_the_newest_good_backup_is_offered(tmp_path: Path) -> None:
    path = file_in(tmp_path)
    env = environment(tmp_path)
    assert command("--db", str(path), "backup", env=env).returncode == 0
    path.write_bytes(b"")
    with Terminal.opslog("--db", str(path), env=env, columns=200) as terminal:
        terminal.wait_for("is empty (0 bytes)")
        terminal.wait_for("opslog-backup-")
        terminal.press("enter")
        terminal.wait_for("F3 Log")
        terminal.press("f3")
        terminal.wait_for("before the window")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0


def test_at_start_the_changes_since_the_backup_come_with_it(tmp_path: Path) -> None:
    path = file_in(tmp_path)
    with window(path, tmp_path):
        pass  # killed
    path.write_bytes(b"")
    env = environment(tmp_path)
    with Terminal.opslog("--db", str(path), env=env, columns=200) as terminal:
        terminal.wait_for("opslog-daily-")
        terminal.press("enter")
        terminal.wait_for("1 change made since came with it.")
        terminal.press("f3")
        terminal.wait_for("shown as kept")
        assert lines_in(path) == ["before the window", "shown as kept"]


@pytest.mark.parametrize("what", ["gone", "empty", "damaged", "no database"])
@pytest.mark.parametrize("word", ["add", "today"])
def test_a_command_names_the_backup_and_how_to_bring_it_back(
    tmp_path: Path, what: str, word: str
) -> None:
    path = file_in(tmp_path)
    env = environment(tmp_path)
    assert command("--db", str(path), "backup", env=env).returncode == 0
    (copy,) = path.parent.glob("backups/opslog-backup-*.db")
    if what == "gone":
        path.unlink()
    else:
        size = path.stat().st_size
        rest = {"empty": b"", "damaged": path.read_bytes()[:4096], "no database": b"\xff" * 4096}
        path.write_bytes(rest[what] + b"\xff" * (size - 4096 if what == "damaged" else 0))
    there = path.read_bytes() if path.exists() else None
    done = command("--db", str(path), *([word, "x"] if word == "add" else [word]), env=env)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    restore = f"opslog --db {path} restore {copy}"
    assert restore in done.stderr
    assert (path.read_bytes() if path.exists() else None) == there
    assert command(*restore.split()[1:], env=env).returncode == 0
    assert lines_in(path) == ["before the window"]


def test_a_log_of_writes_of_another_state_is_put_aside(tmp_path: Path) -> None:
    path = file_in(tmp_path)
    log = path.with_name("opslog.db-wal")
    old = path.with_name("old-wal")
    with window(path, tmp_path):
        shutil.copy(log, old)
    add(path, "later")
    old.rename(log)
    add(path, "last")
    assert lines_in(path) == ["before the window", "shown as kept", "later", "last"]
    assert list(path.parent.glob("backups/opslog-stray-log-*.wal"))


def test_a_log_of_writes_that_was_never_brought_in_is_kept(tmp_path: Path) -> None:
    path = file_in(tmp_path)
    with window(path, tmp_path):
        pass  # killed
    assert path.with_name("opslog.db-wal").exists()
    add(path, "next")
    assert lines_in(path) == ["before the window", "shown as kept", "next"]
    assert not list(path.parent.glob("backups/opslog-stray-log-*"))
