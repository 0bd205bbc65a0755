"""``opslog handover``: leads, to whom they went, and how it went with them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from opslog.cli.base.io import Command, Io
from opslog.domain.base.sentences import labelled, listed
from opslog.locale import N_, _

if TYPE_CHECKING:
    from opslog.domain.leads.leads import Lead
    from opslog.services.book.book import Book, Change


def _arguments(parser: argparse.ArgumentParser) -> None:
    from opslog.domain.leads.leads import PARTS, STATES

    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    shown = verbs.add_parser("list", help=_("every lead, the one that changed last first"))
    shown.add_argument("--event", metavar="EVENT", help=_("only those that came from it"))
    add = verbs.add_parser("add", help=_("what is known of a lead; with --to it is handed over"))
    card = verbs.add_parser("card", help=_("the card that goes to sales, as text"))
    card.add_argument("--markdown", action="store_true", help=_("as Markdown"))
    state = verbs.add_parser("state", help=_("how it stands now, forwards or backwards"))
    for verb in (add, card, state):
        verb.add_argument("person", metavar="PERSON", help=_("number, name, phone or e-mail"))
    add.add_argument("--to", metavar="WHOM", default="", help=_("a colleague, a department"))
    for part, title in PARTS.items():
        told = labelled(_(title), _("yes, no, or words"))
        add.add_argument(f"--{part}", metavar="TEXT", help=str(told))
    state.add_argument("state", metavar="STATE", help=str(listed(STATES)))
    state.add_argument("--reason", metavar="TEXT", default="")
    state.add_argument("--amount", metavar="N", default="", help=_("in yuan, of one that is won"))
    state.add_argument(
        "--again", metavar="WHEN", help=_("the day a returned one comes back to Today")
    )


def _handover(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.leads import leads
    from opslog.services.people import erasing

    book = io.book()
    if args.verb == "list":
        return _list(book, args, io)
    person = erasing.one(book, args.person)
    if args.verb == "add":
        from opslog.domain.leads.leads import PARTS
        from opslog.services.answers import lead_parts

        said = {part: text for part in PARTS if (text := getattr(args, part)) is not None}
        heard = lead_parts.heard(book, person.id)
        heard = {part: one for part, one in heard.items() if part not in said}
        said |= {part: one.value for part, one in heard.items()}
        done = _done(book, leads.keep(book, person.id, said, args.to), io)
        if heard and not io.json_wanted:
            io.line(lead_parts.source(book, heard))
        return done
    lead = leads.present(book, person.id)
    if args.verb == "card":
        from opslog.services.cards import handover_card

        if io.json_wanted:
            io.json(_object(book, lead))
        else:
            for row in handover_card.text(book, lead, markdown=args.markdown).splitlines():
                io.line(row)
        return 0
    from opslog.domain.base.amounts import read_amount
    from opslog.domain.base.money import cents_of
    from opslog.services.book import new_times

    amount = read_amount(args.amount)
    change = leads.set_state(
        *(book, lead.id, args.state),
        reason=args.reason,
        cents=None if amount is None else cents_of(amount),
        next_on=new_times.read(book, args.again, book.now(), timed=False).at
        if args.again
        else None,
    )
    return _done(book, change, io)


def _list(book: Book, args: argparse.Namespace, io: Io) -> int:
    from opslog.domain.leads.leads import TITLES
    from opslog.domain.people.card import ERASED
    from opslog.services.events import events
    from opslog.services.leads import leads

    event_id = events.resolve(book, args.event) if args.event else None
    gone = leads.erased(book, event_id)
    found = [*leads.leads(book, event_id), *gone]
    if io.json_wanted:
        io.json([_object(book, one) for one in found])
        return 0
    for one in found:
        name = _(ERASED) if one in gone else leads.name(one)
        parts = (name, one.company, _(TITLES[one.state]), one.to_whom, one.event)
        io.line(" · ".join(part for part in parts if part))
    if not found:
        io.line(_("No leads yet; opslog handover add PERSON --to WHOM hands somebody over"))
    return 0


def _done(book: Book, change: Change, io: Io) -> int:
    from opslog.services.leads import leads

    if io.json_wanted:
        io.json({**_object(book, leads.get(book, change.made)), "change": change.id})
    else:
        io.line(str(change.label))
    return 0


def _object(book: Book, one: Lead) -> dict[str, object]:
    zone = book.clock.zone
    return {
        "id": one.id,
        "person": one.person,
        "person_id": one.person_id,
        "company": one.company,
        "phone": one.phone,
        "event": one.event or None,
        **one.known,
        "to": one.to_whom or None,
        "state": one.state,
        "at": one.at.astimezone(zone).isoformat(),
        "reason": one.reason,
        "amount": None if one.cents is None else one.cents / 100,
        "again": one.next_on and one.next_on.astimezone(zone).isoformat(),
        "handed_at": one.handed_at and one.handed_at.astimezone(zone).isoformat(),
    }


COMMANDS = {
    "handover": Command(
        N_("leads: list, add, card, state; to whom they went and how it went"),
        _arguments,
        _handover,
    )
}
