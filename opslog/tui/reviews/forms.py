"""What is typed into a review: targets, costs, figures, channels, one's own words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from opslog.domain.base.amounts import read_change, read_number
from opslog.domain.base.money import yuan_text
from opslog.domain.base.refusal import Refused
from opslog.domain.events.channels import KIND_LABELS, Channel
from opslog.domain.events.events import number_text
from opslog.domain.events.measures import MEASURES, read_target
from opslog.domain.events.measures import label as measure_label
from opslog.domain.reviews import measures
from opslog.domain.reviews.pictures import Lines
from opslog.domain.reviews.results.targets import STAGE_OF
from opslog.domain.reviews.results.worth import Cost
from opslog.domain.reviews.review import Proposal, Review
from opslog.locale import N_, _, msg
from opslog.services.book.book import Book, Change
from opslog.services.book.drafts import Place
from opslog.services.events import events, stops, targets
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
# What figures are held against most often.
USUAL = {
    "previous_month": N_("± month before"),
    "same_month_last_year": N_("± year before"),
    "half_year_before": N_("± half-year before"),
    "half_year_after": N_("± half-year after"),
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
    if spot.key in ("targets.cost", "compared.spent"):
        return COST
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
        places = {one.id: one.place for one in stops.of(book, event_id)}
        return [
            str(channels.said(one, places.get(one.stop_id or 0, "")))
            for one in channels.of(book, event_id)
        ]
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

    def fields() -> list[Field]:
        now = events.get(book, event_id).targets
        return [
            Field(name, str(measure_label(name)), _number(now.get(name)), same_row=place % 2 == 1)
            for place, name in enumerate(names)
        ]

    def read(values: Values) -> Mapping[str, float | None]:
        return {name: read_target(name, values[name]) for name in names}

    await app.ask(
        Form(
            msg(N_("Targets of {event}"), event=event.name),
            fields,
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

    def fields() -> list[Field]:
        now = next((one for one in costs.of(book, event_id) if one.item == was.item), was)
        return [
            Field("item", _("item"), now.item, _("venue, catering, printing")),
            Field(costs.PLANNED, _("planned"), _money(now.planned), "20000, 2w"),
            Field(costs.SPENT, _("spent"), _money(now.spent), "18500", same_row=True),
        ]

    await app.ask(
        Form(
            msg(N_("Cost of {event}, in yuan"), event=event.name),
            fields,
            lambda values: costs.put(book, event_id, values["item"], read(values), was=was.item),
            _checked(read),
            where=_place(COST, event_id, at),
        )
    )


async def _figure(app: Host, event_id: int, at: int) -> None:
    """A figure, and all that it is held against: a place for each of the usual, then one's own."""
    book, event = app.book, events.get(app.book, event_id)
    known = figures.of(book, event_id)
    was = known[at] if 0 <= at < len(known) else figures.Figure("", None)
    held = {one.against: one for one in was.compared}
    own = [one for one in was.compared if one.against not in USUAL]

    def read(values: Values) -> figures.Figure:
        changes = [(key, values[key]) for key in USUAL]
        changes += [(values[f"against{n}"], values[f"change{n}"]) for n in range(len(own) + 1)]
        source, compared = values["source"], []
        for against, text in changes:
            if not text.strip():
                if against.strip() and against not in USUAL:
                    raise _no_change(against)
                continue
            before = held.get(measures.known_against(against))
            kept = before is not None and before.source != was.source
            compared.append(
                figures.Comparison(
                    against, *_change(text), before.source if before and kept else source
                )
            )
        value = values["value"].strip()
        return figures.Figure(
            values["measure"], read_number(value) if value else None, source, tuple(compared)
        )

    def fields() -> list[Field]:
        now = next((one for one in figures.of(book, event_id) if one.measure == was.measure), was)
        by = {one.against: one for one in now.compared}
        named = str(measure_label(was.measure)) if was.measure else ""
        return [
            Field("measure", _("figure"), named, _("visitors, page views, followers")),
            Field("value", _("value"), _value(now.value), "8,108, 6.1万", same_row=True),
            Field("source", _("source"), now.source),
            *(
                Field(key, _(label), _said(by.get(key)), "-9.9%, -19", same_row=n % 2 == 1)
                for n, (key, label) in enumerate(USUAL.items())
            ),
            *_others([*(by.get(one.against, one) for one in own), None]),
        ]

    await app.ask(
        Form(
            msg(N_("A figure of {event}, from elsewhere"), event=event.name),
            fields,
            lambda values: figures.enter(book, event_id, read(values), was=was.measure),
            _checked(read),
            where=_place(FIGURE, event_id, at),
        )
    )


