"""What README says of formats, layouts and states is what ships, and is tried."""

from __future__ import annotations

import re
from pathlib import Path

from tests import readme_tables


def test_the_tables_are_current() -> None:
    readme = readme_tables.README.read_text("utf-8")
    assert readme == readme_tables.written(readme), "python -m tests.readme_tables"


def test_each_format_and_encoding_is_tried_by_tests_that_are_there() -> None:
    here = Path(__file__).parent
    files = [*(here / "exchange").rglob("test_*.py"), *(here / "cases").glob("test_*.py")]
    there = {
        name for file in files for name in re.findall(r"def (test_\w+)", file.read_text("utf-8"))
    }
    for table in readme_tables.read().values():
        for one in table:
            assert one["tests"], one["is"]
            assert set(one["tests"]) <= there, one["is"]
