"""Figures from elsewhere, typed in: a number, what it changed by against something, its source.

The value of a measure is one, however many things it is held against. Reach, views and shares are
those of the event itself: what is typed in there is shown here, and the other way round.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import bracketed, listed
from opslog.domain.base.text import storable
from opslog.domain.events.measures import check_whole, label, measure_of
from opslog.domain.reviews import measures
from opslog.locale import N_, Msg, msg
from opslog.services.book.book import Book, Change
from opslog.services.events import events


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
    card = events.get(book, event_id)
    own: dict[str, int | None] = {name: getattr(card, name) for name in events.FIGURES}
    found = {name: Figure(name, value) for name, value in own.items() if value is not None}
    for row in book.con.execute(
        "SELECT measure, value, against, change_percent, change, source, at FROM figure"
        " WHERE event_id=? ORDER BY id",
        (event_id,),
    ):
        measure, value, against, percent, change, source, at = row
        one = found.get(measure, Figure(measure, own.get(measure)))
        if value is not None:
            one = one._replace(value=value)
        if not against and source:
            one = one._replace(source=source)
        if percent is not None or change is not None:
            compared = Comparison(against, percent, change, source, instant_of(at))
            one = one._replace(compared=(*one.compared, compared))
        found[measure] = one
    return list(found.values())


def put(book: Book, event_id: int, typed: Typed) -> Change:
    """Type a figure in, or how it changed against something, or both; a second time it replaces
    what stood there, which the label says. Refused without a measure or anything to say of it."""
    event = events.get(book, event_id)
    typed = _read(typed)
    before = next((one for one in of(book, event_id) if one.measure == typed.measure), None)
    with book.change(_label(event.name, typed, before)) as change:
        own = typed.measure in events.FIGURES
        if typed.value is not None and own:
            events.set_figures(book, event_id, {typed.measure: int(typed.value)})
        elif typed.value is not None:
            _write(book, event_id, typed._replace(against="", percent=None, change=None))
        if _changed(typed) or (own and typed.source):
            _write(book, event_id, typed._replace(value=None))
    return change


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
    label = msg(
        N_("Taken out of the figures of {event}: {figure}"),
        event=event.name,
        figure=said(one) if held is None else _named(measure, held),
    )
    with book.change(label) as change:
        if held == "":
            book.con.execute(
                "UPDATE figure SET change_percent=NULL, change=NULL"
                " WHERE event_id=? AND measure=? AND against=''",
                (event_id, measure),
            )
        else:
            book.con.execute(
                "DELETE FROM figure WHERE event_id=?1 AND measure=?2"
                " AND (?3 IS NULL OR against=?3)",
                (event_id, measure, held),
            )
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
    measure = storable(measure_of(typed.measure))
    if not measure:
        raise Refused(msg(N_("Which figure? Name what it measures: visitors")), field="measure")
    if typed.value is None and not _changed(typed):
        raise Refused(
            msg(
                N_("{figure}: type its value, or by how much it changed: 8,108, or -9.9%"),
                figure=label(measure),
            ),
            field="value",
        )
    if typed.against and not _changed(typed):
        raise Refused(
            msg(
                N_("{figure}: by how much did it change against that? -9.9%, or -19"),
                figure=label(measure),
            ),
            field="change",
        )
    check_whole(measure, typed.value or 0, "value")
    return typed._replace(
        measure=measure,
        against=storable(measures.known_against(typed.against)),
        source=storable(" ".join(typed.source.split())),
    )


def _changed(typed: Typed) -> bool:
    return typed.percent is not None or typed.change is not None


def _write(book: Book, event_id: int, typed: Typed) -> None:
    """The row of a measure and what it is held against; what is not typed stays."""
    key = (event_id, typed.measure, typed.against)
    row = book.con.execute(
        "SELECT value, change_percent, change, source FROM figure"
        " WHERE event_id=? AND measure=? AND against=?",
        key,
    ).fetchone()
    stood = tuple(row) if row else (None, None, None, "")
    typed_in = (typed.value, typed.percent, typed.change, typed.source or None)
    now = tuple(old if new is None else new for old, new in zip(stood, typed_in, strict=True))
    if row and now == stood:
        return
    book.con.execute(
        "INSERT INTO figure(event_id, measure, against, value, change_percent, change, source, at)"
        " VALUES (?,?,?,?,?,?,?,?) ON CONFLICT(event_id, measure, against) DO UPDATE SET"
        " value=excluded.value, change_percent=excluded.change_percent, change=excluded.change,"
        " source=excluded.source, at=excluded.at",
        (*key, *now, instant_text(book.now())),
    )


def _label(event: str, typed: Typed, before: Figure | None) -> Msg:
    """What is typed in, and what of it stood there otherwise."""
    now = Figure(typed.measure, typed.value)
    if _changed(typed):
        held = Comparison(typed.against, typed.percent, typed.change)
        now = now._replace(compared=(held,))
    stood = Figure(typed.measure, None)
    if before is not None:
        held_so = (one for one in before.compared if now.compared and one.against == typed.against)
        compared = tuple(one._replace(source="", at=None) for one in held_so)
        stood = Figure(typed.measure, before.value if now.value is not None else None, "", compared)
    if (stood.value is None and not stood.compared) or stood == now:
        return msg(N_("Figure of {event}: {figure}"), event=event, figure=said(now))
    return msg(
        N_("Figure of {event}: {figure}; before: {before}"),
        event=event,
        figure=said(now),
        before=said(stood),
    )


def _named(measure: str, against: str) -> Msg:
    named = Msg("{text}", {"text": label(measure)})
    return bracketed(named, measures.against_label(against)) if against else named
