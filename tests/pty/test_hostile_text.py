"""NUL bytes, markup and escape sequences in a list: shown as text, never sent, no crash."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

import pytest

from opslog.domain.events.events import EventDraft
from opslog.services.book.book import open_book
from opslog.services.daybook import lines as log_lines
from opslog.services.events import events
from opslog.services.screening import rounds
from tests.conftest import MONDAY, StandingClock
from tests.pty.running import command
from tests.pty.terminal import Terminal, environment

TITLE, RED, CLEAR, C1 = "\x1b]0;pwned\x07", "\x1b[31mred", "\x1b[2J\x1b[H", "\x9b31m"
NAMES = (
    f"王{TITLE}刚",
    f"Anna {RED}",
    f"Bob{CLEAR}",
    f"Eve{C1}",
    "李\0娜",
    "[/red]Tom",
    "[bold]Max[/]",
    "[@click=app.quit]Kim[/]",
    "A\u202eB\u2066C",
    "x\r\ny\tz",
)
NEVER_SENT = [
    *(text.encode() for text in (TITLE, RED, C1, "\u202e", "\u2066")),
    b"\x1b]0;",
    b"\0",
]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """An event, a list, log lines and a person, all named as badly as can be."""
    path = tmp_path / "opslog.db"
    file = tmp_path / "signups.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["姓名", "手机号", "公司", f"备注{RED}"])
        for number, name in enumerate(NAMES):
            writer.writerow([name, f"1380013800{number}", f"{name} 有限公司", f"{name} note"])
    clock = StandingClock(MONDAY)
    book = open_book(path, clock=clock)
    for name in NAMES:
        log_lines.add(book, f"回访 {name} #t{name} +{name} >+1d")
    when = MONDAY + timedelta(days=1, hours=5)
    draft = EventDraft(f"Salon {TITLE}[/red]", "salon", when, place=RED)
    event = events.create(book, draft).made
    book.close()
    done = command(
        "--db", str(path), "import", str(file), "--event", str(event), env=surroundings(path)
    )
    assert done.returncode == 0, done.stderr
    book = open_book(path, clock=clock)
    roster = book.con.execute("SELECT id FROM roster").fetchone()["id"]
    rounds.open_round(book, roster)
    book.close()
    return path


def surroundings(database: Path, **more: str) -> dict[str, str]:
    """Of a process on the day that the database is of."""
    return environment(database.parent, OPSLOG_NOW=MONDAY.isoformat(), **more)


def assert_clean(raw: bytes | bytearray) -> None:
    for sequence in NEVER_SENT:
        assert sequence not in raw, sequence


def test_every_screen_shows_it_and_sends_none_of_it(database: Path) -> None:
    env = surroundings(database)
    with Terminal.opslog("--db", str(database), env=env, rows=40, columns=120) as terminal:
        terminal.wait_for("F2 Today")
        for key, shown in (
            ("f2", "[/red]"),
            ("f3", "[bold]Max[/]"),
            ("f4", "[/red]"),
            ("f5", "[/red]"),
            ("f6", "[/red]"),
            ("f7", "[bold]Max[/]"),
        ):
            terminal.press(key)
            terminal.wait_for(shown)
            assert_clean(terminal.raw)
        terminal.press("down", "down", "enter")
        terminal.wait_for("put on the list")
        terminal.press("f4", "enter")
        terminal.wait_for("[/red]")
        terminal.press("f5", "enter")
        terminal.wait_for(f"{len(NAMES)} left of {len(NAMES)}")
        for number in range(1, len(NAMES)):
            terminal.press("5")
            terminal.wait_for(f"{len(NAMES) - number} left of {len(NAMES)}")
        terminal.press("5")
        terminal.wait_for("all rows are decided")
        terminal.press("ctrl+z", "ctrl+z")
        terminal.wait_for("Undone")
        terminal.send(b"\x10")  # ctrl+p
        terminal.press(*"max")
        terminal.wait_for("[bold]Max[/]")
        terminal.press("escape")
        terminal.wait_for(lambda text: "[bold]Max[/]" not in text)
        terminal.press("g", "h")
        terminal.wait_for("[/red]")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
        assert_clean(terminal.raw)


@pytest.mark.parametrize(
    "words",
    [
        ["today"],
        ["log"],
        ["event", "list"],
        ["event", "show", "1"],
        ["event", "plan", "1"],
        ["roster", "list"],
        ["roster", "show", "1"],
        ["calls"],
        ["people"],
        ["history"],
        ["undo", "1"],
        ["event", "show", f"{TITLE}x"],
        ["import", f"{RED}.csv", "--event", "1"],
        [f"{TITLE}x"],
    ],
)
def test_no_command_sends_it(database: Path, words: list[str]) -> None:
    env = surroundings(database)
    with Terminal.opslog("--db", str(database), *words, env=env, columns=200) as terminal:
        assert terminal.wait() in (0, 1, 2)
        assert b"Traceback" not in terminal.raw
        assert terminal.text.strip()
        assert_clean(terminal.raw)


def test_a_line_from_the_shell_is_kept_and_shown_not_sent(tmp_path: Path) -> None:
    env = environment(tmp_path)
    text = f"回访 {TITLE}[/red] {C1}"
    with Terminal.opslog("add", text, env=env, columns=120) as terminal:
        assert terminal.wait() == 0
        assert "[/red]" in terminal.text
        assert_clean(terminal.raw)
