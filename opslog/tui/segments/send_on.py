"""``l`` on an event, a list or a number of a report: of whom, and whether they are called, written
to by e-mail, or go into a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from opslog.locale import N_, _, msg, ngettext
from opslog.services.book.contributions import DECLINED, HANDED_OVER, MISSED, UNREACHED, Scope
from opslog.services.book.drafts import Place
from opslog.services.calls import outsiders
from opslog.services.files import export as files_out
from opslog.services.rosters import rosters
from opslog.services.segments import call_lists, groups
from opslog.services.segments.groups import Group
from opslog.tui.anywhere.export import ask_export
from opslog.tui.frame.shown import Shown
from opslog.tui.segments.call_list import ask_call_list, missed_words
from opslog.tui.widgets.asking.prompt import Choice, Choose

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host

CALLS, MAILING, FILE = "calls", "mailing", "file"
ADDRESSES = ("person", "company", "email")  # the columns of a mailing list, until others are chosen


async def ask_of_list(app: Host, roster_id: int, first: str = "") -> None:
    """Of whom of a list, ``first`` proposed, else the first there are any of; then as what. Only
    inside a worker."""
    book = app.book
    state = rosters.some(book, [roster_id])[0]
    found = groups.groups(book, roster_id)
    first = first or next((one.key for one in found if one.people), "")
    choices = [Choice(one.key, str(one.title), _number_of(one)) for one in found]
    title = _("{list}: a list of whom?").format(list=state.event)
    key = await app.ask(Choose(title, choices, selected=first))
    if key is None:
        return
    one = groups.group(book, roster_id, key)
    await ask_as(
        app,
        one.people,
        str(msg(N_("{list} · {group}"), list=state.event, group=one.title)),
        Place("call_list", "roster", roster_id),
        _rows_of(one, roster_id, state.event_id),
        words=missed_words(book, state.event) if one.code == MISSED else "",
        roster_id=roster_id,
    )


async def ask_as(
    app: Host,
    people: Sequence[int],
    name: str,
    where: Place,
    rows: Shown,
    *,
    words: str = "",
    roster_id: int | None = None,
    erased: int = 0,
) -> None:
    """A call list, a mailing list or a file of these people; ``name`` says of whom, ``rows`` are
    those of the file, ``words`` what to say on a call, ``roster_id`` on which list they stand,
    ``erased`` how many more there were. Only inside a worker."""
    book, scope = app.book, Scope(keys=[*people], roster_id=roster_id)
    called, outside = outsiders.fit(book, people, roster_id)
    never = call_lists.never_called(book, called)
    not_mailed = files_out.left_out(book, MAILING, scope)
    number = len(people)
    choices = [
        Choice(CALLS, _("Call list"), _people(len(called) - never)),
        Choice(MAILING, _("Mailing list"), _people(files_out.count(book, MAILING, "csv", scope))),
        Choice(FILE, _("File"), _people(number)),
    ]
    text = ngettext("Not to be called: {n}", "Not to be called: {n}", never).format(n=never)
    gone = ngettext("Erased since: {n}", "Erased since: {n}", erased).format(n=erased)
    said = [*([text] if never else []), *map(str, not_mailed), *([gone] if erased else [])]
    title = _("{first}: {second}").format(first=name, second=_people(number))
    chosen = await app.ask(Choose(title, choices, more=said))
    if chosen == CALLS:
        await ask_call_list(app, called, name, where, words=words, outside=outside)
    elif chosen == MAILING:
        await ask_export(app, Shown(MAILING, scope, name=name, columns=ADDRESSES))
    elif chosen == FILE:
        await ask_export(app, rows._replace(name=name))


def _rows_of(one: Group, roster_id: int, event_id: int | None) -> Shown:
    """What says most of them: the calls that declined, with reasons; what is known of leads; else
    their lines of the list."""
    if one.code in (DECLINED, HANDED_OVER):
        return Shown("calls" if one.code == DECLINED else "handover", Scope(keys=one.rows))
    people = frozenset(one.people)
    return Shown("roster", Scope(event_id, people=people, roster_id=roster_id))


def _number_of(one: Group) -> str:
    number = f"{len(one.people):,}"
    if one.code == UNREACHED and one.untried:
        return _("{n} ({untried} not tried yet)").format(n=number, untried=one.untried)
    return number


def _people(number: int) -> str:
    return ngettext("{n} person", "{n} people", number).format(n=f"{number:,}")
