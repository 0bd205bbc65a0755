"""The rows behind a number of a report on their way out: as a file, or their people as a list to
call or to mail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from opslog.domain.base.refusal import Refused
from opslog.domain.reports.figures import ANSWER, EVENT, LEAD, LOG, STEP, TOUCH
from opslog.locale import N_, _, msg
from opslog.services.book.contributions import Scope
from opslog.services.book.drafts import Place
from opslog.services.people import card as person_card
from opslog.services.reports import opening
from opslog.services.reports.opening import Opened
from opslog.tui.frame.shown import Shown
from opslog.tui.segments.send_on import ask_as

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host

# What the rows of a figure are among the exports; of all others their people go out.
_EXPORTS = {TOUCH: "calls", ANSWER: "answers", LOG: "log", STEP: "plan", EVENT: "events"}


def shown(name: str, kind: str, rows: Sequence[Opened]) -> Shown:
    """The rows of a number as they may go into a file. Raises Refused where none holds them."""
    if kind in _EXPORTS:
        return Shown(_EXPORTS[kind], Scope(keys=[one.id for one in rows]), name=name)
    people = opening.people(rows)
    if not people:
        raise Refused(msg(N_("These rows go into no file; x on the report writes their number")))
    if kind == LEAD:
        return Shown("handover", Scope(people=frozenset(people)), name=name)
    return Shown("people", Scope(keys=people), name=name)


async def ask(app: Host, what: str, name: str, kind: str, rows: Sequence[Opened]) -> None:
    """A call list, a mailing list or a file of the people behind a number: ``name`` of ``what``.
    Only inside a worker. Refused for what is no number, or none of people."""
    known = person_card.many(app.book, opening.people(rows))
    people = [one.id for one in known if not one.erased]
    if not people:
        raise Refused(msg(N_("No people are counted here; Enter shows what it is about")))
    title = _("{first}: {second}").format(first=what, second=name)
    place = Place("call_list", "report")
    erased = len(known) - len(people)
    await ask_as(app, people, title, place, shown(name, kind, rows), erased=erased)
