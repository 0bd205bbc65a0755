"""``opslog programme``: the programmes of messages, who is in them, and how they do."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from opslog import locale
from opslog.cli.base.io import Command, Io
from opslog.cli.programmes import enrolment
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import listed
from opslog.locale import N_, _, msg

if TYPE_CHECKING:
    from opslog.domain.programmes.programme import Programme, Step
    from opslog.domain.programmes.rates import Counted, Counts
    from opslog.services.book.book import Change


def _arguments(parser: argparse.ArgumentParser) -> None:
    from opslog.domain.programmes.programme import SPANS

    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    verbs.add_parser("list", help=_("all, with who is in them and what is due"))
    show = verbs.add_parser("show", help=_("one, step by step"))
    show.add_argument("--text", action="store_true", help=_("its file, to change and put back"))
    copy = verbs.add_parser("copy", help=_("one of your own to begin with"))
    put = verbs.add_parser("put", help=_("the changed text of one of your own"))
    grow = verbs.add_parser("grow", help=_("let it go further, or less far"))
    rates = verbs.add_parser("rates", help=_("what came of it, by step and words, and advice"))
    for verb in (show, copy, put, grow, rates):
        enrolment.code(verb)
    copy.add_argument("new", metavar="NEW", help=_("its name: a-z, 0-9 and -"))
    put.add_argument("file", metavar="FILE", help=_("- reads standard input"))
    grow.add_argument("span", metavar="SPAN", help=str(listed(SPANS)))
    enrolment.arguments(verbs)


def _run(args: argparse.Namespace, io: Io) -> int:
    verbs = {
        "list": _list,
        "show": _show,
        "copy": _copy,
        "put": _put,
        "grow": _grow,
        "rates": _rates,
        **enrolment.VERBS,
    }
    return verbs[args.verb](args, io)


def _list(_args: argparse.Namespace, io: Io) -> int:
    from opslog.domain.base.rates import Rate
    from opslog.services.programmes import programmes

    found = programmes.programmes(io.book())
    if io.json_wanted:
        io.json(
            [
                {
                    "code": one.code,
                    "title": one.title.english(),
                    "active": one.active,
                    "paused": one.paused,
                    "left": one.left,
                    "finished": one.finished,
                    "due": one.due,
                    "replied_30_days": one.rate[0],
                    "sent_30_days": one.rate[1],
                    "own": one.own,
                    "faults": [fault.english() for fault in one.faults],
                }
                for one in found
            ]
        )
        return 0
    io.table(
        [_("name"), _("programme"), _("in it"), _("paused"), _("due"), _("answered in 30 days")],
        [
            (one.code, one.title, one.active, one.paused, one.due, _share(Rate(*one.rate)))
            for one in found
        ],
    )
    return 0


def _share(rate: object) -> str:
    from opslog.domain.base.rates import Rate

    return rate.ranged if isinstance(rate, Rate) and rate.of else ""


def _show(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.programmes import contents, programmes

    book = io.book()
    if args.text:
        text = programmes.text(book, args.code)
        if io.json_wanted:
            io.json({"code": args.code, "text": text})
        else:
            for row in text.splitlines():
                io.line(row)
        return 0
    one = programmes.programme(book, args.code)
    pieces = contents.in_force(book)
    if io.json_wanted:
        io.json({**_object(one), "steps": [_step(one, step) for step in one.steps]})
        return 0
    io.heading(_runs(one))
    rows: list[tuple[object, ...]] = []
    for step in one.steps:
        piece = None if step.written else pieces.get((step.stage, step.label))
        words = piece.text if piece else _own(step)
        rows.append((step.named, _says(step), "" if step in one.running else _("not yet"), words))
    io.table([_("step"), _("words"), "", ""], rows)
    return 0


def _own(step: Step) -> str:
    """The words that stand in it."""
    both = step.text_zh, step.text_en
    first, second = both if locale.language() == "zh_CN" else reversed(both)
    return first or second


def _runs(one: Programme) -> str:
    from opslog.domain.programmes.programme import SPAN_TITLES

    text = _("{programme} ({code}), runs for {span}, version {n}")
    return text.format(
        programme=one.named, code=one.code, span=_(SPAN_TITLES[one.runs]), n=one.version
    )


def _says(step: Step) -> str:
    from opslog.domain.programmes.contents import said

    parts = [said(step.label) if step.label else "", _("one to one") if step.by_hand else ""]
    return _(", ").join(str(part) for part in parts if part)


def _object(one: Programme) -> dict[str, object]:
    return {
        "code": one.code,
        "title": one.named.english(),
        "version": one.version,
        "runs": one.runs,
        "leave": [*one.leave],
        "target": round(100 * one.target),
        "late": one.late,
        "enter": [
            {entry.by: entry.value, "after": entry.after, "within": entry.within}
            for entry in one.entries
        ],
    }


def _step(one: Programme, step: Step) -> dict[str, object]:
    return {
        "id": step.id,
        "day": step.day,
        "channel": step.channel,
        "stage": step.stage or None,
        "label": step.label or None,
        "by_hand": step.by_hand,
        "clock": step.clock and f"{step.clock:%H:%M}",
        "runs": step in one.running,
        "zh": step.text_zh,
        "en": step.text_en,
    }


def _copy(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.book import own_kinds
    from opslog.services.programmes import programmes

    book = io.book()
    change = programmes.copy(book, args.code, args.new)
    place = book.home / own_kinds.programme_kind(args.new.strip().lower()).place
    return _done(change, io, file=str(place))


def _put(args: argparse.Namespace, io: Io) -> int:
    from opslog.domain.base import foreign
    from opslog.services.programmes import programmes

    try:
        text = sys.stdin.read() if args.file == "-" else Path(args.file).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = foreign.reason(error) if isinstance(error, OSError) else _("it is not UTF-8")
        raise Refused(
            msg(N_("{file} can't be read ({reason})"), file=args.file, reason=why)
        ) from None
    return enrolment.done(programmes.put(io.book(), args.code, text), io)


def _grow(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.programmes import programmes

    return enrolment.done(programmes.grow(io.book(), args.code, args.span), io)


def _rates(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.programmes import rates

    found = rates.of_programme(io.book(), args.code)
    weakest, verdicts = found.weakest, found.verdicts()
    if io.json_wanted:
        rows = [
            {
                "step": row.step,
                "label": row.label or None,
                "version": row.version or None,
                "channel": row.channel or None,
                **_counts(row.counts),
            }
            for row in found.rows
        ]
        io.json(
            {
                "code": args.code,
                "target": found.target,
                **_counts(found.total),
                "rows": rows,
                "verdicts": {step: said.english() for step, said in verdicts.items()},
                "weakest": weakest and weakest.id,
                "grow_to": found.span or None,
                "advice": found.advice.english(),
            }
        )
        return 0
    steps = {step.id: step.named for step in found.programme.steps}
    io.table(
        [_("step"), _("words"), _("sent"), _("opened"), _("answered"), _("new"), _("verdict")],
        [
            (
                steps.get(row.step, row.step),
                _worded(row),
                *row.counts[:3],
                row.counts.new,
                verdicts[row.step],
            )
            for row in found.rows
        ],
    )
    io.line(found.advice)
    return 0


def _worded(row: Counted) -> str:
    from opslog.domain.programmes.contents import said

    if row.label:
        return _("{label}, version {n}").format(label=said(row.label), n=row.version)
    return _("as written") if row.version else _("own words")


def _counts(counts: Counts) -> dict[str, int]:
    return dict(counts._asdict())


def _done(change: Change, io: Io, **more: object) -> int:
    if io.json_wanted:
        io.json({"change": change.id, "label": change.label.english(), **more})
        return 0
    io.done(change)
    for text in more.values():
        io.line(text)
    return 0


COMMANDS = {
    "programme": Command(
        N_(
            "programmes of messages: list, show, copy, put, grow, rates, people, candidates, "
            "enter, leave, pause, resume"
        ),
        _arguments,
        _run,
    )
}
