"""What is measured, and what it must reach."""

from __future__ import annotations

from collections.abc import Callable

from tests.dedupe import compose, febrl
from tests.dedupe.measuring import Measured, measure

PRECISION = 1.0  # of automatic merges
RECALL = 0.97  # of automatic merges and proposals together
PROPOSALS = 2  # for each true pair that was not joined by itself

SETS: dict[str, Callable[[], Measured]] = {
    "febrl 1": lambda: measure(febrl.rows(1)),
    "febrl 3": lambda: measure(febrl.rows(3)),
    "chinese, tuned": lambda: measure(compose.rows(half=False)),
    "chinese, unseen": lambda: measure(compose.rows(half=True)),
}
