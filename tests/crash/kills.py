"""``kill -9`` at random moments: nothing acknowledged is lost, damaged, or left without a name.

Beside the one whose work is looked at, a second writer and one that empties the log of writes all
the time are killed in the same moment. A process is a fork: a kill costs little.
"""

from __future__ import annotations

import os
import random
import re
import select
import shutil
import signal
import sqlite3
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from opslog.disk import temporary
from opslog.domain.base.refusal import Refused
from opslog.services.book.book import open_book
from opslog.store.db import backup, connection, wal
from tests.crash.kinds import KINDS, Kind, Tell, lost_beside, write_beside
from tests.crash.whole import reopened

NAME = "opslog.db"
LATEST = 1.0  # seconds; by then each kind is in the middle of its work, and a kill stays cheap
NAMED = re.compile(  # what may lie there after the next start: whoever looks knows what it is
    rf"{NAME}(-lock|-mirrors)?|rules\.toml|opslog-source-\w\.db|backups|backups/opslog-[\w.-]+\.db"
    r"|list-\d\.csv|opslog\.csv|copy-\d+\.db|people-\d\.(xlsx|csv|vcf)"
    r"|2027\.json|workdays\.toml|review-\d\.(html|xlsx|md)"
    r"|plain-\d(/[\w./]+)?|stick|stick/opslog-[\w.-]+\.db"
)


@dataclass
class Tally:
    """Of one kind: how often, and every single thing that was not as it should be."""

    tries: int = 0
    midway: int = 0  # killed before the work had come to its end
    lost: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> list[str]:
        return [*self.lost, *self.damaged, *self.left]


class Child:
    """A fork at work, and what it said was done."""

    def __init__(self, work: Callable[[Tell], None]) -> None:
        self._pipe, out = os.pipe()
        self.pid = os.fork()
        if self.pid:
            os.close(out)
            return
        code = 1
        try:
            work(lambda text: _say(out, text))
            code = 0
        except Refused as refusal:
            code = 3
            sys.stderr.write(f"refused: {refusal}\n")
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)

    def wait(self, seconds: float) -> bool:
        """Whether it came to its end within that time."""
        until = time.monotonic() + seconds
        self._said = b""
        while (left := until - time.monotonic()) > 0:
            if select.select([self._pipe], [], [], left)[0]:
                if not (some := os.read(self._pipe, 1 << 16)):
                    return True
                self._said += some
        return False

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def told(self) -> list[str]:
        """After a kill. What was cut in the middle of a line was not said."""
        os.waitpid(self.pid, 0)
        said = getattr(self, "_said", b"")
        while some := os.read(self._pipe, 1 << 16):
            said += some
        os.close(self._pipe)
        return [line.decode() for line in said.split(b"\n")[:-1]]


def _say(out: int, text: str) -> None:
    os.write(out, f"{text}\n".encode())


def run(name: str, kills: int, folder: Path, seed: int = 0) -> Tally:
    """So many kills of one kind; ``folder`` is a scratch folder on the disk to be used."""
    kind, tally, chance = KINDS[name], Tally(), random.Random(f"{name} {seed}")
    template = folder / name
    template.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(temporary, "notes", lambda: folder / "in-hand")
        kind.make(template / NAME)
        longest = _try(kind, template, folder / "whole", None, chance, Tally())
        for number in range(kills):
            moment = chance.uniform(0, min(1.05 * longest, LATEST))
            _try(kind, template, folder / f"{name}-{number}", moment, chance, tally)
    return tally


def _try(
    kind: Kind,
    template: Path,
    place: Path,
    moment: float | None,
    chance: random.Random,
    tally: Tally,
) -> float:
    shutil.copytree(template, place)
    path = place / NAME
    begun = time.monotonic()
    children = [Child(lambda tell: kind.work(path, tell))]
    if kind.beside:
        children.append(Child(lambda tell: write_beside(path, kind.beside, tell)))
        children.append(Child(lambda _tell: _empty_the_log(path)))
    over = children[0].wait(120 if moment is None else moment)
    taken = time.monotonic() - begun
    for child in chance.sample(children, len(children)):
        child.kill()
    told = [child.told() for child in children]
    tally.tries += 1
    tally.midway += not over
    _judge(kind, path, told, tally)
    shutil.rmtree(place)
    return taken


def _empty_the_log(path: Path) -> None:
    with closing(connection.connect(path)) as con:
        while True:
            with wal.alone(con):
                con.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def _judge(kind: Kind, path: Path, told: list[list[str]], tally: Tally) -> None:
    where = f"{path.parent.name}: "
    try:
        if lost := kind.lost(path, told[0]):
            tally.lost.append(where + lost)
        kept = [path, *backup.folder_of(path).glob("*before-restore*.db")]
        if kind.beside and (lost := lost_beside(kept, kind.beside, told[1])):
            tally.lost.append(f"{where}beside: {lost}")
        open_book(path).close()  # the next start
        with reopened(path):
            pass
    except (AssertionError, sqlite3.Error, Refused) as error:
        tally.damaged.append(f"{where}{type(error).__name__} {error}")
    temporary.sweep()
    names = {str(one.relative_to(path.parent)) for one in path.parent.rglob("*")}
    tally.left += [where + name for name in sorted(names) if not NAMED.fullmatch(name)]
    tally.left += [f"{where}in-hand/{note.name}" for note in temporary.notes().glob("*")]


def main(kills: int, kinds: list[str], seed: int, folder: Path) -> int:
    """So many kills over all the kinds; how many things were wrong."""
    wrong = 0
    sys.stdout.write(f"{'kind':<10}{'tries':>7}{'midway':>8}{'lost':>6}{'damaged':>9}{'left':>6}\n")
    for place, name in enumerate(kinds):
        share = kills // len(kinds) + (place < kills % len(kinds))
        tally = run(name, share, folder, seed)
        sys.stdout.write(
            f"{name:<10}{tally.tries:>7}{tally.midway:>8}{len(tally.lost):>6}"
            f"{len(tally.damaged):>9}{len(tally.left):>6}\n"
        )
        sys.stdout.writelines(f"  {one}\n" for one in tally.wrong[:8])
        sys.stdout.flush()
        wrong += len(tally.wrong)
    return wrong
