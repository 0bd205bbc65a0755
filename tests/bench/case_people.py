"""A million people against a thousand: ``people``, ``people-arrow``, ``people-memory``, ``search``.

Nothing here counts the making of the database: see ``crowd``.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from opslog.domain.people.list import View
from opslog.domain.people.naming import pinyin
from opslog.services.book.book import Book, open_book
from opslog.services.people import card as person_card
from opslog.services.people import list as people_list
from tests.bench.case_import_scale import resident
from tests.bench.case_keys import WARM_UP, drawn_after, shown_after
from tests.bench.crowd import NEWEST, crowd
from tests.bench.measuring import Figure, Settings, in_turn, median, percentile
from tests.pty.terminal import Terminal

QUERIES = 8  # of each kind
SHOWN = 20  # rows a screen shows of what is found
_COLUMNS = {
    **{"one character": ("name", "company"), "two characters": ("name", "company")},
    **{"pinyin": ("search",), "initials": ("search",)},
    **{"digits": ("phone", "phones"), "e-mail": ("email", "emails")},
}


@contextmanager
def today(database: Path, settings: Settings) -> Iterator[Terminal]:
    """The app at rest on its first screen."""
    with Terminal.opslog("--db", str(database), env=settings.environment()) as terminal:
        terminal.wait_for("Today")
        terminal.drain(0.5)
        yield terminal


def paint(settings: Settings) -> list[Figure]:
    """From F7 to the newest person's name, the screen never shown before."""

    def painted(number: int) -> float:
        with today(crowd(settings, number), settings) as terminal:
            return shown_after(terminal, "f7", NEWEST)

    many, few = in_turn(
        settings.quick_runs, lambda: painted(settings.many), lambda: painted(settings.few)
    )
    return [
        Figure(
            "people",
            f"first paint of {settings.many:,} people",
            median(many),
            median(few),
            f"of {settings.few:,}",
            goal=1.2,
            runs=settings.quick_runs,
            more={"p95": percentile(many, 0.95), "p95 of the few": percentile(few, 0.95)},
        )
    ]


def arrows(settings: Settings) -> list[Figure]:
    """The down key; both apps are open, and a key goes to each in turn."""
    with ExitStack() as stack:
        apps = [
            stack.enter_context(today(crowd(settings, number), settings))
            for number in (settings.many, settings.few)
        ]
        for app in apps:
            app.press("f7")
            app.wait_for(NEWEST)
            app.drain(0.5)
        times: list[list[float]] = [[], []]
        for _ in range(WARM_UP + settings.keys * settings.runs):
            for app, taken in zip(apps, times, strict=True):
                taken.append(drawn_after(app, "down"))
    many, few = (taken[WARM_UP:] for taken in times)
    return [
        Figure(
            "people-arrow",
            f"down key among {settings.many:,} people, p95",
            percentile(many, 0.95),
            percentile(few, 0.95),
            f"among {settings.few:,}",
            goal=1.2,
            runs=len(many),
            more={"p50": median(many), "p50 of the few": median(few)},
        )
    ]


def memory(settings: Settings) -> list[Figure]:
    """What the app holds after a look at both ends of the list and a search in it."""
    found: dict[int, list[float]] = {}
    for number in (settings.many, settings.few):
        with today(crowd(settings, number), settings) as terminal:
            terminal.press("f7")
            terminal.wait_for(NEWEST)
            terminal.drain(0.5)
            looked = resident(terminal.pid)
            for key in ("end", "home", "/", "王", "enter"):
                terminal.press(key)
                terminal.drain(0.5)
            found[number] = [resident(terminal.pid), looked]
    many, few = found[settings.many], found[settings.few]
    return [
        Figure(
            "people-memory",
            f"resident memory with {settings.many:,} people, after a search",
            many[0],
            few[0],
            f"with {settings.few:,}",
            goal=1.2,
            runs=1,
            more={"before the search": many[1], "before, with the few": few[1]},
            unit="MB",
        )
    ]


def search(settings: Settings) -> list[Figure]:
    """What a key in the search field waits for, against LIKE on the columns concerned."""
    book = open_book(crowd(settings, settings.many))
    try:
        queries = list(mix(book, settings.many))
        ours = [(kind, _found(book, words)) for kind, words in queries]
        theirs = [_like(book, kind, words) for kind, words in queries]
    finally:
        book.close()
    kinds = {
        f"p95, {kind}": percentile([t for k, t in ours if k == kind], 0.95) for kind in _COLUMNS
    }
    mine = [taken for _kind, taken in ours]
    return [
        Figure(
            "search",
            f"{len(queries)} searches among {settings.many:,} people, p95",
            percentile(mine, 0.95),
            percentile(theirs, 0.95),
            "LIKE over the same rows",
            goal=0.1,
            runs=len(queries),
            more={"p50": median(mine), "p50 of LIKE": median(theirs), **kinds},
        )
    ]


def mix(book: Book, number: int) -> Iterator[tuple[str, str]]:
    """What people type to find somebody who is there, in six ways; the same each time."""
    chance = random.Random(6)
    for _ in range(QUERIES):
        person = person_card.get(book, chance.randrange(number) + 1)
        name, company = person.name, person.company
        words = pinyin.name_words(name).split()
        digits = person.phone.removeprefix("+86")
        length = chance.choice((2, 3, 4, 8))
        at = chance.randrange(len(digits) - length + 1)
        start = chance.randrange(len(company) - 1)
        yield "one character", chance.choice((name[0], name[-1], company[start]))
        yield "two characters", chance.choice((name[-2:], company[start : start + 2]))
        yield "pinyin", chance.choice((words[0], words[1]))
        yield "initials", next(word for word in words if len(word) == len(name))
        yield "digits", digits[at : at + length]
        yield "e-mail", person.email or f"user{chance.randrange(number)}"


def _found(book: Book, words: str) -> float:
    started = time.perf_counter()
    found = people_list.found(book, View(words))
    person_card.many(book, found.ids[:SHOWN])
    return time.perf_counter() - started


def _like(book: Book, kind: str, words: str) -> float:
    """As many of the newest, their ids only."""
    columns = _COLUMNS[kind]
    holds = " OR ".join([f"{column} LIKE ?" for column in columns])
    started = time.perf_counter()
    book.con.execute(
        f"SELECT id FROM person WHERE {holds} ORDER BY id DESC LIMIT ?",
        (*[f"%{words}%"] * len(columns), people_list.FIRST + 1),
    ).fetchall()
    return time.perf_counter() - started
