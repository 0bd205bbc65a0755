"""The stops of a road show: a place and its days each, with the steps that hang on them. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

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
_KIND = re.compile(r"(?:站点?|市|专?场|stop)$")  # behind the name of a place
_MONTH_DAY = re.compile(r"(?:(\d{4})[-/.年])?(?<!\d)(\d{1,2})[-/.月](\d{1,2})(?!\d)")


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


def meant(text: str, stops: Sequence[Stop], zone: ZoneInfo) -> Stop | None:
    """The stop that a cell of a list names: by its place (``杭州站``), else by a day of it; None
    where it names none, or more than one."""
    words = _folded(text)
    if not words:
        return None
    named = [one for one in stops if _folded(one.place) == words]
    named = named or [one for one in stops if _folded(one.place) in words]
    on = [one for one in named or stops if _has_day(one, text, zone)]
    found = on or named
    if len(found) > 1:
        found = [one for one in found if one.open]
    return found[0] if len(found) == 1 else None


def _folded(text: str) -> str:
    """As two names of one place agree: 杭州, 杭州市 and 杭州站."""
    words = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    return _KIND.sub("", words) or words


def _has_day(one: Stop, text: str, zone: ZoneInfo) -> bool:
    """Whether the first date in the text is a day of the stop."""
    found = _MONTH_DAY.search(unicodedata.normalize("NFKC", text))
    if found is None:
        return False
    year, month, day = (int(part or 0) for part in found.groups())
    first, last = (at.astimezone(zone).date() for at in (one.starts_at, one.ends_at))
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return any((x.month, x.day) == (month, day) and year in (0, x.year) for x in days)
