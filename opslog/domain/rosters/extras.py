"""Columns of a list that say more than who somebody is: verdicts, tags, what happened before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from opslog.domain.base import codes
from opslog.domain.base.refusal import Refused
from opslog.locale import N_, msg

VERDICTS, TAGS, HISTORY, PRESENCE = "verdicts", "tags", "history", "presence"
CHANNELS = "channels"
REQUESTS = "requests"
STOPS = "stops"
ADDED = "added"
TAKEN: dict[str, str] = {
    VERDICTS: N_("verdicts"),
    TAGS: N_("tags"),
    HISTORY: N_("history"),
    PRESENCE: N_("marks of who came"),
    CHANNELS: N_("channels"),
    REQUESTS: N_("requests of materials"),
    STOPS: N_("stops"),
    ADDED: N_("when they were added on WeCom"),
}
ASKED = (VERDICTS, TAGS, PRESENCE)  # taken only where the operator says so


class VerdictColumn(NamedTuple):
    """``round``: its number; None for what a row comes to over all. ``reason`` -1: no column."""

    round: int | None
    at: int
    reason: int = -1


class Extras(NamedTuple):
    """The columns with each. ``own``: opslog wrote the list; ``line`` is then the column of the
    line a row stood on when it came in, and ``came`` says who came, as opslog had it or as it was
    changed since (any other list only adds to it). ``last_contact``: when the newest of the
    ``history`` was, where its cells don't say. ``channel``: by which channel somebody signed up; it
    may be kept as a field besides. ``arrived``: when they came, of whoever did. ``request``: a
    column of a request of materials by what it says (see ``domain.materials.requests``). ``stop``:
    columns that say to which stop of a road show somebody comes, the likeliest first; as those of
    ``stop_or_city``, which say that or where somebody is from, they may mean a field, too.
    ``added``: when somebody was added on WeCom."""

    verdicts: tuple[VerdictColumn, ...] = ()
    tags: tuple[int, ...] = ()
    own: bool = False
    line: int = -1
    history: tuple[int, ...] = ()
    last_contact: int = -1
    came: tuple[int, ...] = ()
    channel: int = -1
    arrived: tuple[int, ...] = ()
    request: tuple[tuple[str, int], ...] = ()
    stop: tuple[int, ...] = ()
    stop_or_city: tuple[int, ...] = ()
    added: tuple[int, ...] = ()

    @property
    def held(self) -> tuple[str, ...]:
        """Which of TAKEN the list holds."""
        found = {
            VERDICTS: self.verdicts,
            TAGS: self.tags,
            HISTORY: self.history,
            PRESENCE: self.came,
            CHANNELS: self.channel >= 0,
            REQUESTS: self.request,
            STOPS: self.stop,
            ADDED: self.added,
        }
        return tuple(code for code, at in found.items() if at)

    def meanings(self) -> dict[int, str]:
        """Column -> which of TAKEN it holds."""
        return {
            **dict.fromkeys(self.tags, TAGS),
            **dict.fromkeys(self.history, HISTORY),
            **dict.fromkeys(self.added, ADDED),
            **{at: REQUESTS for _said, at in self.request},
            **({self.channel: CHANNELS} if self.channel >= 0 else {}),
            **{at: VERDICTS for one in self.verdicts for at in (one.at, one.reason) if at >= 0},
        }

    @property
    def told_besides(self) -> tuple[int, ...]:
        """Columns that are taken, and may be kept as fields as well."""
        return (self.channel, *self.stop, *(at for _said, at in self.request))

    @property
    def columns(self) -> set[int]:
        """All columns that mean one of these, whatever the list is of: a request is one of
        materials alone, and of another event its column may be kept as a field."""
        of_verdicts = {at for one in self.verdicts for at in (one.at, one.reason)}
        return of_verdicts | {*self.tags, *self.history, *self.added, self.line}


def checked(told: Sequence[str]) -> tuple[str, ...]:
    """What the operator wants taken. Raises Refused for a word that is none of ASKED."""
    asked, found = {code: TAKEN[code] for code in ASKED}, dict[str, None]()
    for word in told:
        code = codes.code_of(word, asked)
        if not code:
            text = N_("“{word}” can't be taken from a list; there are: {all}")
            raise Refused(msg(text, word=word, all=codes.known(asked)))
        found[code] = None
    return tuple(found)
