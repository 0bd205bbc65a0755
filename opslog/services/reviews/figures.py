"""Figures from elsewhere, typed in: a number, what it changed by against something, its source.

The value of a measure is one, however many things it is held against. Reach, views and shares are
those of the event itself: what is typed in there is shown here, and the other way round.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import bracketed, listed
from opslog.domain.base.text import storable
from opslog.domain.events.events import EventCard
from opslog.domain.events.measures import MEASURE_LABELS, check_whole, label, measure_of
from opslog.domain.reviews import measures
from opslog.locale import N_, Msg, msg
from opslog.services.book.book import Book, Change
from opslog.services.events import events, targets
from opslog.store.reviews import figures as store


class Comparison(NamedTuple):
    """How a figure differs from what it is held ``against``: '' not said, else a name of
    domain.reviews.measures.AGAINST_LABELS or one's own words. ``percent`` -9.9: 9.9 % less."""

    against: str
    percent: float | None
    change: float | None
    source: str = ""
    at: datetime | None = None  # when it was typed in


class Figure(NamedTuple):
    """``value`` None: only how it changed is known."""

    measure: str
    value: float | None
    source: str = ""
    compared: tuple[Comparison, ...] = ()


class Typed(NamedTuple):
    """As a form or the shell has it. None, and a source of '': what stood there stays."""

    measure: str
    value: float | None = None
    against: str = ""
    percent: float | None = None
    change: float | None = None
    source: str = ""


def of(book: Book, event_id: int) -> list[Figure]:
    """In the order their measures were first typed in, each with all it is held against."""
    return of_card(book, events.get(book, event_id))


def of_card(book: Book, card: EventCard) -> list[Figure]:
    own: dict[str, int | None] = {name: getattr(card, name) for name in events.FIGURES}
    found = {name: Figure(name, value) for name, value in own.items() if value is not None}
    for measure, against, (value, percent, change, source), at in store.of(book.con, card.id):
        one = found.get(measure, Figure(measure, own.get(measure)))
        if value is not None:
            one = one._replace(value=value)
        if not against and source:
            one = one._replace(source=source)
        if percent is not None or change is not None:
            compared = Comparison(against, percent, change, source, at)
            one = one._replace(compared=(*one.compared, compared))
        found[measure] = one
    return list(found.values())


def put(book: Book, event_id: int, typed: Typed) -> Change:
    """Type a figure in, or how it changed against something, or both; a second time it replaces
    what stood there, which the label says. Refused without a measure or anything to say of it."""
    typed = _read(typed)
    held = Comparison(typed.against, typed.percent, typed.change, typed.source)
    own = "" if typed.value is None and _changed(typed) else typed.source
    compared = (held,) if _changed(typed) else ()
    return enter(book, event_id, Figure(typed.measure, typed.value, own, compared))


def enter(book: Book, event_id: int, figure: Figure, *, was: str = "") -> Change:
    """A figure with all it is held against. ``was``: its measure so far: then what is left empty is
    taken out; without it what is not said of a figure known already stays.

    Refused for a measure that another figure has, and where nothing is said of it.
    """
    event = events.get(book, event_id)
    figure, known = _checked(figure), {one.measure: one for one in of(book, event_id)}
    if was and was != figure.measure and figure.measure in known:
        said_so = msg(N_("“{figure}” is among the figures already"), figure=label(figure.measure))
        raise Refused(said_so, field="measure")
    before = known.get(was or figure.measure)
    whole = figure if was or before is None else _added(before, figure)
    text = _label(event.name, figure, before, whole=bool(was))
    gone = [] if was or before is None else _sources(before)
    if gone := [source for source in gone if source not in _sources(whole)]:
        went = N_("{text}; its source {source} went with the number before it")
        text = msg(went, text=text, source=listed(gone))
    with book.change(text) as change:
        if was and was != figure.measure:
            store.rename(book.con, event_id, was, figure.measure)
            own_words = was not in MEASURE_LABELS
            if own_words and was in event.targets and figure.measure not in event.targets:
                wanted = event.targets[was]  # what it was to come to goes along
                targets.put(book, event_id, {was: None, figure.measure: wanted})
        own: dict[str, int | None] = {was: None} if was in events.FIGURES else {}
        if figure.measure in events.FIGURES:
            own[figure.measure] = None if whole.value is None else int(whole.value)
        if own:
            events.set_figures(book, event_id, own)
        _write(book, event_id, whole)
    return change


def _added(before: Figure, more: Figure) -> Figure:
    """What is known of a figure and what is said of it now. A source is that of its number, and
    goes with it: another number has that which is said with it, or none."""
    value = before.value if more.value is None else more.value
    source = more.source or (before.source if before.value in (None, value) else "")
    compared = {one.against: one for one in before.compared}
    for one in more.compared:
        old = compared.get(one.against, one)
        percent = old.percent if one.percent is None else one.percent
        change = old.change if one.change is None else one.change
        same = old.percent in (None, percent) and old.change in (None, change)
        stays = old.source if same else ""
        if not one.against:  # it stands in the row of the figure
            stays = source
        compared[one.against] = Comparison(one.against, percent, change, one.source or stays)
    if "" in compared and not source:
        own = compared[""]
        compared[""] = own._replace(source="" if own in before.compared else own.source)
    return Figure(before.measure, value, source, tuple(compared.values()))


def _sources(one: Figure) -> list[str]:
    """Where its numbers come from, each once."""
    return [*dict.fromkeys(filter(None, (one.source, *(held.source for held in one.compared))))]


