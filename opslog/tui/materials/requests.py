"""Who asked for materials: to be sent, to be decided, sent, refused; of one release or of all."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import ClassVar

from textual import on, work
from textual.containers import Horizontal
from textual.widget import Widget

from opslog.domain.dates.wording import short_day
from opslog.domain.materials.requests import (
    MEDIUM_TITLES,
    SHOWN_TITLES,
    STATE_TITLES,
    STATES,
    WHO_TITLES,
    Request,
    counts,
    title,
)
from opslog.locale import N_, Msg, _, msg, ngettext
from opslog.services.book.book import Change
from opslog.services.book.contributions import Scope
from opslog.services.materials import requests
from opslog.tui.frame.navigation import open_screen
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.frame.shown import Shown
from opslog.tui.materials.actions import REQUESTS
from opslog.tui.materials.forms import ask_request, ask_why_refused
from opslog.tui.people.forms import ask_new
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.lists.lines_view import Pane, ToldLines
from opslog.tui.widgets.lists.rows import Cell, Column, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.pane import told
from opslog.tui.widgets.text import Line, join, line

_SHOWN = ("item.copy", *REQUESTS, "item.edit", "item.new")
_LOOKS = {"to_send": "accent", "to_decide": "warn", "sent": "muted", "refused": "muted"}


class RequestsScreen(Base[None]):
    """By what is to be done with them, in the order they asked."""

    CSS_PATH = "requests.tcss"
    HELP = N_(
        "Who asked for materials. 1 allows, 2 refuses and asks why: a competitor is not sent "
        "anything. y copies the address of a paper copy, or the watermark of a file, for the one "
        "under the cursor or for all marked; d says that it was sent. n enters somebody who asks: "
        "a line, or a business card pasted; e says what is known of the request. Three, six and "
        "twelve months later they stand in Calls. x writes a table, or the mailing list."
    )
    BINDINGS = bind("item.open", *_SHOWN, "item.mark", show=_SHOWN)
    ROW_KEYS: ClassVar[frozenset[str]] = frozenset(
        {"item.open", "item.copy", "item.edit", "item.mark", *REQUESTS}
    )

    def __init__(self, event_id: int | None = None) -> None:
        super().__init__()
        self._event_id = event_id
        self._found: dict[int, Request] = {}

    def body(self) -> Iterable[Widget]:
        yield ToldLines(self._head, id="facts")
        with Horizontal():
            yield WindowList(
                [
                    Column(_("Name"), flex=2),
                    Column(_("Company"), flex=3),
                    Column(_("Who asks"), width=16),
                    Column(_("Address or watermark"), flex=3),
                    Column(_("Asked"), width=10),
                ],
                header=True,
                empty=[
                    line((_("Nobody asked yet."), "strong")),
                    line(
                        (self.host.key_text("item.new", "n"), "key"),
                        "  ",
                        _("enters somebody: a line, or a business card pasted"),
                    ),
                ],
                id="requests",
            )
            yield Pane(self._beside)

    @property
    def rows(self) -> WindowList:
        return self.query_one("#requests", WindowList)

    def on_mount(self) -> None:
        self.rows.focus()
        self.refresh_rows({})

    def anew(self) -> RequestsScreen:
        return RequestsScreen(self._event_id)

    def keys_of(self, table: str, id: int) -> Hashable | None:
        return id if table == "card" else None

    def export_shown(self) -> Shown:
        keys = [one.card_id for one in self._found.values()]
        return Shown(
            "requests",
            Scope(self._event_id, keys=keys),
            self.rows.marked_in_order(),
            at_event=self._event_id,
        )

    def refresh_rows(self, touched: Touched) -> None:
        found = requests.of_event(self.book, self._event_id)
        self._found = {one.card_id: one for one in found}
        rows: list[Row] = []
        for state in STATES:
            some = [one for one in found if one.state == state]
            if some:
                head = line(" ", (_(STATE_TITLES[state]), "title"), " ", (str(len(some)), "muted"))
                rows.append(Row(("heading", state), heading=head))
                rows += [Row(one.card_id, self._cells(one)) for one in some]
        self.rows.set_rows(rows)
        self.query_one("#facts", ToldLines).rebuild()
        self._told()

    def _cells(self, one: Request) -> tuple[Cell, ...]:
        return (
            requests.name(one),
            line((one.company, "muted")),
            line((str(_who(one)), "warn" if one.rival else "" if one.who else "dim")),
            line((one.address or one.watermark, "muted")),
            line((str(short_day(one.asked, self.book.today())), "muted")),
        )

    def _head(self, _cells: int, _rows: int) -> list[Line]:
        found = [*self._found.values()]
        names = list(dict.fromkeys(one.event for one in found))
        sums = counts(found)
        parts = [
            _("{n} asked").format(n=sums.asked),
            _("{n} allowed").format(n=sums.allowed),
            _("{n} sent").format(n=sums.sent),
            _("{n} refused").format(n=sums.refused),
        ]
        name = names[0] if len(names) == 1 else _("Requests of materials")
        return [line(" ") + join([(name, "focal"), (" · ".join(parts), "muted")])]

    @on(WindowList.Selected)
    def _told(self) -> None:
        self.query_one(Pane).rebuild()

    def _beside(self, cells: int, _rows: int) -> list[Line]:
        """What there is to go by, what to copy first."""
        one = self._selected()
        if one is None:
            return self.beside_empty(cells)
        today = self.book.today()
        sent = one.sent_at and short_day(one.sent_at.astimezone(self.book.clock.zone).date(), today)
        facts: list[tuple[str, object]] = [
            (_("Event"), one.event),
            (_("Who asks"), _who(one)),
            (_("Shown by"), title(SHOWN_TITLES, one.shown)),
            (_("What they get"), title(MEDIUM_TITLES, one.medium)),
            (_("Watermark"), one.watermark),
            (_("Address"), one.address),
            (_("What for"), one.use),
            (_("Why"), one.reason),
            (_("Sent"), sent or ""),
            (_("Sent by"), one.sent_by),
        ]
        shown = [*told(requests.name(one), cells, "focal"), *told(one.company, cells, "muted")]
        shown += [*told(_(STATE_TITLES[one.state]), cells, _LOOKS[one.state]), ()]
        if one.no_mail:
            shown += told(
                _("asked not to be written to: left out of the mailing list"), cells, "warn"
            )
        fact = _("{label}: {value}")
        for label, value in facts:
            if text := str(value):
                shown += told(fact.format(label=label, value=text), cells)
        return shown

    def _selected(self) -> Request | None:
        key = self.rows.selected
        return self._found.get(key) if isinstance(key, int) else None

    def _chosen(self) -> list[Request]:
        return [self._found[key] for key in self.rows.chosen() if key in self._found]

    # -- keys ---------------------------------------------------------------------------

    def action_mark(self) -> None:
        self.rows.toggle_mark()

    @on(WindowList.Opened)
    def action_open(self) -> None:
        if one := self._selected():
            open_screen(self.app, "person", one.person_id)

    def action_copy(self) -> None:
        texts = [text for one in self._chosen() if (text := requests.to_copy(one))]
        if not texts:
            self.say(_("Neither address nor watermark is known; e writes them"))
            return
        self.app.copy_to_clipboard("\n".join(texts))
        said = ngettext("Copied {n} address or watermark", "Copied {n} of them", len(texts))
        self.say(said.format(n=len(texts)))

    def action_done(self) -> None:
        self._each(requests.send)

    def action_allow(self) -> None:
        self._each(requests.allow)

    def _each(self, verb: Callable[..., Change]) -> None:
        if chosen := self._chosen():
            self.host.do(lambda: verb(self.book, [one.card_id for one in chosen]))

    @work(group="ask")
    async def action_refuse(self) -> None:
        if chosen := self._chosen():
            await ask_why_refused(self.host, chosen)

    @work(group="ask")
    async def action_edit(self) -> None:
        if one := self._selected():
            await ask_request(self.host, one.card_id)

    @work(group="ask")
    async def action_new(self) -> None:
        """A person, then what is known of the request."""
        one = self._selected()
        event_id = self._event_id or (one.event_id if one else requests.newest(self.book))
        made = await ask_new(self.host, event_id)
        if made:
            await ask_request(self.host, requests.of_person(self.book, made, event_id).card_id)


def _who(one: Request) -> Msg:
    """Who asks; where nobody said so, what is known of them."""
    if one.who:
        return title(WHO_TITLES, one.who)
    if one.known not in WHO_TITLES:
        return msg(N_("not known"))
    return msg(N_("{who}?"), who=msg(WHO_TITLES[one.known]))
