"""What an event brought, in words somebody would say: the result, then the likeliest why.

The why is said only where the numbers carry it: a target was missed, and of one thing alone more
people were lost than were lacking. A share of fewer than twenty never stands alone (base.rates).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from opslog.domain.base.sentences import listed
from opslog.domain.events.events import EventCard, quantity_text
from opslog.domain.reviews.counts.counting import Counts
from opslog.domain.reviews.counts.funnel import Stages
from opslog.domain.reviews.counts.people import ANSWERED, NOT_TRIED, TRIED, Holds, both, came_of
from opslog.domain.reviews.numbers import Number
from opslog.domain.reviews.pictures import Bars
from opslog.domain.reviews.results.targets import STAGE_OF
from opslog.domain.rosters.rosters import WAITING, WITHDRAWN
from opslog.locale import N_, Msg, msg, nmsg

_SAID: dict[str, Callable[[int], Msg]] = {
    "reached": lambda n: nmsg(N_("{n} was reached"), N_("{n} were reached"), n),
    "signed_up": lambda n: nmsg(N_("{n} person signed up"), N_("{n} people signed up"), n),
    "came": lambda n: nmsg(N_("{n} person came"), N_("{n} people came"), n),
    "lead": lambda n: nmsg(N_("{n} lead"), N_("{n} leads"), n),
    "won": lambda n: nmsg(N_("{n} customer won"), N_("{n} customers won"), n),
}
FEW = 3  # fewer explain nothing
_CHIEF = ("came", "lead", "won")  # said where there is no target, too


def verdict(
    event: EventCard, counts: Counts, stages: Stages, funnel: Bars, *, begun: bool
) -> tuple[Msg, ...]:
    """One sentence or two."""
    if event.row.cancelled_at is not None:
        return (msg(N_("The event was cancelled; what had come of it by then stands here.")),)
    if not begun:
        return (msg(N_("The event is still to come; this is how it stands.")),)
    numbers = {bar.number.key.partition(".")[2]: bar.number for bar in funnel.bars}
    measure_of = {stage: measure for measure, stage in STAGE_OF.items()}
    said = []
    for stage in _SAID:
        number = numbers[stage]
        target = event.targets.get(measure_of[stage])
        wanted = target is not None or (stage in _CHIEF and (number.value or stage == "came"))
        if number.value is not None and wanted:
            said.append(_result(stage, number, target))
    if not said:
        number = numbers["signed_up"]
        stage = "signed_up" if number.value is not None else "reached"
        if numbers[stage].value is not None:
            said = [_result(stage, numbers[stage], None)]
    if not said:
        return (msg(N_("Nothing is known yet of what it brought: no list, no figures.")),)
    first = msg(N_("{what}."), what=_in_clauses(said))
    why = _why(event, counts, stages, numbers)
    return (first, why) if why is not None else (first,)


def _in_clauses(said: list[Msg]) -> Msg:
    return listed(said, N_("{first}; {second}"))


def _result(stage: str, number: Number, target: float | None) -> Msg:
    value = round(number.value or 0)
    text = _SAID[stage](value)
    if target is None:
        return text
    if value > target > 0:
        over = quantity_text(value - target)
        return msg(N_("{what}, {n} more than the target"), what=text, n=over)
    if value == target:
        return msg(N_("{what}, just the target"), what=text)
    return msg(N_("{what}, the target was {n}"), what=text, n=quantity_text(target))


def _why(
    event: EventCard, counts: Counts, stages: Stages, numbers: Mapping[str, Number]
) -> Msg | None:
    """Of those who are lacking: at the event, else among the leads."""
    came, wanted = numbers["came"].value, event.targets.get("attended", 0)
    signed_up = numbers["signed_up"].value
    if came is not None and came < wanted:
        lacking = round(wanted - came)
        if signed_up is not None and signed_up < wanted:
            return nmsg(
                N_("The {n} person lacking had not even signed up: {signed_up} did."),
                N_("The {n} people lacking had not even signed up: {signed_up} did."),
                lacking,
                signed_up=round(signed_up),
            )
        if not stages.reminded or (what := _largest(_before(counts, stages), lacking)) is None:
            return None
        return nmsg(
            N_("The {n} person lacking was mostly lost here: {what}."),
            N_("The {n} people lacking were mostly lost here: {what}."),
            lacking,
            what=what,
        )
    leads, wanted = numbers["lead"].value, event.targets.get("leads", 0)
    aimed = "leads" in event.targets or "customers" in event.targets
    if leads is None and aimed and signed_up is not None and not stages.called_back:
        return msg(N_("Nobody was called back yet."))
    if leads is not None and leads < wanted and numbers["contacted"].value is not None:
        lacking = round(wanted - leads)
        if (what := _largest(_after(counts), lacking)) is not None:
            return nmsg(
                N_("The {n} lead lacking was mostly lost here: {what}."),
                N_("The {n} leads lacking were mostly lost here: {what}."),
                lacking,
                what=what,
            )
    return None


def _largest(causes: Iterable[tuple[int, Msg]], lacking: int) -> Msg | None:
    """The one that alone accounts for more than half of what is lacking."""
    lost, what = max(causes, key=lambda cause: cause[0])
    return None if lost < max(FEW, lacking / 2) else what


def _before(counts: Counts, stages: Stages) -> Iterator[tuple[int, Msg]]:
    """How many did not come for one cause, and what is said of it."""
    causes: tuple[tuple[Holds, Callable[[int, int], Msg]], ...] = (
        (lambda one: not (one.reminder or one.state in (WITHDRAWN, WAITING)), _not_called),
        (stages.unanswered, _unanswered),
        (stages.declined, _declined),
        (stages.holds["confirmed"], _confirmed),
    )
    for holds, said in causes:
        valid = both(stages.holds["valid"], holds)
        number, came = counts.number(valid), counts.number(came_of(valid))
        yield number - came, said(number, came)


def _not_called(n: int, came: int) -> Msg:
    return nmsg(
        N_("{n} was not called before the event, of these {came} came"),
        N_("{n} were not called before the event, of these {came} came"),
        n,
        came=came,
    )


def _unanswered(n: int, came: int) -> Msg:
    return nmsg(
        N_("{n} did not pick up before the event, of these {came} came"),
        N_("{n} did not pick up before the event, of these {came} came"),
        n,
        came=came,
    )


def _declined(n: int, came: int) -> Msg:
    return nmsg(
        N_("{n} declined when called, of these {came} came"),
        N_("{n} declined when called, of these {came} came"),
        n,
        came=came,
    )


def _confirmed(n: int, came: int) -> Msg:
    return nmsg(
        N_("{n} said they come, of these {came} came"),
        N_("{n} said they come, of these {came} came"),
        n,
        came=came,
    )


def _after(counts: Counts) -> Iterator[tuple[int, Msg]]:
    """How many who came are no leads for one cause, and what is said of it."""

    def number(holds: Holds) -> int:
        return counts.number(both(lambda one: one.attended and not one.lead, holds))

    n = number(lambda one: one.talk.back == NOT_TRIED)
    yield (
        n,
        nmsg(N_("{n} came and was not called back"), N_("{n} came and were not called back"), n),
    )
    n = number(lambda one: TRIED <= one.talk.back < ANSWERED)
    yield (
        n,
        nmsg(
            N_("{n} came and did not answer the call-back"),
            N_("{n} came and did not answer the call-back"),
            n,
        ),
    )
    n = number(lambda one: one.talk.interested)
    yield (
        n,
        nmsg(
            N_("{n} was interested and is not noted as a lead"),
            N_("{n} were interested and are not noted as leads"),
            n,
        ),
    )
