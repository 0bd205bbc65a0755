"""What is asked about a row of Today, by its kind; or why that is asked elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from opslog.domain.base.due import Due
from opslog.domain.base.refusal import Refused
from opslog.domain.today.wording import label
from opslog.locale import N_, msg
from opslog.services.book.drafts import Place
from opslog.services.daybook import follow_ups, tasks
from opslog.tui.daybook.capture import CaptureScreen
from opslog.tui.daybook.task import ask_task
from opslog.tui.events.plans.step_questions import edit_step, note_step
from opslog.tui.people.forms import ask_fields, ask_note, ask_tags
from opslog.tui.widgets.asking.prompt import Prompt

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host

OF_ITS_EVENT = N_("“{title}” follows from its event: F4, then e changes the event")
NO_TAGS = N_("“{title}” is about nobody known: tags belong to people, and to lines of the log")


async def edit(app: Host, due: Due) -> None:
    """A task or the line it came from, a step, the person promised a call."""
    if due.kind == "follow_up":
        log_id = follow_ups.line_of_follow_up(app.book, due.ref)
        if log_id is None:
            await ask_task(app, due.ref)
        else:
            CaptureScreen.over(app, log_id)
    elif due.kind == "step":
        await edit_step(app, due.ref)
    elif due.person_id is not None:
        await ask_fields(app, due.person_id)
    else:
        raise Refused(msg(OF_ITS_EVENT, title=label(due)))


async def note(app: Host, due: Due) -> None:
    """On a task, a step, or the person promised a call."""
    if due.kind == "step":
        await note_step(app, due.ref)
    elif due.kind == "follow_up":
        await _note_follow_up(app, due.ref)
    elif due.person_id is not None:
        await ask_note(app, due.person_id)
    else:
        raise Refused(msg(OF_ITS_EVENT, title=label(due)))


async def _note_follow_up(app: Host, ref: int) -> None:
    one = follow_ups.get(app.book, ref)
    await app.ask(
        Prompt(
            msg(N_("Note on: {text}"), text=one.text),
            lambda: follow_ups.get(app.book, ref).note,
            saves=lambda text: tasks.note(app.book, ref, text),
            where=Place("note", "task", ref),
        )
    )


async def tags(app: Host, dues: Sequence[Due]) -> None:
    """Of the people these are about; of those about nobody it is said."""
    people = [due.person_id for due in dues if due.person_id is not None]
    left = [msg(NO_TAGS, title=label(due)) for due in dues if due.person_id is None]
    if not people:
        raise Refused(left[0])
    await ask_tags(app, list(dict.fromkeys(people)), left)
