"""What is killed in the middle, and what must be found of it afterwards.

A kind makes a database once, works on a copy of it and says each thing done, the moment the verb
has come back; ``lost`` looks for those in the file that was left.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from opslog.services.book import backup, history
from opslog.services.book.book import Book, open_book
from opslog.services.book.copies import holdings, second_folder
from opslog.services.daybook import lines
from opslog.services.files import export
from opslog.services.files.plain import copy
from opslog.services.imports import imports
from opslog.services.people import card as person_card
from opslog.services.people import erasing
from opslog.services.rosters import withdrawing
from opslog.services.screening import rounds
from opslog.store.db import backup as copies
from opslog.store.schema.create import SCHEMA_VERSION
from tests.bench.lists import with_event, with_people, with_round
from tests.bench.people import write_list
from tests.crash import kinds_of_programmes as programmes
from tests.store.schema import dumps

Tell = Callable[[str], None]
Lost = Callable[[Path, Sequence[str]], str]
LINES = 40
WITHDRAWN = "SELECT id FROM roster_file WHERE withdrawn_at IS NOT NULL"


@dataclass(frozen=True)
class Kind:
    """``make`` a database; ``work`` on it and tell; ``lost``: what of the told is not there.

    ``beside`` is what the second writer does: "lines" (adds to the log), or "settings" where a new
    change would end the work.
    """

    make: Callable[[Path], object]
    work: Callable[[Path, Tell], None]
    lost: Lost
    beside: str = "lines"


def _asked(path: Path, question: str) -> list[str]:
    with closing(sqlite3.connect(path)) as con:
        return [str(row[0]) for row in con.execute(question)]


def _missing(question: str) -> Lost:
    """The told are among the answers."""
    return lambda path, told: ", ".join(sorted(set(told) - set(_asked(path, question))))


def _with_lines(path: Path, *, undone: bool) -> None:
    with closing(open_book(path, session="main")) as book:
        for number in range(LINES):
            lines.add(book, f"第 {number} 行")
        for _ in range(LINES if undone else 0):
            history.undo(book)


def _each(verb: Callable[[Book], object]) -> Callable[[Path, Tell], None]:
    """The verb again and again, its number told each time."""

    def work(path: Path, tell: Tell) -> None:
        with closing(open_book(path, session="main")) as book:
            for number in range(1, LINES + 1):
                verb(book)
                tell(str(number))

    return work


def _lines_left(expected: Callable[[int], int]) -> Lost:
    def lost(path: Path, told: Sequence[str]) -> str:
        found = int(_asked(path, "SELECT count(*) FROM log WHERE text LIKE '第 %'")[0])
        near = (expected(len(told)), expected(min(len(told) + 1, LINES)))
        return "" if found in near else f"{found} lines, {near} expected"

    return lost


def _decide(path: Path, tell: Tell) -> None:
    with closing(open_book(path)) as book:
        (round_id,) = book.con.execute("SELECT id FROM round").fetchone()
        for line in rounds.deck(book, round_id).lines:
            rounds.decide(book, round_id, line.card_id, "keep", "")
            tell(str(line.card_id))


def _take_in(path: Path, tell: Tell) -> None:
    files = [write_list(path.with_name(f"list-{n}.csv"), 60, seed=n) for n in range(6)]
    with closing(open_book(path)) as book:
        for file in files:
            imports.load(book, file, 1)
            tell(file.name)


def _half_lists(path: Path, told: Sequence[str]) -> str:
    whole = (
        "SELECT f.file FROM roster_file f WHERE f.read="
        "(SELECT count(*) FROM roster_row r WHERE r.file_id=f.id)"
    )
    half = set(_asked(path, "SELECT file FROM roster_file")) - set(_asked(path, whole))
    return f"half {half}" if half else _missing(whole)(path, told)


def _make_lists(path: Path) -> None:
    with_event(path)
    _take_in(path, lambda _told: None)


def _withdraw(path: Path, tell: Tell) -> None:
    with closing(open_book(path)) as book:
        for (number,) in book.con.execute("SELECT id FROM roster_file").fetchall():
            withdrawing.withdraw(book, number)
            tell(str(number))


def _erase(path: Path, tell: Tell) -> None:
    with closing(open_book(path)) as book:
        for (number,) in book.con.execute("SELECT id FROM person LIMIT 12").fetchall():
            person = person_card.get(book, number)
            erasing.erase(book, number, erasing.word_for(person))
            tell(str(number))


def _back_up(path: Path, tell: Tell) -> None:
    with closing(open_book(path)) as book:
        for number in range(12):
            tell(str(backup.backup(book, path.with_name(f"copy-{number}.db"))))


def _bad_copies(path: Path, told: Sequence[str]) -> str:
    bad = [name for name in told if not Path(name).is_file()]
    for file in path.parent.glob("copy-*.db"):
        with closing(copies.open_read_only(file)) as con:
            bad += copies.integrity(con)
    return ", ".join(bad)


def _copy(path: Path, tell: Tell) -> None:
    stick = path.with_name("stick")
    stick.mkdir(exist_ok=True)
    with closing(open_book(path)) as book:
        second_folder.choose(book, stick)
        for number in range(8):
            tell(str(copy.write(book, path.with_name(f"plain-{number}"))))
            second_folder.follow(book, backup.backup(book))


def _bad_plain_copies(path: Path, told: Sequence[str]) -> str:
    bad = [name for name in told if not Path(name).is_dir()]
    for one in (*path.parent.glob("plain-*"), *path.with_name("stick").glob("*.db")):
        if flaw := holdings.of(one).flaw:
            bad.append(f"{one.name}: {flaw}")
    return ", ".join(bad)


def _make_sources(path: Path) -> None:
    with_event(path)
    for name in "AB":
        with closing(open_book(path)) as book:
            for _ in range(LINES):
                lines.add(book, name * 20)
            backup.backup(book, path.with_name(f"{path.stem}-source-{name}.db"))


def _restore(path: Path, tell: Tell) -> None:
    for number in range(8):
        name = "AB"[number % 2]
        backup.restore(path, next(path.parent.glob(f"*-source-{name}.db")))
        tell(name)


def _half_restored(path: Path, _told: Sequence[str]) -> str:
    found = [len(_asked(path, f"SELECT 1 FROM log WHERE text='{name * 20}'")) for name in "AB"]
    return "" if found in ([LINES, 0], [LINES, LINES]) else f"{found} lines of A and B"


def _export(path: Path, tell: Tell) -> None:
    with closing(open_book(path)) as book:
        for number in range(6):
            for ending in ("xlsx", "csv", "vcf"):
                file = path.with_name(f"people-{number}.{ending}")
                tell(str(export.export(book, "people", file)))


def _bad_exports(path: Path, told: Sequence[str]) -> str:
    from zipfile import ZipFile, is_zipfile

    bad = [name for name in told if not Path(name).is_file()]
    for file in path.parent.glob("people-*.xlsx"):
        if not is_zipfile(file) or ZipFile(file).testzip():
            bad.append(file.name)
    return ", ".join(bad)


def _migrate(path: Path, tell: Tell) -> None:
    open_book(path).close()
    tell(str(SCHEMA_VERSION))


KINDS: dict[str, Kind] = {
    "triage": Kind(
        lambda path: with_round(path, 60),
        _decide,
        _missing("SELECT card_id FROM decision"),
    ),
    "import": Kind(with_event, _take_in, _half_lists),
    "undo": Kind(
        lambda path: _with_lines(path, undone=False),
        _each(history.undo),
        _lines_left(lambda done: LINES - done),
        beside="settings",
    ),
    "redo": Kind(
        lambda path: _with_lines(path, undone=True),
        _each(history.redo),
        _lines_left(lambda done: done),
        beside="settings",
    ),
    "backup": Kind(lambda path: with_people(path, 60), _back_up, _bad_copies),
    "copy": Kind(lambda path: with_people(path, 60), _copy, _bad_plain_copies),
    "restore": Kind(_make_sources, _restore, _half_restored),
    "export": Kind(lambda path: with_people(path, 200), _export, _bad_exports),
    "erase": Kind(
        lambda path: with_people(path, 60),
        _erase,
        _missing("SELECT id FROM person WHERE erased_at IS NOT NULL"),
    ),
    "withdraw": Kind(
        _make_lists,
        _withdraw,
        _missing(WITHDRAWN),
    ),
    "migrate": Kind(
        lambda path: dumps.load(5, path), _migrate, _missing("PRAGMA user_version"), beside=""
    ),
    "messages": Kind(programmes.make_members, programmes.send, programmes.half_sent),
    "moves": Kind(programmes.make_show, programmes.move, programmes.half_moved),
    "stops": Kind(programmes.make_show, programmes.take_stops, programmes.half_stops),
    "notice": Kind(programmes.make_show, programmes.notice, programmes.half_noticed),
    "reviews": Kind(programmes.make_review, programmes.write_review, programmes.bad_reviews),
}


def write_beside(path: Path, how: str, tell: Tell) -> None:
    """The second writer: without end."""
    with closing(open_book(path, session="beside")) as book:
        for number in count():
            text = f"beside {number}"
            if how == "lines":
                lines.add(book, text)
            else:
                book.set_setting(text, text)
                if not book.write_settings(patience=5_000):
                    continue  # it waits, and is not said to be kept
            tell(text)


def lost_beside(files: Sequence[Path], how: str, told: Sequence[str]) -> str:
    """What the second writer was told is kept, and is in none of the files."""
    question = "SELECT text FROM log" if how == "lines" else "SELECT value FROM setting"
    found = {text for file in files for text in _asked(file, question)}
    gone = [text for text in told if text not in found]
    return f"{len(gone)} of {len(told)}, from {gone[0]}" if gone else ""
