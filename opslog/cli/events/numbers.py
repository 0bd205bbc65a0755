"""``opslog event``: cost, figure, channel, target: what is typed in for the review of an event.

Each shows what there is where nothing but the event is named.
"""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Any

from opslog.cli.base.io import Io
from opslog.domain.base.money import yuan_text
from opslog.locale import Msg, _

if TYPE_CHECKING:
    from opslog.domain.events.channels import Channel
    from opslog.services.book.book import Change
    from opslog.services.reviews.figures import Figure, Typed

# A change of -9.9% is no option, whatever argparse makes of the dash.
_NUMBER = re.compile(r"-[0-9.,]+[千万亿kw]?[%％]?$")
_OF_CHANNEL = ("label", "code", "kind", "owner", "link", "cost", "reach", "clicks", "signups")


def arguments(verbs: argparse._SubParsersAction[Any]) -> None:
    """The four verbs, each also by its plural."""
    from opslog.domain.reviews.measures import AGAINST_LABELS

    cost = verbs.add_parser("cost", help=_("what an item costs"))
    figure = verbs.add_parser("figure", help=_("a number from elsewhere"))
    channel = verbs.add_parser("channel", help=_("a way people come by"))
    target = verbs.add_parser("target", help=_("what it should bring"))
    for name in VERBS:
        verbs.choices[f"{name}s"] = verbs.choices[name]
    for verb in (cost, figure, channel, target):
        verb.add_argument("event", metavar="EVENT", help=_("name, part of it, or number"))
    cost.add_argument("item", metavar="ITEM", nargs="?", default="")
    for name in ("planned", "spent"):
        cost.add_argument(f"--{name}", metavar="N", help=_("in yuan; '' takes it out"))
    figure.add_argument("measure", metavar="MEASURE", nargs="?", default="")
    figure.add_argument("value", metavar="VALUE", nargs="?", help="8,108, 6.1万")
    figure.add_argument("--change", nargs="+", default=[], metavar="N", help="-9.9%%, -19")
    figure.add_argument("--against", metavar="WHAT", help=", ".join(AGAINST_LABELS))
    figure.add_argument("--source", default="", metavar="TEXT")
    figure._negative_number_matcher = _NUMBER
    channel.add_argument("channel", metavar="CODE|LABEL", nargs="?", default="")
    for name in _OF_CHANNEL:
        channel.add_argument(f"--{name}", metavar="TEXT" if name in _OF_CHANNEL[:5] else "N")
    channel.add_argument("--stop", metavar="STOP", help=_("of a road show, whose own it is"))
    for verb in (cost, figure, channel):
        verb.add_argument("--remove", action="store_true", help=_("take it out"))
    target.add_argument("targets", metavar="MEASURE=N", nargs="*")


