"""``opslog messages``: whom to write to, with what; ``opslog message``: what became of it."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from opslog.cli.base.io import Command, Io
from opslog.cli.programmes import enrolment
from opslog.domain.base.sentences import labelled
from opslog.locale import N_, Msg, _, nmsg

if TYPE_CHECKING:
    from opslog.domain.programmes.queue import Day, MessageLine, Slot
    from opslog.services.book.book import Book, Change

_ALL = 1_000_000
_NAMED = 20  # people of one text that are printed


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--date", default="", metavar="D", help=_("a day to come or past, else today")
    )
    parser.add_argument("--words", action="store_true", help=_("with what each of them gets"))


def _messages(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.daybook import lines as log_lines
    from opslog.services.programmes import queue

    book = io.book()
    wanted = log_lines.span(book, args.date, "")[0]
    if wanted is not None and wanted != book.today():
        return _of_day(book, wanted, io)
    day = queue.day(book, first=_ALL if io.json_wanted else _NAMED)
    if io.json_wanted:
        io.json(_document(book, day, words=args.words))
        return 0
    _print(book, day, io, words=args.words)
    return 0


def _of_day(book: Book, day: date, io: Io) -> int:
    """Who gets something then, as things stand now; of a day that is past who got something, and
    who was not written to."""
    from opslog.domain.base.sentences import listed
    from opslog.domain.people.card import called
    from opslog.services.programmes import missed, people_in

    past = day < book.today()
    found = people_in.sent_on(book, day) if past else people_in.due_on(book, day)
    unsent = missed.unsent(book, day, day) if past else []
    zone = book.clock.zone
    if io.json_wanted:
        io.json(
            [
                {
                    "enrolment": one.enrolled.id,
                    "person_id": one.enrolled.person_id,
                    "person": one.enrolled.person,
                    "company": one.enrolled.company,
                    "programme": one.enrolled.programme,
                    "step": one.step,
                    **({"sent_at": one.at.astimezone(zone).isoformat()} if one.at else {}),
                }
                for one in found
            ]
        )
        return 0
    io.table(
        [_("Name"), _("Company"), _("programme"), _("step"), _("when")],
        [
            (
                called(
                    one.enrolled.person_id,
                    one.enrolled.person,
                    one.enrolled.company,
                    one.enrolled.phone,
                ),
                one.enrolled.company,
                one.enrolled.programme,
                one.title,
                f"{one.at.astimezone(zone):%H:%M}" if one.at else "",
            )
            for one in found
        ],
    )
    if not found and past:
        io.line(_("Nobody got a message that day"))
    if unsent:
        io.line(_("Not written to: {n}").format(n=f"{len(unsent):,}"))
        for late in unsent[:_NAMED]:
            who = called(late.person_id, late.person, late.company)
            io.line(f"  {labelled(who, listed(late.steps))}")
        if len(unsent) > _NAMED:
            io.line("  " + _("… and {n} more").format(n=len(unsent) - _NAMED))
    if not found and not past:
        io.line(_("Nobody gets a message that day, as things stand now"))
    return 0


def _print(book: Book, day: Day, io: Io, *, words: bool) -> None:
    from opslog.domain.dates.wording import short_day
    from opslog.domain.people.card import called
    from opslog.domain.programmes.contents import said
    from opslog.domain.programmes.queue import behind

    text = _("To be written today: {n}; sent {sent}, answered {replied}")
    io.heading(text.format(n=day.due, sent=day.sent, replied=day.replied))
    every = [one for slot in day.slots for one in slot.lines]
    names = Counter(one.person for one in every)

    def named(one: MessageLine) -> str:
        """Two people of one name are told apart by their company."""
        who = called(one.person_id, one.person, one.company)
        twice = one.person and one.company and names[one.person] > 1
        return f"{who}·{one.company}" if twice else who

    for slot in day.slots:
        begins, ends = (at.astimezone(book.clock.zone) for at in (slot.begins, slot.ends))
        hours = f"{begins:%H:%M}–{ends:%H:%M}"
        io.heading(_("{who} ({hours}): {n}").format(who=slot.title, hours=hours, n=slot.number))
        for lines in _groups(slot):
            first = lines[0]
            them = _(", ").join(map(named, lines))
            io.line(f"  {labelled(first.step_title, them)} · {first.programme}")
            if words and (shown := _words(book, first)):
                io.line(f"    {shown}")
        if len(slot.lines) < slot.number:
            io.line("  " + _("… and {n} more").format(n=slot.number - len(slot.lines)))
    late = [one for one in every if behind(one, day.day)]
    for person in late[:_NAMED]:
        io.line(labelled(named(person), behind(person, day.day) or ""))
    unnamed = any(len(slot.lines) < slot.number for slot in day.slots)
    if len(late) > _NAMED or (late and unnamed):  # of those not read nobody knows how many
        more = len(late) - _NAMED
        io.line("  " + (_("… and more") if unnamed else _("… and {n} more").format(n=more)))
    for one in day.answered:
        io.line(
            _("Waits for an answer: {person}: {words}").format(
                person=called(one.person_id, one.person), words=one.words or _("words not noted")
            )
        )
    for held in day.held:
        until: object = _("out of the programme") if held.out else _("waits for you")
        if held.until:
            until = _("written to again {day}").format(day=short_day(held.until, day.day))
        io.line(
            _("Nothing today for {n}: {why} ({until})").format(
                n=held.number, why=held.why, until=until
            )
        )
    for old in day.stale:
        io.line(_("To be revised: {label}: {why}").format(label=said(old.label), why=old.why))
    if not (day.due or day.sent):
        io.line(_("Nobody is to be written to; opslog programme list says who is in which"))


def _groups(slot: Slot) -> list[list[MessageLine]]:
    """Those who get the same words together."""
    found: dict[str, list[MessageLine]] = {}
    for line in slot.lines:
        found.setdefault(line.text_key, []).append(line)
    return [*found.values()]


def _words(book: Book, line: MessageLine) -> str:
    from opslog.services.programmes import queue

    return queue.card(book, line.enrolment_id).text


def _document(book: Book, day: Day, *, words: bool) -> dict[str, object]:
    def at(instant: datetime) -> str:
        return instant.astimezone(book.clock.zone).isoformat()

    return {
        "day": day.day.isoformat(),
        "due": day.due,
        "sent": day.sent,
        "replied": day.replied,
        "replied_30_days": day.rate[0],
        "sent_30_days": day.rate[1],
        "target": day.targets[0],
        "target_most": day.targets[1],
        "slots": [
            {
                "slot": slot.code,
                "title": slot.title.english(),
                "begins": at(slot.begins),
                "ends": at(slot.ends),
                "number": slot.number,
                "groups": [
                    {
                        "programme": lines[0].programme,
                        "step": lines[0].step,
                        "stage": lines[0].stage or None,
                        "channel": lines[0].channel,
                        "by_hand": lines[0].by_hand,
                        **({"text": _words(book, lines[0])} if words else {}),
                        "people": [
                            {
                                "enrolment": line.enrolment_id,
                                "person_id": line.person_id,
                                "person": line.person,
                                "title": line.title,
                                "company": line.company,
                                "since": line.since and line.since.isoformat(),
                                "missed": [step.english() for step in line.missed],
                            }
                            for line in lines
                        ],
                    }
                    for lines in _groups(slot)
                ],
            }
            for slot in day.slots
        ],
        "answered": [
            {"person_id": one.person_id, "person": one.person, "words": one.words, "at": at(one.at)}
            for one in day.answered
        ],
        "held": [
            {
                "why": held.why.english(),
                "number": held.number,
                "until": held.until and held.until.isoformat(),
                "people": [*held.people],
            }
            for held in day.held
        ],
        "stale": [{"label": one.label, "why": one.why.english()} for one in day.stale],
    }


def _arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    sent = verbs.add_parser("sent", help=_("it went out, to one or to many"))
    skip = verbs.add_parser("skip", help=_("this step is passed over"))
    replied = verbs.add_parser("replied", help=_("they wrote back, and leave the programme"))
    answered = verbs.add_parser("answered", help=_("you wrote back to who waits for an answer"))
    opened = verbs.add_parser("opened", help=_("they read it"))
    later = verbs.add_parser("not-now", help=_("later today, or another day"))
    for verb in (sent, skip, replied, answered, opened, later):
        enrolment.people(verb)
    sent.add_argument("--words", metavar="TEXT", default="", help=_("where other words went"))
    replied.add_argument("--words", metavar="TEXT", default="", help=_("what they wrote"))
    replied.add_argument("--at", metavar="WHEN", help=_("when it was, where that is not now"))
    answered.add_argument("--words", metavar="TEXT", default="", help=_("what you wrote"))
    later.add_argument("--until", required=True, metavar="WHEN", help=_("16:00, tomorrow 9:00 …"))


def _message(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.book import new_times
    from opslog.services.events.form import read_moment
    from opslog.services.programmes import sending

    book = io.book()
    verb = args.verb
    if verb == "sent":
        return enrolment.done(sending.sent(book, _ids(book, args), args.words), io)
    if verb == "skip":
        return _each(book, args, io, lambda id: sending.skip(book, id))
    if verb == "answered":
        return _each(book, args, io, lambda id: sending.answered(book, id, args.words))
    if verb == "opened":
        return _each(book, args, io, lambda id: sending.opened(book, id))
    if verb == "replied":
        at = read_moment(book, args.at, book.now(), past=True) if args.at else None
        return _each(book, args, io, lambda id: sending.replied(book, id, args.words, at=at))
    until = new_times.read(book, args.until, book.now()).at
    return _each(book, args, io, lambda id: sending.not_now(book, id, until))


def _each(book: Book, args: argparse.Namespace, io: Io, verb: Callable[[int], Change]) -> int:
    """For each of them, as one change."""
    ids = _ids(book, args)
    if len(ids) == 1:
        return enrolment.done(verb(ids[0]), io)
    with book.change(_LABELS[args.verb](len(ids))) as change:
        for id in ids:
            verb(id)
    return enrolment.done(change, io)


def _ids(book: Book, args: argparse.Namespace) -> list[int]:
    from opslog.services.programmes import people_in

    find = people_in.newest if args.verb in ("replied", "answered", "opened") else people_in.due
    return [find(book, enrolment.person_id(book, who)).id for who in args.people]


_LABELS: dict[str, Callable[[int], Msg]] = {
    "skip": lambda n: nmsg(N_("Skipped {n} message"), N_("Skipped {n} messages"), n),
    "opened": lambda n: nmsg(
        N_("{n} person read the message"), N_("{n} people read the message"), n
    ),
    "replied": lambda n: nmsg(N_("{n} person answered"), N_("{n} people answered"), n),
    "answered": lambda n: nmsg(N_("Answered {n} person"), N_("Answered {n} people"), n),
    "not-now": lambda n: nmsg(N_("Put off {n} message"), N_("Put off {n} messages"), n),
}

COMMANDS = {
    "messages": Command(
        N_("whom to write to today, with what, and who gets nothing"), _list_arguments, _messages
    ),
    "message": Command(
        N_("what became of a message: sent, skip, replied, answered, opened, not-now"),
        _arguments,
        _message,
    ),
}
