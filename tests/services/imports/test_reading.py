"""What is understood of a row by the list it stands in, before the database is asked."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

from opslog.domain.imports.row_reading import RowReading
from opslog.services.imports.reading.reading import batches
from tests.exchange.lists_of import opened


def _read(folder: Path, text: str) -> list[RowReading]:
    found = batches(opened(folder, text), UTC, searched=False)
    return [row.reading for batch in found for row in batch.rows]


def test_one_day_tells_how_the_others_of_its_column_are_written(tmp_path: Path) -> None:
    for told, first in (("31/12/2026", "2026-04-03"), ("12/31/2026", "2026-03-04")):
        text = f"姓名,报名时间\n冯一,3/4/2026 10:00\n冯二,{told} 10:00\n"
        read = [one.signed_up_at for one in _read(tmp_path, text)]
        assert read == [f"{first}T10:00:00Z", "2026-12-31T10:00:00Z"]


def test_where_nothing_tells_the_day_is_marked(tmp_path: Path) -> None:
    (read,) = _read(tmp_path, "姓名,报名时间\n冯一,3/4/2026 10:00\n")
    assert (read.signed_up_at, read.problems) == ("", ("date_unreadable",))


def test_those_listed_as_absent_did_not_come(tmp_path: Path) -> None:
    text = (
        "参会\n姓名,入会时间\n甲一,14:01\n\n未参会人员\n姓名,手机号,原因\n乙一,13700000004,出差\n"
    )
    assert [(one.name, one.came) for one in _read(tmp_path, text) if one.is_card] == [
        ("甲一", True),
        ("乙一", False),
    ]
