"""Which lines of calls the log shows as one."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from opslog.domain.daybook.folds import folds

SHANGHAI = ZoneInfo("Asia/Shanghai")
NINE = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "runs"),
    [
        ((), []),
        ((0, 2, 4), []),  # too few
        ((0, 2, 4, 6), [(1, 2, 3, 4)]),
        ((0, 59, 118, 177), [(1, 2, 3, 4)]),
        ((0, 2, 4, 6, 66), [(1, 2, 3, 4)]),  # an hour's pause ends it
        ((0, 2, 4, 6, 66, 67, 68, 69), [(1, 2, 3, 4), (5, 6, 7, 8)]),
    ],
)
def test_calls_of_one_sitting_are_one(
    minutes: tuple[int, ...], runs: list[tuple[int, ...]]
) -> None:
    lines = [(n, int(NINE.timestamp()) + 60 * m) for n, m in enumerate(minutes, 1)]
    assert [fold.ids for fold in folds(lines, SHANGHAI)] == runs


def test_a_run_ends_with_the_local_day() -> None:
    late = datetime(2026, 11, 27, 15, 58, tzinfo=UTC)  # two minutes to midnight
    lines = [(n, int(late.timestamp()) + 60 * n) for n in range(8)]
    found = folds(lines, SHANGHAI)
    assert [fold.ids for fold in found] == [(2, 3, 4, 5, 6, 7)]
    assert f"{found[0].first:%H:%M}" == "00:00"
