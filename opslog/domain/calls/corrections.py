"""What an event's move leaves to be put right: what was published with another date, and who was
told of it. Each with the text that goes out, made from the event's fields."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from opslog.domain.base.sentences import in_turn
from opslog.locale import N_, Msg, msg

# The tables whose rows are told of; of an event: everybody who signed up, by one message.
POST, PERSON, OTHERS, STOP_OTHERS = "step", "card", "event", "stop"
GONE = "_gone"  # behind any of these: of a stop that does not take place

# How it is said: in a post for everybody, and to somebody by name.
_POST = N_(
    "[New date] “{event}” moves from {was} to {now}{place}. "
    "Whoever signed up need not sign up again."
)
_OFF = N_("[Cancelled] “{event}” on {was}{place} does not take place.")
_SMS = N_("“{event}” is moved to {now}{place}; {was} no longer holds.")
_PRIVATE = N_(
    "Hello, I wrote to you about “{event}”: it moves from {was} to {now}{place}. Does it suit you?"
)
_OF_CHANNEL = {"sms": _SMS, "private": _PRIVATE}
_ROUTE = N_("[New dates] “{event}”: {stops}.")
_FALLS_AWAY = N_(
    "Hello {person}, you said you would come to “{event}” on {was}{place}. I am sorry, it does not "
    "take place there.{next}"
)
_FALLS_AWAY_ALL = N_("[Cancelled] “{event}” on {was}{place} does not take place.{next}")
_NEXT = N_(" The next stop is {now}{place}: may we keep you a seat?")
_COMING = N_(
    "Hello {person}, you said you would come to “{event}”: it moves from {was} to {now}{place}. "
    "Can you still make it?"
)
_DECLINED = N_(
    "Hello {person}, “{event}” was at a bad time for you: it moves from {was} to {now}{place}. "
    "Can you make it now?"
)


class Correction(NamedTuple):
    """``table`` and ``ref`` say what it is about: a step that published ``was``, or the card of
    somebody who knows of it. ``why``: by what channel, or what they said."""

    table: str
    ref: int
    name: Msg
    why: Msg
    was: datetime
    now: datetime
    text: Msg
    person_id: int | None = None
    off: bool = False  # it does not take place at all

    @property
    def key(self) -> tuple[str, int]:
        return self.table, self.ref


class Said(NamedTuple):
    """The fields of an event that its texts are made of; dates in the words of a message."""

    event: str
    was: Msg
    now: Msg
    place: str

    def _values(self) -> dict[str, object]:
        place = msg(N_(", {place}"), place=self.place) if self.place else ""
        return {"event": self.event, "was": self.was, "now": self.now, "place": place}

    def post(self, channel: str = "") -> Msg:
        return msg(_OF_CHANNEL.get(channel, _POST), **self._values())

    def cancelled(self) -> Msg:
        return msg(_OFF, **self._values())

    def route(self, stops: Sequence[Msg]) -> Msg:
        """In a post that named the days of several stops."""
        return msg(_ROUTE, event=self.event, stops=in_turn(stops))

    def falls_away(self, person: str, following: Said | None) -> Msg:
        """To somebody by name, or ('') to all who signed up; ``following``: the next stop."""
        text = _FALLS_AWAY if person else _FALLS_AWAY_ALL
        more: Msg | str = ""
        if following is not None:
            values = following._values()
            more = msg(_NEXT, now=values["now"], place=values["place"])
        return msg(text, person=person, **{**self._values(), "next": more})

    def personal(self, person: str, *, coming: bool) -> Msg:
        """``coming``: what they had said."""
        return msg(_COMING if coming else _DECLINED, person=person, **self._values())
