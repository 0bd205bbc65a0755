"""What is asked about a lead: what is known, to whom it goes, how it went. Only inside a worker,
but for the form itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict, TypeVar

from opslog.domain.base.amounts import read_amount
from opslog.domain.base.money import cents_of
from opslog.domain.base.sentences import listed
from opslog.domain.leads.leads import (
    HANDED_OVER,
    LOST,
    PARTS,
    RETURNED,
    STATES,
    TITLES,
    WON,
    Lead,
    Said,
    missing,
    part_text,
    read_part,
    whom,
)
from opslog.locale import N_, Msg, _, msg
from opslog.services.answers import lead_parts
from opslog.services.book import new_times, operator, own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.book.drafts import Place
from opslog.services.calls.attendance import guests
from opslog.services.cards import tracing
from opslog.services.leads import leads
from opslog.services.people import card as person_card
from opslog.services.programmes import programmes
from opslog.tui.widgets.asking.form import Field, Form, Values
from opslog.tui.widgets.asking.prompt import Choice, Choose
from opslog.tui.widgets.text import Line, line

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host

T = TypeVar("T")
AGAIN = "again"  # the form once more
NEXT_ON = "+30d"  # when one that is returned into no programme is on Today again, unless it is said


def lead_form(book: Book, person_id: int, saves: Callable[[Said], T], action: str) -> Form[T]:
    """Budget, need, decision makers, timing, each by a key or in words, and to whom; ``action``
    opens it again with what was half typed."""
    person = person_card.get(book, person_id)
    found = leads.of_person(book, person_id)
    lead = None if found is None or found.over else found
    heard = lead_parts.heard(book, person_id)
    before = {part: one.value for part, one in heard.items()}
    names = list(dict.fromkeys([*leads.handed_to_before(book), *guests.told_before(book)]))
    fields = [
        Field(
            part,
            _(title),
            str(part_text(known))
            if (known := lead.known[part] if lead else "")
            else before.get(part, ""),
            _("1 known · 2 asked, not known · or in words"),
        )
        for part, title in PARTS.items()
    ]
    offered = "  ".join(f"{number} {name}" for number, name in enumerate(names, 1))
    to_whom = lead.to_whom if lead else ""
    fields.append(Field("to_whom", _("To whom"), to_whom, offered or _("blank: kept as a lead")))
    community, by_whom = (lead.community, lead.by_whom) if lead else ("", "")
    by_whom = by_whom or operator.name(book)
    fields.append(Field("community", _("From the group"), community, _("a WeCom group, if any")))
    mine = _("blank: yourself")
    fields.append(Field("by_whom", _("Handed over by"), by_whom, mine, same_row=True))

    source = str(lead_parts.source(book, heard))
    answered = [line((source, "muted"))] if heard else []

    def said(values: Values) -> Said:
        return Said(
            {part: read_part(values[part]) for part in PARTS},
            whom(values["to_whom"], names),
            values["community"],
            values["by_whom"],
        )

    return Form(
        msg(N_("Hand over {person}"), person=person.called),
        fields,
        lambda values: saves(said(values)),
        lambda values: _preview(said(values), answered),
        where=Place(action, "person", person_id, person_id),
    )


def _preview(said: Said, answered: list[Line]) -> list[Line]:
    """What was understood of the four, what is missing, what of it was answered before, and what
    Enter then does."""
    fact = _("{label}: {value}")
    parts = [
        fact.format(label=_(title), value=part_text(said.known[part]))
        for part, title in PARTS.items()
    ]
    lacking = str(listed(missing(said.known)))
    shown = [line((" · ".join(parts), "muted"))]
    if lacking:
        shown.append(line((_("not known: {parts}").format(parts=lacking), "warn")))
    shown += answered
    if said.to_whom:
        text = _("Enter hands it over to {name}") if not lacking else _(
            "Enter hands it over to {name} all the same"
        )  # fmt: skip
        return [*shown, line((text.format(name=said.to_whom), "accent"))]
    return [*shown, line((_("Enter keeps it as a lead: nobody is named"), "accent"))]


async def ask_lead(app: Host, person_id: int) -> None:
    """The form where somebody is no lead yet; else how it stands, forwards and backwards."""
    lead = leads.of_person(app.book, person_id)
    if lead is None or lead.over:
        await _ask_form(app, person_id)
        return
    chosen: str | None = await app.ask(_states(lead))
    if chosen == AGAIN or (chosen == HANDED_OVER and not lead.to_whom):
        await _ask_form(app, person_id)
    elif chosen in (WON, LOST, RETURNED):
        await ask_how(app, person_id, chosen)
    elif chosen:
        app.do(lambda: leads.set_state(app.book, lead.id, chosen))


async def _ask_form(app: Host, person_id: int) -> None:
    def saves(said: Said) -> Change:
        return leads.keep(
            *(app.book, person_id, said.known, said.to_whom),
            community=said.community,
            by_whom=said.by_whom,
        )

    await app.ask(lead_form(app.book, person_id, saves, "hand_over"))


def _states(lead: Lead) -> Choose:
    now = _(TITLES[lead.state])
    with_whom = f" · {lead.to_whom}" if lead.to_whom else ""
    title = _("{person}: {state}. How does it stand now?")
    choices = [Choice(AGAIN, _("what is known, and to whom …"))]
    choices += [Choice(one, _(TITLES[one])) for one in STATES if one != lead.state]
    return Choose(title.format(person=leads.name(lead), state=now + with_whom), choices)


def _programme_fields(book: Book) -> list[Field]:
    """At which programme and step it goes on: the one that ships for this where it is there."""
    choices = [Choice("", _("into none"))]
    for code in own_kinds.programme_codes(book):
        if rules := own_kinds.programme(book, code):
            choices.append(Choice(code, str(rules.named)))
    return [
        Field("programme", _("Goes on in"), tracing.BACK_INTO, choices=choices),
        Field("step", _("At step"), "", _("blank: from the beginning"), same_row=True),
    ]


class How(TypedDict, total=False):
    """What goes with a state of a lead: see ``leads.set_state``."""

    reason: str
    cents: int | None
    next_on: datetime


async def ask_how(app: Host, person_id: int, state: str) -> None:
    """Why, and of one that was won how much, of one that is returned when again."""
    lead = leads.of_person(app.book, person_id)
    if lead is None:
        return
    fields = [Field("reason", _("Why"))]
    if state == WON:
        fields = [Field("amount", _("Amount"), "", _("in yuan")), Field("reason", _("Note"))]
    if state == RETURNED:
        fields.append(
            Field("next_on", _("Again on"), "", _("+30d, fri; blank: after the programme"))
        )
        fields += _programme_fields(app.book)

    def read(values: Values) -> How:
        found: How = {"reason": values["reason"]}
        if state == WON and values["amount"].strip():
            amount = read_amount(values["amount"])
            found["cents"] = None if amount is None else cents_of(amount)
        when = values["next_on"].strip() if state == RETURNED else ""
        if state == RETURNED and not values["programme"]:
            when = when or NEXT_ON
        if when:
            found["next_on"] = new_times.read(app.book, when, app.book.now(), timed=False).at
        return found

    def check(values: Values) -> list[Line]:
        read(values)
        if state == RETURNED and values["programme"]:
            rules = programmes.programme(app.book, values["programme"])
            steps = " · ".join(one.id for one in rules.running)
            return [line((_("its steps: {steps}").format(steps=steps), "muted"))]
        return []

    def saves(values: Values) -> Change:
        if state == RETURNED:
            how = read(values)
            return tracing.give_back(
                *(app.book, lead.id, how["reason"], how.get("next_on")),
                programme=values["programme"],
                step=values["step"].strip(),
            )
        return leads.set_state(app.book, lead.id, state, **read(values))

    title: Msg = msg(N_("{person}: {state}"), person=leads.name(lead), state=msg(TITLES[state]))
    place = Place(f"how_it_went('{state}')", "person", lead.person_id, lead.person_id)
    await app.ask(Form(title, fields, saves, check, where=place))
