"""``opslog calls``: whom to call now, ranked, with reasons."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from opslog.cli.base.io import Command, Io
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import in_turn
from opslog.locale import N_, _, msg, ngettext

if TYPE_CHECKING:
    from opslog.domain.calls.left_out import LeftOut
    from opslog.domain.calls.queue import QueueLine
    from opslog.services.book.book import Book


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--purpose",
        metavar="P",
        help=_("reminder, callback-1, callback-2 …, add; also shows those whose time has not come"),
    )
    parser.add_argument(
        "--event", metavar="EVENT", help=_("a name, any unambiguous part of it, or a number")
    )
    parser.add_argument(
        "--stop",
        metavar="STOP",
        help=_("of a road show: only of this stop; with --event, or with --old"),
    )
    parser.add_argument(
        "--find",
        metavar="Q",
        default="",
        help=_("only these: part of a name or company, pinyin, digits of the number"),
    )
    parser.add_argument(
        "--left-out",
        action="store_true",
        help=_("who is on these lists and not called, and why"),
    )
    parser.add_argument(
        "--old",
        action="store_true",
        help=_("the lists with call-backs that nobody touched for long"),
    )


def _run(arguments: argparse.Namespace, io: Io) -> int:
    from opslog.domain.calls.outcomes import ADD, purpose_of
    from opslog.services.calls.queue import queue as call_queue

    book = io.book()
    event_id = stop_id = None
    if arguments.event is not None:
        from opslog.services.events import events

        event_id = events.resolve(book, arguments.event)
    if arguments.old:
        _print_old(book, event_id, arguments.stop, io)
        return 0
    if arguments.stop is not None:
        from opslog.services.events import stops

        if event_id is None:
            raise Refused(
                msg(N_("Of which event is the stop {stop}? --event EVENT"), stop=arguments.stop)
            )
        stop_id = stops.resolve(book, event_id, arguments.stop).id
    purpose = arguments.purpose and purpose_of(arguments.purpose)
    held: list[LeftOut]
    if purpose == ADD:
        from opslog.services.calls.queue import adding

        lines, held, old = adding.queue(book, event_id), [], 0
    else:
        lines, held, old = call_queue.with_held(book, purpose, event_id, later=purpose is not None)
    left = (
        []
        if io.json_wanted and not arguments.left_out
        else [*call_queue.not_called(book, lines, purpose, event_id), *held]
    )
    if stop_id is not None:
        lines = [one for one in lines if any(part.stop_id == stop_id for part in one.parts)]
        left, old = [one for one in left if one.stop_id == stop_id], 0
    if arguments.find:
        from opslog.domain.calls.queue import meant

        words = arguments.find
        lines = [one for one in lines if meant(words, one.person, one.company, one.phone)]
        left, old = [one for one in left if meant(words, one.person, one.company, one.phone)], 0
    if arguments.left_out:
        _print_left(left, io)
        return 0
    if io.json_wanted:
        io.json([_document(book, line) for line in lines])
    elif not lines and arguments.find:
        io.line(_("Nobody to be called now fits “{words}”").format(words=arguments.find))
    elif not lines:
        io.line(
            _(
                "Nobody is to be called now. A reminder opens the working day before an offline "
                "event, a call-back when its round of screening is closed."
            )
        )
    else:
        _print(book, lines, io)
        if purpose is None and event_id is None and not arguments.find:
            from opslog.services.calls.queue import workload

            if said := workload.today(book).said:
                what = _(", ").join(map(str, said))
                io.line(_("By the end of today: {what}").format(what=what))
    if left and not io.json_wanted:
        _say_left(left, io)
    if old and not io.json_wanted:
        _say_old(book, old, io)
    return 0


def _say_left(left: list[LeftOut], io: Io) -> None:
    _say_people_left(left, io)
    io.line(_("Who and why: opslog calls --left-out"))


def _say_people_left(left: list[LeftOut], io: Io) -> None:
    """Each person once, whatever calls they are left out of."""
    from opslog.domain.calls import left_out

    n, whys = left_out.people(left), left_out.said(left)
    io.line(_("Left out {n}: {whys}").format(n=n, whys=whys))


def _say_old(book: Book, number: int, io: Io) -> None:
    from opslog.services.book import own_kinds

    text = ngettext(
        "{n} call-back nobody touched for {after} days: opslog calls --old",
        "{n} call-backs nobody touched for {after} days: opslog calls --old",
        number,
    )
    io.line(text.format(n=number, after=own_kinds.contact_limits(book).old_after))


def _print_old(book: Book, event_id: int | None, stop: str | None, io: Io) -> None:
    from opslog.domain.calls.outcomes import purpose_title
    from opslog.services.calls.queue import old
    from opslog.services.calls.wording import moment
    from opslog.services.events import stops

    if stop is not None:
        found = old.of_stop(book, stop, event_id)
    else:
        found = [one for one in old.lists(book) if event_id in (None, one.event_id)]
    if io.json_wanted:
        io.json(
            [
                {
                    "event": one.event,
                    "stop": stops.get(book, one.stop_id).place if one.stop_id else None,
                    "purpose": one.purpose,
                    "since": one.opened.astimezone(book.clock.zone).isoformat(),
                    "waiting": one.number,
                }
                for one in found
            ]
        )
    elif not found:
        io.line(_("No old call-back waits."))
    else:
        io.table(
            [_("Event"), _("For"), _("Since"), _("Waiting")],
            [
                [one.event, purpose_title(one.purpose), moment(book, one.opened), one.number]
                for one in found
            ],
        )  # fmt: skip
        io.line(
            _(
                "Whom of one of them: opslog calls --event EVENT, of one stop --stop STOP. F6, O"
                " takes up or ends them."
            )
        )


def _print_left(left: list[LeftOut], io: Io) -> None:
    from opslog.domain.calls.outcomes import purpose_title

    if io.json_wanted:
        io.json(
            [
                {
                    "card": one.card_id,
                    "person": one.person,
                    "company": one.company,
                    "event": one.event,
                    "purpose": one.purpose,
                    "kind": one.kind,
                    "why": (one.more or one.why).english(),
                }
                for one in left
            ]
        )
        return
    io.table(
        [_("Name"), _("Company"), _("For"), _("Event"), _("Why")],
        [
            [one.person, one.company, purpose_title(one.purpose), one.event, one.more or one.why]
            for one in left
        ],
    )
    if left:
        _say_people_left(left, io)


def _document(book: Book, line: QueueLine) -> dict[str, object]:
    return {
        "rank": line.rank,
        "card": line.card_id,
        "person": line.person,
        "company": line.company,
        "title": line.title,
        "phone": line.phone,
        "wecom": line.wecom,
        "event": line.event,
        "purpose": line.purpose,
        "lane": line.lane,
        "due": line.due.astimezone(book.clock.zone).isoformat(),
        "ready": line.ready,
        "promised": line.promised,
        "attempts": line.attempts,
        "why": line.why.english(),
        "also": [
            {"card": part.card_id, "event": part.event, "purpose": part.purpose}
            for part in line.also
        ],
    }


def _print(book: Book, lines: list[QueueLine], io: Io) -> None:
    from opslog.domain.calls.outcomes import LANE_TITLES, purpose_title
    from opslog.domain.people.phones import display
    from opslog.services.calls.wording import moment

    who, what = (_("Name"), _("Company"), _("Phone")), (_("For"), _("Lane"), _("Event"), _("Due"))
    headings = (_("#"), *who, *what, _("Why this rank"))
    rows = [
        (
            line.rank,
            line.person,
            line.company,
            display(line.phone) if line.phone else "-",
            in_turn(map(purpose_title, dict.fromkeys(part.purpose for part in line.parts))),
            _(LANE_TITLES[line.lane]),
            str(in_turn(dict.fromkeys(part.event for part in line.parts))),
            _("now") if line.ready else moment(book, line.due),
            line.why,
        )
        for line in lines
    ]
    if io.terminal:  # nine columns fit none: whom to call, what for and why
        io.table(_stacked(headings), list(map(_stacked, rows)))
    else:
        io.table(headings, rows)


def _stacked(row: Sequence[object]) -> list[object]:
    return [row[0], list(row[1:4]), list(row[4:8]), row[8]]


COMMANDS = {"calls": Command(N_("whom to call now, ranked, with reasons"), _arguments, _run)}
