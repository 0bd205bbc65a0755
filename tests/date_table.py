"""README's table of the days and times that are read, made from the grammar's examples.

``python -m tests.date_table`` writes it anew.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from opslog.domain.base.refusal import Refused
from opslog.domain.dates.day_forms import examples
from opslog.domain.dates.moments import read_when
from opslog.domain.dates.times import EXAMPLES
from opslog.domain.dates.workdays import mainland

README = Path(__file__).parent.parent / "README.md"
START, END = "<!-- dates: made by python -m tests.date_table -->", "<!-- end of dates -->"
NOW = datetime(2026, 11, 27, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def table() -> str:
    rows = ["| written | on Friday 2026-11-27 at 10:00 means |", "|---|---|"]
    for form in [*examples(), *(line.split("  ") for line in EXAMPLES)]:
        means = list(dict.fromkeys(_meant(one) for one in form))
        rows.append(f"| {' · '.join(form)} | {' · '.join(means)} |")
    return "\n".join(rows)


def _meant(text: str) -> str:
    try:
        when = read_when(text, NOW, mainland)
    except Refused:
        return "*asked for: the days off are not published*"
    assert when is not None, text
    day = f"{when.day:%a %m-%d}" if when.day.year == NOW.year else f"{when.day:%a} {when.day}"
    return day + (f" {when.time:%H:%M}" if when.time else "")


def readme(text: str) -> str:
    """README with the table as it is now."""
    before, _start, rest = text.partition(START)
    _old, _end, after = rest.partition(END)
    return f"{before}{START}\n{table()}\n{END}{after}"


if __name__ == "__main__":
    README.write_text(readme(README.read_text(encoding="utf-8")), encoding="utf-8")
