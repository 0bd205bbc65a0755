"""``kill -9`` in the middle of an import: the list is in the file whole, or not at all."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from opslog.store.db import journalled
from tests.bench.lists import with_event
from tests.bench.people import write_list
from tests.crash.whole import reopened
from tests.pty.terminal import environment

MOMENTS = 10
GROUPS = 2
ROWS = 6_000

Counts = dict[str, int]


@pytest.fixture(scope="module")
def incoming(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Counts, Counts, float]:
    """A database with an event, a list for it; the counts before and after; how long it takes."""
    folder = tmp_path_factory.mktemp("import")
    template, file = folder / "template.db", write_list(folder / "signups.csv", ROWS)
    with_event(template)
    path = Path(shutil.copyfile(template, folder / "whole.db"))
    started = time.perf_counter()
    assert _import(path, file).wait() == 0
    taken = time.perf_counter() - started
    return template, file, _counts(template), _counts(path), taken


@pytest.mark.parametrize("group", range(GROUPS))
def test_an_import_is_whole_or_absent(
    tmp_path: Path, incoming: tuple[Path, Path, Counts, Counts, float], group: int
) -> None:
    template, file, before, after, taken = incoming
    assert after["roster_row"] == ROWS
    chance = random.Random(f"import {group}")
    for number in range(MOMENTS // GROUPS):
        path = Path(shutil.copyfile(template, tmp_path / f"{number}.db"))
        process = _import(path, file)
        with suppress(subprocess.TimeoutExpired):  # still at it: that is the moment
            process.wait(chance.uniform(0.2, 1.05) * taken)
        process.kill()
        process.wait()
        found = _counts(path)
        assert found in (before, after), "half an import"
        with reopened(path) as con:
            kept = con.execute("SELECT read, new, duplicate FROM roster_file").fetchall()
            assert len(kept) == (found == after)
    # What is left of the last one does not stand in the way of the next try.
    assert _import(path, file).wait() == 0
    assert {**_counts(path), "change": 0} == {**after, "change": 0}


def _import(path: Path, file: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "opslog", "--db", str(path), "import", str(file), "--event", "1"],
        env=environment(path.parent),
        stdout=subprocess.DEVNULL,
    )


def _counts(path: Path) -> Counts:
    """Rows of every table, the journal's and the index's included."""
    con = sqlite3.connect(path)
    con.row_factory = sqlite3.Row
    names = [*journalled.tables(con), "change", "change_row", "change_range", "person_fts_data"]
    found = {name: con.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
    con.close()
    return found
