"""Events and plans as entries of a calendar: what is in it now, and what it has to be told.

A calendar that took an entry in knows it by its uid and goes by the higher SEQUENCE. So what was
told last is kept (``calendar_entry``): an entry that reads differently goes out one higher, also
after undo, and one whose row is gone goes out as cancelled.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import astuple, dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.events import events as event_words
from opslog.exchange.writing.calendars import Appointment
from opslog.locale import _, language
from opslog.services.book.book import Book
from opslog.store.events import calendar as store

TASK = timedelta(minutes=30)  # how long a plan step stands in a calendar
BEFORE_EVENT = timedelta(hours=1)  # alarms
BEFORE_STEP = timedelta(minutes=10)


@dataclass(frozen=True)
class Entry:
    """An appointment, the event it belongs to, and when its rows last changed."""

    event_id: int
    changed_at: datetime
    shown: Appointment


def entries(book: Book, event_id: int | None) -> Iterator[Entry]:
    """Events with the steps of their plans as they now are, of one event or (None) of all."""
    names = store.identity(book.con)
    for row in store.events(book.con, event_id):
        yield Entry(
            row["id"],
            instant_of(row["changed_at"]),
            Appointment(
                uid=_uid(names, "event", row["id"], row["created_at"]),
                title=row["name"],
                starts_at=instant_of(row["starts_at"]),
                ends_at=instant_of(row["ends_at"]),
                place=row["place"],
                note=row["note"],
                tags=(row["tag"],) if row["tag"] else (),
                cancelled=row["cancelled_at"] is not None,
                busy=True,
                alarm=BEFORE_EVENT,
            ),
        )
    for row in store.stops(book.con, event_id):
        yield Entry(
            row["event_id"],
            instant_of(row["changed_at"]),
            Appointment(
                uid=_uid(names, "stop", row["id"], row["event_id"]),
                title=_("{place} ({event})").format(place=row["place"], event=row["event"]),
                starts_at=instant_of(row["starts_at"]),
                ends_at=instant_of(row["ends_at"]),
                place=row["place"],
                note="\n".join(part for part in (row["note"], row["fallback"]) if part),
                cancelled=bool(row["off"]) or row["state"] == "dropped",
                busy=True,
                alarm=BEFORE_EVENT,
            ),
        )
    for row in store.steps(book.con, event_id):
        at = instant_of(row["due_at"])
        done = row["state"] == event_words.DONE
        name = spoken(row["title"], row["title_en"])
        yield Entry(
            row["event_id"] or 0,
            instant_of(row["changed_at"]),
            Appointment(
                uid=_uid(names, "step", row["id"], row["event_id"]),
                title=_("{done}{step} ({event})").format(
                    done="✓ " if done else "", step=name, event=row["event"]
                ),
                starts_at=at,
                ends_at=at + TASK,
                note=row["note"],
                tags=(row["channel"],) if row["channel"] else (),
                cancelled=bool(row["off"]) or _missed(row, book.now()),
                alarm=None if done else BEFORE_STEP,
            ),
        )


def revised(book: Book, event_id: int | None) -> Iterator[Appointment]:
    """What a calendar has to be told, numbered. Inside an open transaction: it is noted as told.

    Names from before the names were a database's own go out once, as cancelled.
    """
    known = store.told(book.con, event_id)
    for entry in entries(book, event_id):
        yield _numbered(book, entry, known.pop(entry.shown.uid, None))
    for uid, row in known.items():
        gone = Appointment(
            uid,
            _("No longer in the plan"),
            instant_of(row["starts_at"]),
            instant_of(row["ends_at"]),
            cancelled=True,
        )
        yield _numbered(book, Entry(row["event_id"], book.now(), gone), row)
        if not row["mark"]:
            store.forget(book.con, uid)


def _numbered(book: Book, entry: Entry, told: sqlite3.Row | None) -> Appointment:
    """With its revision: a new one where it reads differently from what was told last."""
    mark = hashlib.blake2b(repr(astuple(entry.shown)).encode(), digest_size=16).hexdigest()
    if told is not None and told["mark"] == mark:
        return replace(
            entry.shown, sequence=told["sequence"], changed_at=instant_of(told["changed_at"])
        )
    sequence, changed_at = 0, entry.changed_at
    if told is not None:
        sequence, last = told["sequence"] + 1, instant_of(told["changed_at"])
        if changed_at <= last:  # undone, or missed by the passing of time
            changed_at = max(book.now(), last)
    shown = replace(entry.shown, sequence=sequence, changed_at=changed_at)
    store.tell(
        book.con,
        (
            shown.uid,
            entry.event_id,
            instant_text(shown.starts_at),
            instant_text(shown.ends_at),
            sequence,
            instant_text(changed_at),
            mark,
        ),
    )
    return shown


def _uid(names: UUID, kind: str, row_id: int, beside: object) -> str:
    """A row's name for calendars, always the same and no other file's."""
    return f"{kind}-{uuid5(names, f'{kind} {row_id} {beside}')}@opslog"


def _missed(row: sqlite3.Row, now: datetime) -> bool:
    """Noted as missed or dropped, or open and no longer possible."""
    return row["state"] in (event_words.MISSED, event_words.DROPPED) or (
        row["state"] == event_words.FLOATING
        and row["closes_at"] is not None
        and event_words.closed(
            row["phase"], instant_of(row["due_at"]), instant_of(row["closes_at"]), now
        )
    )


def spoken(chinese: str, english: str) -> str:
    """Of two titles the one in the language of the operator."""
    return (chinese or english) if language() == "zh_CN" else (english or chinese)
