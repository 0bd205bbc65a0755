"""The questions about one step of a plan, from whatever screen it stands on. Only in a worker."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from opslog.domain.base.refusal import Refused
from opslog.domain.events.events import CHANNEL_LABELS, LINK, WORDS, YES_NO, PlanItem, PlanLine
from opslog.domain.events.kinds import CHANNELS
from opslog.locale import N_, Msg, _, msg
from opslog.services.book import new_times
from opslog.services.book.book import Change
from opslog.services.book.drafts import Place
from opslog.services.book.new_times import NewTime
from opslog.services.events import events
from opslog.services.events import form as event_form
from opslog.services.events.plans import step_changes, steps
from opslog.tui.events.wording import moment
from opslog.tui.widgets.asking.form import Field, Form, Values
from opslog.tui.widgets.asking.new_time import ask_new_time, question
from opslog.tui.widgets.asking.prompt import Choice, Prompt
from opslog.tui.widgets.text import Line, line

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host

_ASKS = {YES_NO: N_("yes or no, or words"), WORDS: N_("in words"), LINK: N_("a link")}


async def new_step(app: Host, event_id: int) -> int | None:
    """A step of the operator's own; its id once it is saved."""
    book = app.book
    start = events.get(book, event_id).row.starts_at

    def read(values: Values) -> datetime:
        return event_form.read_moment(book, values["on"], start, near=start)

    def preview(values: Values) -> list[Line]:
        when = read(values)
        said = steps.new_step_warning(book, event_id, when)
        warned = [line((str(said), "warn"))] if said else []
        return [line((moment(book, when), "strong")), *warned]

    form = Form(
        msg(N_("New step")),
        [
            Field("title", _("what is to be done")),
            Field("on", _("when"), placeholder=_("+1d, 12-03 10:00, next wed")),
        ],
        lambda values: steps.add_step(book, event_id, values["title"], read(values)),
        preview,
        where=Place("new", "event", event_id),
    )
    change: Change | None = await app.ask(form)
    return change.made if change else None


async def edit_step(app: Host, step_id: int) -> None:
    """What it is in this plan alone; another moment pins it."""
    book = app.book
    step = steps.step(book, step_id)
    channels = dict.fromkeys(("", step.channel, *CHANNELS))

    def read(values: Values) -> step_changes.StepDraft:
        lead = values["lead"].strip() or "0"
        if not lead.isdecimal():
            raise Refused(msg(N_("“{text}” is no whole number"), text=lead))
        return step_changes.StepDraft(
            values["title"],
            event_form.read_moment(book, values["on"], step.due_at, near=step.due_at),
            values["note"],
            values["words"],
            values["channel"],
            values["owner"],
            int(lead[:4]),
        )

    def fields() -> list[Field]:
        now = steps.step(book, step_id)
        due = f"{now.due_at.astimezone(book.clock.zone):%Y-%m-%d %H:%M}"
        owner, ways = step_changes.draft_of(now).owner, [Choice(k, _channel(k)) for k in channels]
        return [
            Field("title", _("what is to be done"), now.name),
            Field("on", _("when"), due, "+1d, 12-03 10:00, 下周三", replaced=True),
            Field("channel", _("channel"), now.channel, choices=ways, same_row=True),
            Field("owner", _("owed by"), owner, _("a colleague; empty: yourself")),
            Field("lead", _("days ahead on Today"), str(now.lead_days), same_row=True),
            Field("words", _("words"), now.words, _("what goes out by it")),
            Field("note", _("note"), now.note),
        ]

    def preview(values: Values) -> list[Line]:
        when = read(values).due_at
        if when.replace(second=0) == step.due_at.replace(second=0):
            return [line((moment(book, when), "muted"))]
        warning = steps.move_warning(book, step_id, when)
        pinned = line((moment(book, when), "strong"), "  ", (_("pinned there"), "muted"))
        return [pinned, *([line((str(warning), "warn"))] if warning else [])]

    await app.ask(
        Form(
            msg(N_("Change the step")),
            fields,
            lambda values: step_changes.change(book, step_id, read(values)),
            preview,
            where=Place("edit", "step", step_id),
        )
    )


def _channel(key: str) -> str:
    return _(CHANNEL_LABELS[key]) if key in CHANNEL_LABELS else key or _("none")


async def give_up_step(app: Host, step: PlanLine) -> None:
    """Not to be done, for a reason that is asked for."""
    await app.ask(
        Prompt(
            msg(N_("Give up “{step}”: why?"), step=step.label),
            step.dropped_why,
            saves=lambda text: step_changes.give_up(app.book, step.id, text),
            where=Place("give_up", "step", step.id),
        )
    )


async def note_step(app: Host, step_id: int) -> None:
    """The note on it, as one line."""
    step = steps.step(app.book, step_id)
    await app.ask(
        Prompt(
            msg(N_("Note on: {step}"), step=step.name),
            lambda: steps.step(app.book, step_id).note,
            saves=lambda text: steps.note_step(app.book, step_id, text),
            where=Place("note", "step", step_id),
        )
    )


async def answer_item(app: Host, item: PlanItem) -> Change | None:
    """The answer to one line, typed; yes and no have a number too."""
    last = steps.last_answer(app.book, item.id) if not item.answer else ""
    shown = item._replace(answer=last).told if last else ""
    change: Change | None = await app.ask(
        Prompt(
            msg(N_("{item} ({what})"), item=item.label, what=msg(_ASKS[item.kind])),
            item.told,
            saves=lambda text: steps.answer_item(app.book, item.id, text),
            where=None,
            offers=(_("yes"), _("no")) if item.kind == YES_NO else (),
            placeholder=_("last time: {answer}").format(answer=shown) if shown else "",
        )
    )
    return change


async def move_step(app: Host, step: PlanLine) -> None:
    """To another time: it is pinned there."""
    book = app.book

    def read(text: str) -> NewTime:
        return new_times.read(book, text, step.due_at)

    def meaning(text: str) -> tuple[str, Msg | None]:
        new = read(text)
        return moment(book, new.at), new.moved

    def warnings(text: str) -> list[Msg]:
        said = steps.move_warning(book, step.id, read(text).at)
        return [] if said is None else [said]

    await ask_new_time(
        app,
        question(step.name, moment(book, step.due_at)),
        meaning,
        warnings,
        lambda text: steps.move_step(book, step.id, read(text).at),
        Place("reschedule", "step", step.id),
    )
