"""``kill -9`` in the middle of calling: each outcome whose card had gone on is in the file."""

from __future__ import annotations

import random
import re
import shutil
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from opslog.domain.base.clock import Clock
from opslog.services.book.book import open_book
from opslog.services.calls.queue import queue as call_queue
from opslog.services.events import events
from tests.bench.lists import with_people
from tests.crash.whole import reopened
from tests.pty.terminal import Terminal, environment

MOMENTS = 4
KEYS = 24
HELD_SECONDS = 0.2  # a key that comes again sooner is taken for one held down
OUTCOMES = {"1": "coming", "7": "unsure"}  # after which nobody is left to be called
_ESCAPES = re.compile(rb"\x1b(\[[0-9;?>]*[A-Za-z]|\][^\x07]*\x07)")


@pytest.fixture(scope="module")
def people_to_remind(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, datetime, int]:
    """A database with a salon, the morning of its day, and how many are to be reminded."""
    path = tmp_path_factory.mktemp("calls") / "template.db"
    with_people(path, KEYS + 40)
    with closing(open_book(path)) as book:
        morning = events.listing(book)[0].starts_at - timedelta(hours=4)
    return path, morning, len(_to_call(path, morning))


def _to_call(path: Path, morning: datetime) -> list[int]:
    book = open_book(path, clock=Clock(lambda: morning, "Asia/Shanghai"))
    cards = [line.card_id for line in call_queue.queue(book) if line.ready]
    book.close()
    return cards


@pytest.mark.parametrize("number", range(MOMENTS))
def test_no_outcome_that_was_shown_is_lost(
    tmp_path: Path, people_to_remind: tuple[Path, datetime, int], number: int
) -> None:
    template, morning, total = people_to_remind
    chance = random.Random(f"calls {number}")
    path = Path(shutil.copyfile(template, tmp_path / "calls.db"))
    before = _to_call(path, morning)
    keys = [chance.choice([*OUTCOMES]) for _ in range(KEYS)]
    shown = _call_until_killed(path, morning, total, keys, chance)
    with reopened(path) as con:
        ledger = con.execute("SELECT card_id, outcome FROM touch ORDER BY id").fetchall()
        assert len(ledger) >= shown, "a card had gone on whose outcome is not in the file"
        assert [row["outcome"] for row in ledger] == [OUTCOMES[key] for key in keys[: len(ledger)]]
        called = [row["card_id"] for row in ledger]
        assert len(set(called)) == len(called), "nobody twice"
        logged = con.execute("SELECT count(*) FROM log WHERE source='call'").fetchone()[0]
        assert logged == len(ledger), "each with its line of the log, none without"
    assert _to_call(path, morning) == [card for card in before if card not in called]


def _call_until_killed(
    path: Path, morning: datetime, total: int, keys: list[str], chance: random.Random
) -> int:
    """Type, each key for its card, and kill at a moment by chance: 0 or some milliseconds after a
    key; how many the head had counted."""
    moment = chance.randrange(2, len(keys) - 10)
    env = environment(path.parent, OPSLOG_NOW=morning.isoformat())
    with Terminal.opslog("--db", str(path), env=env) as terminal:
        terminal.wait_for("Today")
        terminal.press("f6")
        terminal.wait_for(f"{total} of {total} left")
        for number, key in enumerate(keys[:moment], 1):
            terminal.press(key)
            terminal.wait_for(f"{total - number} of {total} left")
            terminal.drain(HELD_SECONDS)
        terminal.press(keys[moment])
        terminal.pump(chance.random() * HELD_SECONDS)
        assert terminal.kill() == -9
        return max(_counted(terminal.raw, total), 0)


def _counted(raw: bytes | bytearray, total: int) -> int:
    """How many outcomes the fewest ``N of total left`` tells of."""
    found = re.findall(rb"(\d+) of %d left" % total, _ESCAPES.sub(b"", bytes(raw)))
    return max((total - int(left) for left in found), default=-1)
