"""The year's short form: six weeks of work, and all that holds of the whole."""

from __future__ import annotations

from pathlib import Path

from tests.year.findings import findings
from tests.year.playing import SHORT, Year


def test_six_weeks_hold_what_a_year_holds(tmp_path: Path) -> None:
    year = Year(tmp_path, SHORT)
    book = year.play()
    assert year.seen["sign-ups"] == SHORT.events * SHORT.rows
    assert year.seen["calls"] >= SHORT.least_calls
    assert {finding.what: finding.wrong for finding in findings(year) if finding.wrong} == {}
    book.close()
