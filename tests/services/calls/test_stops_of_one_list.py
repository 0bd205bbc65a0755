"""A list of a whole road show that says of each row which stop it is of: each is asked, reminded,
counted and told by the day and place of their own stop, and whoever names none by the show's."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.calls.corrections import PERSON, STOP_OTHERS
from opslog.domain.calls.outcomes import PHONE, REMINDER
from opslog.domain.events.events import DONE, EventDraft
from opslog.domain.events.stops import Stop
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.calls import call_card, calling, corrections, not_now, promises
from opslog.services.calls.attendance import door, guests
from opslog.services.calls.queue import due as calls_due
from opslog.services.calls.queue import purposes, queue
from opslog.services.cards import cards, step_progress
from opslog.services.events import events, stops
from opslog.services.files import coming_in
from opslog.services.programmes import enrolling
from opslog.services.programmes import queue as messages
from opslog.services.screening import rounds
from opslog.store.calls import call_lists as lists_store
from opslog.store.rosters import occasions
from tests.conftest import StandingClock

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ROUTE = "杭州 12-02 | 宁波 12-09 | 成都 12-18 12-20"
LIST = """姓名,公司,手机,站点
王敏,甲公司,13900139001,杭州
李娜,乙公司,13900139002,宁波
赵磊,丙公司,13900139003,成都
钱进,丁公司,13900139004,成都
孙宁,戊公司,13900139005,
"""


class Show:
    """The road show, its stops by place, and its one list."""

    def __init__(self, book: Book, folder: Path) -> None:
        at = datetime(2026, 12, 2, 6, tzinfo=book.now().tzinfo)
        self.book, self.id = book, events.create(book, EventDraft("路演", "roadshow", at)).made
        stops.add(book, self.id, stops.read(book, self.id, ROUTE))
        file = folder / "list.csv"
        file.write_text(LIST, encoding="utf-8")
        coming_in.load(book, file, self.id)

    def stop(self, place: str) -> Stop:
        return next(one for one in stops.of(self.book, self.id) if one.place == place)

    def card(self, name: str) -> int:
        row = self.book.con.execute(
            "SELECT c.id FROM card c JOIN person p ON p.id=c.person_id WHERE p.name=?", (name,)
        ).fetchone()
        return int(row[0])

    def person(self, name: str) -> int:
        row = self.book.con.execute("SELECT id FROM person WHERE name=?", (name,)).fetchone()
        return int(row[0])

    def reminded(self) -> dict[str, str]:
        """Who may be reminded now, and of what."""
        return {
            line.person: line.event
            for line in queue.queue(self.book, REMINDER, later=False)
            if line.ready
        }


@pytest.fixture
def show(book: Book, tmp_path: Path) -> Show:
    return Show(book, tmp_path)


def before(show: Show, place: str, clock: StandingClock, days: int = 1) -> None:
    """At ten so many days before a stop."""
    start = show.stop(place).starts_at.astimezone(show.book.clock.zone)
    at = start.replace(hour=10, minute=0) - days * DAY
    clock.move_to(at.astimezone(show.book.now().tzinfo))


def test_each_is_reminded_the_day_before_their_own_stop_and_not_after_it(
    book: Book, show: Show, clock: StandingClock
) -> None:
    before(show, "杭州", clock)
    assert show.reminded() == {"王敏": "路演 · 杭州", "孙宁": "路演"}
    before(show, "宁波", clock)  # the show goes on: who was in 杭州 is reminded no more
    assert show.reminded() == {"李娜": "路演 · 宁波"}
    before(show, "成都", clock)
    assert show.reminded() == {"赵磊": "路演 · 成都", "钱进": "路演 · 成都"}
    assert all(line.event_at == show.stop("成都").starts_at for line in queue.queue(book))
    before(show, "成都", clock, days=-1)
    assert show.reminded() == {}


def test_today_has_a_line_a_stop_with_those_of_it(
    book: Book, show: Show, clock: StandingClock
) -> None:
    before(show, "宁波", clock)
    (soon, _day) = (one for one in calls_due.due(book) if one.kind == "reminder")
    assert (soon.event, soon.people, soon.event_at) == (
        *("路演 · 宁波", 1),
        show.stop("宁波").starts_at,
    )
    assert soon.whom == {show.person("李娜")}


def test_the_steps_of_a_stop_count_who_comes_to_it(
    book: Book, show: Show, clock: StandingClock
) -> None:
    before(show, "成都", clock)
    calling.record(book, show.card("赵磊"), REMINDER, "coming", lane=PHONE)
    name = f"reminders-day-before@{show.stop('成都').id}"
    far = step_progress.of_event(book, show.id)[name]
    assert (far.done, far.of, far.proven) == (1, 2, False)
    calling.record(book, show.card("钱进"), REMINDER, "coming", lane=PHONE)
    assert step_progress.of_event(book, show.id)[name].proven
    done = {
        line.stop_id
        for line in events.plan(book, show.id)
        if line.key == "reminder-call-1" and line.state == DONE
    }
    assert done == {show.stop("成都").id}
    assert sum(one.number for one in guests.forecast(book, show.id).lines) == 5


def test_the_round_of_the_one_list_is_counted_once(book: Book, show: Show) -> None:
    roster = lists_store.list_of_card(book.con, show.card("赵磊")).roster_id
    tidy = rounds.open_round(book, roster).made
    rounds.decide(book, tidy, show.card("赵磊"), "keep", "")
    far = step_progress.Work(book, show.id).far("round-0")
    assert far is not None
    assert (far.done, far.of) == (1, 5)


def test_the_card_says_day_and_place_of_the_stop(
    book: Book, show: Show, clock: StandingClock
) -> None:
    before(show, "成都", clock)
    card = call_card.card(book, show.card("赵磊"), REMINDER)
    stop = show.stop("成都")
    assert (card.event, card.place, card.event_at) == ("路演 · 成都", "成都", stop.starts_at)
    assert "Fri 18 Dec" in card.talk.say
    assert "成都" in card.talk.say
    assert card.part is not None
    own = call_card.card(book, show.card("孙宁"), REMINDER)
    assert own.event == "路演"


def test_a_time_is_promised_and_put_off_until_the_stop_begins(
    book: Book, show: Show, clock: StandingClock
) -> None:
    before(show, "成都", clock)
    start = show.stop("成都").starts_at
    with pytest.raises(Refused, match="starts"):
        calling.record(
            book, show.card("赵磊"), REMINDER, "call_back", lane=PHONE, when=start + HOUR
        )
    with pytest.raises(Refused, match="remind before that"):
        not_now.check(book, show.person("赵磊"), start + HOUR)
    calling.record(book, show.card("赵磊"), REMINDER, "call_back", lane=PHONE, when=start - HOUR)
    assert [ring.due for ring in promises.rings(book)] == [start - HOUR]
    clock.move_to(start + HOUR)  # the show goes on until the 20th
    assert promises.rings(book) == []


def test_who_rings_means_their_own_stop(book: Book, show: Show, clock: StandingClock) -> None:
    before(show, "宁波", clock, days=-1)
    with pytest.raises(Refused, match="not signed up for an event to come"):
        purposes.to_come(book, show.person("李娜"))  # hers is over
    assert purposes.to_come(book, show.person("赵磊")) == show.card("赵磊")
    abouts = purposes.abouts(book, show.person("李娜"), show.id)
    assert REMINDER not in [one.purpose for one in abouts]


def test_they_are_called_back_once_their_stop_is_over(
    book: Book, show: Show, clock: StandingClock
) -> None:
    roster = lists_store.list_of_card(book.con, show.card("赵磊")).roster_id
    before(show, "杭州", clock, days=-1)
    rounds.close_round(book, rounds.open_round(book, roster).made, force=True)
    called = {line.person for line in queue.queue(book, "callback-1") if line.ready}
    assert called == {"王敏"}
    before(show, "成都", clock, days=-5)
    called = {line.person for line in queue.queue(book, "callback-1") if line.ready}
    assert called == {"王敏", "李娜", "赵磊", "钱进", "孙宁"}


def test_a_list_is_at_rest_with_the_last_of_its_stops(
    book: Book, show: Show, clock: StandingClock
) -> None:
    roster = lists_store.list_of_card(book.con, show.card("赵磊")).roster_id
    before(show, "宁波", clock, days=-1)
    rounds.close_round(book, rounds.open_round(book, roster).made, force=True)
    for name in ("王敏", "李娜"):
        calling.record(book, show.card(name), "callback-1", "answered", lane=PHONE)
    assert not [line for line in queue.queue(book) if line.person in ("王敏", "李娜")]
    before(show, "成都", clock)
    assert {"赵磊", "钱进"} <= set(show.reminded())


def test_people_of_a_stop_that_moves_are_asked_again_and_no_others(
    book: Book, show: Show, clock: StandingClock
) -> None:
    before(show, "成都", clock)
    calling.record(book, show.card("赵磊"), REMINDER, "coming", lane=PHONE)
    stop = show.stop("成都")
    stops.move(
        book,
        stop.id,
        stop._replace(starts_at=stop.starts_at + 7 * DAY, ends_at=stop.ends_at + 7 * DAY),
    )
    found = corrections.of(book, show.id)
    assert [one.key for one in found] == [(PERSON, show.card("赵磊")), (STOP_OTHERS, stop.id)]
    assert "18 Dec" in found[0].text.english()
    line = queue.line(book, show.person("赵磊"))
    assert line is not None
    assert line.anew
    history.undo(book)
    assert corrections.of(book, show.id) == []


def test_nobody_is_reminded_of_a_stop_called_off(
    book: Book, show: Show, clock: StandingClock
) -> None:
    before(show, "成都", clock)
    change = stops.drop(book, show.stop("成都").id, "场地被收回")
    assert show.reminded() == {}
    assert queue.queue(book) == []
    history.undo(book, change.id)
    assert set(show.reminded()) == {"赵磊", "钱进"}


def test_the_door_of_a_stop_has_its_people_and_takes_in_who_comes_unasked(
    book: Book, show: Show, clock: StandingClock
) -> None:
    stop = show.stop("宁波")
    clock.move_to(stop.starts_at)
    open_, whole = (one for one in guests.listed_events(book) if one.doors_open(book.now()))
    assert (open_.name, whole.name) == ("路演 · 宁波", "路演")
    assert [one.person for one in guests.guests(book, show.id, whole.cards)] == ["孙宁"]
    assert [one.person for one in guests.guests(book, show.id, open_.cards)] == ["李娜"]
    guests.mark_attended(book, show.card("李娜"), True)
    row = book.con.execute("SELECT came_at FROM card WHERE id=?", (show.card("李娜"),)).fetchone()
    assert row[0] is not None
    door.walk_in(book, show.id, {"name": "周宇", "company": "己公司"})
    assert [one.person for one in guests.guests(book, show.id, open_.cards)] == ["李娜", "周宇"]
    door.walk_in(book, show.id, {"name": "孙宁", "phone": "13900139005"})  # said no stop
    assert guests.show_up(book, show.id, open_.cards).attended == 3
    assert occasions.cards_of(book.con, show.id, stop.id) == open_.cards
    far = step_progress.of_event(book, show.id)
    assert far[f"attendance@{stop.id}"].proven


def test_whoever_comes_instead_comes_to_the_same_stop(
    book: Book, show: Show, clock: StandingClock
) -> None:
    before(show, "成都", clock)
    made = door.stand_in(book, show.card("赵磊"), {"name": "吴桐"}, came=False).made
    assert occasions.of_card(book.con, made) == occasions.of_card(book.con, show.card("钱进"))


def test_a_programme_takes_who_came_from_the_end_of_their_stop_and_names_its_day(
    book: Book, show: Show, clock: StandingClock
) -> None:
    clock.move_to(show.stop("杭州").starts_at)
    guests.mark_attended(book, show.card("王敏"), True)
    clock.move_to(show.stop("宁波").starts_at)
    started = occasions.starts(book.con, show.person("赵磊"))
    assert started == {show.id: show.stop("成都").starts_at}
    story = cards.story(book, show.person("赵磊"), cards.timeline(book, show.person("赵磊")))
    assert [one.at for one in story if one.event_id == show.id] == [show.stop("成都").starts_at]


def test_the_rules_of_a_programme_go_by_the_end_of_each_stop(
    book: Book, show: Show, clock: StandingClock
) -> None:
    from opslog.store.programmes import entering

    for place, name in (("杭州", "王敏"), ("成都", "赵磊")):
        clock.move_to(show.stop(place).starts_at)
        guests.mark_attended(book, show.card(name), True)
    clock.move_to(show.stop("宁波").starts_at)

    def came() -> list[str]:
        since = book.now() - 60 * DAY
        rows = entering.named(book.con, "came", "roadshow", since, book.now(), "none")
        return [one.person for one in rows]

    assert came() == ["王敏"]
    clock.move_to(show.stop("成都").ends_at + HOUR)
    assert came() == ["赵磊", "王敏"]
    met = entering.met(book.con, [show.person("李娜")], book.now())
    assert [one.event_id for one in met] == [show.id]


def test_a_message_speaks_of_the_day_of_the_stop(
    book: Book, show: Show, clock: StandingClock
) -> None:
    clock.move_to(show.stop("成都").ends_at + HOUR)
    enrolling.enter(book, "after-salon", [show.person("赵磊")])
    row = book.con.execute("SELECT id FROM enrolment").fetchone()
    book.con.execute("UPDATE enrolment SET from_event_id=?", (show.id,))
    assert "18 Dec" in messages.card(book, row[0]).text
