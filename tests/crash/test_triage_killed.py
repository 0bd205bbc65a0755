"""``kill -9`` in the middle of screening: each verdict whose card had gone on is in the file."""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path

import pytest

from opslog.services.book.book import open_book
from opslog.services.screening import rounds
from tests.bench.lists import with_round
from tests.crash.whole import reopened, shown_progress
from tests.pty.terminal import Terminal, environment
from tests.pty.waiting import wait_until

MOMENTS = 10
GROUPS = 2
KEYS = 100
LATEST = 20_000  # bytes in which the newest card is
REASONS = {  # the operator's digits, which never change
    "1": "colleague",
    "2": "competitor",
    "3": "partner",
    "4": "made_up",
    "5": "not_target",
    "6": "unreachable",
    "7": "duplicate",
    "8": "declined",
}


@pytest.fixture(scope="module")
def list_of_people(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, list[int]]:
    """A database with an open round; how many rows it has, and its cards in order."""
    path = tmp_path_factory.mktemp("triage") / "template.db"
    total = with_round(path, KEYS)
    book = open_book(path)
    round_id = book.con.execute("SELECT id FROM round").fetchone()["id"]
    cards = [line.card_id for line in rounds.deck(book, round_id).lines]
    book.close()
    return path, total, cards


@pytest.mark.parametrize("group", range(GROUPS))
def test_no_verdict_that_was_shown_is_lost(
    tmp_path: Path, list_of_people: tuple[Path, int, list[int]], group: int
) -> None:
    template, total, cards = list_of_people
    chance = random.Random(f"triage {group}")
    for number in range(MOMENTS // GROUPS):
        path = Path(shutil.copyfile(template, tmp_path / f"{number}.db"))
        keys = [chance.choice(["enter", *REASONS]) for _ in range(KEYS)]
        shown = _triage_until_killed(path, total, keys, chance)
        expected = [
            (card, "keep", "") if key == "enter" else (card, "drop", REASONS[key])
            for card, key in zip(cards, keys, strict=False)
        ]
        with reopened(path) as con:
            found = con.execute("SELECT card_id, verdict, reason FROM decision ORDER BY id")
            ledger = [tuple(row) for row in found]
            assert len(ledger) >= shown, "a card had gone on whose verdict is not in the file"
            assert ledger == expected[: len(ledger)], "verdicts in the order of the keys"
            entries = con.execute(
                "SELECT count(*) FROM change_row WHERE tbl='decision' AND op='I'"
            ).fetchone()[0]
            assert entries == len(ledger), "each verdict with its journal entry, none without"
        _go_on(path, cards[len(ledger) :])


def _triage_until_killed(path: Path, total: int, keys: list[str], chance: random.Random) -> int:
    """Type all the keys at once and kill at a moment by chance; the progress shown till then."""
    moment = chance.randrange(len(keys) - 1)
    with Terminal.opslog("--db", str(path), env=environment(path.parent)) as terminal:
        terminal.wait_for("Today")
        terminal.press("f5")
        terminal.wait_for("signed up")
        terminal.press("enter")
        terminal.wait_for(f"{total} left of {total}")
        terminal.press(*keys)
        wait_until(
            lambda: shown_progress(terminal.raw[-LATEST:], total) >= moment,
            f"row {moment}",
            poll=lambda _seconds: terminal.pump(0.1),
        )
        _hold(chance.uniform(0, 0.006))  # anywhere between two keys: in a commit, in a frame
        assert terminal.kill() == -9
        return max(shown_progress(terminal.raw, total), 0)


def _hold(seconds: float) -> None:
    """Some milliseconds without giving up the processor, as a sleep might for longer."""
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        pass


def _go_on(path: Path, left: list[int]) -> None:
    """The next start finds the round where the file says it is."""
    book = open_book(path)
    round_id = book.con.execute("SELECT id FROM round").fetchone()["id"]
    deck = rounds.deck(book, round_id)
    assert deck.left == len(left)
    assert deck.first() == left[0]
    book.close()
