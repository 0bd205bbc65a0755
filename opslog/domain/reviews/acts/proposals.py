"""What to do otherwise at the next event of a kind, where the numbers carry it: each proposal says
how many it rests on, and none rests on fewer than stated here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from opslog.domain.base.rates import ENOUGH, Rate
from opslog.domain.base.sentences import labelled
from opslog.domain.dates.wording import from_day
from opslog.domain.events.plans.evidence import REMINDERS_BEFORE
from opslog.domain.events.plans.playbooks import Playbook, StepRule
from opslog.domain.reviews.acts.lateness import (
    Lateness,
    StepKept,
    WarmUp,
    calendar_days,
    over_events,
)
from opslog.domain.reviews.acts.playbook_changes import ADD, DAYS, LEAD, OUT, PlaybookChange
from opslog.domain.reviews.numbers import Number
from opslog.locale import N_, Msg, msg, nmsg, titled

PREFLIGHT = "preflight"  # the step that asks the five questions
NOT_REACHED = 5  # reminders that could not be made, at least
FEW_LEADS, GOOD_LEADS = 1, 3  # of a channel that brought hardly any, and of one that did better
LATE_WARM_UP = 2  # working days
MORE_ABSENT = 15  # points above the mean of the events before
LEFT_OPEN = 3  # of the five questions
LEAD_DAYS = 7  # so long before Today shows these then


class Offer(NamedTuple):
    """A proposal before anybody decided on it. ``key`` is the same whenever it is worked out."""

    key: str
    text: Msg
    reason: Msg
    change: PlaybookChange | None = None


def title(step: StepRule) -> Msg:
    return titled(step.title_en, step.title)


def of_steps(kept: Sequence[StepKept], playbook: Playbook) -> Iterator[Offer]:
    """Steps that were late in most events begin earlier; what was to go out by a channel and never
    did in most is taken out. The strongest first."""
    found = {step.key: over_events(kept, step.key, step.offset) for step in playbook.steps}

    def strength(step: StepRule) -> tuple[int, int]:
        lateness = found[step.key]
        return -len(lateness.late), -lateness.days

    for step in sorted(playbook.steps, key=strength):
        lateness = found[step.key]
        if lateness.days and step.phase == "before":
            yield earlier(step, lateness)
        if lateness.mostly_undone and step.channel and not step.evidence:
            yield taken_out(step, lateness)


def earlier(step: StepRule, lateness: Lateness) -> Offer:
    days = calendar_days(lateness.days)
    low, high = min(lateness.late), max(lateness.late)
    return Offer(
        f"late.{step.key}",
        nmsg(
            N_("{step}: begin {n} day earlier, {old} → {new}"),
            N_("{step}: begin {n} days earlier, {old} → {new}"),
            days,
            step=title(step),
            old=from_day(step.offset),
            new=from_day(step.offset - days),
        ),
        nmsg(
            N_("in {late} of {of} events {n} working day late"),
            N_("in {late} of {of} events {n} working days late"),
            high,
            late=len(lateness.late),
            of=lateness.of,
        )
        if low == high
        else msg(
            N_("in {late} of {of} events {low} to {high} working days late"),
            late=len(lateness.late),
            of=lateness.of,
            low=low,
            high=high,
        ),
        PlaybookChange(DAYS, step.key, step.offset - days),
    )


def taken_out(step: StepRule, lateness: Lateness) -> Offer:
    return Offer(
        f"out.{step.key}",
        msg(N_("{step}: take it out of the plan"), step=title(step)),
        msg(N_("in {n} of {of} events never done"), n=lateness.never, of=lateness.of),
        PlaybookChange(OUT, step.key, lines=(("zh", step.title), ("en", step.title_en))),
    )


def reminder_calls(numbers: Mapping[str, Number], playbook: Playbook) -> Iterator[Offer]:
    """Calls that could not all be made on one day are spread over two."""
    steps = [step for step in playbook.steps if step.evidence == REMINDERS_BEFORE]
    left = numbers.get("funnel.confirmed.left.not_called")
    valid = numbers.get("funnel.valid")
    whole = numbers.get("funnel.signed_up") if valid is None or valid.value is None else valid
    if left is None or whole is None or (left.value or 0) < NOT_REACHED or len(steps) != 1:
        return
    step = steps[0]
    yield Offer(
        "reminder-calls",
        msg(
            N_("Reminder calls on two days: {first}, {second}"),
            first=from_day(step.offset - 1),
            second=from_day(step.offset),
        ),
        msg(
            N_(
                "{of} calls are more than a day's work: {n} people were not called before the event"
            ),
            of=round(whole.value or 0),
            n=round(left.value or 0),
        ),
        PlaybookChange(
            ADD,
            step.key,
            lines=(
                ("id", f"{step.key}-early"),
                ("zh", "提醒电话先打一半"),
                ("en", "Reminder calls: the first half"),
                *(("phase", step.phase), ("days", step.offset - 1), ("clock", "10:00")),
                *(("channel", "phone"), ("until", "start-12h"), ("list", "form")),
                ("evidence", REMINDERS_BEFORE),
            ),
        ),
    )


def channels(numbers: Mapping[str, Number]) -> Iterator[Offer]:
    """A channel that brought many sign-ups and hardly a lead, beside the one that did best."""
    found: list[tuple[str, Msg, int, int]] = []
    for key, number in numbers.items():
        area, _dot, rest = key.partition(".")
        channel, _dot, measure = rest.rpartition(".")
        leads = numbers.get(f"channel.{channel}.leads")
        of_one = (area, measure) == ("channel", "signups") and channel != "none"
        if of_one and leads is not None and leads.value is not None:
            counts = round(number.value or 0), round(leads.value)
            found.append((channel, number.label, *counts))
    many = [one for one in found if one[2] >= ENOUGH]
    good = max(many, key=lambda one: (one[3] / one[2], one[2]), default=None)
    for channel, weak, signups, few in many:
        if few <= FEW_LEADS and good is not None and good[3] >= GOOD_LEADS:
            yield Offer(
                f"channel.{channel}",
                msg(N_("Less by {weak}, more by {good}"), weak=weak, good=good[1]),
                msg(
                    N_(
                        "{weak}: sign-ups {signups}, leads {leads}; {good}: sign-ups "
                        "{more_signups}, leads {more_leads}"
                    ),
                    weak=weak,
                    signups=signups,
                    leads=few,
                    good=good[1],
                    more_signups=good[2],
                    more_leads=good[3],
                ),
            )


def absent(now: Rate | None, before: Sequence[Rate], playbook: Playbook) -> Iterator[Offer]:
    """Many more than usual of those who had confirmed did not come: reminded once more. ``now``
    and ``before`` are those who came, of those who had confirmed."""
    came, of = sum(one.part for one in before), sum(one.of for one in before)
    step = next((step for step in playbook.steps if step.evidence == REMINDERS_BEFORE), None)
    if now is None or step is None or len(before) < 2 or min(now.of, of) < ENOUGH:
        return
    stayed, usual = 100 - now.percent, 100 - Rate(came, of).percent
    if stayed - usual < MORE_ABSENT:
        return
    yield Offer(
        "absent",
        msg(N_("One more reminder on the morning of the day, by SMS")),
        msg(
            N_("of {of} who had confirmed {n} did not come ({share}%, usually {usual}%)"),
            of=now.of,
            n=now.of - now.part,
            share=stayed,
            usual=usual,
        ),
        PlaybookChange(
            ADD,
            step.key,
            lines=(
                ("id", "remind-day-sms"),
                ("zh", "当天早上提醒：短信发给确认会来的人"),
                ("en", "Reminder on the morning: SMS to those who confirmed"),
                *(("phase", "day"), ("clock", "08:00"), ("channel", "sms")),
                *(("until", "start"), ("list", "form")),
            ),
        ),
    )


def warm_up(found: WarmUp | None, event: date) -> Iterator[Offer]:
    """The first round of promotion went out later than the plan wanted it."""
    if found is not None and found.went is not None and found.late >= LATE_WARM_UP:
        wanted, went = (from_day((one - event).days) for one in (found.wanted, found.went))
        yield Offer(
            "warm-up",
            msg(N_("The first round of promotion in time: {day}"), day=wanted),
            msg(N_("planned for {wanted}, it went out at {went}"), wanted=wanted, went=went),
        )


def questions(open_ones: int, of: int, playbook: Playbook) -> Iterator[Offer]:
    """The five questions that were left open are shown earlier."""
    step = playbook.step(PREFLIGHT)
    if open_ones < LEFT_OPEN or step is None or step.lead_days >= LEAD_DAYS:
        return
    yield Offer(
        "questions",
        msg(
            N_("{step}: in Today {n} days ahead, not {old}"),
            step=title(step),
            n=LEAD_DAYS,
            old=step.lead_days,
        ),
        msg(N_("{n} of {of} had no answer when the event began"), n=open_ones, of=of),
        PlaybookChange(LEAD, PREFLIGHT, LEAD_DAYS),
    )


def told(change: PlaybookChange, playbook: Playbook) -> Msg | None:
    """What a change makes of a playbook, in a sentence; None where the step is not in it."""
    step = playbook.step(change.step)
    if step is None:
        return None
    words, name = dict(change.lines), title(step)
    new = titled(str(words.get("en", "")), str(words.get("zh", "")))
    if change.kind == DAYS:
        days = {"old": from_day(step.offset), "new": from_day(change.value)}
        return labelled(name, Msg("{old} → {new}", days))
    if change.kind == LEAD:
        text = N_("{step}: in Today {old} days ahead → {new} days ahead")
        return msg(text, step=name, old=step.lead_days, new=change.value)
    if change.kind == ADD:
        when = [from_day(int(words.get("days", 0))), str(words.get("clock", ""))]
        text = N_("A new step after “{step}”: {new}, {day}")
        return msg(text, step=name, new=new, day=" ".join(filter(None, when)))
    if change.kind == OUT:
        return msg(N_("“{step}” is taken out of the plan"), step=name)
    return msg(N_("{step}: a line more on its checklist, “{line}”"), step=name, line=new)


def wording(change: PlaybookChange, step: Msg | None) -> Msg:
    """What an accepted change says of a plan that has it; ``step`` as it is called there, None of
    one that was taken out."""
    words = dict(change.lines)
    said = titled(str(words.get("en", change.step)), str(words.get("zh", "")))
    name = step or said
    if change.kind == ADD:
        return name
    if change.kind == DAYS:
        return Msg("{step} {day}", {"step": name, "day": from_day(change.value)})
    if change.kind == LEAD:
        return msg(N_("{step}, in Today {n} days ahead"), step=name, n=change.value)
    if change.kind == OUT:
        return msg(N_("without “{step}”"), step=name)
    return labelled(name, said)
