"""A stop with a list of its own whose people also stand on the list of the whole, whose rows say
the stop: each of them comes to it once, whichever list says so, on every screen."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from opslog.domain.calls.outcomes import PHONE, REMINDER
from opslog.domain.calls.retries import IN
from opslog.domain.events.stops import Stop
from opslog.domain.reviews.pictures import Bars
from opslog.domain.rosters.rosters import OfStop
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.calls import by_stop, calling, corrections
from opslog.services.calls.attendance import door, guests
from opslog.services.calls.queue import due as calls_due
from opslog.services.calls.queue import purposes, queue
from opslog.services.cards import step_progress
from opslog.services.events import stops
from opslog.services.files import coming_in
from opslog.services.reviews import opening, reviews
from opslog.store.programmes import entering
from opslog.store.rosters import rosters as rosters_store
from opslog.tui.events import stop_pane
from tests.conftest import StandingClock
from tests.services.calls import test_stop_lists as stop_lists

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
BOTH, OWN_ONLY, WHOLE_ONLY = "王志刚", "李敏", "周一"
# The list of 杭州 has 王志刚, 李敏 and 陈静; that of the whole says this stop of the first two.
WHOLE = f"""姓名,公司,手机,站点
{BOTH},安朔,13800010001,杭州
{WHOLE_ONLY},安朔,13700000001,杭州
周二,安朔,13700000002,宁波
周三,安朔,13700000003,
"""
AT_STOP = {BOTH, OWN_ONLY, "陈静", WHOLE_ONLY}


class Show:
    """The road show with both kinds of list; ``own_first``: which of them came in first."""

    def __init__(self, book: Book, folder: Path, *, own_first: bool = True) -> None:
        self.book, self.folder = book, folder
        self.id, known = stop_lists.road_show(book, folder, *(("杭州",) if own_first else ()))
        self.stop: Stop = known["杭州"]
        self.whole(WHOLE)
        if not own_first:
            self.own()

    def own(self) -> None:
        stop_lists.take(self.book, self.folder, self.id, self.stop)

    def whole(self, text: str) -> None:
        file = self.folder / "whole.csv"
        file.write_text(text, encoding="utf-8")
        coming_in.load(self.book, file, self.id)

    def card(self, name: str, stop: Stop | None) -> int:
        """Of the list of a stop, or of the whole."""
        roster = rosters_store.of_event(self.book.con, self.id, stop.id if stop else None)
        return stop_lists.card_of(self.book, roster, name)

    def said(self) -> str:
        """What the pane of the stop says of its people."""
        rows = stop_pane.lines(self.book, self.stop, 60)
        text = ["".join(part for part, _look in row) for row in rows]
        return next(row for row in text if "signed up" in row).strip()

    def counts(self) -> tuple[int | float | None, ...]:
        """Who signed up for the stop and came: the list of stops, its pane, its review, and its row
        in the review of the whole."""
        whom = guests.of_stop(self.book, self.id, self.stop.id)
        rate = guests.show_up(self.book, self.id, whom)
        review = reviews.review(self.book, self.id, stop_id=self.stop.id)
        signed_up, came = (review.number(f"funnel.{key}") for key in ("signed_up", "came"))
        bars = reviews.review(self.book, self.id).picture("stops")
        assert isinstance(bars, Bars)
        bar = next(bar for bar in bars.bars if str(bar.number.label) == self.stop.place)
        signups: list[float | None] = [rate.signed_up]
        signups.append(by_stop.people(self.book, self.id)[self.stop.id])
        assert signed_up is not None
        assert came is not None
        signups += [signed_up.value, bar.number.value]
        attended: list[float] = [rate.attended, came.value or 0]
        attended += [one.value or 0 for one in bar.more if one.key.endswith("attended")]
        assert len(set(signups)) == len(set(attended)) == 1, (signups, attended)
        assert len(opening.rows(self.book, review, signed_up)) == signups[0]
        return signups[0], attended[0]


@pytest.fixture(params=[True, False], ids=["own list first", "whole list first"])
def show(request: pytest.FixtureRequest, book: Book, tmp_path: Path) -> Show:
    return Show(book, tmp_path, own_first=request.param)


def test_each_is_counted_once_at_the_stop_and_in_the_whole(book: Book, show: Show) -> None:
    assert show.counts() == (4, 0)
    assert show.said().startswith("4 signed up")
    assert guests.show_up(book, show.id).signed_up == 6  # 周二 and 周三 besides
    whole = reviews.review(book, show.id)
    signed_up = whole.number("funnel.signed_up")
    assert signed_up is not None
    assert signed_up.value == 6
    whom = guests.of_stop(book, show.id, show.stop.id)
    assert {one.person for one in guests.guests(book, show.id, whom)} == AT_STOP
    assert sum(one.number for one in guests.forecast(book, show.id, (), whom).lines) == 4


def test_each_is_reminded_once_and_the_step_of_the_stop_counts_them(
    book: Book, show: Show, clock: StandingClock
) -> None:
    clock.move_to(show.stop.starts_at - DAY)
    lines = [one for one in queue.queue(book, REMINDER) if one.stop_id == show.stop.id]
    assert sorted(one.person for one in lines) == sorted(AT_STOP)
    assert not any(one.also for one in lines)
    due = [one for one in calls_due.due(book) if one.event == "冬季路演 · 杭州"]
    assert len({one.due for one in due}) == len(due) == 2  # the day before, and on the day
    for one in due:
        assert (one.people, one.whom) == (4, {line.person_id for line in lines})
    assert [one.of for one in due] == [4, 0]
    for line in lines:
        calling.record(book, line.card_id, REMINDER, "coming", lane=PHONE)
    name = f"reminders-day-before@{show.stop.id}"
    far = step_progress.of_event(book, show.id)[name]
    assert (far.done, far.of, far.proven) == (4, 4, True)
    assert not [one for one in queue.queue(book, REMINDER) if one.stop_id == show.stop.id]
    assert "4 expected" in show.said()
    later = show.stop._replace(starts_at=show.stop.starts_at + DAY, ends_at=show.stop.ends_at + DAY)
    stops.move(book, show.stop.id, later)
    asked = [one.name.english() for one in corrections.of(book, show.id)]
    assert sum(BOTH in name for name in asked) == 1


def test_the_door_of_the_stop_has_all_of_them_in_one_list(
    book: Book, show: Show, clock: StandingClock
) -> None:
    clock.move_to(show.stop.starts_at)
    open_ = next(one for one in guests.listed_events(book) if one.name == "冬季路演 · 杭州")
    assert [one.name for one in guests.listed_events(book)].count("冬季路演 · 杭州") == 1
    assert open_.cards == OfStop(show.stop.id)
    found = {one.person: one for one in guests.guests(book, show.id, open_.cards)}
    assert set(found) == AT_STOP
    for name in (BOTH, WHOLE_ONLY):
        guests.mark_attended(book, found[name].card_id, True)
    assert show.counts() == (4, 2)
    far = step_progress.of_event(book, show.id)[f"attendance@{show.stop.id}"]
    assert (far.done, far.of) == (2, 4)
    guests.mark_attended(book, found[BOTH].card_id, None)
    assert show.counts() == (4, 1)
    # Whoever is on the list of the whole alone, and says so at the door, is no walk-in.
    door.walk_in(book, show.id, {"name": WHOLE_ONLY}, same=found[WHOLE_ONLY].person_id)
    assert show.counts() == (4, 1)
    door.walk_in(book, show.id, {"name": "过路人"})
    assert show.counts() == (4, 2)  # who did not sign up came all the same
    rate = guests.show_up(book, show.id, open_.cards)
    assert rate.walk_ins == 1
    bars = reviews.review(book, show.id).picture("stops")
    assert isinstance(bars, Bars)
    (came,) = (one for one in bars.bars[0].more if one.key.endswith("attended"))
    assert (came.value, came.part, came.of) == (2, 1, 4)


def test_what_one_list_alone_says_holds_for_the_person(
    book: Book, tmp_path: Path, clock: StandingClock
) -> None:
    """Reminded by the list of the stop, marked as come by a file of the whole."""
    show = Show(book, tmp_path)
    clock.move_to(show.stop.starts_at - DAY)
    calling.record(book, show.card(BOTH, show.stop), REMINDER, "coming", lane=PHONE)
    clock.move_to(show.stop.ends_at + HOUR)
    head, *rows = WHOLE.splitlines()
    came = [f"{head},签到", *(f"{row},是" for row in rows[:1])]
    show.whole("\n".join(came))
    assert show.card(BOTH, None) != show.card(BOTH, show.stop)
    assert show.counts() == (4, 1)
    whom = guests.of_stop(book, show.id, show.stop.id)
    rate = guests.show_up(book, show.id, whom)
    assert (rate.confirmed, rate.confirmed_and_attended, rate.attended) == (1, 1, 1)
    assert show.said() == "4 signed up  1 came = 25% (1/4, 5–70%)"
    found = {one.person: one.attended for one in guests.guests(book, show.id, whom)}
    assert found[BOTH] is True
    guests.mark_attended(book, show.card(BOTH, show.stop), False)  # seen at the door: not there
    assert show.counts() == (4, 0)
    history.undo(book)
    assert show.counts() == (4, 1)


def test_who_was_reminded_by_the_list_of_the_whole_is_expected_by_that_of_the_stop(
    book: Book, tmp_path: Path, clock: StandingClock
) -> None:
    event_id, known = stop_lists.road_show(book, tmp_path)
    file = tmp_path / "whole.csv"
    file.write_text(WHOLE, encoding="utf-8")
    coming_in.load(book, file, event_id)
    clock.move_to(known["杭州"].starts_at - DAY)
    whole = rosters_store.of_event(book.con, event_id)
    calling.record(book, stop_lists.card_of(book, whole, BOTH), REMINDER, "coming", lane=PHONE)
    stop_lists.take(book, tmp_path, event_id, known["杭州"])
    whom = guests.of_stop(book, event_id, known["杭州"].id)
    said = {one.person: one.confirmed for one in guests.guests(book, event_id, whom)}
    assert said == {BOTH: True, WHOLE_ONLY: False, OWN_ONLY: False, "陈静": False}
    assert guests.show_up(book, event_id, whom).confirmed == 1


def test_a_call_by_name_is_about_the_card_that_counts(
    book: Book, show: Show, clock: StandingClock
) -> None:
    clock.move_to(show.stop.starts_at - DAY)
    (person,) = {one.person_id for one in queue.queue(book) if one.person == BOTH}
    card = purposes.to_come(book, person)
    assert card == show.card(BOTH, show.stop)
    assert {one.card_id for one in purposes.abouts(book, person, show.id)} <= {card, None}
    about = purposes.abouts(book, person, direction=IN)
    assert [one.purpose for one in about].count(REMINDER) == 1
    line = queue.line(book, person)
    assert line is not None
    assert (line.card_id, line.also) == (card, ())
    calling.record(book, card, REMINDER, "coming", lane=PHONE)
    assert queue.line(book, person) is None


def test_nobody_who_came_by_one_list_is_missed_by_the_other(
    book: Book, show: Show, clock: StandingClock
) -> None:
    clock.move_to(show.stop.ends_at + HOUR)
    both, absent = show.card(BOTH, None), show.card(WHOLE_ONLY, None)
    own = show.card(BOTH, show.stop)
    for card, came in ((own, 0), (both, 1), (absent, 0)):
        book.con.execute("UPDATE card SET attended=? WHERE id=?", (came, card))

    def found(by: str) -> list[str]:
        since = book.now() - 60 * DAY
        rows = entering.named(book.con, by, "roadshow", since, book.now(), "none")
        return [one.person for one in rows]

    assert (found("came"), found("absent")) == ([BOTH], [WHOLE_ONLY])
    (person,) = book.con.execute("SELECT person_id FROM card WHERE id=?", (own,)).fetchone()
    (met,) = entering.met(book.con, [person], book.now())
    assert met.attended == 1
    book.con.execute("UPDATE card SET attended=0 WHERE id=?", (both,))
    assert sorted(found("absent")) == sorted([BOTH, WHOLE_ONLY])
    book.con.execute("UPDATE card SET attended=NULL WHERE id=?", (own,))
    assert sorted(found("absent")) == sorted([BOTH, WHOLE_ONLY])
