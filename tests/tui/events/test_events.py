"""Events and their plans through the keyboard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from opslog import locale
from opslog.domain.events.events import DONE, DROPPED, MISSED, NO, PINNED, EventDraft, PlanLine
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.book.contributions import Scope
from opslog.services.calls import calling
from opslog.services.calls.attendance import guests
from opslog.services.events import events
from opslog.services.events.plans import steps
from opslog.tui.anywhere.export import shown
from opslog.tui.events.events import EventsScreen
from opslog.tui.events.plans.plan import PlanScreen
from opslog.tui.frame.app import OpslogApp
from opslog.tui.frame.navigation import open_thing
from opslog.tui.frame.shown import Shown
from opslog.tui.widgets.lists.window_list import WindowList
from tests.conftest import StandingClock
from tests.services.calls.test_calling import PEOPLE
from tests.services.lists import make_list
from tests.tui.looking import line_with, lines, press, text, until


@asynccontextmanager
async def opened(
    book: Book, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[OpslogApp, Pilot[Any]]]:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "f4")
        yield app, pilot


def at(book: Book, moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=book.clock.zone).astimezone(UTC)


def make(book: Book, name: str = "上海沙龙", on: str = "2026-12-05T14:00", **more: Any) -> int:
    return events.create(book, EventDraft(name, "salon", at(book, on), **more)).made


def step(book: Book, event_id: int, key: str) -> PlanLine:
    return next(line for line in events.plan(book, event_id) if line.key == key)


def day(book: Book, instant: datetime) -> date:
    return instant.astimezone(book.clock.zone).date()


async def go_to(app: OpslogApp, pilot: Pilot[Any], ref: int) -> None:
    """Put the cursor of the plan in front on a step."""
    assert app.screen.query_one(WindowList).select(("step", ref))
    await pilot.pause()


async def go_to_event(app: OpslogApp, pilot: Pilot[Any], event_id: int) -> None:
    """Put the cursor of the plan in front on the event among its steps."""
    assert app.screen.query_one(WindowList).select(("event", event_id))
    await pilot.pause()


# -- the list -----------------------------------------------------------------------


async def test_no_event_names_the_next_key(book: Book) -> None:
    async with opened(book) as (app, _pilot):
        assert "No events yet." in text(app)
        assert "n  enters one" in text(app)
        assert "0 events" not in text(app)


async def test_the_list_says_how_far_how_done_how_late(book: Book, clock: StandingClock) -> None:
    event_id = make(book)
    make(book, "旧沙龙", "2026-11-10T14:00")
    events.cancel(book, make(book, "取消的", "2026-12-20T14:00"))
    steps.tick_step(book, step(book, event_id, "theme").id)
    clock.move_to(at(book, "2026-11-24T09:00"))
    async with opened(book) as (app, _pilot):
        shown = lines(app)
        row = line_with(app, "上海沙龙")
        assert "Sat 12-05 14:00" in row
        assert "in 11 days" in row
        assert "Offline salon" in row
        assert "▲ 3 late" in row
        assert "Plan " in line_with(app, " 1/38")
        assert "next: Fix date and time" in line_with(app, " 1/38")
        order = [shown.index(line_with(app, word)) for word in ("Coming", "Over", "Cancelled")]
        assert order == sorted(order)
        assert "14 days ago" in line_with(app, "旧沙龙")


async def test_a_wide_terminal_shows_the_plan_beside(book: Book) -> None:
    make(book, targets={"signups": 60})
    async with opened(book, (120, 40)) as (app, pilot):
        await until(pilot, "Promotion round 1: Moments")
        assert "targets sign-ups 60" in text(app)
    async with opened(book) as (app, _pilot):
        assert "Promotion round 1: Moments" not in text(app)
        assert "sign-ups ─" in line_with(app, "0 / 60")


async def test_what_runs_now_stands_first(book: Book, clock: StandingClock) -> None:
    make(book)
    make(book, "明天的", "2026-12-06T14:00")
    clock.move_to(at(book, "2026-12-05T15:00"))
    async with opened(book) as (app, _pilot):
        shown = lines(app)
        order = [shown.index(line_with(app, word)) for word in ("Running now", "Coming 1")]
        assert order == sorted(order)
        assert line_with(app, "● 上海沙龙").endswith("running now")


async def test_filter_shows_only_what_holds_the_words(book: Book) -> None:
    make(book)
    make(book, "北京大会")
    async with opened(book) as (app, pilot):
        await press(pilot, "slash", "=北京", "enter")
        assert "北京大会" in text(app)
        assert "上海沙龙" not in text(app)
        assert "Only events with “北京”" in text(app)
        await press(pilot, "slash", "ctrl+u", "enter")
        assert "上海沙龙" in text(app)


# -- entering, changing, moving -----------------------------------------------------


async def test_a_new_event_shows_its_plan_before_it_is_saved(book: Book) -> None:
    async with opened(book, (100, 40)) as (app, pilot):
        await press(pilot, "n", "=Expo", "down", "=+12d")
        await until(pilot, "Sat 12-05 14:00")
        assert "Fix date and time" in text(app)
        assert "past due, from today on in turn" in text(app)
        assert events.listing(book) == []
        await press(pilot, "down", "right", "right")  # from webinar to salon
        assert "Offline salon" in text(app)
        await press(pilot, "enter")
        await until(pilot, "New event: Expo")
    (row,) = events.listing(book)
    assert (row.name, row.kind) == ("Expo", "salon")
    assert row.starts_at == at(book, "2026-12-05T14:00")


async def test_a_name_turns_to_its_kind_until_a_hand_does(book: Book) -> None:
    async with opened(book, (100, 40)) as (app, pilot):
        await press(pilot, "n", "=AI 沙龙", "down", "=11-23 18:00")
        assert "Offline salon" in text(app)
        assert "no longer possible" in text(app)
        steps = text(app).split("no longer possible", 1)[1].splitlines()[1:4]
        assert not any("missed" in row for row in steps), "what can still be done is read first"
        await press(pilot, "down", "left", "up", "up", "=直播")
        assert "Recorded" in text(app), "a choice that was made stays"


async def test_a_date_that_does_not_exist_is_said_and_not_saved(book: Book) -> None:
    async with opened(book, (100, 40)) as (app, pilot):
        await press(pilot, "n", "=Expo", "down", "=2026-11-31", "enter")
        assert "there is no day 31 in November" in text(app)
        await press(pilot, "escape")
        assert "Esc again leaves without saving" in text(app)
        await press(pilot, "escape")
        assert "No events yet." in text(app)
    assert events.listing(book) == []


async def test_an_event_in_the_past_is_said_while_it_is_typed(book: Book) -> None:
    async with opened(book, (100, 40)) as (app, pilot):
        await press(pilot, "n", "=Old", "down", "=2026-03-04")
        assert "The event is in the past." in text(app)
        assert "36 no longer possible" in text(app)
        await press(pilot, "enter")
    (row,) = events.listing(book)
    assert row.missed == 36


async def test_moving_is_previewed_and_undone(book: Book) -> None:
    event_id = make(book)
    before = events.plan(book, event_id)
    async with opened(book, (100, 40)) as (app, pilot):
        await press(pilot, "r", "ctrl+u", "=12-01")
        assert "move to Tue 12-01 14:00" in text(app)
        assert "shifted (34)" in text(app)
        assert "Fri 11-27 11:30 to Tue 11-24 11:30" in text(app)
        assert events.plan(book, event_id) == before
        await press(pilot, "enter")
        await until(pilot, "Moved: 上海沙龙, Tue 12-01 14:00")
        assert events.get(book, event_id).row.starts_at == at(book, "2026-12-01T14:00")
        assert day(book, step(book, event_id, "promo-1-moments").due_at) == date(2026, 11, 24)
        await press(pilot, "u")
        await until(pilot, "Undone: Moved")
        assert "Sat 12-05 14:00" in line_with(app, "in 12 days")
    assert events.plan(book, event_id) == before


async def test_an_edit_says_what_it_does_to_the_plan(book: Book) -> None:
    event_id = make(book)
    async with opened(book, (100, 40)) as (_app, pilot):
        await press(pilot, "e", "down", "down", "down", "down", "right")  # list: none
        await until(pilot, "taken out")
        await press(pilot, "enter")
        await until(pilot, "Changed: 上海沙龙")
    assert events.get(book, event_id).row.list == "none"
    assert "figures" in [line.key for line in events.plan(book, event_id)]


async def test_another_date_of_what_people_came_to_is_asked_about(book: Book) -> None:
    made = make_list(book, [("王志刚", "万科", "", "+8613800138000", "")])
    guests.mark_attended(book, made.cards[0], True)
    was = events.get(book, made.event_id).row.starts_at
    async with opened(book, (100, 40)) as (app, pilot):
        app.screen.query_one(WindowList).select(made.event_id)
        await press(pilot, "e")
        await until(pilot, "Change the event")
        app.screen.query_one("#field-on", Input).value = "2026-12-08 07:00"
        await press(pilot, "enter")
        await until(pilot, "and 1 came. Enter again moves it")
        assert events.get(book, made.event_id).row.starts_at == was
        await press(pilot, "enter")
        await until(pilot, "Changed: 上海沙龙")
    assert events.get(book, made.event_id).row.starts_at != was


async def test_cancelling_asks_first(book: Book) -> None:
    event_id = make(book)
    async with opened(book) as (app, pilot):
        await press(pilot, "delete")
        assert "Cancel 上海沙龙?" in text(app)
        await press(pilot, "escape")
        assert events.get(book, event_id).row.cancelled_at is None
        await press(pilot, "delete", "enter")
        await until(pilot, "Cancelled: 上海沙龙")
    assert events.get(book, event_id).row.cancelled_at is not None


async def test_copy_and_export_know_what_is_meant(book: Book) -> None:
    event_id = make(book, place="静安")
    async with opened(book) as (app, pilot):
        await press(pilot, "y")
        assert app.clipboard == "上海沙龙 Sat 12-05 14:00 静安"
        assert (shown(app).what, shown(app).at_event) == ("events", event_id)
        await press(pilot, "enter", "y")
        assert app.clipboard == "Mon 11-23 09:30 Fix date and time"
        await go_to_event(app, pilot, event_id)
        await press(pilot, "y")
        assert app.clipboard.startswith("上海沙龙\nMon 11-23 09:30 Fix date and time\n")
        assert shown(app) == Shown("plan", Scope(event_id))


# -- the plan -----------------------------------------------------------------------


async def test_the_plan_opens_on_the_next_step_and_says_why(book: Book) -> None:
    event_id = make(book)
    async with opened(book) as (app, pilot):
        await press(pilot, "enter")
        assert isinstance(app.screen, PlanScreen)
        assert "was due Fri 11-20, still possible: due Mon 11-23 instead" in text(app)
        assert "planned Fri 11-20" in line_with(app, "Fix date and time")
        await go_to(app, pilot, step(book, event_id, "promo-1-moments").id)
        assert "Sat 11-28 is a day off: the working day before, 11-27" in text(app)
        row = line_with(app, "Promotion round 1: Moments")
        assert row.endswith("planned Sat 11-28, a day off")  # the title names the channel
        await press(pilot, "escape")
        assert "Coming" in text(app)


async def test_d_ticks_a_step_and_goes_on(book: Book) -> None:
    event_id = make(book)
    first, second = events.plan(book, event_id)[:2]
    async with opened(book, (100, 40)) as (app, pilot):
        await press(pilot, "enter", "d")  # names what is open, once
        assert "d again closes it all the same; still open: Clear of holidays" in text(app)
        assert steps.step(book, first.id).open
        await press(pilot, "d")
        await until(pilot, "Done: Fix date and time")
        assert steps.step(book, first.id).state == DONE
        assert app.screen.query_one(WindowList).selected == ("step", second.id)
        assert "✓ 1 step done   Fix date and time" in line_with(app, "this week 11-23")
        await press(pilot, "space")  # shows what is over of the week
        assert "✓ Fix date and time" in line_with(app, "today Mon  09:30")
        await press(pilot, "up", "d")  # and open again
        assert steps.step(book, first.id).state != DONE
        assert app.screen.query_one(WindowList).selected == ("step", second.id)


async def test_a_checklist_is_opened_and_ticked(book: Book) -> None:
    event_id = make(book)
    async with opened(book, (100, 40)) as (app, pilot):
        await press(pilot, "enter")
        posters = step(book, event_id, "posters")
        await go_to(app, pilot, posters.id)
        await press(pilot, "enter")
        assert "○ Long poster" in text(app)
        await press(pilot, "down", "d")
        assert "✓ Long poster" in text(app)
        assert "1/3" in line_with(app, "Posters and the words")
        await press(pilot, "enter")  # Enter on a line of it does the same
        assert "✓ Short poster" in text(app)
        await go_to(app, pilot, posters.id)
        await press(pilot, "d", "d")  # goes on to the next step, past the open checklist
        assert app.screen.query_one(WindowList).selected == (
            "step",
            step(book, event_id, "qr-codes").id,
        )
        assert "Long poster" not in text(app)  # folded into the line of its week
    assert [item.done_at is not None for item in step(book, event_id, "posters").items] == [
        True,
        True,
        False,
    ]


async def test_what_is_over_of_a_week_is_folded_into_its_line(
    book: Book, clock: StandingClock
) -> None:
    event_id = make(book)
    for key in ("fix-date", "theme"):
        steps.tick_step(book, step(book, event_id, key).id)
    clock.move_to(at(book, "2026-11-26T09:00"))
    async with opened(book, (120, 40)) as (app, pilot):
        await press(pilot, "enter")
        shown = lines(app)
        late = next(i for i, row in enumerate(shown) if "▲ Small confirmations" in row)
        now = next(i for i, row in enumerate(shown) if "09:00 ─" in row)
        coming = next(i for i, row in enumerate(shown) if "Fri 11-27" in row)
        assert late < now < coming
        assert "3 d late" in shown[late]
        assert "✓ 2 steps done" in line_with(app, "this week 11-23")
        assert "✓ Fix date and time" not in text(app)
        await press(pilot, "home", "r")  # a week is no event: nothing moves
        assert "This is no step" in text(app)
        await press(pilot, "enter")
        assert "✓ Fix date and time" in text(app)
        await press(pilot, "space")
        assert "✓ Fix date and time" not in text(app)


async def test_undoing_a_step_puts_the_cursor_on_it(book: Book) -> None:
    event_id = make(book)
    theme = step(book, event_id, "theme")
    async with opened(book) as (app, pilot):
        await press(pilot, "enter")
        await go_to(app, pilot, theme.id)
        await press(pilot, "d", "d", "down", "down", "u")
        await until(pilot, "Undone")
        assert app.screen.query_one(WindowList).selected == ("step", theme.id)


async def test_a_line_of_a_checklist_is_answered_by_a_key_or_in_words(book: Book) -> None:
    event_id = make(book)
    small, codes = step(book, event_id, "confirmations"), step(book, event_id, "qr-codes")
    async with opened(book, (100, 40)) as (app, pilot):
        await press(pilot, "enter")
        await go_to(app, pilot, small.id)
        await press(pilot, "1")
        assert "1 and 2 answer a line of a checklist" in text(app)
        await press(pilot, "enter", "down")
        assert "1 yes · 2 no · Enter in words" in text(app)
        await press(pilot, "1", "2")
        assert "✓ Two posters, a long detailed one and a short one? → yes" in text(app)
        assert "✓ May the slides go out as PDF? → no" in text(app)
        await press(pilot, "enter", *"only after Monday", "enter")
        assert "→ only after Monday" in text(app)
        await go_to(app, pilot, codes.id)
        await press(pilot, "enter", "down", "1")
        assert "that asks for yes or no" in text(app)
        await press(pilot, "enter", *"https://u.cn/a", "enter", "u")
        await until(pilot, "Undone: Answered: QR code for Moments → https://u.cn/a")
    answers = [item.answer for item in step(book, event_id, "confirmations").items]
    assert answers == ["yes", "no", "only after Monday", ""]
    assert step(book, event_id, "qr-codes").items[0].done_at is None


async def test_sign_ups_stand_against_their_target(book: Book) -> None:
    make(book, targets={"signups": 60, "attended": 35}, budget_cents=900_000)
    async with opened(book) as (app, pilot):
        await press(pilot, "enter")
        row = line_with(app, "sign-ups")
        assert "0 / 60" in row
        assert "attended – / 35" in row
        assert "budget 9,000" in row


async def test_r_pins_a_step_and_p_lets_it_go(book: Book) -> None:
    event_id = make(book)
    moments = step(book, event_id, "promo-2-moments")
    async with opened(book, (100, 40)) as (app, pilot):
        await press(pilot, "enter")
        await go_to(app, pilot, moments.id)
        await press(pilot, "r", "ctrl+u", "=+1d")
        assert "Thu 12-03 11:30" in text(app)
        await press(pilot, "enter")
        await until(pilot, "Rescheduled: Promotion round 2: Moments")
        assert steps.step(book, moments.id).state == PINNED
        assert "planned Wed 12-02" in line_with(app, "○ Promotion round 2: Moments")
        assert "date set by hand, the plan says Wed 12-02" in text(app)
        await press(pilot, "backspace")
        await until(pilot, "Unpinned")
    assert steps.step(book, moments.id) == moments


async def test_a_step_is_not_moved_past_its_event_unasked(book: Book) -> None:
    moments = step(book, make(book), "promo-2-moments")
    async with opened(book, (100, 40)) as (app, pilot):
        await press(pilot, "enter")
        await go_to(app, pilot, moments.id)
        await press(pilot, "r", "ctrl+u", "=12-08 10:00")
        assert "→ Tue 12-08 10:00 · the event begins Sat" in text(app)
        await press(pilot, "enter")
        assert "Enter again does it all the same." in text(app)
        assert "12-08 10:00" in text(app)
        assert steps.step(book, moments.id) == moments
        await press(pilot, "ctrl+u", "=11-28 10:00", "enter", "enter")
        await until(pilot, "Rescheduled: Promotion round 2: Moments")
    assert steps.step(book, moments.id).due_at == at(book, "2026-11-28T10:00")


async def test_a_bare_hour_on_a_step_is_the_next_working_one(
    book: Book, clock: StandingClock
) -> None:
    moments = step(book, make(book), "promo-2-moments")
    clock.move_to(at(book, "2026-11-27T10:05"))
    async with opened(book, (100, 40)) as (app, pilot):
        await press(pilot, "enter")
        await go_to(app, pilot, moments.id)
        await press(pilot, "r", "ctrl+u", "=10")
        assert "Mon 11-30 10:00 · the next 10:00 on a working day" in text(app)


async def test_r_on_the_event_moves_the_event(book: Book) -> None:
    event_id = make(book)
    async with opened(book, (100, 40)) as (app, pilot):
        await press(pilot, "enter")
        await go_to_event(app, pilot, event_id)
        await press(pilot, "r", "ctrl+u", "=12-08", "enter")
        await until(pilot, "Moved: 上海沙龙")
    assert events.get(book, event_id).row.starts_at == at(book, "2026-12-08T14:00")


async def test_a_step_is_added_taken_out_noted_and_snoozed(book: Book) -> None:
    event_id = make(book)
    async with opened(book, (100, 40)) as (app, pilot):
        await press(pilot, "enter", "n", "=Order flowers", "down", "=12-03 10:00", "enter")
        await until(pilot, "New step: Order flowers")
        own = next(line for line in events.plan(book, event_id) if line.name == "Order flowers")
        assert app.screen.query_one(WindowList).selected == ("step", own.id)
        await press(pilot, "m", "=red ones", "enter")
        await until(pilot, "Note on: Order flowers")
        assert steps.step(book, own.id).note == "red ones"
        await press(pilot, "z")
        await until(pilot, "Snoozed until Tue 11-24")
        await press(pilot, "delete")
        await until(pilot, "Removed the step: Order flowers")
        assert own.id not in [line.id for line in events.plan(book, event_id)]
        await press(pilot, "u")
        await until(pilot, "Undone: Removed")
    assert own.id in [line.id for line in events.plan(book, event_id)]


async def test_e_on_a_step_changes_its_words_its_moment_and_its_note(book: Book) -> None:
    event_id = make(book)
    async with opened(book) as (app, pilot):
        poster = step(book, event_id, "qr-codes")
        await press(pilot, "enter")
        await go_to(app, pilot, poster.id)
        await press(pilot, "e", "ctrl+u", "=Poster, tall", "tab", "=2026-12-02 10:00")
        await press(pilot, *["tab"] * 5, "=A3", "enter")
        changed = steps.step(book, poster.id)
        assert (changed.name, changed.note, changed.state) == ("Poster, tall", "A3", PINNED)
        assert changed.due_at == at(book, "2026-12-02T10:00")
        await press(pilot, "u")
        assert steps.step(book, poster.id) == poster


async def test_figures_are_typed_in(book: Book) -> None:
    event_id = make(book, on="2026-11-20T14:00", list="none")
    async with opened(book, (100, 40)) as (app, pilot):
        await press(pilot, "enter", "V", "=8108", "down", "=x")
        assert "“x” is no amount" in text(app)
        await press(pilot, "backspace", "=5", "=4", "=0", "down", "=12", "enter")
        await until(pilot, "Figures of 上海沙龙")
        assert "reach 8,108" in text(app)
    card = events.get(book, event_id)
    assert (card.reach, card.views, card.shares) == (8108, 540, 12)
    assert step(book, event_id, "figures").state == DONE


async def test_missed_and_late_steps_stand_out(book: Book, clock: StandingClock) -> None:
    event_id = make(book, on="2026-11-25T14:00")
    assert step(book, event_id, "promo-1-sem").state == MISSED
    clock.move_to(at(book, "2026-11-24T15:00"))
    async with opened(book, (100, 60)) as (app, pilot):
        assert "▲ 8 late" in line_with(app, "上海沙龙")
        await press(pilot, "enter")
        assert "! 1 missed  – 1 given up" in line_with(app, "this week")
        assert "1 d late" in line_with(app, "▲ Settle theme")
        assert "○" in line_with(app, "Reminder calls the day before")  # today's, not late


async def test_a_plan_whose_event_is_undone_closes(book: Book) -> None:
    make(book)
    async with opened(book) as (app, pilot):
        await press(pilot, "enter")
        history.undo(book)
        app.broadcast({"event": {1}})
        await pilot.pause()
        assert isinstance(app.screen, EventsScreen)
        assert "No events yet." in text(app)


async def test_today_opens_the_plan_at_the_step(book: Book) -> None:
    event_id = make(book)
    wanted = step(book, event_id, "posters")
    async with opened(book) as (app, pilot):
        await open_thing(app, "step", wanted.id)
        await pilot.pause()
        assert isinstance(app.screen, PlanScreen)
        assert app.screen.query_one(WindowList).selected == ("step", wanted.id)


async def test_names_are_text_never_markup(book: Book) -> None:
    event_id = make(book, "[/red] \x1b[31mAcme [/Ops]")
    async with opened(book) as (app, pilot):
        assert "[/red] ␛[31mAcme" in text(app)
        await press(pilot, "enter")
        assert "[/red] ␛[31mAcme [/Ops]" in text(app)
        await go_to_event(app, pilot, event_id)
        await press(pilot, "r")
        assert "Move [/red] ␛[31mAcme [/Ops]" in text(app)


@pytest.mark.parametrize("size", [(80, 24), (132, 43)])
async def test_in_chinese(book: Book, size: tuple[int, int]) -> None:
    locale.set_language("zh_CN")
    event_id = make(book)
    async with opened(book, size) as (app, pilot):
        assert "12 天后" in line_with(app, "线下沙龙") if size[0] < 100 else True
        await press(pilot, "enter")
        await go_to(app, pilot, step(book, event_id, "promo-1-moments").id)
        assert "11:30 ○ 第一轮宣传：朋友圈" in text(app)
        await go_to_event(app, pilot, event_id)
        await press(pilot, "r")
        assert "上海沙龙 改期" in text(app)


async def test_one_day_is_no_days(book: Book) -> None:
    plan = events.plan(book, make(book, on="2026-12-10T14:00"))
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 30)) as pilot:
        for offset, said in ((-1, "1 day before the event"), (-2, "2 days before the event")):
            found = next(line for line in plan if line.offset == offset and not line.why)
            await open_thing(app, "step", found.id)
            await pilot.pause()
            assert said in text(app)
            await press(pilot, "escape")


async def test_the_checklist_says_where_who_came_is_marked(book: Book) -> None:
    marking = step(book, make(book), "attendance")
    assert [item.title_en for item in marking.items][-1] == "Each one is marked: F6, then v"


async def test_a_step_is_given_up_with_its_reason_and_folded(book: Book) -> None:
    event_id = make(book)
    async with opened(book, (100, 40)) as (app, pilot):
        await press(pilot, "enter", "minus")
        await until(pilot, "Give up “Fix date and time”: why?")
        await press(pilot, *"venue", "enter")
        assert "– 1 given up   Fix date and time" in line_with(app, "this week 11-23")
        assert events.plan(book, event_id)[0].dropped_why == "venue"
        await press(pilot, "space")
        assert "venue" in line_with(app, "– Fix date and time")
        await press(pilot, "up", "backspace")
        assert "○ Fix date and time" in text(app)


async def test_a_plan_of_next_year_says_each_day_and_time(book: Book) -> None:
    make(book, on="2027-03-12T14:00")
    async with opened(book) as (app, pilot):
        await press(pilot, "enter")
        await until(pilot, "from 2027-02-22")
        assert "Fri 02-26  10:00" in line_with(app, "Fix date and time")
        assert "10:30" in line_with(app, "Five questions")


async def test_the_plan_itself_says_that_nobody_named_the_targets(book: Book) -> None:
    event_id = make(book)
    questions = step(book, event_id, "preflight")
    named = next(one for one in questions.items if "named targets" in one.title_en)
    steps.answer_item(book, named.id, NO)
    async with opened(book) as (_app, pilot):
        await press(pilot, "enter")
        await until(pilot, "No named targets yet")


async def test_a_preview_says_whole_where_a_step_was_to_be(book: Book) -> None:
    locale.set_language("zh_CN")
    async with opened(book) as (app, pilot):
        await press(pilot, "n", "=深圳沙龙", "tab", "=11-30 14:00")
        await until(pilot, "做报名表")
        for row in lines(app):
            assert "…" not in row or "·" not in row
        assert "原定 11-16 周一 " in line_with(app, "确认日期和时间")


async def test_the_pane_counts_the_steps_that_the_row_of_the_list_counts(book: Book) -> None:
    event_id = events.create(
        book, EventDraft("快闪直播", "webinar", at(book, "2026-11-26T20:00"))
    ).made
    assert event_id is not None
    dropped = sum(line.state == DROPPED for line in events.plan(book, event_id))
    (row,) = events.some(book, [event_id])
    assert dropped
    async with opened(book, (120, 40)) as (app, _pilot):
        assert f"{row.done}/{row.steps}" in line_with(app, "Plan ")
        said = f"{row.done} of {row.steps} done  – {dropped} given up"
        assert said in line_with(app, "Next in its plan")


async def test_a_move_to_a_day_that_is_past_asks_first(book: Book) -> None:
    event_id = make(book)
    was = events.get(book, event_id).row.starts_at
    async with opened(book) as (_app, pilot):
        for key in ("r", "e"):
            await press(pilot, key)
            if key == "e":
                await press(pilot, "tab")
            await press(pilot, "ctrl+u", "=11-20 14:00", "enter")
            await until(pilot, "2026-11-20 is past, write 2027-11-20 for the next one. Enter again")
            assert events.get(book, event_id).row.starts_at == was
            await press(pilot, "enter")
            await until(pilot, "Moved: 上海沙龙" if key == "r" else "Changed: 上海沙龙")
            assert day(book, events.get(book, event_id).row.starts_at) == date(2026, 11, 20)
            history.undo(book)


async def test_a_long_name_leaves_room_for_when_its_event_is(book: Book) -> None:
    make(book, "华东区老客户增长与数字化转型闭门沙龙（上海、杭州、苏州三地客户专场）")
    for size in ((80, 24), (120, 40)):
        async with opened(book, size) as (app, _pilot):
            assert "Sat 12-05 14:00" in line_with(app, "● 华东区老客户")


async def test_what_is_over_is_not_called_off_as_if_it_were_to_come(
    book: Book, clock: StandingClock
) -> None:
    made = make_list(book, PEOPLE[:1], ends_ago=-timedelta(hours=31))
    calling.record(book, made.cards[0], "reminder", "coming", lane="phone")
    async with opened(book) as (app, pilot):
        await press(pilot, "delete")
        assert "tell them that it is off" in text(app)
        await press(pilot, "escape")
        clock.move_to(book.now() + timedelta(days=2))
        await press(pilot, "delete")
        assert "is over. Say all the same that it never took place?" in text(app)
        assert "tell them that it is off" not in text(app)
