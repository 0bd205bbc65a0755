"""How the people of a file stand: who came, for how long, who withdrew or waits.

Who came: minutes of all a person's rows in one file are added up, the file with most of them
counts, and from the minimum on the person is marked. Without minutes, what the row says counts.
A mark is only ever put where there is none, so what a person decided stays; how a sign-up stands
is what the newest file says of it, and word for word the same row says nothing new; the same file
with a lower minimum marks those who were there for long enough now, and they are *updated*.
A list that opslog wrote and somebody changed may take a mark back, where the operator says so.
"""

from __future__ import annotations

import json
from collections import Counter

from opslog.domain.imports.cells import without_apostrophe, yes_no
from opslog.domain.imports.guests import NOBODY, Brought
from opslog.domain.imports.report import Filled
from opslog.domain.imports.row_reading import RowReading, way_of
from opslog.domain.rosters.extras import PRESENCE
from opslog.domain.rosters.rosters import DOOR, FILE, STATES, UNKNOWN
from opslog.services.book.book import Book
from opslog.services.imports.taking import Beside, Taken
from opslog.store.rosters import cards
from opslog.store.rosters.writing import Someone


class Presence:
    """``least_minutes``: from so many on somebody came; ``first_card``: of those the file makes."""

    def __init__(self, least_minutes: int, first_card: int) -> None:
        self.stands: dict[int, str] = {}  # cards whose state this file changed, and to what
        self.came: set[int] = set()  # cards of those who came by this file
        self.attended = 0  # people marked as having come
        self._least_seconds, self._first_card = least_minutes * 60, first_card
        self._seconds: Counter[int] = Counter()  # by card, of this file
        self._counted: set[int] = set()  # cards that this file says something new of
        self._stated: dict[int, str] = {}  # cards from before: the state this file said

    def mark(
        self,
        changed: dict[int, Someone],
        person: Someone,
        reading: RowReading,
        *,
        first: bool = False,
        held: bool = False,
    ) -> list[Filled]:
        """Whether the person came, for how long, how they stand; what that changed on the card,
        which then stands in ``changed``.

        Rows that are ``held`` say nothing new of a person by themselves: whose they are may look
        different now that more people are known, so the minutes stay as they were added up then.
        """
        if not (reading.came or reading.state or reading.guests) and reading.seconds is None:
            return []
        marked = []
        brings = Brought(reading.guests, reading.guests_more)
        held_before = Brought(person.guests, person.guests_more)
        if brings not in (NOBODY, held_before):  # what the newest list says holds
            old = str(held_before) if person.guests else ""
            marked.append(Filled("guests", old, str(brings)))
            person.guests, person.guests_more = brings
        came = reading.came
        if reading.seconds is not None:
            self._seconds[person.card_id] += reading.seconds
            total = self._seconds[person.card_id]
            if not held:
                self._counted.add(person.card_id)
            elif person.minutes is not None and person.card_id not in self._counted:
                total = person.minutes * 60
            came = total >= self._least_seconds
            if person.minutes is None or total // 60 > person.minutes:
                old = "" if person.minutes is None else str(person.minutes)
                marked.append(Filled("minutes", old, str(total // 60)))
                person.minutes = total // 60
        self.saw(person, came)
        if came and person.attended is None:
            person.attended = True
            self.attended += 1
            marked.append(Filled("attended", "", "yes"))
        marked += self._stand(person, reading, first)
        if marked:
            changed[person.card_id] = person
        return marked

    def put_on(self, person: Someone, kind: str, reading: RowReading) -> bool:
        """How a row puts somebody on the list; whether without their having signed up."""
        person.way = way_of(kind, reading)
        return person.way == DOOR

    def sign_up(self, changed: dict[int, Someone], person: Someone) -> list[Filled]:
        """A list of sign-ups names the person, who was on this one as a walk-in till now."""
        if person.way != DOOR:
            return []
        person.way = FILE
        changed[person.card_id] = person
        return [Filled("state", "", person.state)]

    def saw(self, person: Someone, came: bool) -> None:
        """A row said whether the person came, whatever is marked already."""
        if came:
            self.came.add(person.card_id)

    def _stand(self, person: Someone, reading: RowReading, first: bool) -> list[Filled]:
        """How the sign-up stands by this file; of its rows of one person the best counts.

        A word that nobody understood takes back nothing that an earlier file said.
        """
        state, id = reading.state, person.card_id
        before = person.state if id >= self._first_card else self._stated.get(id)
        if not first and before:
            state = min(state or before, before, key=STATES.index)
        if id < self._first_card:
            if state == UNKNOWN and any(field == "status" for field, _word in reading.unclear):
                return []
            self._stated[id] = state
        if state in ("", person.state):
            return []
        self.stands[id] = state
        filled = Filled("state", "" if first else person.state, state)
        person.state = state
        return [filled]


def take(book: Book, taken: Taken) -> int:
    """How many marks are others now. A cell that is empty takes none off."""
    said: dict[int, bool] = {}
    for one in taken.met:
        cells = json.loads(one.cells)
        for at in taken.extras.came:
            came = yes_no(without_apostrophe(cells[at])) if at < len(cells) else None
            if came is not None:
                said[one.card_id] = came
    return cards.mark_attended(book.con, said)


TAKES = Beside(PRESENCE, take)