def _others(own: Sequence[figures.Comparison | None]) -> Iterator[Field]:
    """What the operator holds it against, each a change and against what; the last is empty."""
    for n, one in enumerate(own):
        against = str(measures.against_label(one.against)) if one and one.against else ""
        yield Field(f"change{n}", _("± other"), _said(one), "-9.9%, -19")
        yield Field(f"against{n}", _("against"), against, _("the spring salon"), same_row=True)


def _said(held: figures.Comparison | None) -> str:
    return measures.change_said(held.percent, held.change) if held else ""


def _change(text: str) -> tuple[float | None, float | None]:
    """“-19, -7.3%” as percent and change."""
    percent, change = None, None
    for part in text.replace("，", ", ").split(", "):
        if part.strip():
            one, other = read_change(part)
            percent = one if one is not None else percent
            change = other if other is not None else change
    return percent, change


def _no_change(against: str) -> Refused:
    return Refused(msg(N_("By how much did it change against {what}? -9.9%, or -19"), what=against))


def _value(value: float | None) -> str:
    return "" if value is None else measures.said(value)


async def _channel(app: Host, event_id: int, at: int) -> None:
    book, event = app.book, events.get(app.book, event_id)
    known = channels.of(book, event_id)
    was = known[at] if 0 <= at < len(known) else Channel(0, "")
    kinds = [Choice("", _("not said")), *(Choice(k, _(label)) for k, label in KIND_LABELS.items())]
    places = [Choice(str(one.id), one.place) for one in stops.of(book, event_id)]
    every = [Choice("", _("the whole event")), *places]

    def fields() -> list[Field]:
        now = next((one for one in channels.of(book, event_id) if one.id == was.id), was)
        whose = [Field("stop", _("stop"), str(now.stop_id or ""), choices=every)] if places else []
        return [
            Field("label", _("channel"), now.label, _("Moments, Ms Wang's group")),
            Field("kind", _("kind"), now.kind, choices=kinds, same_row=True),
            Field("code", _("code"), now.code, _("as lists name it")),
            Field("owner", _("who"), now.owner, same_row=True),
            Field("link", _("link"), now.link),
            Field("cost", _("cost"), _money(now.cents), same_row=True),
            Field("reach", _("reach"), _count(now.reach)),
            Field("clicks", _("clicks"), _count(now.clicks), same_row=True),
            Field("signups", _("sign-ups"), _count(now.signups), same_row=True),
            *whose,
        ]

    await app.ask(
        Form(
            msg(N_("A channel of {event}"), event=event.name),
            fields,
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
            lambda: acts.parts(book, event_id)[max(at, 0)].note,
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
    """Which of its kind stands under the cursor, by the key of its number; -2 where that is not
    said."""
    event_id = review.event.id
    picture, _dot, name = spot.key.partition(".")
    keys: list[str] = []
    if kind == COST:
        return int(name) - 1 if name.isdecimal() else -2
    if kind == CHANNEL:
        name = name.partition(".")[0]
        keys = [str(one.id) for one in channels.of(book, event_id)]
    elif kind == FIGURE:
        if picture == "funnel":  # of who left before a stage the stage
            name = name.partition(".")[0]
        name = next((one for one, stage in STAGE_OF.items() if stage == name), name)
        keys = [one.measure for one in figures.of(book, event_id)]
    elif kind == NOTE:
        return _part(review, spot)
    else:
        return -1
    return keys.index(name) if name in keys else -2


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
