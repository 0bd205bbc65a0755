"""What the screens say: one refusal at a time, no promise that does not hold, hints that go."""

from __future__ import annotations

from typing import Any

from textual.events import Key

from opslog.domain.base.refusal import Refused
from opslog.locale import msg
from opslog.services.book.book import Book, open_book
from opslog.services.daybook import lines as log_lines
from opslog.tui.frame.app import OpslogApp
from opslog.tui.frame.navigation import open_thing
from opslog.tui.widgets.asking.prompt import Confirm
from opslog.tui.widgets.text import line
from tests.services.rosters.test_rosters import make_event
from tests.tui.looking import line_with, lines, notices, press, text


def running(book: Book) -> OpslogApp:
    return OpslogApp(book, demo=True)


def status(app: OpslogApp) -> str:
    return lines(app)[-2]


async def test_a_refusal_takes_the_place_of_the_one_before(book: Book) -> None:
    app = running(book)
    async with app.run_test(notifications=True) as pilot:
        app.refuse(Refused(msg("the first")))
        await pilot.pause()
        app.refuse(Refused(msg("the second")))
        await pilot.pause()
        assert notices(app) == "the second"


async def test_the_next_key_ends_a_refusal_that_was_seen(book: Book, monkeypatch: Any) -> None:
    monkeypatch.setattr("opslog.tui.frame.app.REFUSAL_SECONDS", 0.01)
    app = running(book)
    async with app.run_test(notifications=True) as pilot:
        app.refuse(Refused(msg("not now")))
        await pilot.pause(0.05)
        assert notices(app) == "not now"
        await press(pilot, "down")
        assert notices(app) == ""


async def test_a_refusal_stands_for_a_moment_whatever_is_typed(
    book: Book, monkeypatch: Any
) -> None:
    monkeypatch.setattr("opslog.tui.frame.app.REFUSAL_SECONDS", 3600)
    app = running(book)
    async with app.run_test(notifications=True) as pilot:
        app.refuse(Refused(msg("not now")))
        await press(pilot, "down", "down")
        assert notices(app) == "not now"


async def test_keys_typed_ahead_of_a_refusal_are_dropped(book: Book, monkeypatch: Any) -> None:
    """The second key was meant for the row after; the row that was refused must not get it."""
    app = running(book)
    pressed = []

    async with app.run_test(notifications=True) as pilot:

        async def slow(key: Any) -> None:
            pressed.append(key.key)
            if key.key == "1":
                app.refuse(Refused(msg("not now")))

        monkeypatch.setattr(app._key_queue, "_hand_over", slow)
        for key in "123":
            app.post_message(Key(key, key))
        await pilot.pause(0.1)
        app.post_message(Key("4", "4"))
        await pilot.pause(0.1)
        assert pressed == ["1", "4"]


async def test_an_undo_is_not_offered_for_what_is_no_longer_the_newest(book: Book) -> None:
    app = running(book)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "a", "=one", "enter")
        assert "Logged: one  u Undo" in status(app)
        await press(pilot, "f4", "f2")
        assert "Logged: one  u Undo" in status(app)
        await press(pilot, "f3", "a", "=two", "enter", "f2")
        assert "Logged: one" not in status(app)


async def test_what_was_undone_elsewhere_is_not_offered_again(book: Book) -> None:
    app = running(book)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "a", "=one", "enter", "f4", "u")
        assert "Undone: Logged: one" in status(app)
        await press(pilot, "f2")
        assert status(app) == ""


async def test_the_word_on_the_input_method_goes_with_the_next_key(book: Book) -> None:
    app = running(book)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "好")
        assert "The input method is on" in status(app)
        await press(pilot, "down")
        assert status(app) == ""


async def test_the_key_of_a_screen_always_shows_its_own_list(book: Book) -> None:
    make_event(book, "杭州大会")
    log_lines.add(book, "found @杭州大会")
    app = running(book)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f4", "enter", "f2", "f4")
        assert "Offline salon" in line_with(app, "杭州大会")
        assert len(app.screen_stack) == 1
        await press(pilot, "enter", "g", "e")
        assert len(app.screen_stack) == 1


async def test_a_change_from_elsewhere_does_not_reach_screens_that_are_closing(
    book: Book, monkeypatch: Any
) -> None:
    app = running(book)
    async with app.run_test():
        told: list[object] = []
        monkeypatch.setattr(app, "broadcast", told.append)
        other = open_book(book.path, clock=book.clock, session="other")
        log_lines.add(other, "from a second terminal")
        other.close()
        app._running = False
        app._look_for_others()
        app._running = True
        assert told == []
        app._look_for_others()
        assert told == [{}]


async def test_a_question_is_read_whole(book: Book) -> None:
    app = running(book)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(Confirm("Sure?", [line(" ".join(["word"] * 30) + " last")]))
        await pilot.pause()
        assert "last" in text(app)


async def test_back_leads_to_where_a_thing_was_opened(book: Book) -> None:
    """Triage of Today goes on after each look; gone to by its own key, a screen is left for
    its own list."""
    event = make_event(book, "杭州大会")
    app = running(book)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_thing(app, "event", event)
        await pilot.pause()
        assert app.current_mode == "events"
        await press(pilot, "escape")
        assert app.current_mode == "today"
        await press(pilot, "f4")
        assert len(app.screen_stack) == 1
        await press(pilot, "f2")
        await open_thing(app, "event", event)
        await press(pilot, "f2", "f4", "escape")
        assert (app.current_mode, len(app.screen_stack)) == ("events", 1)
