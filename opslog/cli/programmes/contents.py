"""``opslog content``: the pieces that messages take their words from."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from opslog.cli.base.io import Command, Io
from opslog.cli.base.words import one_of
from opslog.domain.base.sentences import labelled
from opslog.locale import N_, _

if TYPE_CHECKING:
    from opslog.domain.programmes.contents import Piece
    from opslog.services.book.book import Book, Change

_GIVEN = {"zh": "text_zh", "en": "text_en", "link": "link", "writer": "writer", "bait": "bait"}


def _arguments(parser: argparse.ArgumentParser) -> None:
    from opslog.domain.programmes.contents import KIND_TITLES, STAGE_TITLES

    kind, stage = one_of(KIND_TITLES), one_of(STAGE_TITLES)
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    shown = verbs.add_parser("list", help=_("those that go out, by stage and label"))
    shown.add_argument(
        "--stage",
        **stage,
    )
    show = verbs.add_parser("show", help=_("every version of a piece, and where it was used"))
    add = verbs.add_parser("add", help=_("a new piece"))
    change = verbs.add_parser("change", help=_("a new version; what was sent keeps its words"))
    retire = verbs.add_parser("retire", help=_("it is offered no more"))
    publish = verbs.add_parser("publish", help=_("where and when it was published"))
    verbs.add_parser("stale", help=_("those that want a look, and why"))
    for verb in (show, add, change, retire, publish):
        verb.add_argument("label", metavar="LABEL", help=_("such as 功能 03, or features 3"))
    publish.add_argument("channel", metavar="CHANNEL", help=_("official account, a community …"))
    publish.add_argument("--link", metavar="URL", default="")
    publish.add_argument("--at", metavar="WHEN", help=_("when it was, where that is not now"))
    add.add_argument(
        "--kind",
        required=True,
        **kind,
    )
    add.add_argument(
        "--stage",
        default="",
        **stage,
        help=_("else its label says"),
    )
    for verb in (add, change):
        verb.add_argument("--zh", metavar="TEXT", help=_("the words in Chinese"))
        verb.add_argument("--en", metavar="TEXT", help=_("the words in English"))
        verb.add_argument("--link", metavar="URL", help=_("what {link} becomes"))
        verb.add_argument("--writer", metavar="WHO")
        verb.add_argument("--bait", metavar="WHAT", help=_("what it offers: a report, a template"))
        verb.add_argument("--revise-on", metavar="DAY", help=_("when it is to be revised"))


def _content(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.programmes import contents

    book = io.book()
    if args.verb == "list":
        return _list(book, args.stage, io)
    if args.verb == "stale":
        return _stale(book, io)
    if args.verb == "show":
        return _show(book, args.label, io)
    if args.verb == "retire":
        return _done(contents.retire(book, args.label), io)
    if args.verb == "publish":
        from opslog.services.events.form import read_moment

        at = read_moment(book, args.at, book.now(), past=True) if args.at else None
        return _done(contents.publish(book, args.label, args.channel, link=args.link, at=at), io)
    texts = {to: text for name, to in _GIVEN.items() if (text := getattr(args, name)) is not None}
    if args.revise_on is not None:
        texts["revise_on"] = args.revise_on
    if args.verb == "add":
        made = contents.add(book, args.label, stage=args.stage, kind=args.kind, **texts)
    else:
        made = contents.change(book, args.label, **texts)
    return _done(made, io)


def _list(book: Book, stage: str | None, io: Io) -> int:
    from opslog.domain.programmes.contents import KIND_TITLES, said
    from opslog.services.programmes import contents

    old = {one.label: one.why for one in contents.stale(book)}
    found = [one for one in contents.pieces(book) if stage in (None, one.stage)]
    if io.json_wanted:
        io.json([{**_object(one), "stale": _english(old.get(one.label))} for one in found])
        return 0
    io.table(
        [_("label"), _("version"), _("kind"), _("made"), _("why revise"), _("words")],
        [
            (
                said(one.label),
                one.version,
                _(KIND_TITLES[one.kind]),
                one.made_on or _("ships"),
                old.get(one.label, ""),
                one.text,
            )
            for one in found
        ],
    )
    return 0


def _stale(book: Book, io: Io) -> int:
    from opslog.domain.programmes.contents import said
    from opslog.services.programmes import contents

    found = contents.stale(book)
    if io.json_wanted:
        io.json([{"label": one.label, "why": one.why.english()} for one in found])
        return 0
    for one in found:
        io.line(labelled(said(one.label), one.why))
    if not found:
        io.line(_("No words are old; playbooks/ageing.toml says when they are"))
    return 0


def _show(book: Book, label: str, io: Io) -> int:
    from opslog.domain.base.clock import instant_of
    from opslog.domain.dates.wording import short_moment
    from opslog.domain.programmes.contents import KIND_TITLES, STAGE_TITLES, said
    from opslog.services.programmes import contents

    found = contents.versions(book, label)
    used = [(one, contents.uses(book, one)) for one in found]
    if io.json_wanted:
        io.json(
            [
                {
                    **_object(one),
                    "steps": [{"programme": code, "step": step} for code, step in use.steps],
                    "published": [
                        {"channel": channel, "at": at, "link": link}
                        for channel, at, link in use.published
                    ],
                    "sent": use.sent.number,
                    "first_sent": use.sent.first or None,
                    "last_sent": use.sent.last or None,
                }
                for one, use in used
            ]
        )
        return 0
    first, steps = found[0], used[0][1].steps
    kind = _(STAGE_TITLES[first.stage]), _(KIND_TITLES[first.kind])
    io.heading(" · ".join((str(said(first.label)), *kind)))
    if steps:
        named = ", ".join(f"{code} {step}" for code, step in steps)
        io.line(_("Gives the words of: {steps}").format(steps=named))
    for one, use in used:
        state = _("retired") if one.retired else one.made_on or _("ships")
        text = _("Version {n} ({state}), sent {sent} times")
        io.line(text.format(n=one.version, state=state, sent=use.sent.number))
        for channel, at, link in use.published:
            day = short_moment(instant_of(at), book.clock.zone, book.today())
            io.line("  " + " · ".join(filter(None, (channel, str(day), link))))
        for words in filter(None, (one.text_zh, one.text_en, one.link)):
            io.line(f"  {words}")
    return 0


def _object(one: Piece) -> dict[str, object]:
    return {
        "id": one.id if one.id > 0 else None,
        "label": one.label,
        "stage": one.stage,
        "kind": one.kind,
        "version": one.version,
        "zh": one.text_zh,
        "en": one.text_en,
        "link": one.link or None,
        "made_on": one.made_on and one.made_on.isoformat(),
        "revise_on": one.revise_on and one.revise_on.isoformat(),
        "retired": one.retired,
        "ships": one.id < 0,
        "writer": one.writer or None,
        "bait": one.bait or None,
    }


def _english(why: object) -> str | None:
    from opslog.locale import Msg

    return why.english() if isinstance(why, Msg) else None


def _done(change: Change, io: Io) -> int:
    if io.json_wanted:
        io.json({"id": change.made, "change": change.id, "label": change.label.english()})
    else:
        io.done(change)
    return 0


COMMANDS = {
    "content": Command(
        N_("the words of messages: list, show, add, change, retire, publish, stale"),
        _arguments,
        _content,
    )
}
