"""Leads: kept, handed over to sales, and how it went with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from opslog.domain.base.money import yuan_text
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import listed
from opslog.domain.base.text import storable
from opslog.domain.dates.wording import near_moment, short_day
from opslog.domain.leads.leads import (
    HANDED_OVER,
    LEAD,
    PARTS,
    RETURNED,
    TITLES,
    WON,
    Lead,
    check_state,
    read_part,
    with_missing,
)
from opslog.domain.people.card import called
from opslog.locale import N_, Msg, msg
from opslog.services.book import operator, own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.daybook import auto_lines
from opslog.services.people import card as person_card
from opslog.store.daybook import follow_ups as follow_up_store
from opslog.store.leads import leads as store


def leads(book: Book, event_id: int | None = None) -> list[Lead]:
    """Every lead, the one that changed last first; those that came from one event."""
    return store.leads(book.con, "? IS NULL OR h.event_id=?", event_id, event_id)


def erased(book: Book, event_id: int | None = None) -> list[Lead]:
    """The leads of those erased, who are nobody's work any more but stay counted."""
    return store.erased(book.con, event_id)


def get(book: Book, lead_id: int) -> Lead:
    """Raises Refused where it is gone."""
    found = store.leads(book.con, "h.id=?", lead_id)
    if not found:
        raise Refused(msg(N_("That lead is gone; undo may bring it back")))
    return found[0]


def of_person(book: Book, person_id: int) -> Lead | None:
    """Somebody's lead that is not over, else the newest; None where they never were one."""
    found = store.leads(book.con, "h.person_id=?", person_id)
    return next((one for one in found if not one.over), found[0] if found else None)


def present(book: Book, person_id: int) -> Lead:
    """As ``of_person``; Refused for somebody who is no lead."""
    lead = of_person(book, person_id)
    if lead is None:
        name = person_card.get(book, person_id).called
        raise Refused(msg(N_("{person} is no lead; opslog handover add makes one"), person=name))
    return lead


def name(lead: Lead) -> str:
    return called(lead.person_id, lead.person, lead.company, lead.phone)


def standing(book: Book, lead: Lead) -> Msg:
    """How it stands; with the programme that has them, where one does."""
    state, inside = msg(TITLES[lead.state]), in_programme(book, lead)
    return msg(N_("{state}, {inside}"), state=state, inside=inside) if inside else state


def in_programme(book: Book, lead: Lead) -> Msg | None:
    """The programme that has them; None where none does."""
    if not lead.inside:
        return None
    rules = own_kinds.programme(book, lead.inside)
    title: object = rules.named if rules else lead.inside
    return msg(N_("in “{programme}”"), programme=title)


def handed_to_before(book: Book) -> list[str]:
    return store.names(book.con)


def keep(
    book: Book,
    person_id: int,
    known: Mapping[str, str],
    to_whom: str = "",
    *,
    card_id: int | None = None,
    event_id: int | None = None,
    community: str | None = None,
    by_whom: str | None = None,
) -> Change:
    """What is known of somebody as a lead, as typed (see ``read_part``); handed over to
    ``to_whom``, kept as a lead where nobody is named. The lead that is not over goes on; what it
    came from is what they were last called about, where that is not said. ``community``: the group
    they came from; ``by_whom``: who hands it over, the operator by name where nobody says; None:
    as it was. ``made`` is the lead.

    With less known than the four it is handed over all the same, and said. Refused for somebody
    who is gone.
    """
    person = person_card.get(book, person_id)
    lead = of_person(book, person_id)
    if lead is not None and lead.over:
        lead = None
    values = {
        part: read_part(known.get(part, getattr(lead, part) if lead else "")) for part in PARTS
    }
    to_whom = _words(to_whom)
    label = (
        msg(N_("Handed {person} over to {colleague}"), person=person.called, colleague=to_whom)
        if to_whom
        else msg(N_("Kept {person} as a lead"), person=person.called)
    )
    label = with_missing(label, values)
    promised = _promised(book, person_id) if to_whom else []
    label = _without_calls(book, label, promised)
    with book.change(label) as change:
        if lead is None:
            if event_id is None:
                card_id, event_id = store.came_from(book.con, person_id)
            lead_id = store.add(book.con, person_id, card_id, event_id)
        else:
            lead_id, event_id = lead.id, lead.event_id
        change.made = lead_id
        if by_whom is None:
            by_whom = lead.by_whom if lead and lead.by_whom else operator.name(book)
        whole = {
            "to_whom": to_whom or (lead.to_whom if lead else ""),
            "community": lead.community if lead and community is None else _words(community or ""),
            "by_whom": _words(by_whom),
        }
        store.write(book.con, lead_id, {**values, **whole})
        if to_whom or lead is None:
            store.add_state(book.con, lead_id, HANDED_OVER if to_whom else LEAD, book.now())
        if to_whom:
            follow_up_store.finish_passing_on(book.con, person_id, book.now())
            if promised:
                _end_promises(book, person_id)
        auto_lines.write(book, label, source="lead", event_id=event_id, person_ids=[person_id])
    return change


