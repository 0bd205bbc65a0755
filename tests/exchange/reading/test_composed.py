"""Files composed from descriptions: no delimiter, no encoding and no cell is taken wrongly."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.readings.compose import composed
from tests.readings.judging import FINE, verdict

_MANY = 300


@pytest.mark.parametrize("part", range(3))
def test_none_is_read_wrong(tmp_path: Path, part: int) -> None:
    wrong = {}
    for seed in range(part, _MANY, 3):
        file = composed(random.Random(seed))
        found = verdict(tmp_path / "list.csv", file)
        if found not in FINE:
            wrong[seed] = (found, file.text[:200])
    assert wrong == {}
