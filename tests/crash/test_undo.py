"""The short form of ``python -m tests.crash undo``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crash import undo


@pytest.mark.parametrize("seed", range(3))
def test_whatever_was_done_is_undone_to_nothing_and_redone(tmp_path: Path, seed: int) -> None:
    assert undo.run(tmp_path, seed, 80) > 30
