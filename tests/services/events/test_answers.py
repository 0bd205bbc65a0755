"""The answers of a plan where they are needed: said on calls, warned about before the event."""

from __future__ import annotations

from datetime import timedelta

from opslog.domain.calls import talk_tracks
from opslog.domain.events.events import EventDraft
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.events import answers, events
from opslog.services.events.plans import steps
from tests.conftest import StandingClock

DAY = timedelta(days=1)


def entered(book: Book, host: str = "own") -> int:
    made = events.create(book, EventDraft("沙龙", "salon", book.now() + 30 * DAY, host=host)).made
    assert made is not None
    return made


def answer(book: Book, event_id: int, words: str, said: str) -> None:
    items = [item for line in events.plan(book, event_id) for item in line.items]
    item = next(item for item in items if item.title_en.startswith(words))
    steps.answer_item(book, item.id, said)


def test_how_to_sign_in_is_said_on_the_call_and_what_is_not_answered_is_not(book: Book) -> None:
    event_id = entered(book)
    tracks = own_kinds.tracks(book)

    def said() -> talk_tracks.Talk:
        fields = {"person": "Wang", "event": "Salon", "time": "14:00", "place": "Hall"}
        more = answers.fields(book, event_id)
        return tracks.find("reminder", "phone", slot="on_day", fields={**fields, **more})

    assert said().say.endswith("the desk opens a quarter of an hour before. Are you on your way?")
    answer(book, event_id, "How people sign in", "on the ground floor")
    answer(book, event_id, "Whom to ask for", "Zhou Min 138")
    assert "hour before, on the ground floor, ask for Zhou Min 138. Are" in said().say
    assert said().blank == ()


def test_no_named_targets_or_no_warm_up_is_warned_about_while_the_event_is_ahead(
    book: Book, clock: StandingClock
) -> None:
    event_id = entered(book)

    def warned() -> list[str]:
        return [str(said)[:28] for said in events.warnings(book, events.get(book, event_id))]

    assert warned() == []  # there is time to answer
    answer(book, event_id, "Is there a list of named", "no")
    assert warned() == ["No named targets yet: list c"]
    clock.move_to(book.now() + 20 * DAY)
    assert warned() == ["No named targets yet: list c", "Is the warm-up early enough?"]
    answer(book, event_id, "Is there a list of named", "yes")
    answer(book, event_id, "Is there warm-up", "no")
    assert warned() == ["The warm-up is not early eno"]
    clock.move_to(book.now() + 20 * DAY)
    assert warned() == []


def test_somebody_elses_event_asks_whether_to_go(book: Book) -> None:
    keys = [line.key for line in events.plan(book, entered(book, host="sponsored"))]
    assert "attend" in keys
    assert "attend" not in [line.key for line in events.plan(book, entered(book))]
