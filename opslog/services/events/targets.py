"""What an event should bring, by measure: typed in before it, held against what came of it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import listed
from opslog.domain.events.events import quantity_text
from opslog.domain.events.measures import (
    check_whole,
    label,
    measure_of,
    name_and_number,
    read_target,
)
from opslog.locale import N_, Msg, msg
from opslog.services.book.book import Book, Change
from opslog.services.events import events
from opslog.store.events import targets as store


def of(book: Book, event_id: int) -> Mapping[str, float]:
    """In the order they were set."""
    return events.get(book, event_id).targets


def read(texts: Iterable[str]) -> dict[str, float | None]:
    """``signups=200``, ``线索：1.2万`` by measure; without a number (``leads=``) it is a target
    no more. Refused for anything else."""
    found: dict[str, float | None] = {}
    for text in texts:
        typed = name_and_number(text)
        if typed is None:
            raise Refused(
                msg(N_("“{text}” is no target; write signups=200 attended=80"), text=text)
            )
        measure = measure_of(typed[0])
        found[measure] = read_target(measure, typed[1])
    return found


def put(book: Book, event_id: int, values: Mapping[str, float | None]) -> Change:
    """Set these targets, others stay; None takes one out. The label says what stood there.

    Refused for a number below zero.
    """
    event = events.get(book, event_id)
    for name, value in values.items():
        if value is not None and not 0 <= value < math.inf:
            raise Refused(msg(N_("Target “{name}”: give a name and a number from 0 up"), name=name))
        check_whole(name, value or 0, name)
    before = dict(event.targets)
    after = {name: value for name, value in {**before, **values}.items() if value is not None}
    said = listed(_said(name, before.get(name), value) for name, value in values.items())
    text = msg(N_("Targets of {event}: {targets}"), event=event.name, targets=said)
    with book.change(text) as change:
        store.write_targets(book.con, event_id, after)
    return change


def _said(name: str, before: float | None, now: float | None) -> Msg:
    texts: dict[str, Msg | str] = {
        "measure": label(name),
        "now": _number(now),
        "before": _number(before),
    }
    if before is None or before == now:
        return msg(N_("{measure} {now}"), **texts)
    return msg(N_("{measure} {now} (before: {before})"), **texts)


def _number(value: float | None) -> str:
    return "-" if value is None else quantity_text(value)
