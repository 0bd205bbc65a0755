"""The rows of Today: what to do first on two rows, then each group under its title."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from opslog.domain.base.due import Due
from opslog.domain.today.priority import NOW, OVERDUE, Ranked
from opslog.domain.today.sections import FIRST, TITLES, sections
from opslog.domain.today.wording import label, original_text, reasons, when_text
from opslog.locale import N_, _, ngettext
from opslog.services.book.book import Book
from opslog.services.today import agenda
from opslog.tui.widgets.drawing import button, progress
from opslog.tui.widgets.lists.rows import Ends, Row
from opslog.tui.widgets.pane import told
from opslog.tui.widgets.text import Line, cut, line, line_width, pad, width

WHEN = 10  # cells: “Wed 11-25”, or a time
BAR = 8
TOLD = 54  # cells of what is told where nothing is due: what a list has beside a pane
LEAST_EVENT = 6  # cells; a name cut shorter tells nothing
SHARE = 4  # of a row that the name of an event keeps beside a long title
LEAST_TITLE = 16  # cells
_LOOKS = {NOW: "accent", OVERDUE: "late"}
_SIGNS = {OVERDUE: ("▲", "late"), NOW: ("◷", "accent")}
ROOMY = 30  # rows of the terminal from which groups stand apart
Key = tuple[str, int, int]  # kind, ref, and which of several of the same


class Room(NamedTuple):
    """What the rows are laid out for. ``key`` opens a thing, and says so where no pane stands
    ``beside``; ``air`` between the groups; ``reasons`` in place of the events."""

    key: str
    beside: bool
    air: bool
    reasons: bool
    events: int = 0  # cells that the longest of their events asks for
    tags: Mapping[int, str] = MappingProxyType({})  # the short name of an event that has one


HELP = N_(
    "What must be done now, in order. The line below the list says why the selected one stands "
    "where it does; i shows it for all. Weights can be changed in priority.toml beside the "
    "database."
)


def empty(book: Book) -> list[Line]:
    """Where nothing is due: the keys that go on; in a new book also what opslog is."""
    new = agenda.never_used(book)
    said = line((_("Nothing is due."), "strong"))
    keys = [
        line(("F4 n", "key"), "  ", _("put an event in: its plan comes step by step")),
        line(("F5 n", "key"), "  ", _("take in a list: people to tidy, call and screen")),
        line(("a   ", "key"), "  ", _("write a log line; >fri in it makes a follow-up")),
        line(("n   ", "key"), "  ", _("write a task of your own")),
    ]
    return [*(_welcome() if new else [said]), (), *keys, *(_further() if new else [])]


def _welcome() -> list[Line]:
    """Two sentences and a picture of the day."""
    return [
        *told(_("opslog keeps the day of one who runs events and calls."), TOLD, "focal"),
        *told(
            _("Events and lists go in, what is due comes out in order."), TOLD
        ),
        (),
        line((_("morning"), "muted"), "  ", (_("Today"), "accent"),
             ("  ━  ", "track"), (_("Calls"), "accent"),
             ("  ━  ", "track"), (_("Rosters"), "accent"),
             ("  ━  ", "track"), (_("Log"), "accent"), "  ", (_("evening"), "muted")),
    ]  # fmt: skip


def _further() -> list[Line]:
    """The sample, and the language."""
    return [
        (),
        line(("^l  ", "key"), "  ", "中文 / English"),
        line(("F1  ", "key"), "  ", _("every key that works where you are")),
        (),
        *told(
            _("To look round first: opslog demo opens a sample; nothing of yours is touched."),
            TOLD,
            "muted",
        ),
    ]


def keyed(ranked: Sequence[Ranked]) -> dict[Key, Ranked]:
    """In the order shown, each with a key that stays the same while its rank changes."""
    places: dict[Key, Ranked] = {}
    for place in (place for section in sections(ranked) for place in section.places):
        number = 0
        while (key := (place.item.kind, place.item.ref, number)) in places:
            number += 1
        places[key] = place
    return places


def rows(places: Mapping[Key, Ranked], now: datetime, room: Room) -> list[Row]:
    """What the list holds: one wide cell a row, so that no name is cut beside a blank."""
    keys = {id(place): key for key, place in places.items()}
    longest = max((width(_about(place.item, room)) for place in places.values()), default=0)
    room = room._replace(events=longest)
    found: list[Row] = []
    for section in sections(list(places.values())):
        if found and room.air:
            found.append(Row(("air", section.kind), heading=()))
        found.append(_heading(section.kind, len(section.places)))
        for place in section.places:
            found.append(Row(keys[id(place)], (partial(_cell, place, now, room),)))
            if section.kind == FIRST:
                found.append(_second_row(place, room))
    return found


def _heading(kind: str, number: int) -> Row:
    counted = (str(number), "muted") if kind != FIRST else ("", "")
    title = (_(TITLES[kind]), _LOOKS.get(kind, "title"))
    return Row(("heading", kind), heading=line(" ", title, " ", counted))


def _cell(place: Ranked, now: datetime, room: Room, cells: int) -> Ends:
    """Sign, time and title at the left; how far it is and of which event at the right."""
    item = place.item
    sign = ("!", "late") if item.flagged else _SIGNS.get(place.group, ("○", "muted"))
    when = (pad(when_text(item, now), WHEN), _LOOKS.get(place.group, "strong"))
    left = line(sign, " ", when, " ")
    title = label(item)
    if not room.reasons or room.beside:  # two of one title are told apart by their event
        number, event = line_width(_far(item, bar=False)), width(_about(item, room))
        kept = number + min(event, cells // SHARE) + 3 if event else 0
        title = cut(title, max(cells - line_width(left) - kept, LEAST_TITLE)) if kept else title
    left += line((title, "focal" if place.rank == 1 else ""))
    free = cells - line_width(left) - 1  # what is left beside the whole title
    if room.reasons and not room.beside:
        return Ends(left, line((cut(str(place.why), max(free, cells // 3)), "muted")))
    return Ends(left, _right(item, original_text(item, now), room, cells, free))


def _right(item: Due, before: str, room: Room, cells: int, free: int) -> Line:
    """The first of these that fits: with the date it stood on before, and the event in a column
    of its own; without the date; the event as long as it is; the number without its bar."""
    event, far, number = _about(item, room), _far(item), _far(item, bar=False)
    was = line((before, "dim"), "  " if far else "") if before else ()
    column, whole = min(room.events, cells * 2 // 5), width(event)
    for said, wide in (((*was, *far), column), (far, column), (far, whole), (number, whole)):
        if whole <= wide and line_width(said) + wide + 2 <= free:
            return (*said, *_dim_event(event, wide))
    if whole and line_width(number) + whole + 1 <= free:  # whole, with one blank before it
        return (*number, *line((f" {event}", "dim")))
    wide = min(free - line_width(number) - 2, column)
    return (*number, *_dim_event(cut(event, max(wide, 0)), 0))


def _about(item: Due, room: Room) -> str:
    """Of which event and person it is, unless the title says so; an event by its tag, which is
    short and is what the operator calls it."""
    title = label(item)
    event = "" if item.event in title else room.tags.get(item.event_id or 0, item.event)
    about = (event, "" if item.kind == "promise" else item.person)
    return " · ".join(text for text in about if text and text not in title)


def _dim_event(event: str, cells: int) -> Line:
    shown = event if width(event) >= min(LEAST_EVENT, cells or LEAST_EVENT) else ""
    return line(
        (("  " if shown or cells else "") + pad(shown, max(cells, width(shown)), right=True), "dim")
    )


def _far(item: Due, *, bar: bool = True) -> Line:
    """How far it is, or how many people it is about."""
    if item.of:
        number = line((f"{item.done}/{item.of}", "strong"))
        return (*progress(item.done, item.of, BAR), (" ", ""), *number) if bar else number
    if item.people > 1:
        people = ngettext("{n} person", "{n} people", item.people).format(n=item.people)
        return line((people, "strong"))
    return ()


def _second_row(place: Ranked, room: Room) -> Row:
    """Why it comes first, and the key that begins it."""
    why = line(" " * 3, (" · ".join(reasons(place)), "muted"))
    act = () if room.beside else (*button(room.key, _("Start")), (" ", ""))
    return Row(("first", "why"), heading=Ends(why, act), follows=True)
