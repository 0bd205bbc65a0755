"""``opslog workdays``: a year's notice of holidays comes in, the plans with it."""

from __future__ import annotations

import argparse
from pathlib import Path

from opslog.cli.base.io import Command, Io
from opslog.domain.dates.wording import short_moment
from opslog.locale import N_, _, ngettext


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="FILE", type=Path, help=_("holiday-cn's JSON, or a calendar (.ics)")
    )
    parser.add_argument("--dry-run", action="store_true", help=_("only say what it would change"))


def _take(asked: argparse.Namespace, io: Io) -> int:
    from opslog.domain.events.calendar_days import OwnPlan
    from opslog.services.events import workday_notice

    book = io.book()
    seen = workday_notice.preview(book, asked.file)
    zone, today = book.clock.zone, book.today()
    if io.json_wanted:
        years = [
            {
                "year": notice.year,
                "off": [day.isoformat() for day, told in notice.days.items() if told.off],
                "work": [day.isoformat() for day, told in notice.days.items() if not told.off],
            }
            for notice in seen.notices
        ]
        moves = [
            {
                "event": None if isinstance(of, OwnPlan) else of.id,
                "plan": of.id if isinstance(of, OwnPlan) else None,
                "step": move.before.key,
                "title": move.before.title_en,
                "from": move.before.due_at.astimezone(zone).isoformat(),
                "to": move.after.due_at.astimezone(zone).isoformat(),
            }
            for of, move in seen.moves
        ]
        io.json({"years": years, "moves": moves})
    else:
        for notice in seen.notices:
            io.line(str(workday_notice.told(notice)))
        number = len(seen.moves)
        io.line(
            ngettext(
                "{n} open step gets another day", "{n} open steps get another day", number
            ).format(n=number)
        )
        for of, move in seen.moves:
            old, new = (
                short_moment(line.due_at, zone, today) for line in (move.before, move.after)
            )
            io.line(f"  {old} → {new}  {move.after.name} ({of.name})")
    if not asked.dry_run:
        workday_notice.take(book, seen)
    return 0


COMMANDS = {
    "workdays": Command(
        N_("take in a year's notice of holidays and make-up days"), _arguments, _take
    )
}
