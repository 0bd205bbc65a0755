"""Rounds, their cards and the lists of lists, read back from the file."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opslog.domain.base.refusal import Refused
from opslog.services.book import history, own_kinds
from opslog.services.book.book import Book, open_book
from opslog.services.cards import cards
from opslog.services.people import card as person_card
from opslog.services.people import erasing
from opslog.services.rosters import rosters
from opslog.services.screening import card as screening_card
from opslog.services.screening import due as screening_due
from opslog.services.screening import rounds
from opslog.store.rosters import states as rosters_store
from tests.conftest import StandingClock
from tests.services.lists import Sheet, make_list
from tests.services.screening.conftest import ROWS


def refused(what: pytest.ExceptionInfo[Refused]) -> str:
    return what.value.message.english()


def lines_of_log(book: Book) -> list[str]:
    return [row["text"] for row in book.con.execute("SELECT text FROM log ORDER BY id")]


def finish(book: Book, round_id: int, verdict: str = "keep") -> None:
    for card_id in rounds.deck(book, round_id).waiting():
        rounds.decide(book, round_id, card_id, verdict, "other" if verdict == "drop" else "")


# -- rounds -------------------------------------------------------------------


def test_rounds_open_in_order(book: Book, sheet: Sheet) -> None:
    with pytest.raises(Refused) as out_of_turn:
        rounds.open_round(book, sheet.roster_id, 1)
    assert refused(out_of_turn) == "the next round of 上海沙龙 is tidy"

    tidy = rounds.open_round(book, sheet.roster_id)
    assert tidy.label.english() == "Opened tidy of 上海沙龙"
    with pytest.raises(Refused) as still_open:
        rounds.open_round(book, sheet.roster_id)
    assert refused(still_open) == "tidy of 上海沙龙 is still open; close it first"

    rounds.close_round(book, tidy.made, force=True)
    numbers = []
    for _ in range(4):
        number = rounds.open_round(book, sheet.roster_id).made
        numbers.append(number)
        rounds.close_round(book, number, force=True)
    assert [r.number for r in rounds.rounds_of(book, sheet.roster_id)] == [0, 1, 2, 3, 4]


def test_closing_refuses_while_rows_are_left(book: Book, sheet: Sheet, tidy: int) -> None:
    rounds.decide(book, tidy, sheet.cards[0], "keep")
    rounds.park(book, tidy, sheet.cards[1])
    with pytest.raises(Refused) as early:
        rounds.close_round(book, tidy)
    assert "4 rows of 上海沙龙 are still undecided" in refused(early)
    assert rounds.rounds_of(book, sheet.roster_id)[0].open
    assert lines_of_log(book) == []


def test_closing_writes_its_counts_into_the_log(book: Book, sheet: Sheet, tidy: int) -> None:
    rounds.decide(book, tidy, sheet.cards[0], "drop", "competitor")
    rounds.decide(book, tidy, sheet.cards[1], "drop", "competitor")
    rounds.decide(book, tidy, sheet.cards[2], "keep")
    rounds.decide(book, tidy, sheet.cards[3], "drop", "made_up")
    change = rounds.close_round(book, tidy, force=True)
    assert lines_of_log(book) == [
        "上海沙龙: tidy closed, 1 kept, 3 dropped (competitor 2, made up 1), 1 left undecided"
    ]
    row = book.con.execute("SELECT source, event_id FROM log").fetchone()
    assert (row["source"], row["event_id"]) == ("round", sheet.event_id)

    history.undo(book, change.id)
    assert lines_of_log(book) == []
    assert rounds.rounds_of(book, sheet.roster_id)[0].open


def test_what_was_left_goes_on_and_what_was_dropped_does_not(
    book: Book, sheet: Sheet, tidy: int
) -> None:
    rounds.decide(book, tidy, sheet.cards[0], "drop", "competitor")
    rounds.park(book, tidy, sheet.cards[1])
    rounds.close_round(book, tidy, force=True)
    first = rounds.open_round(book, sheet.roster_id).made
    assert rounds.deck(book, first).waiting() == sheet.cards[1:]


def test_the_first_screening_begins_with_people_on_wecom(
    book: Book, sheet: Sheet, tidy: int
) -> None:
    person_card.set_wecom(book, sheet.people[3], True)
    assert rounds.deck(book, tidy).waiting() == sheet.cards
    rounds.close_round(book, tidy, force=True)
    first = rounds.open_round(book, sheet.roster_id).made
    cards = sheet.cards
    assert rounds.deck(book, first).waiting() == [cards[3], *cards[:3], cards[4]]


def test_a_closed_round_takes_no_verdict_until_opened_again(
    book: Book, sheet: Sheet, tidy: int
) -> None:
    rounds.close_round(book, tidy, force=True)
    with pytest.raises(Refused) as closed:
        rounds.decide(book, tidy, sheet.cards[0], "keep")
    assert "open it again" in refused(closed)
    with pytest.raises(Refused):
        rounds.close_round(book, tidy, force=True)

    rounds.reopen(book, tidy)
    assert rounds.decide(book, tidy, sheet.cards[0], "keep")
    rounds.close_round(book, tidy, force=True)
    rounds.open_round(book, sheet.roster_id)
    with pytest.raises(Refused) as built_on:
        rounds.reopen(book, tidy)
    assert refused(built_on) == "tidy can't be opened again: screening 1 builds on it"


def test_a_list_with_nobody_left_opens_no_round(book: Book, sheet: Sheet, tidy: int) -> None:
    finish(book, tidy, "drop")
    rounds.close_round(book, tidy)
    with pytest.raises(Refused) as empty:
        rounds.open_round(book, sheet.roster_id)
    assert refused(empty) == "上海沙龙 has no row left for screening 1"


# -- the card -----------------------------------------------------------------


def test_a_card_shows_the_row_as_it_came_in(book: Book, sheet: Sheet, tidy: int) -> None:
    card = cards.screening_card(book, tidy, sheet.cards[0])
    (row,) = card.rows
    assert (row.file, row.line) == ("名单.csv", 2)
    assert dict(row.cells)["公司"] == "深蓝软件有限公司"
    assert card.person.name == "王志刚"
    assert card.events == ()
    assert card.company is not None
    assert (card.company.people, card.company.kept, card.company.dropped) == (2, 0, ())
    assert not card.marks


def test_a_card_tells_what_is_known(book: Book, sheet: Sheet, tidy: int) -> None:
    """Earlier events, calls and verdicts of the person; what became of the company's people."""
    earlier = make_list(
        book, ROWS[:2], event="九月直播", ends_ago=timedelta(days=60), people=sheet.people
    )
    before = rounds.open_round(book, earlier.roster_id).made
    rounds.decide(book, before, earlier.cards[0], "keep")
    rounds.decide(book, before, earlier.cards[1], "drop", "competitor")
    book.con.execute("UPDATE card SET attended=1 WHERE id=?", (earlier.cards[0],))
    book.con.execute(
        "INSERT INTO touch(card_id, person_id, purpose, lane, outcome, at)"
        " SELECT id, person_id, 'callback-1', 'phone', 'interested', '2026-09-25T02:00:00Z'"
        " FROM card WHERE id=?",
        (earlier.cards[0],),
    )
    person_card.set_wecom(book, sheet.people[0], True)

    card = cards.screening_card(book, tidy, sheet.cards[0])
    (event,) = card.events
    assert (event.event, event.attended) == ("九月直播", True)
    assert event.verdict is not None
    assert event.verdict.verdict == "keep"
    assert [a.outcome.english() for a in event.attempts] == ["interested"]
    assert (card.marks.added, card.marks.called, card.marks.active) == (True, True, True)
    assert card.company is not None
    assert (card.company.people, card.company.dropped) == (2, (("competitor", 1),))
    assert [(s.reason, s.rule) for s in card.suggestions] == [("competitor", "same company")]

    dropped_before = cards.screening_card(book, tidy, sheet.cards[1])
    assert [s.why.english() for s in dropped_before.suggestions] == [
        "dropped as competitor on 九月直播, 2026-11-23"
    ]


