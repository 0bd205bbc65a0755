"""Who came of those who said so, who did not, and why."""

from __future__ import annotations

from opslog.domain.base.sentences import listed
from opslog.domain.calls.outcomes import Outcomes
from opslog.domain.reviews.counting import Counts
from opslog.domain.reviews.funnel import Stages
from opslog.domain.reviews.numbers import Number
from opslog.domain.reviews.people import Standing, came_of
from opslog.domain.reviews.pictures import Bar, Bars
from opslog.domain.screening.reasons import Reasons
from opslog.locale import N_, Msg, msg, nmsg


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
