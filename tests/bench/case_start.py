"""``start``: from exec to the first frame that holds what is due."""

from __future__ import annotations

from opslog.services.demo import demo
from tests.bench.case_keys import shown
from tests.bench.measuring import Figure, Settings, in_turn, median
from tests.bench.reference_empty import READY
from tests.pty.terminal import Terminal

FIRST = "Overdue"  # the heading of a group: the list is there, not only the bars


def start(settings: Settings) -> list[Figure]:
    """The sample database's Today screen against an app that shows one word."""
    folder = settings.folder / "demo"
    folder.mkdir()
    book = demo.build(folder)
    book.close()
    env = settings.environment()

    def ours() -> float:
        with Terminal.opslog("--db", str(book.path), env=env) as terminal:
            return painted(terminal, FIRST)

    def empty() -> float:
        with Terminal.python("-m", "tests.bench.reference_empty", env=env) as terminal:
            return painted(terminal, READY)

    mine, theirs = in_turn(settings.quick_runs, ours, empty)
    return [
        Figure(
            "start",
            "the sample database to its Today screen",
            median(mine),
            median(theirs),
            "an empty Textual app's first paint",
            goal=1.6,
            runs=settings.quick_runs,
        )
    ]


def painted(terminal: Terminal, text: str) -> float:
    """Seconds from exec to ``text`` on the screen; then the app is left as a person would."""
    taken = shown(terminal, text, 0) - terminal.started
    terminal.press("ctrl+q")
    if terminal.wait():
        raise AssertionError(f"it ended badly:\n{terminal.text}")
    return taken
