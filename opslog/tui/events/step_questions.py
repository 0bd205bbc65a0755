"""The questions about one step of a plan, from whatever screen it stands on. Only in a worker."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from opslog.domain.events.events import LINK, WORDS, YES_NO, PlanItem, PlanLine
from opslog.locale import N_, Msg, _, msg
from opslog.services.book import new_times
from opslog.services.book.book import Change
from opslog.services.book.drafts import Place
from opslog.services.book.new_times import NewTime
from opslog.services.events import events, steps
from opslog.services.events import form as event_form
from opslog.tui.events.wording import moment
from opslog.tui.widgets.asking.form import Field, Form, Values
from opslog.tui.widgets.asking.new_time import ask_new_time, question
from opslog.tui.widgets.asking.prompt import Prompt
from opslog.tui.widgets.text import Line, line

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host

_ASKS = {YES_NO: N_("yes or no, or words"), WORDS: N_("in words"), LINK: N_("a link")}


async def new_step(app: Host, event_id: int) -> int | None:
    """A step of the operator's own; its id once it is saved."""
    book = app.book
    start = events.get(book, event_id).row.starts_at

    def read(values: Values) -> datetime:
        return event_form.read_moment(book, values["on"], start)

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
    """Its words, its moment and its note; another moment pins it."""
    book = app.book
    step = steps.step(book, step_id)
    local = step.due_at.astimezone(book.clock.zone)

    def read(values: Values) -> datetime:
        return event_form.read_moment(book, values["on"], step.due_at)

    def preview(values: Values) -> list[Line]:
        when = read(values)
        if when.replace(second=0) == step.due_at.replace(second=0):
            return [line((moment(book, when), "muted"))]
        warning = steps.move_warning(book, step_id, when)
        pinned = line((moment(book, when), "strong"), "  ", (_("pinned there"), "muted"))
        return [pinned, *([line((str(warning), "warn"))] if warning else [])]

    await app.ask(
        Form(
            msg(N_("Change the step")),
            [
                Field("title", _("what is to be done"), step.name),
                Field(
                    "on",
                    _("when"),
                    f"{local:%Y-%m-%d %H:%M}",
                    "+1d, 12-03 10:00, 下周三",
                    replaced=True,
                ),
                Field("note", _("note"), step.note),
            ],
            lambda values: steps.edit_step(
                book, step_id, values["title"], read(values), values["note"]
            ),
            preview,
            where=Place("edit", "step", step_id),
        )
    )


async def note_step(app: Host, step_id: int) -> None:
    """The note on it, as one line."""
    step = steps.step(app.book, step_id)
    await app.ask(
        Prompt(
            msg(N_("Note on: {step}"), step=step.name),
            step.note,
            saves=lambda text: steps.note_step(app.book, step_id, text),
            where=Place("note", "step", step_id),
        )
    )


async def answer_item(app: Host, item: PlanItem) -> Change | None:
    """The answer to one line, typed; yes and no have a number too."""
    change: Change | None = await app.ask(
        Prompt(
            msg(N_("{item} ({what})"), item=item.label, what=msg(_ASKS[item.kind])),
            item.told,
            saves=lambda text: steps.answer_item(app.book, item.id, text),
            where=None,
            offers=(_("yes"), _("no")) if item.kind == YES_NO else (),
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
