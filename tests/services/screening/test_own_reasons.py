"""A reason of one's own, made while screening."""

from __future__ import annotations

import pytest

from opslog.domain.base.refusal import Refused
from opslog.services.book import history, own_kinds
from opslog.services.book.book import Book
from opslog.services.screening import own_reasons, rounds
from tests.services.lists import make_list


def test_it_stands_in_the_file_of_reasons_and_goes_with_undo(book: Book) -> None:
    code = own_reasons.add(book, '国企 "暂缓"')
    assert str(own_kinds.reasons(book).title(code)) == '国企 "暂缓"'
    assert "[[reason]]" in (book.home / "reasons.toml").read_text(encoding="utf-8")
    assert own_reasons.add(book, "frozen") != code
    history.undo(book)
    history.undo(book)
    assert code not in own_kinds.reasons(book)


@pytest.mark.parametrize("title", ["a\x7fb", "a\x1bb", "a\\b", "国企\u2028暂缓", "🙂"])
def test_any_words_can_be_read_again(book: Book, title: str) -> None:
    code = own_reasons.add(book, title)
    assert own_reasons.add(book, title) == code
    assert not book.faults


def test_the_code_of_one_that_is_gone_is_not_given_again(book: Book) -> None:
    """Or whoever was dropped for the first would now be dropped for the second."""
    sheet = make_list(book, [("王伟", "", "", "+8613800138000", "")])
    round_id = rounds.open_round(book, sheet.roster_id).made
    code = own_reasons.add(book, "frozen")
    rounds.decide(book, round_id, rounds.deck(book, round_id).waiting()[0], "drop", code)
    (book.home / "reasons.toml").unlink()
    assert own_reasons.add(book, "too small") != code


def test_one_that_is_known_is_taken(book: Book) -> None:
    assert own_reasons.add(book, "竞对") == own_reasons.add(book, "Competitor") == "competitor"
    assert history.count(book) == 0


def test_a_broken_file_is_not_written_over(book: Book) -> None:
    (book.home / "reasons.toml").write_text("[[reason]\n", encoding="utf-8")
    with pytest.raises(Refused):
        own_reasons.add(book, "frozen")
    assert (book.home / "reasons.toml").read_text(encoding="utf-8") == "[[reason]\n"
