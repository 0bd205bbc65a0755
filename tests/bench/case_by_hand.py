"""Somebody entered by hand, at the keyboard: ``person``."""

from __future__ import annotations

import json
from pathlib import Path

from tests.bench.case_calls import copied
from tests.bench.case_keys import WIDE, shown_after
from tests.bench.lists import with_people
from tests.bench.measuring import Figure, Settings, median, percentile
from tests.pty.terminal import Terminal

MOST = 12  # people entered a run, after WARM_UP
WARM_UP = 2
GOAL = 1.2


def person(settings: Settings) -> list[Figure]:
    """Both Enters of ``n`` on People: to the form, compared with everybody who is known, and into
    the file."""
    database = settings.cache / f"calls_{settings.people}.db"
    if not database.exists():
        with_people(database, settings.people)
    cards, people = settings.folder / "cards.json", WARM_UP + min(MOST, settings.keys)
    ours, theirs, screens = list[float](), list[float](), list[list[str]]()
    for _ in range(settings.runs):
        screens.clear()
        with Terminal.opslog(
            "--db", str(copied(database, settings)), env=settings.environment(), **WIDE
        ) as terminal:
            terminal.wait_for("Today")
            terminal.press("f7")
            terminal.wait_for("people")
            terminal.drain(1.0)
            for number in range(people):
                terminal.press("n")
                terminal.wait_for("Who? In a line")
                terminal.press(*_line(number))
                terminal.wait_for(_name(number))
                terminal.drain(0.1)
                screens.append(terminal.lines())
                form = shown_after(terminal, "enter", "New person")
                screens.append(terminal.lines())
                saved = shown_after(terminal, "enter", f"New: {_name(number)}")
                terminal.drain(0.1)
                screens.append(terminal.lines())
                ours += [form, saved] if number >= WARM_UP else []
        cards.write_text(json.dumps(screens), encoding="utf-8")
        theirs += _reference(cards, settings, people)
    return [
        Figure(
            "person",
            f"Enter on somebody by hand, among {settings.people:,} people, in the file",
            median(ours),
            median(theirs),
            "the same screens in a Textual app that writes nothing",
            goal=GOAL,
            runs=len(ours),
            more={
                "p95": percentile(ours, 0.95),
                "to the form": median(ours[::2]),
                "into the file": median(ours[1::2]),
            },
        )
    ]


def _name(number: int) -> str:
    return f"Zoe Quill{chr(97 + number)}"


def _line(number: int) -> str:
    return f"{_name(number)} 1390013{number:04} Blue Sea Ltd"


def _reference(cards: Path, settings: Settings, people: int) -> list[float]:
    times = []
    with Terminal.python(
        "-m", "tests.bench.reference_card", str(cards), env=settings.environment(), **WIDE
    ) as terminal:
        terminal.wait_for(_name(0))
        terminal.drain(0.5)
        for number in range(people):
            form = shown_after(terminal, "enter", "New person")
            saved = shown_after(terminal, "enter", f"New: {_name(number)}")
            terminal.press("enter")  # the next line, as it was typed
            terminal.drain(0.1)
            times += [form, saved] if number >= WARM_UP else []
    return times
