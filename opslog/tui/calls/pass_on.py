"""Who goes to colleagues: declined, or handed over; to be copied or exported."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from textual import work
from textual.widget import Widget

from opslog.domain.answers.questions import CONCERNED
from opslog.domain.base.sentences import listed
from opslog.domain.calls.queue import PassOn
from opslog.domain.dates.wording import past_moment
from opslog.domain.people.phones import display
from opslog.locale import N_, _, ngettext, nmsg
from opslog.services.book.contributions import Scope
from opslog.services.calls import feedback
from opslog.services.calls.attendance import guests
from opslog.services.calls.feedback import Feedback
from opslog.tui.calls.feedback import ask_colleague, ask_told, copy
from opslog.tui.frame.navigation import open_screen
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.frame.shown import Shown
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.lists.rows import Cell, Column, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.text import line

_KEYS = ("item.mark", "item.copy", "item.done", "feedback")
SAID = "said"  # before whom it concerns, in the key of a row of answers


class PassOnScreen(Base[None]):
    """Newest first. ``y`` copies the marked lines, or all, as text for a chat."""

    HELP = N_(
        "People who declined a reminder or were handed over. y copies the marked ones, or all, as "
        "lines for a message to colleagues; d says who was told, and takes them off this list; x "
        "writes the calls to a file."
    )
    BINDINGS = bind(*_KEYS, show=_KEYS)

    def __init__(self, event_id: int | None = None) -> None:
        super().__init__()
        self._event_id = event_id
        self._people: dict[tuple[int, str], PassOn] = {}
        self._said: dict[Hashable, list[Feedback]] = {}

    def body(self) -> Iterable[Widget]:
        yield WindowList(
            [
                Column(_("When"), width=11),
                Column(_("Name"), flex=2),
                Column(_("Company"), flex=3),
                Column(_("Phone"), width=17),
                Column(_("Outcome"), flex=3),
                Column(_("Event"), flex=3, least=100),
            ],
            header=True,
            empty=[
                line((_("Nobody to pass on yet."), "strong")),
                line(
                    ("2", "key"),
                    "  ",
                    _("on a reminder (not coming) puts somebody here, and so does a hand-over"),
                ),
            ],
            id="people",
        )

    @property
    def rows(self) -> WindowList:
        return self.query_one("#people", WindowList)

    def on_mount(self) -> None:
        self.rows.focus()
        self.refresh_rows({})

    def anew(self) -> PassOnScreen:
        return PassOnScreen(self._event_id)

    def export_shown(self) -> Shown:
        attempts = {key: one.id for key, one in self._people.items()}
        marked = [id for key, id in attempts.items() if key in self.rows.marked]
        return Shown("calls", Scope(self._event_id, [*attempts.values()]), marked)

    def refresh_rows(self, touched: Touched) -> None:
        found = guests.pass_on(self.book, self._event_id)
        self._people = {(one.card_id, one.outcome.id): one for one in found}
        waits = feedback.waiting(self.book, self._event_id)
        self._said = {(SAID, concerns): said for concerns, said in waits.items()}
        rows = [Row(key, self._cells(one)) for key, one in self._people.items()]
        rows += [Row((SAID, whom), self._answers(whom, said)) for whom, said in waits.items()]
        self.rows.set_rows(rows)

    def _cells(self, one: PassOn) -> tuple[Cell, ...]:
        why = " · ".join(str(part) for part in (one.outcome, one.reason, one.note) if str(part))
        return (
            line((past_moment(one.at, self.book.clock.zone, self.book.today()), "muted")),
            one.person or _("(no name)"),
            line((one.company, "muted")),
            display(one.phone) if one.phone else "",
            why,
            line((one.event, "muted")),
        )

    def _answers(self, concerns: str, said: Sequence[Feedback]) -> tuple[Cell, ...]:
        """What was said and nobody was told of, a row for each whom it concerns."""
        newest = max(one.answer.at for one in said)
        events = dict.fromkeys(one.answer.event for one in said)
        number = ngettext("{n} answer", "{n} answers", len(said)).format(n=len(said))
        return (
            line((past_moment(newest, self.book.clock.zone, self.book.today()), "muted")),
            _("for {whom}").format(whom=_(CONCERNED[concerns])),
            "",
            "",
            number,
            line((str(listed(filter(None, events))), "muted")),
        )

    def action_feedback(self) -> None:
        open_screen(self.app, "feedback", self._event_id)

    def action_mark(self) -> None:
        self.rows.toggle_mark()

    def action_copy(self) -> None:
        if (said := self._said.get(self.rows.selected)) and not self.rows.marked:
            copy(self.host, said)
            return
        keys = [key for key in self._people if not self.rows.marked or key in self.rows.marked]
        if not keys:
            self.say(_("Nobody to copy"))
            return
        self.app.copy_to_clipboard("\n".join(pass_on_text(self._people[key]) for key in keys))
        self.say(ngettext("Copied {n} line", "Copied {n} lines", len(keys)).format(n=len(keys)))

    @work(group="ask")
    async def action_done(self) -> None:
        """Who was told of the marked ones, or of this one."""
        chosen = self.rows.chosen()
        if said := [one for key in chosen for one in self._said.get(key, ())]:
            await ask_told(self.host, said)
        people = [self._people[key] for key in chosen if key in self._people]
        if said and not people:
            return
        if not people:
            self.say(_("Nobody to pass on"), "warn")
            return
        number = len(people)
        title = nmsg(N_("Who was told of {n} person?"), N_("Who was told of {n} people?"), number)
        await ask_colleague(self.host, title, lambda name: guests.tell(self.book, people, name))


def pass_on_text(one: PassOn) -> str:
    """``王志刚，总经理，万科，138 0013 8000：不来（出差），《上海沙龙》``, by tabs for a sheet."""
    said = (
        one.person,
        one.title,
        one.company,
        display(one.phone) if one.phone else "",
        str(one.outcome),
        str(one.reason),
        one.note,
        one.event,
    )
    return "\t".join(" ".join(part.split()) for part in said)