def test_the_later_of_two_namesakes_is_the_duplicate(book: Book) -> None:
    twice = make_list(
        book,
        [
            ("王芳", "深蓝软件", "", "+8613800138000", ""),
            ("王芳", "深蓝软件有限公司", "", "+8613800138009", ""),
        ],
    )
    tidy = rounds.open_round(book, twice.roster_id).made
    assert screening_card.suggestions(book, tidy, twice.cards[0]) == ()
    (suggestion,) = screening_card.suggestions(book, tidy, twice.cards[1])
    assert (suggestion.reason, suggestion.why.english()) == (
        "duplicate",
        "same name and company as line 2",
    )


def test_own_rules_count_from_the_next_card_on(book: Book, sheet: Sheet, tidy: int) -> None:
    assert [s.reason for s in screening_card.suggestions(book, tidy, sheet.cards[3])] == ["made_up"]
    assert screening_card.suggestions(book, tidy, sheet.cards[2]) == ()
    own = book.home / "rules.toml"
    assert "竞对" in own.read_text("utf-8")  # made with its comments when the round was opened
    own.write_text(
        '[[rule]]\nname = "colleagues"\nreason = "colleague"\ncompany = ["云帆"]\n'
        '[[rule]]\nname = "made-up name"\nuse = false\n',
        encoding="utf-8",
    )
    (found,) = screening_card.suggestions(book, tidy, sheet.cards[2])
    assert (found.reason, found.rule) == ("colleague", "colleagues")
    assert [s.rule for s in screening_card.suggestions(book, tidy, sheet.cards[3])] == [
        "made-up company"
    ]


