"""One person, open beside a list: how to reach them, and what happened lately."""

from __future__ import annotations

from opslog.domain.people import phones
from opslog.locale import _
from opslog.services.book.book import Book
from opslog.services.cards import cards
from opslog.services.people import card as person_card
from opslog.tui.widgets.pane import titled, told
from opslog.tui.widgets.text import Line, join, line, wrap

LATEST = 8  # of what happened


def lines(book: Book, person_id: int, cells: int) -> list[Line]:
    """What a glance at the card tells. Refused where the person is gone."""
    person = person_card.get(book, person_card.living(book, person_id))
    zone = book.clock.zone
    who = join([(person.called, "strong"), (person.title, "")], "  ")
    reach = [phones.display(number) for number in (person.phone, *person.phones) if number]
    reach += [address for address in (person.email, *person.emails) if address]
    about = [who, *told(person.company, cells, "muted" if person.company else "")]
    if reach:
        about.append(join([(text, "strong" if n == 0 else "") for n, text in enumerate(reach)]))
    for bar in person.bars:
        about += told(bar.said(zone), cells, "warn")
    happened: list[Line] = []
    for moment in cards.timeline(book, person_id)[:LATEST]:
        local = moment.at.astimezone(zone)
        first, *rest = wrap(str(moment.text), max(cells - 7, 10), 2)
        happened.append(line((f"{local:%m-%d}", "muted"), "  ", first))
        happened += [line(" " * 7, row) for row in rest]
    return [(), *about, *titled(_("Lately"), happened)]
