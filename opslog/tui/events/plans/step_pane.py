"""One step of a plan, open beside a list: how far it is, why there, its checklist and note."""

from __future__ import annotations

from opslog.domain.events.events import AWAY, PINNED, PlanLine
from opslog.domain.events.plans.evidence import HowFar, closed_by_hand
from opslog.domain.events.plans.step_reasons import explain
from opslog.locale import N_, Msg, _, msg, ngettext
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.events.plans import steps
from opslog.services.reviews import owed
from opslog.tui.events.plans.checklist import told_item
from opslog.tui.events.wording import moment, state
from opslog.tui.widgets.drawing import progress
from opslog.tui.widgets.pane import titled, told
from opslog.tui.widgets.text import Line, join, line


def lines(book: Book, step_id: int, cells: int) -> list[Line]:
    """What is known of a step besides its time. Refused where it is gone."""
    return below(steps.step(book, step_id), cells)


def below(step: PlanLine, cells: int) -> list[Line]:
    """Its checklist and its note."""
    items = [row for item in step.items for row in told_item(item, cells)]
    done = sum(item.done_at is not None for item in step.items)
    return [
        *titled(_("Checklist"), items, f"{done}/{len(step.items)}"),
        *titled(_("Words"), told(step.words, cells) if step.words else []),
        *titled(_("Note"), told(step.note, cells) if step.note else []),
    ]


def head(book: Book, step: PlanLine, far: HowFar | None, cells: int) -> list[Line]:
    """What it is, when, how it stands and why it lies there."""
    word, look = state(book, step)
    shown = told(step.name, cells, "focal")
    by = " · ".join(str(one) for one in (step.channel_beside, _owes(step)) if one)
    shown.append(join([(moment(book, step.due_at), "strong"), (word, look), (by, "muted")], "  "))
    if far is not None:
        bar = progress(far.done, far.of, max(cells - 10, 10))
        shown += [(), (*bar, ("  ", ""), *line((f"{far.done}/{far.of}", "strong")))]
    return [
        *shown,
        *(row for text, look in about(book, step, far) for row in told(text, cells, look)),
    ]


def _owes(step: PlanLine) -> Msg | None:
    return step.owed_by and msg(N_("owed by {name}"), name=step.owed_by)


def about(book: Book, step: PlanLine, far: HowFar | None) -> list[tuple[str, str]]:
    """Why a step lies where it lies and how it stands, sentence by sentence with its look."""
    asleep = step.snoozed_until
    why = explain(step, book.clock.zone, own_kinds.workdays(book))
    found = [(str(why), "warn")] if why else []
    if said := closed_by_hand(step, far):
        found.append((str(said), "warn"))
    if step.done_at:
        found.append((_("done {when}").format(when=moment(book, step.done_at)), "good"))
    if asleep and asleep > book.now():
        when = moment(book, asleep)
        found.append((_("snoozed until {when}").format(when=when), "muted"))
    owes = [
        (str(one.said), "accent")
        for one in owed.of_event(book, step.event_id)
        if one.step == step.id
    ]
    return [*found, (offset(step), "muted"), *owes]


def offset(step: PlanLine) -> str:
    """Where the playbook puts a step, as a person says it."""
    if not step.event_id:
        return _from_its_day(step)
    if step.state == PINNED and AWAY not in step.why:
        return _("pinned: it stays when the event moves")
    if step.offset_months:
        text = ngettext(
            "{n} month after the event", "{n} months after the event", step.offset_months
        )
        return text.format(n=step.offset_months)
    if step.workdays < 0:
        text = ngettext(
            "{n} working day before the event",
            "{n} working days before the event",
            -step.workdays,
        )
        return text.format(n=-step.workdays)
    if step.workdays:
        text = ngettext(
            "{n} working day after the event", "{n} working days after the event", step.workdays
        )
        return text.format(n=step.workdays)
    if step.offset == 0:
        return _("on the day")
    days = abs(step.offset)
    if step.offset < 0:
        text = ngettext("{n} day before the event", "{n} days before the event", days)
    else:
        text = ngettext("{n} day after the event", "{n} days after the event", days)
    return text.format(n=days)


def _from_its_day(step: PlanLine) -> str:
    """Of a plan of the operator's own, where its playbook puts a step."""
    if step.state == PINNED:
        return _("set by hand")
    if step.offset_months:
        text = ngettext("{n} month on", "{n} months on", step.offset_months)
        return text.format(n=step.offset_months)
    if step.workdays:
        text = ngettext("{n} working day on", "{n} working days on", step.workdays)
        return text.format(n=step.workdays)
    if not step.offset:
        return _("on its own day")
    return ngettext("{n} day on", "{n} days on", step.offset).format(n=step.offset)
