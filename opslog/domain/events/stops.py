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
    from opslog.domain.events.plans.planning import Span

OPEN, FALLBACK, DROPPED = "open", "fallback", "dropped"
STOP_LABELS = {OPEN: "", FALLBACK: N_("plan B"), DROPPED: N_("called off")}

_DAY = r"(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?"
_DATE = re.compile(_DAY)
_SPAN = re.compile(rf"({_DAY})(?:~|至|到|--|—|–)({_DAY})")
_SPACED = re.compile(rf"({_DAY})\s*(?:~|至|到|--|—|–|(?<=\s)-(?=\s))\s*(?={_DAY})")
_LINES = re.compile(r"[\n|]")
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
        from opslog.domain.events.plans.planning import Span  # no start needs the rules of plans

        return Span(self.starts_at, self.ends_at)

    @property
    def open(self) -> bool:
        return self.state != DROPPED


class Typed(NamedTuple):
    """A stop as typed: a place, its first day and its last, and where in that place."""

    place: str
    first: str
    last: str
    venue: str = ""


def typed(text: str) -> Iterator[Typed]:
    """One stop a line, ``杭州 12-03 ~ 12-04 国际博览中心`` with where it is behind; also several in
    one, ``杭州 11-01 11-02 宁波 11-03``. Commas and tabs part, ``|`` is the end of a line; a place
    with one date lasts a day. Raises Refused naming what has no date."""
    text = unicodedata.normalize("NFKC", text).lstrip("\ufeff")
    for one in _LINES.split(_SPACED.sub(r"\1~", text)):
        yield from _in_line(one)


def _in_line(text: str) -> Iterator[Typed]:
    words: list[str] = []
    days: list[str] = []
    before: Typed | None = None  # whose venue the next words may be
    for token in filter(None, _APART.split(text)):
        span = _SPAN.fullmatch(token)
        found = [*span.groups()] if span else [token] if _DATE.fullmatch(token) else []
        if not found:
            if days:
                before, words, days = Typed(" ".join(words), days[0], days[-1]), [], []
            words.append(token)
        elif words and len(days) + len(found) <= 2:
            if before is not None:
                yield before
            before = None
            days += found
        else:
            raise Refused(
                msg(N_("“{text}” stands at no place; write 杭州 11-01 11-02"), text=token)
            )
    said = " ".join(words)
    if days:
        yield Typed(said, days[0], days[-1])
    elif before is not None:
        yield before._replace(venue=said)
    elif said:
        raise Refused(msg(N_("“{place}” has no date; write 杭州 11-01 11-02"), place=said))