def cost(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.events import events
    from opslog.services.reviews import costs

    book = io.book()
    event_id = events.resolve(book, args.event)
    typed = {name: getattr(args, name) for name in costs.LABELS}
    change = None
    if args.remove:
        change = costs.remove(book, event_id, args.item)
    elif args.item or any(text is not None for text in typed.values()):
        values = {name: costs.read(text) for name, text in typed.items() if text is not None}
        change = costs.put(book, event_id, args.item, values)
    found = costs.of(book, event_id)
    if not _said(io, change, [{**one._asdict(), **_yuan(one[1:])} for one in found]):
        rows = [(one.item, *map(_money, one[1:])) for one in found]
        io.table([_("item"), _("planned"), _("spent")], rows)
    return 0


def figure(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.events import events
    from opslog.services.reviews import figures

    book = io.book()
    event_id = events.resolve(book, args.event)
    change = None
    if args.remove:
        change = figures.remove(book, event_id, args.measure, args.against)
    elif args.measure:
        change = figures.put(book, event_id, _typed(args))
    found = figures.of(book, event_id)
    if not _said(io, change, list(map(_figure_object, found))):
        headings = [_("figure"), _("value"), _("change"), _("against"), _("source")]
        io.table(headings, [row for one in found for row in _figure_rows(one)])
    return 0


def channel(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.events import events, stops
    from opslog.services.reviews import channels

    book = io.book()
    event_id = events.resolve(book, args.event)
    typed = {name: text for name in _OF_CHANNEL if (text := getattr(args, name)) is not None}
    change, stop_id = None, None
    if args.stop:
        stop_id = stops.resolve(book, event_id, args.stop).id
        typed["stop"] = str(stop_id)
    if args.remove:
        one = channels.get(book, event_id, args.channel, stop_id)
        change = channels.remove(book, event_id, one.id)
    elif args.channel or typed.keys() - {"stop"}:
        found = channels.find(book, event_id, args.channel, stop_id) if args.channel else None
        if found is None:  # whichever of the two is not said otherwise
            typed.setdefault("code" if "label" in typed else "label", args.channel)
        change = channels.put(book, event_id, channels.read(typed), found.id if found else None)
    people = channels.people(book, event_id)
    known = channels.of(book, event_id)
    if not _said(io, change, [_channel_object(one, people.get(one.id, 0)) for one in known]):
        places = {one.id: one.place for one in stops.of(book, event_id)}
        headings = [*([_("stop")] if places else []), _("channel"), _("code"), _("owner")]
        headings += [_("people"), _("cost")]
        headings += [_("reach"), _("clicks"), _("sign-ups")]
        links = any(one.link for one in known)
        headings += [_("link")] if links else []
        rows = [
            (
                *([places.get(one.stop_id or 0, "")] if places else []),
                *(one.called, one.code, one.owner, people.get(one.id, ""), _money(one.cents)),
                *("" if n is None else f"{n:,}" for n in (one.reach, one.clicks, one.signups)),
                *([one.link] if links else []),
            )
            for one in known
            if stop_id in (None, one.stop_id)
        ]
        io.table(headings, rows, whole=links)  # a link is to be copied
    return 0


def target(args: argparse.Namespace, io: Io) -> int:
    from opslog.domain.events.events import number_text
    from opslog.domain.events.measures import label
    from opslog.services.events import events, targets

    book = io.book()
    event_id = events.resolve(book, args.event)
    change = None
    if args.targets:
        change = targets.put(book, event_id, targets.read(args.targets))
    found = targets.of(book, event_id)
    if not _said(io, change, dict(found)):
        io.table(
            [_("what"), _("target")],
            [(label(name), number_text(value)) for name, value in found.items()],
        )
    return 0


def _said(io: Io, change: Change | None, document: object) -> bool:
    """Print what there is as JSON, or what was done; False where it is to be shown as a table."""
    if io.json_wanted:
        io.json(document)
    elif change is not None:
        io.done(change)
    return io.json_wanted or change is not None


def _typed(args: argparse.Namespace) -> Typed:
    from opslog.domain.base.amounts import read_change, read_number
    from opslog.services.reviews.figures import Typed

    read = [read_change(text) for text in args.change]
    return Typed(
        args.measure,
        None if args.value is None else read_number(args.value),
        args.against or "",
        next((percent for percent, _change in read if percent is not None), None),
        next((change for _percent, change in read if change is not None), None),
        args.source,
    )


def _money(cents: int | None) -> str:
    return "" if cents is None else yuan_text(cents)


def _yuan(cents: tuple[int | None, ...]) -> dict[str, float | None]:
    planned, spent = (None if one is None else one / 100 for one in cents)
    return {"planned": planned, "spent": spent}


def _figure_rows(one: Figure) -> list[tuple[object, ...]]:
    """A line for each thing it is held against; the figure itself stands on the first."""
    from opslog.domain.events.measures import label
    from opslog.domain.reviews import measures

    value = "" if one.value is None else measures.said(one.value)
    compared = [
        (
            measures.change_said(held.percent, held.change),
            measures.against_label(held.against),
            held.source or one.source,
        )
        for held in one.compared
    ]
    first, *more = compared or [("", Msg(""), one.source)]
    return [(label(one.measure), value, *first), *(("", "", *line) for line in more)]


def _figure_object(one: Figure) -> dict[str, object]:
    return {
        "measure": one.measure,
        "value": one.value,
        "source": one.source,
        "compared": [
            {
                "against": held.against,
                "change_percent": held.percent,
                "change": held.change,
                "source": held.source,
            }
            for held in one.compared
        ],
    }


def _channel_object(one: Channel, people: int) -> dict[str, object]:
    """``people`` is how many came onto the list by it, ``signups`` what was typed in."""
    named = {name: value for name, value in one._asdict().items() if name != "cents"}
    return {**named, "cost": None if one.cents is None else one.cents / 100, "people": people}


VERBS = {"cost": cost, "figure": figure, "channel": channel, "target": target}
