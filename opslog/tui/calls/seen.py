"""Whose card a key was meant for: the one that stood on screen when it was typed."""

from __future__ import annotations

from math import inf

from textual.message import Message

# As screening's at the end of a round: a hand that was about to press is stopped by then.
PAUSE_SECONDS = 0.7
REPEAT_SECONDS = 0.15  # a key that comes again so soon is held down: no finger is as fast


class Seen:
    """Times are those of Textual's messages: of when a key arrived, not of when its turn came."""

    def __init__(self) -> None:
        self._from, self._pause = -inf, 0.0  # a key typed earlier was for another card
        self._last = "", -inf

    def drawing(self, *, unasked: bool) -> None:
        """Another card is being drawn, which nobody has seen. ``unasked``: not by a key of one's
        own, so a finger may be on its way to the card before."""
        self._from, self._pause = inf, PAUSE_SECONDS if unasked else 0.0

    def stands(self) -> None:
        """The card is on screen."""
        if self._from == inf:
            self._from = Message().time + self._pause

    def meant(self, typed_at: float) -> bool:
        """Whether a key was typed for the card that stands there."""
        return typed_at >= self._from

    def held(self, key: str, typed_at: float) -> bool:
        """Whether it is the same key as before, held down."""
        (before, at), self._last = self._last, (key, typed_at)
        return key == before and typed_at - at < REPEAT_SECONDS
