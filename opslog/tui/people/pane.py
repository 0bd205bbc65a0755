"""One person, open beside a list: what is due, how to reach them, what happened."""

from __future__ import annotations

from opslog.domain.calls.outcomes import PHONE, WECOM
from opslog.domain.calls.queue import QueueLine
from opslog.domain.people.card import Person
from opslog.services.book.book import Book
from opslog.services.calls.call_files import books
from opslog.services.calls.contact_limits import Budget
from opslog.services.calls.queue import queue as call_queue
from opslog.services.calls.queue.purposes import PURPOSE
from opslog.services.cards import cards, tracing
from opslog.services.people import card as person_card
from opslog.services.people import list as people_list
from opslog.services.programmes import members
from opslog.tui.people.band import band, waiting
from opslog.tui.people.story import story
from opslog.tui.people.who import Who, sections
from opslog.tui.widgets.drawing import chips
from opslog.tui.widgets.pane import told
from opslog.tui.widgets.text import Line, in_rows, join, line

LATEST = 30  # of what happened


def who(book: Book, person: Person, edit_key: str, queued: QueueLine | None, lane: str = "") -> Who:
    """A person with their company around them, and what the next call or message would meet:
    ``queued`` is what they wait for, ``lane`` by what ('': by which they are reached)."""
    colleagues, others = cards.colleagues(book, person)
    parent = people_list.parent_company(book, person.company_key)
    reached = queued.lane if queued else WECOM if person.wecom else PHONE
    touch = Budget(book, books(book), person.id).touch(
        *(person.id, queued.purpose if queued else PURPOSE, lane or reached),
        due=queued.due if queued else None,
        promised=bool(queued and queued.promised),
    )
    zone, today = book.clock.zone, book.today()
    traced = [(str(label), text) for label, text in tracing.told(book, person.id)]
    return Who(
        *(person, parent, colleagues, others, zone, today, edit_key, book.now(), touch),
        inside=members.inside(book, person.id),
        traced=traced,
    )


def lines(book: Book, person_id: int, cells: int) -> list[Line]:
    """What the card tells, below who it is. Refused where the person is gone."""
    person = person_card.get(book, person_card.living(book, person_id))
    moments = cards.timeline(book, person.id)[:LATEST]
    queued = call_queue.line(book, person.id)
    due = waiting(queued, moments, book.now())
    happened = story(cards.story(book, person.id, moments), book.clock.zone, book.today(), cells)
    return [
        (),
        *(band(book, due, (), cells) if due else []),
        *([()] if due else []),
        *sections(who(book, person, "e", queued), cells),
        (),
        *happened,
    ]


def opened(book: Book, person_id: int, cells: int) -> list[Line]:
    """The whole card, with who it is."""
    person = person_card.get(book, person_id)
    head = join([line((person.called, "focal")), person.title], "   ")
    tags = in_rows(chips(f"#{tag}" for tag in person.tags), cells, "")
    firm = told(person.company, cells, "muted") if person.company else []
    return [head, *firm, *tags, *lines(book, person_id, cells)]
