"""An organiser's invitation taken in by its file, after a look at what it would do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from opslog.domain.events.events import KIND_LABELS
from opslog.locale import N_, _, msg
from opslog.services.events import events, invitations
from opslog.services.events.invitations import Seen
from opslog.tui.events.wording import moment, move_lines, plan_summary, until
from opslog.tui.widgets.asking.prompt import Confirm, Prompt
from opslog.tui.widgets.text import Line, join, line

if TYPE_CHECKING:
    from opslog.services.book.book import Book
    from opslog.tui.widgets.host import Host


async def ask_for_invitation(host: Host) -> int | None:
    """Ask for the file, and go on with it; the event's id once it is taken in."""

    def read(words: str) -> Seen:
        return invitations.look(host.book, Path(words.strip().strip("'\"")).expanduser())

    title = msg(N_("The organiser's invitation (.ics)"))
    seen: Seen | None = await host.ask(Prompt(title, "", saves=read, where=None))
    return None if seen is None else await _take(host, seen)


async def take_in(host: Host, path: Path) -> int | None:
    """The invitation in a file. Raises Refused for what is none, or is out of date."""
    return await _take(host, invitations.look(host.book, path))


async def _take(host: Host, seen: Seen) -> int | None:
    """Show what it says and does, and take it in once confirmed; the event's id then."""
    question, yes = _asked(seen)
    sure = await host.ask(Confirm(question, _shown(host.book, seen), yes=yes, no=_("leave it")))
    change = host.do(lambda: invitations.take(host.book, seen)) if sure else None
    return change.made if change else None


def _asked(seen: Seen) -> tuple[str, str]:
    """The question, and the word for yes."""
    if seen.event_id is None:
        return _("Enter this event?"), _("enter it")
    if seen.invitation.cancelled:
        text = _("{event} is called off by its organiser. Cancel it?")
        return text.format(event=seen.draft.name), _("cancel the event")
    return _("A new version of {event}").format(event=seen.draft.name), _("take it in")


def _shown(book: Book, seen: Seen) -> list[Line]:
    said, draft = seen.invitation, seen.draft
    when = moment(book, said.starts_at)
    if said.ends_at is not None:
        when = f"{when}–{until(book, said.starts_at, said.ends_at)}"
    found = [
        line((draft.name, "strong"), "  ", (_(KIND_LABELS[draft.kind]), "muted")),
        join([(when, "strong"), (said.place, ""), (said.organiser, "muted")]),
        *(line((str(remark), "warn")) for remark in said.remarks),
    ]
    if seen.event_id is None:
        past = line((_("The event is in the past."), "warn"))
        found += [past] if draft.starts_at < book.now() else []
        return [*found, *plan_summary(book, events.preview_plan(book, draft))]
    if seen.preview is not None:
        before = moment(book, events.get(book, seen.event_id).row.starts_at)
        if before != moment(book, said.starts_at):
            found.insert(2, line((_("until now {when}").format(when=before), "muted")))
        found += move_lines(book, seen.preview)
    return found
