"""The list a card was opened from: who comes before and after in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Among:
    """``place`` says where a person stands, counted from 0 (None: no longer), ``at`` who stands
    there, ``count`` how many they are."""

    title: str
    count: Callable[[], int]
    place: Callable[[int], int | None]
    at: Callable[[int], int | None]

    def beside(self, person_id: int, by: int) -> int | None:
        """Who stands ``by`` further; None at the end of the list."""
        place = self.place(person_id)
        if place is None or not 0 <= place + by < self.count():
            return None
        return self.at(place + by)
