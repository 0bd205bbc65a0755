"""The capture line at the keyboard: ``capture``.

Processor time, since Textual draws at most sixty times a second: what a key costs between is
what the next one waits for.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

from textual.app import App
from textual.keys import _character_to_key

from opslog.services.book.book import open_book
from opslog.tui.frame.app import OpslogApp
from tests.bench.lists import with_people
from tests.bench.measuring import Figure, Settings, in_turn, median
from tests.bench.reference_input import InputApp

LINE = "14:30 回访王总，对方要报价 #回访 @上海沙龙 +王志刚 ~20m ! >三个工作日后"
GOAL = 1.85  # a tenth above what it was when lines were first read while they were typed


def capture(settings: Settings) -> list[Figure]:
    """A key of a line with every mark, among people who are offered to complete it."""
    database = settings.folder / "people.db"
    with_people(database, settings.few)
    book = open_book(database)
    mine, theirs = in_turn(
        settings.runs,
        lambda: asyncio.run(_key(OpslogApp(book), "a")),
        lambda: asyncio.run(_key(InputApp())),
    )
    book.close()
    return [
        Figure(
            "capture",
            "processor time of a key in the capture line, read and completed",
            median(mine),
            median(theirs),
            "the same key in a Textual app with one input, which repeats the line",
            goal=GOAL,
            runs=settings.runs,
        )
    ]


async def _key(app: App[Any], *opens: str) -> float:
    """Seconds of processor time a key of LINE takes, the mean of all."""
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*opens)
        await pilot.pause(0.5)  # what is imported while nobody waits
        started = time.process_time()
        await pilot.press(*map(_character_to_key, LINE))
        return (time.process_time() - started) / len(LINE)
