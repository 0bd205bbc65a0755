"""What an event was to bring, beside what it brought; and what that says in a sentence or two."""

from __future__ import annotations

from opslog.domain.events.events import MEASURE_LABELS, MEASURES, EventCard
from opslog.domain.reviews.counts.counting import Counts
from opslog.domain.reviews.counts.funnel import LABELS, Known
from opslog.domain.reviews.numbers import Number
from opslog.domain.reviews.pictures import Bar, Bars
from opslog.locale import N_, Msg, msg

# The stage of the funnel that a measure of a target counts.
STAGE_OF = {
    "reach": "reached",
    "signups": "signed_up",
    "confirmed": "confirmed",
    "attended": "came",
    "leads": "lead",
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
    order = [*MEASURES, *(one for one in event.targets if one not in MEASURES)]
    stages = {bar.number.key.partition(".")[2]: bar.number for bar in funnel.bars}
    bars = []
    for measure in order:
        if measure not in event.targets:
            continue
        key, name = f"targets.{measure}", label(measure)
        target = event.targets[measure]
        stage = stages.get(STAGE_OF.get(measure, measure))
        given = known.typed.get(measure)
        if stage is not None:
            same = counts.same(key, stage, label=name, of=None, of_label=None, part=None)
            number = same._replace(target=target, look=_look(same.value, target, begun))
        elif given is not None:
            look = _look(given.value, target, begun)
            number = Number(key, name, given.value, target=target, note=given.source, look=look)
        else:
            number = Number(key, name, None, target=target, why=msg(N_("nothing is typed in")))
        bars.append(Bar(number))
    if cost is not None:
        bars.append(cost)
    return Bars("targets", msg(N_("Aim and result")), tuple(bars)) if bars else None


def label(measure: str) -> Msg:
    """A measure, or a stage of the funnel, as it is called; one's own words as they are."""
    known = MEASURE_LABELS.get(measure) or LABELS.get(measure)
    return msg(known) if known else Msg("{text}", {"text": measure})


def _look(value: float | None, target: float, begun: bool) -> str:
    """What is to come may still be reached."""
    if value is None or (value < target and not begun):
        return ""
    return "good" if value >= target else "warn"
