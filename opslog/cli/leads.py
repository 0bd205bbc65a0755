"""``opslog lead`` and ``opslog handover``: leads, where they came from, to whom they went, and how
it went with them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from opslog.cli.base.io import Command, Io
from opslog.cli.base.words import one_of
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
    add.add_argument("--group", metavar="NAME", help=_("the group they came from"))
    add.add_argument("--by", metavar="WHOM", help=_("who hands it over, if not you"))
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
    from opslog.services.people import named

    book = io.book()
    if args.verb == "list":
        return _list(book, args, io)
    person = named.one(book, args.person)
    if args.verb == "add":
        from opslog.domain.leads.leads import PARTS
        from opslog.services.answers import lead_parts

        said = {part: text for part in PARTS if (text := getattr(args, part)) is not None}
        heard = lead_parts.heard(book, person.id)
        heard = {part: one for part, one in heard.items() if part not in said}
        said |= {part: one.value for part, one in heard.items()}
        change = leads.keep(book, person.id, said, args.to, community=args.group, by_whom=args.by)
        done = _done(book, change, io)
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


def _lead_verbs(parser: argparse.ArgumentParser) -> None:
    from opslog.domain.leads.leads import TITLES

    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    shown = verbs.add_parser("list", help=_("every lead, the one that changed last first"))
    shown.add_argument("--event", metavar="EVENT", help=_("only those that came from it"))
    shown.add_argument("--state", **one_of(TITLES), help=_("only those"))
    each = {
        "show": _("one, with where it came from and all that was said"),
        "accept": _("sales took it on"),
        "return": _("sales gave it back: why, when again, in which programme it goes on"),
        "won": _("it became a customer"),
        "lost": _("nothing came of it"),
    }
    found = {name: verbs.add_parser(name, help=text) for name, text in each.items()}
    for one in found.values():
        one.add_argument("person", metavar="PERSON", help=_("number, name, phone or e-mail"))
    for name in ("accept", "return", "won", "lost"):
        found[name].add_argument("--reason", metavar="TEXT", default="")
    found["won"].add_argument("--amount", metavar="N", default="", help=_("in yuan"))
    back = found["return"]
    back.add_argument("--again", metavar="WHEN", help=_("the day it comes back to Today"))
    back.add_argument(
        "--programme", metavar="CODE", help=_("returned, where nothing is said; none: in none")
    )
    back.add_argument("--step", metavar="STEP", default="", help=_("from its beginning, if not"))


def _lead(args: argparse.Namespace, io: Io) -> int:
    from opslog.domain.base.amounts import read_amount
    from opslog.domain.base.money import cents_of
    from opslog.domain.leads.leads import ACCEPTED, LOST, WON
    from opslog.services.book import new_times
    from opslog.services.cards import handover_card, tracing
    from opslog.services.leads import leads
    from opslog.services.people import named

    book = io.book()
    if args.verb == "list":
        return _list(book, args, io)
    lead = leads.present(book, named.one(book, args.person).id)
    if args.verb == "show":
        if io.json_wanted:
            io.json(_object(book, lead))
        else:
            for row in handover_card.text(book, lead).splitlines():
                io.line(row)
        return 0
    if args.verb == "return":
        again = args.again and new_times.read(book, args.again, book.now(), timed=False).at
        programme = tracing.BACK_INTO if args.programme is None else args.programme
        change = tracing.give_back(
            *(book, lead.id, args.reason, again or None),
            programme="" if programme == "none" else programme,
            step=args.step,
        )
    else:
        amount = read_amount(getattr(args, "amount", ""))
        change = leads.set_state(
            *(book, lead.id, {"accept": ACCEPTED, "won": WON, "lost": LOST}[args.verb]),
            reason=args.reason,
            cents=None if amount is None else cents_of(amount),
        )
    done = _done(book, change, io)
    if not io.json_wanted:
        for why in change.left:
            io.line(str(why))
    return done


def _list(book: Book, args: argparse.Namespace, io: Io) -> int:
    from opslog.domain.people.card import ERASED
    from opslog.services.events import events
    from opslog.services.leads import leads

    event_id = events.resolve(book, args.event) if args.event else None
    gone = leads.erased(book, event_id)
    wanted = getattr(args, "state", None)
    found = [one for one in leads.leads(book, event_id) if wanted in (None, one.state)]
    gone = [one for one in gone if wanted in (None, one.state)]
    found += gone
    if io.json_wanted:
        io.json([_object(book, one) for one in found])
        return 0
    for one in found:
        name = _(ERASED) if one in gone else leads.name(one)
        parts = (name, one.company, str(leads.standing(book, one)), one.to_whom, one.event)
        io.line(" · ".join(part for part in parts if part))
    if not found:
        io.line(_("No leads yet; opslog handover add PERSON --to WHOM hands somebody over"))
    return 0


def _done(book: Book, change: Change, io: Io) -> int:
    from opslog.services.leads import leads

    if io.json_wanted:
        io.json({**_object(book, leads.get(book, change.made)), "change": change.id})
    else:
        io.done(change)
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
        "community": one.community or None,
        "channel": one.channel or None,
        "programme": one.programme or None,
        "in_programme": one.inside or None,
        "by_whom": one.by_whom or None,
    }


COMMANDS = {
    "lead": Command(N_("leads: list, show, accept, return, won, lost"), _lead_verbs, _lead),
    "handover": Command(
        N_("leads: list, add, card, state; to whom they went and how it went"),
        _arguments,
        _handover,
    ),
}
