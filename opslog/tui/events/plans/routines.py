"""Plans of the operator's own: their rows below the events, one of them open, the questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING

from opslog.domain.dates.wording import short_day
from opslog.domain.events.events import PlanLine
from opslog.domain.events.plans.routines import said_every
from opslog.domain.events.weeks import monday_of
from opslog.locale import N_, _, msg, ngettext
from opslog.services.book import own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.book.contributions import Scope
from opslog.services.book.drafts import Place
from opslog.services.calls import owners
from opslog.services.events import form as event_form
from opslog.services.events.plans import routines
from opslog.tui.events.actions import PLAN, ROUTINE
from opslog.tui.events.plans import checklist, plan_rows, step_pane
from opslog.tui.events.plans.steps_screen import KEYS, SHOWN_KEYS, StepsScreen
from opslog.tui.events.telling import plan_copy
from opslog.tui.events.wording import moment, plan_summary, preview_line
from opslog.tui.frame.shown import Shown
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.asking.form import Field, Form, Values
from opslog.tui.widgets.asking.prompt import Choice
from opslog.tui.widgets.drawing import button, progress, spread
from opslog.tui.widgets.lists.rows import Ends, Row
from opslog.tui.widgets.pane import titled, told
from opslog.tui.widgets.text import Line, clean, join, line, line_width, wrap_line

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host

BAR = 6
KIND = "routine"
NONE_YET = (KIND, 0)  # the row that offers to make the first


# -- in the list of events --------------------------------------------------------------------


def rows(book: Book, found: Sequence[routines.Row], key: str, *, offers: bool) -> list[Row]:
    """Below their title; where there is none yet, the row that ``offers`` to make one."""
    if not found and not offers:
        return []
    number = sum(row.routine.ended_at is None for row in found)
    title = line(" ", (_("Your own plans"), "title"), " ", (str(number or ""), "muted"))
    shown = [Row(("heading", KIND), heading=title)]
    if not found:
        said = line("  ", (key, "key"), " ", (_("weekly report, care of the lists …"), "muted"))
        return [*shown, Row(NONE_YET, (said,))]
    return [*shown, *(Row((KIND, row.id), (partial(_row, book, row),)) for row in found)]


def _row(book: Book, row: routines.Row, cells: int) -> Line | Ends:
    """What it is called, how often, how far its turn is; at the right what comes next, and when."""
    routine = row.routine
    late = ngettext("▲ {n} late", "▲ {n} late", row.late).format(n=row.late)
    when = (_next(book, row), "accent" if routine.goes_on else "muted")
    right = join([(late if row.late else "", "late"), when], "  ")
    left = line(("↻ ", "accent" if routine.goes_on else "dim"))
    left += line((clean(routine.name), "focal" if routine.goes_on else "muted"))
    parts = [line((str(said_every(routine.every)), "muted"))]
    if routine.goes_on and row.steps > 1:
        bar = progress(row.done, row.steps, BAR)
        parts.append((*bar, *line((f" {row.done}/{row.steps}", "strong"))))
    for part in parts:  # as much of it as there is room for
        if line_width(left) + line_width(part) + line_width(right) + 4 <= cells:
            left += line("  ") + part
    name = line((clean(row.next_step.name), "dim"), "  ") if row.next_step else ()
    if line_width(left) + line_width(name) + line_width(right) + 3 <= cells:
        right = name + right
    return Ends(left, (*right, (" ", "")))


def _next(book: Book, row: routines.Row) -> str:
    """When its next step is due, or the next turn begins."""
    if row.routine.ended_at is not None:
        return _("ended")
    if row.routine.paused_at is not None:
        return _("paused")
    if row.next_step is not None:
        return moment(book, row.next_step.due_at)
    turn = row.routine.turn
    if turn is None or turn.next_on is None:
        return _("through")
    return _("again {day}").format(day=short_day(turn.next_on, book.today()))


def opened(book: Book, row: routines.Row, cells: int, rows: int) -> list[Line]:
    """One beside the list: its facts, and the steps of its turn."""
    shown = [*told(row.routine.name, cells, "focal"), *_facts(book, row, cells), ()]
    steps = [_step_line(book, step) for step in routines.of_turn(book, row.routine)]
    return [*shown, *titled(_("This turn"), steps, f"{row.done}/{row.steps}")][:rows]


def _step_line(book: Book, step: PlanLine) -> Line:
    late = step.late(book.clock.at(book.today()))
    sign = ("▲ ", "late") if late else ("○ ", "muted") if step.open else ("✓ ", "good")
    if not step.open and step.state != "done":
        sign = ("! ", "warn") if step.state == "missed" else ("– ", "muted")
    when = (moment(book, step.due_at) + "  ", "late" if late else "muted")
    return line(sign, when, (clean(step.name), "" if step.open else "muted"))


def _facts(book: Book, row: routines.Row, cells: int) -> list[Line]:
    """How often, until when, how it stands, what was missed."""
    routine = row.routine
    how = [str(said_every(routine.every)), _next(book, row)]
    if routine.until is not None:
        how.append(_("until {day}").format(day=short_day(routine.until, book.today())))
    shown = told(" · ".join(how), cells, "strong")
    if routine.turn is not None and routine.turn.missed:
        missed = routine.turn.missed
        text = ngettext("{n} turn before it was missed", "{n} turns before it were missed", missed)
        shown += told(text.format(n=missed), cells, "warn")
    if routine.playbook not in own_kinds.routines(book):
        text = _("Its playbook {name} is gone: no further turn comes")
        shown += told(text.format(name=routine.playbook), cells, "warn")
    return shown


# -- one of them --------------------------------------------------------------------------------


class RoutineScreen(StepsScreen):
    """Its newest turns by weeks, with the same keys as an event's plan."""

    THING = KIND
    SHOWN = frozenset({"routine", "plan", "step", "check_item", "own_file", "told"})
    HELP = N_(
        "A plan of your own, on any day, once or again and again: the next turn comes by itself. "
        "d ticks a step off, r sets its date by hand, z puts it off, - gives it up and asks why, "
        "Enter opens its checklist. On the plan itself e changes name, day and how often, p lets "
        "it rest or go on, Delete ends it; undo brings everything back."
    )
    BINDINGS = bind(
        *KEYS,
        *(key for key in PLAN if key not in ("plan.stops", "plan.figures")),
        *ROUTINE,
        show=SHOWN_KEYS,
    )
    _row: routines.Row | None = None

    def export_shown(self) -> Shown:
        return Shown("plan", Scope(keys=list(self._steps)))

    def read(self, *, work: bool) -> Sequence[PlanLine] | None:
        if not routines.there(self.book, self.ref):
            return None
        self._row = routines.get(self.book, self.ref)
        return routines.plan(self.book, self.ref)

    def rows_of(self, plan: Sequence[PlanLine]) -> list[Row]:
        assert self._row is not None
        routine = self._row.routine
        day = routine.turn.anchor if routine.turn else routine.starts_on
        at = self.book.clock.at(day, time())
        beside = str(said_every(routine.every))
        thing = plan_rows.HangsOn(KIND, self.ref, routine.name, beside, at)
        return plan_rows.rows(
            plan_rows.Shown(self.book, thing, plan, {}, self._weeks, self._unfolded, self._air)
        )

    def head(self, cells: int, rows: int) -> list[Line]:
        if self._row is None:
            return []
        row = self._row
        left = line(" ", ("↻ ", "accent"), (clean(row.routine.name), "focal"))
        right = line((f"{row.done}/{row.steps}", "strong"), " ")
        said = [line(" ") + one for one in _facts(self.book, row, cells - 1)]
        return [spread(left, right, cells), *([()] * (rows > 3)), *said][:rows]

    def below(self, cells: int, rows: int) -> list[Line]:
        step, (kind, ref) = self._step, self._selected
        if step is None:
            return []
        if kind == "item":
            item = self._item(ref)
            said = line(item.said, "  ", (checklist.keys(item), "muted"))
        else:
            said = join([(text, look) for text, look in step_pane.about(self.book, step, None)])
            said = join([said, (step.note, "muted")])
        return [line(" ") + one for one in wrap_line(said, cells - 2, rows)]

    def beside(self, cells: int, rows: int) -> list[Line]:
        step, (kind, ref) = self._step, self._selected
        if self._row is None:
            return []
        if step is None:
            return opened(self.book, self._row, cells, rows)
        shown = step_pane.head(self.book, step, None, cells)
        if kind == "item":
            shown += [(), *checklist.asked(self._item(ref), cells)]
        elif step.open:
            shown += [(), button(self.host.key_text("item.done", "d"), _("Done"))]
        shown += step_pane.below(step, cells)
        shown += plan_copy.to_send(self.book, step, cells, self.host.key_text("item.copy", "y"))
        return shown[:rows]

    def _week_of_thing(self, kind: str) -> date | None:
        turn = self._row.routine.turn if self._row else None
        return monday_of(turn.anchor) if turn and kind == KIND else None

    def action_copy(self) -> None:
        """The step with its date and words, or the plan with all of this turn; the reminder of
        whoever owes the step, which is noted."""
        if self._row is None:
            return
        text, owner = plan_copy.of_own(self.book, self._row, self._step)
        self.app.copy_to_clipboard(text)
        if owner is None:
            return self.say(_("Copied"))
        self.host.do(lambda: owners.remind(self.book, owner))

    def action_rest(self) -> None:
        """Let it rest, or go on."""
        if self._row is not None:
            verb = routines.pause if self._row.routine.goes_on else routines.resume
            self.host.do(lambda: verb(self.book, self.ref))

    async def move_thing(self) -> None:
        await edit(self.host, self.ref)

    async def edit_thing(self) -> None:
        await edit(self.host, self.ref)

    async def end_thing(self) -> None:
        self.host.do(lambda: routines.end(self.book, self.ref))

    async def new_step(self) -> int | None:
        return await _new_step(self.host, self.ref)


