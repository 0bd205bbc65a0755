"""The events as rows: each with when it is, how its plan stands, and what it has brought."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from opslog.domain.dates.wording import short_day
from opslog.domain.events.events import EventCard, EventPlace
from opslog.locale import N_, _, ngettext
from opslog.services.book.book import Book
from opslog.services.events import events
from opslog.services.events.plans import routines as routines_service
from opslog.tui.events.figures import figures, short
from opslog.tui.events.plans import routines
from opslog.tui.events.wording import days_left, kind, moment
from opslog.tui.frame.bars.bars import Bar
from opslog.tui.widgets.drawing import progress, spread
from opslog.tui.widgets.lists.rows import Ends, Row
from opslog.tui.widgets.text import Line, clean, cut, join, line, line_width

RUNNING, COMING, OVER, CANCELLED = "running", "coming", "over", "cancelled"
TITLES = {
    RUNNING: N_("Running now"),
    COMING: N_("Coming"),
    OVER: N_("Over"),
    CANCELLED: N_("Cancelled"),
}
BAR = 12
LEAST_NAME = 12  # cells


class Listed:
    """Every event there is, in order; what is drawn of them is read when it is drawn."""

    def __init__(self, book: Book, words: str) -> None:
        self.book = book
        self.places = [
            one for one in events.order(book) if words.casefold() in one.words.casefold()
        ]
        self.routines = [
            row
            for row in routines_service.listing(book)
            if words.casefold() in row.routine.name.casefold()
        ]
        self._words = words
        self._cards: dict[int, EventCard | None] = {}

    def of(self, event_id: int) -> EventCard | None:
        """One event; None where it is gone."""
        if event_id not in self._cards:
            found = events.some(self.book, [event_id])
            self._cards[event_id] = events.get(self.book, event_id) if found else None
        return self._cards[event_id]

    @property
    def offers(self) -> bool:
        """Whether the list may offer a plan of one's own; with no event it says other things."""
        return bool(self.places) and not self._words

    def routine(self, routine_id: int) -> routines_service.Row | None:
        return next((row for row in self.routines if row.id == routine_id), None)

    def kind(self, place: EventPlace) -> str:
        if place.cancelled:
            return CANCELLED
        if place.over:
            return OVER
        return RUNNING if place.begun else COMING


def rows(listed: Listed, key: str) -> list[Row]:
    """Every event under the title of where it stands; the operator's own plans before what is
    over. ``key`` makes the first of those."""
    found: list[Row] = []
    own = routines.rows(listed.book, listed.routines, key, offers=listed.offers)
    air = Row(("air", routines.KIND), heading=())
    for group, title in TITLES.items():
        if group == OVER and own and (found or listed.routines):
            found += [*([air] if found else []), *own]
            own = []
        part = [place.id for place in listed.places if listed.kind(place) == group]
        if part and found:
            found.append(Row(("air", group), heading=()))
        if part:
            heading = line(" ", (_(title), "title"), " ", (str(len(part)), "muted"))
            found.append(Row(("heading", group), heading=heading))
        for event_id in part:
            found.append(Row(event_id, (partial(_name, listed, event_id, group),)))
            found.append(_below(listed, event_id, _plan))
            found.append(_below(listed, event_id, _brought))
    return [*found, *([air] if found and own else []), *own]  # with nothing ahead the offer is last


def _below(listed: Listed, event_id: int, drawn: Callable[[Book, EventCard, int], Line]) -> Row:
    """A further row of an event, read when it is drawn."""

    def cell(cells: int) -> Line:
        card = listed.of(event_id)
        return () if card is None else drawn(listed.book, card, cells)

    return Row((drawn.__name__, event_id), heading=cell, follows=True)


def _name(listed: Listed, event_id: int, group: str, cells: int) -> Line | Ends:
    """What it is called and when it is; at the right how many steps are late, and how far away."""
    card, book = listed.of(event_id), listed.book
    if card is None:
        return ()
    row, gone = card.row, group in (OVER, CANCELLED)
    mark = ("● ", "dim" if gone else "late")
    name = (row.name, "muted" if group == CANCELLED else "strong" if gone else "focal")
    day = short_day(row.starts_at.astimezone(book.clock.zone).date(), book.today())
    when = str(day) if gone else moment(book, row.starts_at)
    about = [line((when, "muted")), line((kind(row), "muted"))]
    late = ngettext("▲ {n} late", "▲ {n} late", row.late).format(n=row.late)
    away = _("running now") if group == RUNNING else days_left(book, row)
    right = join(
        [
            (late, "late") if row.late and group != CANCELLED else "",
            (away, "muted" if gone else "accent"),
        ],
        "  ",
    )
    room = cells - line_width(line(mark)) - line_width(about[0]) - line_width(right) - 6
    left = line(mark, (cut(clean(name[0]), max(room, LEAST_NAME)), name[1]))  # when stays in sight
    for part in about:  # as much of it as there is room for
        if line_width(left) + line_width(part) + line_width(right) + 4 <= cells:
            left += line("  ") + part
    return Ends(left, (*right, (" ", "")))


def _plan(book: Book, card: EventCard, cells: int) -> Line:
    """How far its plan is, and what comes next of it."""
    row = card.row
    look = "good" if row.done == row.steps else "accent"
    left = line("  ", (_("Plan"), "muted"), " ") + progress(row.done, row.steps, BAR, look)
    left += line((f" {row.done}/{row.steps}", "strong"))
    if row.cancelled_at is not None:
        return left
    missed = ngettext("! {n} missed", "! {n} missed", row.missed).format(n=row.missed)
    left += line("  ", (missed, "warn")) if row.missed else ()
    step = next((step for step in events.plan(book, card.id) if step.open), None)
    text = _("next: {step}").format(step=clean(step.name)) if step else ""
    return spread(left, line((text, "dim"), " "), cells)


def _brought(book: Book, card: EventCard, cells: int) -> Line:
    """Sign-ups, confirmed and came against their targets, or reach and views."""
    return line("  ") + short(figures(book, card), cells - 3)


class EventsSummary(Bar):
    """How many events are to come, and how many steps of their plans are late."""

    def __init__(self) -> None:
        super().__init__()
        self._any = False
        self._said: tuple[Sequence[EventPlace], int] = ((), 0)

    def show(self, listed: Listed) -> None:
        coming = [place for place in listed.places if listed.kind(place) in (RUNNING, COMING)]
        late = sum(row.late for row in events.some(listed.book, [place.id for place in coming]))
        self._any, self._said = bool(listed.places), (coming, late)
        self.refresh()

    def spans(self, cells: int) -> Line:
        coming, late = self._said
        number = len(coming)
        if not self._any:
            return ()
        said = ngettext("{n} event to come", "{n} events to come", number).format(n=number)
        steps = ngettext("▲ {n} step late", "▲ {n} steps late", late).format(n=late)
        right = line((steps if late else "", "late"), " ")
        return spread(line(" ", (said, "focal")), right, cells)
