"""``ten-years``: what is past costs nothing. The sample against the sample with a past below it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from opslog.services.demo import demo
from tests.bench import ten_years
from tests.bench.case_import_scale import resident
from tests.bench.case_keys import shown_after
from tests.bench.case_start import FIRST, LIVE, painted
from tests.bench.measuring import Figure, Settings, in_turn, median, opslog, process_time
from tests.pty.terminal import Terminal


def measure(settings: Settings) -> list[Figure]:
    """Start, Calls and memory in the terminal; ``today`` and ``calls`` in the shell."""
    past = ten_years.fill(_folder(settings, "past"), ten_years.TEN_YEARS.part(settings.past))
    demo.build(_folder(settings, "sample")).close()
    sample, env = settings.folder / "sample" / past.name, settings.environment()

    def start(path: Path) -> float:
        with Terminal.opslog("--db", str(path), env=env) as terminal:
            return painted(terminal, LIVE)

    def calls(path: Path) -> float:
        with Terminal.opslog("--db", str(path), env=env) as terminal:
            terminal.wait_for(FIRST)
            terminal.drain(1.0)  # the screens are imported while nobody waits
            return shown_after(terminal, "f6", "Phone/WeCom")

    def memory(path: Path) -> float:
        with Terminal.opslog("--db", str(path), env=env) as terminal:
            terminal.wait_for(FIRST)
            for key in ("f3", "f4", "f5", "f6", "f7"):
                terminal.press(key)
                terminal.drain(0.5)
            return resident(terminal.pid)

    def shell(verb: str, path: Path) -> float:
        return process_time(opslog("--db", str(path), verb), env)

    def figure(
        name: str, what: str, goal: float, runs: int, one: Callable[[Path], float], unit: str = "s"
    ) -> Figure:
        mine, theirs = in_turn(runs, partial(one, past), partial(one, sample))
        return Figure(
            name,
            f"{what}, with ten years",
            *(median(mine), median(theirs)),
            "the same in the sample",
            goal=goal,
            runs=runs,
            unit=unit,
        )

    few, many = settings.runs, settings.quick_runs
    return [
        figure("ten-years", "to the Today screen", 1.3, many, start),
        figure("ten-years-calls", "the first change to Calls", 1.5, few, calls),
        figure("ten-years-today", "opslog today", 2.0, many, partial(shell, "today")),
        figure("ten-years-queue", "opslog calls", 2.0, many, partial(shell, "calls")),
        figure("ten-years-memory", "memory after a round of the screens", 1.3, few, memory, "MB"),
    ]


def _folder(settings: Settings, name: str) -> Path:
    folder = settings.folder / name
    folder.mkdir()
    return folder
