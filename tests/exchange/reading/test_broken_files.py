"""Files of each kind, cut off, with bytes amiss, under a wrong name: read or refused in words."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from opslog.domain.base.refusal import Refused
from opslog.exchange.meaning.opening import open_list
from tests.exchange.formats import WORKBOOKS, text

ENDINGS = [".csv", ".xlsx", ".xls", ".ods", ".txt"]
KINDS = [*WORKBOOKS, "utf-8", "gb18030", "big5", "shift_jis", "utf-16", "utf-16-le"]
MOST_SECONDS = 5  # of the processor: another program at work is no fault of the file


def whole(kind: str, folder: Path) -> bytes:
    if kind in WORKBOOKS:
        return WORKBOOKS[kind](folder / kind).read_bytes()
    return (
        text(kind)
        if kind not in ("big5", "shift_jis")
        else text("utf-8")
        .decode()
        .translate(str.maketrans("刚娜报", "剛哪報"))
        .encode(kind, "ignore")
    )


def try_to_read(path: Path, content: bytes) -> str:
    """What is said about it: nothing where it can be read."""
    path.write_bytes(content)
    began = time.process_time()
    try:
        found = open_list(path)
        for row in found:
            assert row.line
        found.preview()
        said = ""
    except Refused as refusal:
        said = str(refusal)
        assert said
        assert path.name in said
    assert time.process_time() - began < MOST_SECONDS
    return said


@pytest.mark.parametrize("kind", KINDS)
def test_cut_off_anywhere(tmp_path: Path, kind: str) -> None:
    content = whole(kind, tmp_path)
    for tenth in range(10):
        said = try_to_read(
            tmp_path / f"cut{ENDINGS[tenth % 5]}", content[: len(content) * tenth // 10]
        )
        assert said or kind not in WORKBOOKS or kind.endswith(("xls", "et"))
        assert tenth or "is empty" in said


@pytest.mark.parametrize("kind", KINDS)
def test_bytes_amiss_anywhere(tmp_path: Path, kind: str) -> None:
    rng = random.Random(kind)
    content = whole(kind, tmp_path)
    for number in range(12):
        damaged = bytearray(content)
        for _byte in range(rng.choice([1, 3, 10, 50])):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        try_to_read(tmp_path / f"flipped{number}{ENDINGS[number % 5]}", bytes(damaged))


@pytest.mark.parametrize("kind", KINDS)
def test_a_hole_in_the_middle(tmp_path: Path, kind: str) -> None:
    content = whole(kind, tmp_path)
    third = len(content) // 3
    for filling in (b"", bytes(third), b"\xff" * third):
        try_to_read(tmp_path / "hole.csv", content[:third] + filling + content[2 * third :])
