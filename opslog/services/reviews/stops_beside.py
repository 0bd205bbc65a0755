"""What the review of one stop of a road show is held against: the other stops, or one of them."""

from __future__ import annotations

from collections.abc import Sequence

from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import listed
from opslog.domain.events.stops import Stop
from opslog.domain.reviews.measures import OTHER_STOPS, of_stop, other_stop
from opslog.domain.reviews.results.comparing import Others
from opslog.domain.reviews.review import Compared
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book.book import Book
from opslog.services.events import stops
from opslog.services.reviews import one_stop
from opslog.services.reviews.against import Against
from opslog.services.reviews.seen import Facts, Seen


def against(book: Book, event_id: int, stop_id: int, key: str | None) -> Against | None:
    """``key``: OTHER_STOPS for the mean of the other stops that are over, ``of_stop`` of another
    one; '' or None nothing. Read before the review, which sees its own stop alone. Refused for
    what is none of these, and for a stop that is gone."""
    if not key:
        return None
    if key == OTHER_STOPS:
        return _others(book, event_id, stop_id)
    other = other_stop(key)
    if other is None or other == stop_id:
        text = N_("A stop is held against the other stops or one of them: give its place, or stops")
        raise Refused(msg(text))
    stop = stops.get(book, other)
    seen = _seen(book, event_id, stop)
    title = Compared(of_stop(other), Msg("{text}", {"text": stop.place}))
    return Against(title, Others([seen.chief]), None, stages=seen.stages)


def _others(book: Book, event_id: int, stop_id: int) -> Against:
    """The mean over those that are over and were not called off."""
    title = Compared(OTHER_STOPS, msg(N_("the mean of the other stops")))
    over = [one for one in there(book, event_id, stop_id) if one.ends_at <= book.now()]
    if not over:
        return Against(title, Others(), msg(N_("no other stop is over yet")))
    found = [_seen(book, event_id, one).chief for one in over]
    places = listed(one.place for one in over)
    note = nmsg(N_("{n} stop: {places}"), N_("{n} stops: {places}"), len(over), places=places)
    return Against(title, Others(found, mean=True), note)


def there(book: Book, event_id: int, stop_id: int) -> Sequence[Stop]:
    """The other stops of the same show that take place."""
    return [one for one in stops.of(book, event_id) if one.id != stop_id and one.open]


def _seen(book: Book, event_id: int, stop: Stop) -> Seen:
    with one_stop.only(book, event_id, stop.id):
        return Facts(book, event_id, stop).seen()
