"""Attendance: who came, one key each, and the show-up rate."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import date, timedelta

from textual import on, work
from textual.binding import Binding
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from opslog.domain.base.refusal import Refused
from opslog.domain.calls.queue import Guest, ListedEvent
from opslog.domain.imports.guests import Brought
from opslog.domain.people.phones import display
from opslog.domain.rosters.rosters import Whom
from opslog.locale import N_, _, msg, ngettext
from opslog.services.book.book import Change
from opslog.services.book.contributions import Scope
from opslog.services.calls.attendance import guests
from opslog.tui.calls.actions import ATTENDANCE
from opslog.tui.calls.attendance import door
from opslog.tui.calls.attendance.rates import rates
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.frame.shown import Shown
from opslog.tui.people.actions import CARD
from opslog.tui.segments.call_list import ask_missed
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.asking.prompt import Choice, Choose
from opslog.tui.widgets.asking.text_input import TextInput
from opslog.tui.widgets.lists.lines_view import ToldLines
from opslog.tui.widgets.lists.rows import Cell, Column, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.text import Line, line

EVERYBODY, ABSENT, CAME = "", "absent", "came"
SAID = {ABSENT: N_("only those who did not come"), CAME: N_("only those who came")}


class GuestFilter(TextInput):
    """Whom the door looks for: Enter says that they came, ↑ ↓ choose another."""

    BINDINGS = [
        Binding("escape", "screen.clear_filter", show=False),
        Binding("down", "screen.choose(1)", show=False),
        Binding("up", "screen.choose(-1)", show=False),
        Binding("enter", "screen.found", show=False),
    ]


class AttendanceScreen(Base[None]):
    """The list of one event; without one, of the one whose door is open now, which is asked where
    that holds of several; else of the nearest of today, or the last that began."""

    CSS_PATH = "attendance.tcss"
    HELP = N_(
        "Mark who came with 1 and who did not with 2; space marks several, which then go together. "
        "At the door / takes part of a name, pinyin or digits of the number, and Enter says that "
        "they came; n enters who came without signing up, I who comes instead, + their guests. "
        "The show-up rate is of those who confirmed, and of those who signed up; walk-ins and "
        "guests stand beside."
    )
    BINDINGS = bind(
        *("item.filter", "item.new", *ATTENDANCE, *CARD, "item.mark", "item.call_list"),
        show=("item.filter", "item.new", *CARD, *ATTENDANCE, "item.mark", "item.call_list"),
    )

    def __init__(self, event_id: int | None = None) -> None:
        super().__init__()
        self._event_id = event_id
        self._of: Whom | None = None  # of a stop that was chosen
        self._event: ListedEvent | None = None
        self._guests: dict[int, Guest] = {}
        self._whom = EVERYBODY

    def body(self) -> Iterable[Widget]:
        yield ToldLines(self._rates, id="rates")
        yield GuestFilter(compact=True, placeholder=_("name, pinyin or digits; Enter: came"))
        yield WindowList(
            [
                Column(width=2),
                Column(flex=3),
                Column(flex=4),
                Column(width=17, least=70),
                Column(flex=3),
            ],
            id="guests",
        )

    @property
    def rows(self) -> WindowList:
        return self.query_one("#guests", WindowList)

    @property
    def words(self) -> GuestFilter:
        return self.query_one(GuestFilter)

    def on_mount(self) -> None:
        self.words.display = False
        self.rows.focus()
        self.refresh_rows({})
        if self._event_id is None and len(self._open(guests.listed_events(self.book))) > 1:
            self.call_later(self.action_event)

    def anew(self) -> AttendanceScreen:
        return AttendanceScreen(self._event_id)

    def export_shown(self) -> Shown:
        keys = [guest.card_id for guest in self._shown()]
        whole = len(keys) == len(self._guests)
        scope = Scope(self._event.event_id if self._event else None, None if whole else keys)
        return Shown("attendance", scope, self.rows.marked_in_order())

    # -- what is shown -----------------------------------------------------------------

    def refresh_rows(self, touched: Touched) -> None:
        self._event = self._choose(guests.listed_events(self.book))
        event = self._event
        found = guests.guests(self.book, event.event_id, event.cards) if event else []
        self._guests = {guest.card_id: guest for guest in found}
        self._show()
        self.query_one("#rates", ToldLines).rebuild()

    def _show(self) -> None:
        self.rows.empty = self._empty()
        self.rows.set_rows([Row(guest.card_id, _cells(guest)) for guest in self._shown()])

    def _empty(self) -> list[Line]:
        """Why nobody stands here, and what to do about it."""
        if self._event is None:
            return [
                line((_("No event has a list yet."), "strong")),
                line(("F5", "key"), " ", _("then"), " ", ("n", "key"), "  ", _("import one")),
                (),
                *self.beside_empty(min(self.app.size.width - 4, 76)),
            ]
        if words := self.words.value.strip():
            nobody = _("Nobody on this list answers to “{words}”.").format(words=words)
            enter = line(("Enter", "key"), "  ", _("somebody who did not sign up"))
            return [line((nobody, "strong")), enter]
        if self._whom == EVERYBODY:
            return [line((_("Nobody is on this list."), "strong"))]
        key = self.host.key_text("attendance.whom", "v")
        return [
            line((_("Nobody is marked so."), "strong")),
            line((key, "key"), "  ", _("Whom to show")),
        ]

    def _shown(self) -> list[Guest]:
        """Those that are looked for, of all or of those who came, or did not."""
        words = self.words.value.strip()
        wanted = {EVERYBODY: (True, False, None), ABSENT: (False,), CAME: (True,)}[self._whom]
        found = [guest for guest in self._guests.values() if guest.attended in wanted]
        if not words:
            return found
        meant = [guest for guest in found if guest.answers_to(words)]
        return sorted(meant, key=lambda guest: guest.attended is True)  # who is there comes last

    def keys_of(self, table: str, id: int) -> Hashable | None:
        return id if table == "card" else None

    def _choose(self, events: list[ListedEvent]) -> ListedEvent | None:
        chosen = [event for event in events if event.event_id == self._event_id]
        chosen.sort(key=lambda one: (one.cards != self._of, self._far(one)))
        offline = [event for event in events if event.offline]
        today = [event for event in offline if self._day(event) == self.book.today()]
        today.sort(key=self._far)
        return next(iter([*chosen, *self._open(events), *today, *offline, *events]), None)

    def _open(self, events: list[ListedEvent]) -> list[ListedEvent]:
        """Those to which people come now, the nearest first."""
        now = self.book.now()
        return sorted((one for one in events if one.doors_open(now)), key=self._far)

    def _far(self, event: ListedEvent) -> timedelta:
        return abs(event.starts_at - self.book.now())

    def _day(self, event: ListedEvent) -> date:
        return event.starts_at.astimezone(self.book.clock.zone).date()

    def _rates(self, cells: int, _rows: int) -> list[Line]:
        if self._event is None:
            return []
        rate = guests.show_up(self.book, self._event.event_id, self._event.cards)
        local = self._event.starts_at.astimezone(self.book.clock.zone)
        unmarked = ngettext("{n} not marked", "{n} not marked", rate.unmarked).format(
            n=rate.unmarked
        )
        if not rate.unmarked:
            unmarked = _("Everybody is marked")
        return [
            line(
                " ",
                (f"{local:%H:%M}  {self._event.name}", "focal"),
                (f"  {local:%Y-%m-%d}  ·  {unmarked}", "muted"),
                (f"  ·  {_(SAID[self._whom])}" if self._whom else "", "accent"),
            ),
            *((*line(" "), *row) for row in rates(rate, cells - 2)),
        ]

    # -- at the door -----------------------------------------------------------------------

    def action_filter(self) -> None:
        self.words.display = True
        self.words.focus()

    @on(Input.Changed, "GuestFilter")
    def _typed(self) -> None:
        words = self.words.value.lstrip("/／")  # the key that opened it, pressed once more
        if words != self.words.value:
            self.words.value = words
            return
        self._show()
        self.rows.action_first()

    def action_choose(self, by: int) -> None:
        self.rows.action_move(by)

    def action_found(self) -> None:
        """The one found came, and the next is looked for; nobody found: somebody new."""
        typed = self.words.value.strip()
        if not typed:
            self.action_clear_filter()
        elif self._selected() is None:
            self.action_new()
        else:
            self.action_mark_as(1)
            self.words.value = ""

    def action_clear_filter(self) -> None:
        self.words.value = ""
        self.words.display = False
        self.rows.focus()

    def _selected(self) -> Guest | None:
        key = self.rows.selected
        return self._guests.get(key) if isinstance(key, int) else None

    def _selected_one(self) -> Guest:
        """Raises Refused where nobody is selected."""
        if (guest := self._selected()) is None:
            raise Refused(msg(self.IDLE))
        return guest

    @work(group="ask")
    async def action_new(self) -> None:
        if self._event is not None:
            typed = self.words.value.strip()
            self._go_to(await door.ask_walk_in(self.host, self._event.event_id, typed))

    @work(group="ask")
    async def action_instead(self) -> None:
        guest = self._selected_one()
        if self._event:
            came = self._day(self._event) <= self.book.today()
            self._go_to(await door.ask_instead(self.host, guest.card_id, guest.person, came=came))

    @work(group="ask")
    async def action_guests(self) -> None:
        guest = self._selected_one()
        await door.ask_guests(self.host, guest.card_id, guest.person)

    def _go_to(self, change: Change | None) -> None:
        if change is not None:
            self.words.value = ""
            self.rows.select(change.made)

    def action_whom(self) -> None:
        order = (EVERYBODY, ABSENT, CAME)
        self._whom = order[(order.index(self._whom) + 1) % len(order)]
        self.refresh_rows({})

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

    @work(group="ask")
    async def action_call_list(self) -> None:
        """Of the marked, else of whom the list is narrowed to, else of all who did not come."""
        if self._event is None:
            return
        keys = self.rows.marked_in_order()
        chosen = [self._guests[key] for key in keys if isinstance(key, int)]
        if not chosen and (self._whom != EVERYBODY or self.words.value.strip()):
            chosen = self._shown()
            if not chosen:
                raise Refused(msg(N_("Nobody is shown to make a list of")))
        absent = all(guest.attended is False for guest in chosen)
        people = [guest.person_id for guest in chosen]
        await ask_missed(self.host, self._event.event_id, people, absent=absent)

    async def action_event(self) -> None:
        events = guests.listed_events(self.book)
        ordered = list(dict.fromkeys([*self._open(events), *events]))
        choices = [
            Choice(
                str(number),
                event.name,
                f"{event.starts_at.astimezone(self.book.clock.zone):%Y-%m-%d %H:%M}",
            )
            for number, event in enumerate(ordered)
        ]
        question: Screen[str] = Choose(_("Which event?"), choices)

        def taken(key: str | None) -> None:
            if key is not None:
                chosen = ordered[int(key)]
                self._of, self._event_id = chosen.cards, chosen.event_id
                self.rows.clear_marks()
                self.refresh_rows({})

        await self.app.push_screen(question, taken)
        question.set_focus(question.query_one(Input))


def _cells(guest: Guest) -> tuple[Cell, ...]:
    mark = {True: ("✓", "good"), False: ("✗", "muted"), None: ("", "")}[guest.attended]
    return (
        line(mark),
        line(
            (guest.person or _("(no name)"), ""),
            (f" +{Brought(guest.brings, guest.or_more)}" if guest.brings else "", "strong"),
        ),
        line((guest.company, "muted")),
        line((display(guest.phone) if guest.phone else "", "muted")),
        line((_said(guest), "" if guest.confirmed else "muted")),
    )


def _said(guest: Guest) -> str:
    """Whose place they take, or who takes theirs; else what they answered."""
    if guest.replaced_by:
        return _("{name} comes instead").format(name=guest.replaced_by)
    if guest.instead_of:
        return _("instead of {name}").format(name=guest.instead_of)
    if guest.outcome is not None:
        return str(guest.outcome)
    return _("walk-in") if guest.at_the_door else _("not called")
