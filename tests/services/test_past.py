"""What is past costs nothing: no reader that every day needs goes through a ledger.

Each statement of a reader is explained on a file with a little of everything; none may scan a
table that grows with the years, by whatever index. A list that is done with is not read at all.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator

import pytest

from opslog.domain.people.list import View
from opslog.services.book.book import Book, open_book
from opslog.services.calls import call_card
from opslog.services.calls.attendance import guests
from opslog.services.calls.queue import queue as call_queue
from opslog.services.daybook import lines
from opslog.services.events import events
from opslog.services.people import list as people_list
from opslog.services.rosters import rosters
from opslog.services.today import agenda
from tests.bench import ten_years

LEDGERS = {
    *("log", "log_tag", "log_person", "follow_up", "touch", "card", "decision", "roster_row"),
    *("step", "check_item", "person", "person_tag", "source", "change", "change_row"),
}
NAMED = re.compile(r"(?:FROM|JOIN)\s+(\w+)(?:\s+(?:AS\s+)?(\w+))?", re.IGNORECASE)


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    path = ten_years.fill(tmp_path_factory.mktemp("past"), ten_years.TEN_YEARS.part(100))
    book = open_book(path)
    yield book
    book.close()


def log(book: Book) -> None:
    days = lines.days(book)
    lines.page(book, days[0].day, limit=40)


def people(book: Book) -> None:
    people_list.everybody(book).ids(0, 40)


def plans(book: Book) -> None:
    places = events.order(book)
    events.plan(book, places[0].id)
    events.get(book, places[0].id)


READERS: dict[str, Callable[[Book], object]] = {
    "today": agenda.today,
    "next event": agenda.next_event,
    "calls": call_queue.queue,
    "calls later": lambda book: call_queue.queue(book, later=True),
    "call card": lambda book: [
        call_card.card(book, one.card_id, one.purpose) for one in call_queue.queue(book)[:1]
    ],
    "forecast": lambda book: guests.forecast(book, 1),
    "log": log,
    "events": plans,
    "lists": lambda book: rosters.some(book, rosters.order(book)[:2]),
    "people": people,
    "people found": lambda book: people_list.found(book, View("王")).ids,
}


def scans(con: sqlite3.Connection, statement: str) -> list[str]:
    """The ledgers a statement goes through from end to end."""
    names = {alias or table: table for table, alias in NAMED.findall(statement)}
    names |= {table: table for table, _alias in NAMED.findall(statement)}
    steps = con.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
    scanned = [re.match(r"SCAN (\w+)", step["detail"]) for step in steps]
    return [found[1] for found in scanned if found and names.get(found[1], found[1]) in LEDGERS]


@pytest.mark.parametrize("name", sorted(READERS))
def test_no_ledger_is_gone_through(past: Book, name: str) -> None:
    heard: list[str] = []
    past.con.set_trace_callback(heard.append)
    READERS[name](past)
    past.con.set_trace_callback(None)
    statements = [text for text in heard if text.lstrip().startswith(("SELECT", "WITH"))]
    assert statements
    found = {text: scanned for text in statements if (scanned := scans(past.con, text))}
    assert found == {}


def test_a_past_is_found_fault_with_where_it_is_gone_through(past: Book) -> None:
    assert scans(past.con, "SELECT count(*) FROM touch t WHERE t.note<>''") == ["t"]
    assert scans(past.con, "SELECT * FROM touch t WHERE t.card_id=1") == []


def test_the_past_that_is_measured_on_is_as_the_product_makes_it(past: Book) -> None:
    from opslog.services.book import check

    assert [f for f in check.check(past) if f.grave and f.flaws] == []
    assert past.con.execute("SELECT count(*) FROM call_settled").fetchone()[0] == 3
    assert len(call_queue.queue(past)) > 100, "and what is open is as in the sample"
