"""What was answered of the four that a lead is known by stands in the hand-over already.

A question names which of them it answers (``answers`` in talk_tracks.toml).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from opslog.domain.base.sentences import listed
from opslog.domain.dates.wording import short_day
from opslog.domain.leads.leads import NO as NOT_KNOWN
from opslog.domain.leads.leads import PARTS, read_part
from opslog.locale import N_, Msg, msg
from opslog.services.answers import answering
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.leads import leads


class Heard(NamedTuple):
    """What was answered, as ``read_part`` takes it; when, and about which event ('' none)."""

    value: str
    at: datetime
    event: str


def heard(book: Book, person_id: int) -> dict[str, Heard]:
    """The newest answer for each of the four that somebody's lead does not hold yet."""
    asked = {
        one.key: one.answers
        for track in own_kinds.tracks(book).tracks
        for one in track.questions
        if one.answers in PARTS
    }
    lead = leads.of_person(book, person_id)
    held = lead.known if lead is not None and not lead.over else {}
    found = {}
    for one in answering.said_to(book, person_id):
        part = asked.get(one.question.key, "")
        if part and not held.get(part):
            found[part] = Heard(_value(one.text), one.at, one.event)
    return found


def _value(text: Msg) -> str:
    """The answer itself. ``no`` there means that there is none; of a lead, that it is not known."""
    words = str(text)
    return str(msg(N_("none"))) if read_part(words) == NOT_KNOWN else words


def source(book: Book, found: Mapping[str, Heard]) -> Msg:
    """``answered on a call: Budget, Need 11-24 上海沙龙``."""
    said: dict[str, list[Msg]] = {}
    for part in PARTS:
        if one := found.get(part):
            day = short_day(one.at.astimezone(book.clock.zone).date(), book.today())
            said.setdefault(f"{day} {one.event}".rstrip(), []).append(msg(PARTS[part]))
    parts = listed(
        msg(N_("{parts} {when}"), parts=listed(parts), when=when) for when, parts in said.items()
    )
    return msg(N_("answered before: {parts}"), parts=parts)
