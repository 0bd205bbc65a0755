"""A year's notice of holidays as a file, whose New Year is on a day of one's choice."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

HOLIDAYS = {
    "元旦": date(2027, 1, 1),
    "春节": date(2027, 2, 6),
    "清明节": date(2027, 4, 3),
    "劳动节": date(2027, 5, 1),
    "端午节": date(2027, 6, 9),
    "中秋节": date(2027, 9, 15),
    "国庆节": date(2027, 10, 1),
}


def write(folder: Path, by: int) -> Path:
    """``2027.json`` with New Year so many days later."""
    days = []
    for name, day in {**HOLIDAYS, "元旦": HOLIDAYS["元旦"] + timedelta(days=by)}.items():
        for number in range(4):
            on = (day + timedelta(days=number)).isoformat()
            days.append({"name": name, "date": on, "isOffDay": number < 3})
    path = folder / "2027.json"
    path.write_text(json.dumps({"year": 2027, "days": days}), encoding="utf-8")
    return path
