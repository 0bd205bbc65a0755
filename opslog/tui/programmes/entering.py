"""Into a programme: two keys from wherever people are chosen."""

from __future__ import annotations

from collections.abc import Sequence

from opslog.locale import _
from opslog.services.people import card as person_card
from opslog.services.programmes import enrolling, programmes
from opslog.tui.programmes import words
from opslog.tui.widgets.asking.prompt import Choice, Choose, Confirm
from opslog.tui.widgets.host import Host


async def ask_programme(host: Host, people: Sequence[int]) -> None:
    """Which programme these go into; who can't is named with the reason, and one who is in another
    goes into this one as well where that is meant. Only inside a worker."""
    if not people:
        host.say(_("Nobody is selected"), "warn")
        return
    book = host.book
    who = words.people(len(people))
    if len(people) == 1:
        who = person_card.get(book, people[0]).called
    choices = [
        Choice(one.code, str(one.title), words.people(one.active))
        for one in programmes.programmes(book)
    ]
    code = await host.ask(Choose(_("{who}: into which programme?").format(who=who), choices))
    if code is None:
        return
    beside = False
    if len(people) == 1 and (other := enrolling.elsewhere(book, people[0], code)):
        question = _("{who} is in “{programme}” already. Into this one as well?")
        beside = bool(await host.ask(Confirm(question.format(who=who, programme=other))))
        if not beside:
            return
    host.do(lambda: enrolling.enter(book, code, people, beside=beside))
