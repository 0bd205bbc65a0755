"""Which requests wait: read for the first screen at a start, so it imports little."""

from __future__ import annotations

from opslog.domain.base.clock import instant_of
from opslog.domain.base.due import Due
from opslog.locale import N_, msg, nmsg
from opslog.services.book.book import Book
from opslog.services.book.contributions import DueKind
from opslog.store.materials import requests as store


def due(book: Book) -> list[Due]:
    """Of each release that is out what is to be sent, and to be decided: one item an event."""
    found = []
    for event_id, name, starts_at, to_send, to_decide in store.waiting(book.con):
        if instant_of(starts_at) > book.now():
            continue
        send = nmsg(N_("send it to {n} person"), N_("send it to {n} people"), to_send)
        decide = nmsg(N_("decide {n} request"), N_("decide {n} requests"), to_decide)
        label = decide if not to_send else send
        if to_send and to_decide:
            label = msg(N_("{first}, {second}"), first=send, second=decide)
        found.append(
            Due(
                kind="material",
                ref=event_id,
                title=name,
                due=book.clock.at(book.today()),
                event_id=event_id,
                event=name,
                people=to_send + to_decide,
                label=label,
            )
        )
    return found


KINDS = {
    "material": DueKind(
        done=N_("“{title}” is done request by request: Enter opens them"),
        move=N_("“{title}”: who asked waits for it; Enter opens the requests"),
        snooze=N_("“{title}”: who asked waits for it; Enter opens the requests"),
        by_label=True,
    )
}
