"""Twenty flipped bits; ``python -m tests.crash flips`` tries two hundred."""

from __future__ import annotations

from pathlib import Path

from tests.crash import flips


def test_a_flipped_bit_is_found_or_lies_where_nothing_is(tmp_path: Path) -> None:
    tally = flips.run(20, 7, tmp_path, flips.Tally(), show=True)
    assert tally.told == []
    assert tally.ends["found"] >= 3  # the file is not mostly air
