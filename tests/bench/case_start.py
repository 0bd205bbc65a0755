"""``start``: from exec to the screen that answers; ``first-content``: to what is due."""

from __future__ import annotations

from pathlib import Path

from opslog.services.demo import demo
from tests.bench.case_keys import shown
from tests.bench.measuring import Figure, Settings, in_turn, median
from tests.bench.reference_empty import READY
from tests.pty.terminal import Terminal

FIRST = "Overdue"  # the heading of a group: the list is there, not only the bars
LIVE = "F1 Help"  # the bar of keys: the screen is there, and answers


EMPTY = "an empty Textual app's first paint"


def start(settings: Settings) -> list[Figure]:
    """The sample database's Today screen against an app that shows one word."""
    path, runs = _sample(settings), settings.quick_runs
    live, empty = in_turn(runs, lambda: _ours(settings, path, LIVE), lambda: _empty(settings))
    what = "the sample database to its Today screen"
    return [Figure("start", what, median(live), median(empty), EMPTY, goal=1.4, runs=runs)]


def first_content(settings: Settings) -> list[Figure]:
    """What is due, which stands there before the screen does: against the empty app, and against
    the command that prints it.
    """
    path, runs = _sample(settings), settings.quick_runs

    def printed() -> float:
        env = settings.environment()
        with Terminal.opslog("--db", str(path), "today", env=env) as terminal:
            taken = shown(terminal, FIRST, 0) - terminal.started
            terminal.wait()
            return taken

    ours, empty, command = in_turn(
        runs, lambda: _ours(settings, path, FIRST), lambda: _empty(settings), printed
    )
    name, what, due = "first-content", "the sample database to what is due", median(ours)
    return [
        Figure(name, what, due, median(empty), EMPTY, goal=0.65, runs=runs),
        Figure(f"{name}-today", what, due, median(command), "`opslog today`", goal=1.1, runs=runs),
    ]


def _sample(settings: Settings) -> Path:
    folder = settings.folder / "demo"
    folder.mkdir()
    book = demo.build(folder)
    book.close()
    return book.path


def _ours(settings: Settings, path: Path, text: str) -> float:
    env = settings.environment()
    with Terminal.opslog("--db", str(path), env=env) as terminal:
        return painted(terminal, text)


def _empty(settings: Settings) -> float:
    with Terminal.python("-m", "tests.bench.reference_empty", env=settings.environment()) as app:
        return painted(app, READY)


def painted(terminal: Terminal, text: str) -> float:
    """Seconds from exec to ``text`` on the screen; then the app is left as a person would."""
    taken = shown(terminal, text, 0) - terminal.started
    terminal.press("ctrl+q")
    if terminal.wait():
        raise AssertionError(f"it ended badly:\n{terminal.text}")
    return taken
