"""Waiting for something to become true, instead of for some time to pass."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")
PATIENCE = 60.0  # seconds; a deadline for a broken program, not a duration of a sound one
POLL = 0.01


def wait_until(
    found: Callable[[], Value | None],
    what: str,
    *,
    patience: float = PATIENCE,
    poll: Callable[[float], object] = time.sleep,
) -> Value:
    """Call ``found`` until it gives something true, and return that.

    ``poll`` passes the time between two looks. Raises TimeoutError naming ``what``.
    """
    deadline = time.monotonic() + patience
    while True:
        value = found()
        if value:
            return value
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {patience:g} s")
        poll(POLL)
