"""Flipped bits: each is found by ``check`` or lies where nothing is, and nothing ends by it."""

from __future__ import annotations

import io
import random
import shutil
import sqlite3
import tempfile
import traceback
from collections import Counter
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

from opslog import cli
from opslog.services.book import backup
from opslog.services.daybook import lines
from opslog.services.demo import demo
from tests.crash import page_map

READING = (
    *(["today"], ["calls"], ["people"], ["log"], ["event", "list"], ["roster", "list"]),
    *(["history"], ["twins"]),
)


@dataclass
class Tally:
    """How many flips ended how; ``told`` names what should not have been."""

    ends: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)

    @property
    def well(self) -> bool:
        return not self.told


def sample(folder: Path) -> Path:
    """The sample with a backup of the day, and a little that is newer than it."""
    book = demo.build(folder)
    backup.backup(book)
    for text in ("电话 20m 回访 @ignite", "Newer than the backup #late", "And one more"):
        lines.add(book, text)
    book.con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    book.close()
    return book.path


def flip(path: Path, place: int, bit: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 1 << bit]))


def everything(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every value of every table, those of the indexes and of SQLite included."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as con:
        con.text_factory = bytes
        names = con.execute("SELECT name FROM sqlite_schema WHERE type='table' AND rootpage > 0")
        tables = ["sqlite_schema", *(name.decode() for (name,) in names)]
        return {table: con.execute(f'SELECT * FROM "{table}"').fetchall() for table in tables}


def commands(path: Path, words: list[str]) -> tuple[int, str, str]:
    """Exit code, what was printed, and the traceback where there was one."""
    out, trace = io.StringIO(), ""
    with redirect_stdout(out), redirect_stderr(out):
        try:
            code = cli.run(["--db", str(path), "--lang", "en", *words])
        except SystemExit as end:
            code = int(end.code or 0)
        except Exception:
            code, trace = 1, traceback.format_exc()
    return code, out.getvalue(), trace


def run(tries: int, seed: int, folder: Path, tally: Tally, *, show: bool = False) -> Tally:
    """``tries`` flips, each in a copy of its own of one sample below ``folder``."""
    whole = folder / "whole"
    whole.mkdir()
    path = sample(whole)
    size = path.stat().st_size
    marks = page_map.used(path)
    before = commands(path, ["check"])
    if before[0] != 0:
        tally.told.append(f"the sample is not whole: {before[1]}")
    chance = random.Random(seed)
    for number in range(1, tries + 1):
        place, bit = chance.randrange(size), chance.randrange(8)
        one = folder / f"flip-{number}"
        shutil.copytree(whole, one)
        hurt = one / path.name
        flip(hurt, place, bit)
        name = f"flip {number}: byte {place} (page {place // 4096 + 1} + {place % 4096}), bit {bit}"
        code, said, trace = commands(hurt, ["check"])
        ended = "found" if code else "unused" if not marks[place] else "MISSED"
        if ended == "MISSED" and everything(hurt) == everything(path):
            ended = "the same"  # another way to write the same value
        if ended == "MISSED":
            tally.told.append(f"{name}: not found by check")
        tally.ends[ended] += 1
        traces = [("check", trace)] if trace else []
        if ended == "found":
            out = one / "saved.db"
            code, said, trace = commands(hurt, ["check", "--repair", str(out)])
            traces += [("check --repair", trace)] if trace else []
            if code == 0:
                code, said, trace = commands(out, ["check"])
                traces += [("check of what was saved", trace)] if trace else []
                if code:
                    tally.told.append(f"{name}: what was saved is not whole: {said}")
            tally.ends["not saved" if code else "saved"] += 1
        for words in READING:
            *_, trace = commands(hurt, list(words))
            if trace:
                traces.append((" ".join(words), trace))
        for words_said, trace in traces:
            tally.ends["traceback"] += 1
            tally.told.append(f"{name}: {words_said}: {trace if show else trace.splitlines()[-1]}")
        shutil.rmtree(one)
    return tally


def main(tries: int, seed: int, *, show: bool = False) -> None:
    with tempfile.TemporaryDirectory(prefix="opslog-flips-") as folder:
        tally = run(tries, seed, Path(folder), Tally(), show=show)
    for told in tally.told:
        print(told)
    print(f"{tries} flips:", ", ".join(f"{n} {end}" for end, n in tally.ends.most_common()))
    raise SystemExit(0 if tally.well else 1)