def test_broken_rules_hide_no_card(book: Book, sheet: Sheet, tidy: int) -> None:
    (book.home / "rules.toml").write_text('[[rule]]\nname = "x"\nreason = "foe"', "utf-8")
    card = cards.screening_card(book, tidy, sheet.cards[0])
    assert card.person.name == "王志刚"
    assert card.fault is not None
    assert "line 3" in card.fault.english()


def test_rules_saved_in_another_encoding_are_named(book: Book) -> None:
    (book.home / "rules.toml").write_bytes("# x\n# 竞对".encode("gb18030"))
    own_kinds.rules(book)
    assert "line 2: not UTF-8" in str(book.faults["rules.toml"][0])


def test_the_own_rules_are_never_written_over(book: Book) -> None:
    path = book.home / "rules.toml"
    own_kinds.begin(book, own_kinds.RULES)
    assert path.is_file()
    path.write_text("# mine", encoding="utf-8")
    own_kinds.begin(book, own_kinds.RULES)
    assert path.read_text("utf-8") == "# mine"


# -- the lists ------------------------------------------------------------------


def test_the_overview_counts_the_newest_round(book: Book, sheet: Sheet, tidy: int) -> None:
    rounds.decide(book, tidy, sheet.cards[0], "drop", "competitor")
    rounds.decide(book, tidy, sheet.cards[1], "keep")
    rounds.park(book, tidy, sheet.cards[2])
    (state,) = rosters.listing(book)
    assert (state.cards, state.number, state.open) == (5, 0, True)
    assert (state.left, state.kept, state.dropped, state.parked) == (3, 1, 1, 1)
    rounds.close_round(book, tidy, force=True)
    rounds.open_round(book, sheet.roster_id)
    (state,) = rosters.listing(book)
    assert (state.number, state.left, state.kept, state.dropped) == (1, 4, 0, 0)
    assert (state.out, state.live) == (1, 4)


