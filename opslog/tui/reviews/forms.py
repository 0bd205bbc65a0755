"""What is typed into a review: targets, costs, figures, channels, one's own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from opslog.domain.base.amounts import read_change, read_number
from opslog.domain.base.money import yuan_text
from opslog.domain.events.channels import KIND_LABELS, Channel
from opslog.domain.events.events import number_text
from opslog.domain.events.measures import MEASURES, read_target
from opslog.domain.events.measures import label as measure_label
from opslog.domain.reviews import measures
from opslog.domain.reviews.pictures import Lines
from opslog.domain.reviews.results.worth import Cost
from opslog.domain.reviews.review import Proposal, Review
from opslog.locale import N_, _, msg
from opslog.services.book.book import Book, Change
from opslog.services.book.drafts import Place
from opslog.services.events import events, targets
from opslog.services.reviews import acts, channels, costs, figures
from opslog.tui.reviews.drawn import Spot
from opslog.tui.widgets.asking.form import Field, Form, Values
from opslog.tui.widgets.asking.prompt import Choice, Choose, Prompt
from opslog.tui.widgets.text import Line

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host

TARGETS, COST, FIGURE, CHANNEL, NOTE, ACT = "targets", "cost", "figure", "channel", "note", "act"
# What there is to be typed in, and of which pictures each is.
NAMES = {
    TARGETS: N_("Targets"),
    COST: N_("Costs, planned and spent"),
    CHANNEL: N_("Channels"),
    FIGURE: N_("Figures from elsewhere"),
    NOTE: N_("Own words on aim, plan, do, check, act"),
    ACT: N_("What was learned, in own words"),
}
OF_PICTURE = {
    **dict.fromkeys(("funnel", "show_up", "targets"), TARGETS),
    **dict.fromkeys(("costs", "worth"), COST),
    **dict.fromkeys(("channels", "curve"), CHANNEL),
    **dict.fromkeys(("figures", "compared"), FIGURE),
    "pdca": NOTE,
    "next_time": ACT,
}


def kind_of(spot: Spot) -> str | None:
    """What is typed in of what stands under the cursor; None where nothing is."""
    number = spot.number
    if spot.picture == "funnel" and number is not None and not number.kind:
        return FIGURE
    return OF_PICTURE.get(spot.picture)


async def which(app: Host) -> str | None:
    """What is to be typed in."""
    choices = [Choice(kind, _(name)) for kind, name in NAMES.items()]
    found: str | None = await app.ask(Choose(_("What do you want to type in?"), choices))
    return found


async def enter(app: Host, event_id: int, kind: str, at: int = -1) -> None:
    """Ask for one of them: the one at this place, a new one (-1), or of those there are one is
    chosen first (-2). Only inside a worker."""
    if kind == TARGETS:
        await _targets(app, event_id)
        return
    if at == -2:
        known = _known(app, event_id, kind)
        if known or kind == NOTE:
            choices = [Choice(str(n), name) for n, name in enumerate(known)]
            more = [] if kind == NOTE else [Choice("-1", _("A new one"))]
            chosen = await app.ask(Choose(_(NAMES[kind]), [*choices, *more]))
            if chosen is None:
                return
            at = int(chosen)
        else:
            at = -1
    await _FORMS[kind](app, event_id, at)


def _known(app: Host, event_id: int, kind: str) -> list[str]:
    """Those there are, by name."""
    book = app.book
    if kind == COST:
        return [str(costs.said(one)) for one in costs.of(book, event_id)]
    if kind == FIGURE:
        return [str(figures.said(one)) for one in figures.of(book, event_id)]
    if kind == CHANNEL:
        return [str(channels.said(one)) for one in channels.of(book, event_id)]
    if kind == NOTE:
        return [_(name) for name in acts.PARTS.values()]
    return []


def _place(kind: str, event_id: int, at: int) -> Place:
    """Where it is taken up again when it was not entered."""
    return Place(f"enter('{kind}',{at})", "event_review", event_id)


def _money(cents: int | None) -> str:
    return "" if cents is None else yuan_text(cents)


def _count(value: int | None) -> str:
    return "" if value is None else str(value)


def _checked(read: Callable[[Values], object]) -> Callable[[Values], Sequence[Line]]:
    """Refuses while it is typed what could not be saved."""

    def check(values: Values) -> Sequence[Line]:
        read(values)
        return []

    return check


async def _targets(app: Host, event_id: int) -> None:
    book, event = app.book, events.get(app.book, event_id)
    names = [*dict.fromkeys((*MEASURES, *event.targets))]

    def read(values: Values) -> Mapping[str, float | None]:
        return {name: read_target(name, values[name]) for name in names}

    await app.ask(
        Form(
            msg(N_("Targets of {event}"), event=event.name),
            [
                Field(
                    name,
                    str(measure_label(name)),
                    _number(event.targets.get(name)),
                    same_row=place % 2 == 1,
                )
                for place, name in enumerate(names)
            ],
            lambda values: targets.put(book, event_id, read(values)),
            _checked(read),
            where=_place(TARGETS, event_id, -1),
        )
    )


def _number(value: float | None) -> str:
    return "" if value is None else number_text(value)


async def _cost(app: Host, event_id: int, at: int) -> None:
    book, event = app.book, events.get(app.book, event_id)
    known = costs.of(book, event_id)
    was = known[at] if 0 <= at < len(known) else Cost("")

    def read(values: Values) -> dict[str, int | None]:
        return {name: costs.read(values[name], name) for name in (costs.PLANNED, costs.SPENT)}

    await app.ask(
        Form(
            msg(N_("Cost of {event}, in yuan"), event=event.name),
            [
                Field("item", _("item"), was.item, _("venue, catering, printing")),
                Field(costs.PLANNED, _("planned"), _money(was.planned), "20000, 2w"),
                Field(costs.SPENT, _("spent"), _money(was.spent), "18500", same_row=True),
            ],
            lambda values: costs.put(book, event_id, values["item"], read(values), was=was.item),
            _checked(read),
            where=_place(COST, event_id, at),
        )
    )


async def _figure(app: Host, event_id: int, at: int) -> None:
    """A figure, and one thing that it is held against."""
    book, event = app.book, events.get(app.book, event_id)
    known = figures.of(book, event_id)
    was = known[at] if 0 <= at < len(known) else figures.Figure("", None)
    held = was.compared[0] if was.compared else None
    change = measures.change_said(held.percent, held.change) if held else ""

    def read(values: Values) -> figures.Typed:
        percent, more = None, None
        for part in values["change"].replace("，", ", ").split(", "):
            if part.strip():
                one, other = read_change(part)
                percent, more = one if one is not None else percent, other or more
        value = values["value"].strip()
        return figures.Typed(
            values["measure"],
            read_number(value) if value else None,
            values["against"],
            percent,
            more,
            values["source"],
        )

    await app.ask(
        Form(
            msg(N_("A figure of {event}, from elsewhere"), event=event.name),
            [
                Field(
                    "measure",
                    _("figure"),
                    str(measure_label(was.measure)) if was.measure else "",
                    _("visitors, page views, followers"),
                ),
                Field("value", _("value"), _value(was.value), "8,108, 6.1万", same_row=True),
                Field("change", _("change"), change, "-9.9%, -19"),
                Field(
                    "against",
                    _("against"),
                    str(measures.against_label(held.against)) if held and held.against else "",
                    _("the previous month"),
                    same_row=True,
                ),
                Field("source", _("source"), was.source or (held.source if held else "")),
            ],
            lambda values: figures.put(book, event_id, read(values)),
            _checked(read),
            where=_place(FIGURE, event_id, at),
        )
    )


def _value(value: float | None) -> str:
    return "" if value is None else measures.said(value)


async def _channel(app: Host, event_id: int, at: int) -> None:
    book, event = app.book, events.get(app.book, event_id)
    known = channels.of(book, event_id)
    was = known[at] if 0 <= at < len(known) else Channel(0, "")
    kinds = [Choice("", _("not said")), *(Choice(k, _(label)) for k, label in KIND_LABELS.items())]
    await app.ask(
        Form(
            msg(N_("A channel of {event}"), event=event.name),
            [
                Field("label", _("channel"), was.label, _("Moments, Ms Wang's group")),
                Field("kind", _("kind"), was.kind, choices=kinds, same_row=True),
                Field("code", _("code"), was.code, _("as lists name it")),
                Field("owner", _("who"), was.owner, same_row=True),
                Field("link", _("link"), was.link),
                Field("cost", _("cost"), _money(was.cents), same_row=True),
                Field("reach", _("reach"), _count(was.reach)),
                Field("clicks", _("clicks"), _count(was.clicks), same_row=True),
                Field("signups", _("sign-ups"), _count(was.signups), same_row=True),
            ],
            lambda values: channels.put(book, event_id, channels.read(values), was.id or None),
            _checked(channels.read),
            where=_place(CHANNEL, event_id, at),
        )
    )


async def _note(app: Host, event_id: int, at: int) -> None:
    book, event = app.book, events.get(app.book, event_id)
    one = acts.parts(book, event_id)[max(at, 0)]
    await app.ask(
        Prompt(
            msg(N_("{part}, {event}"), part=one.heading, event=event.name),
            one.note,
            saves=lambda text: acts.note(book, event_id, one.part, text),
            where=_place(NOTE, event_id, at),
            placeholder=str(one.known),
        )
    )


async def _act(app: Host, event_id: int, at: int) -> None:
    book, event = app.book, events.get(app.book, event_id)
    await app.ask(
        Prompt(
            msg(N_("What was learned from {event}?"), event=event.name),
            saves=lambda text: acts.add(book, event_id, text),
            where=_place(ACT, event_id, at),
            placeholder=_("one sentence: what to do otherwise next time"),
        )
    )


_FORMS = {COST: _cost, FIGURE: _figure, CHANNEL: _channel, NOTE: _note, ACT: _act}


def place(book: Book, review: Review, kind: str, spot: Spot) -> int:
    """Which of its kind stands under the cursor; -2 where that is not said."""
    event_id, words = review.event.id, str(spot.number.label) if spot.number else ""
    if kind == COST:
        names = [one.item for one in costs.of(book, event_id)]
    elif kind == FIGURE:
        names = [str(measure_label(one.measure)) for one in figures.of(book, event_id)]
    elif kind == CHANNEL:
        names = [str(one.called) for one in channels.of(book, event_id)]
    elif kind == NOTE:
        return _part(review, spot)
    else:
        return -1
    return names.index(words) if words in names else -2


def _part(review: Review, spot: Spot) -> int:
    """Of ATM-PDCA each part begins with its heading, and may go on in further lines."""
    picture = review.picture(spot.picture)
    _key, _dot, row = spot.key.partition(".")
    if not isinstance(picture, Lines) or not row.isdecimal():
        return -2
    return sum(bool(str(head)) for head, _text in picture.lines[: int(row) + 1]) - 1


def removes(
    book: Book, event_id: int, kind: str, at: int, proposal: Proposal | None
) -> Callable[[], Change] | None:
    """What takes out the one at this place; None where there is none."""
    if proposal is not None and proposal.act_id is not None:
        act_id = proposal.act_id
        return lambda: acts.remove(book, act_id)
    if at < 0:
        return None
    if kind == COST:
        item = costs.of(book, event_id)[at].item
        return lambda: costs.remove(book, event_id, item)
    if kind == FIGURE:
        measure = figures.of(book, event_id)[at].measure
        return lambda: figures.remove(book, event_id, measure)
    if kind == CHANNEL:
        channel_id = channels.of(book, event_id)[at].id
        return lambda: channels.remove(book, event_id, channel_id)
    return None
