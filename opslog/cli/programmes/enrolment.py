"""``opslog programme people``, ``enter``, ``leave`` …: who is in a programme."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from opslog.cli.base.io import Io
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import listed
from opslog.locale import N_, _, msg

if TYPE_CHECKING:
    from opslog.services.book.book import Book, Change

_NUMBER = 6  # digits of a person's number; a phone has more
_SHOWN = 20  # of those left out, and why, that are printed


def code(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE", help=_("its name, as the list has it"))


def people(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "people", nargs="+", metavar="PERSON", help=_("number, name, phone or e-mail")
    )


def arguments(verbs: argparse._SubParsersAction[Any]) -> None:
    from opslog.domain.programmes.entering import LATE

    within = verbs.add_parser("people", help=_("who is in it, and what they get next"))
    within.add_argument("--all", action="store_true", help=_("those who left it, too"))
    named = verbs.add_parser("candidates", help=_("whom its rules name; with --enter they go in"))
    named.add_argument("--enter", action="store_true", help=_("all of them who can"))
    enter = verbs.add_parser("enter", help=_("people into it"))
    for verb in (within, named, enter):
        code(verb)
    people(enter)
    enter.add_argument(
        "--step",
        default="",
        metavar="STEP",
        help=_("they begin at this one, today or the next working day"),
    )
    enter.add_argument(
        "--beside", action="store_true", help=_("though they are in another programme")
    )
    for verb in (named, enter):
        verb.add_argument(
            "--late",
            default=LATE[0],
            metavar="WHICH",
            help=_("of what is past: {all}").format(all=listed(LATE)),
        )
    for name, text in (
        ("leave", _("people out of the programme they are in")),
        ("pause", _("nothing goes out to them until it goes on")),
        ("resume", _("it goes on, as many days later as it waited")),
    ):
        verb = verbs.add_parser(name, help=text)
        people(verb)
        if name == "leave":
            verb.add_argument(
                "--why", default="", metavar="TEXT", help=_("why, in a word of these or your own")
            )


def _people(args: argparse.Namespace, io: Io) -> int:
    from opslog.domain.dates.wording import short_day
    from opslog.domain.people.card import called
    from opslog.services.book import own_kinds
    from opslog.services.programmes import people_in, programmes
    from opslog.services.programmes.held import holdings, why_left
    from opslog.services.programmes.members import next_of
    from opslog.services.programmes.timetable import Timetable

    book = io.book()
    table = Timetable(book)
    found = people_in.of_programme(book, args.code, everybody=args.all)
    ahead = {one.id: next_of(table, one) for one in found}
    held = holdings(book, table) if found else {}
    rules = own_kinds.programme(book, args.code) if found else programmes.programme(book, args.code)
    if io.json_wanted:
        io.json(
            [
                {
                    "enrolment": one.id,
                    "person_id": one.person_id,
                    "person": one.person,
                    "company": one.company,
                    "title": one.title,
                    "state": one.state,
                    "left_why": one.left_why or None,
                    "started_on": one.started_on.isoformat(),
                    "next_step": ahead[one.id][0] or None,
                    "next_on": (on := ahead[one.id][1]) and on.isoformat(),
                    "held": held[one.id].why.english() if one.id in held else None,
                }
                for one in found
            ]
        )
        return 0
    states = {"paused": _("waits"), "finished": _("at its end")}
    rows: list[tuple[object, ...]] = []
    for one in found:
        code, on = ahead[one.id]
        step = rules.step(code) if rules else None  # its file may be gone
        then: object = states.get(one.state, "")
        if one.state == "left":
            then = why_left(one.left_why)
        elif one.id in held and (
            held[one.id].left or held[one.id].until is None
        ):  # nothing goes there, whatever the day
            then = held[one.id].why
        elif on:
            then = short_day(on, book.today())
        who = called(one.person_id, one.person, one.company, one.phone)
        rows.append((who, one.company, step.named if step else code, then))
    io.table([_("Name"), _("Company"), _("step"), _("when")], rows)
    if not found:
        text = _("Nobody is in it; opslog programme candidates {code} says who could be")
        io.line(text.format(code=args.code))
    return 0


def _candidates(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.programmes import enrolling

    book = io.book()
    found = enrolling.candidates(book, args.code)
    if args.enter:
        able = [one.person_id for one in found if one.left_out is None]
        if not able:
            raise Refused(
                msg(N_("Nobody can enter it now; opslog programme candidates says who and why"))
            )
        with io.work(_("Entering …")):
            late = enrolling.late_meant(args.late)
            change = enrolling.enter(book, args.code, able, late=late)
        return done(change, io)
    if io.json_wanted:
        io.json(
            [
                {
                    "person_id": one.person_id,
                    "person": one.person,
                    "company": one.company,
                    "title": one.title,
                    "why": one.why.english(),
                    "on": one.on.isoformat(),
                    "event": one.event_id,
                    "left_out": one.left_out and one.left_out.english(),
                }
                for one in found
            ]
        )
        return 0
    io.table(
        [_("Name"), _("Company"), _("Why"), _("left out")],
        [(one.person, one.company, one.why, one.left_out or "") for one in found],
    )
    if not found:
        io.line(_("Its rules name nobody now"))
    return 0


def _enter(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.programmes import enrolling

    book = io.book()
    late = enrolling.late_meant(args.late)
    enrolling.checked(book, args.code, step=args.step, late=late)  # said before who is in what
    with io.work(_("Entering …")):
        ids = [person_id(book, who) for who in args.people]
        other = enrolling.elsewhere(book, ids[0], args.code) if len(ids) == 1 else None
        if other is not None and not args.beside:
            said = N_("{person} is in “{programme}” already; --beside lets them into both")
            raise Refused(msg(said, person=args.people[0], programme=other))
        change = enrolling.enter(
            book, args.code, ids, step=args.step, late=late, beside=args.beside
        )
    return done(change, io)


def person_id(book: Book, who: str) -> int:
    """Raises Refused, with a list, where it could be several."""
    from opslog.services.people import card as person_card
    from opslog.services.people import named

    if who.isdecimal() and len(who) <= _NUMBER:  # thousands may be named, by their numbers
        return person_card.get(book, int(who)).id
    return named.one(book, who).id


def _of_people(book: Book, people: list[str], *states: str) -> list[int]:
    from opslog.services.programmes import people_in

    return [
        one.id for who in people for one in people_in.of_person(book, person_id(book, who), *states)
    ]


def _leave(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.programmes import enrolling

    book = io.book()
    ids = _of_people(book, args.people, "active", "paused")
    return done(enrolling.leave(book, ids, args.why), io)


def _pause(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.programmes import enrolling

    book = io.book()
    return done(enrolling.pause(book, _of_people(book, args.people, "active")), io)


def _resume(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.programmes import enrolling

    book = io.book()
    return done(enrolling.resume(book, _of_people(book, args.people, "paused")), io)


def done(change: Change, io: Io) -> int:
    """What was written, and of many who was left out and why."""
    if io.json_wanted:
        left = [said.english() for said in change.left]
        io.json({"change": change.id, "label": change.label.english(), "left": left})
        return 0
    io.done(change)
    for said in change.left[:_SHOWN]:
        io.line(f"  {said}")
    if len(change.left) > _SHOWN:
        io.line("  " + _("… and {n} more").format(n=len(change.left) - _SHOWN))
    return 0


VERBS = {
    "people": _people,
    "candidates": _candidates,
    "enter": _enter,
    "leave": _leave,
    "pause": _pause,
    "resume": _resume,
}
