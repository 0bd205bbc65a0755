"""A reason of one's own, made while screening."""

from __future__ import annotations

import pytest

from opslog.domain.base.refusal import Refused
from opslog.services.book import history, own_kinds
from opslog.services.book.book import Book
from opslog.services.screening import own_reasons


def test_it_stands_in_the_file_of_reasons_and_goes_with_undo(book: Book) -> None:
    code = own_reasons.add(book, '国企 "暂缓"')
    assert str(own_kinds.reasons(book).title(code)) == '国企 "暂缓"'
    assert "[[reason]]" in (book.home / "reasons.toml").read_text(encoding="utf-8")
    assert own_reasons.add(book, "frozen") != code
    history.undo(book)
    history.undo(book)
    assert code not in own_kinds.reasons(book)


def test_one_that_is_known_is_taken(book: Book) -> None:
    assert own_reasons.add(book, "竞对") == own_reasons.add(book, "Competitor") == "competitor"
    assert history.count(book) == 0


def test_a_broken_file_is_not_written_over(book: Book) -> None:
    (book.home / "reasons.toml").write_text("[[reason]\n", encoding="utf-8")
    with pytest.raises(Refused):
        own_reasons.add(book, "frozen")
    assert (book.home / "reasons.toml").read_text(encoding="utf-8") == "[[reason]\n"
