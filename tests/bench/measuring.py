"""How benchmarks measure: pairs run in turn, medians, one line a figure."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.pty.terminal import environment


class Unavailable(Exception):
    """A case that can't be measured here, with the sentence that says why."""


@dataclass(frozen=True)
class Settings:
    """How much is measured. ``runs`` counts pairs of long work, ``quick_runs`` of short."""

    folder: Path  # on the disk that is measured
    runs: int = 5
    quick_runs: int = 21
    keys: int = 60  # a run, after those that warm up
    held: int = 300  # times that a key held down repeats
    people: int = 100_000
    few: int = 1_000
    many: int = 1_000_000
    changed: int = 10_000
    past: int = 1  # one part in so many of ten years
    named: bool = False  # asked for by name, or all in full: however long it takes
    install: bool = True  # may fetch what it is measured against
    kept: Path | None = None  # where big databases stay; None: nowhere
    year: Path | None = None  # the folder of a year played (tests.year); None: there is none

    @property
    def cache(self) -> Path:
        """What is worth keeping from one run to the next, made where it is not there."""
        kept = self.kept or self.folder / "kept"
        kept.mkdir(parents=True, exist_ok=True)
        return kept

    def environment(self) -> dict[str, str]:
        return environment(self.folder)


@dataclass(frozen=True)
class Figure:
    """One line of the table: ours, and what it is measured against, in ``unit``: s, MB, cards."""

    name: str
    what: str
    ours: float
    reference: float
    reference_what: str
    goal: float | None = None  # of ours to the reference
    runs: int = 0
    more: Mapping[str, float] = field(default_factory=dict)  # of the same unit, by what they are
    unit: str = "s"

    @property
    def ratio(self) -> float:
        return self.ours / self.reference

    @property
    def met(self) -> bool | None:
        return None if self.goal is None else self.ratio <= self.goal


WARM_UP_ROUNDS = 1


def in_turn(runs: int, *measured: Callable[[], float]) -> list[list[float]]:
    """Each of ``measured`` called ``runs`` times, A B A B, after one round that warms up."""
    rounds = [[one() for one in measured] for _ in range(WARM_UP_ROUNDS + runs)]
    return [list(values) for values in zip(*rounds[WARM_UP_ROUNDS:], strict=True)]


def percentile(values: Sequence[float], part: float) -> float:
    """The value that ``part`` (0 to 1) of all lie at or below."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * part), len(ordered) - 1)]


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def process_time(words: Sequence[str], env: Mapping[str, str]) -> float:
    """Seconds from start to end of a process that must succeed."""
    started = time.perf_counter()
    done = subprocess.run(words, env=env, stdin=subprocess.DEVNULL, capture_output=True)
    taken = time.perf_counter() - started
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)}: {done.stderr.decode(errors='replace')}")
    return taken


def python(*words: str) -> list[str]:
    return [sys.executable, *words]


def opslog(*words: str) -> list[str]:
    return python("-m", "opslog", *words)


def installed_script() -> Path | None:
    """``opslog`` as installed beside this interpreter, where it is."""
    script = Path(sys.executable).with_name("opslog")
    return script if script.exists() else None
