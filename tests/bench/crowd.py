"""Databases of any number of people, written straight into the file.

An import would be the truer way, and take minutes a million: the rows are the same, with the
product's own search text and indexes. A big one is kept in the cache folder until what makes it
changes.
"""

from __future__ import annotations

import hashlib
import inspect
import random
import shutil
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from types import ModuleType

from opslog.domain.people.naming import names, pinyin
from opslog.services.book.book import open_book
from opslog.store.db import backup, person_index, search
from opslog.store.people import card as person_card
from opslog.store.schema import create, tables
from tests.bench import people
from tests.bench.measuring import Settings

NEWEST = "欧阳百万"  # the person made last, who stands on top
MADE_OF = (people, names, pinyin, person_card, create, tables, search, person_index)
INSERT = (
    "INSERT INTO person(name, company, company_key, title, phone, email, city, industry, wecom,"
    " note, search, created_at, last_contact_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)"
)


def crowd(settings: Settings, number: int) -> Path:
    """A database of ``number`` people, made where it is not there yet; nothing else is in it."""
    folder = settings.cache / f"people-{number}-{_key()}"
    path = folder / "people.db"
    if not path.exists():
        for outdated in settings.cache.glob(f"people-{number}-*"):
            shutil.rmtree(outdated)
        making = settings.cache / f"making-{number}" / "people.db"
        shutil.rmtree(making.parent, ignore_errors=True)
        fill(making, number)
        making.parent.rename(folder)
    # The day's copy is not what is measured: it stands as made.
    today = backup.daily_path(path, datetime.now().astimezone().date())
    today.parent.mkdir(exist_ok=True)
    today.touch()
    return path


def fill(path: Path, number: int) -> None:
    """Make a database with ``number`` people."""
    book = open_book(path)
    con = book.con
    con.execute("PRAGMA synchronous=0")
    con.execute("BEGIN IMMEDIATE")
    person_index.put_off(con)
    con.executemany(INSERT, rows(number))
    person_index.catch_up(con)
    con.execute("COMMIT")
    con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    book.close()


def rows(number: int) -> Iterator[tuple[object, ...]]:
    chance = random.Random(4)
    for index in range(number):
        name, phone, company, title, email, city, industry, *rest = people.row(chance, index)
        if index == number - 1:
            name = NEWEST
        said = {
            **{"name": name, "company": company, "title": title, "email": email},
            **{"city": city, "industry": industry, "note": rest[-1]},
        }
        day = f"2026-{1 + index % 10:02}-{1 + index % 28:02}T02:30:00Z"
        yield (
            *(name, company, _company_key(company), title, _international(phone), email, city),
            *(industry, (None, 0, 1)[index % 3], rest[-1], person_card.search_text(said), day),
            None if index % 4 else day,
        )


_company_key = cache(names.company_key)


def _international(phone: str) -> str:
    return "+86" + phone.removeprefix("+86").replace(" ", "")


@cache
def _key() -> str:
    """Changes with the schema and with whatever makes a row."""
    sources = "".join(inspect.getsource(module) for module in (*MADE_OF, _this()))
    return hashlib.sha256(sources.encode()).hexdigest()[:12]


def _this() -> ModuleType:
    found = inspect.getmodule(fill)
    assert found is not None
    return found
