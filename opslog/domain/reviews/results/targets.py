"""What an event was to bring, beside what it brought; and what that says in a sentence or two."""

from __future__ import annotations

from opslog.domain.events.events import EventCard
from opslog.domain.events.measures import MEASURE_LABELS, label
from opslog.domain.events.unknown import NOT_TYPED
from opslog.domain.reviews.counts.counting import Counts
from opslog.domain.reviews.counts.funnel import Known
from opslog.domain.reviews.numbers import Number
from opslog.domain.reviews.pictures import Bar, Bars
from opslog.locale import N_, msg

# The stage of the funnel that a measure of a target counts.
STAGE_OF = {
    "reach": "reached",
    "signups": "signed_up",
    "valid": "valid",
    "confirmed": "confirmed",
    "attended": "came",
    "contacted": "contacted",
    "answered": "answered",
    "interested": "interested",
    "leads": "lead",
    "mql": "mql",
    "sql": "sql",
    "handed_over": "handed_over",
    "customers": "won",
}


def targets(
    counts: Counts,
    funnel: Bars,
    event: EventCard,
    known: Known,
    cost: Bar | None,
    *,
    begun: bool,
) -> Bars | None:
    """Targets beside actuals, in the order of the measures; one's own, then the ``cost`` last.
    None without any."""
    order = [*MEASURE_LABELS, *(one for one in event.targets if one not in MEASURE_LABELS)]
    stages = {bar.number.key.partition(".")[2]: bar.number for bar in funnel.bars}
    bars = []
    for measure in order:
        if measure not in event.targets:
            continue
        key, called = f"targets.{measure}", label(measure)
        target = event.targets[measure]
        stage = stages.get(STAGE_OF.get(measure, ""))
        given = known.typed.get(measure)
        if stage is not None:
            same = counts.same(key, stage, label=called, of=None, of_label=None, part=None)
            number = same._replace(target=target, look=_look(same.value, target, begun))
        elif given is not None:
            look = _look(given.value, target, begun)
            number = Number(key, called, given.value, target=target, note=given.source, look=look)
        else:
            number = Number(key, called, None, target=target, why=msg(NOT_TYPED))
        bars.append(Bar(number))
    if cost is not None:
        bars.append(cost)
    return Bars("targets", msg(N_("Aim and result")), tuple(bars)) if bars else None


def _look(value: float | None, target: float, begun: bool) -> str:
    """What is to come may still be reached; against a target of 0 nothing is held."""
    if value is None or not target or (value < target and not begun):
        return ""
    return "good" if value >= target else "warn"
