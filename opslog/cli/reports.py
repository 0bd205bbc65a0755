"""``opslog report day|week|month [DATE]``, ``--from --to``, ``-o FILE``; ``event EVENT`` is the
review of one event."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from opslog.cli import reviews
from opslog.cli.base.io import Command, Io
from opslog.cli.base.words import one_of
from opslog.domain.base.refusal import Refused
from opslog.locale import N_, _, msg

if TYPE_CHECKING:
    from opslog.domain.reports.ledger import StepLine
    from opslog.domain.reports.stretches import Stretch
    from opslog.services.book.book import Book
    from opslog.services.reports.reports import Only, Report


_KINDS = {
    "day": N_("Day"),
    "week": N_("Week"),
    "month": N_("Month"),
    "event": N_("event"),
}
_ALSO = {"日": "day", "天": "day", "周": "week", "月": "month"}


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "kind",
        nargs="?",
        **one_of(_KINDS, also=_ALSO),
        default="day",
        help=_("of how long"),
    )
    parser.add_argument(
        "day",
        nargs="?",
        default="",
        metavar="DATE|EVENT",
        help=_("a day of it; without one today; for event its name or number"),
    )
    parser.add_argument("--from", dest="since", default="", metavar="D", help=_("the first day"))
    parser.add_argument("--to", dest="until", default="", metavar="D", help=_("the last day"))
    parser.add_argument(
        "--event", default="", help=_("name, part of the name, or number of one event")
    )
    parser.add_argument(
        "--person", default="", metavar="Q", help=_("name, or number of one person")
    )
    parser.add_argument("--tag", default="", metavar="T", help=_("only what has this tag"))
    parser.add_argument(
        "-o",
        "--output",
        default="",
        metavar="FILE",
        help=_("a file: .txt .md .html .csv .xlsx .json"),
    )
    parser.add_argument("--force", action="store_true", help=_("overwrite a file that exists"))
    reviews.against_argument(parser)
    reviews.stop_argument(parser)


def _report(args: argparse.Namespace, io: Io) -> int:
    if args.kind == "event":
        if args.since or args.until or args.person or args.tag:
            raise Refused(msg(N_("The review of an event is of all its days and people")))
        if args.day and args.event:
            raise Refused(msg(N_("Name one event, not two")))
        event = args.day or args.event
        stop = args.stop
        return reviews.show(io, event, args.against, args.output, stop=stop, force=args.force)
    if args.against != reviews.LAST:
        raise Refused(
            msg(N_("Only the review of an event is held against something: report event"))
        )
    if args.stop:
        raise Refused(msg(N_("Only the review of an event is of one stop: report event")))
    from opslog.services.reports import own_text
    from opslog.services.reports import reports as made

    path = Path(args.output) if args.output else None
    if path is not None:
        from opslog.services.reports import files

        files.checked_ending(path)  # before the database is opened
    book = io.book()
    only = _only(book, args)
    found = made.report(book, _stretch(book, args), only)
    own = (
        None if only else own_text.of(book, found.stretch)
    )  # the operator's words, where there are
    if path is not None:
        written = files.write(book, found, path, own_text=own.text if own else "", force=args.force)
        if io.json_wanted:
            io.json({"file": str(written)})
        else:
            io.line(_("Written: {file}").format(file=written))
    elif io.json_wanted:
        io.json(_object(found) | {"text": own.text if own else found.text()})
    else:
        for line in (own.text if own else found.text()).split("\n"):
            io.line(line)
        note = str(found.made())
        if own and own.made_from != found.text():
            note = _("These are your words; the numbers are others since")
        print(io.clean(note), file=sys.stderr)  # beside the text, which may go into a chat
    return 0


def _stretch(book: Book, args: argparse.Namespace) -> Stretch:
    """The days asked for; from the first day alone up to today, up to the last alone it only."""
    from opslog.domain.reports import stretches
    from opslog.services.daybook import lines as log_lines

    since, until = log_lines.span(book, args.since, args.until)
    if since or until:
        if args.day:
            raise Refused(msg(N_("Write either a day or --from and --to, not both")))
        first = since or until
        last = until or max(book.today(), first) if first else book.today()
        assert first is not None
        assert last is not None
        return stretches.span(first, last)
    day, _same = log_lines.span(book, args.day, "")
    return stretches.of(args.kind, day or book.today())


def _only(book: Book, args: argparse.Namespace) -> Only:
    from opslog.services.reports.reports import Only

    event_id = person_id = 0
    if args.event:
        from opslog.services.events import events

        event_id = events.resolve(book, args.event)
    if args.person:
        from opslog.services.people import named

        person_id = named.one(book, args.person).id
    return Only(event_id, person_id, args.tag.strip().lstrip("#＃"))


def _object(found: Report) -> dict[str, object]:
    sums, words = found.sums, found.words
    zone = words.zone
    days = sums.stretch
    names = {talk.event_id: talk.event for talk in sums.talks}

    def step(one: StepLine) -> dict[str, object]:
        return {
            "id": one.id,
            "step": one.title_en or one.title,
            "event": one.event,
            "due": one.due.astimezone(zone).isoformat(),
            "done": one.done_at.astimezone(zone).isoformat() if one.done_at else None,
        }

    ahead = sums.ahead
    return {
        "from": days.first.isoformat(),
        "to": days.last.isoformat(),
        "made": sums.now.astimezone(zone).isoformat(),
        "done": [step(one) for one in sums.steps.done],
        "calls": {
            "made": len(sums.calls),
            "reached": len(sums.reached),
            "called_in": len(sums.called_in),
            "messages": len(sums.messages),
            "replied": len(sums.replied),
            "coming": len(sums.coming),
            "not_coming": len(sums.declined),
            "reasons": dict(Counter(one.reason for one in sums.declined)),
            "handed_over": [one.person for one in sums.handed_over],
            "walk_ins": len(sums.walk_ins),
        },
        "outcomes": [
            {
                "event": talk.event or None,
                "purpose": talk.purpose,
                "people": len(talk.people),
                "reached": len(talk.reached),
                "outcomes": {code: len(rows) for code, rows in talk.outcomes.items()},
            }
            for talk in sums.talks
        ],
        "lists": [
            {
                "file": one.file,
                "list": one.list,
                "read": one.read,
                "new": one.new,
                "updated": one.updated,
                "unchanged": one.unchanged,
                "duplicate": one.duplicate,
                "problem": one.problem,
            }
            for one in sums.lists
        ],
        "screened": [
            {
                "list": one.list,
                "round": one.number,
                "rows": len(one.rows),
                "kept": len(one.kept),
                "dropped": len(one.dropped),
                "reasons": {code: len(rows) for code, rows in one.reasons.items()},
                "minutes": one.minutes,
            }
            for one in sums.screened
        ],
        "steps": {
            "done": len(sums.steps.done),
            "moved": len(sums.steps.moved),
            "dropped": len(sums.steps.dropped),
            "missed": len(sums.steps.missed),
            "open": len(sums.steps.open),
        },
        "moved": [step(one) for one in sums.steps.moved],
        "dropped": [step(one) for one in sums.steps.dropped],
        "missed": [step(one) for one in sums.steps.missed],
        "open": [step(one) for one in sums.steps.open],
        "follow_ups_done": [one.text for one in sums.tasks_done],
        "time": [
            {"tag": one.tag or None, "source": one.source or None, "minutes": one.minutes}
            for one in sums.time
        ],
        "said": [
            {"person": one.person, "event": one.event or None, "text": one.note}
            for one in sums.said
        ],
        "answers": [
            {"person": one.person, "question": one.question.key, "answer": one.text.english()}
            for one in sums.answers
        ],
        "events": [
            {
                "event": one.event.name,
                "signed_up": one.signed_up,
                "came": one.came if one.marked else None,
                "targets": {
                    measured.measure: {"target": measured.target, "reached": measured.number}
                    for measured in one.measures
                    if measured.target
                },
            }
            for one in sums.held
        ],
        "expected": [
            {
                "event": names[one.event_id],
                "low": one.low,
                "high": one.high,
                "target": one.wanted or None,
            }
            for one in sums.expected
        ],
        "tomorrow": {
            "from": sums.ahead_on.first.isoformat() if sums.ahead_on else None,
            "to": sums.ahead_on.last.isoformat() if sums.ahead_on else None,
            "events": [one.name for one in ahead.events],
            "steps": [step(one) for one in ahead.steps],
            "follow_ups": [one.text for one in ahead.tasks],
            "promised": [one.person for one in ahead.promises],
        },
    }


COMMANDS = {
    "report": Command(
        N_("what was done in a day, a week, a month; what an event brought"), _arguments, _report
    ),
}
