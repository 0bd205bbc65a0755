"""Notes on calls that wait for their outcome; what was typed outlives the window."""

from __future__ import annotations

from contextlib import suppress

from opslog.domain.base.refusal import Refused
from opslog.domain.calls.outcomes import PHONE
from opslog.locale import N_, msg
from opslog.services.book import drafts
from opslog.services.book.book import Book
from opslog.services.book.drafts import Draft, HalfTyped, Place
from opslog.services.calls import call_card
from opslog.services.calls.queue import queue as call_queue
from opslog.tui.calls.queue.rows import Key, key_of


class Notes(dict[Key, str]):
    """A note by card and purpose."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: dict[Key, Draft] = {}  # those that an earlier window left

    def take_up(self, book: Book) -> None:
        """What an earlier window left, of those who are still to be called."""
        left = {
            draft.place.ref: draft
            for draft in drafts.waiting(book)
            if (draft.place.action, draft.place.kind) == ("note", "promise")
        }
        if not left:
            return
        for entry in (part for one in call_queue.queue(book, later=True) for part in one.parts):
            draft = left.pop(entry.card_id, None)
            if draft is not None:
                self._kept[key_of(entry)] = draft
                self.setdefault(key_of(entry), draft.text)

    def half_typed(self, book: Book) -> list[HalfTyped]:
        """Those of people who are still there."""
        found = []
        for key, note in self.items():
            if not note:
                continue
            with suppress(Refused):
                card = call_card.card(book, *key, PHONE)
                place = Place("note", "promise", card.card_id, card.person_id)
                title = msg(N_("Note on the call with {person}"), person=card.person)
                found.append(HalfTyped(place, title, {"": note}, self._kept.get(key)))
        return found

    def written(self, book: Book, key: Key) -> None:
        """The outcome took it along."""
        self.pop(key, None)
        if draft := self._kept.pop(key, None):
            drafts.drop(book, draft)
