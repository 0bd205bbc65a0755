"""Figures from elsewhere, as they were typed in: each with what it is held against, and its
source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from opslog.domain.base.sentences import in_turn
from opslog.domain.events.measures import label
from opslog.domain.reviews import measures
from opslog.domain.reviews.numbers import COUNT, Number
from opslog.domain.reviews.pictures import Bar, Bars
from opslog.locale import N_, Msg, msg


class Held(NamedTuple):
    """How a figure differs from what it is held ``against``; ``said`` as ``-19, -7.3%``."""

    against: str
    said: str
    source: str


class From(NamedTuple):
    """A figure; ``value`` None: only how it changed is known."""

    measure: str
    value: float | None
    source: str
    held: Sequence[Held]


def figures(found: Sequence[From]) -> Bars | None:
    bars = []
    for one in found:
        changes = [_change(held) for held in one.held]
        if one.source and one.source not in [held.source for held in one.held]:
            changes.append(_source(one.source))
        said = in_turn(changes)
        note = said if changes else None
        why = None if one.value is not None else msg(N_("only the change: {what}"), what=said)
        bars.append(
            Bar(
                Number(
                    f"figures.{one.measure}",
                    label(one.measure),
                    one.value,
                    unit=COUNT,
                    note=note if why is None else None,
                    why=why,
                )
            )
        )
    return Bars("figures", msg(N_("From elsewhere")), tuple(bars)) if bars else None


def _change(held: Held) -> Msg:
    text = msg(
        N_("{change} against {what}"), change=held.said, what=measures.against_label(held.against)
    )
    if not held.against:
        text = Msg("{text}", {"text": held.said})
    return msg(N_("{text} ({source})"), text=text, source=held.source) if held.source else text


def _source(source: str) -> Msg:
    return msg(N_("source: {source}"), source=source)


def typed_in(source: str) -> Msg:
    """Beside a number that nobody counted."""
    return msg(N_("typed in, {source}"), source=source) if source else msg(N_("typed in"))
