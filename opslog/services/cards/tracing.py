"""Where a lead came from, in words, and giving one back from sales into a programme."""

from __future__ import annotations

from datetime import datetime

from opslog.domain.base.money import yuan_text
from opslog.domain.base.refusal import Refused
from opslog.domain.calls.order import joined
from opslog.domain.leads.leads import RETURNED, Lead
from opslog.locale import N_, Msg, msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.leads import leads
from opslog.services.programmes import enrolling, programmes

BACK_INTO = "returned"  # the programme that ships for whoever sales gave back


def origin(book: Book, lead: Lead) -> list[tuple[Msg, str]]:
    """Event, group, channel, programme and who handed it over: a label and what is known."""
    programme = own_kinds.programme(book, lead.programme) if lead.programme else None
    facts = [
        (msg(N_("Came from")), lead.event),
        (msg(N_("From the group")), lead.community),
        (msg(N_("By channel")), lead.channel),
        (msg(N_("Programme")), str(programme.named) if programme else lead.programme),
        (msg(N_("Handed over by")), lead.by_whom),
    ]
    return [(label, text) for label, text in facts if text]


def told(book: Book, person_id: int) -> list[tuple[Msg, str]]:
    """How somebody's lead stands and where it came from; nothing of who is none."""
    lead = leads.of_person(book, person_id)
    if lead is None:
        return []
    state = str(leads.standing(book, lead))
    if lead.cents is not None:
        state = f"{state} {yuan_text(lead.cents)}"
    parts = (state, lead.to_whom, lead.reason)
    return [(msg(N_("State")), " · ".join(filter(None, parts))), *origin(book, lead)]


def give_back(
    book: Book,
    lead_id: int,
    reason: str = "",
    next_on: datetime | None = None,
    *,
    programme: str = "",
    step: str = "",
) -> Change:
    """Sales returned it: marketing goes on, from ``next_on``, and at once in a ``programme``, from
    its beginning or a ``step``; '' in none. All of its history stays. Refused for a programme or a
    step that there is none of; where the person can't enter it, ``left`` says why."""
    if programme:
        rules = programmes.programme(book, programme)
        if step and rules.step(step) not in rules.running:
            text = N_("“{programme}” has no step “{step}” at present; it has: {known}")
            known = ", ".join(one.id for one in rules.running)
            raise Refused(msg(text, programme=rules.named, step=step, known=known), field="step")
    lead = leads.get(book, lead_id)
    with book.change(msg(N_("Returned"))) as change:
        done = leads.set_state(book, lead_id, RETURNED, reason=reason, next_on=next_on)
        change.made, change.label = lead_id, done.label
        if programme:
            _leave(book, lead.person_id)
            try:
                entered = enrolling.enter(book, programme, [lead.person_id], step=step)
            except Refused as refusal:
                change.left.append(refusal.message)
            else:
                change.left += entered.left
                change.label = joined([done.label, entered.label])
    return change


def _leave(book: Book, person_id: int) -> None:
    """The programmes that handing over ended, though nobody has looked since."""
    ended = [
        one.id for one in enrolling.of_person(book, person_id) if one.state in ("active", "paused")
    ]
    if ended:
        enrolling.leave(book, ended, "sales")
