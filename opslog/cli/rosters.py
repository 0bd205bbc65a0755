"""``opslog roster``: which lists there are, and what is on them."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING

from opslog.cli.base.io import Command, Io
from opslog.cli.calls import call_lists
from opslog.domain.base.sentences import in_turn, labelled, listed
from opslog.locale import N_, Msg, _, msg, ngettext

if TYPE_CHECKING:
    from opslog.domain.rosters.state import RosterState
    from opslog.domain.screening.roster_card import RosterCard, RosterEntry
    from opslog.domain.screening.rounds import Decision
    from opslog.services.book.book import Book


def _roster_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    verbs.add_parser("list", help=_("every list, the latest event first"))
    show = verbs.add_parser("show", help=_("the rows of one, with their verdicts"))
    show.add_argument("roster", metavar="ROSTER", help=_("its name, number, or event"))
    call_lists.arguments(
        verbs.add_parser("make", help=_("a call list of people, for a purpose of its own"))
    )
    close = verbs.add_parser("close", help=_("end a call list; it goes where nobody was called"))
    close.add_argument("roster", metavar="ROSTER", help=_("its name, number, or event"))
    back = verbs.add_parser("withdraw", help=_("take one import back; rows worked on since stay"))
    back.add_argument(
        "file", type=int, metavar="FILE-NUMBER", help=_("as roster show has it before each file")
    )


def _roster(args: argparse.Namespace, io: Io) -> int:
    verbs = {
        "list": _list,
        "show": _show,
        "make": call_lists.make,
        "close": call_lists.close,
        "withdraw": _withdraw,
    }
    return verbs[args.verb](args, io)


def _withdraw(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.files import coming_in

    book = io.book()
    with io.work(_("Taking it back …")):
        done = coming_in.withdraw(book, args.file)
    if io.json_wanted:
        io.json(
            {
                "file": done.file,
                "rows": done.rows,
                "kept": done.kept,
                "people": done.people,
                "added": done.added,
                "left_programmes": done.left_programmes,
                "barred": done.barred,
                "change": done.change.id,
            }
        )
        return 0
    io.line(labelled(done.change.label, done.summary()))
    io.line(_("Bring it back with: opslog undo {id}").format(id=done.change.id))
    return 0


def _list(_args: argparse.Namespace, io: Io) -> int:
    from opslog.services.rosters import rosters

    book = io.book()
    found = rosters.listing(book)
    if io.json_wanted:
        io.json([_state_object(book, state) for state in found])
        return 0
    if not found:
        io.line(_("No list yet: opslog import FILE --event EVENT"))
        return 0
    io.table(
        [_("No."), _("Event"), _("Date"), _("Rows"), _("People"), _("Problems"), _("Round")],
        [
            [
                state.roster_id,
                state.event,
                f"{state.starts_at.astimezone(book.clock.zone):%Y-%m-%d}",
                state.rows,
                _people_text(book, state),
                state.problems,
                _round_text(state),
            ]
            for state in found
        ],
    )
    return 0


def _people_text(book: Book, state: RosterState) -> str:
    """``65``, and of these ``3 waitlisted``, ``2 withdrew``, ``1 at the door``."""
    from opslog.services.calls.attempts import sign_ups

    walk_ins = sign_ups(book, state.roster_id).walk_ins
    door = (walk_ins, N_("{n} at the door"))
    apart = (door, (state.waiting, N_("{n} waitlisted")), (state.withdrawn, N_("{n} withdrew")))
    said = [_(text).format(n=n) for n, text in apart if n]
    return str(listed([str(state.cards), *said]))


def _round_text(state: RosterState) -> Msg | str:
    from opslog.domain.screening.rounds import round_name

    if state.number is None:
        return _("not begun")
    name = round_name(state.number)
    if not state.open:
        return msg(N_("{round} closed"), round=name)
    return msg(N_("{round}, {left} left"), round=name, left=state.left)


def _state_object(book: Book, state: RosterState) -> dict[str, object]:
    from opslog.services.rosters import rosters

    return {
        "id": state.roster_id,
        "name": state.roster,
        "event": state.event_id,
        "event_name": state.event,
        "file": [file.file for file in rosters.files(book, state.roster_id)],
        "rows": state.rows,
        "people": state.cards,
        "waiting": state.waiting,
        "withdrawn": state.withdrawn,
        "problems": state.problems,
        "round": state.number,
        "round_open": state.open,
        "left": state.left,
        "kept": state.kept,
        "dropped": state.dropped,
        "parked": state.parked,
    }


def _show(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.rosters import rosters
    from opslog.services.screening import roster_card

    book = io.book()
    card = roster_card.get(book, rosters.resolve(book, args.roster))
    if io.json_wanted:
        io.json(_card_object(book, card))
    else:
        _print_card(card, io)
    return 0


def _card_object(book: Book, card: RosterCard) -> dict[str, object]:
    zone = book.clock.zone
    return {
        "id": card.id,
        "name": card.name,
        "event": card.event_id,
        "event_name": card.event,
        "file": card.files[-1].file if card.files else None,
        "files": [
            {
                "id": file.id,
                "file": file.file,
                "kind": file.kind,
                "profile": file.profile or None,
                "withdrawn_at": file.withdrawn_at.astimezone(zone).isoformat()
                if file.withdrawn_at
                else None,
                "sheet": file.sheet,
                "encoding": file.encoding,
                "header_row": file.header_row,
                "columns": list(file.columns),
                "read": file.read,
                "imported_at": file.imported_at.astimezone(zone).isoformat(),
            }
            for file in card.files
        ],
        "rounds": [
            {
                "number": one.number,
                "opened_at": one.opened_at.astimezone(zone).isoformat(),
                "closed_at": one.closed_at.astimezone(zone).isoformat() if one.closed_at else None,
            }
            for one in card.rounds
        ],
        "rows": [_row_object(book, row) for row in card.rows],
    }


def _row_object(book: Book, row: RosterEntry) -> Mapping[str, object]:
    person = row.person
    return {
        "file": row.file or None,
        "file_id": row.file_id or None,
        "sheet": row.sheet,
        "line": row.line or None,
        "cells": list(row.cells),
        "result": row.result,
        "card": row.card_id,
        "person": None
        if person is None
        else {
            "id": person.id,
            "name": person.name,
            "company": person.company,
            "title": person.title,
            "phone": person.phone,
            "email": person.email,
            "city": person.city,
        },
        "verdict": row.verdict or None,
        "decisions": [_decision_object(book, decision) for decision in row.decisions],
        "problems": list(row.problems),
        "mended": dict(row.mended),
        "attended": row.attended,
        "state": row.state,
        "withdrawn": row.state == "withdrawn",
        "minutes": row.minutes,
    }


def _decision_object(book: Book, decision: Decision) -> dict[str, object]:
    return {
        "round": decision.round,
        "verdict": decision.verdict,
        "reason": decision.reason or None,
        "by": decision.by,
        "at": decision.at.astimezone(book.clock.zone).isoformat(),
    }


def _print_card(card: RosterCard, io: Io) -> None:
    from opslog.domain.people import phones
    from opslog.domain.rosters.rosters import RESULTS, WAYS_SAID
    from opslog.domain.screening.rounds import round_name, verdict_name

    io.line(f"{card.id}  {card.event}")
    for file in card.files:
        said = ngettext("{file}: {n} row read", "{file}: {n} rows read", file.read).format(
            file=f"{file.file} {file.sheet}".strip(), n=file.read
        )
        withdrawn = f" · {_('withdrawn')}" if file.withdrawn_at else ""
        io.line(f"{file.id}  {said}{withdrawn}")
    for one in card.rounds:
        state = _("closed") if one.closed_at else _("open")
        io.line(labelled(round_name(one.number), state))
    several = len({row.file_id for row in card.rows if row.file_id}) > 1
    io.table(
        [
            *([_("File")] if several else []),
            *(_("Line"), _("Name"), _("Company"), _("Phone")),
            *(_("Result"), _("Verdict"), _("Remarks")),
        ],
        [
            [
                *([f"{row.file_id or ''} {row.file} {row.sheet}".strip()] if several else []),
                row.line or "",
                row.person.name if row.person else " ".join(filter(None, row.cells)),
                row.person.company if row.person else "",
                phones.display(row.person.phone) if row.person and row.person.phone else "",
                _({**RESULTS, **WAYS_SAID}[row.result]),
                verdict_name(row.verdict) if row.verdict else "",
                str(in_turn(_remarks(row))),
            ]
            for row in card.rows
        ],
    )


def _remarks(row: RosterEntry) -> list[str]:
    from opslog.domain.rosters.rosters import COMING, PROBLEMS, STATES_SAID

    apart = row.state not in (None, COMING)
    return [
        *([_(STATES_SAID[str(row.state)])] if apart else []),
        *(_(PROBLEMS.get(code, code)) for code in row.problems),
    ]


COMMANDS = {
    "roster": Command(N_("lists: list, show, make, close, withdraw"), _roster_arguments, _roster)
}
