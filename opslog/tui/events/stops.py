"""The stops of a road show: where it goes on which days, what is decided, what each brought."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from textual import on, work
from textual.containers import Horizontal
from textual.events import Paste
from textual.widget import Widget

from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import in_turn
from opslog.domain.dates.wording import column_day, short_day
from opslog.domain.events import stop_tallies
from opslog.domain.events.stops import STOP_LABELS, Stop
from opslog.locale import N_, Msg, _, msg, ngettext
from opslog.services.book.book import Change
from opslog.services.calls import by_stop
from opslog.services.events import days_off, events, stops
from opslog.tui.events import stop_pane
from opslog.tui.events.actions import STOPS
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.asking.prompt import Prompt
from opslog.tui.widgets.lists.lines_view import Pane
from opslog.tui.widgets.lists.rows import Cell, Column, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.text import Line, line

_SHOWN = ("item.new", "item.edit", "plan.give-up", *STOPS, "plan.figures")
_MORE = ("item.open", "item.reschedule", "plan.unpin")
BETWEEN = " | "  # lines that are pasted
_WHEN = 18  # cells: “Mon 12-07 – 12-08”, “2027-03-15 – 03-16”


class StopsScreen(Base[None]):
    """In order of time; the dropped stay, with why."""

    CSS_PATH = "events.tcss"
    HELP = N_(
        "The stops of the event. n adds some: paste a line each, 杭州 11-01 11-02 博览中心. "
        "e or r changes the place or the days, and its steps go along; - calls a stop off and asks "
        "why, Backspace takes it up again; p takes another way there and asks which and why; V "
        "types in what it brought and cost (reach=433 leads=9 cost=2万). Moving the event moves "
        "all its stops."
    )
    BINDINGS = bind(*_SHOWN, *_MORE, show=_SHOWN)

    def __init__(self, event_id: int) -> None:
        super().__init__()
        self._event_id = event_id
        self._stops: dict[int, Stop] = {}
        self._people: dict[int, int] = {}  # how many signed up for each, as typed or of its list

    def body(self) -> Iterable[Widget]:
        with Horizontal():
            yield WindowList(
                [
                    Column(_("Place"), flex=4),
                    Column(_("When"), width=_WHEN),
                    Column(_("Sign-ups"), width=8, right=True, least=56),
                    Column(_("State"), flex=4),
                ],
                header=True,
                empty=[
                    line((_("No stops yet."), "strong")),
                    line(
                        (self.host.key_text("item.new", "n"), "key"),
                        "  ",
                        _("adds some: type or paste 杭州 11-01 11-02"),
                    ),
                ],
                id="stops",
            )
            yield Pane(self._beside)

    @property
    def rows(self) -> WindowList:
        return self.query_one("#stops", WindowList)

    def on_mount(self) -> None:
        self.rows.focus()
        self.refresh_rows({})

    def anew(self) -> StopsScreen:
        return StopsScreen(self._event_id)

    def keys_of(self, table: str, id: int) -> Hashable | None:
        return id if table == "stop" else None

    def refresh_rows(self, touched: Touched) -> None:
        if not events.some(self.book, [self._event_id]):
            self.leave()
            return
        self._stops = {one.id: one for one in stops.of(self.book, self._event_id)}
        self._people = by_stop.people(self.book, self._event_id)
        self.rows.set_rows([Row(id, self._cells(one)) for id, one in self._stops.items()])
        self.query_one(Pane).rebuild()

    def _cells(self, one: Stop) -> tuple[Cell, ...]:
        label = STOP_LABELS[one.state]
        said = [part for part in (_(label) if label else "", one.fallback, one.why) if part]
        look = "" if one.open else "muted"
        people = self._people.get(one.id, 0)
        return (
            line((one.place, look or "strong"), (f" {one.venue}" if one.venue else "", "muted")),
            line((self._days(one), look)),
            line((f"{people}" if people else "", look)),
            line((" · ".join(said) or one.note, "warn" if label else "muted")),
        )

    @property
    def _stop(self) -> Stop | None:
        key = self.rows.selected
        return self._stops.get(key) if isinstance(key, int) else None

    @on(WindowList.Selected)
    def _tell(self) -> None:
        self.query_one(Pane).rebuild()

    def _beside(self, cells: int, rows: int) -> list[Line]:
        return [] if self._stop is None else stop_pane.lines(self.book, self._stop, cells)

    @on(Paste)
    def _pasted(self, event: Paste) -> None:
        """A list of cities that is pasted onto the screen is what would be typed after ``n``."""
        lines = [row.strip() for row in event.text.splitlines() if row.strip()]
        if lines:
            event.stop()
            self._add(BETWEEN.join(lines))

    def action_new(self) -> None:
        self._add("")

    @work(group="dialog", exclusive=True)
    async def _add(self, typed: str) -> None:
        """Several at once, as they are pasted."""

        def read(text: str) -> list[Stop]:
            return stops.read(self.book, self._event_id, text)

        def check(text: str) -> str:
            found = read(text)
            said = ngettext("{n} stop: {places}", "{n} stops: {places}", len(found))
            said = said.format(n=len(found), places="、".join(map(self._said, found)))
            return self._with_warnings(said, found)

        await self.host.ask(
            Prompt(
                msg(N_("Stops: place, days, where; paste a line each, or part them by |")),
                typed,
                saves=lambda text: stops.add(self.book, self._event_id, read(text)),
                check=check,
                warns=lambda text: self._past(read(text)),
                where=None,
                placeholder="杭州 11-01 ~ 11-02 国际博览中心 | 宁波 11-03",
                between=BETWEEN,
            )
        )

    def _with_warnings(self, said: str, found: list[Stop]) -> str:
        """What was read, whether the event moves, and what falls on days off."""
        row = events.get(self.book, self._event_id).row
        moved = stops.event_moves(self.book, self._event_id, found)
        more = [*([moved] if moved else []), *days_off.of_stops(self.book, row, found)]
        return str(in_turn([said, *more]))

    def _past(self, found: list[Stop]) -> list[Msg]:
        past = stops.into_the_past(self.book, self._event_id, found)
        return [past] if past else []

    def _said(self, one: Stop) -> str:
        """What was read of a line, so that a wrong day is seen before it is kept."""
        venue = f" ({one.venue})" if one.venue else ""
        return f"{one.place} {self._days(one)}{venue}"

    def _days(self, one: Stop) -> str:
        zone, today = self.book.clock.zone, self.book.today()
        first, last = (at.astimezone(zone).date() for at in (one.starts_at, one.ends_at))
        if last == first:
            return str(short_day(first, today))
        return f"{column_day(first, today)} – {last:%m-%d}"

    def action_open(self) -> None:
        self.action_edit()

    def action_reschedule(self) -> None:
        self.action_edit()

    @work(group="dialog", exclusive=True)
    async def action_edit(self) -> None:
        if (stop := self._stop) is None:
            return
        zone = self.book.clock.zone
        days = [at.astimezone(zone).date() for at in (stop.starts_at, stop.ends_at)]

        def read(text: str) -> Stop:
            found = stops.read(self.book, self._event_id, text, stop)
            if len(found) != 1:
                raise Refused(msg(N_("One stop stands here: its place, days, where")))
            new = found[0]
            return stop._replace(
                place=new.place, starts_at=new.starts_at, ends_at=new.ends_at, venue=new.venue
            )

        def save(text: str) -> Change:
            return stops.move(self.book, stop.id, read(text))

        await self.host.ask(
            Prompt(
                msg(N_("Change the stop: place, days, where")),
                f"{stop.place} {days[0]} {days[1]} {stop.venue}".strip(),
                saves=save,
                check=lambda text: self._with_warnings(self._said(new := read(text)), [new]),
                warns=lambda text: self._past([read(text)]),
                where=None,
            )
        )

    @work(group="dialog", exclusive=True)
    async def action_give_up(self) -> None:
        if (stop := self._stop) is not None:
            await self.host.ask(
                Prompt(
                    msg(N_("Call off “{place}”: why?"), place=stop.place),
                    saves=lambda text: stops.drop(self.book, stop.id, text),
                    where=None,
                )
            )

    def action_unpin(self) -> None:
        """One that was called off takes place after all."""
        if (stop := self._stop) is not None:
            self.host.do(lambda: stops.take_up(self.book, stop.id))

    @work(group="dialog", exclusive=True)
    async def action_plan_b(self) -> None:
        if (stop := self._stop) is None:
            return
        instead = await self.host.ask(
            Prompt(
                msg(N_("What is done in “{place}” instead?"), place=stop.place),
                stop.fallback,
                saves=str,
                where=None,
            )
        )
        if instead:
            await self.host.ask(
                Prompt(
                    msg(N_("Why?")),
                    saves=lambda why: stops.fall_back(self.book, stop.id, instead, why),
                    where=None,
                )
            )

    @work(group="dialog", exclusive=True)
    async def action_figures(self) -> None:
        if (stop := self._stop) is not None:
            await self.host.ask(
                Prompt(
                    msg(N_("What did “{place}” bring and cost?"), place=stop.place),
                    saves=lambda text: stops.tally(
                        self.book, stop.id, stop_tallies.read(text.split())
                    ),
                    where=None,
                    placeholder=_("reach=433 leads=9 cost=2万"),
                )
            )
