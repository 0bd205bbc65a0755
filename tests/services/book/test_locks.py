"""SQLite's locks are the process's: whoever opens the file beside it and closes it drops them all,
and another program then takes the log away from under a window that is still open."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

# What a window does beside its own connection, and which of its files Python itself opened.
WINDOW = """
import sys
from pathlib import Path

from opslog.services.book import backup, check
from opslog.services.book.book import open_book
from opslog.services.book.copies import holdings
from opslog.services.book.long_change import LongCall
from opslog.services.daybook import lines
from opslog.services.people import by_hand, erasing

path = Path(sys.argv[1])
book = open_book(path)
opened = []


def hear(event, args):
    if event == "open" and str(args[0]).startswith(str(path)) and str(args[0]) != f"{path}-wal":
        opened.append(str(args[0])[len(str(path)):])


sys.addaudithook(hear)
LongCall(book, lambda other: other.today()).run()
backup.backup(book, path.with_name("copy.db"))
check.check(book)
[holdings.of(one) for one in holdings.places(path, book)]
holdings.present(path)
erasing.erase(book, by_hand.add(book, {"name": "王志刚", "phone": "13800138000"}).made, "王志刚")
print([name for name in opened if name in ("", "-shm")])
input()
lines.add(book, "said after another program came and went")
print("kept", flush=True)
input()
"""


def test_a_second_connection_leaves_the_locks_of_the_first(tmp_path: Path) -> None:
    path = tmp_path / "opslog.db"
    with subprocess.Popen(
        [sys.executable, "-c", WINDOW, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as window:
        assert window.stdin
        assert window.stdout
        assert window.stdout.readline() == "[]\n"
        assert "said after" not in _log(path)  # another program looks at it, and goes
        print(file=window.stdin, flush=True)
        assert window.stdout.readline() == "kept\n"
        window.kill()
    assert "said after another program came and went" in _log(path)


def _log(path: Path) -> str:
    return subprocess.run(
        [sys.executable, "-m", "opslog", "--db", str(path), "log"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
