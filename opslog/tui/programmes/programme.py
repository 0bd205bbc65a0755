"""One programme: what came of its steps, and the people in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual import on, work
from textual.containers import Horizontal
from textual.widget import Widget

from opslog.domain.dates.wording import near_day
from opslog.domain.people.naming.names import short_company
from opslog.domain.programmes.programme import Programme
from opslog.locale import N_, _
from opslog.services.book.contributions import Scope
from opslog.services.programmes import enrolling, held, members, programmes, rates
from opslog.services.programmes.held import Holding, why_left
from opslog.services.programmes.members import Member
from opslog.services.programmes.timetable import Timetable
from opslog.tui.frame.navigation import open_screen
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.frame.shown import Shown
from opslog.tui.programmes import asking, programme_lines, verbs, words
from opslog.tui.programmes.actions import PEOPLE, PROGRAMMES
from opslog.tui.programmes.programmes import SHOWN
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.asking.prompt import NEW, Choice, Choose
from opslog.tui.widgets.drawing import spread
from opslog.tui.widgets.lists.lines_view import ToldLines
from opslog.tui.widgets.lists.paged_rows import WindowRows
from opslog.tui.widgets.lists.rows import Column, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.text import Line, line

_KEYS = ("item.open", "item.mark", *PEOPLE, *PROGRAMMES, "item.edit", "item.new")
STATES = {
    "active": N_("in the programme"),
    "paused": N_("paused"),
    "left": N_("out of it"),
    "finished": N_("through it"),
}


class ProgrammeScreen(Base[None]):
    """Those in it first, then the paused, then those who are out of it."""

    CSS_PATH = "programme.tcss"
    HELP = N_(
        "A programme, step by step, with those in it. 6 pauses somebody or lets them go on, 4 puts "
        "them at another step, 7 takes them out with a reason; space marks several. 1 lets the "
        "programme go on to the next span, 2 shows who could enter, e changes it as text."
    )
    BINDINGS = bind(*_KEYS, show=_KEYS)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (34, "-tall")]

    def __init__(self, code: str) -> None:
        super().__init__()
        self._code = code
        self._programme: Programme | None = None
        self._held: Mapping[int, Holding] = {}

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="both"):
            yield WindowList(
                [
                    Column(_("Name"), flex=2),
                    Column(_("Title"), flex=2, least=60),
                    Column(_("Company"), flex=3, least=50),
                    Column(_("Which step"), width=10),
                    Column(_("Next on"), width=14),
                ],
                header=True,
                empty=[
                    line((_("Nobody is in it."), "strong")),
                    line((self.host.key_text("programmes.candidates", "2"), "key"), "  ",
                         _("who could enter")),
                    line((self.host.key_text("item.programme", "greater_than_sign"), "key"), "  ",
                         _("on People or a card: into a programme")),
                ],
                id="people",
            )  # fmt: skip
            yield ToldLines(self._told, id="programme")

    @property
    def rows(self) -> WindowList:
        return self.query_one("#people", WindowList)

    def on_mount(self) -> None:
        self.refresh_rows({})
        self.rows.focus()

    def anew(self) -> ProgrammeScreen:
        return ProgrammeScreen(self._code)

    def export_shown(self) -> Shown:
        return Shown("people", Scope(keys=members.people(self.book, self._code)))

    def refresh_rows(self, touched: Touched) -> None:
        if touched and not (SHOWN | {"person"}) & touched.keys():
            return
        self._programme = programmes.programme(self.book, self._code)
        self._held = held.holdings(self.book, Timetable(self.book))
        self.rows.set_source(WindowRows(members.window(self.book, self._code), self._rows))
        self.query_one("#programme", ToldLines).rebuild()

    def _rows(self, ids: Sequence[int]) -> list[Row]:
        return [Row(one.enrolment_id, self._cells(one)) for one in members.many(self.book, ids)]

    def _cells(self, one: Member) -> tuple[Line | str, ...]:
        assert self._programme is not None
        look = "" if one.state == "active" else "muted"
        step = self._programme.step(one.step)
        when = near_day(one.next_on, self.book.today()) if one.next_on else None
        said = str(when) if when else _(STATES[one.state])
        if one.state == "left" and one.left_why:
            said = str(why_left(one.left_why))
        elif (why := self._held.get(one.enrolment_id)) is not None and (
            why.left or why.until is None
        ):
            when, said = None, str(why.why)  # nothing goes there, whatever the day
        late = when is not None and one.next_on is not None and one.next_on < self.book.today()
        return (
            line((one.person or _("(no name)"), look or "strong")),
            line((one.title, "muted")),
            line((short_company(one.company), "muted")),
            line((str(step.named) if step else "", look)),
            line((said, "warn" if late and when else look)),
        )

    def _told(self, cells: int, _rows: int) -> list[Line]:
        key = self.host.key_text("programmes.grow", "1")
        inner = max(cells - 4, 20)
        told = programme_lines.lines(rates.of_programme(self.book, self._code), inner, key)
        counts = members.counts(self.book, self._code)
        said = [f"{_(STATES[state])} {number:,}" for state, number in counts.items() if number]
        head = spread(told[0], line((" · ".join(said), "muted")), inner)
        return [(("  ", ""), *row) if row else () for row in (head, *told[1:])]

    # -- people -------------------------------------------------------------------------------

    def _chosen(self) -> list[Member]:
        ids = [key for key in self.rows.chosen() if isinstance(key, int)]
        return members.many(self.book, ids)

    def action_mark(self) -> None:
        self.rows.toggle_mark()

    @on(WindowList.Opened)
    def action_open(self) -> None:
        if isinstance(self.rows.selected, int):
            [one] = members.many(self.book, [self.rows.selected])
            open_screen(self.app, "person", one.person_id)

    def action_pause(self) -> None:
        """Of those chosen who are in it; where all of them are paused, they go on."""
        chosen = self._chosen()
        active = [one.enrolment_id for one in chosen if one.state == "active"]
        paused = [one.enrolment_id for one in chosen if one.state == "paused"]
        if active:
            self.host.do(lambda: enrolling.pause(self.book, active))
        elif paused:
            self.host.do(lambda: enrolling.resume(self.book, paused))
        else:
            self.say(_("They are out of it: > puts them in again"), "warn")

    @work(group="ask")
    async def action_leave(self) -> None:
        inside = [one for one in self._chosen() if one.state in ("active", "paused")]
        if not inside:
            self.say(_("They are out of it already"), "warn")
            return
        ids = [one.enrolment_id for one in inside]
        who = inside[0].person if len(inside) == 1 else words.people(len(inside))

        why = await self.host.ask(asking.leaving(who))
        if why is not None:
            self.host.do(lambda: enrolling.leave(self.book, ids, why.removeprefix(NEW)))

    @work(group="ask")
    async def action_move(self) -> None:
        chosen = self._chosen()
        if not chosen or self._programme is None:
            return
        steps = [Choice(one.id, str(one.named)) for one in self._programme.running]
        who = chosen[0].person if len(chosen) == 1 else words.people(len(chosen))
        question = _("{who}: which step comes next?").format(who=who)
        step = await self.host.ask(Choose(question, steps, selected=chosen[0].step))
        if step is not None:
            ids = [one.enrolment_id for one in chosen]
            self.host.do(lambda: enrolling.move(self.book, ids, step))

    # -- the programme ------------------------------------------------------------------------

    def action_grow(self) -> None:
        verbs.grow(self.host, self._code)

    @work(group="ask")
    async def action_candidates(self) -> None:
        await verbs.ask_candidates(self.host, self._code)

    def action_edit(self) -> None:
        verbs.edit(self.host, self._code)

    @work(group="ask")
    async def action_new(self) -> None:
        await verbs.ask_copy(self.host, self._code)
