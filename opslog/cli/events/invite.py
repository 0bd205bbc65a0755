"""``opslog event invite``: an organiser's invitation becomes an event, moves or cancels it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from opslog.cli.base.io import Io
from opslog.cli.base.words import one_of
from opslog.cli.events.json import event_object
from opslog.domain.base.refusal import Refused
from opslog.domain.dates.wording import end_moment, short_moment
from opslog.domain.events.events import KIND_LABELS
from opslog.locale import N_, _, msg, ngettext


def arguments(verbs: Any) -> None:
    invite = verbs.add_parser("invite", help=_("an organiser's .ics: enter, move or cancel it"))
    invite.add_argument("file", metavar="FILE", type=Path)
    invite.add_argument("--kind", default="", **one_of(KIND_LABELS))
    invite.add_argument("--dry-run", action="store_true", help=_("show what would happen"))
    invite.add_argument("--yes", action="store_true", help=_("cancel the event it calls off"))


def run(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.events import events, invitations

    book = io.book()
    seen = invitations.look(book, args.file, args.kind)
    said = seen.invitation
    if said.cancelled and not (args.yes or args.dry_run):
        text = N_("“{event}” is called off by its organiser; --yes cancels it")
        raise Refused(msg(text, event=seen.draft.name))
    if not args.dry_run:
        event_id = invitations.take(book, seen).made
        if io.json_wanted:
            io.json(event_object(book, events.get(book, event_id).row))
            return 0
    zone, today = book.clock.zone, book.today()
    when = short_moment(said.starts_at, zone, today)
    span = str(when)
    if said.ends_at is not None:
        span = f"{when}–{end_moment(said.starts_at, said.ends_at, zone, today)}"
    facts = (span, said.place, said.organiser)
    io.line(" · ".join([seen.draft.name, *filter(None, facts)]))
    for remark in said.remarks:
        io.line(f"  {remark}")
    if not said.cancelled and said.starts_at < book.now():
        io.line(f"  {_('The event is in the past.')}")
    if seen.preview is not None:
        old = short_moment(seen.preview.old.start, zone, today)
        number = len(seen.preview.plan.shifted)
        io.line(_("{old} to {new}").format(old=old, new=when))
        io.line(ngettext("{n} step shifted", "{n} steps shifted", number).format(n=number))
    elif said.cancelled:
        io.line(_("cancelled"))
    return 0
