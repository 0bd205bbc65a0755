"""What the stops of a road show brought, of their lists and as it was typed in at each."""

from __future__ import annotations

from collections.abc import Mapping

from opslog.domain.events.stop_sums import ByStop, Sum, added_up
from opslog.domain.events.stops import OPEN
from opslog.services.book.book import Book
from opslog.store.calls import stops as store
from opslog.store.events import stops as stops_store


def people(book: Book, event_id: int) -> dict[int, int]:
    """Stop -> how many signed up for it, as it was typed in, else on its list; where any did."""
    return {
        one.stop.id: round(one.numbers["signups"])
        for one in each(book, event_id)
        if one.stop.id and one.numbers.get("signups")
    }


def each(book: Book, event_id: int) -> tuple[ByStop, ...]:
    """In order of time; last, where any list says of a stop, who is of none."""
    stops = stops_store.of(book.con, event_id)
    brought = stops_store.tallies(book.con, event_id) if stops else {}
    rows = store.people(book.con, event_id) if stops else {}
    found = [ByStop(one, brought.get(one.id, {}), rows.get(one.id, {})) for one in stops]
    if (beside := rows.get(0)) and any(one.rows for one in found):
        nowhere = found[-1].stop._replace(id=0, place="", state=OPEN, fallback="", why="")
        found.append(ByStop(nowhere, {}, beside))
    return tuple(found)


def typed(book: Book, event_id: int) -> Mapping[str, Sum]:
    """What was typed in at any of the stops, by measure, with who is counted of the others."""
    found = added_up(each(book, event_id))
    return {measure: one for measure, one in found.items() if one.typed}
