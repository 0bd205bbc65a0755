"""Calling, against a database: who is in the queue, what an outcome leaves behind."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import pytest

from opslog import locale
from opslog.domain.base.clock import instant_text
from opslog.domain.base.refusal import Refused
from opslog.locale import msg
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.calls import call_card, calling
from opslog.services.calls.attendance import guests
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


# Recording --------------------------------------------------------------------------------------


def test_a_call_is_one_change_with_its_line_in_the_log(book: Book) -> None:
    made = salon_tomorrow(book)
    before = dump(book)
    change = calling.record(
        book,
        made.cards[0],
        "reminder",
        "not_coming",
        lane="phone",
        reason="travel",
        note="换李总来",
        minutes=4,
    )
    assert str(change.label) == "Called 王志刚: not coming (travelling), to be passed on"
    log = book.con.execute("SELECT * FROM log").fetchone()
    assert log["text"] == f"{change.label} · 换李总来"
    assert (log["source"], log["minutes"], log["event_id"]) == ("call", 4, made.event_id)
    assert book.con.execute("SELECT person_id FROM log_person").fetchone()[0] == made.people[0]
    touch = book.con.execute("SELECT * FROM touch").fetchone()
    assert (touch["reason"], touch["note"], touch["next_at"]) == ("travel", "换李总来", None)
    history.undo(book)
    assert dump(book) == before
    history.redo(book)
    assert book.con.execute("SELECT outcome FROM touch").fetchone()[0] == "not_coming"


def dump(book: Book) -> list[str]:
    return [
        repr(tuple(row))
        for table in ("touch", "log", "log_person", "person", "card")
        for row in book.con.execute(f"SELECT * FROM {table} ORDER BY id")
    ]


def test_the_label_speaks_chinese_later_too(book: Book) -> None:
    made = salon_tomorrow(book)
    remind(book, made, 0, "not_coming", reason="在开会 [/red]")
    label = history.changes(book)[0].label
    locale.set_language("zh_CN")
    assert str(label) == "致电王志刚：不来（在开会 [/red]），待转同事"


def test_do_not_call_marks_the_person_everywhere(book: Book) -> None:
    made = salon_tomorrow(book)
    remind(book, made, 0, "do_not_call")
    other = make_list(book, PEOPLE[:1], event="另一场", ends_ago=TOMORROW, people=made.people[:1])
    assert other.people == made.people[:1]
    assert "王志刚" not in names(book)
    with pytest.raises(Refused, match="asked not to be called"):
        remind(book, made, 0, "coming")
    history.undo(book)
    assert names(book).count("王志刚") == 1


def test_do_not_write_counts_as_do_not_call(book: Book) -> None:
    made = salon_last_week(book, 0)
    calling.record(book, made.cards[0], "callback-1", "do_not_write", lane="wecom")
    assert person_card.get(book, made.people[0]).do_not_call
    assert book.con.execute("SELECT text FROM log").fetchone()[0] == (
        "Wrote to 王志刚: do not write"
    )


def test_a_promise_is_first_when_due_and_on_today(book: Book, clock: StandingClock) -> None:
    made = salon_tomorrow(book)
    when = book.now() + timedelta(hours=3)
    remind(book, made, 2, "call_back", when=when)
    promise = next(item for item in call_due.due(book) if item.kind == "promise")
    assert (promise.ref, promise.due, promise.timed) == (made.cards[2], when, True)
    assert (promise.person, promise.event) == ("张伟", "上海沙龙")
    assert book.con.execute("SELECT text FROM log").fetchone()[0] == (
        "Called 张伟: call back (12:00)"
    )
    clock.move_to(when)
    first = call_queue.queue(book)[0]
    assert (first.person, first.promised, first.ready) == ("张伟", True, True)
    remind(book, made, 2, "coming")
    assert not [item for item in call_due.due(book) if item.kind == "promise"]


def test_a_promise_may_be_moved_and_not_into_the_past(book: Book) -> None:
    made = salon_tomorrow(book)
    with pytest.raises(Refused, match="No call is promised"):
        calling.move_promise(book, made.cards[0], book.now() + timedelta(hours=1))
    remind(book, made, 0, "call_back", when=book.now() + timedelta(hours=3))
    calling.move_promise(book, made.cards[0], book.now() + timedelta(hours=4))
    assert call_due.due(book)[-1].due == book.now() + timedelta(hours=4)
    with pytest.raises(Refused, match="08:00 is past"):
        calling.move_promise(book, made.cards[0], book.now() - timedelta(hours=1))


def test_call_back_without_a_time_waits_as_the_rule_says(book: Book) -> None:
    made = salon_tomorrow(book)
    remind(book, made, 0, "call_back")
    touch = book.con.execute("SELECT next_at, promised FROM touch").fetchone()
    # two hours from 09:00 in the morning
    assert (touch["next_at"], touch["promised"]) == ("2026-11-23T03:00:00Z", 0)


@pytest.mark.parametrize(
    ("outcome", "lane", "hours", "said"),
    [
        ("answered", "phone", None, "“answered” is no outcome of reminder by phone; known: com"),
        ("coming", "fax", None, "“fax” is no lane"),
        ("coming", "phone", 2, "“coming” closes the call"),
        ("call_back", "phone", -1, "08:00 is past"),
        ("call_back", "phone", 40, "starts Tue 11-24 14:00; promise a time before that"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_written(
    book: Book, outcome: str, lane: str, hours: int | None, said: str
) -> None:
    made = salon_tomorrow(book)
    when = None if hours is None else book.now() + timedelta(hours=hours)
    with pytest.raises(Refused, match=said):
        calling.record(book, made.cards[0], "reminder", outcome, lane=lane, when=when)
    assert book.con.execute("SELECT count(*) FROM touch").fetchone()[0] == 0
    assert history.changes(book) == []


def test_a_card_that_is_gone(book: Book) -> None:
    with pytest.raises(Refused, match="Card 7 is no longer on any list"):
        calling.record(book, 7, "reminder", "coming", lane="phone")
    with pytest.raises(Refused, match="Card 7"):
        call_card.card(book, 7, "reminder")
    with pytest.raises(Refused, match="Card 7"):
        guests.mark_attended(book, 7, True)


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


# Forecast, attendance, pass-on -------------------------------------------------------------------


def test_forecast_from_the_newest_outcomes(book: Book, clock: StandingClock) -> None:
    made = salon_tomorrow(book)
    remind(book, made, 0, "coming")
    remind(book, made, 1, "unsure")
    book.con.execute("UPDATE card SET state='withdrawn' WHERE id=?", (made.cards[3],))
    found = guests.forecast(book, made.event_id)
    assert str(found.arithmetic) == "1.6 = 1 coming × 0.8 + 1 unsure × 0.4 + 1 not called × 0.4"
    clock.move_to(clock.now() + timedelta(days=1))
    remind(book, made, 1, "coming")
    assert str(guests.forecast(book, made.event_id).arithmetic).startswith("2 = 2 coming × 0.8")


def test_whom_they_bring_along_is_expected_too(book: Book) -> None:
    made = salon_tomorrow(book)
    remind(book, made, 0, "coming")
    book.con.execute("UPDATE card SET guests=2 WHERE id=?", (made.cards[0],))
    assert str(guests.forecast(book, made.event_id).arithmetic).startswith(
        "3.6 = 3 coming × 0.8 + 3 not called × 0.4"
    )
    assert guests.guests(book, made.event_id)[0].brings == 2
    assert call_card.card(book, made.cards[0], "reminder").guests == 2


def test_show_up_and_marks(book: Book) -> None:
    made = salon_tomorrow(book)
    remind(book, made, 0, "coming")
    remind(book, made, 1, "colleague_comes")
    assert [guest.person for guest in guests.guests(book, made.event_id)][:2] == [
        "王志刚",
        "李娜",
    ]
    guests.mark_attended(book, made.cards[0], True)
    guests.mark_attended(book, made.cards[1], False)
    guests.mark_attended(book, made.cards[2], True)
    rate = guests.show_up(book, made.event_id)
    assert (rate.signed_up, rate.confirmed, rate.attended, rate.unmarked) == (4, 2, 2, 1)
    assert (rate.of_confirmed, rate.of_signed_up) == (0.5, 0.5)
    assert rate.confirmed_and_attended == 1
    history.undo(book)
    assert guests.show_up(book, made.event_id).attended == 1


def test_marking_many_is_one_change_and_one_line(book: Book) -> None:
    made = salon_tomorrow(book)
    change = guests.mark_many_attended(book, made.event_id, made.cards, True)
    assert str(change.label) == "上海沙龙: 4 people came"
    assert [row["text"] for row in book.con.execute("SELECT text FROM log")] == [
        "上海沙龙: 4 people came"
    ]
    assert guests.show_up(book, made.event_id).attended == 4
    same = guests.mark_many_attended(book, made.event_id, made.cards, True)
    assert not same
    history.undo(book)
    assert guests.show_up(book, made.event_id).unmarked == 4


def test_declined_and_handed_over_are_passed_on(book: Book) -> None:
    made = salon_tomorrow(book)
    remind(book, made, 0, "not_coming", reason="time", note="想要资料")
    other = salon_last_week(book, 0)
    calling.record(book, other.cards[2], "callback-1", "hand_over", lane="phone")
    found = guests.pass_on(book)
    assert [(p.person, str(p.outcome), str(p.reason), p.note) for p in found] == [
        ("张伟", "hand over", "", ""),
        ("王志刚", "not coming", "time does not suit", "想要资料"),
    ]
    assert [p.person for p in guests.pass_on(book, made.event_id)] == ["王志刚"]
    remind(book, made, 0, "coming")  # changed their mind
    assert guests.pass_on(book, made.event_id) == []


def test_who_was_there_before_is_marked(book: Book) -> None:
    old = salon_last_week(book, 0)
    calling.record(book, old.cards[0], "callback-1", "interested", lane="phone")
    guests.mark_attended(book, old.cards[0], True)
    person_card.set_wecom(book, old.people[1], True)
    new = make_list(book, PEOPLE, ends_ago=TOMORROW, people=old.people[:2])
    found = call_card.earlier(book, new.roster_id)
    assert set(found) == set(old.people[:2])
    card = call_card.card(book, new.cards[0], "reminder")
    assert [
        str(mark) for mark in card.earlier.marks(msg("{day}", day=book.today().isoformat()))
    ] == [
        "called before: 2026-11-23 北京大会, interested",
        "came to 1 earlier",
    ]
    assert found[old.people[1]].wecom


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


@pytest.mark.parametrize("state", ["waiting", "withdrawn"])
def test_who_has_no_place_is_neither_reminded_nor_counted(book: Book, state: str) -> None:
    made = salon_tomorrow(book)
    remind(book, made, 0, "call_back", when=book.now() + timedelta(hours=1))
    for card in made.cards[:2]:
        book.con.execute("UPDATE card SET state=? WHERE id=?", (state, card))
    book.con.execute("UPDATE card SET state='unknown' WHERE id=?", (made.cards[2],))
    assert names(book) == ["张伟", "陈静"]
    due = call_due.due(book)
    assert {(one.kind, one.people) for one in due} == {("reminder", 2)}
    assert str(guests.forecast(book, made.event_id).arithmetic).endswith("2 not called × 0.4")


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
