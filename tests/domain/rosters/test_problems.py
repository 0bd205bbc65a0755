"""Which cells of a row what is wrong with it is about."""

from __future__ import annotations

import pytest

from opslog.domain.rosters.problems import offending
from opslog.domain.rosters.rosters import PROBLEMS

MAPPING = {"name": (1,), "phone": (2, 4), "email": (3,), "signed_up_at": (5,)}
CELLS = ("7", "王\N{REPLACEMENT CHARACTER}", "1.35E+10", "#N/A", "", '"周五', "多出来的")


@pytest.mark.parametrize(
    ("problem", "marked"),
    [
        ("phone_damaged", {2, 4}),
        ("no_name", {1}),
        ("email_unreadable", {3}),
        ("date_unreadable", {5}),
        ("formula_error", {3}),
        ("bad_bytes", {1}),
        ("stray_quote", {5}),
        ("totals", {0}),
        ("more_cells", {6}),
        ("nobody", {1, 2, 3, 4}),
    ],
)
def test_the_cells_that_are_wrong(problem: str, marked: set[int]) -> None:
    assert problem in PROBLEMS
    assert offending([problem], MAPPING, CELLS, 6) == marked


def test_several_marks_are_about_several_cells() -> None:
    assert offending(["no_name", "phone_damaged"], MAPPING, CELLS, 7) == {1, 2, 4}


def test_what_no_cell_shows_marks_none() -> None:
    assert offending(["erased"], MAPPING, CELLS, 7) == set()
