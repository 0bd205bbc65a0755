"""What an area may add to what all areas share.

Each area has its table of them (``due.py``, ``timeline.py``, ``export.py``); a room on top
imports the tables: services/today what is due, services/cards a person's time line,
services/files what can be exported. So no area knows the ones above it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from opslog.locale import N_
from opslog.services.book.book import Book, Change

if TYPE_CHECKING:
    from opslog.exchange.writing.calendars import Appointment
    from opslog.exchange.writing.tables import Table
    from opslog.exchange.writing.vcards import Contact
    from opslog.locale import Msg

KEPT, TO_CALL = "kept", "to-call"
MISSED, DECLINED, HANDED_OVER = "missed", "declined", "handed-over"
UNREACHED, STILL_IN = "unreached", "still-in"
ONLY = {
    KEPT: N_("those kept"),
    TO_CALL: N_("those to call"),
    MISSED: N_("those who did not come"),
    DECLINED: N_("those who declined"),
    HANDED_OVER: N_("those handed over"),
    UNREACHED: N_("those never reached"),
    STILL_IN: N_("those still on the list"),
}
NOT_FLAGGED = N_("“{title}” can't be flagged; lines of the log and tasks of your own can")


class DueKind(NamedTuple):
    """What can be done with one kind of due thing, by its ``ref``.

    A verb is a function, or the sentence that says where it is done instead; the sentence names
    the thing as ``{title}``, or, ``by_label``, by what is to be done. ``move_warning`` says what
    speaks against an instant, without forbidding it. The ``write_`` functions
    take part in an open change, for several at once.
    """

    done: Callable[[Book, int], Change] | str
    move: Callable[[Book, int, datetime, bool], Change] | str  # the instant, and whether timed
    snooze: Callable[[Book, int, datetime], Change] | str
    move_warning: Callable[[Book, int, datetime], Msg | None] = lambda _book, _ref, _when: None
    write_done: Callable[[Book, int], None] | None = None
    write_snoozed: Callable[[Book, int, datetime], None] | None = None
    flag_all: Callable[[Book, Sequence[int]], Change] | str = NOT_FLAGGED
    by_label: bool = False


class Scope(NamedTuple):
    """Which rows of something go out; nothing narrowed is all of it.

    ``keys`` are those of the rows on a screen, in its order. ``only`` is one of ONLY (of DECLINED
    also with a reason behind a colon), ``roster_id`` one list, ``find`` words; who asks for a
    table has turned them into ``keys``, or into ``people`` (ids), before.
    ``since`` and ``until`` are days, both included.
    """

    event_id: int | None = None
    keys: Sequence[Hashable] | None = None
    only: str = ""
    find: str = ""
    since: date | None = None
    until: date | None = None
    people: frozenset[int] | None = None
    roster_id: int | None = None

    def holds(self, person_id: int | None) -> bool:
        return self.people is None or person_id in self.people


class Export(NamedTuple):
    """Something that can leave as a file.

    ``label`` is what it is called. A table's title says what it is of, '' for what the event
    asked for says. ``left_out`` says whom the table leaves out, and why. ``appointments`` of an
    event or all can go into a calendar: they are read inside a transaction that may write.
    ``contacts`` can go into an address book. ``listed``: its rows are people on a list, so that
    ONLY some of them make sense; ``dated``: its rows are of a day; ``of_event``: they may be kept
    to one event. ``number`` counts the rows of certain keys, or of all, where that is quicker
    than to look at each.
    """

    label: str
    table: Callable[[Book, Scope], Table]
    appointments: Callable[[Book, int | None], Iterator[Appointment]] | None = None
    contacts: Callable[[Book, Scope], Iterator[Contact]] | None = None
    left_out: Callable[[Book, Scope], Iterator[Msg]] | None = None
    listed: bool = False
    dated: bool = False
    of_event: bool = True
    number: Callable[[Book, Scope], int] | None = None
