"""What to say before a step is put where it makes no sense: past its event, onto a day off."""

from __future__ import annotations

from datetime import datetime

from opslog.domain.dates.wording import short_day
from opslog.domain.events.events import PlanLine
from opslog.domain.events.plans.planning import Present, Span
from opslog.domain.events.plans.step_reasons import joined
from opslog.locale import N_, Msg, msg


def step_move_warning(step: PlanLine, event: Span, when: datetime, present: Present) -> Msg | None:
    """Why ``when`` is no good place for ``step``; None where nothing speaks against it.

    By the rules that plans are made by (see ``planning``): what prepares an event comes before
    it and what follows it after it, both on a working day; a step of the day itself stays on it.
    """
    today = present.today
    day = when.astimezone(present.zone).date()
    first = event.start.astimezone(present.zone).date()
    last = event.end.astimezone(present.zone).date()
    said: list[Msg] = []
    if step.phase == "before" and when >= event.start:
        text = N_("the event begins {day}, and this is to be done before it")
        said.append(msg(text, day=short_day(first, today)))
    elif step.phase == "after" and when < event.end:
        text = N_("the event ends {day}, and this is to be done after it")
        said.append(msg(text, day=short_day(last, today)))
    elif step.phase == "day" and not first <= day <= last:
        text = N_("the event is {day}, and this belongs to the day itself")
        said.append(msg(text, day=short_day(first, today)))
    on_the_day = step.phase == "day" and first <= day <= last
    off = None if on_the_day else day_off_warning(when, present)
    return joined([*said, *([] if off is None else [off])])


def day_off_warning(when: datetime, present: Present) -> Msg | None:
    """All that speaks against a day where no event is near."""
    day = when.astimezone(present.zone).date()
    if present.workdays.is_workday(day):
        return None
    return msg(N_("{day} is a day off"), day=short_day(day, present.today))


def new_step_warning(step: PlanLine, event: Span, present: Present) -> Msg | None:
    """What to say of a step of the operator's own: past, behind its event, on a day off.

    Only who writes it knows whether it prepares the event, so where it comes after is said.
    """
    today, said = present.today, []
    if step.due_at < present.now:
        day = step.due_at.astimezone(present.zone).date()
        said.append(msg(N_("{when} is past"), when=short_day(day, today)))
    if step.phase == "after":
        last = short_day(event.end.astimezone(present.zone).date(), today)
        said.append(msg(N_("the event ends {day}, this comes after it"), day=last))
    warning = step_move_warning(step, event, step.due_at, present)
    return joined([*said, *([] if warning is None else [warning])])
