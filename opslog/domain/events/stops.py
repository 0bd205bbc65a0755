"""The stops of a road show: a place and its days each, with the steps that hang on them. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from opslog.domain.base.refusal import Refused
from opslog.locale import N_, msg

if TYPE_CHECKING:
    from opslog.domain.events.planning import Span

OPEN, FALLBACK, DROPPED = "open", "fallback", "dropped"
STOP_LABELS = {OPEN: "", FALLBACK: N_("plan B"), DROPPED: N_("called off")}

_DAY = r"(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?"
_DATE = re.compile(_DAY)
_SPAN = re.compile(rf"({_DAY})(?:~|至|到|--|—|–)({_DAY})")
_APART = re.compile(r"[\s,;、\t]+")


class Stop(NamedTuple):
    """``state`` open, fallback (``fallback`` is done instead), dropped; ``why`` says what for."""

    id: int
    event_id: int
    place: str
    starts_at: datetime
    ends_at: datetime
    note: str = ""
    state: str = OPEN
    why: str = ""
    fallback: str = ""
    venue: str = ""

    @property
    def where(self) -> str:
        """Place and venue, as a message names them."""
        return f"{self.place} {self.venue}".strip()

    @property
    def span(self) -> Span:
        from opslog.domain.events.planning import Span  # no start needs the rules of plans

        return Span(self.starts_at, self.ends_at)

    @property
    def open(self) -> bool:
        return self.state != DROPPED


class Typed(NamedTuple):
    """A stop as typed: a place, its first day and its last."""

    place: str
    first: str
    last: str


def typed(text: str) -> Iterator[Typed]:
    """``杭州 11-01 11-02``, one after the other, by lines or not; commas and tabs part, too; a
    place with one date lasts a day. Raises Refused naming what has no date."""
    words: list[str] = []
    days: list[str] = []
    text = unicodedata.normalize("NFKC", text).lstrip("\ufeff")
    for token in [one for one in _APART.split(text) if one] + [""]:
        span = _SPAN.fullmatch(token)
        found = [*span.groups()] if span else [token] if _DATE.fullmatch(token) else []
        if found and words and len(days) + len(found) <= 2:
            days += found
            continue
        if found:
            raise Refused(
                msg(N_("“{text}” stands at no place; write 杭州 11-01 11-02"), text=token)
            )
        if days or not token:
            if words and not days:
                raise Refused(
                    msg(N_("“{place}” has no date; write 杭州 11-01 11-02"), place=" ".join(words))
                )
            if words:
                yield Typed(" ".join(words), days[0], days[-1])
            words, days = [], []
        words += [token] if token else []
