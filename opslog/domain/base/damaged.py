"""What stands for a value that the file can't say any more: marked where it is shown, never a
reason for a screen to end. ``opslog check`` names the rows, and mending them is editing them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, tzinfo
from typing import Any

MARK = "?"  # in the place of each digit


class UnreadableDay(date):
    """A day that is none. Sorts before all that is known."""

    def __format__(self, spec: str) -> str:
        return _marked(super().__format__(spec))

    def strftime(self, spec: str) -> str:
        return _marked(super().strftime(spec))

    def isoformat(self) -> str:
        return _marked(super().isoformat())

    __str__ = isoformat


class Unreadable(datetime):
    """A moment that is none, in whatever zone. Sorts before all that is known."""

    def __format__(self, spec: str) -> str:
        return _marked(super().__format__(spec))

    def strftime(self, spec: str) -> str:
        return _marked(super().strftime(spec))

    def isoformat(self, sep: str = "T", timespec: str = "auto") -> str:
        return _marked(super().isoformat(sep, timespec))

    def __str__(self) -> str:
        return self.isoformat(" ")

    def astimezone(self, tz: tzinfo | None = None) -> Unreadable:
        return self.replace(tzinfo=tz or UTC)

    def date(self) -> UnreadableDay:
        return UnreadableDay(self.year, self.month, self.day)


# Far enough from both ends of the calendar to be reckoned with.
UNREADABLE = Unreadable(1900, 1, 1, tzinfo=UTC)


def _marked(text: str) -> str:
    return "".join(MARK if character.isdigit() else character for character in text)


def moment(text: Any) -> datetime:
    """The instant a text of the file says, else ``UNREADABLE``."""
    try:
        found = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return UNREADABLE
    # A year of one's own making is as impossible as a 31st of February.
    return found if found.tzinfo is not None and 1900 < found.year < 2200 else UNREADABLE


def listed(text: Any) -> list[Any]:
    """The JSON list that a text of the file holds; the text itself as its one item where it is
    none, so that it is seen."""
    found = _parsed(text)
    return found if isinstance(found, list) else [str(text)]


def mapping(text: Any) -> dict[str, Any]:
    """The JSON object that a text of the file holds; empty where it is none."""
    found = _parsed(text)
    return found if isinstance(found, dict) else {}


def _parsed(text: Any) -> Any:
    try:
        return json.loads(text)
    except (TypeError, ValueError):
        return None
