"""A list for each stop of a road show: its calls, evidence and forecast; what a dropped stop
leaves to be told."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from opslog.domain.calls.corrections import PERSON, POST, STOP_OTHERS
from opslog.domain.events.events import DONE, EventDraft
from opslog.domain.events.stops import Stop
from opslog.domain.rosters.rosters import Cards, ImportOptions
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.calls import calling, corrections
from opslog.services.calls.attendance import guests
from opslog.services.calls.queue import due as calls_due
from opslog.services.calls.queue import queue
from opslog.services.cards import step_progress
from opslog.services.events import events, stops
from opslog.services.events.plans import steps
from opslog.services.files import coming_in
from opslog.services.rosters import rosters
from tests.conftest import StandingClock

DAY = timedelta(days=1)
ROUTE = "杭州 12-07 12-08 | 宁波 12-09 | 温州 12-11"
LISTS = {
    "杭州": "王志刚,安朔,13800010001\n李敏,蓝海,13800010002\n陈静,海川,13800010003\n",
    "宁波": "王志刚,安朔,13800010001\n赵磊,远东,13800010004\n",
}


def road_show(book: Book, folder: Path, *listed: str) -> tuple[int, dict[str, Stop]]:
    at = datetime(2026, 12, 7, 1, tzinfo=book.now().tzinfo)
    made = events.create(book, EventDraft("冬季路演", "roadshow", at)).made
    assert made is not None
    stops.add(book, made, stops.read(book, made, ROUTE))
    known = {one.place: one for one in stops.of(book, made)}
    for place in listed:
        take(book, folder, made, known[place])
    return made, known


def take(book: Book, folder: Path, event_id: int, stop: Stop) -> int:
    file = folder / f"{stop.place}.csv"
    file.write_text("姓名,公司,手机\n" + LISTS[stop.place], encoding="utf-8")
    made = coming_in.load(book, file, event_id, ImportOptions(stop=stop.id)).change.made
    assert made is not None
    return made


def card_of(book: Book, roster_id: int, name: str) -> int:
    row = book.con.execute(
        "SELECT c.id FROM card c JOIN person p ON p.id=c.person_id WHERE roster_id=? AND name=?",
        (roster_id, name),
    )
    return int(row.fetchone()[0])


def test_each_stop_has_its_list_and_is_called_for_on_its_own_days(
    book: Book, tmp_path: Path, clock: StandingClock
) -> None:
    event_id, known = road_show(book, tmp_path, "杭州", "宁波")
    hangzhou, ningbo = rosters.of_event(book, event_id)[::-1]
    assert (hangzhou.cards, ningbo.cards) == (3, 2)
    assert {hangzhou.event, ningbo.event} == {"冬季路演 · 杭州", "冬季路演 · 宁波"}
    assert take(book, tmp_path, event_id, known["杭州"]) == hangzhou.roster_id
    assert len(rosters.of_event(book, event_id)) == 2
    clock.move_to(known["宁波"].starts_at - DAY)  # the first stop is on
    found = [one for one in calls_due.due(book) if one.kind == "reminder"]
    assert [(one.event, one.people) for one in found] == [
        ("冬季路演 · 宁波", 2),
        ("冬季路演 · 宁波", 2),
    ]
    assert {line.roster_id for line in queue.queue(book, event_id=event_id)} == {ningbo.roster_id}
    for name in ("王志刚", "赵磊"):
        card = card_of(book, ningbo.roster_id, name)
        calling.record(book, card, "reminder", "coming", lane="phone")
    far = step_progress.of_event(book, event_id)
    assert far[f"reminders-day-before@{known['宁波'].id}"].proven
    proven = {
        x.stop_id
        for x in events.plan(book, event_id)
        if x.key == "reminder-call-1" and x.state == DONE
    }
    assert proven == {known["宁波"].id}
    assert guests.forecast(book, event_id, (), Cards(ningbo.roster_id)).span[1] == 2
    assert guests.forecast(book, event_id, (), Cards(hangzhou.roster_id)).span != (2, 2)


def test_a_stop_called_off_leaves_its_people_to_be_told_and_offers_the_next(
    book: Book, tmp_path: Path, clock: StandingClock
) -> None:
    event_id, known = road_show(book, tmp_path, "宁波")
    (roster,) = rosters.of_event(book, event_id)
    clock.move_to(known["宁波"].starts_at - DAY)
    coming = card_of(book, roster.roster_id, "王志刚")
    calling.record(book, coming, "reminder", "coming", lane="phone")
    change = stops.drop(book, known["宁波"].id, "场地被收回")
    person, others = corrections.of(book, event_id)
    assert (person.key, others.key) == ((PERSON, coming), (STOP_OTHERS, known["宁波"].id))
    text = person.text.english()
    assert "王志刚" in text
    assert "does not take place" in text
    assert text.endswith("The next stop is Fri 11 Dec, 09:00, 温州: may we keep you a seat?")
    assert others.name.english() == "1 more who signed up (宁波)"
    assert [one for one in calls_due.due(book) if one.kind == "reminder"] == []
    told = corrections.tell(book, [person], event_id)
    assert [one.key for one in corrections.of(book, event_id)] == [others.key]
    history.undo(book, told.id)
    history.undo(book, change.id)
    assert corrections.of(book, event_id) == []


def test_people_of_a_stop_are_asked_again_where_it_moves_alone(
    book: Book, tmp_path: Path, clock: StandingClock
) -> None:
    event_id, known = road_show(book, tmp_path, "杭州", "宁波")
    ningbo, hangzhou = rosters.of_event(book, event_id)
    clock.move_to(known["杭州"].starts_at - DAY)
    here = card_of(book, hangzhou.roster_id, "王志刚")
    there = card_of(book, ningbo.roster_id, "赵磊")
    for card in (here, there):
        calling.record(book, card, "reminder", "coming", lane="phone")
    one = known["宁波"]
    stops.move(book, one.id, one._replace(starts_at=one.starts_at + DAY, ends_at=one.ends_at + DAY))
    found = corrections.of(book, event_id)
    assert [x.key for x in found] == [(PERSON, there), (STOP_OTHERS, one.id)]
    assert "Wed 9 Dec" in found[0].text.english()
    assert "Thu 10 Dec" in found[0].text.english()


def test_people_of_every_stop_are_asked_again_where_the_whole_show_moves(
    book: Book, tmp_path: Path, clock: StandingClock
) -> None:
    event_id, known = road_show(book, tmp_path, "杭州", "宁波")
    ningbo, hangzhou = rosters.of_event(book, event_id)
    clock.move_to(known["杭州"].starts_at - DAY)
    cards = card_of(book, hangzhou.roster_id, "王志刚"), card_of(book, ningbo.roster_id, "赵磊")
    for card in cards:
        calling.record(book, card, "reminder", "coming", lane="phone")
    events.move(book, event_id, events.get(book, event_id).row.starts_at + 7 * DAY)
    found = {one.key: one.text.english() for one in corrections.of(book, event_id)}
    assert {(PERSON, card) for card in cards} <= set(found)
    assert "Mon 14 Dec" in found[PERSON, cards[0]]
    assert "Wed 16 Dec" in found[PERSON, cards[1]]


def test_a_post_of_the_whole_that_named_a_later_stop_is_corrected(
    book: Book, tmp_path: Path, clock: StandingClock
) -> None:
    event_id, known = road_show(book, tmp_path)
    (whole,) = [x for x in events.plan(book, event_id) if x.key == "promo-1-moments"]
    steps.tick_step(book, whole.id)
    clock.move_to(book.now() + timedelta(hours=1))
    one = known["宁波"]
    stops.move(book, one.id, one._replace(starts_at=one.starts_at + DAY, ends_at=one.ends_at + DAY))
    stops.drop(book, known["温州"].id, "报名太少")
    (post,) = corrections.of(book, event_id)
    assert post.key == (POST, whole.id)
    assert post.text.english() == (
        "[New dates] “冬季路演”: 宁波 moves from Wed 9 Dec, 09:00 to Thu 10 Dec, 09:00; 温州 on"
        " Fri 11 Dec, 09:00 does not take place."
    )
    corrections.tell(book, [post], event_id)
    assert corrections.of(book, event_id) == []
    clock.move_to(book.now() + timedelta(hours=1))
    (other,) = [x for x in events.plan(book, event_id) if x.key == "promo-2-moments"]
    steps.tick_step(book, other.id)  # it names the days as they are now
    assert corrections.of(book, event_id) == []
