"""Call lists: made of any people, for a purpose, with words and days of their own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from opslog.domain.base.clock import instant_text
from opslog.domain.base.refusal import Refused
from opslog.domain.base.text import storable
from opslog.domain.calls.call_lists import NO_CALLS, checked_days, checked_purpose
from opslog.domain.calls.outcomes import INVITATION
from opslog.domain.dates.moments import read_when
from opslog.domain.rosters.rosters import AUDIENCE, CALLS
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.daybook import auto_lines
from opslog.services.events import events
from opslog.store.segments import lists as store


class CallList(NamedTuple):
    """What a call list is called and for; ``opens`` None: at once, ``closes`` None: no end, else
    the last day. ``track`` is what to say."""

    name: str
    purpose: str
    track: str = ""
    opens: date | None = None
    closes: date | None = None
    event_id: int | None = None  # whom this event is for

    @property
    def values(self) -> dict[str, object]:
        """The columns of its row."""
        return {
            "name": self.name,
            "purpose": self.purpose,
            "track": self.track,
            "opens_on": self.opens.isoformat() if self.opens else "",
            "closes_on": self.closes.isoformat() if self.closes else "",
        }


FIELDS = ("name", "purpose", "event", "track", "opens", "closes")


def read(book: Book, typed: Mapping[str, str], before: str = "") -> CallList:
    """What the FIELDS say as they were typed. ``before``: the name it has already. Raises Refused,
    with the field, for no name or one that another list has, a purpose or a day that is none."""
    name = storable(typed.get("name", "").strip())
    if not name:
        raise Refused(msg(N_("What is the list called?")), field="name")
    if name != before and name in store.names(book.con):
        text = msg(N_("There is a list called “{name}” already"), name=name)
        raise Refused(text, field="name")
    opens, closes = (_day(book, typed.get(field, ""), field) for field in ("opens", "closes"))
    checked_days(opens, closes, book.today())
    event_id, purpose = _event(book, typed.get("event", "")), typed.get("purpose", "")
    if event_id is None and purpose == NO_CALLS:
        raise Refused(msg(N_("Without calls: which event is it for?")), field="event")
    if event_id is not None and purpose not in ("", NO_CALLS, INVITATION):
        said = msg(N_("Whom an event is for is invited: choose invitation, or no calls"))
        raise Refused(said, field="purpose")
    if event_id is not None:
        purpose = "" if purpose == NO_CALLS else INVITATION
    return CallList(
        name,
        purpose if event_id is not None else checked_purpose(purpose),
        storable(typed.get("track", "").strip()),
        opens,
        closes,
        event_id,
    )


def _event(book: Book, text: str) -> int | None:
    if not text.strip():
        return None
    try:
        return events.resolve(book, text.strip().lstrip("@＠"))
    except Refused as refusal:
        raise Refused(refusal.message, field="event") from None


def _day(book: Book, text: str, field: str) -> date | None:
    if not text.strip():
        return None
    when = read_when(text, book.clock.local(), lambda: own_kinds.workdays(book))
    if when is None:
        said = msg(N_("“{text}” is no day; write 12-05, fri, +3d, next wed …"), text=text)
        raise Refused(said, field=field)
    return when.day


def free_name(book: Book, proposed: str) -> str:
    """A name that no list has, to be proposed."""
    taken, number, name = store.names(book.con), 2, proposed
    while name in taken:
        name, number = f"{proposed} {number}", number + 1
    return name


def make(book: Book, people: Collection[int], wanted: CallList, made_from: Msg | str) -> Change:
    """A call list of these people, each once; ``made_from`` says of whom. ``made`` of the change
    is its id. Raises Refused where nobody is left of them."""
    text = msg(N_("Made a call list: {name}"), name=wanted.name)
    with book.change(text) as change:
        kind = CALLS if wanted.event_id is None else AUDIENCE
        values = {
            "kind": kind,
            "event_id": wanted.event_id,
            "made_from": storable(str(made_from)),
            **wanted.values,
        }
        change.made, number = store.put(book.con, values, people, instant_text(book.now()))
        if not number:
            raise Refused(msg(N_("There is nobody to put on a list")))
        change.label = nmsg(
            N_("Call list {name}: {n} person"),
            N_("Call list {name}: {n} people"),
            number,
            name=wanted.name,
        )
        auto_lines.write(book, change.label, source="round", event_id=wanted.event_id)
    return change


def never_called(book: Book, people: Collection[int]) -> int:
    """How many of these people asked not to be called."""
    return store.barred(book.con, people)


def of(book: Book, roster_id: int) -> CallList:
    """A call list as it stands. Refused where there is none of that number."""
    row = store.call_list(book.con, roster_id)
    if row is None:
        raise Refused(msg(N_("This is no call list, or it is gone")))
    opens, closes = (
        date.fromisoformat(row[name]) if row[name] else None for name in ("opens_on", "closes_on")
    )
    return CallList(row["name"], row["purpose"], row["track"], opens, closes, row["event_id"])


class Ending(NamedTuple):
    """What ends with a call list that is ended now. One on which nobody was called and nothing was
    decided goes; any other is closed, and what was done on it stays."""

    name: str
    people: int
    waiting: int  # of them nobody called yet
    calls: int
    verdicts: int

    @property
    def goes(self) -> bool:
        return not self.calls and not self.verdicts

    @property
    def said(self) -> Msg:
        """What goes, and what stays."""
        if self.goes:
            return nmsg(
                N_("nobody was called: the list goes, its {n} person stays in People"),
                N_("nobody was called: the list goes, its {n} people stay in People"),
                self.people,
            )
        waiting = nmsg(
            N_("{n} not called yet is called no more"),
            N_("{n} not called yet are called no more"),
            self.waiting,
        )
        calls = nmsg(N_("{n} call"), N_("{n} calls"), self.calls)
        stays = N_("{waiting}; {calls} and every verdict stay, what was promised still rings")
        return msg(stays, waiting=waiting, calls=calls)


def ending(book: Book, roster_id: int) -> Ending:
    """What ``end`` would do. Refused where there is no call list of that number, and where it is
    closed already."""
    one = of(book, roster_id)
    if one.closes is not None and one.closes < book.today():
        text = msg(
            N_("Call list {name} ended on {day}; e sets another day"), name=one.name, day=one.closes
        )
        raise Refused(text)
    return Ending(one.name, *store.worked_on(book.con, roster_id))


def end(book: Book, roster_id: int) -> Change:
    """Call nobody of a list any more (see ``Ending``); undo brings it back."""
    found = ending(book, roster_id)
    text = (
        N_("Call list {name} deleted: {what}")
        if found.goes
        else N_("Call list {name} closed: {what}")
    )
    label = msg(text, name=found.name, what=found.said)
    with book.change(label) as change:
        if found.goes:
            store.remove(book.con, roster_id)
        else:
            yesterday = book.today() - timedelta(days=1)
            store.change(book.con, roster_id, {"opens_on": "", "closes_on": yesterday.isoformat()})
        auto_lines.write(book, label, source="round")
    return change


def change(book: Book, roster_id: int, wanted: CallList) -> Change:
    """Another name, purpose, words, days. Refused where the list is gone."""
    before = of(book, roster_id)
    with book.change(msg(N_("Call list {name} changed"), name=before.name)) as changed:
        if wanted != before:
            store.change(book.con, roster_id, {**wanted.values, "event_id": before.event_id})
    return changed
