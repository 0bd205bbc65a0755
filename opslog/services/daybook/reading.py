"""A capture line, read and held against the events and people that are known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from functools import partial
from typing import TYPE_CHECKING

from opslog.domain.base.text import storable
from opslog.domain.dates.moments import When
from opslog.domain.daybook.capture import parse
from opslog.domain.daybook.capture_text import marked
from opslog.domain.daybook.captured import Captured
from opslog.domain.daybook.lines import (
    Completion,
    FollowUp,
    Named,
    Planned,
    Understood,
    match_event,
)
from opslog.services.book.book import Book
from opslog.store.daybook import names as known

if TYPE_CHECKING:
    from opslog.domain.dates.workdays import Workdays

START_OF_DAY = time(9)  # where a follow-up without a time of day is put


def understand(book: Book, text: str, waiting: Sequence[When] = ()) -> Understood:
    """What ``text`` would become, held against the events and people known. Writes nothing.

    ``waiting`` are the follow-ups of the line it would change: they may be past. A line break
    ends a date or a mark, and is a space in the text.
    """
    text = "\n".join(storable(text).splitlines()).strip()
    captured = read(book, text, waiting)
    event, unknown = None, []
    marks = captured.of("event")
    if marks:
        events = known.known_events(book.con)
        for mark in marks:
            found = match_event(mark.word, events)
            if found and (event is None or event.id == found.id):
                event = Named(found.id, found.name)
            else:
                unknown.append(mark)
    people: dict[int | str, Named] = {}
    several: list[str] = []
    for mark in captured.of("person"):
        called = known.people_called(book.con, mark.word)
        touches = mark.start and not text[mark.start - 1].isspace()
        if not called and touches and text[mark.start - 1].isalnum():
            unknown.append(mark)
            continue
        if len(called) > 1:
            several.append(mark.word)
        person = called[0] if len(called) == 1 else Named(None, mark.word)
        people.setdefault(person.id or mark.word.casefold(), person)
    when = captured.when
    return Understood(
        captured=captured,
        text=" ".join(captured.text_with(unknown).split("\n")),
        at=_moment(book, when),
        at_said=when is not None,
        event=event,
        people=tuple(people.values()),
        follow_ups=tuple(planned_at(book, when) for when in captured.follow_ups),
        unknown=tuple(unknown),
        several=tuple(several),
    )


def read(book: Book, text: str, waiting: Sequence[When] = ()) -> Captured:
    """``text`` as it reads by itself, whoever is known but for events; see ``understand``."""
    events = known.known_events(book.con) if "@" in text or "＠" in text else ()
    names = [event.name for event in events]
    return parse(text, book.clock.local(), partial(workdays_of, book), waiting, names)


def workdays_of(book: Book) -> Workdays:
    from opslog.services.book import own_kinds  # few lines count working days

    return own_kinds.workdays(book)


def whens(book: Book, follow_ups: Sequence[FollowUp]) -> list[When]:
    """When those of them that wait are due."""
    zone = book.clock.zone
    locals_ = [(one.due.astimezone(zone), one.timed) for one in follow_ups if one.open]
    return [When(local.date(), local.time() if timed else None) for local, timed in locals_]


def _moment(book: Book, when: When | None) -> datetime:
    """The instant of a line: a day alone is put at the present time of day."""
    if when is None:
        return book.now()
    return book.clock.at(when.day, when.time or book.clock.local().time())


def planned_at(book: Book, when: When) -> Planned:
    return Planned(book.clock.at(when.day, when.time or START_OF_DAY), when.time is not None)


def whom(line: Understood) -> int | None:
    """The person a follow-up is about: the one known person of the line."""
    known = [person.id for person in line.people if person.id is not None]
    return known[0] if len(known) == 1 else None


def naming(book: Book, person_id: int, name: str) -> str:
    """The word that names somebody in a line: ``+王志刚``, told from others of that name."""
    return marked("+", known.distinct_name(book.con, Named(person_id, name)))


def completions(book: Book, sigil: str, prefix: str, limit: int = 6) -> list[Completion]:
    """Words that may follow ``#``, ``@`` or ``+``, the likeliest first."""
    prefix = storable(prefix)
    if sigil == "#":
        return known.tags_like(book.con, prefix, limit)
    if sigil == "@":
        return known.events_like(book.con, prefix, book.now(), book.clock.zone, limit)
    return known.people_like(book.con, prefix, limit)
