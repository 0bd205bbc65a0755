"""What an event was to cost, and did, by item."""

from __future__ import annotations

from collections.abc import Mapping

from opslog.domain.base.amounts import read_amount
from opslog.domain.base.money import MOST_CENTS, cents_of, yuan_text
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import bracketed, labelled, listed
from opslog.domain.base.text import storable
from opslog.domain.reviews.results.worth import Cost
from opslog.locale import N_, Msg, msg
from opslog.services.book.book import Book, Change
from opslog.services.events import events
from opslog.store.reviews import costs as store

PLANNED, SPENT = "planned", "spent"
LABELS = {PLANNED: N_("planned"), SPENT: N_("spent")}


def of(book: Book, event_id: int) -> list[Cost]:
    """In the order they were entered."""
    return store.of(book.con, event_id)


def read(text: str, field: str = "") -> int | None:
    """Cents, typed in yuan; None where nothing is typed. Refused for what is no amount, with the
    ``field`` of the form."""
    yuan = read_amount(text)
    cents = None if yuan is None else cents_of(yuan)
    if cents is not None and cents > MOST_CENTS:
        raise Refused(msg(N_("“{text}” yuan are more than can be kept"), text=text), field=field)
    return cents


def put(
    book: Book, event_id: int, item: str, values: Mapping[str, int | None], *, was: str = ""
) -> Change:
    """What an item was to cost, or did: ``values`` has PLANNED, SPENT or both, in cents; None
    takes one out. ``was``: the item as it was called so far. The label says what stood there.

    Refused for an item without a name, and for a name that another one has.
    """
    event, item = events.get(book, event_id), storable(" ".join(item.split()))
    known = {one.item: one for one in of(book, event_id)}
    if not item:
        raise Refused(msg(N_("Which cost? Name the item, for instance 场地")), field="item")
    if was and was != item and item in known:
        raise Refused(msg(N_("“{item}” is among the costs already"), item=item), field="item")
    before = known.get(was or item)
    after = (before or Cost(item))._replace(item=item, **values)
    label = msg(N_("Cost of {event}: {cost}"), event=event.name, cost=said(after))
    if before and before != after:
        label = msg(
            N_("Cost of {event}: {cost}; before: {before}"),
            event=event.name,
            cost=said(after),
            before=said(before),
        )
    with book.change(label) as change:
        if before is None:
            store.insert(book.con, event_id, after)
        elif before != after:
            store.update(book.con, event_id, before.item, after)
    return change


def remove(book: Book, event_id: int, item: str) -> Change:
    """Refused where there is none of this name."""
    event = events.get(book, event_id)
    one = next((one for one in of(book, event_id) if one.item == " ".join(item.split())), None)
    if one is None:
        raise Refused(
            msg(N_("“{item}” is none of the costs of {event}"), item=item, event=event.name)
        )
    label = msg(N_("Taken out of the costs of {event}: {cost}"), event=event.name, cost=said(one))
    with book.change(label) as change:
        store.delete(book.con, event_id, one.item)
    return change


def said(one: Cost) -> Msg:
    """``场地 (planned 20,000, spent 18,500)``."""
    parts = [
        labelled(msg(LABELS[name]), yuan_text(cents))
        for name, cents in ((PLANNED, one.planned), (SPENT, one.spent))
        if cents is not None
    ]
    return bracketed(one.item, listed(parts)) if parts else Msg("{text}", {"text": one.item})
