"""An event as typed into a form or on the command line, read into a draft."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta

from opslog.domain.base.amounts import read_amount
from opslog.domain.base.money import cents_of, yuan_text
from opslog.domain.base.refusal import Refused
from opslog.domain.dates.moments import When, read_when, scan_when
from opslog.domain.dates.numerals import fold
from opslog.domain.dates.times import scan_until
from opslog.domain.events.events import EventCard, EventDraft, number_text
from opslog.domain.events.measures import measure_of, read_target
from opslog.locale import N_, msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.events.plans import playbooks

FIELDS = (
    "name",
    "kind",
    "on",
    "ends",
    "host",
    "list",
    "audience",
    "segment",
    "theme",
    "place",
    "tag",
    "budget",
    "targets",
    "note",
)
_TARGET = re.compile(r"([^\s=:,;，；、]+)\s*[=:]\s*([0-9][0-9.]*)")


def read_draft(book: Book, fields: Mapping[str, str], near: datetime | None = None) -> EventDraft:
    """A draft from texts by FIELDS; what is not given is as usual for its kind. ``near``: when the
    event was, where one is changed (see ``read_moment``).

    Raises Refused naming what can't be read.
    """
    kind = fields.get("kind", "")
    playbook = playbooks.playbook(book, kind)
    usual = datetime.combine(book.today(), playbook.clock, book.clock.zone)
    on = fields.get("on", "").strip()
    if span := _span(book, on, near):
        starts_at = _instant(book, span[0], usual)
        ends_at = starts_at + timedelta(minutes=span[1])
    else:
        starts_at = read_moment(book, on, usual, near=near)
        ends_at = starts_at + playbook.lasts(starts_at.astimezone(book.clock.zone).time())
    if fields.get("ends", "").strip():
        ends_at = _end(book, fields["ends"], starts_at, ends_at)
    return EventDraft(
        name=fields.get("name", ""),
        kind=kind,
        starts_at=starts_at,
        ends_at=ends_at,
        host=fields.get("host", "") or "own",
        list=fields.get("list", "") or "form",
        audience=fields.get("audience", "") or "all",
        segment=fields.get("segment", ""),
        theme=fields.get("theme", ""),
        place=fields.get("place", ""),
        tag=fields.get("tag", ""),
        budget_cents=_read_budget(fields.get("budget", "")),
        targets=read_targets(fields.get("targets", "")),
        note=fields.get("note", ""),
    )


def written(book: Book, event: EventCard) -> dict[str, str]:
    """The fields as one would type them to get this event."""
    start = event.row.starts_at.astimezone(book.clock.zone)
    end = event.row.ends_at.astimezone(book.clock.zone)
    return {
        "name": event.name,
        "kind": event.row.kind,
        "on": f"{start:%Y-%m-%d %H:%M}",
        "ends": f"{end:%H:%M}" if end.date() == start.date() else f"{end:%Y-%m-%d %H:%M}",
        "host": event.row.host,
        "list": event.row.list,
        "audience": event.row.audience,
        "segment": event.segment,
        "theme": event.theme,
        "place": event.row.place,
        "tag": event.row.tag,
        "budget": "" if event.budget_cents is None else yuan_text(event.budget_cents, ""),
        "targets": " ".join(
            f"{name}={number_text(value)}" for name, value in event.targets.items()
        ),
        "note": event.note,
    }


def read_moment(
    book: Book, text: str, usual: datetime, *, past: bool = False, near: datetime | None = None
) -> datetime:
    """The instant a text says: a day alone is taken at the clock time of ``usual``, a time alone
    on its day. ``past``: of something that was, with a bare number for the hour (``昨天10``).
    ``near``: a day without a year is that of the year nearest to it, else the next to come.
    Raises Refused where the text says neither, or a day that does not exist."""
    if not text.strip():
        raise Refused(msg(N_("When is it? 2026-12-05 14:00, +12d, fri, next wed 2pm …")))
    when = read_when(
        text,
        book.clock.local(),
        lambda: own_kinds.workdays(book),
        "past" if past else "future",
        hours=past,
        near=near.astimezone(book.clock.zone).date() if near else None,
    )
    if when is None:
        raise Refused(
            msg(N_("“{text}” is no date; write 2026-12-05 14:00, +3d, fri, next wed …"), text=text)
        )
    return _instant(book, when, usual)


def _instant(book: Book, when: When, usual: datetime) -> datetime:
    local = usual.astimezone(book.clock.zone)
    return book.clock.at(when.day if when.day_said else local.date(), when.time or local.time())


def _span(book: Book, text: str, near: datetime | None) -> tuple[When, int] | None:
    """``12-05 14:00-17:00``: the start, and the minutes to the end; None where none is said."""
    day = near.astimezone(book.clock.zone).date() if near else None
    now, calendar = book.clock.local(), lambda: own_kinds.workdays(book)
    found = scan_when(text, 0, now, calendar, near=day)
    until = scan_until(fold(text), found.end, found.clock) if found and found.clock else None
    if found is None or found.when is None or until is None or until.end != len(text):
        return None
    return None if until.problem else (found.when, until.minutes)


def _end(book: Book, text: str, starts_at: datetime, usual: datetime) -> datetime:
    """When an event ends: words such as +1d count from its start, a time alone is on its day."""
    start = starts_at.astimezone(book.clock.zone)
    when = read_when(text, start, lambda: own_kinds.workdays(book))
    if when is None:
        raise Refused(msg(N_("“{text}” is no end; write 17:00 or 2026-12-06 17:00"), text=text))
    clock = when.time or usual.astimezone(book.clock.zone).time()
    return book.clock.at(when.day, clock)


def _read_budget(text: str) -> int | None:
    """In cents; typed in yuan. None where nothing is typed."""
    yuan = read_amount(text)
    return None if yuan is None else cents_of(yuan)


def read_targets(text: str) -> dict[str, float]:
    """``signups=200 attended=80`` by measure; a measure may be named in either language."""
    plain = unicodedata.normalize("NFKC", text)
    targets: dict[str, float] = {}
    rest = plain
    for found in _TARGET.finditer(plain):
        measure = measure_of(found[1])
        rest = rest.replace(found[0], " ", 1)
        value = read_target(measure, found[2])
        if value is not None:
            targets[measure] = value
    if rest.strip(" ,;、"):
        raise Refused(
            msg(N_("“{text}” is no target; write signups=200 attended=80"), text=rest.strip())
        )
    return targets
