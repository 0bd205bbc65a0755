"""Who came of those who said so, who did not, and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from opslog.domain.base.sentences import in_turn, listed
from opslog.domain.calls.outcomes import Outcomes
from opslog.domain.reports.figures import minutes_text
from opslog.domain.reviews.counts.counting import Counts
from opslog.domain.reviews.counts.funnel import Stages
from opslog.domain.reviews.counts.people import Standing, came_of
from opslog.domain.reviews.numbers import MINUTES, PERSON, Number
from opslog.domain.reviews.pictures import Bar, Bars
from opslog.domain.screening.reasons import Reasons
from opslog.locale import N_, Msg, msg, nmsg


class There(NamedTuple):
    """Of those who came: whom they brought along, of how many it is known when they came and how
    many of these were there in time, how many stayed for how many minutes in all."""

    guests: int
    timed: int
    in_time: int
    stayed: int
    minutes: int


def show_up(counts: Counts, stages: Stages, why: Msg | None, guests: int) -> Bars:
    """The two show-up rates, as the attendance list tells them: came of those who confirmed, and
    of those who signed up. Walk-ins and guests (whom those who came brought) stand beside."""
    heading = msg(N_("Show-up rate"))
    confirmed, signed_up = stages.holds["confirmed"], stages.holds["signed_up"]
    rates = (
        ("show_up.confirmed", N_("of those who said they come"), confirmed, N_("said they come")),
        ("show_up.signed_up", N_("of those who signed up"), signed_up, N_("signed up")),
    )
    if why is not None:
        return Bars(
            "show_up",
            heading,
            tuple(Bar(Number(key, msg(label), None, why=why)) for key, label, *_rest in rates),
        )
    bars = []
    for key, label, holds, of_label in rates:
        whole = counts.number(holds)
        number = counts.people(
            key,
            msg(label),
            came_of(holds),
            of=whole or None,
            of_label=msg(of_label),
        )
        if not whole:
            reason = msg(N_("nobody said so before") if holds is confirmed else N_("nobody did"))
            number = Number(key, msg(label), None, why=reason)
        bars.append(Bar(number))
    walk_ins = counts.number(lambda one: one.attended and not one.signed_up)
    beside = [
        *([nmsg(N_("{n} walk-in"), N_("{n} walk-ins"), walk_ins)] if walk_ins else []),
        *([nmsg(N_("{n} guest"), N_("{n} guests"), guests)] if guests else []),
    ]
    note = msg(N_("not counted here: {who}"), who=listed(beside)) if beside else None
    return Bars("show_up", heading, tuple(bars), note)


def with_typed(rates: Bars, came: Number) -> Bars:
    """Of ``show_up``, where who came is typed in: how many of those who signed up they are, as far
    as both are known of the same stops."""
    confirmed, counted = rates.bars
    number = counted.number
    if came.of is not None:
        number = came._replace(key=number.key, label=number.label, of_label=msg(N_("signed up")))
    elif number.value is not None:
        why = msg(N_("not known of the same stops"))
        number = Number(number.key, number.label, None, why=why)
    return rates._replace(bars=(confirmed, Bar(number)))


def with_times(
    counts: Counts, funnel: Bars, there: There, in_time: Callable[[], list[int]]
) -> Bars:
    """With who was there in time, and how long they stayed, beside those who came."""
    said, more = list[Msg](), list[Number]()

    def noted(number: Number) -> Number:
        return number._replace(note=in_turn([*([number.note] if number.note else []), *said]))

    if there.timed:
        label = msg(N_("there by the start"))
        more.append(
            counts.rows("funnel.in_time", label, PERSON, there.in_time, in_time)._replace(
                of=there.timed, of_label=msg(N_("of whom it is known"))
            )
        )
        text = N_("{n} of {of} there by the start")
        said.append(msg(text, n=there.in_time, of=there.timed))
    if there.stayed:
        mean = there.minutes / there.stayed
        label = msg(N_("stayed, on average"))
        more.append(Number("funnel.minutes", label, mean, unit=MINUTES))
        text = N_("{minutes} on average, of {n} known")
        said.append(msg(text, minutes=minutes_text(round(mean)), n=there.stayed))
    if not more:
        return funnel
    return funnel._replace(
        bars=tuple(
            bar._replace(number=noted(bar.number), more=tuple(more))
            if bar.number.key == "funnel.came" and bar.number.value is not None
            else bar
            for bar in funnel.bars
        )
    )


def not_coming(counts: Counts, stages: Stages, outcomes: Outcomes) -> Bars | None:
    """Why people did not come: who declined when reminded, and who said that they come and did
    not, by the reason they gave last. None where there is nobody."""

    def declined(one: Standing) -> bool:
        return one.signed_up and not one.attended and stages.declined(one)

    def absent(one: Standing) -> bool:
        return stages.holds["confirmed"](one) and stages.absent(one)

    def reason(one: Standing) -> tuple[str, Msg]:
        said = one.talk.reason
        return said or "none", outcomes.reason(said) if said else msg(N_("gave no reason"))

    def either(one: Standing) -> bool:
        return declined(one) or absent(one)

    had_said = msg(N_("had said they come"))
    among = {one.key: one for one in counts.grouped("not_coming.absent", absent, reason)}
    bars = []
    for number in counts.grouped("not_coming", either, reason):
        name = number.key.partition(".")[2]
        more = among.get(f"not_coming.absent.{name}")
        bars.append(Bar(number, more=(more._replace(label=had_said),) if more else ()))
    if not bars:
        return None
    columns = (msg(N_("in all")), had_said)
    return Bars("not_coming", msg(N_("Why people did not come")), tuple(bars), columns=columns)


def dropped(counts: Counts, reasons: Reasons) -> Bars | None:
    """Who was dropped from the list by now, by reason; None where nobody was."""

    def why(one: Standing) -> tuple[str, Msg]:
        code = one.dropped or ""
        return code or "none", reasons.title(code) if code else msg(N_("without a reason"))

    found = counts.grouped("dropped", lambda one: one.signed_up and not one.valid, why)
    whole = counts.number(lambda one: one.signed_up)
    if not found:
        return None
    label = msg(N_("signed up"))
    bars = tuple(Bar(number._replace(of=whole, of_label=label)) for number in found)
    return Bars("dropped", msg(N_("Dropped from the list")), bars)
