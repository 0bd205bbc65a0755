"""``opslog import``: a list comes in, or is looked at first."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from opslog.cli.base.io import Command, Io
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import in_turn, labelled, listed
from opslog.locale import N_, _, msg, ngettext

if TYPE_CHECKING:
    from opslog.domain.imports.report import ImportReport
    from opslog.domain.rosters.rosters import ImportOptions

MOST_LINES = 200  # of a dry run, for a person to read; --json has them all


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help=_("CSV, TSV or a workbook"))
    parser.add_argument(
        "--event", required=True, metavar="EVENT", help=_("name, part of it, or number")
    )
    parser.add_argument("--stop", metavar="STOP", help=_("of a road show, whose list it is"))
    parser.add_argument(
        "--map",
        nargs="+",
        action="extend",
        default=[],
        metavar="FIELD=COLUMN",
        help=_("what a column means: phone=Mobile, phone=C or phone=3,5; city= for none"),
    )
    parser.add_argument("--sheet", default="", metavar="S", help=_("a sheet, by name or number"))
    parser.add_argument("--encoding", default="", metavar="E", help="utf-8, gb18030, big5 …")
    parser.add_argument(
        "--header", type=int, metavar="N", help=_("the line with the headings; 0 for none")
    )
    parser.add_argument(
        "--delimiter", default="", metavar="D", help=_("comma, semicolon, tab or bar")
    )
    parser.add_argument(
        "--profile", default="", metavar="P", help=_("a known layout by its name; - for none")
    )
    parser.add_argument(
        "--attendance",
        action=argparse.BooleanOptionalAction,
        default=None,
        help=_("the file says who came; else its columns tell"),
    )
    parser.add_argument(
        "--min-minutes",
        type=int,
        metavar="N",
        help=_("who was there for less did not attend (otherwise {n})").format(n=5),
    )
    parser.add_argument(
        "--unmark",
        action="store_true",
        help=_("take the mark off who came and was there for less; without it they are named"),
    )
    parser.add_argument(
        "--field",
        "--fields",
        nargs="+",
        action="extend",
        metavar="COLUMN",
        help=_("keep columns opslog has no meaning for as fields of your own; all or none"),
    )
    parser.add_argument(
        "--take",
        type=lambda told: told.split(","),
        default=[],
        metavar="WHAT",
        help=_("take what else its columns hold: verdicts,tags"),
    )
    parser.add_argument(
        "--renew",
        action="store_true",
        help=_("what came by a list and nobody typed becomes what this one says"),
    )
    parser.add_argument(
        "--erased-too",
        action="store_true",
        help=_("let in again who was erased on request; they asked to be"),
    )
    parser.add_argument(
        "--dry-run", action="store_true", help=_("say what would happen to each line, keep nothing")
    )


def _import(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.events import events, stops
    from opslog.services.files import coming_in

    options = _options(args)
    book = io.book()
    event_id = events.resolve(book, args.event)
    if args.stop:
        options = options._replace(stop=stops.resolve(book, event_id, args.stop).id)
    verb = coming_in.preview if args.dry_run else coming_in.load
    with io.work(_("Reading {file} …").format(file=io.clean(args.file.name))) as work:

        def tell(rows: int, share: float) -> None:
            work.tell(ngettext("{n} row", "{n} rows", rows).format(n=f"{rows:,}"), share)

        report = verb(book, args.file.expanduser(), event_id, options, tell)
    if io.json_wanted:
        io.json(report_object(report, dry_run=args.dry_run))
    else:
        _print_report(report, io, dry_run=args.dry_run)
    return 0


def _options(args: argparse.Namespace) -> ImportOptions:
    from opslog.domain.rosters.rosters import ImportOptions

    columns: dict[str, str] = {}
    for told in args.map:
        field, equals, column = told.partition("=")
        if not equals:
            raise Refused(
                msg(
                    N_("--map wants FIELD=COLUMN, such as phone=Mobile; “{text}” has no ="),
                    text=told,
                )
            )
        columns[field.strip()] = column
    if args.header is not None and args.header < 0:
        raise Refused(msg(N_("--header is a line, counted from 1; 0 for none")))
    if args.min_minutes is not None and args.min_minutes < 0:
        raise Refused(msg(N_("--min-minutes is a number of minutes, 0 or more")))
    return ImportOptions(
        args.sheet,
        args.encoding,
        args.delimiter,
        args.header,
        columns,
        args.profile,
        args.attendance,
        args.min_minutes,
        args.field,
        args.take,
        args.renew,
        args.erased_too,
        args.unmark,
    )


def report_object(report: ImportReport, *, dry_run: bool) -> dict[str, object]:
    """The JSON of an import."""
    from opslog.domain.imports.mapping import meanings

    fields = meanings(report.mapping)
    width = max([len(report.columns), *(index + 1 for index in fields)])
    headings = [*report.columns, *[""] * (width - len(report.columns))]
    document: dict[str, object] = {
        "roster": report.roster or None,
        "event": report.event_id,
        "file": report.file,
        "read": report.read,
        "new": report.new,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "duplicate": report.duplicate,
        "problem": report.problem,
        "marks": dict(report.marks),
        "encoding": report.encoding,
        "delimiter": report.delimiter,
        "sheet": report.sheet,
        "header_row": report.header_row,
        "columns": [
            {"column": heading, "field": fields.get(index)}
            for index, heading in enumerate(headings)
        ],
        "change": report.change_id or None,
        "kind": report.kind,
        "profile": report.profile or None,
        "came": report.came,
        "walk_ins": report.walk_ins,
        "attended": report.attended,
        "below": list(report.below),
        "unmarked": report.unmarked,
        "withdrawn": report.withdrawn,
        "waiting": report.waiting,
        "unclear": [
            {"field": one.field, "word": one.word, "lines": list(one.lines)}
            for one in report.unclear
        ],
        "barred": {one.scope: list(one.lines) for one in report.barred},
        "left": [{"column": one.at + 1, "holds": one.holds} for one in report.left],
        "remark": report.remark or None,
        "fields": list(report.own),
        "values": report.values,
        "unknown": list(report.unknown),
        "gone": list(report.gone),
        "offered": list(report.offered),
        "taken": dict(report.taken),
        "renewable": report.renewable,
        "renewed": report.renewed,
    }
    if dry_run:
        document["lines"] = [
            {
                "line": line.line,
                "result": line.result,
                "name": line.name,
                "company": line.company,
                "phone": line.phone,
                "email": line.email,
                "problems": list(line.problems),
                "barred": list(line.barred),
                "filled": [
                    {"field": filled.field, "old": filled.old, "new": filled.new}
                    for filled in line.filled
                ],
                "differs": [
                    {"field": one.field, "old": one.old, "new": one.new} for one in line.differs
                ],
            }
            for line in report.lines
        ]
    return document


def _print_report(report: ImportReport, io: Io, *, dry_run: bool) -> None:
    from opslog.domain.rosters.rosters import PROBLEMS

    io.line(_how_read(report))
    if report.remark:
        io.line(report.remark)
    for left in report.left_said():
        io.line(left)
    if dry_run:
        _print_lines(report, io)
    io.line(report.summary())
    for code, number in sorted(report.marks.items(), key=lambda mark: -mark[1]):
        io.line(
            ngettext("  {n} row: {problem}", "  {n} rows: {problem}", number).format(
                n=number, problem=_(PROBLEMS.get(code, code))
            )
        )
    for said in report.marks_said():
        io.line(f"  {said}")
    for said in report.own_said():
        io.line(said)
    if dry_run:
        io.line(_("Nothing was kept: this was a dry run."))
    elif report.change_id:
        io.line(
            _("On the list of {event}. Take it back with: opslog undo {id}").format(
                event=report.event, id=report.change_id
            )
        )
    else:
        io.line(_("Nothing had to be changed: the roster holds every row already."))


def _how_read(report: ImportReport) -> str:
    """How the file was read, in one line: encoding or sheet, layout, headings, columns."""
    from opslog.domain.rosters.rosters import FIELDS

    where = _("sheet {sheet}").format(sheet=report.sheet) if report.sheet else report.encoding
    headings = (
        _("headings on line {line}").format(line=report.header_row)
        if report.header_row
        else _("no headings")
    )
    columns = listed(
        f"{' + '.join(_column_name(report, one) for one in at)} → {_(FIELDS[field])}"
        for field, at in sorted(report.mapping.items(), key=lambda item: item[1])
    )
    read_as = listed(filter(None, (where, report.profile, headings)))
    return str(labelled(report.file, in_turn([read_as, columns])))


def _column_name(report: ImportReport, index: int) -> str:
    heading = report.columns[index] if index < len(report.columns) else ""
    return heading or str(index + 1)


def _print_lines(report: ImportReport, io: Io) -> None:
    from opslog.domain.people import phones
    from opslog.domain.rosters.rosters import PROBLEMS, RESULTS

    rows = []
    for line in report.lines[:MOST_LINES]:
        remarks = [_(PROBLEMS[code]) for code in line.problems]
        remarks += line.barred_said()
        remarks += line.filled_said()
        remarks += line.differs_said()
        rows.append(
            [
                line.line,
                _(RESULTS[line.result]),
                line.name,
                line.company,
                phones.display(line.phone) if line.phone else line.email,
                str(in_turn(remarks)),
            ]
        )
    io.table([_("Line"), _("Result"), _("Name"), _("Company"), _("Phone"), _("Remarks")], rows)
    left = len(report.lines) - len(rows)
    if left > 0:
        io.line(_("… and {n} more lines; --json has them all").format(n=left))


COMMANDS = {
    "import": Command(
        N_("take in a list somebody sent: sign-ups, or who came"), _import_arguments, _import
    ),
}
