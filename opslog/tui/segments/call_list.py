"""The small form that makes a call list of people, or changes one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from opslog.domain.calls.call_lists import NO_CALLS, PURPOSES
from opslog.domain.calls.outcomes import PHONE, purpose_title
from opslog.locale import N_, Msg, _, msg, ngettext
from opslog.services.book import own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.book.contributions import MISSED
from opslog.services.book.drafts import Place
from opslog.services.calls import outsiders
from opslog.services.events import events
from opslog.services.segments import call_lists, groups
from opslog.services.segments.call_lists import CallList
from opslog.tui.widgets.asking.form import Field, Form, Values
from opslog.tui.widgets.asking.prompt import Choice
from opslog.tui.widgets.text import Line, capital, in_rows, join, line

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host

KEYS_CELLS = 72  # a row of outcomes, as wide as the form at 80 cells


async def ask_call_list(
    app: Host,
    people: Sequence[int],
    name: str,
    where: Place,
    *,
    words: str = "",
    outside: Sequence[Msg] = (),
) -> None:
    """Make a call list of these people. ``name`` says of whom, and is proposed; so are ``words``,
    what to say. ``outside``: why others of them were left out. Only inside a worker."""
    book = app.book
    proposed = call_lists.free_name(book, name)
    never = call_lists.never_called(book, people)

    def saves(values: Values) -> Change:
        wanted = call_lists.read(book, values)
        return call_lists.make(book, people, wanted, name)

    title = msg(N_("Call list"))
    who = ngettext("{n} person", "{n} people", len(people)).format(n=f"{len(people):,}")
    said = [line((who, "strong"))]
    if never:
        text = ngettext("{n} is never called", "{n} are never called", never)
        said.append(line((text.format(n=never), "warn")))
    said += [line((str(text), "warn")) for text in outsiders.said(outside)]
    start = CallList(proposed, PURPOSES[0], words)
    change = await app.ask(_form(app, title, lambda: start, saves, where, join(said, " · ")))
    if change is not None:
        key = app.key_text("go.calls", "f6")
        app.say(_("{change}. {key} calls them").format(change=change.label, key=key))


async def ask_missed(
    app: Host, event_id: int, chosen: Sequence[int] = (), *, absent: bool = True
) -> None:
    """Of those who did not come to an event, or of the ``chosen`` of its list; with the words for
    who missed it where all of them are ``absent``. Only inside a worker."""
    book, event = app.book, events.get(app.book, event_id).row.name
    people, outside = chosen, list[Msg]()
    if not chosen:
        roster_id = groups.sign_ups(book, event_id)
        missed = groups.group(book, roster_id, MISSED).people
        people, outside = outsiders.fit(book, missed, roster_id)
    name = _("{event} · did not come").format(event=event)
    if not absent:
        name = ngettext("{event} · {n} person", "{event} · {n} people", len(chosen)).format(
            event=event, n=len(chosen)
        )
    where = Place("call_list", "event", event_id)
    words = missed_words(book, event) if absent else ""
    await ask_call_list(app, people, name, where, words=words, outside=outside)


def missed_words(book: Book, event: str) -> str:
    """What to say to those who did not come to an event."""
    fields = {"event": event, "person": "{person}", "company": "{company}"}
    return own_kinds.tracks(book).find(PURPOSES[0], PHONE, attended=False, fields=fields).say


async def ask_change(app: Host, roster_id: int) -> None:
    """Other words, days, purpose or name for a call list. Raises Refused where it is none."""
    book, before = app.book, call_lists.of(app.book, roster_id)

    def saves(values: Values) -> Change:
        wanted = call_lists.read(book, values, before.name)
        return call_lists.change(book, roster_id, wanted)

    title = msg(N_("Call list {name}"), name=before.name)
    place = Place("edit", "roster", roster_id)
    await app.ask(_form(app, title, partial(call_lists.of, book, roster_id), saves, place, ()))


def _form(
    app: Host,
    title: Msg,
    stands: Callable[[], CallList],
    saves: Callable[[Values], Change],
    where: Place,
    said: Line,
) -> Form[Change]:
    outcomes, start = own_kinds.outcomes(app.book), stands()

    def check(values: Values) -> list[Line]:
        wanted = call_lists.read(app.book, values, start.name)
        known = outcomes.of(wanted.purpose, PHONE).keys if wanted.purpose else ()
        keys = [line((str(one.digit), "key"), " ", str(one.title)) for one in known]
        days = [
            _("from {day}").format(day=wanted.opens) if wanted.opens else "",
            _("until {day}").format(day=wanted.closes) if wanted.closes else "",
        ]
        when = " ".join(filter(None, days))
        return [join([said, line((when, "muted"))], " · "), *in_rows(keys, KEYS_CELLS)]

    choices = [Choice(one, capital(str(purpose_title(one)))) for one in PURPOSES]
    choices.append(Choice(NO_CALLS, _("No calls, only counted")))

    def fields() -> list[Field]:
        now = stands()
        event, closes = str(now.event_id or ""), str(now.closes or "")
        say = _("what to say; {person} {company} are filled in")
        return [
            Field("name", _("List"), now.name, replaced=True),
            Field("purpose", _("For"), now.purpose or NO_CALLS, choices=choices),
            Field("event", _("Event"), event, _("to be invited to"), same_row=True),
            Field("track", _("Words"), now.track, say),
            Field("opens", _("From"), str(now.opens or ""), _("at once; fri, 12-05, next mon")),
            Field("closes", _("Until"), closes, _("no end; +5d, 12-31"), same_row=True),
        ]

    return Form(title, fields, saves, check, where=where)
