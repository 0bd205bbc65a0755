"""Which call-backs stand apart: nobody touched them for long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from opslog.domain.calls.old_callbacks import stands_apart
from opslog.domain.calls.retries import (
    MISSED,
    READY,
    SETTLED,
    WAITING,
    Attempt,
    Standing,
    Window,
)

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
LONG_AGO, OF_LATE = NOW - timedelta(days=90), NOW - timedelta(days=89)
OPEN = Window("callback-1", LONG_AGO)
READY_NOW = Standing(READY, "phone", LONG_AGO, 0)


def tried(at: datetime, *, promised: bool = False) -> Standing:
    last = Attempt(1, 1, "callback-1", "phone", "no_answer", "", "", at)
    return Standing(WAITING, "phone", NOW, 1, promised=promised, last=last)


@pytest.mark.parametrize(
    ("window", "state", "taken_up", "old"),
    [
        (OPEN, READY_NOW, None, True),
        (OPEN._replace(opens=OF_LATE), READY_NOW, None, False),
        (OPEN._replace(other_words=OF_LATE), READY_NOW, None, False),
        (OPEN, READY_NOW, OF_LATE, False),
        (OPEN, READY_NOW, NOW + timedelta(days=1), False),
        (OPEN, READY_NOW, LONG_AGO, True),
        (OPEN, tried(OF_LATE), None, False),
        (OPEN, tried(LONG_AGO), None, True),
        (OPEN, tried(LONG_AGO, promised=True), None, False),
        (OPEN, Standing(SETTLED, "phone", None, 1), None, False),
        (OPEN, Standing(MISSED, "phone", None, 3), None, False),
        (OPEN._replace(purpose="reminder"), READY_NOW, None, False),
        (OPEN._replace(purpose="followup-3"), READY_NOW, None, False),
        (OPEN._replace(purpose="invitation"), READY_NOW, None, False),
    ],
)
def test_a_call_back_that_nobody_touched_stands_apart(
    window: Window, state: Standing, taken_up: datetime | None, old: bool
) -> None:
    assert stands_apart(window, state, taken_up, 90, NOW) is old
    assert not stands_apart(window, state, taken_up, 0, NOW), "0: never"
