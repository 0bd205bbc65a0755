"""The screens worth a picture, each reached by keys from a fresh start on the sample's day."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, time, timedelta

from textual.pilot import Pilot

from opslog.domain.events.events import EventDraft
from opslog.domain.screening.rounds import KEEP
from opslog.locale import _, msg, ngettext
from opslog.services.book import own_files, own_kinds
from opslog.services.demo.demo import sample_folder
from opslog.services.events import events, stops
from opslog.services.events.plans import routines, steps
from opslog.services.rosters import rosters
from opslog.services.screening import rounds
from opslog.tui.frame.app import OpslogApp
from opslog.tui.frame.navigation import open_thing
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
    """The review of the conference once it is worked out, and what keys do there: the event before
    the latest one."""

    async def play(pilot: Seat) -> None:
        await press(pilot, "f8", "v")
        await until(pilot, _("From seen to handed over"))
        await press(pilot, "left_square_bracket")
        await until(pilot, "杭州制造业数字化大会")
        await until(pilot, _("From seen to handed over"))
        await press(pilot, *pressed)

    return play


ROUTE = """杭州 12-07 ~ 12-08 国际博览中心
宁波 12-09 和义大道
温州 12-10 ~ 12-11
南京 12-14 ~ 12-15 新街口
"""


def _road_show(pilot: Seat) -> int:
    """One with four stops, one of them called off; the whole was published before another moved."""
    book = _app(pilot).book
    start = book.clock.at(date(2026, 12, 7), time(9))
    made = events.create(book, EventDraft("冬季路演", "roadshow", start)).made
    assert made is not None
    stops.add(book, made, stops.read(book, made, ROUTE))
    for line in events.plan(book, made):
        if line.key in ("promo-1-moments", "promo-1-groups", "invite") and line.phase == "before":
            steps.tick_step(book, line.id)
    _first, second, third, last = stops.of(book, made)
    later = last.starts_at + timedelta(days=1), last.ends_at + timedelta(days=1)
    stops.move(book, last.id, last._replace(starts_at=later[0], ends_at=later[1]))
    stops.drop(book, third.id, "场地被收回")
    stops.fall_back(book, second.id, "改到写字楼大堂", "下雨")
    return made


async def _stops(pilot: Seat) -> None:
    from opslog.tui.events.stops import StopsScreen

    _app(pilot).push_screen(StopsScreen(_road_show(pilot)))
    await until(pilot, "温州")
    await press(pilot, "down")


async def _corrections(pilot: Seat) -> None:
    from opslog.tui.events.telling.corrections import CorrectionsScreen

    _app(pilot).push_screen(CorrectionsScreen(_road_show(pilot)))
    await until(pilot, "冬季路演")
    await press(pilot, "down")


async def _old_calls(pilot: Seat) -> None:
    """As if a call-back were old after two days."""
    book, kind = _app(pilot).book, own_kinds.CONTACT_LIMITS
    text = own_kinds.text_in_force(book, kind).replace("callback_days = 90", "callback_days = 2")
    own_files.put(book, kind.place, text, msg("{text}", text=kind.place))
    await press(pilot, "f6", "O")
    await until(pilot, _("Waiting"))


async def _twins(pilot: Seat) -> None:
    """A pair of companies that may be one, once everybody was compared."""
    await press(pilot, "f7", "D")
    await until(pilot, _("waiting: {people} of people, {companies} of companies").split("{")[0])
    await press(pilot, "tab")


async def _export(pilot: Seat) -> None:
    """The people of a search, counted, with the file's first rows."""
    await press(pilot, "f7", "slash", "=zhang", "enter", "x")
    await until(pilot, ngettext("{n} all", "{n} all", 225).format(n=225))


async def _routine(pilot: Seat) -> None:
    """A plan of one's own, entered when some of it was past."""
    app = _app(pilot)
    fields = {"name": "小王", "playbook": "new_colleague", "on": "2026-11-23"}
    made = routines.add(app.book, routines.read_draft(app.book, fields)).made
    await open_thing(app, "routine", made)
    for _step in range(4):
        await press(pilot, "down", "space")


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
    Scene("routine", _routine, large=True),
    Scene("plan-checklist", keys("f4", "enter", "enter", "down", "down", "d")),
    Scene("event-form", keys("f4", "n", "=北京增长沙龙", "tab", "=+12d 14:00", "tab", "right")),
    Scene("event-move", keys("f4", "down", "r", "home", "ctrl+k", "=+3d")),
    Scene("stops", _stops, large=True),
    Scene("corrections", _corrections),
    Scene("owners", keys("f4", "Q")),
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
    Scene("calls-old", _old_calls),
    Scene("calls-answers", keys("f6", "e", "2", "2")),
    Scene("messages", keys("f6", "semicolon"), large=True),
    Scene("programme", keys("semicolon", "tab", "enter")),
    Scene("contents", keys("semicolon", "tab", "tab")),
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
