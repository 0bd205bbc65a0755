"""An event is moved: what was published with the old date is corrected, who knew of it is told."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opslog.domain.calls.corrections import OTHERS, PERSON, POST, Correction
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.calls import calling, corrections
from opslog.services.calls.attendance import guests
from opslog.services.calls.queue import due as calls_due
from opslog.services.calls.queue import queue
from opslog.services.events import events
from opslog.services.events.plans import steps
from tests.services.calls.test_calling import salon_tomorrow
from tests.services.lists import Sheet, make_steps

WEEK = timedelta(days=7)


def published(book: Book, event_id: int) -> int:
    """A round of promotion in Moments, done."""
    start = events.get(book, event_id).row.starts_at
    step = steps.add_step(book, event_id, "朋友圈预告", start - timedelta(hours=24)).made
    assert step is not None
    book.con.execute("UPDATE step SET channel='moments' WHERE id=?", (step,))
    steps.tick_step(book, step)
    return step


def moved(book: Book) -> tuple[Sheet, int]:
    """A post in Moments, one who comes, one who has no time, one for whom it is too far; then the
    event is a week later."""
    made = salon_tomorrow(book)
    step = published(book, made.event_id)
    answers = (("coming", ""), ("not_coming", "time"), ("not_coming", "too_far"))
    for card, (outcome, reason) in zip(made.cards, answers, strict=False):
        calling.record(book, card, "reminder", outcome, lane="phone", reason=reason)
    start = events.get(book, made.event_id).row.starts_at
    events.move(book, made.event_id, start + WEEK)
    return made, step


def keys(found: list[Correction]) -> list[tuple[str, int]]:
    return [one.key for one in found]


def test_a_move_leaves_posts_and_people_to_tell_each_with_both_dates(book: Book) -> None:
    made, step = moved(book)
    found = corrections.of(book, made.event_id)
    assert keys(found)[:3] == [(POST, step), (PERSON, made.cards[0]), (PERSON, made.cards[1])]
    assert (PERSON, made.cards[2]) not in keys(found)
    was, now = (events.get(book, made.event_id).row.starts_at + n * WEEK for n in (-1, 0))
    for one in found:
        assert one.was == was
        local = [t.astimezone(book.clock.zone) for t in (was, now)]
        assert all(f"{t.day} " in one.text.english() for t in local)
    said = corrections.said(found)
    assert said is not None
    assert said.english().startswith("1 post to correct, 2 people to ask again")
    (item,) = [one for one in calls_due.due(book) if one.kind == "correction"]
    assert (item.ref, item.people) == (made.event_id, 2)


def test_they_are_asked_again_at_once_and_no_forecast_counts_what_they_said(book: Book) -> None:
    made, _step = moved(book)
    lines = {line.card_id: line for line in queue.queue(book, event_id=made.event_id)}
    for card in made.cards[:2]:
        assert lines[card].ready
        assert "moved: what they said was of" in lines[card].why.english()
    assert made.cards[2] not in lines
    codes = {one.code: one.number for one in guests.forecast(book, made.event_id).lines}
    assert "coming" not in codes
    assert codes["not_coming"] == 1
    calling.record(book, made.cards[0], "reminder", "coming", lane="phone")
    assert (PERSON, made.cards[0]) not in keys(corrections.of(book, made.event_id))
    waits = [line.card_id for line in queue.queue(book, event_id=made.event_id)]
    assert made.cards[0] not in waits
    assert guests.confirmed(book, made.event_id).said == 1


def test_nothing_is_told_twice_and_undo_brings_it_back(book: Book) -> None:
    made, _step = moved(book)
    found = corrections.of(book, made.event_id)
    change = corrections.tell(book, found, made.event_id)
    assert corrections.of(book, made.event_id) == []
    assert not [one for one in calls_due.due(book) if one.kind == "correction"]
    assert not any(line.ready for line in queue.queue(book, event_id=made.event_id))
    history.undo(book, change.id)
    assert corrections.of(book, made.event_id) == found


def test_a_second_move_tells_those_who_were_told_and_back_again_only_them(book: Book) -> None:
    made, step = moved(book)
    start = events.get(book, made.event_id).row.starts_at - WEEK
    first, *_rest = corrections.of(book, made.event_id)
    corrections.tell(book, [first], made.event_id)
    events.move(book, made.event_id, start)
    assert keys(corrections.of(book, made.event_id)) == [(POST, step)]
    assert guests.confirmed(book, made.event_id).said == 1


def test_reminders_closed_by_hand_are_open_again(book: Book) -> None:
    made = salon_tomorrow(book)
    step = make_steps(book, made.event_id, "reminders-day-before")["reminders-day-before"]
    steps.tick_step(book, step)
    start = events.get(book, made.event_id).row.starts_at
    preview = events.preview_move(book, made.event_id, start + WEEK)
    assert [x.after.id for x in preview.plan.shifted if x.after.id == step] == [step]
    change = events.move(book, made.event_id, start + WEEK)
    assert steps.step(book, step).open
    history.undo(book, change.id)
    assert not steps.step(book, step).open


def test_the_preview_says_what_the_move_will_leave(book: Book) -> None:
    made = salon_tomorrow(book)
    published(book, made.event_id)
    calling.record(book, made.cards[0], "reminder", "coming", lane="phone")
    start = events.get(book, made.event_id).row.starts_at
    before = keys(corrections.of(book, made.event_id, start + WEEK))
    events.move(book, made.event_id, start + WEEK)
    assert before == keys(corrections.of(book, made.event_id))
    assert (OTHERS, made.event_id) in before


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(verbs=st.lists(st.sampled_from(["later", "earlier", "publish", "call", "tell"]), max_size=6))
def test_taking_a_move_back_is_the_identity(book: Book, verbs: list[str]) -> None:
    made = salon_tomorrow(book)
    for verb in verbs:
        start = events.get(book, made.event_id).row.starts_at
        if verb in ("later", "earlier"):
            by = WEEK if verb == "later" else -WEEK / 14
            events.move(book, made.event_id, start + by)
        elif verb == "publish":
            published(book, made.event_id)
        elif verb == "call":
            calling.record(book, made.cards[0], "reminder", "coming", lane="phone")
        elif found := corrections.of(book, made.event_id):
            corrections.tell(book, found, made.event_id)
            assert corrections.of(book, made.event_id) == []

    def state() -> object:
        who = queue.queue(book, event_id=made.event_id)
        return corrections.of(book, made.event_id), events.plan(book, made.event_id), who

    before, start = state(), events.get(book, made.event_id).row.starts_at
    change = events.move(book, made.event_id, start + 2 * WEEK)
    history.undo(book, change.id)
    assert state() == before
