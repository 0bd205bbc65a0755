"""Messages as a table: to whom which step went, what it said, whether they read and answered."""

from __future__ import annotations

from opslog.domain.calls.outcomes import LANE_TITLES
from opslog.exchange.writing.cells import Named
from opslog.exchange.writing.tables import Table
from opslog.locale import N_
from opslog.services.book.book import Book
from opslog.services.book.contributions import Export, Scope
from opslog.services.book.export_cells import between, columns, moment, named, phone
from opslog.services.programmes.timetable import Timetable
from opslog.store.programmes import export as store

COLUMNS = (
    ("person", N_("Name")),
    ("company", N_("Company")),
    ("title", N_("Title")),
    ("phone", N_("Phone")),
    ("programme", N_("Programme")),
    ("step", N_("Step")),
    ("due", N_("Due")),
    ("state", N_("State")),
    ("at", N_("When")),
    ("lane", N_("Lane")),
    ("content", N_("Content")),
    ("words", N_("Own words")),
    ("read", N_("Read")),
    ("answered", N_("Answered")),
)
STATES = {"sent": N_("sent"), "skipped": N_("skipped"), "missed": N_("missed")}


def table(book: Book, scope: Scope) -> Table:
    """``keys`` are sendings; a day is that of the message."""
    programmes = Timetable(book)
    begin, end = between(book, scope)
    wanted = None if scope.keys is None else set(scope.keys)

    def titled(row: store.Row) -> tuple[Named, Named]:
        rules = programmes.programme(row["programme"])
        step = rules.step(row["step"]) if rules else None
        return (
            Named(row["programme"], str(rules.named) if rules else row["programme"]),
            Named(row["step"], str(step.named) if step else row["step"]),
        )

    rows = (
        (
            *(row["name"], row["company"], row["title"], phone(row["phone"])),
            *titled(row),
            *(row["due_on"], named(row["state"], STATES), moment(book, row["at"])),
            named(row["lane"], LANE_TITLES) if row["lane"] else "",
            *(row["label"] or "", row["text"]),
            *(moment(book, row["opened_at"]), moment(book, row["answered_at"])),
        )
        for row in store.messages(book.con, begin, end)
        if (wanted is None or row["id"] in wanted) and scope.holds(row["person_id"])
    )
    return Table("", columns(*COLUMNS), rows)


EXPORTS = {"messages": Export(N_("Messages"), table, dated=True, of_event=False)}
