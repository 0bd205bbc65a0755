"""Files of known layouts, composed from what a description of the format says, of any size."""

from __future__ import annotations

import csv
import io
import tomllib
from pathlib import Path

HEADINGS: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text("utf-8")
)
_OF_LUMA = {"api_id", "first_name", "last_name", "phone_number", "created_at", "approval_status"}
_OF_LUMA |= {"checked_in_at", "ticket_name"}
_FAMILY, _GIVEN = "陈林何周吴孙李王", "立晓平洋敏丽娜刚"


def person(number: int) -> dict[str, str]:
    """What a row of this number says of its person; every seventh says less."""
    family, given = _FAMILY[number % 8], _GIVEN[number // 8 % 8] + _GIVEN[number // 64 % 8]
    less = number % 7 == 6
    return {
        "name": family + given,
        "phone": f"+86138{number:08d}",
        "phone2": "" if less else f"+867558{number:07d}"[:14],
        "email": f"p{number}@example.com",
        "email2": "" if less else f"p{number}@example.net",
        "company": "" if less else f'示例, "第{number}" 有限公司',
        "title": "" if less else "采购\n经理",
    }


def kinds(layout: str) -> dict[str, str]:
    """Heading -> what stands below it."""
    pairs = (one.rpartition(":") for one in HEADINGS[layout])
    return {
        heading if heading in _OF_LUMA else heading.replace("_", " "): kind
        for heading, _sign, kind in pairs
    }


def text(layout: str, rows: int) -> str:
    """The file with so many rows, as CSV."""
    columns = kinds(layout)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for number in range(rows):
        writer.writerow([_cell(kind, number) for kind in columns.values()])
    return out.getvalue()


def _cell(kind: str, number: int) -> str:
    known = person(number)
    made = {
        "given": known["name"][1:],
        "family": known["name"][0],
        "nick": "阿杰",
        "staff": "小微",
        "label": "Work",
        "mr": "Ms.",
        "yes": "Yes",
        "tags": "意向,深圳\n老客户",
        "note": "去年展会",
        "id": f"A{number}",
        "other": "13900000000",
        "minutes": "44",
        "replay": "9",
        "moment": "2026-11-20 09:30:00",
        "blank": "",
        "phone": known["phone"].removeprefix("+86"),
        "phone2": known["phone2"].replace("+86755", "0755-"),
    }
    return made[kind] if kind in made else known[kind]
