"""Who came onto a list without a line in a file: in all that shows or writes a list."""

from __future__ import annotations

from opslog.exchange.writing.cells import Named
from opslog.services.book.book import Book
from opslog.services.book.contributions import Scope
from opslog.services.people import by_hand
from opslog.services.rosters import by_hand as on_lists
from opslog.services.screening import roster_card, rounds
from opslog.services.screening.export import roster_table
from tests.services.lists import make_list
from tests.services.screening.conftest import ROWS


def test_who_came_without_a_file_stands_among_the_rows(book: Book) -> None:
    made = make_list(book, ROWS[:2])
    added = on_lists.add(
        book, by_hand.given({"name": "周敏", "phone": "13700137001"}), event_id=made.event_id
    )
    assert added
    lines = rounds.lines(book, made.roster_id)
    assert lines.count() == 3
    ids = lines.ids(0, 5)
    assert lines.ids(1, 3) == ids[1:]
    assert [lines.position(one) for one in ids] == [0, 1, 2]
    assert [(row.name, row.result) for row in rounds.rows_of(book, ids)][-1] == ("周敏", "hand")
    shown = roster_card.get(book, made.roster_id).rows[-1]
    assert (shown.person and shown.person.name, shown.line, shown.state) == ("周敏", 0, "coming")
    round_id = rounds.open_round(book, made.roster_id).made
    assert shown.card_id is not None
    rounds.decide(book, round_id, shown.card_id, "keep")
    table = roster_table(book, Scope(made.event_id))
    heads = [column.key for column in table.columns]
    last = dict(zip(heads, [*table.rows][-1], strict=True))
    assert (last["person"], last["line"]) == ("周敏", None)
    assert last["verdict"] == Named("keep", "kept")
    assert last["result"] == Named("hand", "added by hand")
    [same] = roster_table(book, Scope(made.event_id, keys=[ids[-1]])).rows
    assert same[0] == "周敏"
