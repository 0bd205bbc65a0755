"""Who asked not to be called, read from numbers that damage has touched."""

from __future__ import annotations

import pytest

from opslog.domain.people.card import CALL
from opslog.locale import msg
from opslog.services.book.book import Book
from opslog.store.people import suppressed
from tests.services.lists import make_list

BARRED = "+8613900139000"


@pytest.mark.parametrize(
    "numbers",
    [
        f'+861350"0135000 {BARRED}',
        f'{BARRED} "',
        f'"{BARRED}" {BARRED}',
        f"+8613\\500 {BARRED}",
        f"+8613\x01500 {BARRED}",
    ],
)
def test_a_quotation_mark_among_the_numbers_hides_nobody_who_asked(
    book: Book, numbers: str
) -> None:
    make_list(
        book, [("王志刚", "云岭", "", "+8613800138000", ""), ("李娜", "云帆", "", BARRED, "")]
    )
    wang, li = (row[0] for row in book.con.execute("SELECT id FROM person ORDER BY id"))
    with book.change(msg("Damaged")):
        book.con.execute("UPDATE person SET phones=? WHERE id=?", (numbers, wang))
        book.con.execute(
            'INSERT INTO suppressed(kind, value, scope, since, "by", why)'
            " VALUES ('phone', ?, ?, '2026-11-23T01:00:00Z', 'operator', '')",
            (BARRED, CALL),
        )
    asked = {
        row[0]
        for row in book.con.execute(f"SELECT id FROM person p WHERE {suppressed.barred('p')}")
    }
    assert asked == {wang, li}
    assert suppressed.of_person(book.con, wang) is not None
    assert [bar.scope for bar in suppressed.bars(book.con, wang)] == [CALL]


def test_no_number_of_years_is_gone_through_for_somebody_with_several(book: Book) -> None:
    """From their few numbers to the rows, whatever SQLite takes for the smaller side."""
    plan = book.con.execute(
        f"EXPLAIN QUERY PLAN SELECT 1 FROM person p WHERE p.id=1 AND {suppressed.barred('p')}"
    )
    steps = [row["detail"] for row in plan]
    assert any(step.startswith("SCAN j") for step in steps)
    assert not [step for step in steps if step.endswith("(kind=?)")]
