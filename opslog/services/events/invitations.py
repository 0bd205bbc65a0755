"""Somebody else's event from their invitation: entered, moved by a new version, cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from opslog.domain.base.refusal import Refused
from opslog.domain.events.events import EventDraft
from opslog.domain.events.kinds import kind_named
from opslog.exchange.calendars import invitations as files
from opslog.exchange.calendars.invitations import Invitation
from opslog.locale import N_, msg
from opslog.services.book.book import Book, Change
from opslog.services.events import events
from opslog.services.events.events import Preview
from opslog.store.events import changing

USUAL_KIND = "conference"


@dataclass(frozen=True)
class Seen:
    """An invitation and what taking it would do: ``event_id`` is the event made from an earlier
    version, None where it is new; ``preview`` what becomes of its plan where it is changed."""

    invitation: Invitation
    draft: EventDraft
    event_id: int | None = None
    preview: Preview | None = None


def look(book: Book, path: Path, kind: str = "") -> Seen:
    """What a file would bring; nothing is changed.

    Raises Refused for a file that can't be read, for a version older than the one taken in, or
    the same, and for the cancellation of an event that is not there.
    """
    said = files.read(path, book.clock.zone)
    known = changing.invited(book.con, said.uid)
    if known is None:
        if said.cancelled:
            text = N_("“{event}” is called off, but no event was made from its invitation")
            raise Refused(msg(text, event=said.name))
        return Seen(said, _new(said, kind))
    event_id, version = known
    event = events.get(book, event_id)
    if said.occurrence is not None and said.occurrence != event.row.starts_at:
        text = N_("This is about another date of the series than that of “{event}”")
        raise Refused(msg(text, event=event.name))
    changed = _changed(event.draft, said)
    if said.sequence < version:
        raise Refused(
            msg(N_("A newer version of “{event}” was taken in already"), event=event.name)
        )
    if said.cancelled:
        if event.row.cancelled_at is not None:
            raise Refused(msg(N_("“{event}” is cancelled already"), event=event.name))
        return Seen(said, event.draft, event.id)
    if event.row.cancelled_at is not None:
        if said.sequence > version:  # called on again: it is entered anew
            return Seen(said, _new(said, kind))
        raise Refused(msg(N_("“{event}” is cancelled already"), event=event.name))
    if changed == event.draft:
        raise Refused(msg(N_("“{event}” is as this invitation has it already"), event=event.name))
    return Seen(said, changed, event.id, events.preview_edit(book, event.id, changed))


def _new(said: Invitation, kind: str) -> EventDraft:
    return EventDraft(
        said.name,
        kind or kind_named(said.name) or USUAL_KIND,
        said.starts_at,
        said.ends_at,
        host="sponsored",
        place=said.place,
        note=str(msg(N_("Organiser: {name}"), name=said.organiser)) if said.organiser else "",
    )


def _changed(draft: EventDraft, said: Invitation) -> EventDraft:
    """The event as the new version has it; what is not said of it stays."""
    ends_at = said.ends_at
    if ends_at is None and draft.ends_at is not None:
        ends_at = said.starts_at + (draft.ends_at - draft.starts_at)
    return draft._replace(
        starts_at=said.starts_at, ends_at=ends_at, place=said.place or draft.place
    )


def take(book: Book, seen: Seen) -> Change:
    """Do what was looked at, as one change; ``made`` is the event."""
    said = seen.invitation
    label = msg(N_("Invitation taken in: {event}"), event=seen.draft.name)
    with book.change(label) as change:
        event_id = seen.event_id
        if event_id is None:
            event_id = events.create(book, seen.draft).made
        elif said.cancelled:
            events.cancel(book, event_id)
        else:
            events.edit(book, event_id, seen.draft)
        changing.set_invited(book.con, event_id, said.uid, said.sequence)
        change.made = event_id
    return change
