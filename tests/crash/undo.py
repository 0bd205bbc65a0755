"""Whatever was done can be undone to nothing and redone to all, by one program or by two."""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from opslog.domain.base.refusal import Refused
from opslog.services.book import history
from opslog.services.book.book import open_book
from opslog.store.db import backup, person_index, search
from tests.conftest import StandingClock, domain_rows
from tests.crash.stories import Day, begin, step

Rows = dict[str, list[tuple[object, ...]]]


class Broken(AssertionError):
    """What did not hold."""


def run(folder: Path, seed: int, steps: int) -> int:
    """One story of so many keys, then all of it undone, redone and undone again; how many changes
    it made. Raises Broken, or whatever a verb lets out that is no refusal."""
    clock = StandingClock(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
    chance = random.Random(seed)
    path = folder / f"story-{seed}.db"
    with (
        closing(open_book(path, clock=clock, session="one")) as one,
        closing(open_book(path, clock=clock, session="two")) as two,
    ):
        days = [Day(book, clock, chance) for book in (one, two)]
        begin(days[0])
        for number in range(steps):
            day = chance.choices(days, (4, 1))[0]
            if chance.random() < 0.12:
                _back_and_forth(day)
            else:
                step(day)
            if number % 50 == 0:
                _look(one.con, f"seed {seed}, key {number}")
        return _all_back_and_forth(one.con, days, f"seed {seed}")


def _back_and_forth(day: Day) -> None:
    """u a few times, any change of the history, then U as often: where nothing was done between,
    redo must take it, and leave what was there."""
    book, done = day.book, 0
    before = decided(book.con)
    for _ in range(day.chance.randint(1, 4)):
        number: int | None = None
        if day.chance.random() < 0.4:
            number = day.chance.choice([one.id for one in history.changes(book, 40)] or [None])
        with suppress(Refused):
            history.undo(book, number)
            done += 1
    if day.chance.random() < 0.5:
        return  # what comes next is done on top of it
    for _ in range(done):
        history.redo(book)
    _same(before, decided(book.con), "undone and redone")


def _all_back_and_forth(con: sqlite3.Connection, days: list[Day], where: str) -> int:
    with suppress(Refused):
        while True:
            history.redo(days[0].book)
    standing = [one.id for one in history.changes(days[0].book, 10_000) if one.state == "done"]
    full = decided(con)
    for _ in range(2):
        for number in standing:
            day = days[number % 2]
            history.undo(day.book, number)
        left = {table: rows for table, rows in decided(con).items() if rows}
        if left:
            raise Broken(f"{where}: left after all was undone: {left}")
        _look(con, f"{where}, all undone")
        for _number in standing:
            history.redo(days[0].book)
        _same(full, decided(con), f"{where}, all redone")
        _look(con, f"{where}, all redone")
    return len(standing)


def decided(con: sqlite3.Connection) -> Rows:
    """All that changes made: pairs found by the search and not decided upon are no change, nor
    are their scores."""
    rows: Rows = dict(domain_rows(con))
    rows["pair"] = [
        tuple(row)
        for row in con.execute(
            "SELECT kind, one, other, verdict, decided_at FROM pair WHERE verdict<>'open'"
            " ORDER BY kind, one, other"
        )
    ]
    return rows


def _same(wanted: Rows, found: Rows, where: str) -> None:
    for table, rows in wanted.items():
        if rows != found[table]:
            missing = [row for row in rows if row not in found[table]]
            extra = [row for row in found[table] if row not in rows]
            raise Broken(f"{where}: {table} lacks {missing[:3]} and has {extra[:3]}")


def _look(con: sqlite3.Connection, where: str) -> None:
    """The indexes' own checks, the counts of people, pages and references."""
    flaws = [*search.check(con), *person_index.flaws(con), *backup.integrity(con)]
    if flaws:
        raise Broken(f"{where}: {flaws}")


def main(seeds: int = 20, steps: int = 500) -> None:
    """The long form; says each story's changes."""
    for seed in range(seeds):
        with tempfile.TemporaryDirectory() as folder:
            made = run(Path(folder), seed, steps)
        sys.stdout.write(f"seed {seed}: {steps} keys, {made} changes undone and redone twice\n")
        sys.stdout.flush()
