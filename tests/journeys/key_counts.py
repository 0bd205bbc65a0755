"""Jobs of every day and the keys each takes, here and in the same list kept as a spreadsheet.

README's table is made from these; ``test_key_counts`` plays each one. What is typed as text (a
name, a date) counts the same on both sides and is left out of both: ``=`` before it.

The spreadsheet is the operator's: a row a person, a column for outcome, reason, when, note; the
cursor stands in the row, in its first column, and a filter is on. ``Ctrl+arrow`` counts as one.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Job:
    """``keys`` from the screen that the work is on; ``sheet`` the same in a spreadsheet."""

    what: str
    keys: tuple[str, ...]
    sheet: tuple[str, ...]
    most: int

    @staticmethod
    def count(keys: tuple[str, ...]) -> int:
        return sum(not key.startswith("=") for key in keys)


JOBS = {
    "call_back": Job(
        "Call back tomorrow at ten",
        ("4", "1", "0", "enter"),
        ("Tab", "Tab", "Alt+↓", "↓", "↓", "↓", "Enter", "Tab", "=date and time", "Enter"),
        4,
    ),
    "no_answer": Job(
        "Nobody answered; the next one",
        ("3",),
        ("Tab", "Tab", "Alt+↓", "↓", "↓", "Enter", "Tab", "Ctrl+;", "Enter", "Home"),
        1,
    ),
    "drop": Job(
        "Drop a row: competitor; the next one",
        ("2",),
        ("Tab", "Tab", "Tab", "Alt+↓", "↓", "↓", "Enter", "Enter", "Home"),
        1,
    ),
    "company": Job(
        "The same for all rows of that company, spelled in two ways",
        ("2", "asterisk"),
        (
            *("Ctrl+F", "=company", "Enter", "Esc", "Tab", "Alt+↓", "↓", "↓", "Enter"),
            *("Ctrl+F", "=other spelling", "Enter", "Esc", "Tab", "Alt+↓", "↓", "↓", "Enter"),
        ),
        2,
    ),
    "event": Job(
        "A new event with its plan of some twenty dated steps",
        ("n", "=深圳沙龙", "tab", "=12-20 14:00", "enter"),
        ("=name", "Tab", "=date", "Enter", *("↓", "=date of a step") * 20),
        3,
    ),
    "reschedule": Job(
        "Put a follow-up off to tomorrow",
        ("r", "enter"),
        ("Tab", "Tab", "Tab", "=date", "Enter"),
        3,
    ),
    "find": Job(
        "Find somebody by pinyin and open the card",
        ("ctrl+p", "w", "z", "enter"),
        ("Ctrl+F", "w", "z", "g", "Space", "Enter", "Esc"),
        4,
    ),
    "they_ring": Job(
        "Somebody rings: found by four digits, the call logged",
        ("f7", "=8000", "enter", "0", "1"),
        (
            *("Ctrl+F", "=8000", "Enter", "Esc", "Tab", "Tab", "Alt+↓", "↓", "Enter"),
            *("Tab", "Ctrl+;", "Enter"),
        ),
        4,
    ),
    "done": Job(
        "Tick a step off; the log says so",
        ("d",),
        ("Tab", "Tab", "=done", "Enter", "Ctrl+PgDn", "Ctrl+↓", "↓", "=what was done", "Enter"),
        1,
    ),
    "undo": Job(
        "Take back what was done, also after a restart",
        ("u",),
        ("Ctrl+Z",),
        1,
    ),
}


def table() -> str:
    """README's rows."""
    rows = ["| job | opslog | keys | in a spreadsheet |", "|---|---|---|---|"]
    for job in JOBS.values():
        shown = " ".join(f"`{_NAMES.get(key, key)}`" for key in job.keys if key[0] != "=")
        typed = " + text" if any(key[0] == "=" for key in job.keys) else ""
        rows.append(
            f"| {job.what} | {shown}{typed} | {Job.count(job.keys)} | {Job.count(job.sheet)} |"
        )
    return "\n".join(rows)


_NAMES = {"enter": "Enter", "tab": "Tab", "asterisk": "*"}