def set_state(
    book: Book,
    lead_id: int,
    state: str,
    *,
    reason: str = "",
    cents: int | None = None,
    next_on: datetime | None = None,
) -> Change:
    """How a lead stands now, forwards or backwards. ``cents`` of one that is won; ``next_on`` when
    one that is returned is taken up again. Refused for no such state, and for handing over a lead
    that is with nobody."""
    lead = get(book, lead_id)
    state = check_state(state)
    if state == HANDED_OVER and not lead.to_whom:
        raise Refused(
            msg(N_("{person} was handed to nobody yet; to whom?"), person=name(lead)),
            field="to_whom",
        )
    if cents is not None and state != WON:
        raise Refused(msg(N_("an amount belongs to a lead that is won")))
    if next_on is not None and state != RETURNED:
        raise Refused(msg(N_("a day belongs to a lead that is returned")))
    reason = _words(reason)
    label = _label(book, lead, state, reason, cents, next_on)
    ends = state in (HANDED_OVER, WON)
    promised = _promised(book, lead.person_id) if ends else []
    label = _without_calls(book, label, promised)
    with book.change(label) as change:
        change.made = lead_id
        if promised:
            _end_promises(book, lead.person_id)
        store.add_state(book.con, lead_id, state, book.now(), reason, cents, next_on)
        auto_lines.write(
            book, label, source="lead", event_id=lead.event_id, person_ids=[lead.person_id]
        )
    return change


def _promised(book: Book, person_id: int) -> list[datetime]:
    """When somebody is to be called as they were promised, on a list or on none."""
    on_lists = store.promised_calls(book.con, person_id)
    off_lists = follow_up_store.promised_calls(book.con, person_id)
    return sorted({*on_lists.values(), *off_lists.values()})


def _end_promises(book: Book, person_id: int) -> None:
    """Operator's rule: whoever is with sales, or bought, is called by them; a call promised before
    is no longer the operator's. A call-back that is open goes on without its promised time."""
    store.end_promises(book.con, [*store.promised_calls(book.con, person_id)])
    for follow_up in follow_up_store.promised_calls(book.con, person_id):
        follow_up_store.finish(book.con, follow_up, book.now())


def _without_calls(book: Book, label: Msg, promised: Sequence[datetime]) -> Msg:
    """What was done, and which promised calls it ends."""
    if not promised:
        return label
    zone, today = book.clock.zone, book.today()
    when = listed(near_moment(at, zone, today) for at in promised)
    text = N_("{text}; the call promised for {when} is no longer yours")
    return msg(text, text=label, when=when)


def _words(text: str) -> str:
    return storable(" ".join(text.split()))


def _label(
    book: Book, lead: Lead, state: str, reason: str, cents: int | None, next_on: datetime | None
) -> Msg:
    text = msg(N_("{person}: {state}"), person=name(lead), state=msg(TITLES[state]))
    if cents is not None:
        text = msg(N_("{text}, {amount}"), text=text, amount=yuan_text(cents))
    if reason:
        text = msg(N_("{text} ({reason})"), text=text, reason=Msg("{text}", {"text": reason}))
    if next_on is not None:
        day = short_day(next_on.astimezone(book.clock.zone).date(), book.today())
        text = msg(N_("{text}, again {day}"), text=text, day=day)
    return text


def put_off(book: Book, lead_id: int, until: datetime) -> Change:
    """Back on Today at that moment, not before."""
    lead = get(book, lead_id)
    day = short_day(until.astimezone(book.clock.zone).date(), book.today())
    with book.change(msg(N_("Lead {person}: again {day}"), person=name(lead), day=day)) as change:
        if lead.next_on != until:
            store.put_off(book.con, lead_id, until)
    return change
