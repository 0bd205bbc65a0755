"""A row of the queue, and the title of a group of them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from opslog.domain.calls.outcomes import ADD, LANE_TITLES, purpose_title
from opslog.domain.calls.queue import QueueLine
from opslog.domain.calls.retries import DAY_BEFORE, ON_DAY
from opslog.domain.dates.wording import column_moment
from opslog.domain.people.naming.names import short_company
from opslog.locale import N_, _
from opslog.services.book.book import Book
from opslog.services.calls.wording import moment
from opslog.tui.calls.queue.rows import (
    HELD,
    LATER,
    NOW,
    PROMISED,
    PROMISED_NOW,
    PUT_OFF,
    TRIED,
    Group,
    QueueRows,
)
from opslog.tui.widgets.lists.rows import Ends
from opslog.tui.widgets.text import capital, cut, cut_line, line, line_width, pad, width

WITH_REASONS = 70  # cells from which the reasons stand in a row, too
NAME, TITLE = 8, 18  # cells; a longer name takes up to twice as many
TITLES = {
    PROMISED_NOW: N_("Promised, now"),
    PROMISED: N_("Promised times"),
    PUT_OFF: N_("Not now"),
    TRIED: N_("Tried, again later"),
    LATER: N_("Later"),
    HELD: N_("Contacted lately"),
}
_SLOTS = {DAY_BEFORE: N_("{lane} · day before"), ON_DAY: N_("{lane} · on the day")}


def cell(book: Book, entry: QueueLine, cells: int) -> Ends:
    """Name and title at the left, the company at the right, a time only where it is not now."""
    late = not entry.ready or entry.promised
    at = f"{column_moment(entry.due, book.clock.zone, book.today())}  " if late else ""
    sign = ("◷", "accent") if entry.promised else (" ", "")
    person = entry.person or _("(no name)")
    called = min(max(width(person), NAME), 2 * NAME)
    name = (pad(person, called), "" if entry.ready else "muted")
    title = (pad(entry.title, TITLE) if cells >= WITH_REASONS else entry.title, "muted")
    left = line(sign, " ", (at, "accent" if entry.promised else "muted"), name, " ", title)
    also = f" +{len(entry.also)}" if entry.also else ""
    company = line((short_company(entry.company), "muted"), (also, "accent"))
    if cells < WITH_REASONS:
        return Ends(left, cut_line(company, max(cells - width(at) - called - 6, 0)))
    texts = [str(one.text) for one in entry.reasons if not one.shared]
    whole = [text for text in texts if text != entry.title]
    room = max(cells - line_width(left) - line_width(company) - 6, 0)
    while len(whole) > 1 and width(" · ".join(whole)) > room:
        del whole[-1]  # half a reason tells nothing
    return Ends((*left, ("  ", ""), *company), line((cut(" · ".join(whole), room), "dim")))


def title(book: Book, group: Group, *, several: bool) -> Ends:
    """What a group is called for, by which lane, and how many they are; of which event, where
    there are ``several``."""
    entry, right = group.first, line((_("by priority"), "dim"), " ")
    text, look = _(TITLES.get(group.kind, "")), "title"
    if group.kind == NOW:
        lane, purpose = _(LANE_TITLES[entry.lane]), purpose_title(entry.purpose)
        said = str(purpose) if entry.purpose == ADD else f"{lane} · {purpose}"
        if entry.slot in _SLOTS:
            said = _(_SLOTS[entry.slot]).format(lane=lane)
        text = capital(said)
        if several:
            right = line((entry.event, "dim"), " ")
    elif group.kind == PROMISED_NOW:
        text, look, right = f"◷ {text}", "accent", ()
    else:
        due = moment(book, entry.due)
        right = line((_("from {time}").format(time=due), "muted"), " ")
    return Ends(line(" ", (text, look), " ", (str(group.number), "muted")), right)


def grouped(book: Book, lines: Iterable[QueueLine], *, air: bool = False) -> QueueRows:
    """The lines as rows of the queue."""

    def heading(group: Group) -> Ends:
        return title(
            book, group, several=len({(roster, stop) for roster, stop, _what in rows.left}) > 1
        )

    rows = QueueRows(lines, lambda entry: (partial(cell, book, entry),), heading, air=air)
    return rows