def test_the_overview_agrees_with_the_deck(book: Book, sheet: Sheet, tidy: int) -> None:
    """Also where a row of a later round was dropped in an earlier one afterwards."""
    rounds.decide(book, tidy, sheet.cards[0], "keep")
    rounds.close_round(book, tidy, force=True)
    first = rounds.open_round(book, sheet.roster_id).made
    rounds.decide(book, first, sheet.cards[0], "keep")
    book.con.execute(
        "INSERT INTO decision(round_id, card_id, verdict, reason, decided_by, at)"
        " VALUES (?, ?, 'drop', 'media', 'operator', '2026-11-23T01:00:00Z')",
        (tidy, sheet.cards[0]),
    )
    (state,) = rosters.listing(book)
    counts = rounds.counts(book, first)
    assert (state.left, state.kept) == (counts.left, counts.kept) == (4, 0)


def test_what_is_due(book: Book, clock: StandingClock, sheet: Sheet) -> None:
    (item,) = screening_due.due(book)
    assert (item.kind, item.ref, item.title, item.people) == (
        "roster",
        sheet.roster_id,
        "上海沙龙",
        5,
    )
    assert item.detail is not None
    assert item.detail.english() == "tidy can begin, 5 rows"

    tidy = rounds.open_round(book, sheet.roster_id).made
    rounds.decide(book, tidy, sheet.cards[0], "drop", "media")
    (item,) = screening_due.due(book)
    assert item.detail is not None
    assert item.detail.english() == "tidy open, 4 rows left"

    finish(book, tidy)
    rounds.close_round(book, tidy)
    (item,) = screening_due.due(book)
    assert item.due == clock.now() + timedelta(days=2)
    for _ in range(2):
        number = rounds.open_round(book, sheet.roster_id).made
        finish(book, number)
        rounds.close_round(book, number)
    assert screening_due.due(book) == []


def test_a_list_that_came_before_its_event_waits_for_it(book: Book, clock: StandingClock) -> None:
    make_list(book, ROWS, ends_ago=timedelta(days=-3))
    (item,) = screening_due.due(book)
    assert item.due == clock.now() + timedelta(days=3)


def test_a_cancelled_event_asks_for_nothing(book: Book, sheet: Sheet) -> None:
    book.con.execute("UPDATE event SET cancelled_at='2026-11-20T00:00:00Z'")
    assert screening_due.due(book) == []


def test_two_windows_agree(book: Book, sheet: Sheet, tidy: int, clock: StandingClock) -> None:
    """A round closed in one window takes no verdict from the other."""
    other = open_book(book.path, clock=clock, session="other")
    rounds.close_round(other, tidy, force=True)
    other.close()
    with pytest.raises(Refused, match="open it again"):
        rounds.decide(book, tidy, sheet.cards[0], "keep")


def test_who_was_erased_is_no_row_to_decide(book: Book, sheet: Sheet) -> None:
    (before,) = screening_due.due(book)
    erasing.erase(book, sheet.people[2], "张伟")
    (item,) = screening_due.due(book)
    assert (before.people, item.people) == (5, 4)
    tidy = rounds.open_round(book, sheet.roster_id).made
    assert sheet.cards[2] not in [line.card_id for line in rounds.deck(book, tidy).lines]
    rounds.decide(book, tidy, sheet.cards[0], "keep")
    for person, name in ((0, "王志刚"), (1, "李娜")):  # one was decided here, one was not
        erasing.erase(book, sheet.people[person], name)
    deck = rounds.deck(book, tidy)
    (state,) = rosters_store.states(book.con)
    assert (state.left, state.kept) == (2, 1) == (len(deck.waiting()), deck.counts().kept)
    finish(book, tidy)
    rounds.close_round(book, tidy)
    (item,) = screening_due.due(book)
    first = rounds.open_round(book, sheet.roster_id).made
    assert item.people == len(rounds.deck(book, first).waiting()) == 2
