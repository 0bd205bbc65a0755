"""Attendance: who came, one key each, and the show-up rate."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from opslog.domain.calls.queue import Guest, ListedEvent, ShowUp
from opslog.domain.people.phones import display
from opslog.locale import N_, _, ngettext
from opslog.services.book.contributions import Scope
from opslog.services.calls import guests
from opslog.tui.calls.actions import ATTENDANCE
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.frame.shown import Shown
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.lines_view import LinesView
from opslog.tui.widgets.prompt import Choice, Choose
from opslog.tui.widgets.rows import Cell, Column, Row
from opslog.tui.widgets.text import Line, line
from opslog.tui.widgets.window_list import WindowList


class AttendanceScreen(Base[None]):
    """The list of one event; without a number, of the offline event that began last."""

    CSS_PATH = "attendance.tcss"
    HELP = N_(
        "Mark who came with 1 and who did not with 2; space marks several, which then go together. "
        "The show-up rate is attended ÷ confirmed, and ÷ signed up."
    )
    BINDINGS = bind(*ATTENDANCE, "item.mark", show=(*ATTENDANCE, "item.mark"))

    def __init__(self, event_id: int | None = None) -> None:
        super().__init__()
        self._event_id = event_id
        self._event: ListedEvent | None = None
        self._guests: dict[int, Guest] = {}

    def body(self) -> Iterable[Widget]:
        yield LinesView(id="rates")
        yield WindowList(
            [
                Column(width=2),
                Column(flex=3),
                Column(flex=4),
                Column(width=17, least=70),
                Column(flex=3),
            ],
            empty=[
                line((_("No event has a list yet."), "strong")),
                line(("F5", "key"), " ", _("then"), " ", ("n", "key"), "  ", _("import one")),
                (),
                *self.beside_empty(min(self.app.size.width - 4, 76)),
            ],
            id="guests",
        )

    @property
    def rows(self) -> WindowList:
        return self.query_one("#guests", WindowList)

    def on_mount(self) -> None:
        self.rows.focus()
        self.refresh_rows({})

    def anew(self) -> AttendanceScreen:
        return AttendanceScreen(self._event_id)

    def export_shown(self) -> Shown:
        scope = Scope(self._event.event_id if self._event else None)
        return Shown("attendance", scope, self.rows.marked_in_order())

    # -- what is shown -----------------------------------------------------------------

    def refresh_rows(self, touched: Touched) -> None:
        self._event = self._choose(guests.listed_events(self.book))
        found = guests.guests(self.book, self._event.event_id) if self._event else []
        self._guests = {guest.card_id: guest for guest in found}
        self.rows.set_rows([Row(guest.card_id, _cells(guest)) for guest in found])
        self.query_one("#rates", LinesView).set_lines(self._rates())

    def keys_of(self, table: str, id: int) -> Hashable | None:
        return id if table == "card" else None

    def _choose(self, events: list[ListedEvent]) -> ListedEvent | None:
        chosen = [event for event in events if event.event_id == self._event_id]
        offline = [event for event in events if event.offline]
        return next(iter([*chosen, *offline, *events]), None)

    def _rates(self) -> list[Line]:
        if self._event is None:
            return []
        rate = guests.show_up(self.book, self._event.event_id)
        local = self._event.starts_at.astimezone(self.book.clock.zone)
        unmarked = ngettext("{n} not marked", "{n} not marked", rate.unmarked).format(
            n=rate.unmarked
        )
        if not rate.unmarked:
            unmarked = _("Everybody is marked")
        return [
            line(
                " ",
                (self._event.name, "title"),
                (f"  {local:%Y-%m-%d %H:%M}  ·  {unmarked}", "muted"),
            ),
            line(" ", *rate_spans(rate)),
        ]

    # -- keys ------------------------------------------------------------------------------

    def action_mark(self) -> None:
        self.rows.toggle_mark()

    def action_mark_as(self, value: int) -> None:
        attended = None if value < 0 else bool(value)
        chosen = [key for key in self.rows.chosen() if isinstance(key, int)]
        if not chosen or self._event is None:
            return
        event_id, single = self._event.event_id, not self.rows.marked
        change = self.host.do(
            lambda: (
                guests.mark_attended(self.book, chosen[0], attended)
                if single
                else guests.mark_many_attended(self.book, event_id, chosen, attended)
            )
        )
        if change is None:
            return
        self.rows.clear_marks()
        if single:
            self.rows.action_move(1)

    def action_rest(self) -> None:
        if self._event is None:
            return
        event_id = self._event.event_id
        rest = [guest.card_id for guest in self._guests.values() if guest.attended is None]
        if rest:
            self.host.do(lambda: guests.mark_many_attended(self.book, event_id, rest, False))
        else:
            self.say(_("Everybody is marked"))

    async def action_event(self) -> None:
        choices = [
            Choice(
                str(event.event_id),
                event.name,
                f"{event.starts_at.astimezone(self.book.clock.zone):%Y-%m-%d}",
            )
            for event in guests.listed_events(self.book)
        ]
        question: Screen[str] = Choose(_("Which event?"), choices)

        def taken(key: str | None) -> None:
            if key is not None:
                self._event_id = int(key)
                self.rows.clear_marks()
                self.refresh_rows({})

        await self.app.push_screen(question, taken)
        question.set_focus(question.query_one(Input))


def rate_spans(rate: ShowUp) -> list[tuple[str, str]]:
    """``18 came ÷ 20 confirmed = 90% · ÷ 40 signed up = 45%``"""
    confirmed = [
        (" ÷ ", "muted"),
        (_("{n} confirmed").format(n=rate.confirmed), ""),
        (f" = {_percent(rate.of_confirmed)}  ", "accent"),
    ]
    of_them = _("of those confirmed {n} came").format(n=rate.confirmed_and_attended)
    return [
        (ngettext("{n} came", "{n} came", rate.attended).format(n=rate.attended), "strong"),
        *(confirmed if rate.confirmed else ()),  # nobody was called: there is nothing to divide by
        (" ÷ ", "muted"),
        (_("{n} signed up").format(n=rate.signed_up), ""),
        (f" = {_percent(rate.of_signed_up)}", "accent"),
        (f"   {of_them}" if rate.confirmed else "", "muted"),
    ]


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def _cells(guest: Guest) -> tuple[Cell, ...]:
    mark = {True: ("✓", "good"), False: ("✗", "muted"), None: ("", "")}[guest.attended]
    said = str(guest.outcome) if guest.outcome is not None else _("not called")
    return (
        line(mark),
        line(
            (guest.person or _("(no name)"), ""),
            (f" +{guest.brings}" if guest.brings else "", "strong"),
        ),
        line((guest.company, "muted")),
        line((display(guest.phone) if guest.phone else "", "muted")),
        line((said, "" if guest.confirmed else "muted")),
    )
