"""Which event a text names: the name of a file, a title over a list."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from opslog.domain.events.events import EventRow
from opslog.domain.events.kinds import kind_named
from opslog.domain.people.naming import place_names

_SHORT = 2  # characters; a shorter name or tag stands in too many texts


def named(text: str, events: Iterable[EventRow]) -> list[EventRow]:
    """The events a text names: by the longest name or tag that stands in it, else by a city and
    a kind that are an event's. Several where it fits several; none for most texts."""
    folded, events = _fold(text), list(events)
    found: list[tuple[int, EventRow]] = []
    for event in events:
        said = [len(part) for one in (event.name, event.tag) if (part := _fold(one)) in folded]
        if said and max(said) >= _SHORT:
            found.append((max(said), event))
    if found:
        most = max(length for length, _event in found)
        return [event for length, event in found if length == most]
    kind = kind_named(text)
    cities = [place for place in place_names.names() if place in text] if kind else []
    return [event for event in events if event.kind == kind and _is_in(event, cities)]


def _is_in(event: EventRow, cities: Sequence[str]) -> bool:
    return any(city in event.name or event.place.startswith(city) for city in cities)


def _fold(text: str) -> str:
    """Half width, lower case, letters and digits alone: names of files put anything between."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))
