"""The review of an event through the keyboard: opened, compared, typed into, written as a page."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from opslog.domain.base.clock import instant_text
from opslog.domain.events.events import EventDraft
from opslog.domain.reviews import wording
from opslog.domain.reviews.results.worth import Cost
from opslog.domain.reviews.review import Compared, Proposal
from opslog.services.answers import answering
from opslog.services.book.book import Book
from opslog.services.calls import calling
from opslog.services.events import events, targets
from opslog.services.reviews import acts, channels, costs, figures, reviews
from opslog.tui.events.stops import StopsScreen
from opslog.tui.frame.app import OpslogApp
from opslog.tui.reports.opened import OpenedScreen
from opslog.tui.reviews.review import ReviewScreen
from opslog.tui.widgets.lists.window_list import WindowList
from tests.services.answers.test_answering import HEAR, NEED
from tests.services.calls import test_stop_lists as stop_lists
from tests.services.lists import make_list
from tests.tui.looking import lines, press, text, until
from tests.tui.reviews.made import said

WIDE, NARROW = (120, 40), (80, 24)


@pytest.fixture
def held(book: Book) -> int:
    """A salon yesterday: four signed up, three were called, two came."""
    rows = [(f"客户{n}", "万科", "", f"+861380013800{n}", "") for n in range(4)]
    made = make_list(book, rows, ends_ago=timedelta(hours=20))
    for card, outcome in zip(made.cards, ("coming", "coming", "not_coming"), strict=False):
        calling.record(book, card, "reminder", outcome, lane="phone")
    for card in made.cards[:2]:
        book.con.execute("UPDATE card SET attended=1 WHERE id=?", (card,))
    book.con.commit()
    return events.listing(book)[0].id


@pytest.fixture
def older(book: Book, held: int) -> int:
    rows = [(f"来宾{n}", "华为", "", f"+861390013900{n}", "") for n in range(3)]
    make_list(book, rows, event="苏州沙龙", ends_ago=timedelta(days=40))
    return next(one.id for one in events.listing(book) if one.id != held)


@asynccontextmanager
async def opened(
    book: Book, size: tuple[int, int] = WIDE
) -> AsyncIterator[tuple[OpslogApp, Pilot[Any]]]:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        yield app, pilot


async def at_review(pilot: Pilot[Any]) -> None:
    """What is worked out beside the keys stands there."""
    await until(pilot, "From seen to handed over")


async def test_a_page_is_written_in_four_keys(book: Book, held: int, tmp_path: Path) -> None:
    book.set_setting("export.folder", str(tmp_path))
    async with opened(book, NARROW) as (_app, pilot):
        await press(pilot, "f8", "v")
        await at_review(pilot)
        await press(pilot, "x", "enter")
        await until(pilot, "Written")
    (page,) = tmp_path.glob("*.html")
    assert "上海沙龙" in page.name
    assert "上海沙龙" in page.read_text()


async def test_the_verdict_stands_first_and_is_copied(book: Book, held: int) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "f8", "v")
        await at_review(pilot)
        review = reviews.review(book, held)
        assert text(app).index(str(review.verdict[0])) < text(app).index("From seen")
        await press(pilot, "y")
        assert app.clipboard == wording.pasted(review, book.clock.zone)


async def test_each_number_opens_as_many_rows_as_it_says(book: Book, held: int) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "f8", "v")
        await at_review(pilot)
        review = reviews.review(book, held)
        for key in ("funnel.signed_up", "funnel.came"):
            number = review.number(key)
            assert number is not None
            front = app.screen
            assert isinstance(front, ReviewScreen)
            front.board.select(key)
            await press(pilot, "enter")
            assert isinstance(app.screen, OpenedScreen)
            assert app.screen.query_one(WindowList).count == number.value
            await press(pilot, "escape")


async def test_what_people_said_opens_their_words_and_asks_for_nothing(
    book: Book, held: int
) -> None:
    for person, words in book.con.execute("SELECT id, name FROM person ORDER BY id LIMIT 2"):
        answering.answer(book, NEED, person, held, f"老设备接数据，{words}")
        answering.answer(book, HEAR, person, held, "2")
    async with opened(book) as (app, pilot):
        await press(pilot, "f8", "v")
        await at_review(pilot)
        front = app.screen
        assert isinstance(front, ReviewScreen)
        for line in ("words.0", "words.1", "words.2"):  # the question and each that was said
            await until(pilot, "In their own words")
            front.board.select(line)
            await press(pilot, "enter")
            assert isinstance(app.screen, OpenedScreen)
            assert app.screen.query_one(WindowList).count == 2
            assert "老设备接数据，客户1" in text(app)
            await press(pilot, "escape")
        front.board.select(f"answers.{HEAR.key}.2")
        await press(pilot, "enter")
        assert app.screen.query_one(WindowList).count == 2
        assert "What?: prices" in text(app)
        await press(pilot, "escape")


async def test_the_link_of_a_channel_is_shown_and_copied(book: Book, held: int) -> None:
    link = "https://deepblue.example/salon?from=pyq"
    channels.put(book, held, {"label": "朋友圈", "link": link, "signups": 3})
    (one,) = channels.of(book, held)
    async with opened(book) as (app, pilot):
        await press(pilot, "f8", "v")
        await at_review(pilot)
        front = app.screen
        assert isinstance(front, ReviewScreen)
        await until(pilot, "By channel")
        front.board.select(f"channel.{one.id}.signups")
        await pilot.pause()
        assert link in text(app)
        await press(pilot, "y")
        assert app.clipboard == link
        assert "Copied the link of Moments" in text(app)
        front.board.select("funnel.signed_up")
        await press(pilot, "y")
        assert link not in app.clipboard


async def test_a_day_of_the_curve_and_a_week_of_calls_open_their_rows(
    book: Book, held: int
) -> None:
    day = book.clock.at(book.today() - timedelta(days=3))
    book.con.execute(
        "UPDATE card SET signed_up_at=? WHERE id IN (SELECT id FROM card ORDER BY id LIMIT 2)",
        (instant_text(day),),
    )
    book.con.execute(
        "UPDATE card SET signed_up_at=? WHERE id IN (SELECT id FROM card ORDER BY id LIMIT 1, 1)",
        (instant_text(day + timedelta(hours=24)),),
    )
    week_ago = instant_text(book.now() - timedelta(days=7))
    book.con.execute("UPDATE touch SET at=? WHERE id=(SELECT min(id) FROM touch)", (week_ago,))
    book.con.commit()
    async with opened(book, NARROW) as (app, pilot):
        await press(pilot, "f8", "v")
        await at_review(pilot)
        front = app.screen
        assert isinstance(front, ReviewScreen)
        front.board.select("curve.dated")
        assert await rows_of(pilot, app) == 2
        front.board.select(f"curve.{(book.today() - timedelta(days=2)).isoformat()}")
        assert await rows_of(pilot, app) == 1
        await press(pilot, "left")
        assert await rows_of(pilot, app) == 1
        front.board.select("curve.undated")
        assert await rows_of(pilot, app) == 2
        first = next(spot for _c, spot in front.board._spots if spot.picture == "weeks")
        front.board.select(first.key)
        assert await rows_of(pilot, app) == 1
        await press(pilot, "right", "right")  # reached, then the calls of the next week
        assert await rows_of(pilot, app) == 2


async def rows_of(pilot: Pilot[Any], app: OpslogApp) -> int:
    """How many stand behind the number under the cursor: one key to open it."""
    await press(pilot, "enter")
    assert isinstance(app.screen, OpenedScreen)
    number = app.screen.query_one(WindowList).count
    await press(pilot, "escape")
    return number


async def test_what_was_typed_in_opens_where_it_was_typed(book: Book, held: int) -> None:
    costs.put(book, held, "场地", {costs.PLANNED: 1_000_000, costs.SPENT: 2_000_000})
    figures.put(book, held, figures.Typed("reach", 500))
    targets.put(book, held, {"attended": 3})
    async with opened(book, NARROW) as (app, pilot):
        await press(pilot, "f8", "v")
        await at_review(pilot)
        front = app.screen
        assert isinstance(front, ReviewScreen)
        for key, form in (
            ("funnel.reached", "A figure of 上海沙龙"),
            ("funnel.signed_up.left.typed", "Figures from elsewhere"),
            ("costs.1", "Cost of 上海沙龙"),
            ("targets.cost", "Costs, planned and spent"),
            ("worth.attendee", "Costs, planned and spent"),
            ("figures.reach", "A figure of 上海沙龙"),
        ):
            front.board.select("funnel.signed_up")
            front.board.select(key)
            assert front.board.spot is not None
            assert front.board.spot.key == key
            await press(pilot, "enter")
            assert form in text(app), key
            await press(pilot, "escape")


async def test_people_of_a_number_become_a_list(book: Book, held: int) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "f8", "v")
        await at_review(pilot)
        await press(pilot, "l")
        assert "Call list" in text(app)
        assert "上海沙龙: Sign-ups: 4 people" in text(app)


async def test_from_an_event_and_back(book: Book, older: int) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "f4")
        listed = app.screen.query_one(WindowList)
        listed.select(older)
        await press(pilot, "v")
        await at_review(pilot)
        assert "Review  苏州沙龙" in text(app)
        await press(pilot, "escape")
        assert app.current_mode == "events"
        await press(pilot, "v", "v")
        assert "Nothing is in the log" in text(app) or "To paste" in text(app)
        assert app.current_mode == "review"


async def test_events_beside_and_found(book: Book, held: int, older: int) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "f8", "v")
        await at_review(pilot)
        await press(pilot, "left_square_bracket")
        await at_review(pilot)
        assert "Review  苏州沙龙" in text(app)
        await press(pilot, "left_square_bracket")
        assert "No event before this one" in text(app)
        await press(pilot, "slash", "=shsl", "enter")  # 上海沙龙
        await at_review(pilot)
        assert "Review  上海沙龙" in text(app)


async def test_the_funnel_stands_before_the_rest_and_nothing_moves(
    book: Book, held: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reviews, "MANY", 4)
    work_out, go_on, count = reviews.review, threading.Event(), threading.Event()

    def in_steps(book: Book, event_id: int, against: str | None, first: Any, _stop: Any) -> Any:
        def waits(review: Any) -> None:
            first(review)
            assert (go_on if review.verdict else count).wait(60)

        if first is None:  # asked again, after the funnel stood there
            assert go_on.wait(60)
        return work_out(book, event_id, against, waits if first else None)

    monkeypatch.setattr(reviews, "review", in_steps)
    async with opened(book) as (app, pilot):
        await press(pilot, "f8", "v")
        await until(pilot, "counting …")  # what the list says stands there at once
        rows = {row[2:17].strip(): row for row in text(app).splitlines()}
        assert rows["Sign-ups"].rstrip().endswith(" 4")
        assert rows["Came"].rstrip().endswith(" 2")
        assert "counting …" in rows["Said they come"]
        assert "Working it out" in text(app)
        count.set()
        await until(pilot, "Before “")
        assert "counting …" not in text(app)
        assert "The rest is still being counted" in text(app)
        await press(pilot, "down", "down", "y")
        assert not app.clipboard, "half a review is not copied"
        front = app.screen
        assert isinstance(front, ReviewScreen)
        at, before = front.board.spot, text(app).splitlines()
        go_on.set()
        await until(pilot, "Show-up rate")
        assert "The rest" not in text(app)
        assert front.board.spot == at
        first = next(place for place, row in enumerate(before) if "From seen" in row)
        for row, after in list(zip(before, text(app).splitlines(), strict=True))[first:][:12]:
            assert row[:58].rstrip() == after[:58].rstrip()


async def test_what_it_is_held_against_is_named_in_the_head(
    book: Book, held: int, older: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str | None] = []
    work_out = reviews.review

    def against(book: Book, event_id: int, against: str | None = None, *_more: Any) -> Any:
        asked.append(against)
        found = work_out(book, event_id, against)
        title = said("苏州沙龙 10-14")
        return found._replace(compared=Compared(str(older), title, older) if against else None)

    monkeypatch.setattr(reviews, "review", against)
    async with opened(book) as (_app, pilot):
        await press(pilot, "f8", "v")
        await at_review(pilot)
        await press(pilot, "c", "=苏州", "enter")
        await until(pilot, "beside 苏州沙龙")
        await press(pilot, "c", "=nothing", "enter")
        await until(pilot, "c compare")
    assert [one for one, _again in groupby(asked)][-2:] == [str(older), ""]


async def test_targets_are_typed_under_the_cursor_which_stays(book: Book, held: int) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "f8", "v")
        await at_review(pilot)
        front = app.screen
        assert isinstance(front, ReviewScreen)
        front.board.select("funnel.came")
        await press(pilot, "e")
        assert "Targets of 上海沙龙" in text(app)
        await press(pilot, *["tab"] * 5, "=30", "enter")
        await until(pilot, "2 / 30")
        assert targets.of(book, held) == {"attended": 30}
        assert front.board.spot is not None
        assert front.board.spot.key == "funnel.came"


async def test_a_cost_is_typed_in_and_half_of_it_is_taken_up_again(book: Book, held: int) -> None:
    async with opened(book) as (app, pilot):
        await press(pilot, "f8", "v")
        await at_review(pilot)
        await press(pilot, "n", "2", "=场地", "tab", "=2w")
        app._exit = False
        app.keep_typed()
        await press(pilot, "escape", "escape")
    async with opened(book) as (app, pilot):
        await press(pilot, "f8", "v")
        await at_review(pilot)
        await press(pilot, "n", "2")
        assert "场地" in text(app)
        await press(pilot, "enter")
        await pilot.pause()
    assert costs.of(book, held) == [Cost("场地", 2_000_000)]


async def test_a_proposal_is_looked_at_accepted_and_undone(
    book: Book, held: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = Proposal(
        "own.1", said("海报早两天"), said("五场里四场晚"), "-days = -10\n+days = -12"
    )
    work_out = reviews.review

    def with_it(book: Book, event_id: int, against: str | None = None, *_more: Any) -> Any:
        found = work_out(book, event_id, against)
        decided = acts.proposals(book, event_id)
        return found._replace(proposals=decided or (offered,))

    monkeypatch.setattr(reviews, "review", with_it)
    async with opened(book) as (app, pilot):
        await press(pilot, "f8", "v")
        await until(pilot, "1 Accept")
        await press(pilot, "2")
        assert "There is no proposal 2" in text(app)
        await press(pilot, "1")
        assert "+days = -12" in text(app)
        await press(pilot, "escape")
        assert acts.proposals(book, held) == ()
        await press(pilot, "1", "enter")
        await until(pilot, "Accepted: 海报早两天")
        await until(pilot, " ✓ ")
        await press(pilot, "u")
        await until(pilot, "1 Accept")


async def test_the_step_that_asks_for_it_opens_it(book: Book) -> None:
    starts = book.now() - timedelta(days=2)
    draft = EventDraft(name="杭州大会", kind="conference", starts_at=starts)
    event_id = events.create(book, draft).made
    step = next(one.id for one in events.plan(book, event_id) if one.key == "review")
    async with opened(book) as (app, pilot):
        await press(pilot, "f4", "enter")
        app.screen.query_one(WindowList).select(("step", step))
        await press(pilot, "enter")
        await at_review(pilot)
        await press(pilot, "escape")
        assert app.current_mode == "events"


async def test_without_events_it_names_the_next_key(book: Book) -> None:
    async with opened(book, NARROW) as (app, pilot):
        await press(pilot, "f8", "v")
        assert "No events yet." in text(app)
        assert "F4 n" in text(app)


async def test_one_stop_of_a_road_show_is_looked_at_alone(
    book: Book, held: int, tmp_path: Path
) -> None:
    show, _known = stop_lists.road_show(book, tmp_path, "杭州", "宁波")
    async with opened(book) as (app, pilot):
        await press(pilot, "f8", "v")
        await at_review(pilot)
        screen = app.screen
        assert isinstance(screen, ReviewScreen)
        await press(pilot, "+")
        assert "This event has no stops" in text(app)
        screen._go(show)
        await until(pilot, "冬季路演")
        await at_review(pilot)
        await until(pilot, "Sign-ups 4")
        await press(pilot, "+", "2")
        await until(pilot, "冬季路演 · 杭州")
        await until(pilot, "Sign-ups 3")
        screen.board.select("funnel.signed_up")
        await press(pilot, "enter")
        assert isinstance(app.screen, OpenedScreen)
        assert app.screen.query_one(WindowList).count == 3
        await press(pilot, "escape", "c")
        assert "The mean of the other stops" in text(app)
        assert "冬季路演 · 杭州: beside what?" in text(app)
        await press(pilot, "2")  # 宁波
        await until(pilot, "beside 宁波")
        assert screen._review is not None
        assert screen._review.compared is not None
        await press(pilot, "+", "3")
        await until(pilot, "冬季路演 · 宁波")
        await until(pilot, "Sign-ups 2")
        assert "beside" not in lines(app)[2]  # what another stop was held against is not its own
        await press(pilot, "+", "2")
        await until(pilot, "Sign-ups 3")
        await press(pilot, "e")
        assert isinstance(app.screen, StopsScreen)
        await press(pilot, "escape", "+", "1")
        await until(pilot, "Sign-ups 4")
        assert "· 杭州" not in lines(app)[0]
