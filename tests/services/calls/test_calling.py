"""Calling, against a database: who is in the queue, and what is due."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import pytest

from opslog.domain.base.clock import instant_text
from opslog.domain.base.refusal import Refused
from opslog.services.book.book import Book
from opslog.services.calls import call_card, calling
from opslog.services.calls.queue import due as call_due
from opslog.services.calls.queue import queue as call_queue
from opslog.services.people import card as person_card
from tests.conftest import StandingClock
from tests.services.lists import Sheet, make_list

PEOPLE = (
    ("王志刚", "万科企业", "总经理", "+8613800138000", ""),
    ("李娜", "万科企业", "经理", "+8613800138001", ""),
    ("张伟", "华为技术", "工程师", "+8613800138002", ""),
    ("陈静", "比亚迪", "", "+8613800138003", ""),
)
TOMORROW = -timedelta(hours=31)  # a salon that ends at 16:00 tomorrow, and starts at 14:00


def salon_tomorrow(book: Book) -> Sheet:
    return make_list(book, PEOPLE, ends_ago=TOMORROW)


def salon_last_week(book: Book, *closed: int) -> Sheet:
    made = make_list(book, PEOPLE, event="北京大会", ends_ago=timedelta(days=3))
    close(book, made, *closed)
    return made


def close(book: Book, made: Sheet, *numbers: int) -> None:
    for number in numbers:
        book.con.execute(
            "INSERT INTO round(roster_id, number, opened_at, closed_at) VALUES (?,?,?,?)",
            (made.roster_id, number, instant_text(book.now()), instant_text(book.now())),
        )


def decide(book: Book, made: Sheet, card: int, *verdicts: str, number: int = 0) -> None:
    round_id = book.con.execute(
        "SELECT id FROM round WHERE roster_id=? AND number=?", (made.roster_id, number)
    ).fetchone()[0]
    for verdict in verdicts:
        book.con.execute(
            "INSERT INTO decision(round_id, card_id, verdict, reason, at) VALUES (?,?,?,?,?)",
            (
                *(round_id, made.cards[card], verdict),
                *("competitor" if verdict == "drop" else "", instant_text(book.now())),
            ),
        )


def names(book: Book, purpose: str | None = None, **options: bool | None) -> list[str]:
    return [line.person for line in call_queue.queue(book, purpose, **options)]


def remind(book: Book, made: Sheet, card: int, outcome: str, **more: object) -> None:
    calling.record(book, made.cards[card], "reminder", outcome, lane="phone", **more)  # type: ignore[arg-type]  # passed through


# Who is in the queue ----------------------------------------------------------------------------


def test_everybody_of_a_salon_tomorrow_is_called_ranked_with_reasons(book: Book) -> None:
    salon_tomorrow(book)
    lines = call_queue.queue(book)
    assert [line.person for line in lines] == ["王志刚", "李娜", "张伟", "陈静"]
    assert [line.rank for line in lines] == [1, 2, 3, 4]
    assert {(line.purpose, line.slot, line.lane) for line in lines} == {
        ("reminder", "day_before", "phone")
    }
    assert "总经理 +8" in str(lines[0].why)


def test_online_cancelled_withdrawn_dropped_and_do_not_call_are_left_out(book: Book) -> None:
    made = salon_tomorrow(book)
    close(book, made, 0)
    decide(book, made, 0, "keep", "drop")
    decide(book, made, 1, "drop", "undecided")  # brought back: the newest entry holds
    book.con.execute("UPDATE card SET state='withdrawn' WHERE id=?", (made.cards[2],))
    assert names(book) == ["李娜", "陈静"]
    person_card.set_barred(book, made.people[1], True)
    assert names(book) == ["陈静"]
    book.con.execute("UPDATE event SET kind='webinar'")
    assert names(book) == []
    book.con.execute("UPDATE event SET kind='conference'")
    assert names(book) == ["陈静"]
    book.con.execute("UPDATE event SET cancelled_at='2026-11-23T00:00:00Z'")
    assert names(book) == []


def test_an_event_later_in_the_week_shows_only_when_asked_for(book: Book) -> None:
    make_list(book, PEOPLE, ends_ago=-timedelta(days=3))
    assert names(book) == []
    later = call_queue.queue(book, "reminder")
    assert len(later) == 4
    assert not any(line.ready for line in later)
    assert str(later[0].why).startswith("not before Wed 11-25 09:00")


def test_no_answer_waits_and_comes_back(book: Book, clock: StandingClock) -> None:
    made = salon_tomorrow(book)
    remind(book, made, 0, "no_answer")
    last = call_queue.queue(book)[-1]
    assert (last.person, last.ready, last.attempts) == ("王志刚", False, 1)
    assert last.due == book.now() + timedelta(hours=2)
    clock.move_to(book.now() + timedelta(hours=2))
    assert names(book)[0] == "王志刚"


def test_not_coming_is_not_called_again_on_the_day_but_coming_is(
    book: Book, clock: StandingClock
) -> None:
    made = salon_tomorrow(book)
    remind(book, made, 0, "not_coming", reason="travel")
    remind(book, made, 1, "coming")
    remind(book, made, 2, "wrong_number")
    assert names(book) == ["陈静"]
    clock.move_to(clock.now() + timedelta(days=1))
    assert names(book) == ["李娜", "陈静"]
    clock.move_to(clock.now() + timedelta(hours=5))  # it starts
    assert names(book) == []


def test_tidying_opens_call_back_1_and_round_2_call_back_2_in_two_lanes(book: Book) -> None:
    made = salon_last_week(book)
    assert names(book) == []
    close(book, made, 0)
    assert {line.purpose for line in call_queue.queue(book)} == {"callback-1"}
    close(book, made, 1, 2)
    person_card.set_wecom(book, made.people[1], True)
    lanes = {line.person: (line.purpose, line.lane) for line in call_queue.queue(book)}
    assert lanes["李娜"] == ("callback-2", "wecom")
    assert lanes["王志刚"] == ("callback-2", "phone")
    assert names(book, "callback-1") == []


def test_call_backs_by_company_size_title_and_recent_contact(
    book: Book, clock: StandingClock
) -> None:
    made = salon_last_week(book, 0)
    for card, outcome in ((2, "answered"), (3, "no_answer")):
        calling.record(book, made.cards[card], "callback-1", outcome, lane="phone")
    close(book, made, 1, 2)
    clock.move_to(clock.now() + timedelta(days=1))
    lines = {line.person: line for line in call_queue.queue(book)}
    assert list(lines) == ["王志刚", "张伟", "李娜", "陈静"]
    assert "1 more at the company" in str(lines["李娜"].why)
    assert "in touch 1 day ago +4" in str(lines["张伟"].why)
    assert "last time: answered +1" in str(lines["张伟"].why)


def test_missed_ones_get_other_words_after_the_first_screening(
    book: Book, clock: StandingClock
) -> None:
    made = salon_last_week(book, 0)
    for _day in range(2):
        calling.record(book, made.cards[0], "callback-1", "no_answer", lane="phone")
        clock.move_to(clock.now() + timedelta(days=1))
    assert "王志刚" not in names(book, "callback-1")
    first = call_card.card(book, made.cards[1], "callback-1").talk
    close(book, made, 1)
    line = next(line for line in call_queue.queue(book) if line.person == "王志刚")
    assert (line.ready, line.again) == (True, True)
    again = call_card.card(book, made.cards[0], "callback-1").talk
    assert again.say.replace("王志刚", "李娜") != first.say
    assert "I tried to reach you" in again.say


def test_a_later_round_may_keep_what_an_earlier_one_dropped(book: Book) -> None:
    made = salon_last_week(book, 0, 1)
    decide(book, made, 0, "drop")
    assert "王志刚" not in names(book)
    decide(book, made, 0, "keep", number=1)
    assert "王志刚" in names(book)
    decide(book, made, 0, "undecided", number=1)  # then the earlier one holds again
    assert "王志刚" not in names(book)


def test_a_call_back_is_tried_again_on_a_working_day(book: Book, clock: StandingClock) -> None:
    made = salon_last_week(book, 0)
    clock.move_to(clock.now() + timedelta(days=4))  # a Friday
    calling.record(book, made.cards[0], "callback-1", "no_answer", lane="phone")
    touch = book.con.execute("SELECT next_at FROM touch").fetchone()
    assert touch["next_at"] == "2026-11-30T01:00:00Z"  # Monday, 09:00


def test_one_line_alone_is_the_line_of_the_queue(book: Book) -> None:
    made = salon_tomorrow(book)
    for line in call_queue.queue(book):
        alone = call_queue.line(book, line.person_id, "reminder")
        assert alone is not None
        assert (alone.why, alone.score, alone.due) == (line.why, line.score, line.due)
    remind(book, made, 0, "coming")
    assert call_queue.line(book, made.people[0], "reminder") is None
    assert call_queue.line(book, 999, "reminder") is None


def test_a_wrong_purpose_is_refused(book: Book) -> None:
    with pytest.raises(Refused, match="no purpose of a call"):
        call_queue.queue(book, "callback")


# What is due ------------------------------------------------------------------------------------


def test_one_reminder_item_an_event_and_day(book: Book, clock: StandingClock) -> None:
    made = salon_tomorrow(book)
    remind(book, made, 0, "not_coming")
    items = [(str(item.detail), item.people, item.due) for item in call_due.due(book)]
    assert items == [
        ("reminder calls the day before", 3, at(book, 0, 9)),
        ("reminder calls on the day", 3, at(book, 1, 8, 30)),
    ]
    for card in (1, 2, 3):
        remind(book, made, card, "coming")
    assert [(item.people, str(item.detail)) for item in call_due.due(book)] == [
        (3, "reminder calls on the day")
    ]
    clock.move_to(at(book, 1, 14))
    assert call_due.due(book) == []


def at(book: Book, days: int, hour: int, minute: int = 0) -> datetime:
    day = book.clock.local() + timedelta(days=days)
    return day.replace(hour=hour, minute=minute)


# Files of one's own -----------------------------------------------------------------------------


def test_ones_own_talk_tracks_stand_in_and_broken_ones_are_named(book: Book) -> None:
    made = salon_tomorrow(book)
    folder = book.home / "playbooks"
    folder.mkdir()
    file = folder / "talk_tracks.toml"
    file.write_text(
        '[[track]]\npurpose = "reminder"\nsay_en = "Hi {person}"\nsay_zh = "喂"\n', encoding="utf-8"
    )
    assert call_card.card(book, made.cards[0], "reminder").talk.say == "Hi 王志刚"
    file.write_text('[[track]]\npurpose = "remind"\nsay_en = "x"\nsay_zh = "x"\n', encoding="utf-8")
    assert call_card.card(book, made.cards[0], "reminder").talk.say == "Hi 王志刚"
    (fault, meanwhile) = book.faults["playbooks/talk_tracks.toml"]
    assert f"{file}, line 2: “purpose” must be" in str(fault)
    assert "meanwhile what it said before holds" in str(meanwhile)


def test_broken_outcomes_stop_nothing(book: Book) -> None:
    salon_tomorrow(book)
    (book.home / "playbooks").mkdir()
    (book.home / "playbooks" / "outcomes.toml").write_text("[parts\n", encoding="utf-8")
    assert call_queue.queue(book) is not None
    assert "outcomes.toml, line 1" in str(book.faults["playbooks/outcomes.toml"][0])
    assert len(call_due.due(book)) == 2


def test_who_was_reached_is_not_told_that_they_were_not(book: Book, clock: StandingClock) -> None:
    made = salon_tomorrow(book)
    card_id = made.cards[0]

    def says(lane: str = "phone") -> str:
        return call_card.card(book, card_id, "reminder", lane).talk.say

    record = partial(calling.record, book, card_id, "reminder")
    record("no_answer", lane="phone")
    clock.move_to(clock.instant + timedelta(minutes=1))
    assert "could not reach you" in says()
    record("call_back", lane="phone", when=book.now() + timedelta(hours=1))
    assert "could not reach you" not in says()
    clock.move_to(clock.instant + timedelta(hours=1))
    record("sent", lane="wecom")
    assert "could not reach you" not in says(), "nobody was dialled"
    assert "about your seat" in says("wecom")
