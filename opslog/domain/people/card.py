"""A person as the screens show one, and what may be changed about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo
from types import MappingProxyType
from typing import NamedTuple

from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import listed
from opslog.domain.base.text import storable
from opslog.domain.people import emails, phones
from opslog.locale import N_, Msg, msg

# What ``contacts.edit`` takes, with the label a form shows.
FIELDS = {
    "name": N_("Name"),
    "company": N_("Company"),
    "title": N_("Title"),
    "phone": N_("Phone"),
    "email": N_("E-mail"),
    "city": N_("City"),
    "industry": N_("Industry"),
    "note": N_("Note"),
}


# Of whom nothing is kept any more; never by their number, which says nothing to a reader.
ERASED = N_("somebody erased")


def called(id: int, *known: str) -> str:
    """What to call somebody: the first thing known (name, company, phone, e-mail), else the
    number."""
    return next(filter(None, known), f"#{id}")


CALL, WRITE, MAIL = SCOPES = ("call", "write", "mail")
"""The ways of reaching people that each may ask not to be used: phone, messages, e-mail."""


class Barred(NamedTuple):
    """That somebody is not to be called, messaged or mailed: since when, and who said so.

    ``by``: ``operator``, ``list`` (``why`` then holds what it says), ``upgrade``, or the code of
    an outcome. ``scope``: one of SCOPES.
    """

    since: datetime
    by: str
    why: str = ""
    scope: str = CALL

    def said(self, zone: tzinfo | None) -> Msg:
        return self.text(self.since.astimezone(zone).date().isoformat())

    def text(self, day: str) -> Msg:
        """``not to be called since 2026-11-24: marked by hand``; ``day`` is local."""
        known = {
            CALL: N_("not to be called"),
            WRITE: N_("not to be messaged"),
            MAIL: N_("not to be e-mailed"),
        }
        said = {
            "operator": N_("marked by hand"),
            "list": N_("the list says “{why}”"),
        }
        what = msg(known[self.scope])
        if self.by == "upgrade":
            return msg(N_("{what} since before {day}"), what=what, day=day)
        who = msg(said.get(self.by, N_("said so themselves")), why=self.why)
        return msg(N_("{what} since {day}: {who}"), what=what, day=day, who=who)


_NONE: Mapping[str, str] = MappingProxyType({})


class Person(NamedTuple):
    """``phone`` is E.164, ``wecom`` None where it is not known.

    ``merged_into``: the row this one is part of. ``erased``: on request; nothing is left but
    the number.
    """

    id: int
    name: str
    company: str
    company_key: str
    title: str
    phone: str
    email: str
    city: str
    industry: str
    wecom: bool | None
    note: str
    created_at: datetime
    tags: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()  # further numbers, E.164
    emails: tuple[str, ...] = ()
    city_guess: str = ""  # proposed from the number
    last_contact_at: datetime | None = None
    merged_into: int | None = None
    erased: bool = False
    fields: Mapping[str, str] = _NONE  # the operator's own, by name
    bars: tuple[Barred, ...] = ()  # by what they are not to be reached, one a scope

    @property
    def do_not_call(self) -> bool:
        return self.is_barred(CALL)

    def is_barred(self, scope: str) -> bool:
        return any(bar.scope == scope for bar in self.bars)

    @property
    def called(self) -> str:
        """What to call the row: the name, else the company, phone or e-mail."""
        return called(self.id, self.name, self.company, self.phone, self.email)


# Kinds of Moment, in the order they stand in where they fall on the same instant.
SIGNED_UP, DECIDED, CALLED, SAID = "signed up", "decided", "called", "said"
LOGGED, FOLLOW_UP = "logged", "due"


class Moment(NamedTuple):
    """One line of a person's time line. ``open`` marks a follow-up still to be done; ``met``
    whether they came or answered, None where that is no question."""

    at: datetime
    kind: str
    text: Msg
    event_id: int | None = None
    event: str = ""
    flagged: bool = False
    open: bool = False
    met: bool | None = None


class Colleague(NamedTuple):
    """Somebody else of a person's company: on how many lists, how often they came, and for what
    they were dropped last."""

    id: int
    called: str
    title: str
    lists: int
    came: int
    dropped: Msg | None


class Chapter(NamedTuple):
    """What happened with a person around one event (``event_id`` None: around none), newest first.

    ``at`` is when the event is, or the newest of what happened; ``met`` whether they came to it.
    """

    event_id: int | None
    event: str
    at: datetime
    met: bool | None
    moments: tuple[Moment, ...]


def chapters(moments: Iterable[Moment], starts: Mapping[int, datetime]) -> list[Chapter]:
    """A time line, newest first, by events; that of the newest moment stands first. Whether they
    came is said by the chapter, not by a moment of it."""
    found: dict[int | None, list[Moment]] = {}
    for moment in moments:
        found.setdefault(moment.event_id, []).append(moment)
    told = []
    for event_id, of_event in found.items():
        came = [one for one in of_event if one.kind == SIGNED_UP and one.met is not None]
        others = tuple(one for one in of_event if one not in came)
        at = of_event[0].at if event_id is None else starts.get(event_id, of_event[0].at)
        met = came[0].met if came else None
        told.append(Chapter(event_id, of_event[0].event, at, met, others))
    return told


def read_tags(text: str) -> tuple[list[str], list[str]]:
    """The tags to add and to take off, from what was typed: ``VIP #华东 -MDR``.

    Words are parted by spaces or commas; ``#`` and ``＃`` are optional; ``-`` in front takes
    off, and is no part of a tag's beginning.
    """
    add: list[str] = []
    remove: list[str] = []
    for word in re.split(r"[\s,，、;；]+", storable(text)):
        into = remove if word[:1] in ("-", "－") else add
        tag = word.lstrip("-－#＃")
        if tag and tag not in into:
            into.append(tag)
    return add, remove


def checked(field: str, value: str) -> str:
    """A typed field as it is kept: phone E.164, e-mail in lower case, the rest trimmed.

    Raises Refused for a field there is none of, and for a phone or e-mail that can't be one.
    """
    text = " ".join(storable(value).split()) if field != "note" else storable(value).strip()
    if field not in FIELDS:
        raise Refused(
            msg(
                N_("a person has no field “{field}”; there are {fields}"),
                field=field,
                fields=listed(FIELDS),
            )
        )
    if field == "phone" and text:
        phone = phones.normalise(text)
        if not phone.e164:
            raise Refused(
                msg(
                    N_("“{text}” is no complete phone number; a landline needs its area code"),
                    text=text,
                )
            )
        return phone.e164
    if field == "email" and text:
        email = emails.normalise(text)
        if not email.address:
            raise Refused(msg(N_("“{text}” is no e-mail address; write it as a@b.cn"), text=text))
        return email.address
    return text
