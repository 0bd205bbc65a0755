"""``year``: screens on the year that ``python -m tests.year --keep`` played, and on ten years of
it, against six weeks played alike.

The sample's three weeks hold too little of everything; six weeks played by the same script hold
every kind of row that the year holds.
"""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from opslog.domain.people.list import View
from opslog.services.book.book import Book, open_book
from opslog.services.people import list as people_list
from tests.bench.case_keys import shown, shown_after
from tests.bench.case_start import LIVE
from tests.bench.measuring import Figure, Settings, Unavailable, in_turn, median, percentile
from tests.bench.year_copied import FILE, copied, next_morning
from tests.pty.terminal import Terminal
from tests.year.playing import SHORT, Size, Year

CALLS, MESSAGES = "Lanes", "Calls to make"  # on each of the two whatever there is to do
QUERIES = 40
SMALLEST = replace(SHORT, events=2, rows=20, messages=10)
GOALS = {"year": 1.3, "year-calls": 1.5, "year-messages": 1.3, "year-review": 1.5}
TEN = 1.3  # times as much for ten years


def measure(settings: Settings) -> list[Figure]:
    """First paint of Today, Calls, the day's messages and a review, and searches among people."""
    small = settings.folder / "weeks"
    size = SHORT if settings.many >= 100_000 else SMALLEST
    few = _played(small, size)
    if settings.year is None and size is SHORT:
        raise Unavailable("python -m tests.year --keep FOLDER plays a year; --db names FOLDER")
    year = settings.year or small
    one, ten = settings.folder / "year", settings.folder / "ten"
    for folder in (one, ten):
        folder.mkdir(mode=0o700)
    shutil.copyfile(year / FILE, one / FILE)
    (one / FILE).chmod(0o600)
    paths = (one / FILE, copied(year, ten), few)
    found = list[Figure]()
    for name, what, paint in (
        ("year", "to the Today screen", _today),
        ("year-calls", "the first change to Calls", _calls),
        ("year-messages", "first paint of the day's messages", _messages),
        ("year-review", "first paint of a review", _review),
    ):
        taken = in_turn(settings.runs, *(partial(paint, settings, path) for path in paths))
        found += _figures(name, what, taken, settings.runs)
    return [*found, *_searches(paths)]


def _figures(name: str, what: str, taken: list[list[float]], runs: int) -> Iterator[Figure]:
    one, ten, few = taken
    for mine, of, called in ((one, "a year", name), (ten, "ten years", f"{name}-ten")):
        goal = GOALS.get(name)
        yield Figure(
            called,
            f"{what}, {of}",
            *(median(mine), median(few)),
            "six weeks",
            goal=goal if mine is one or goal is None else round(goal * TEN, 2),
            runs=runs,
            more={"p95": percentile(mine, 0.95)},
        )


@contextmanager
def _open(settings: Settings, path: Path) -> Iterator[Terminal]:
    env = {**settings.environment(), "OPSLOG_NOW": next_morning(path)}
    with Terminal.opslog("--db", str(path), env=env) as terminal:
        yield terminal


def _today(settings: Settings, path: Path) -> float:
    with _open(settings, path) as terminal:
        return shown(terminal, LIVE, 0) - terminal.started


def _key(settings: Settings, path: Path, keys: Callable[[Terminal], float]) -> float:
    with _open(settings, path) as terminal:
        terminal.wait_for(LIVE)
        terminal.drain(1.0)  # the screens are imported while nobody waits
        return keys(terminal)


def _calls(settings: Settings, path: Path) -> float:
    return _key(settings, path, lambda terminal: shown_after(terminal, "f6", CALLS))


def _messages(settings: Settings, path: Path) -> float:
    def keys(terminal: Terminal) -> float:
        terminal.press("f6")
        terminal.wait_for(CALLS)
        terminal.drain(0.5)
        return shown_after(terminal, ";", MESSAGES)

    return _key(settings, path, keys)


def _review(settings: Settings, path: Path) -> float:
    def keys(terminal: Terminal) -> float:
        terminal.press("f8")
        terminal.wait_for("To paste into a chat")
        terminal.drain(0.5)
        return shown_after(terminal, "v", "From seen to handed over")

    return _key(settings, path, keys)


def _searches(paths: tuple[Path, Path, Path]) -> Iterator[Figure]:
    """What a key in the search field of the people waits for."""
    taken = [_typed(path) for path in paths]
    for mine, of, name in (
        (taken[0], "a year", "year-search"),
        (taken[1], "ten years", "year-search-ten"),
    ):
        yield Figure(
            name,
            f"searches among the people of {of}, median",
            *(median(mine), median(taken[2])),
            "six weeks",
            runs=len(mine),
            more={"p95": percentile(mine, 0.95)},
        )


def _typed(path: Path) -> list[float]:
    book = open_book(path)
    try:
        names = [row[0] for row in book.con.execute("SELECT name FROM person_shown")]
        chance = random.Random(6)
        return [_found(book, chance.choice(names)[:length]) for length in (1, 2) * (QUERIES // 2)]
    finally:
        book.close()


def _found(book: Book, words: str) -> float:
    begun = time.perf_counter()
    people_list.found(book, View(words))
    return time.perf_counter() - begun


def _played(folder: Path, size: Size) -> Path:
    folder.mkdir(mode=0o700)
    Year(folder, size).play().close()
    return folder / FILE
