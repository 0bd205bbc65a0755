"""What the list of people is asked for: words, facets, an order."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from opslog.domain.base.clock import Clock
from opslog.domain.people import ranges
from opslog.domain.people.ranges import Range
from opslog.locale import N_

# What the list may be narrowed by, in the order it is offered.
FACETS = {
    "city": N_("City"),
    "industry": N_("Industry"),
    "title": N_("Title"),
    "company": N_("Company"),
    "tag": N_("Tag"),
    "wecom": N_("WeCom"),
    "event": N_("Event"),
    "attendance": N_("Attendance"),
    "verdict": N_("Verdict"),
    "audience": N_("Audience"),
    "contact": N_("Last contact"),
    "field": N_("Own field"),
}
WECOM = {"1": N_("on WeCom"), "0": N_("not on WeCom"), "x": N_("not known")}
# At the event that is chosen, at any where none is.
ATTENDANCE = {"came": N_("came"), "absent": N_("did not come"), "unmarked": N_("not marked")}
VERDICT = {
    "keep": N_("kept"),
    "drop": N_("dropped"),
    "park": N_("parked"),
    "none": N_("not decided"),
}
RANGE = "~"  # of an own field: a range of numbers, ``~员工数>200``
BEFORE = "<"  # of a contact: before a day, ``<2026-10-01``
CONTACT = {
    "week": N_("this week"),
    "month": N_("this month"),
    "quarter": N_("this quarter"),
    "longer": N_("longer ago"),
    "never": N_("never"),
}

# What the list may be sorted by; "added" is the order people came in, the newest first.
ADDED, LAST_CONTACT = "added", "last_contact_at"
SORTS = {
    ADDED: N_("Newest first"),
    "name": N_("Name"),
    "company": N_("Company"),
    "title": N_("Title"),
    "phone": N_("Phone"),
    "email": N_("E-mail"),
    "city": N_("City"),
    "industry": N_("Industry"),
    "wecom": N_("WeCom"),
    LAST_CONTACT: N_("Last contact"),
}


@dataclass(frozen=True)
class View:
    """One way to look at people. ``facets``: facet and value; at most one value a facet."""

    words: str = ""
    facets: tuple[tuple[str, str], ...] = ()
    sort: str = ADDED
    turned: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether it shows fewer than everybody."""
        return bool(self.words.strip() or self.facets)

    @property
    def plain(self) -> bool:
        """Everybody, newest first."""
        return not self.narrowed and self.sort == ADDED and not self.turned

    @property
    def event(self) -> str | None:
        """The event whose sign-ups are looked at; None: any."""
        return dict(self.facets).get("event")

    def having(self, facet: str, value: str | None) -> View:
        """The same with this value of the facet; None: whatever it is."""
        others = tuple(pair for pair in self.facets if pair[0] != facet)
        return replace(self, facets=others if value is None else (*others, (facet, value)))

    def sorted_by(self, sort: str) -> View:
        """The same in another order; by the order it has, the other way round."""
        return replace(self, sort=sort, turned=self.sort == sort and not self.turned)


@dataclass(frozen=True)
class FacetValue:
    """A value people have, how it reads, and how many of those in view have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Sought:
    """Typed words, understood. ``digits``: of a telephone number; ``others``: the other words;
    ``ranges``: of the numbers in own fields."""

    text: str = ""
    tags: tuple[str, ...] = ()
    digits: str = ""
    others: str = ""
    ranges: tuple[Range, ...] = ()


_LAST_DIGITS = 4  # of a number, as people tell them
_DIGITS = re.compile(r"[+(]*\d[\d()\-.–—]*")


def sought(words: str) -> Sought:
    """Read what was typed: ``#tag`` asks for a tag, digits may be part of a telephone number."""
    found, rest = ranges.read(words)
    folded = unicodedata.normalize("NFKC", rest)
    tags = tuple(word.lstrip("#") for word in folded.split() if word.strip("#") and word[0] == "#")
    plain = [word for word in folded.split() if word[0] != "#"]
    numbers = [word for word in plain if _DIGITS.fullmatch(word)]
    return Sought(
        " ".join(plain),
        tags,
        _as_kept("".join(numbers)),
        " ".join(word for word in plain if word not in numbers),
        tuple(found),
    )


def _as_kept(typed: str) -> str:
    """The digits as they stand in a number that is kept: with its country, in place of the 0 before
    an area code. Few digits may be the last of any number, so they stay."""
    digits = re.sub(r"\D", "", typed)
    abroad = typed.lstrip("(").startswith("+") or digits.startswith("0086")
    digits = digits.removeprefix("00") if digits.startswith("0086") or len(digits) > 9 else digits
    if abroad and digits.startswith("860"):  # +86 (0)755
        return "86" + digits[3:]
    area = len(digits) > _LAST_DIGITS or typed.startswith("(0")
    if area and digits[:1] == "0" and digits[1:2] not in ("", "0"):
        return f"86{digits[1:]}"
    return digits


def contact_since(value: str, clock: Clock) -> datetime:
    """The instant (UTC) since which a contact counts as of this week, month or quarter."""
    today = clock.today()
    day = {
        "week": today - timedelta(days=today.weekday()),
        "month": today.replace(day=1),
        "quarter": date(today.year, (today.month - 1) // 3 * 3 + 1, 1),
    }[value]
    midnight = datetime(day.year, day.month, day.day, tzinfo=clock.zone)
    return midnight.astimezone(UTC)


def hours_since(since: datetime, until: datetime) -> list[str]:
    """Beginnings of ``2026112216`` (an hour, UTC) that cover the time between, the fewest:
    hours to the end of the first day, days to the end of the month, then months."""
    covered: list[str] = []
    at = since.replace(minute=0, second=0, microsecond=0)
    while at <= until:
        if at.hour == 0 and at.day == 1:
            covered.append(f"{at:%Y%m}")
            at = (at + timedelta(days=32)).replace(day=1)
        elif at.hour == 0:
            covered.append(f"{at:%Y%m%d}")
            at += timedelta(days=1)
        else:
            covered.append(f"{at:%Y%m%d%H}")
            at += timedelta(hours=1)
    return covered


def one_letter_off(word: str) -> set[str]:
    """Every Latin word one letter left out, put in, changed or swapped away from ``word``."""
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    left_out = {head + tail[1:] for head, tail in parts if tail}
    swapped = {head + tail[1] + tail[0] + tail[2:] for head, tail in parts if len(tail) > 1}
    changed = {head + letter + tail[1:] for head, tail in parts if tail for letter in letters}
    put_in = {head + letter + tail for head, tail in parts for letter in letters}
    return (left_out | swapped | changed | put_in) - {word}


def one_character_off(text: str, wanted: str) -> bool:
    """Whether some stretch of ``text`` is ``wanted`` but for one character."""
    size = len(wanted)
    return any(
        sum(a != b for a, b in zip(text[at : at + size], wanted, strict=False)) <= 1
        for at in range(len(text) - size + 1)
    )
