"""A file that can't be used: one sentence, exit 1, no traceback, and the file as it was."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from opslog.services.book.book import open_book
from tests.pty.running import command
from tests.pty.terminal import Terminal, environment

# Root may write anywhere; without this right it is held to the folder's mode like anybody.
AS_ANYBODY = (
    ("setpriv", "--bounding-set", "-dac_override", "--inh-caps", "-dac_override")
    if os.geteuid() == 0
    else ()
)


def garbage(folder: Path) -> Path:
    path = folder / "garbage.db"
    path.write_bytes(bytes(range(256)) * 64)
    return path


def picture(folder: Path) -> Path:
    path = folder / "photo.db"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 2000)
    return path


def torn(folder: Path) -> Path:
    """A database of which only the first page is left."""
    path = folder / "torn.db"
    open_book(path).close()
    spoil(path)
    return path


def spoil(path: Path) -> None:
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))


def strange(folder: Path) -> Path:
    path = folder / "bookmarks.db"
    with closing(sqlite3.connect(path)) as con:
        con.execute("CREATE TABLE bookmarks(url)")
    return path


def newer(folder: Path) -> Path:
    path = folder / "newer.db"
    open_book(path).close()
    with closing(sqlite3.connect(path)) as con:
        con.execute("PRAGMA user_version=999")
    return path


def a_folder(folder: Path) -> Path:
    return folder


def below_a_file(folder: Path) -> Path:
    (folder / "file").write_text("x")
    return folder / "file" / "opslog.db"


FILES: list[tuple[Callable[[Path], Path], str]] = [
    (garbage, "is no opslog database"),
    (picture, "is no opslog database"),
    (torn, "is damaged; bring a backup back"),
    (strange, "is the database of another program"),
    (newer, "was written by a newer opslog (schema 999"),
    (a_folder, "can't be written"),
    (below_a_file, "can't be written"),
]


@pytest.mark.parametrize(("make", "sentence"), FILES)
@pytest.mark.parametrize("word", ["add", "today"])
def test_a_command_says_one_sentence(
    tmp_path: Path, make: Callable[[Path], Path], sentence: str, word: str
) -> None:
    path = make(tmp_path)
    before = path.read_bytes() if path.is_file() else b""
    words = [word, "x"] if word == "add" else [word]
    done = command("--db", str(path), *words, env=environment(tmp_path))
    assert done.returncode == 1
    assert done.stdout == ""
    said = done.stderr.splitlines()
    assert len(said) == 1
    if word == "today" and make is below_a_file:
        sentence = "There is no file"  # what only reads begins none
    assert sentence in said[0]
    assert path.name in said[0]
    if path.is_file():
        assert path.read_bytes() == before


@pytest.mark.parametrize(("make", "sentence"), FILES)
def test_the_ui_says_the_same_and_leaves_the_terminal_alone(
    tmp_path: Path, make: Callable[[Path], Path], sentence: str
) -> None:
    path = make(tmp_path)
    with Terminal.opslog("--db", str(path), env=environment(tmp_path), columns=240) as terminal:
        assert terminal.wait() == 1
        assert sentence in terminal.text
        assert "Traceback" not in terminal.text
        assert b"\x1b[?1049h" not in terminal.raw


def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    env = environment(tmp_path)
    done = command("--db", str(folder / "opslog.db"), "add", "x", env=env, before=AS_ANYBODY)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "can't be written (Permission denied)" in done.stderr
    assert list(folder.iterdir()) == []


def test_a_file_that_may_only_be_read(tmp_path: Path) -> None:
    path = tmp_path / "opslog.db"
    assert command("--db", str(path), "add", "x", env=environment(tmp_path)).returncode == 0
    path.chmod(0o400)
    done = command("--db", str(path), "add", "y", env=environment(tmp_path), before=AS_ANYBODY)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "can't be written (Permission denied)" in done.stderr


def test_the_sentence_comes_in_chinese_too(tmp_path: Path) -> None:
    done = command(
        "--db", str(garbage(tmp_path)), "--lang", "zh", "today", env=environment(tmp_path)
    )
    assert done.returncode == 1
    assert "不是" in done.stderr


def test_a_disk_that_is_full_is_said_and_nothing_is_half_done(tmp_path: Path) -> None:
    path = tmp_path / "opslog.db"
    env = environment(tmp_path)
    assert command("--db", str(path), "add", "before", env=env).returncode == 0
    size = path.stat().st_size
    code = (
        "import resource, sys; "
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size})); "
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "from opslog.__main__ import main; "
        f"sys.argv[1:] = ['--db', {str(path)!r}, 'add', 'x' * {size}]; sys.exit(main())"
    )
    with Terminal([sys.executable, "-c", code], env, columns=200) as terminal:
        assert terminal.wait() == 1
        assert "Traceback" not in terminal.text
        assert str(path) in terminal.text
    with closing(sqlite3.connect(path)) as con:
        assert [row[0] for row in con.execute("SELECT text FROM log")] == ["before"]
        assert con.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_a_file_that_goes_bad_under_the_open_screens(tmp_path: Path) -> None:
    path = tmp_path / "opslog.db"
    open_book(path).close()
    with Terminal.opslog("--db", str(path), env=environment(tmp_path), columns=200) as terminal:
        terminal.wait_for("Today: nothing due")
        spoil(path)
        terminal.press("f3", "f4", "f5", "f6", "f7")
        terminal.wait_for("was overwritten")
        assert "Traceback" not in terminal.text
