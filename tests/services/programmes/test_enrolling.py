"""Who enters a programme and who leaves it, by what happened to them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from opslog.domain.base.own_files.toml_lines import Faulty
from opslog.domain.base.refusal import Refused
from opslog.domain.leads.leads import RETURNED, WON
from opslog.domain.programmes.programmes_file import ENTRIES
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.calls import off_list
from opslog.services.calls.call_files import books
from opslog.services.calls.contact_limits import Budget
from opslog.services.cards import cards, tracing
from opslog.services.leads import leads
from opslog.services.people import card, erasing
from opslog.services.programmes import enrolling, missed, people_in, programmes, queue, sending
from opslog.services.programmes import held as holding
from opslog.services.screening import rounds
from opslog.services.today import agenda
from opslog.services.twins import twins
from opslog.store.programmes import entering as store
from tests.conftest import MONDAY, StandingClock, domain_rows
from tests.services.programmes.programme import PROGRAMME, begin, due, held, people
from tests.services.programmes.test_sending import days_on

RULES = PROGRAMME.replace("[[step]]", '[[enter]]\ncame = "salon"\nafter = 1\n\n[[step]]', 1)


def call(book: Book, person: int) -> None:
    off_list.log(book, person, "answered", lane="phone")


def hand(book: Book, person: int) -> None:
    leads.keep(book, person, {}, "李销售")


def bar(book: Book, person: int) -> None:
    card.set_barred(book, person, True, ("write",))


def erase(book: Book, person: int) -> None:
    erasing.erase(book, person, erasing.word_for(erasing.get(book, person)))


@pytest.mark.parametrize("few", [0, 1_000])
@pytest.mark.parametrize(
    ("what", "said"),
    [
        (call, {"they answered": 1}),
        (hand, {"with sales": 1, "their company is in talks with sales": 1}),
        (bar, {"not to be written to": 1}),
        (erase, {}),
    ],
)
def test_what_happens_elsewhere_takes_somebody_out_and_undo_brings_them_back(
    book: Book,
    clock: StandingClock,
    monkeypatch: pytest.MonkeyPatch,
    what: Callable[[Book, int], None],
    said: dict[str, int],
    few: int,
) -> None:
    """Found from the people of a short day, from what happened of a long one."""
    monkeypatch.setattr(holding, "_FEW_DUE", few)
    ids = begin(book)
    days_on(book, clock, 1)
    what(book, 1)
    assert held(book) == said
    assert "王志刚" not in [who for _slot, _step, who in due(book)]
    with pytest.raises(Refused):
        sending.sent(book, ids[:1])
    if what is erase:
        listed = next(one for one in programmes.programmes(book) if one.code == "trial")
        assert (listed.active, listed.left) == (2, 1)
    else:
        history.undo(book)
        assert len(due(book)) == 3


def test_a_call_today_goes_first_and_a_message_counts_for_the_calls(
    book: Book, clock: StandingClock
) -> None:
    ids = begin(book)
    days_on(book, clock, 1)
    off_list.log(book, 3, "call_back", lane="phone", when=clock.now() + timedelta(hours=3))
    assert held(book) == {"a call is promised first": 1}
    sending.sent(book, ids[:1])
    budget = Budget(book, books(book), 1)
    assert budget.held(1, "callback-1", "phone", book.now()) is not None


def test_who_was_just_called_and_did_not_say_a_word_waits_a_day(
    book: Book, clock: StandingClock
) -> None:
    programmes.put(book, "trial", PROGRAMME.replace('"reply", ', ""))
    enrolling.enter(book, "trial", people(book))
    call(book, 1)
    assert held(book) == {"called just now": 1}
    days_on(book, clock, 1)
    assert held(book) == {"called just now": 1}
    days_on(book, clock, 1)
    assert not held(book)


def test_of_two_who_are_one_one_goes_on_and_gets_nothing_again(
    book: Book, clock: StandingClock
) -> None:
    ids = begin(book)
    sending.sent(book, ids[:1])
    before = len(due(book))
    twins.merge(book, 3, 1)
    states = {one.id: (one.state, one.left_why) for one in enrolling.of_person(book, 3)}
    assert sorted(states.values()) == [("active", ""), ("left", "merged")]
    assert len(due(book)) == before - 1
    assert [one.at for one in cards.timeline(book, 3) if "day 1" in str(one.text)]
    history.undo(book)
    assert [one.state for one in enrolling.of_person(book, 1)] == ["active"]
    assert [one.state for one in enrolling.of_person(book, 3)] == ["active"]


def test_what_the_merged_row_got_was_not_missed(book: Book, clock: StandingClock) -> None:
    ids = begin(book)
    sending.sent(book, ids[:1])
    twins.merge(book, 1, 3)
    days_on(book, clock, 1)
    one = next(one for one in enrolling.of_person(book, 1) if one.state == "active")

    def states() -> list[str]:
        return [step.state for step in queue.card(book, one.id).steps][:2]

    (line,) = (
        line for slot in queue.day(book).slots for line in slot.lines if line.enrolment_id == one.id
    )
    assert (line.missed, line.since) == ((), None)
    assert states() == ["sent", "now"]
    clock.move_to(clock.instant + timedelta(hours=10))
    found = missed.unsent(book, book.today(), book.today())
    assert [str(title) for its in found if its.id == one.id for title in its.steps] == ["day 2"]
    sending.sent(book, [one.id])
    assert states() == ["sent", "sent"]


def test_a_pause_keeps_the_rest_and_puts_it_off(book: Book, clock: StandingClock) -> None:
    ids = begin(book, 1)
    sending.sent(book, ids)
    enrolling.pause(book, ids)
    days_on(book, clock, 7)
    assert not due(book)
    enrolling.resume(book, ids)
    assert not due(book)
    days_on(book, clock, 1)
    assert due(book) == [("lunch", "two", "王志刚")]


def test_who_comes_back_from_sales_goes_on_at_a_step(book: Book, clock: StandingClock) -> None:
    ids = begin(book)
    hand(book, 1)
    days_on(book, clock, 1)
    sending.sent(book, ids[2:])  # the next verb writes down who left the day before
    assert [one.left_why for one in enrolling.of_person(book, 1)] == ["handed"]
    with pytest.raises(Refused, match="with sales"):
        enrolling.enter(book, "trial", [1], step="seven")
    leads.set_state(book, leads.present(book, 1).id, RETURNED)
    enrolling.enter(book, "trial", [1], step="seven")
    assert [one.state for one in enrolling.of_person(book, 1)] == ["left", "active"]
    assert ("lunch", "seven", "王志刚") in due(book)
    assert str(cards.timeline(book, 1)[0].text).startswith("into “Trial”")


def test_one_programme_at_a_time_unless_beside(book: Book) -> None:
    begin(book, 1)
    programmes.copy(book, "trial", "other")
    with pytest.raises(Refused, match="in “Trial” already"):
        enrolling.enter(book, "other", [1])
    enrolling.enter(book, "other", [1], beside=True)
    assert len(due(book)) == 2


@pytest.mark.parametrize(
    ("late", "step"), [("newest", "three"), ("all", "hello"), ("none", "seven")]
)
def test_whom_a_rule_names_is_shown_first_and_counted_from_their_day(
    book: Book, clock: StandingClock, late: str, step: str
) -> None:
    programmes.put(book, "trial", RULES)
    ids = people(book)
    book.con.execute("UPDATE card SET attended=1 WHERE person_id<3")
    book.con.commit()
    bar(book, 2)
    days_on(book, clock, 4)
    found = enrolling.candidates(book, "trial")
    assert [(one.person, str(one.left_out or "")) for one in found] == [
        ("王志刚", ""),
        ("李娜", "not to be written to"),
    ]
    assert str(found[0].why) == "came to 上海沙龙"
    change = enrolling.enter(book, "trial", [one.person_id for one in found], late=late)
    assert [str(one) for one in change.left] == ["李娜: not to be written to"]
    assert [one.next_step for one in enrolling.of_person(book, ids[0])] == [step]
    assert [one.person for one in enrolling.candidates(book, "trial")] == ["李娜"]


def test_who_enters_on_a_day_off_gets_the_step_of_the_working_day_behind_it(
    book: Book, clock: StandingClock
) -> None:
    """Not one before it, which that day would pass over unseen."""
    programmes.put(book, "trial", RULES)
    ids = people(book)
    book.con.execute("UPDATE card SET attended=1")
    book.con.commit()
    days_on(book, clock, 6)  # Sunday; the last step is of that day, and so comes on Monday
    enrolling.enter(book, "trial", ids[:1])
    found = enrolling.of_person(book, ids[0])[0]
    assert (found.next_step, found.next_on) == ("seven", date(2026, 11, 30))


def test_a_programme_grows_and_who_ran_to_its_end_goes_on(book: Book, clock: StandingClock) -> None:
    ids = begin(book, 1)
    for days in (0, 1, 1, 5):
        days_on(book, clock, days)
        sending.sent(book, ids)
    programmes.grow(book, "trial", "quarter")
    assert [(one.state, one.next_step) for one in enrolling.of_person(book, 1)] == [
        ("active", "later")
    ]
    history.undo(book)
    assert [one.state for one in enrolling.of_person(book, 1)] == ["finished"]


def test_a_text_with_a_mistake_changes_nothing(book: Book) -> None:
    begin(book, 1)
    with pytest.raises(Faulty, match=r"trial.toml, line 6: there is no way out"):
        programmes.put(
            book,
            "trial",
            PROGRAMME.replace('leave = ["reply", "colleague", "sales"]', "leave = []"),
        )
    assert programmes.programme(book, "trial").leave
    with pytest.raises(Refused, match="There is a programme “trial” already"):
        programmes.copy(book, "after-webinar", "trial")


def test_people_of_a_programme_that_is_gone_are_said(book: Book) -> None:
    begin(book)
    book.con.execute("DELETE FROM own_file")
    book.con.commit()
    (book.home / "programmes" / "trial.toml").unlink()
    assert held(book) == {"the file of “trial” is gone, or can't be read": 3}
    assert not queue.day(book).due
    assert not any(one.out for one in queue.day(book).held), "they wait; nobody has left"
    programmes.put(book, "trial", PROGRAMME.replace('id = "hello"', 'id = "welcome"'))
    assert held(book) == {"“trial” has no such step any more": 3}


def test_today_has_a_line_an_hour_and_one_of_who_waits_and_who_could_enter(
    book: Book, clock: StandingClock
) -> None:
    assert not lines(book)
    programmes.put(book, "trial", RULES)
    ids = people(book)
    book.con.execute("UPDATE card SET attended=1")
    book.con.commit()
    enrolling.enter(book, "trial", ids[:2])
    clock.move_to(clock.now() + timedelta(hours=1))
    sending.replied(book, 2, "怎么收费")
    assert lines(book) == ["1 person waits for an answer", "1 person could enter “Trial”"]
    history.undo(book)
    assert lines(book) == [
        "1 message to send, staff, before lunch",
        "1 message to send, owners and executives, in the evening",
        "1 person could enter “Trial”",
    ]
    item = next(one.item for one in agenda.today(book) if one.item.kind == "message")
    with pytest.raises(Refused, match="Enter opens them"):
        agenda.done(book, item)


def lines(book: Book) -> list[str]:
    """Of messages, on Today."""
    mine = ("message", "entering")
    return [str(one.item.label) for one in agenda.today(book) if one.item.kind in mine]


def test_a_step_that_lies_behind_is_not_gone_back_to(book: Book, clock: StandingClock) -> None:
    ids = begin(book, 1)
    enrolling.move(book, ids, "three")
    sending.sent(book, ids)
    for step in ("two", "three"):
        with pytest.raises(Refused, match="they are past that step"):
            enrolling.move(book, ids, step)
    enrolling.move(book, ids, "seven")
    assert enrolling.of_person(book, 1)[0].next_step == "seven"


def test_a_clock_set_back_sends_nothing_again(book: Book, clock: StandingClock) -> None:
    ids = begin(book)
    days_on(book, clock, 1)
    sending.sent(book, ids)
    days_on(book, clock, -1)
    assert not due(book)
    with pytest.raises(Refused, match="gets the next message"):
        sending.sent(book, ids)


@pytest.mark.parametrize(
    ("entry", "sql"),
    [
        ('tag = "重点"', "INSERT INTO person_tag(person_id, tag) VALUES (1, '重点')"),
        ('state = "waiting"', "UPDATE card SET state='waiting' WHERE person_id=1"),
        ('outcome = "wants_material"', ""),
        ('absent = "salon"', "UPDATE card SET attended=0 WHERE person_id=1"),
        (
            'requested = "materials"',
            "INSERT INTO material_request(card_id, event_id, asked_on, verdict)"
            " VALUES (1, 1, '2026-11-20', 'allowed')",
        ),
        ("silent = 60", "UPDATE person SET last_contact_at='2026-06-01T00:00:00Z' WHERE id=1"),
        ('returned = "lead"', ""),
    ],
)
def test_each_kind_of_rule_names_whom_it_says(
    book: Book, clock: StandingClock, entry: str, sql: str
) -> None:
    text = PROGRAMME.replace("[[step]]", f"[[enter]]\n{entry}\nwithin = 90\n\n[[step]]", 1)
    programmes.put(book, "trial", text)
    people(book)
    if sql:
        if "request" in sql:
            book.con.execute("UPDATE event SET kind='materials'")
        book.con.execute(sql)
        book.con.commit()
    elif "lead" in entry:
        hand(book, 1)
        leads.set_state(book, leads.present(book, 1).id, RETURNED)
    else:
        off_list.log(book, 1, "wants_material", lane="phone")
    assert [one.person for one in enrolling.candidates(book, "trial")] == ["王志刚"]
    assert "{" not in str(enrolling.candidates(book, "trial")[0].why)


def test_who_comes_back_from_sales_is_counted_from_the_day_they_are_taken_up_again(
    book: Book, clock: StandingClock
) -> None:
    rule = '[[enter]]\nreturned = "lead"\nwithin = 90\n\n[[step]]'
    programmes.put(book, "trial", PROGRAMME.replace("[[step]]", rule, 1))
    people(book, 1)
    hand(book, 1)
    again = clock.now() + timedelta(days=10)
    leads.set_state(book, leads.present(book, 1).id, RETURNED, next_on=again)
    assert not enrolling.candidates(book, "trial")
    days_on(book, clock, 10)
    assert [one.on for one in enrolling.candidates(book, "trial")] == [book.today()]


def test_whom_a_colleague_took_out_today_may_come_back_by_undo_today(
    book: Book, clock: StandingClock
) -> None:
    """A cause of today holds somebody; only that of a day before is written down."""
    ids = begin(book)
    sending.sent(book, ids)
    days_on(book, clock, 1)
    sending.replied(book, ids[0])
    sending.sent(book, [ids[2]])
    assert enrolling.of_person(book, 2)[0].state == "active"
    days_on(book, clock, 1)
    sending.sent(book, [ids[2]])
    assert enrolling.of_person(book, 2)[0].left_why == "colleague"


def test_who_withdrew_did_not_sign_up(book: Book) -> None:
    rule = '[[enter]]\nsigned_up = "salon"\nwithin = 90\n\n[[step]]'
    programmes.put(book, "trial", PROGRAMME.replace("[[step]]", rule, 1))
    people(book)
    book.con.execute("UPDATE card SET state='withdrawn' WHERE person_id=2")
    assert [one.person for one in enrolling.candidates(book, "trial")] == ["王志刚", "陈晨"]


def test_of_the_same_programme_beside_another_one_goes_on(book: Book) -> None:
    begin(book, 2)
    programmes.copy(book, "trial", "other")
    enrolling.enter(book, "other", [2], beside=True)
    third = people(book, 3)[2]
    enrolling.enter(book, "other", [third])
    twins.merge(book, 2, third)
    found = [(one.programme, one.state) for one in enrolling.of_person(book, 2)]
    assert sorted(found) == [("other", "active"), ("other", "left"), ("trial", "left")]


def test_a_copy_is_told_from_what_it_was_made_of(book: Book) -> None:
    begin(book, 1)
    programmes.copy(book, "trial", "vip")
    titles = {one.code: str(one.title) for one in programmes.programmes(book)}
    assert titles["vip"] == "Trial · vip"
    assert titles["trial"] == "Trial"
    steps = [one.id for one in programmes.programme(book, "vip").steps]
    assert steps == [one.id for one in programmes.programme(book, "trial").steps]


def drop(book: Book, person: int, reason: str) -> None:
    roster, card_id = book.con.execute(
        "SELECT roster_id, id FROM card WHERE person_id=?", (person,)
    ).fetchone()
    number = rounds.open_round(book, roster).made
    assert number is not None
    rounds.decide(book, number, card_id, "drop", reason)


def test_who_is_dropped_in_the_middle_gets_nothing_and_is_out_the_day_after(
    book: Book, clock: StandingClock
) -> None:
    ids = begin(book)
    drop(book, 1, "competitor")
    assert held(book) == {"dropped: competitor": 1}
    assert "王志刚" not in [who for _slot, _step, who in due(book)]
    with pytest.raises(Refused, match="dropped: competitor"):
        sending.sent(book, ids[:1])
    history.undo(book)
    assert len(due(book)) == 3
    history.redo(book)
    days_on(book, clock, 1)
    sending.sent(book, ids[1:])
    assert [one.left_why for one in enrolling.of_person(book, 1)] == ["dropped"]
    assert not held(book)


def test_of_a_long_day_who_was_dropped_is_seen_where_they_are_shown(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = begin(book)
    drop(book, 1, "competitor")
    monkeypatch.setattr(holding, "_FEW_DUE", 2)
    assert held(book) == {"dropped: competitor": 1}
    with pytest.raises(Refused, match="dropped: competitor"):
        sending.sent(book, ids[:1])


@pytest.mark.parametrize("few", [0, 1_000])
def test_who_is_not_to_be_written_to_is_found_from_either_side(
    book: Book, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """From the people of a short day, from the numbers that are barred of a long one: by a row,
    a first number and a further one."""
    ids = begin(book)
    monkeypatch.setattr(holding, "_FEW_DUE", few)
    book.con.execute("UPDATE person SET phones='+8613800000077 +8613900000002' WHERE id=2")
    bars = [("person", "1"), ("phone", "+8613900000002"), ("phone", "+8613800000003")]
    book.con.executemany(
        "INSERT INTO suppressed(kind, value, scope, since, by) VALUES (?,?,'write',?,'operator')",
        [(*bar, "2026-11-01T00:00:00Z") for bar in bars],
    )
    assert held(book) == {"not to be written to": 3}
    with pytest.raises(Refused, match="not to be written to"):
        sending.sent(book, ids)


def test_a_deal_that_is_won_ends_what_was_written_before_it(
    book: Book, clock: StandingClock
) -> None:
    people(book, 1)
    hand(book, 1)
    leads.set_state(book, leads.present(book, 1).id, RETURNED)
    programmes.put(book, "trial", PROGRAMME)
    enrolling.enter(book, "trial", [1])
    ids = [one.id for one in enrolling.of_person(book, 1)]
    days_on(book, clock, 1)
    leads.set_state(book, leads.present(book, 1).id, WON)
    assert not due(book)
    with pytest.raises(Refused, match="sales"):
        sending.sent(book, ids)


def test_a_deal_won_in_the_moment_its_programme_began_ends_it_too(
    book: Book, clock: StandingClock
) -> None:
    people(book, 1)
    hand(book, 1)
    programmes.put(book, "trial", PROGRAMME)
    tracing.give_back(book, leads.present(book, 1).id, programme="trial")
    leads.set_state(book, leads.present(book, 1).id, WON)
    days_on(book, clock, 1)
    assert not due(book)


def test_who_answers_leaves_every_programme_that_says_so(book: Book, clock: StandingClock) -> None:
    (first,) = begin(book, 1)
    programmes.copy(book, "trial", "other")
    enrolling.enter(book, "other", [1], beside=True)
    sending.sent(book, [first])
    newest = people_in.newest(book, 1)
    assert newest.id == first, "the one that wrote to them, not the one they entered last"
    sending.opened(book, newest.id)
    days_on(book, clock, 1)
    sending.replied(book, newest.id, "多少钱")
    assert [(one.state, one.left_why) for one in enrolling.of_person(book, 1)] == [
        ("left", "reply"),
        ("left", "reply"),
    ]
    history.undo(book)
    assert [one.state for one in enrolling.of_person(book, 1)] == ["active", "active"]


def test_who_answers_the_last_message_does_not_go_on_when_it_grows(
    book: Book, clock: StandingClock
) -> None:
    ids = begin(book, 1)
    for days in (0, 1, 1, 5):
        days_on(book, clock, days)
        sending.sent(book, ids)
    sending.replied(book, ids[0])
    programmes.grow(book, "trial", "quarter")
    assert [one.state for one in enrolling.of_person(book, 1)] == ["left"]


@pytest.mark.parametrize("how", ["elsewhere", "long ago"])
def test_who_went_on_elsewhere_or_has_every_step_behind_stays_where_they_ended(
    book: Book, clock: StandingClock, how: str
) -> None:
    ids = begin(book, 1)
    for days in (0, 1, 1, 5):
        days_on(book, clock, days)
        sending.sent(book, ids)
    if how == "elsewhere":
        enrolling.enter(book, "new-wecom", [1])
    else:
        days_on(book, clock, 120)  # the next step was due after three months
    before = domain_rows(book.con)["enrolment"]
    programmes.grow(book, "trial", "quarter")
    assert domain_rows(book.con)["enrolment"] == before


def test_the_step_of_the_day_it_grows_on_comes_the_next_day(
    book: Book, clock: StandingClock
) -> None:
    programmes.put(book, "trial", PROGRAMME.replace('runs = "month"', 'runs = "week"'))
    text = programmes.text(book, "trial").replace(
        'id = "later"\nmonth = 3', 'id = "later"\nday = 9'
    )
    programmes.put(book, "trial", text)
    people(book, 1)
    enrolling.enter(book, "trial", [1])
    ids = [enrolling.of_person(book, 1)[0].id]
    for days in (0, 1, 1, 6):  # the ninth day
        days_on(book, clock, days)
        sending.sent(book, ids)
    assert [one.state for one in enrolling.of_person(book, 1)] == ["finished"]
    programmes.grow(book, "trial", "month")
    (one,) = enrolling.of_person(book, 1)
    assert (one.state, one.next_step) == ("active", "later")
    assert one.next_on == clock.today() + timedelta(days=1)


def test_a_day_off_leaves_what_is_late_to_the_next_working_day(
    book: Book, clock: StandingClock
) -> None:
    ids = begin(book)
    days_on(book, clock, 4)
    sending.not_now(book, ids[0], clock.now() + timedelta(days=1, hours=2))
    days_on(book, clock, 1)
    assert [who for _slot, _step, who in due(book)] == ["王志刚"], "put there by the operator"
    (resting,) = [one for one in queue.day(book).held if "day off" in str(one.why)]
    assert (resting.number, resting.until) == (2, clock.today() + timedelta(days=2))
    assert not [line for line in lines(book) if line.startswith("2 messages")]
    days_on(book, clock, 2)
    assert len(due(book)) == 3


def test_a_copy_can_be_told_from_what_it_was_made_of(book: Book) -> None:
    programmes.put(book, "trial", PROGRAMME)
    change = programmes.copy(book, "trial", "mine")
    assert str(change.label) == "New programme “Trial · mine”"
    assert programmes.programme(book, "mine").title == "试用 · mine"
    change = programmes.put(book, "mine", programmes.text(book, "mine").replace("= 8", "= 9"))
    assert str(change.label) == "Programme “Trial · mine” changed"


def test_a_programme_names_only_words_and_outcomes_there_are(book: Book) -> None:
    with pytest.raises(Faulty, match="no piece of content “品牌 99”"):
        programmes.put(book, "trial", PROGRAMME.replace('stage = "brand"', 'label = "品牌 99"'))
    rule = PROGRAMME.replace("[[step]]", '[[enter]]\noutcome = "nix"\n\n[[step]]', 1)
    with pytest.raises(Faulty, match="“nix” comes of no call"):
        programmes.put(book, "trial", rule)


def test_whoever_leaves_may_do_so_for_a_reason_in_words(book: Book) -> None:
    ids = begin(book, 1)
    enrolling.leave(book, ids, "  说了\n不想再收 ")
    assert [one.left_why for one in enrolling.of_person(book, 1)] == ["说了 不想再收"]
    assert "说了 不想再收" in str(cards.timeline(book, 1)[0].text)
    erase(book, 1)
    left = book.con.execute("SELECT left_why FROM enrolment").fetchone()[0]
    assert "王志刚" not in left


def test_who_is_put_in_by_hand_is_written_to_of_the_event_they_came_to(book: Book) -> None:
    made = people(book)  # on the list of a salon that is over
    text = RULES.replace("by_hand = true", 'text_zh = "谢谢您来《{event}》。"', 1)
    programmes.put(book, "trial", text.replace('came = "salon"\nafter = 1', 'came = "salon"'))
    book.con.execute("UPDATE card SET attended=1 WHERE person_id=?", (made[0],))
    book.con.execute("UPDATE event SET ends_at=starts_at, starts_at='2026-01-01T00:00:00Z'")
    enrolling.enter(book, "trial", made[:2], step="hello")
    came, not_marked = (enrolling.of_person(book, id)[0] for id in made[:2])
    assert queue.card(book, came.id).text == "谢谢您来《上海沙龙》。"
    assert not_marked.from_event_id is None, "nobody is thanked for what is not known"
    programmes.put(book, "any", PROGRAMME)
    enrolling.enter(book, "any", made[2:])
    assert enrolling.of_person(book, made[2])[0].from_event_id is not None


def test_a_step_that_is_chosen_is_due_now_on_a_monday_too(book: Book, clock: StandingClock) -> None:
    programmes.put(book, "trial", PROGRAMME)
    people(book, 1)
    enrolling.enter(book, "trial", [1], step="three")
    assert due(book) == [("lunch", "three", "王志刚")]
    (one,) = enrolling.of_person(book, 1)
    sending.sent(book, [one.id])
    assert enrolling.of_person(book, 1)[0].next_step == "seven"


@pytest.mark.parametrize("line", ["runs = 'week'", '"runs" = "week"', "'runs'='week'", ""])
def test_a_programme_grows_however_its_file_is_quoted(book: Book, line: str) -> None:
    programmes.copy(book, "new-wecom", "mine")
    head, rest = programmes.text(book, "mine").split('runs = "week"')
    head = re.sub('(?m)^(zh|en) = "(.*)"', r"\1 = '\2'", head)
    programmes.put(book, "mine", head + line + rest)
    programmes.grow(book, "mine", "month")
    assert programmes.programme(book, "mine").runs == "month"
    programmes.copy(book, "mine", "other")
    assert programmes.programme(book, "other").title_en == "New on WeCom · mine · other"


@pytest.mark.parametrize("by", [*ENTRIES])
def test_who_is_in_it_already_is_looked_up_a_person_at_a_time(book: Book, by: str) -> None:
    """Not over all who are in the programme, for each of those a rule names."""
    said: list[str] = []
    book.con.set_trace_callback(said.append)
    store.named(book.con, by, "5", MONDAY, MONDAY, "trial")
    book.con.set_trace_callback(None)
    plan = [row["detail"] for row in book.con.execute(f"EXPLAIN QUERY PLAN {said[0]}")]
    looked = [line for line in plan if " e " in f" {line} " and "enrolment" in line]
    assert looked == ["SEARCH e USING INDEX enrolment_person (person_id=?)"], plan


def test_what_comes_next_and_when_is_said_of_one(book: Book, clock: StandingClock) -> None:
    programmes.put(book, "trial", PROGRAMME)
    (person,) = people(book, 1)
    entered = enrolling.enter(book, "trial", [person], step="three")
    assert str(entered.label) == "王志刚 into “Trial”: day 3, Mon 11-23"
    one = enrolling.of_person(book, person)[0].id
    paused = enrolling.pause(book, [one])
    assert str(paused.label) == "王志刚: “Trial” waits"
    clock.move_to(clock.now() + timedelta(days=1))
    goes_on = enrolling.resume(book, [one])
    assert str(goes_on.label) == "王志刚: “Trial” goes on: day 3, Wed 11-25"
    moved = enrolling.move(book, [one], "seven")
    assert str(moved.label) == "王志刚: another step of “Trial”: day 7, Tue 11-24"


def test_who_goes_on_where_all_is_long_past_is_said_to_get_nothing(
    book: Book, clock: StandingClock
) -> None:
    programmes.put(book, "trial", PROGRAMME.replace('runs = "month"', 'runs = "week"'))
    (person,) = people(book, 1)
    enrolling.enter(book, "trial", [person], step="three")
    one = enrolling.of_person(book, person)[0].id
    clock.move_to(clock.now() + timedelta(days=43))
    enrolling.pause(book, [one])
    said = str(enrolling.resume(book, [one]).label)
    assert said == "王志刚: “Trial” goes on; nothing is left to be sent"


def test_a_text_that_says_what_stands_there_changes_nothing(book: Book) -> None:
    """One that ships would else be taken for one's own, and never be renewed."""
    before = history.count(book)
    for code in ("new-wecom", "trial"):
        if code == "trial":
            programmes.put(book, code, PROGRAMME)
            before += 1
        change = programmes.put(book, code, programmes.text(book, code) + "\n")
        assert (bool(change), str(change.label).endswith("says that already")) == (False, True)
    assert history.count(book) == before
    assert not next(one for one in programmes.programmes(book) if one.code == "new-wecom").own
