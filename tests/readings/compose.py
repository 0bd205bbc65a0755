"""Files composed from a description: script, columns, size, delimiter, quoting, encoding."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.readings.scripts import SCRIPTS, Script

SIZES = (1, 1, 2, 2, 3, 3, 5, 5, 12, 40)
LONG = 2_000  # rows of one file in a hundred
DELIMITERS = (",", ",", ",", ";", "\t", "|")
SHAPES = ("even", "ragged", "notes above", "no headings", "unknown headings", "Teams", "one column")
QUOTING = ("needed", "needed", "needed", "all", "after a space", "backslash", "headings only")
_FIELDS = ("name", "phone", "company", "email", "address", "note", "date", "amount", "tags")


@dataclass(frozen=True)
class Composed:
    """A file and what it says. ``headed``: its headings are among those that are known."""

    content: bytes
    codec: str
    delimiter: str
    rows: list[list[str]]
    shape: str
    script: str
    quoting: str

    @property
    def text(self) -> str:
        return self.content.decode(self.codec)


def composed(rng: random.Random) -> Composed:
    """Any one file."""
    name = rng.choice(list(SCRIPTS))
    script = SCRIPTS[name]
    shape = rng.choice(SHAPES)
    delimiter = "\t" if shape == "Teams" else rng.choice(DELIMITERS)
    quoting = "needed" if shape == "Teams" else rng.choice(QUOTING)
    size = LONG if rng.random() < 0.01 else rng.choice(SIZES)
    rows = _table(rng, script, shape, size)
    codec = rng.choice(script.codecs)
    if quoting == "backslash":
        rows = [[cell.replace("\n", " ").replace('"', "") for cell in row] for row in rows]
    rows = [[cell.encode(codec, "ignore").decode(codec) for cell in row] for row in rows]
    end = rng.choice(("\n", "\r\n"))
    if shape == "ragged":
        rows = [*rows[:1], *map(_shorn, rows[1:])]
    written = [_written(row, delimiter, quoting, at == 0, end) for at, row in enumerate(rows)]
    text = end.join(written) + end
    return Composed(text.encode(codec), codec, delimiter, rows, shape, name, quoting)


def _table(rng: random.Random, script: Script, shape: str, size: int) -> list[list[str]]:
    if shape == "Teams":
        return _teams(rng, script, size)
    if shape == "one column":
        field = rng.choice(("name", "phone", "email"))
        return [
            [rng.choice(script.headings[field])],
            *([_cell(rng, script, field)] for _ in range(size)),
        ]
    fields = ["name", "phone", *rng.sample(_FIELDS[2:], rng.randint(1, 6))]
    rng.shuffle(fields)
    rows = [[_cell(rng, script, field) for field in fields] for _ in range(size)]
    if shape == "no headings":
        return rows
    headings = [rng.choice(script.headings[field]) for field in fields]
    if shape == "unknown headings":
        headings = rng.sample(script.unknown, len(fields))
    above = [[rng.choice(script.companies)], [rng.choice(script.notes)]]
    return [*(above if shape == "notes above" else ()), headings, *rows]


def _teams(rng: random.Random, script: Script, size: int) -> list[list[str]]:
    """An attendance report: three sections, the third of visits."""

    def moment() -> str:
        return f"11/{rng.randint(1, 28)}/26, {rng.randint(1, 12)}:{rng.randint(10, 59)}:05 AM"

    people = [_cell(rng, script, "name") for _ in range(size)]
    return [
        ["1. Summary"],
        ["Meeting title", rng.choice(script.companies)],
        ["Attended participants", str(size)],
        ["Start time", moment()],
        ["End time", moment()],
        [""],
        ["2. Participants"],
        [*("Name", "First Join", "Last Leave", "In-Meeting Duration"), "Email", "Role"],
        *([one, moment(), moment(), "1h 2m 3s", "a@example.com", "Attendee"] for one in people),
        [""],
        ["3. In-Meeting Activities"],
        ["Name", "Join time", "Leave time", "Duration", "Email", "Role"],
        *([one, moment(), moment(), "1h 2m 3s", "a@example.com", "Attendee"] for one in people),
    ]


def _cell(rng: random.Random, script: Script, field: str) -> str:
    if field == "name":
        if not script.joined:
            return f"{rng.choice(script.given.split())} {rng.choice(script.family.split())}"
        family = script.family.split() if " " in script.family else list(script.family)
        given = script.given.split() if " " in script.given else list(script.given)
        more = "" if " " in script.given else rng.choice(["", rng.choice(given)])
        return rng.choice(family) + rng.choice(given) + more
    if field == "phone":
        return f"1{rng.choice('3578')}{rng.randrange(10**9):09d}"
    if field == "email":
        return rng.choice(["", f"{rng.choice(['a', 'li', 'wei'])}{rng.randrange(999)}@example.com"])
    if field == "date":
        day = f"2026-11-{rng.randint(1, 28):02d}"
        return rng.choice([day, f"{day} 10:{rng.randint(10, 59)}", f"11/{day[-2:]}/26, 9:30"])
    if field == "amount":
        return rng.choice(["0", "1,200.00", "99,5", "¥0.00" if "gb" in script.codecs[-1] else "12"])
    if field == "tags":
        words = [rng.choice(script.companies).split(",")[0] for _ in range(rng.randint(0, 3))]
        return rng.choice([",", ";", "|", ", "]).join(words)
    pool = {"company": script.companies, "address": script.streets, "note": script.notes}[field]
    return rng.choice(pool)


def _shorn(row: list[str]) -> list[str]:
    cells = list(row)
    while len(cells) > 1 and not cells[-1]:
        cells.pop()
    return cells


def _written(row: list[str], delimiter: str, quoting: str, first: bool, end: str) -> str:
    if quoting == "backslash":
        return delimiter.join(
            cell.replace("\\", "\\\\").replace(delimiter, f"\\{delimiter}") for cell in row
        )
    every = quoting == "all" or (quoting == "headings only" and first)
    between = f"{delimiter} " if quoting == "after a space" and delimiter != "\t" else delimiter
    return between.join(
        _quoted(cell, delimiter, every or quoting == "after a space") for cell in row
    )


def _quoted(cell: str, delimiter: str, every: bool) -> str:
    if every or any(sign in cell for sign in (delimiter, '"', "\n", "\r")):
        return '"' + cell.replace('"', '""') + '"'
    return cell
