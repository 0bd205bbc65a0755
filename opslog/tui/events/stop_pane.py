"""A stop of a road show, open beside the list of them: its days and people, what it brought, its
steps."""

from __future__ import annotations

from opslog.domain.events import stop_tallies
from opslog.domain.events.events import PlanLine
from opslog.domain.events.stops import Stop
from opslog.locale import _, ngettext
from opslog.services.book.book import Book
from opslog.services.calls.attendance import guests
from opslog.services.events import events, stops
from opslog.tui.events.wording import how_far, moment
from opslog.tui.widgets.pane import titled, told
from opslog.tui.widgets.text import Line, join, line


def lines(book: Book, stop: Stop, cells: int) -> list[Line]:
    brought = stops.tallies(book, stop.event_id).get(stop.id, {})
    numbers = [
        line(f"{stop_tallies.label(name)}  ", (stop_tallies.said(name, value), "strong"))
        for name, value in brought.items()
    ]
    plan = [one for one in events.plan(book, stop.event_id) if one.stop_id == stop.id]
    return [
        *told(stop.where, cells, "focal"),
        line((moment(book, stop.starts_at), ""), " – ", (moment(book, stop.ends_at), "")),
        *(row for text in (stop.fallback, stop.why) if text for row in told(text, cells, "warn")),
        *(told(stop.note, cells, "muted") if stop.note else []),
        *titled(_("Its people"), _people(book, stop)),
        *titled(_("What it brought"), numbers),
        *titled(
            _("Its steps"),
            [_step(book, stop, one) for one in plan],
            how_far(plan),
        ),
    ]


def _people(book: Book, stop: Stop) -> list[Line]:
    """How many are on its list, and are expected or came; nothing where nobody is yet."""
    cards = guests.of_stop(book, stop.event_id, stop.id)
    if cards is None:
        return []
    rate = guests.show_up(book, stop.event_id, cards)
    signed = _("{n} signed up").format(n=rate.signed_up)
    if stop.starts_at > book.now():
        low, high = guests.forecast(book, stop.event_id, (), cards).span
        said = _("{low} to {high} expected") if low != high else _("{high} expected")
        said = said.format(low=low, high=high)
    else:
        said = ngettext("{n} came", "{n} came", rate.attended).format(n=rate.attended)
        if rate.signed_up:
            said += f" = {rate.of_signed_up.ranged}"
    return [line((signed, "strong"), "  ", (said, "accent"))] if stop.open else [line(signed)]


def _step(book: Book, stop: Stop, one: PlanLine) -> Line:
    """Without the place, which stands above."""
    name = one.name.removeprefix(f"{stop.place}: ").removeprefix(f"{stop.place}：")
    look = "" if one.open else "muted"
    return join([(moment(book, one.due_at), look), (name, look)])
