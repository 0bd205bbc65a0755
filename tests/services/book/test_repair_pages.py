"""Pages past which SQLite does not read: what stands on the whole ones is saved, the rest named."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pytest

from opslog.cli import run
from opslog.domain.base.refusal import Refused
from opslog.services.book import check, repair
from opslog.services.book.book import open_book
from opslog.services.daybook import lines
from opslog.store.damage.salvaging import Salvaged
from tests.conftest import MONDAY, StandingClock
from tests.samples import Samples
from tests.services.book.test_check import spoil
from tests.store.schema import dumps

PAGE = 4096
INNER, LEAF, INDEX_INNER = 0x05, 0x0D, 0x02  # kinds of pages, https://sqlite.org/fileformat2.html


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, samples: Samples) -> Path:
    book = open_book(samples.copy(tmp_path_factory.mktemp("sample"), StandingClock(MONDAY)))
    for number in range(400):
        lines.add(book, f"Line {number} that fills a page with what was done that day")
    book.con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    book.close()
    return book.path


@pytest.fixture
def path(sample: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sample, tmp_path))


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that is in the tables, without what says who and when a file is."""
    with closing(sqlite3.connect(path)) as con:
        names = con.execute(
            "SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE '%fts%'"
            " AND name NOT IN ('copy', 'setting', 'sqlite_sequence', 'file_identity', 'migration',"
            " 'call_settled', 'step_proven', 'step_doubt')"
        ).fetchall()
        return {
            name: con.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2').fetchall()
            for (name,) in names
        }


def pages(path: Path, *kinds: int, holding: bytes = b"") -> list[int]:
    data = path.read_bytes()
    return [
        start // PAGE + 1
        for start in range(PAGE, len(data), PAGE)
        if data[start] in kinds and holding in data[start : start + PAGE]
    ]


