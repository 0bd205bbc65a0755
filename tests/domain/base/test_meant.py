"""Which one is meant: number first, then the whole name, then a part that only one has."""

from __future__ import annotations

import pytest

from opslog.domain.base.meant import Choice, meant

KNOWN = (
    Choice(1, ("上海沙龙",), ("sh",)),
    Choice(2, ("上海沙龙 春",)),
    Choice(3, ("北京 2",), over=True),
    Choice(4, ("北京大会",)),
)


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("2", [2]),  # the number, though another has a 2 in its name
        ("#4", [4]),
        ("上海沙龙", [1]),  # the whole name, though another begins so
        ("SH", [1]),
        ("上海", [1, 2]),
        ("北京", [4]),  # one that is over stands back
        ("北京 2", [3]),
        ("广州", []),
    ],
)
def test_which_one_is_meant(words: str, ids: list[int]) -> None:
    assert [one.id for one in meant(words, KNOWN)] == ids
