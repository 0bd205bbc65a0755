"""The screens worth a picture, each reached by keys from a fresh start on the sample's day."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from textual.pilot import Pilot

from opslog.domain.screening.rounds import KEEP
from opslog.locale import _, ngettext
from opslog.services.demo.demo import sample_folder
from opslog.services.events import events
from opslog.services.rosters import rosters
from opslog.services.screening import rounds
from opslog.tui.frame.app import OpslogApp
from tests.tui.looking import press, until

Seat = Pilot[None]
Play = Callable[[Seat], Awaitable[None]]


@dataclass(frozen=True)
class Scene:
    """``play`` presses the keys that lead to the screen; ``empty``: in a book with nothing yet;
    ``large``: on a large terminal too."""

    name: str
    play: Play
    empty: bool = False
    large: bool = False


def keys(*pressed: str) -> Play:
    """A screen reached by keys alone; what follows ``=`` is typed."""

    async def play(pilot: Seat) -> None:
        await press(pilot, *pressed)

    return play


def _app(pilot: Seat) -> OpslogApp:
    assert isinstance(pilot.app, OpslogApp)
    return pilot.app


async def _import(pilot: Seat) -> None:
    """The wizard with what an import would do, worked out in another process."""
    from opslog.tui.imports.opening import open_import_wizard

    app = _app(pilot)
    conference = events.resolve(app.book, "杭州")
    await press(pilot, "f5")
    lists = sample_folder() / "lists"
    open_import_wizard(app, conference, lists / "salon_shanghai_final2.xlsx")
    await until(pilot, _("unchanged"))


async def _end_of_round(pilot: Seat) -> None:
    """The open round with one row left, and that one kept by its key."""
    book = _app(pilot).book
    (round_id,) = (s.round_id for s in rosters.listing(book) if s.open and s.round_id)
    deck = rounds.deck(book, round_id)
    waiting = [line.card_id for line in deck.lines if not deck.of(line.card_id).decided]
    for card_id in waiting[:-1]:
        rounds.decide(book, round_id, card_id, KEEP)
    await press(pilot, "f5", "enter", "enter")


def review(*pressed: str, then: str = "") -> Play:
    """The review of the latest event once it is worked out, and what keys do there."""

    async def play(pilot: Seat) -> None:
        await press(pilot, "f8", "v")
        await until(pilot, _("From seen to handed over"))
        await press(pilot, *pressed)

    return play


async def _twins(pilot: Seat) -> None:
    """A pair of companies that may be one, once everybody was compared."""
    await press(pilot, "f7", "D")
    await until(pilot, _("waiting: {people} of people, {companies} of companies").split("{")[0])
    await press(pilot, "tab")


async def _export(pilot: Seat) -> None:
    """The people of a search, counted, with the file's first rows."""
    await press(pilot, "f7", "slash", "=zhang", "enter", "x")
    await until(pilot, ngettext("{n} all", "{n} all", 225).format(n=225))


SCENES = (
    Scene("today", keys()),
    Scene("today-reasons", keys("i")),
    Scene("go", keys("g")),
    Scene("log", keys("f3")),
    Scene("log-filter", keys("f3", "slash", "=PPT")),
    Scene("capture", keys("a", "=14:30 回访王总 #回访 @上海沙龙 ~20m ! >+1d")),
    Scene("events", keys("f4"), large=True),
    Scene("plan", keys("f4", "enter"), large=True),
    Scene("plan-proven", keys("f4", "G", "enter", "up", "up", "up", "space")),
    Scene("plan-checklist", keys("f4", "enter", "enter", "down", "down", "d")),
    Scene("event-form", keys("f4", "n", "=北京增长沙龙", "tab", "=+12d 14:00", "tab", "right")),
    Scene("event-move", keys("f4", "down", "r", "home", "ctrl+k", "=+3d")),
    Scene("month", keys("C", "down", "right", "right")),
    Scene("week", keys("C", "tab", "down", "down")),
    Scene("timeline", keys("C", "tab", "tab", "down")),
    Scene("rosters", keys("f5")),
    Scene("rosters-open", keys("f5", "down", "enter")),
    Scene("roster-rows", keys("f5", "v")),
    Scene("roster-files", keys("f5", "v", "4")),
    Scene("problems", keys("f5", "p")),
    Scene("problem-mend", keys("f5", "p", "enter")),
    Scene("import", _import),
    Scene("screening", keys("f5", "enter"), large=True),
    Scene("screening-end", _end_of_round),
    Scene("calls", keys("f6"), large=True),
    Scene("calls-question", keys("f6", "2")),
    Scene("calls-answers", keys("f6", "e", "2", "2")),
    Scene("attendance", keys("f6", "v")),
    Scene("people", keys("f7"), large=True),
    Scene("call-list", keys("f7", "slash", "=深圳", "down", "l")),
    Scene("person", keys("f7", "slash", "=吕恺鸿", "enter", "enter"), large=True),
    Scene("review", keys("f8", "w"), large=True),
    Scene("review-number", keys("f8", "m", "tab", "down", "enter")),
    Scene("event-review", review(), large=True),
    Scene("event-review-calls", review("end")),
    Scene("event-review-plain", review("f11", "tab", "tab")),
    Scene("event-review-accept", review("1", then="leave it open")),
    Scene("leads", keys("X", "down")),
    Scene("requests", keys("g", "q", "down")),
    Scene("twins", _twins),
    Scene("history", keys("g", "h")),
    Scene("help", keys("f6", "f1")),
    Scene("palette", keys("ctrl+p", "=沙龙")),
    Scene("export", _export),
    Scene("today-empty", keys(), empty=True),
    Scene("log-empty", keys("f3"), empty=True),
    Scene("events-empty", keys("f4"), empty=True),
    Scene("rosters-empty", keys("f5"), empty=True),
    Scene("calls-empty", keys("f6"), empty=True),
    Scene("people-empty", keys("f7"), empty=True),
    Scene("review-empty", keys("f8"), empty=True),
    Scene("history-empty", keys("g", "h"), empty=True),
)