def root(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as con:
        query = "SELECT rootpage FROM sqlite_schema WHERE name=?"
        return int(con.execute(query, (table,)).fetchone()[0])


def overwrite(path: Path, numbers: Iterable[int]) -> None:
    chance = random.Random(5)
    with path.open("r+b") as file:
        for number in numbers:
            file.seek((number - 1) * PAGE)
            file.write(chance.randbytes(PAGE))


def repaired(path: Path) -> tuple[Path, Salvaged]:
    """The new file passes every check, and the damaged one is as it was."""
    before = path.read_bytes()
    target, done = repair.repair(path)
    assert path.read_bytes() == before
    again = open_book(target)
    assert [f.flaws for f in check.check(again) if f.flaws and f.grave] == []
    again.close()
    return target, done


def named(done: Salvaged, table: str) -> list[range]:
    """The numbers of rows that the report says are missing."""
    found = (re.fullmatch(rf"{table} (\d+)–(\d+|…)", line) for line in done.missing)
    return [range(int(m[1]), 1 << 30 if m[2] == "…" else int(m[2]) + 1) for m in found if m]


def named_alone(done: Salvaged, table: str) -> list[range]:
    """The numbers of rows said one by one: gone, or with a value that was none; or all of them."""
    if f"{table}: the table" in done.missing:
        return [range(1 << 30)]
    found = (re.match(rf"{table} (\d+): ", line) for line in done.missing + done.mended)
    return [range(int(m[1]), int(m[1]) + 1) for m in found if m]


def is_there_or_named(before: Path, after: Path, done: Salvaged) -> None:
    """Each row of before: as it was, or among those named."""
    now = rows(after)
    for table in ("log", "person", "card", "step", "roster_row", "decision", "change"):
        missing = named(done, table) + named_alone(done, table)
        for row in rows(before)[table]:
            assert row in now[table] or any(row[0] in one for one in missing), (table, row)


@pytest.mark.parametrize(
    "which",
    [
        lambda _path: [1],
        lambda path: pages(path, INNER),
        lambda path: [root(path, name) for name in ("log", "person", "change")],
        lambda path: [1, *pages(path, INNER)],
    ],
    ids=["the first page", "all inner pages", "first pages of tables", "both"],
)
def test_pages_that_lead_to_others_are_not_needed(
    sample: Path, path: Path, which: Callable[[Path], list[int]]
) -> None:
    overwrite(path, which(path))
    target, done = repaired(path)
    before, after = rows(sample), rows(target)
    # Tags of lines and of people have one shape: without the first page some are only named.
    tags = [before.pop("person_tag"), after.pop("person_tag")]
    assert after == before
    unsure = [line for line in done.missing if "log_tag / person_tag" in line]
    assert len(unsure) == len(set(tags[0]) - set(tags[1]))
    named_only = [line for line in done.missing if line not in unsure]
    assert all(re.fullmatch(r"person_tag \d+–\d+", line) for line in named_only)
    assert done.mended == []


def test_it_says_how_far_it_is_and_names_the_damaged_file_as_a_copy(path: Path) -> None:
    said: list[str] = []
    target, _done = repair.repair(path, told=lambda text: said.append(str(text)))
    assert "saving what can be saved: person" in said
    with closing(sqlite3.connect(target)) as con:
        assert (str(path), "damaged") in con.execute("SELECT path, kind FROM copy").fetchall()


def test_rows_whose_pages_nothing_leads_to_are_said(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    overwrite(path, [root(path, "log")])
    assert run(["--db", str(path), "check", "--repair"]) == 0
    said = capsys.readouterr().out
    assert re.search(r"log: \d+ rows stood on pages that nothing leads to any more", said)


def test_a_leaf_is_missing_and_no_more(sample: Path, path: Path) -> None:
    leaves = pages(path, LEAF, holding=b"Line 200 that")
    overwrite(path, [1, *leaves])
    target, done = repaired(path)
    assert 380 < len(rows(target)["log"]) < len(rows(sample)["log"])
    is_there_or_named(sample, target, done)
    assert sum(map(len, named(done, "log"))) < 60


def test_inner_pages_of_the_journal_cost_the_rows_on_them(sample: Path, path: Path) -> None:
    overwrite(path, pages(path, INDEX_INNER))
    target, done = repaired(path)
    lost = len(rows(sample)["change_row"]) - len(rows(target)["change_row"])
    assert 0 < lost < 100
    assert any(line.startswith("change_row: ") and "pages" in line for line in done.missing)
    assert rows(target)["log"] == rows(sample)["log"]


@pytest.mark.parametrize("within", [0, 100])
def test_a_file_cut_short_is_saved_as_far_as_it_goes(sample: Path, path: Path, within: int) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 6 // 10 // PAGE * PAGE + within])
    target, done = repaired(path)
    assert sum(done.saved.values()) > 500
    is_there_or_named(sample, target, done)


def test_a_byte_that_was_cut_off_a_row_makes_no_other_row_of_it(sample: Path, path: Path) -> None:
    leaf = pages(path, LEAF, holding=b'p025@c84.example.com","')[-1]  # of the lines of a list
    path.write_bytes(path.read_bytes()[: leaf * PAGE - 1])
    target, done = repaired(path)
    is_there_or_named(sample, target, done)
    assert any(line.startswith("roster_row ") for line in done.missing)


def test_rows_that_fit_two_tables_are_said_not_guessed(sample: Path, path: Path) -> None:
    overwrite(path, [1, *pages(path, LEAF, holding=b"CREATE TABLE")])
    target, done = repaired(path)
    assert rows(target)["log_tag"] == []
    assert any("log_tag / person_tag?" in line and "“" in line for line in done.missing)
    assert len(rows(target)["log"]) == len(rows(sample)["log"])  # while these fit no other


def test_what_was_deleted_does_not_come_back(path: Path) -> None:
    book = open_book(path)
    spoil(book, "DELETE FROM log_tag", "DELETE FROM log WHERE id BETWEEN 150 AND 450")
    book.con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    book.close()
    before = rows(path)
    overwrite(path, [1])
    target, done = repaired(path)
    assert rows(target)["log"] == before["log"]
    assert done.loose == {}


def test_what_stands_in_the_log_of_writes_is_read_too(path: Path, tmp_path: Path) -> None:
    book = open_book(path)
    lines.add(book, "Written last")
    hurt = tmp_path / "hurt" / path.name
    hurt.parent.mkdir()
    for ending in ("", "-wal"):
        shutil.copy(f"{path}{ending}", f"{hurt}{ending}")
    book.close()
    overwrite(hurt, [1, *pages(hurt, INNER)])
    target, _done = repaired(hurt)
    assert "Written last" in [row[2] for row in rows(target)["log"]]


def test_rows_older_than_a_column_have_its_default(tmp_path: Path) -> None:
    path = tmp_path / "opslog.db"
    dumps.load(1, path)
    with closing(sqlite3.connect(path)) as con:
        con.executemany(
            "INSERT INTO log(at, text, flagged, source, search, created_at)"
            " VALUES ('2025-01-05T01:00:00Z', ?, 0, 'typed', '', '2025-01-05T01:00:00Z')",
            [(f"Line {number} of a file of the first schema",) for number in range(300)],
        )
        con.commit()
    open_book(path).close()
    before = rows(path)
    overwrite(path, [1, root(path, "log")])
    target, _done = repaired(path)
    assert rows(target) == before


def test_flips_by_the_hundred_and_no_traceback(path: Path) -> None:
    data = path.read_bytes()
    chance = random.Random(11)
    for number in range(6):
        hurt = bytearray(data)
        for _flip in range(200):
            hurt[chance.randrange(len(hurt))] ^= 1 << chance.randrange(8)
        path.write_bytes(hurt)
        target = path.with_name(f"saved-{number}.db")
        try:
            _path, done = repair.repair(path, target)
        except Refused:
            continue
        assert sum(done.saved.values()) > 1_000
        assert run(["--db", str(target), "check"]) == 0


def test_it_can_be_stopped(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("opslog.store.damage.salvaging.search.rebuild", stop)
    assert run(["--db", str(path), "check", "--repair"]) == 130
    assert "stopped; nothing was written" in capsys.readouterr().err
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_file_of_an_older_schema_has_the_defaults_of_what_came_since(tmp_path: Path) -> None:
    path = tmp_path / "opslog.db"
    dumps.load(7, path)
    target, done = repaired(path)
    assert not [line for line in done.mended if "NULL →" in line]
    assert [row[2] for row in rows(target)["log"]] == [row[2] for row in rows(path)["log"]]


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as con:
        con.execute("CREATE TABLE log(id INTEGER PRIMARY KEY, text)")
        con.commit()
    with pytest.raises(Refused, match="of another program"):
        repair.repair(path)
    assert [file.name for file in tmp_path.iterdir()] == ["other.db"]


def test_a_mark_that_is_damaged_makes_it_no_other_program(sample: Path, path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(68)  # of whom the file is
        file.write(b"\0\0\0\1")
    target, _done = repaired(path)
    assert rows(target) == rows(sample)