# -- the questions; only in a worker --------------------------------------------------------------


async def new(app: Host) -> int | None:
    """Ask for one, its first turn shown while it is typed; its id once it is saved."""
    form = Form(
        msg(N_("New plan of your own")),
        _fields(app.book, {}),
        lambda values: routines.add(app.book, routines.read_draft(app.book, values)),
        partial(_check, app.book),
        where=Place("new", KIND),
        tall=True,
    )
    change: Change | None = await app.ask(form)
    return change.made if change else None


async def edit(app: Host, routine_id: int) -> None:
    """Its name, playbook, day, how often, until when."""
    book = app.book
    await app.ask(
        Form(
            msg(N_("Change the plan")),
            lambda: _fields(book, routines.written(routines.get(book, routine_id).routine)),
            lambda values: routines.edit(book, routine_id, routines.read_draft(book, values)),
            partial(_check, book),
            where=Place("edit", KIND, routine_id),
            tall=True,
        )
    )


def _fields(book: Book, values: Values) -> list[Field]:
    known = own_kinds.routines(book)
    choices = [Choice(code, str(one.label)) for code, one in known.items()]
    return [
        Field("playbook", _("which"), values.get("playbook", ""), choices=choices),
        Field("name", _("what to call it"), values.get("name", ""), _("else what it is called")),
        Field("on", _("first day"), values.get("on", ""), _("else the usual one; 2026-12-04, fri")),
        Field("every", _("how often"), values.get("every", ""), _("week, month, 14 days, once")),
        Field("until", _("until"), values.get("until", ""), _("without end")),
    ]


def _check(book: Book, values: Values) -> Sequence[Line]:
    """What the turn will be that is made at once."""
    draft = routines.read_draft(book, values)
    made = routines.preview(book, draft)
    summary, *more = plan_summary(book, made.lines)
    when = line((str(short_day(made.anchor, book.today())), "strong"), "  ")
    how = line("  ", (str(said_every(draft.every)), "muted"))
    return [when + summary + how, *more, *(preview_line(book, step) for step in made.lines)]


async def _new_step(app: Host, routine_id: int) -> int | None:
    book = app.book
    usual = book.clock.at(book.today(), time(10))

    def read(values: Values) -> datetime:
        return event_form.read_moment(book, values["on"], usual)

    form = Form(
        msg(N_("New step")),
        [
            Field("title", _("what is to be done")),
            Field("on", _("when"), placeholder=_("+1d, 12-03 10:00, next wed")),
        ],
        lambda values: routines.add_step(book, routine_id, values["title"], read(values)),
        lambda values: [line((moment(book, read(values)), "strong"))],
        where=Place("new", KIND, routine_id),
    )
    change: Change | None = await app.ask(form)
    return change.made if change else None
