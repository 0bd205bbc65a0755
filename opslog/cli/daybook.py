"""``opslog add`` and ``opslog log``."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from opslog.cli.base.io import Command, Io
from opslog.domain.base.clock import Clock
from opslog.domain.dates.durations import duration_text
from opslog.domain.daybook.capture_text import marked
from opslog.domain.daybook.captured import when_text
from opslog.domain.daybook.lines import FollowUp, LogLine, Understood
from opslog.locale import N_, _
from opslog.services.book.book import Book
from opslog.services.daybook import lines as log_lines
from opslog.services.daybook import reading


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "text",
        nargs="+",
        metavar="TEXT",
        help=_("14:30 what happened #tag @event +person ~20m ! >fri"),
    )


def _add(args: argparse.Namespace, io: Io) -> int:
    book = io.book()
    text = " ".join(args.text)
    understood = reading.understand(book, text)
    line = log_lines.get(book, log_lines.add(book, text).made)
    if io.json_wanted:
        io.json(line_json(line, book.clock))
    else:
        io.line(f"{_stamp(line, book.clock)}  {line_text(line, book.clock)}")
        for note in notes(understood):
            print(io.clean(note), file=sys.stderr)
    return 0


def _log_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="day_from", default="", metavar="D", help=_("the first day"))
    parser.add_argument("--to", dest="day_to", default="", metavar="D", help=_("the last day"))
    parser.add_argument("--find", default="", metavar="Q", help=_("words the lines hold"))
    parser.add_argument("--tag", default="", metavar="T", help=_("a tag the lines have"))
    parser.add_argument("--all", action="store_true", help=_("each call in a line of its own"))


def _log(args: argparse.Namespace, io: Io) -> int:
    book = io.book()
    day_from, day_to = log_lines.span(book, args.day_from, args.day_to)
    found = log_lines.lines(book, day_from, day_to, args.find, args.tag.lstrip("#＃"))
    if io.json_wanted:
        io.json([line_json(line, book.clock) for line in found])
        return 0
    if not found:
        io.line(_("No line there; write one with: opslog add TEXT"))
    alone = args.all or args.find or args.tag  # what is looked for stands line by line
    told, inside = ({}, set()) if alone else _folds(book, day_from, day_to)
    day = None
    for line in found:
        if line.id in inside:
            continue
        local = line.at.astimezone(book.clock.zone)
        if local.date() != day:
            if day:
                io.line()
            day = local.date()
            io.line(_day_heading(day))
        io.line(f"  {local:%H:%M}  {told.get(line.id) or line_text(line, book.clock)}")
    return 0


def _folds(
    book: Book, day_from: date | None, day_to: date | None
) -> tuple[dict[int, str], set[int]]:
    """Runs of calls, each told where its first line stands; and the lines that do not show."""
    from opslog.services.daybook import folds

    if not (runs := folds.found(book, day_from, day_to)):
        return {}, set()
    from opslog.services.reports import folded

    said = folded.told(book, runs)
    told = {run.key: f"· {text}" for run, text in zip(runs, said, strict=True)}
    return told, {id for run in runs for id in run.ids[1:]}


def _day_heading(day: date) -> str:
    from opslog.domain.dates.wording import short_day

    return str(short_day(day))


def _stamp(line: LogLine, clock: Clock) -> str:
    local = line.at.astimezone(clock.zone)
    if local.date() == clock.today():
        return f"{local:%H:%M}"
    return f"{local:%Y-%m-%d %H:%M}"


def line_text(line: LogLine, clock: Clock) -> str:
    """A line with its marks, as a person would write it; an automatic one begins with a dot."""
    parts = ["·"] if line.automatic else []
    parts += [line.text] if line.text else []
    parts += [marked("#", tag) for tag in line.tags]
    parts += [marked("@", line.event.name)] if line.event else []
    parts += [marked("+", person.name) for person in line.people]
    parts += [f"~{duration_text(line.minutes)}"] if line.minutes else []
    parts += ["!"] if line.flagged else []
    parts += [_follow_up_text(one, clock) for one in line.follow_ups]
    return " ".join(parts)


def _follow_up_text(one: FollowUp, clock: Clock) -> str:
    local = one.due.astimezone(clock.zone)
    day = f"{local:%Y-%m-%d %H:%M}" if one.timed else f"{local:%Y-%m-%d}"
    return f">{day}" if one.open else _(">{day} (done)").format(day=day)


def notes(understood: Understood) -> list[str]:
    """What looked like a mark and stays in the text, each with the reason; what else to know."""
    source = understood.captured.source
    said = [
        (
            _("{mark} names no event, or more than one; it stays in the text")
            if span.kind == "event"
            else _("{mark} names nobody known; it stays in the text")
        ).format(mark=source[span.start : span.end])
        for span in understood.unknown
    ]
    said += [
        _("{mark}: {problem}; it stays in the text").format(
            mark=source[problem.start : problem.end], problem=problem.message
        )
        for problem in understood.captured.problems
    ]
    said += [
        _("+{name}: more than one has that name; write +{name}·company").format(name=name)
        for name in understood.several
    ]
    if to_come := understood.captured.to_come:
        said.append(
            _("{when} is ahead; for a follow-up write >{when} behind the line").format(
                when=when_text(to_come)
            )
        )
    return said


def line_json(line: LogLine, clock: Clock) -> dict[str, object]:
    """A line for ``--json``: times local with their offset."""
    return {
        "id": line.id,
        "at": line.at.astimezone(clock.zone).isoformat(),
        "text": line.text,
        "tags": list(line.tags),
        "event": line.event.name if line.event else None,
        "people": [person.name for person in line.people],
        "minutes": line.minutes,
        "flagged": line.flagged,
        "source": line.source,
        "follow_ups": [
            {
                "id": one.id,
                "due": one.due.astimezone(clock.zone).isoformat()
                if one.timed
                else one.due.astimezone(clock.zone).date().isoformat(),
                "done": not one.open,
            }
            for one in line.follow_ups
        ],
    }


COMMANDS = {
    "add": Command(N_("Write one line into the log."), _add_arguments, _add),
    "log": Command(N_("Print the log, day by day."), _log_arguments, _log),
}
