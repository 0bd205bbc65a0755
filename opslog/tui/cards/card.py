"""One person: what is due with them, who they are, what happened; a digit logs a call."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events, on, work
from textual.containers import Horizontal
from textual.widget import Widget

from opslog.domain.base.refusal import Refused
from opslog.domain.calls.retries import IN, OUT
from opslog.domain.people import phones
from opslog.domain.people.card import Moment
from opslog.locale import N_, Msg, _
from opslog.services.book.contributions import Scope
from opslog.services.book.drafts import Place
from opslog.services.calls import call_card
from opslog.services.calls.queue import queue as call_queue
from opslog.services.calls.queue.purposes import abouts
from opslog.services.cards import cards
from opslog.services.daybook import reading
from opslog.services.materials import requests
from opslog.services.people import card as person_card
from opslog.services.people import erasing
from opslog.tui.calls.attendance.door import ask_guests_of, ask_instead_of
from opslog.tui.calls.card.qr import QrScreen
from opslog.tui.cards.actions import OUTCOMES
from opslog.tui.cards.desk import PersonDesk
from opslog.tui.cards.erased import notices
from opslog.tui.cards.person_lines import PersonLines
from opslog.tui.daybook.capture import CaptureScreen
from opslog.tui.daybook.task import TaskScreen
from opslog.tui.frame.among import Among
from opslog.tui.frame.navigation import ask_later
from opslog.tui.frame.screen import Touched
from opslog.tui.frame.shown import Shown
from opslog.tui.leads.actions import HAND_OVER
from opslog.tui.leads.forms import ask_how, ask_lead
from opslog.tui.materials.actions import OF_EVENT
from opslog.tui.materials.forms import ask_request
from opslog.tui.people.actions import CARD
from opslog.tui.people.band import Waiting, band, waiting
from opslog.tui.people.forms import ask_erasing, ask_fields, ask_note, ask_tags, change_bars
from opslog.tui.people.pane import who as known_of
from opslog.tui.people.who import Who, sections
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.drawing import chips, spread
from opslog.tui.widgets.lists.digit_grid import DigitGrid
from opslog.tui.widgets.lists.lines_view import ToldLines
from opslog.tui.widgets.text import Line, cut_line, join, line, line_width

SHOWN = {
    "person",
    "person_tag",
    "touch",
    "not_now",
    "own_file",
    "card",
    "decision",
    "log",
    "follow_up",
    "suppressed",
}
SHOWN |= {"handover", "handover_state", "material_request"}


class PersonScreen(PersonDesk):
    """A person's card."""

    HELP = N_(
        "Everything known of one person: what is due, how to reach them, and what happened, by "
        "events. A digit logs a call or message with its outcome: for what they stand in the "
        "queue, else as a call of no event; 0 before it, where they called. "
        "[ and ] go through the list it was opened from."
    )
    CSS_PATH = "card.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]
    BINDINGS = bind(
        *OUTCOMES,
        *(
            "person.more",
            "person.they_called",
            "person.lane",
            "person.qr",
            "person.follow_up",
            "log.add",
            "item.tags",
        ),
        *("item.edit", "item.wecom", "item.note", "item.copy", "item.do_not_call"),
        *("item.call_list", "item.programme", HAND_OVER, *OF_EVENT, *CARD),
        *("person.previous", "person.next", "person.erase"),
        show=(
            *("person.follow_up", "item.tags", "item.edit", "person.qr", "item.copy"),
            *("person.they_called", "person.next", "person.previous", "person.lane"),
            *("item.wecom", "item.note", HAND_OVER),
            *("item.call_list", "item.programme", "item.do_not_call", "person.erase"),
        ),
    )

    def __init__(self, person_id: int, among: Among | None = None) -> None:
        super().__init__(person_id)
        self.among = among
        self._moments: list[Moment] = []
        self._known: Who | None = None
        self._due: list[Waiting] = []

    def body(self) -> Iterable[Widget]:
        yield ToldLines(self._head, id="head")
        yield ToldLines(self._band, id="band")
        with Horizontal():
            yield ToldLines(self._who, id="who")
            yield PersonLines()
        yield DigitGrid(N_("Log a call"), N_("a digit is saved at once"))

    def on_mount(self) -> None:
        self.query_one(PersonLines).focus()
        self.refresh_rows({})
        self._say_place()

    def anew(self) -> PersonScreen:
        return PersonScreen(self.person_id, self.among)

    @on(events.Resize)
    def _laid_out_anew(self) -> None:
        if self._person is not None:
            self._show()

    def export_shown(self) -> Shown:
        return Shown("people", Scope(keys=[self.person_id]))

    # -- what is shown ---------------------------------------------------------------

    def refresh_rows(self, touched: Touched) -> None:
        if touched and not SHOWN & touched.keys():
            return
        # Another row may have become the person since.
        self.person_id = person_card.living(self.book, self.person_id)
        try:
            self._person = person_card.get(self.book, self.person_id)
            self._moments = cards.timeline(self.book, self.person_id)
            self._queued = call_queue.line(self.book, self.person_id)
        except Refused:
            self.leave()
            raise
        self._show()

    def _show(self) -> None:
        person = self._person
        assert person is not None
        key = self.host.key_text("item.edit", "e")
        self._known = known_of(self.book, person, key, self._queued, self.lane)
        self._due = waiting(self._queued, self._moments, self.book.now())
        self.query_one("#band").set_class(not self._due, "-none")
        queued = self._queued
        talk = None
        if queued is not None:
            waits = call_card.card(self.book, queued.card_id, queued.purpose, self.lane)
            talk = waits.talk
        self.query_one(PersonLines).show(self._known, self._moments, talk)
        for view in self.query(ToldLines):
            view.rebuild()
        self._abouts = abouts(self.book, self.person_id, direction=self._direction)
        keys = [(str(one.digit), str(one.title), bool(one.ask)) for one in self._outcomes().keys]
        more = [("9", _("more"), True)] if self._more() else []
        grid = self.query_one(DigitGrid)
        about = self._about_text()
        if self._direction == IN:
            grid.title = N_("They called: what came of it?")
            text = _("They called ({about}): the digit says what came of it; 0: not so")
            self.say(text.format(about=about))
        else:
            grid.title = _("Log a call: {about}").format(about=about)
        grid.show([] if person.erased else [*keys, *more])

    def _head(self, cells: int, _rows: int) -> list[Line]:
        person = self._person
        if person is None:
            return []
        tags = [part for one in chips(f"#{tag}" for tag in person.tags[:4]) for part in one]
        name: list[Line | str] = [line((person.called, "focal")), person.title]
        firm = person.company if person.company != person.called else ""
        left = line(" ") + join([*name, firm], "   ")
        right = tuple(tags)
        return [spread(cut_line(left, cells - line_width(right) - 2), right, cells)]

    def _band(self, cells: int, rows: int) -> list[Line]:
        if self._person is None:
            return []
        keys = line((self.host.key_text("person.qr", "c"), "key"), " ", (_("QR code"), "muted"))
        shown = band(self.book, self._due, keys if self._person.phone else (), cells)
        edge = line(("▌", "accent")) if self._due else ()
        return [edge, *shown, edge] if rows >= 3 else shown

    def _who(self, cells: int, _rows: int) -> list[Line]:
        rows = sections(self._known, cells - 3) if self._known else []
        return [((" ", ""), *row) if row else () for row in rows]

    def _say_place(self) -> None:
        """Where in the list it was opened from this person stands."""
        among = self.among
        place = among.place(self.person_id) if among else None
        if among and place is not None:
            self.say(f"{among.title}   {place + 1:,} / {among.count():,}")

    def action_beside(self, by: int) -> None:
        if self.among is None:
            self.say(_("This card was not opened from a list"), "warn")
            return
        there = self.among.beside(self.person_id, by)
        if there is None:
            self.say(_("The list ends here") if by > 0 else _("The list begins here"))
            return
        self.person_id, self._lane, self._direction = there, "", OUT
        self.refresh_rows({})
        self._say_place()

    # -- other keys ----------------------------------------------------------------------

    def _named(self) -> str:
        person = person_card.get(self.book, self.person_id)
        return reading.naming(self.book, person.id, person.name) + " " if person.name else ""

    def action_capture(self) -> None:
        """A line of the log that names this person."""
        self.app.push_screen(CaptureScreen(more=self._named()))

    def action_follow_up(self) -> None:
        self.app.push_screen(TaskScreen(more=self._named()))

    def action_qr(self) -> None:
        person = person_card.get(self.book, self.person_id)
        if not person.phone:
            self.say(_("There is no number to show"), "warn")
            return
        self.app.push_screen(QrScreen(person.called, person.phone))

    @work(group="ask")
    async def action_edit(self) -> None:
        await ask_fields(self.host, self.person_id)

    @work(group="ask")
    async def action_tags(self) -> None:
        await ask_tags(self.host, [self.person_id])

    @work(group="ask")
    async def action_note(self) -> None:
        await ask_note(self.host, self.person_id)

    def action_wecom(self) -> None:
        now = person_card.get(self.book, self.person_id).wecom
        self.host.do(lambda: person_card.set_wecom(self.book, self.person_id, not now))

    @work(group="ask")
    async def action_hand_over(self) -> None:
        await ask_lead(self.host, self.person_id)

    @work(group="ask")
    async def action_requests(self) -> None:
        """What is known of their newest request of materials."""
        one = requests.of_person(self.book, self.person_id)
        await ask_request(self.host, one.card_id)

    @work(group="ask")
    async def action_instead(self) -> None:
        await ask_instead_of(self.host, self.person_id)

    @work(group="ask")
    async def action_guests(self) -> None:
        await ask_guests_of(self.host, self.person_id)

    @work(group="ask")
    async def action_how_it_went(self, state: str) -> None:
        """What was half typed of it is taken up."""
        await ask_how(self.host, self.person_id, state)

    @work(group="ask")
    async def action_call_list(self) -> None:
        from opslog.tui.segments.call_list import ask_call_list

        name = person_card.get(self.book, self.person_id).called
        where = Place("call_list", "person", self.person_id, self.person_id)
        await ask_call_list(self.host, [self.person_id], name, where)

    def action_programme(self) -> None:
        ask_later(self.host, "programme", [self.person_id])

    def action_do_not_call(self) -> None:
        change_bars(self.host, self.person_id)

    def action_copy(self) -> None:
        """Name, company, phone and e-mail, by way of the terminal."""
        person = person_card.get(self.book, self.person_id)
        phone = phones.display(person.phone) if person.phone else ""
        parts = (person.name, person.company, person.title, phone, person.email)
        self.app.copy_to_clipboard(" ".join(part for part in parts if part))
        self.say(_("copied: {name}").format(name=person.called))

    @work(group="ask")
    async def action_erase(self) -> None:
        typed = await ask_erasing(self.host, self.person_id)
        if typed is not None:
            self._erase(typed)

    @work(thread=True, group="erase")
    def _erase(self, typed: str) -> None:
        def progress(text: Msg) -> None:
            self.app.call_later(self.host.say, str(text))

        erased = erasing.erase_in_thread(self.book, self.person_id, typed, progress)
        self.app.call_later(self._erased, erased)

    def _erased(self, erased: erasing.Erased) -> None:
        if self.app.screen is self:
            self.dismiss()
        self.host.broadcast({})
        self.host.say(str(erased.change.label))
        for text, severity, seconds in notices(self.person_id, erased):
            self.notify(text, severity=severity, markup=False, timeout=seconds)