def remove(book: Book, event_id: int, measure: str, against: str | None = None) -> Change:
    """A figure with all it is held against, or one comparison. Refused where there is none."""
    event, measure = events.get(book, event_id), measure_of(measure)
    one = next((one for one in of(book, event_id) if one.measure == measure), None)
    held = None if against is None else measures.known_against(against)
    if one is None or (held is not None and held not in [c.against for c in one.compared]):
        raise Refused(
            msg(
                N_("No such figure of {event}: {figure}"),
                event=event.name,
                figure=_named(measure, held or ""),
            )
        )
    text = msg(
        N_("Taken out of the figures of {event}: {figure}"),
        event=event.name,
        figure=said(one) if held is None else _named(measure, held),
    )
    with book.change(text) as change:
        if held == "":
            store.delete_change(book.con, event_id, measure)
        else:
            all_of_it = _stood(book, event_id, measure)
            store.delete(book.con, event_id, measure, all_of_it if held is None else [held])
        if held is None and measure in events.FIGURES:
            events.set_figures(book, event_id, {measure: None})
    return change


def said(one: Figure) -> Msg:
    """``visitors 8,108 (-9.9% against the previous month)``."""
    named = Msg("{text}", {"text": label(one.measure)})
    if one.value is not None:
        named = msg(
            N_("{measure} {value}"),
            measure=label(one.measure),
            value=measures.said(one.value),
        )
    return bracketed(named, listed(map(compared_said, one.compared))) if one.compared else named


def compared_said(one: Comparison) -> Msg:
    changed = measures.change_said(one.percent, one.change)
    if not one.against:
        return Msg("{text}", {"text": changed})
    return msg(
        N_("{change} against {what}"), change=changed, what=measures.against_label(one.against)
    )


def _read(typed: Typed) -> Typed:
    against = storable(measures.known_against(typed.against))
    measure = storable(measure_of(typed.measure))
    if against and measure and not _changed(typed):
        raise Refused(
            msg(
                N_("{figure}: by how much did it change against that? -9.9%, or -19"),
                figure=label(measure),
            ),
            field="change",
        )
    return typed._replace(against=against, source=_line(typed.source))


def _checked(figure: Figure) -> Figure:
    measure = storable(measure_of(figure.measure))
    if not measure:
        raise Refused(msg(N_("Which figure? Name what it measures: visitors")), field="measure")
    if figure.value is None and not figure.compared:
        raise Refused(
            msg(
                N_("{figure}: type its value, or by how much it changed: 8,108, or -9.9%"),
                figure=label(measure),
            ),
            field="value",
        )
    check_whole(measure, figure.value or 0, "value")
    compared = tuple(
        one._replace(
            against=storable(measures.known_against(one.against)), source=_line(one.source)
        )
        for one in figure.compared
    )
    against = [one.against for one in compared]
    if twice := next((one for one in against if against.count(one) > 1), None):
        said = msg(
            N_("{figure} is held against {what} twice"),
            figure=label(measure),
            what=measures.against_label(twice),
        )
        raise Refused(said, field="change")
    return Figure(measure, figure.value, _line(figure.source), compared)


def _line(text: str) -> str:
    return storable(" ".join(text.split()))


def _changed(typed: Typed) -> bool:
    return typed.percent is not None or typed.change is not None


def _write(book: Book, event_id: int, figure: Figure) -> None:
    """Its rows: one of itself, one for each thing it is held against; those no more said go, those
    that say the same stay as they are."""
    value = None if figure.measure in events.FIGURES else figure.value
    rows: dict[str, store.Held] = {}
    if value is not None or figure.source:
        rows[""] = store.Held(value, None, None, figure.source)
    for one in figure.compared:
        own = not one.against
        source = figure.source or one.source if own else one.source
        rows[one.against] = store.Held(value if own else None, one.percent, one.change, source)
    stood = _stood(book, event_id, figure.measure)
    store.delete(book.con, event_id, figure.measure, [one for one in stood if one not in rows])
    changed = {against: row for against, row in rows.items() if stood.get(against) != row}
    store.write(book.con, event_id, figure.measure, changed, book.now())


def _stood(book: Book, event_id: int, measure: str) -> dict[str, store.Held]:
    """The rows of a measure by what each is held against."""
    rows = store.of(book.con, event_id)
    return {one.against: one.held for one in rows if one.measure == measure}


def _label(event: str, figure: Figure, before: Figure | None, *, whole: bool) -> Msg:
    """What is typed in, and what stood there: all of it, or what of it is typed anew."""
    now, stood = _bare(figure), _bare(before or Figure(figure.measure, None))
    if not whole:
        named = {one.against for one in now.compared}
        held = tuple(one for one in stood.compared if one.against in named)
        stood = Figure(now.measure, stood.value if now.value is not None else None, "", held)
    if (stood.value is None and not stood.compared) or stood == now:
        return msg(N_("Figure of {event}: {figure}"), event=event, figure=said(now))
    return msg(
        N_("Figure of {event}: {figure}; before: {before}"),
        event=event,
        figure=said(now),
        before=said(stood),
    )


def _bare(one: Figure) -> Figure:
    """Without where it comes from."""
    held = tuple(held._replace(source="", at=None) for held in one.compared)
    return Figure(one.measure, one.value, "", held)


def _named(measure: str, against: str) -> Msg:
    named = Msg("{text}", {"text": label(measure)})
    return bracketed(named, measures.against_label(against)) if against else named
