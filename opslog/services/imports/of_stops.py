"""To which stop of a road show the people of a list come: a column of it says so, row by row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from opslog.domain.events.named_stops import meant
from opslog.domain.events.stops import Stop
from opslog.domain.imports.cells import clean, without_apostrophe
from opslog.domain.rosters.extras import STOPS
from opslog.exchange.meaning.list_file import OpenList
from opslog.services.book.book import Book
from opslog.services.imports.reading.reading import Batch, Understood
from opslog.services.imports.taking import Beside, Taken
from opslog.store.db import journal
from opslog.store.events import stops as store
from opslog.store.rosters import writing

FIELD = "stop"  # what is said not to be understood


def settle(book: Book, event_id: int, stop_id: int | None, source: OpenList) -> None:
    """Which column of an open list says the stop: none of an event without stops, or of a list that
    is of one stop. Where its heading may as well be that of the city somebody is from, all that
    stands there in the first rows has to name stops."""
    known = store.of(book.con, event_id) if stop_id is None else []
    extras, named = source.extras, _reader(book, known)
    found: Sequence[int] = extras.stop if known else ()
    for at in () if found or not known else extras.stop_or_city:
        said = {word for row in source.first if (word := _word(row.cells, at))}
        if said and all(map(named, said)):
            found = (at,)
            break
    source.extras = extras._replace(stop=tuple(found[:1]), stop_or_city=())


def noted(book: Book, event_id: int, source: OpenList, batches: Iterable[Batch]) -> Iterator[Batch]:
    """The rows, each whose cell names no stop with that among what is not understood of it. They
    are read in another thread, so the stops are asked for here."""
    known = store.of(book.con, event_id) if source.extras.stop else []
    return _noted(source.extras.stop[0], _reader(book, known), batches) if known else iter(batches)


def _noted(
    at: int, named: Callable[[str], Stop | None], batches: Iterable[Batch]
) -> Iterator[Batch]:
    def read(one: Understood) -> Understood:
        word = _word(json.loads(one.cells), at)
        if not word or named(word):
            return one
        reading = one.reading
        unclear = (*reading.unclear, (FIELD, word))
        return one._replace(reading=reading._replace(unclear=unclear))

    for batch in batches:
        yield batch._replace(rows=[read(one) for one in batch.rows])


def take(book: Book, taken: Taken) -> int:
    """How many cards are of a stop by this list: the newest list counts, of the rows of one person
    the first. What names no stop stays as it was."""
    (at,) = taken.extras.stop
    named = _reader(book, store.of(book.con, taken.event_id))
    cards: dict[int, Stop] = {}
    for met in taken.met:
        if met.card_id not in cards and (stop := named(_word(json.loads(met.cells), at))):
            cards[met.card_id] = stop
    for stop in dict.fromkeys(cards.values()):
        ids = [card for card, of in cards.items() if of == stop]
        writing.put_stop(book.con, stop.id, [id for id in ids if id < taken.first_card])
        with journal.of_new_rows(book.con):
            writing.put_stop(book.con, stop.id, [id for id in ids if id >= taken.first_card])
    return len(cards)


def _reader(book: Book, known: Sequence[Stop]) -> Callable[[str], Stop | None]:
    return cache(lambda word: meant(word, known, book.clock.zone))


def _word(cells: Sequence[str], at: int) -> str:
    """What a row says of its stop."""
    return clean(without_apostrophe(cells[at])) if at < len(cells) else ""


TAKES = Beside(STOPS, take)
