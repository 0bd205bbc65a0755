"""Verdicts, read back from the file."""

from __future__ import annotations

import sqlite3

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.screening.rounds import Verdict
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.screening import rounds
from tests.services.lists import Sheet, make_list
from tests.services.screening.conftest import ROWS


def test_a_verdict_is_one_named_change(book: Book, sheet: Sheet, tidy: int) -> None:
    dropped = rounds.decide(book, tidy, sheet.cards[0], "drop", "competitor")
    kept = rounds.decide(book, tidy, sheet.cards[2], "keep")
    assert [dropped.label.english(), kept.label.english()] == [
        "Dropped 王志刚: competitor",
        "Kept 张伟",
    ]
    assert dropped.label.render("zh_CN") == "已剔除王志刚：竞对"
    assert list(dropped.touched) == ["decision"]
    history.undo(book)
    assert rounds.deck(book, tidy).of(sheet.cards[2]) == Verdict("undecided")


def test_a_verdict_is_durable_when_the_verb_returns(book: Book, sheet: Sheet, tidy: int) -> None:
    """A second connection sees it, so that a killed terminal loses nothing."""
    rounds.decide(book, tidy, sheet.cards[0], "drop", "partner")
    other = sqlite3.connect(book.path)
    assert other.execute(
        "SELECT card_id, verdict, reason, decided_by FROM decision"
    ).fetchall() == [(sheet.cards[0], "drop", "partner", "operator")]
    other.close()


def test_the_ledger_keeps_every_entry(book: Book, sheet: Sheet, tidy: int) -> None:
    card = sheet.cards[0]
    rounds.decide(book, tidy, card, "keep")
    rounds.decide(book, tidy, card, "drop", "declined", by="asked not to be called")
    rounds.undecide(book, tidy, card)
    entries = [e.decision for e in rounds.decisions(book, sheet.roster_id)]
    assert [(e.verdict, e.reason, e.by) for e in entries] == [
        ("undecided", "", "operator"),
        ("drop", "declined", "asked not to be called"),
        ("keep", "", "operator"),
    ]
    assert rounds.deck(book, tidy).of(card) == Verdict("undecided")


def test_what_holds_already_is_not_entered_twice(book: Book, sheet: Sheet, tidy: int) -> None:
    assert not rounds.undecide(book, tidy, sheet.cards[0])
    rounds.decide(book, tidy, sheet.cards[0], "keep")
    assert not rounds.decide(book, tidy, sheet.cards[0], "keep")
    assert len(rounds.decisions(book, sheet.roster_id)) == 1


def test_what_cannot_be_decided_is_refused(book: Book, sheet: Sheet, tidy: int) -> None:
    with pytest.raises(Refused, match="for a reason"):
        rounds.decide(book, tidy, sheet.cards[0], "drop")
    with pytest.raises(Refused, match="no longer on the list"):
        rounds.decide(book, tidy, 999, "keep")
    other = make_list(book, ROWS[:1], event="北京沙龙")
    with pytest.raises(Refused, match="no longer on the list"):
        rounds.decide(book, tidy, other.cards[0], "keep")
    rounds.decide(book, tidy, sheet.cards[0], "drop", "media")
    rounds.close_round(book, tidy, force=True)
    first = rounds.open_round(book, sheet.roster_id).made
    with pytest.raises(Refused, match="dropped in an earlier round"):
        rounds.decide(book, first, sheet.cards[0], "keep")
    with pytest.raises(ValueError, match="perhaps"):
        rounds.decide(book, first, sheet.cards[1], "perhaps")


def test_a_whole_company_at_once(book: Book, sheet: Sheet, tidy: int) -> None:
    with pytest.raises(Refused, match="decide 王志刚 first"):
        rounds.decide_company(book, tidy, sheet.cards[0])
    rounds.decide(book, tidy, sheet.cards[0], "drop", "competitor")
    change = rounds.decide_company(book, tidy, sheet.cards[0])
    assert change.label.english() == "Dropped 2 more of 深蓝软件有限公司: competitor"
    assert len(change.touched["decision"]) == 2
    deck = rounds.deck(book, tidy)
    assert [deck.of(card).verdict for card in sheet.cards] == [
        "drop",
        "drop",
        "undecided",
        "undecided",
        "drop",
    ]
    with pytest.raises(Refused, match="nobody else of 深蓝软件有限公司"):
        rounds.decide_company(book, tidy, sheet.cards[0])
    history.undo(book)
    assert rounds.deck(book, tidy).waiting() == sheet.cards[1:]


def test_a_company_leaves_decided_and_parked_rows_alone(
    book: Book, sheet: Sheet, tidy: int
) -> None:
    rounds.decide(book, tidy, sheet.cards[1], "keep")
    rounds.park(book, tidy, sheet.cards[4])
    rounds.decide(book, tidy, sheet.cards[0], "drop", "competitor")
    with pytest.raises(Refused):
        rounds.decide_company(book, tidy, sheet.cards[0])
    deck = rounds.deck(book, tidy)
    assert (deck.of(sheet.cards[1]).verdict, deck.of(sheet.cards[4]).verdict) == ("keep", "park")
