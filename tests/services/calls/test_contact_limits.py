"""Never too often, in the queue: over all lists, rounds, lanes and what happens to them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opslog import shipped
from opslog.domain.base.clock import instant_of
from opslog.domain.base.refusal import Refused
from opslog.domain.calls.queue import QueueLine
from opslog.services.book import history, own_kinds
from opslog.services.book.book import Book, open_book
from opslog.services.calls import call_card, calling, not_now, off_list, promises
from opslog.services.calls.queue import adding, left_out
from opslog.services.calls.queue import queue as call_queue
from opslog.services.people import card as person_card
from opslog.store.calls import not_now as store_not_now
from tests.conftest import StandingClock
from tests.services.calls.test_calling import PEOPLE, close, names, salon_last_week, salon_tomorrow
from tests.services.lists import Sheet, make_list

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # a Monday, 9:00


def parts(book: Book, *, later: bool = True) -> Iterator[QueueLine]:
    return (part for line in call_queue.queue(book, later=later) for part in line.parts)


def of(book: Book, person_id: int) -> list[QueueLine]:
    return [part for part in parts(book) if part.person_id == person_id]


def test_who_was_called_this_morning_waits_in_the_next_round(book: Book) -> None:
    made = salon_last_week(book, 0)
    calling.record(book, made.cards[0], "callback-1", "interested", lane="phone")
    assert "王志刚" not in names(book, later=True), "this round is over for them"
    close(book, made, 2)
    assert names(book) == ["李娜", "张伟", "陈静"]
    (waits,) = of(book, made.people[0])
    assert not waits.ready
    assert waits.due == datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    assert str(waits.why).startswith("contacted today, not before Tue 11-24 09:00")
    card = call_card.card(book, made.cards[0], "callback-2")
    assert card.standing is not None
    assert (str(card.standing.held), card.standing.due) == ("contacted today", waits.due)


def test_who_is_held_back_is_listed_with_until_when(book: Book) -> None:
    made = salon_last_week(book, 0)
    off_list.record(book, made.people[1], "answered", lane="phone", direction="in")
    lines, held, _old = call_queue.with_held(book, later=False)
    assert "李娜" not in [line.person for line in lines]
    assert [(one.person, str(one.why), str(one.more)) for one in held] == [
        ("李娜", "contacted today", "not before Tue 11-24 09:00")
    ]
    with pytest.raises(Refused, match="contacted today, not before Tue"):
        left_out.call_all_the_same(book, held[0])


def test_a_promise_and_a_reminder_go_before_the_caps(book: Book, clock: StandingClock) -> None:
    made = salon_last_week(book, 0)
    soon = book.now() + timedelta(hours=1)
    calling.record(book, made.cards[0], "callback-1", "call_back", lane="phone", when=soon)
    salon = make_list(book, PEOPLE[:1], ends_ago=-timedelta(hours=31), people=made.people[:1])
    found = {(part.card_id, part.purpose): part for part in of(book, made.people[0])}
    assert found[salon.cards[0], "reminder"].ready
    assert found[made.cards[0], "callback-1"].due == soon
    assert found[made.cards[0], "callback-1"].held is None


def test_a_message_is_a_touch_and_a_dial_is_none(book: Book) -> None:
    made = salon_last_week(book, 0)
    other = make_list(book, PEOPLE[:2], event="杭州", people=made.people[:2])
    close(book, other, 0)
    calling.record(book, made.cards[0], "callback-1", "sent", lane="wecom")
    off_list.record(book, made.people[1], "no_answer", lane="phone")
    assert [part.ready for part in of(book, made.people[0])] == [False, False]
    assert [part.ready for part in of(book, made.people[1])] == [True, True]
    history.undo(book)
    history.undo(book)
    assert all(part.ready for part in of(book, made.people[0]))


def test_being_reached_today_raises_no_rank(book: Book) -> None:
    made = salon_tomorrow(book)
    before = {line.person: line.score for line in call_queue.queue(book)}
    off_list.record(book, made.people[0], "answered", lane="phone")
    after = {line.person: line.score for line in call_queue.queue(book)}
    assert after == before
    (line,) = (line for line in call_queue.queue(book) if line.person == "王志刚")
    assert "in touch today" in str(line.why)


# No sequence of anything --------------------------------------------------------------------

ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                *("call", "call", "call", "promise", "rings", "list", "round", "wait", "day"),
                *("bar", "undo", "wecom", "move", "dials", "not now", "not now", "ask", "ring"),
            ]
        ),
        st.integers(0, 11),
    ),
    min_size=3,
    max_size=14,
)


@settings(max_examples=40, deadline=None)
@given(mode=st.sampled_from(["wecom", "seven", "daily"]), acts=ACTS)
def test_nothing_offers_a_touch_too_many_or_loses_a_promise(
    tmp_path_factory: pytest.TempPathFactory, mode: str, acts: list[tuple[str, int]]
) -> None:
    folder = tmp_path_factory.mktemp("limits")
    _choose(folder, mode)
    clock = StandingClock(NOW)
    book = open_book(folder / "opslog.db", clock=clock)
    assert (
        own_kinds.contact_limits(book).since(date(2026, 11, 23)).day
        == {
            "wecom": 1,
            "seven": 17,
            "daily": 17,
        }[mode]
    )
    lists = [salon_last_week(book, 0)]
    lists.append(make_list(book, PEOPLE[:3], event="杭州", people=lists[0].people[:3]))
    close(book, lists[1], 0)
    for act, n in acts:
        try:
            _do(book, clock, lists, act, n)
        except Refused:
            continue
        _check(book, mode)
    book.close()


def _choose(folder: Path, mode: str) -> None:
    own = folder / own_kinds.CONTACT_LIMITS.place
    own.parent.mkdir()
    text = shipped.text(own_kinds.CONTACT_LIMITS.ships)
    own.write_text(text.replace('mode = "wecom"  ', f'mode = "{mode}"  ', 1), encoding="utf-8")


def _do(book: Book, clock: StandingClock, lists: list[Sheet], act: str, n: int) -> None:
    person = lists[0].people[n % 4]
    ready = [part for part in parts(book) if part.ready]
    if act in ("call", "promise") and ready:
        one = ready[n % len(ready)]
        outcomes = call_card.card(book, one.card_id, one.purpose, one.lane).outcomes.keys
        chosen = outcomes[n % len(outcomes)]
        when = None
        if act == "promise":
            chosen = next(outcome for outcome in outcomes if outcome.ask == "when")
            when = book.now() + timedelta(hours=1 + n)
        calling.record(*(book, one.card_id, one.purpose, chosen.code), lane=one.lane, when=when)
    elif act == "rings":
        off_list.record(book, person, "answered", lane="phone", direction="in")
    elif act == "dials":
        for _dial in range(1 + n % 3):
            off_list.record(book, person, "no_answer", lane="phone")
    elif act == "list":
        ago = timedelta(days=1) if n % 2 else -timedelta(hours=31)
        made = make_list(
            book, PEOPLE[:4], event=f"第{len(lists)}场", ends_ago=ago, people=lists[0].people
        )
        lists.append(made)
        close(book, made, 0)
    elif act == "round":
        made, number = lists[n % len(lists)], 2 + n
        if number not in _closed(book, made):
            close(book, made, number)
    elif act == "wait":
        clock.move_to(clock.instant + timedelta(hours=1 + n % 3))
    elif act == "day":
        clock.move_to(clock.instant + timedelta(days=1 + n % 2))
    elif act == "bar":
        person_card.set_barred(book, person, n % 2 == 0)
    elif act == "wecom":
        person_card.set_wecom(book, person, n % 2 == 0)
    elif act == "not now":
        not_now.put_off(book, person, book.now() + timedelta(hours=1 + 5 * n))
    elif act == "ask":
        to_add = adding.queue(book)
        if to_add:
            asked = call_card.card(book, to_add[n % len(to_add)].card_id, "add").outcomes.keys
            adding.record(book, to_add[n % len(to_add)].card_id, asked[n % len(asked)].code)
    elif act == "ring":
        ringing = [ring for ring in promises.rings(book) if ring.due <= book.now()]
        if ringing:
            promises.quieten(book, ringing[n % len(ringing)])
    elif act == "move":
        promised = [part for part in parts(book) if part.promised]
        if promised:
            when = book.now() + timedelta(hours=1 + n)
            calling.move_promise(book, promised[n % len(promised)].card_id, when)
    elif any(change.state == "done" for change in history.changes(book)):
        history.undo(book)


def _closed(book: Book, made: Sheet) -> set[int]:
    rows = book.con.execute("SELECT number FROM round WHERE roster_id=?", (made.roster_id,))
    return {row[0] for row in rows}


def _check(book: Book, mode: str) -> None:
    """By the rules as DOMAIN says them, and the rows of the file alone."""
    rows = book.con.execute("SELECT * FROM touch ORDER BY id").fetchall()
    zone, today = book.clock.zone, book.today()
    workday = own_kinds.workdays(book).is_workday(today)

    def days(person: int, lane: str = "", *, counts: bool) -> list[date]:
        return [
            instant_of(row["at"]).astimezone(zone).date()
            for row in rows
            if (row["person_id"], bool(row["counts"])) == (person, counts)
            and row["call_id"] is None
            and lane in ("", row["lane"])
        ]

    standing, put_off = list(parts(book)), store_not_now.until(book.con, book.now())
    for one in standing:
        assert not person_card.get(book, one.person_id).do_not_call
        until = put_off.get(one.person_id)
        assert not one.ready or until is None or (one.ends is not None and until >= one.ends)
        if not one.ready or one.promised or one.purpose == "reminder":
            continue
        had = days(one.person_id, counts=True)
        week = [day for day in had if today - day < timedelta(days=7)]
        assert not (workday and today in had)
        if mode == "daily":
            assert today not in had
        if mode == "seven":
            assert len(week) < 7
        if mode == "wecom" and one.lane == "wecom":
            messages = days(one.person_id, "wecom", counts=True)
            assert today not in messages
            month = [day for day in messages if day >= today.replace(day=1)]
            assert len(month) < monthrange(today.year, today.month)[1]
        if one.lane == "phone":
            dials = days(one.person_id, "phone", counts=False)
            assert dials.count(today) < 3
            assert sum(today - day < timedelta(days=7) for day in dials) < 6
    kept = {(part.card_id, part.due) for part in standing if part.promised}
    wrong = {row[0] for row in book.con.execute("SELECT value FROM suppressed WHERE scope='wrong'")}
    for row in {row["card_id"]: row for row in rows if row["card_id"]}.values():
        person = person_card.get(book, row["person_id"])
        reached = not person.do_not_call and (person.wecom or person.phone not in wrong)
        if row["promised"] and row["purpose"] != "reminder" and reached:
            at = instant_of(row["next_at"])
            due = max(at, put_off.get(row["person_id"], at))
            assert (row["card_id"], due) in kept
            assert (at, due) in {(ring.promised, ring.due) for ring in promises.rings(book)}
