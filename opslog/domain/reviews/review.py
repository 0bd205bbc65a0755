"""The review of one event: a verdict in words, and the parts that it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from opslog.domain.events.events import EventCard
from opslog.domain.events.stops import Stop
from opslog.domain.reviews.numbers import Number
from opslog.domain.reviews.pictures import Bars, Curve, Heat, Part, Picture
from opslog.locale import Msg

ACCEPTED, DISMISSED = "accepted", "dismissed"  # of a proposal, decided


class Proposal(NamedTuple):
    """What to do otherwise next time, for ``reason``. ``change`` as a difference of the playbook
    ('' where it is words alone); ``act_id`` once it was accepted, dismissed or typed."""

    key: str
    text: Msg
    reason: Msg
    change: str = ""
    act_id: int | None = None
    state: str = ""  # '' offered, ACCEPTED, DISMISSED
    packed: str = ""  # the change as it is kept (see playbook_changes)
    told: Msg | None = None  # the change in words; None where it is words alone


class Compared(NamedTuple):
    """What a review is held against. ``key``: event ID, previous_month, same_month_last_year,
    half_year_before, half_year_after; of one stop: stops, stop:ID."""

    key: str
    title: Msg
    event_id: int | None = None


class Review(NamedTuple):
    """``verdict``: the first sentence is the result against its targets, the second why.
    ``owes``: acts of earlier reviews that this event's plan had, each naming its review. ``moved``:
    how often it had another date, None where never. ``stop``: of a road show, which it is of alone;
    None: of the whole."""

    event: EventCard
    now: datetime
    verdict: tuple[Msg, ...]
    parts: tuple[Part, ...]
    proposals: tuple[Proposal, ...]
    compared: Compared | None
    owes: tuple[Msg, ...] = ()
    moved: Msg | None = None
    stop: Stop | None = None

    def pictures(self) -> Iterator[Picture]:
        return (picture for part in self.parts for picture in part.pictures)

    def picture(self, key: str) -> Picture | None:
        return next((one for one in self.pictures() if one.key == key), None)

    def numbers(self) -> Iterator[Number]:
        """Every number, each once, in the order it is shown."""
        for picture in self.pictures():
            if isinstance(picture, Bars):
                for bar in picture.bars:
                    yield from (bar.number, *bar.more, *bar.left, *bar.joined)
            elif isinstance(picture, Curve):
                yield from picture.every_number()
            elif isinstance(picture, Heat):
                yield from (cell.number for cell in picture.cells)

    def number(self, key: str) -> Number | None:
        return next((one for one in self.numbers() if one.key == key), None)
