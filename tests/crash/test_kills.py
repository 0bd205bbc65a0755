"""The short form of ``python -m tests.crash``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crash import kills
from tests.crash.kinds import KINDS


@pytest.mark.parametrize("kind", list(KINDS))
def test_nothing_told_is_lost_and_nothing_is_left(tmp_path: Path, kind: str) -> None:
    tally = kills.run(kind, 4, tmp_path)
    assert tally.tries == 4
    assert tally.wrong == []
