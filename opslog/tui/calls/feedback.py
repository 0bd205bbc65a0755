"""What customers said, by whom it concerns: to be copied, exported, and noted as passed on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from textual import work
from textual.containers import Horizontal
from textual.widget import Widget

from opslog.domain.answers.questions import CONCERNED
from opslog.locale import N_, Msg, _, ngettext, nmsg
from opslog.services.book.book import Change
from opslog.services.book.contributions import Scope
from opslog.services.calls import feedback
from opslog.services.calls.attendance import guests
from opslog.services.calls.feedback import PASSED_ON, Feedback
from opslog.services.events import events
from opslog.tui.calls.actions import FEEDBACK
from opslog.tui.frame.navigation import open_screen
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.frame.shown import Shown
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.asking.prompt import Prompt
from opslog.tui.widgets.host import Host
from opslog.tui.widgets.lists.lines_view import Pane, ToldLines
from opslog.tui.widgets.lists.rows import Cell, Column, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.text import Line, cut_line, line, wrap

_KEYS = (*FEEDBACK, "item.mark", "item.copy", "item.done")


class FeedbackScreen(Base[None]):
    """By whom it concerns and by question; ``y`` copies the marked, or all, as text."""

    HELP = N_(
        "What was answered on calls, by whom it concerns. Tab shows what is for one of them alone; "
        "y copies the marked ones, or all, with their counts as text for a message; d says who was "
        "told, and takes them off; o shows what was passed on, too; x writes the answers to a file."
    )
    BINDINGS = bind(*_KEYS, "item.open", show=_KEYS)
    DEFAULT_CSS = "FeedbackScreen #about { height: 1; }"

    def __init__(self, event_id: int | None = None, concerns: str | None = None) -> None:
        super().__init__()
        self._event_id, self._concerns, self._told = event_id, concerns, False
        self._said: dict[int, Feedback] = {}

    def body(self) -> Iterable[Widget]:
        yield ToldLines(self._about, id="about")
        with Horizontal():
            yield WindowList(
                [
                    Column(_("Concerns"), width=12),
                    Column(_("Question"), flex=4),
                    Column(_("Answer"), flex=3),
                    Column(_("Name"), flex=2),
                ],
                header=True,
                empty=self._empty(),
                id="said",
            )
            yield Pane(self._text_beside)

    def _empty(self) -> list[Line]:
        return [
            line((_("Nothing is waiting to be passed on."), "strong")),
            line(("e", "key"), "  ", _("on a card of Calls takes answers; they stand here")),
            line(("o", "key"), "  ", _("shows what was passed on already")),
        ]

    @property
    def rows(self) -> WindowList:
        return self.query_one("#said", WindowList)

    def on_mount(self) -> None:
        self.rows.focus()
        self.refresh_rows({})

    def anew(self) -> FeedbackScreen:
        fresh = FeedbackScreen(self._event_id, self._concerns)
        fresh._told = self._told
        return fresh

    def export_shown(self) -> Shown:
        marked = [key for key in self._said if key in self.rows.marked]
        return Shown("answers", Scope(self._event_id, [*self._said]), marked)

    def refresh_rows(self, touched: Touched) -> None:
        if touched and not {"answer", "told", "person", "event"} & touched.keys():
            return
        found = feedback.gathered(self.book, self._event_id, self._concerns, told=self._told)
        self._said = {one.answer.id: one for one in found}
        self.rows.set_rows([Row(key, self._cells(one)) for key, one in self._said.items()])
        for view in self.query(ToldLines):
            view.rebuild()

    def _cells(self, one: Feedback) -> tuple[Cell, ...]:
        answer = one.answer
        said = line(str(answer.text))
        if one.told:
            said = line(("✓ ", "good"), (one.told, "muted"), "  ") + said
        return (
            line((_(CONCERNED[answer.question.concerns]), "muted")),
            line((str(answer.question.title), "muted")),
            said,
            answer.person or answer.company or _("(no name)"),
        )

    def _about(self, cells: int, _rows: int) -> list[Line]:
        """Of which event, and how many wait for each."""
        waits = feedback.number_waiting(self.book, self._event_id)
        of = _("all events")
        if self._event_id is not None:
            of = events.get(self.book, self._event_id).row.name
        parts: list[tuple[str, str]] = [(f" {of}", "strong")]
        for concerns in PASSED_ON:
            look = "accent" if concerns == self._concerns else "muted"
            parts.append((f"   {_(CONCERNED[concerns])} {waits.get(concerns, 0)}", look))
        return [cut_line(line(*parts), cells)]

    def _text_beside(self, cells: int, _rows: int) -> list[Line]:
        """What ``y`` copies."""
        text = feedback.text(self._chosen())
        return [line(row) for part in text.splitlines() for row in wrap(part, cells)]

    def _chosen(self) -> Sequence[Feedback]:
        """The marked ones, else all."""
        marked = self.rows.marked
        return [one for key, one in self._said.items() if not marked or key in marked]

    def action_whom(self) -> None:
        """All, then what is for one of them alone."""
        turn = (None, *PASSED_ON)
        self._concerns = turn[(turn.index(self._concerns) + 1) % len(turn)]
        self.rows.marked = set()
        self.refresh_rows({})

    def action_told(self) -> None:
        self._told = not self._told
        self.refresh_rows({})

    def action_mark(self) -> None:
        self.rows.toggle_mark()
        for view in self.query(Pane):
            view.rebuild()

    def action_open(self) -> None:
        key = self.rows.selected
        if isinstance(key, int) and key in self._said:
            open_screen(self.app, "person", self._said[key].answer.person_id)

    def action_copy(self) -> None:
        copy(self.host, self._chosen())

    @work(group="ask")
    async def action_done(self) -> None:
        """Who was told of the marked ones, or of all that are shown."""
        await ask_told(self.host, [one for one in self._chosen() if not one.told])


def copy(host: Host, said: Sequence[Feedback]) -> None:
    """As text for a message."""
    if not said:
        host.say(_("Nothing to copy"))
        return
    host.screen.app.copy_to_clipboard(feedback.text(said))
    number = len(said)
    host.say(ngettext("Copied {n} answer", "Copied {n} answers", number).format(n=number))


async def ask_told(host: Host, said: Sequence[Feedback]) -> None:
    """Who was told of these answers; only inside a worker."""
    if not said:
        host.say(_("Everything here was passed on"), "warn")
        return
    title = nmsg(N_("Who was told of {n} answer?"), N_("Who was told of {n} answers?"), len(said))
    await ask_colleague(host, title, lambda name: feedback.tell(host.book, said, name))


async def ask_colleague(host: Host, title: Msg, tell: Callable[[str], Change]) -> None:
    """Who was told: typed, or one told before by a number; only inside a worker."""
    names = guests.told_before(host.book)

    def told(text: str) -> None:
        name = guests.colleague(text, names)
        host.do(lambda: tell(name))

    numbered = _("a name or a group, or a number from above")
    placeholder = numbered if names else _("a name, a group or a department")
    await host.ask(Prompt(title, saves=told, where=None, offers=names, placeholder=placeholder))
