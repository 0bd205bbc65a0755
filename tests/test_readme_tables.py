"""What README says of layouts and states is what ships."""

from __future__ import annotations

from tests import readme_tables


def test_the_tables_are_current() -> None:
    readme = readme_tables.README.read_text("utf-8")
    assert readme == readme_tables.written(readme), "python -m tests.readme_tables"
