"""Two windows on one thing: a question writes what was typed in it, never what it once read."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from typing import Any

from textual.pilot import Pilot
from textual.widgets import Input

from opslog.locale import msg
from opslog.services.book.book import Book
from opslog.services.book.drafts import Place
from opslog.services.daybook import lines, tasks
from opslog.services.events import events
from opslog.services.events.plans import steps
from opslog.services.fields import fields
from opslog.services.people import card as person_card
from opslog.services.programmes import contents
from opslog.services.reviews import figures
from opslog.tui.frame.app import OpslogApp
from opslog.tui.frame.navigation import open_screen
from opslog.tui.reviews import forms
from opslog.tui.widgets.asking.form import Field, Form
from opslog.tui.widgets.asking.typed import Typed
from opslog.tui.widgets.lists.window_list import WindowList
from tests.services.lists import make_person
from tests.tui.events.test_events import at, make
from tests.tui.looking import press, text, until


@asynccontextmanager
async def opened(book: Book, *keys: str) -> AsyncIterator[tuple[OpslogApp, Pilot[Any]]]:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(110, 40)) as pilot:
        await press(pilot, *keys)
        assert isinstance(app.screen, Typed)
        yield app, pilot


async def test_an_event_that_was_moved_stays_there_when_its_name_is_changed(book: Book) -> None:
    event_id = make(book)
    async with opened(book, "f4", "e", "= im Herbst") as (_app, pilot):
        events.move(book, event_id, at(book, "2026-12-12T15:00"))
        await press(pilot, "enter")
    row = events.get(book, event_id).row
    assert row.name == "上海沙龙 im Herbst"
    assert row.starts_at == at(book, "2026-12-12T15:00")


async def test_what_both_windows_changed_is_said_once_and_then_overwritten(book: Book) -> None:
    event_id = make(book)
    async with opened(book, "f4", "e", "ctrl+u", "=新名字") as (app, pilot):
        with closing(sqlite3.connect(book.path, isolation_level=None)) as other:
            other.execute("UPDATE event SET name='另一个名字' WHERE id=?", (event_id,))
        await press(pilot, "enter")
        assert "Another window wrote “另一个名字” under event name" in text(app)
        assert "新名字" in text(app)
        assert events.get(book, event_id).row.name == "另一个名字"
        await press(pilot, "enter")
        assert not isinstance(app.screen, Typed)
    assert events.get(book, event_id).row.name == "新名字"


async def test_a_field_that_nobody_types_in_follows_the_other_window(book: Book) -> None:
    person = make_person(book, "王志刚", title="经理")
    async with opened(book, "f7", "enter", "e", "=先生") as (app, pilot):
        with closing(sqlite3.connect(book.path, isolation_level=None)) as other:
            other.execute("UPDATE person SET title='总监' WHERE id=?", (person,))
        app._look_for_others()
        await pilot.pause()
        assert app.screen.query_one("#field-title", Input).value == "总监"
        await press(pilot, "enter")
    kept = person_card.get(book, person)
    assert (kept.name, kept.title) == ("王志刚先生", "总监")


async def test_another_window_writes_while_a_form_is_still_being_put_up(book: Book) -> None:
    person = make_person(book, "王志刚", title="经理")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(110, 40)) as pilot:
        app.push_screen(
            form := Form(
                msg("title"),
                lambda: [Field("title", "title", person_card.get(book, person).title)],
                saves=lambda values: values["title"],
                where=Place("edit", "person", person),
            )
        )
        assert app.screen is form
        assert not form.is_mounted
        with closing(sqlite3.connect(book.path, isolation_level=None)) as other:
            other.execute("UPDATE person SET title='总监' WHERE id=?", (person,))
        app._look_for_others()
        await pilot.pause()
        assert form.query_one("#field-title", Input).value == "总监"


async def test_a_sentence_comes_while_a_screen_is_still_being_put_up(book: Book) -> None:
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(110, 40)) as pilot:
        open_screen(app, "history")
        assert not app.screen.is_mounted
        app.say("the copy is there")
        await until(pilot, "the copy is there")


async def test_a_note_of_a_step_says_that_it_stands_there_already(book: Book) -> None:
    event_id = make(book)
    async with opened(book, "f4", "enter", "m", "=ask the house") as (app, pilot):
        assert isinstance(app.screen, Typed)
        assert app.screen.where is not None
        step = app.screen.where.ref
        steps.note_step(book, step, "hall 3")
        await press(pilot, "enter")
        assert "Another window wrote “hall 3” here" in text(app)
        await press(pilot, "enter")
    assert next(one for one in events.plan(book, event_id) if one.id == step).note == (
        "ask the house"
    )


async def test_a_line_of_the_log_and_a_task_are_not_written_over_unseen(book: Book) -> None:
    line = lines.add(book, "09:00 called Wang").made
    async with opened(book, "f3", "e", "= twice") as (app, pilot):
        lines.edit(book, line, "09:00 called Wang, he is away")
        await press(pilot, "enter")
        assert "he is away" in text(app)
        assert "Enter again saves yours" in text(app)
        assert lines.get(book, line).text == "called Wang, he is away"
        await press(pilot, "enter")
    assert lines.get(book, line).text == "called Wang twice"
    task = tasks.add(book, "order flowers").made
    async with opened(book, "f2", "e", "= and cards") as (app, pilot):
        tasks.edit(book, task, "order trees")
        await press(pilot, "enter")
        assert "Another window wrote “order trees" in text(app)
        await press(pilot, "escape", "escape")


async def test_a_field_of_ones_own_keeps_the_points_that_another_window_gave_it(
    book: Book,
) -> None:
    made = fields.add(book, fields.read({"name": "预算", "on_card": "yes"})).made
    async with opened(book, "f7", "O", "e", "ctrl+u", "=采购预算") as (_app, pilot):
        fields.change(book, fields.get(book, made)._replace(weight=5))
        await press(pilot, "enter")
    assert (fields.get(book, made).name, fields.get(book, made).weight) == ("采购预算", 5)


async def test_a_new_version_of_a_piece_is_of_its_newest(book: Book) -> None:
    contents.add(book, "功能 77", stage="features", kind="method", text_zh="旧的话", link="")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(110, 40)) as pilot:
        await press(pilot, "semicolon", "tab", "tab")
        assert app.screen.query_one("#pieces", WindowList).select("功能 77")
        await press(pilot, "e", "=更")
        contents.change(book, "功能 77", link="https://example.com/77")
        await press(pilot, "enter")
        assert not isinstance(app.screen, Typed)
    (now,) = [one for one in contents.pieces(book) if one.label == "功能 77"]
    assert (now.text_zh, now.link) == ("旧的话更", "https://example.com/77")


async def test_a_figure_typed_in_keeps_what_another_window_wrote_of_it(book: Book) -> None:
    event_id = make(book, on="2026-11-20T14:00")
    figures.enter(book, event_id, figures.Figure("visitors", 100.0, "百度统计", ()))
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(120, 40)) as pilot:
        app.run_worker(forms.enter(app, event_id, forms.FIGURE, 0), group="ask")
        await until(pilot, "from elsewhere")
        assert isinstance(app.screen, Typed)
        await press(pilot, "tab", "tab", "ctrl+u", "=GA")
        figures.enter(
            book, event_id, figures.Figure("visitors", 250.0, "百度统计", ()), was="visitors"
        )
        await press(pilot, "enter")
    (now,) = figures.of(book, event_id)
    assert (now.value, now.source) == (250.0, "GA")
