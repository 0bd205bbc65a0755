"""Which leads come back to Today: read for the first screen at a start, so it imports little."""

from __future__ import annotations

from datetime import datetime

from opslog.domain.base.due import Due
from opslog.domain.people.card import called
from opslog.locale import N_, msg
from opslog.services.book.book import Book, Change
from opslog.services.book.contributions import DueKind
from opslog.store.leads import leads as store

MANY = "leads"
FEW = 5  # of a sort that stand one by one


def due(book: Book) -> list[Due]:
    """Leads that nobody accepted, that have no result, that are to be taken up again; those of one
    sort as one line, where they are more than a few."""
    found = store.waiting(book.con)
    if not found:
        return []
    from opslog.domain.leads.clocks import back
    from opslog.domain.leads.leads import RETURNED
    from opslog.services.book import own_kinds

    clocks = own_kinds.lead_clocks(book)
    sorts: dict[str, list[Due]] = {}
    for lead in found:
        waits = back(lead, clocks, book.now())
        if waits is None:
            continue
        name = called(lead.person_id, lead.person, lead.company, lead.phone)
        label = (
            msg(N_("{person} is back from sales"), person=name)
            if lead.state == RETURNED
            else msg(N_("Ask {colleague} about {person}"), colleague=lead.to_whom, person=name)
        )
        sorts.setdefault(RETURNED if lead.state == RETURNED else "", []).append(
            Due(
                kind="lead",
                ref=lead.person_id,
                title=name,
                due=waits.at,
                event_id=lead.event_id,
                event=lead.event,
                person_id=lead.person_id,
                person=lead.person,
                detail=waits.why,
                label=label,
            )
        )
    now = book.now()
    items: list[Due] = []
    for number, (sort, all_of_it) in enumerate(sorts.items()):
        some = [one for one in all_of_it if one.due <= now]
        if len(some) <= FEW:
            items += all_of_it
            continue
        items += [one for one in all_of_it if one.due > now]
        text = (
            msg(N_("{n} leads are back from sales"), n=len(some))
            if sort == RETURNED
            else msg(N_("Ask sales about {n} leads"), n=len(some))
        )
        first = min(one.due for one in some)
        items.append(Due(MANY, number, str(text), first, people=len(some), label=text))
    return items


def _of(book: Book, person_id: int) -> int:
    """The lead of somebody that waits. Refused where none does."""
    from opslog.services.leads import leads

    return leads.present(book, person_id).id


def _put_off(book: Book, person_id: int, until: datetime, _timed: bool = False) -> Change:
    from opslog.services.leads import leads

    return leads.put_off(book, _of(book, person_id), until)


_EACH = N_("“{title}” is done one by one: Enter opens the leads, J says how one went")
KINDS = {
    "lead": DueKind(
        done=N_("“{title}” is done with how it went: Enter opens the card, J says it"),
        move=_put_off,
        snooze=_put_off,
    ),
    MANY: DueKind(done=_EACH, move=_EACH, snooze=_EACH, by_label=True),
}
