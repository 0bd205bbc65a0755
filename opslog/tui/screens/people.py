"""People: everybody ever met, found while typing."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on, work
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Input

from opslog.domain import phones
from opslog.domain.contacts import Person
from opslog.locale import N_, _, ngettext
from opslog.services import contacts
from opslog.tui.actions import bind
from opslog.tui.screens.base import Base, Touched
from opslog.tui.screens.person import PersonScreen
from opslog.tui.screens.person_forms import ask_fields, ask_tags
from opslog.tui.text import Line, line
from opslog.tui.widgets.paged_rows import PagedRows
from opslog.tui.widgets.window_list import Column, Row, WindowList


def _row(person: Person) -> Row:
    phone = phones.display(person.phone) if person.phone else ""
    wecom = {True: _("yes"), False: _("no"), None: ""}[person.wecom]
    tags = " ".join(f"#{tag}" for tag in person.tags)
    reach: Line = line((phone, "warn" if person.do_not_call else ""))
    return Row(
        person.id,
        (
            line((person.called, "strong")),
            person.company,
            person.title,
            reach,
            wecom,
            line((person.city, "muted")),
            line((person.email, "muted")),
            line((tags, "accent")),
        ),
    )


class PeopleFilter(Input):
    """The words looked for; Esc clears them, Enter and ↓ go to the list."""

    BINDINGS = [
        Binding("escape", "screen.clear_filter", show=False),
        Binding("down,enter", "screen.to_list", show=False),
    ]


class PeopleScreen(Base[None]):
    """A list of any length with a filter."""

    HELP = N_(
        "Everybody who was ever on a list. / finds by name, company, e-mail, part of a phone "
        "number, or #tag. space marks many; t then tags them all."
    )
    CSS_PATH = "people.tcss"
    BINDINGS = bind(
        *("item.open", "item.filter", "item.mark", "item.tags", "item.edit", "item.wecom"),
        show=("item.open", "item.filter", "item.mark", "item.tags", "item.edit", "item.wecom"),
    )

    def __init__(self) -> None:
        super().__init__()
        self.sought = ""

    def body(self) -> Iterable[Widget]:
        yield PeopleFilter(
            compact=True, placeholder=_("name, company, e-mail, digits of a phone, #tag")
        )
        yield WindowList(
            [
                Column(_("Name"), flex=3),
                Column(_("Company"), flex=6),
                Column(_("Title"), flex=3),
                Column(_("Phone"), width=16),
                Column(_("WeCom"), width=5),
                Column(_("City"), width=8, least=100),
                Column(_("E-mail"), flex=4, least=120),
                Column(_("Tags"), flex=2),
            ],
            header=True,
            empty=self._empty(),
        )

    def _empty(self) -> list[Line]:
        if self.sought:
            return [line((_("Nobody is found. Esc clears the words."), "muted"))]
        key = self.desk.key_text("go.rosters", "f5")
        text = _("Nobody yet. {key}, then n, takes in a list.").format(key=key)
        return [line((text, "muted"))]

    @property
    def rows(self) -> WindowList:
        return self.query_one(WindowList)

    @property
    def words(self) -> PeopleFilter:
        return self.query_one(PeopleFilter)

    def on_mount(self) -> None:
        self.words.display = False
        self.rows.focus()
        self._load()

    def _load(self) -> None:
        book, words = self.book, self.sought
        found = contacts.find_ids(book, words) if words else contacts.ids(book)
        self.rows.empty = self._empty()
        self.rows.set_source(
            PagedRows(
                found,
                lambda ids: [_row(person) for person in contacts.many(book, ids)],
                newest_first=True,
            )
        )
        if self.sought:
            many = len(found) >= contacts.MOST_FOUND
            text = ngettext("{n} person found", "{n} people found", len(found))
            self.say(
                _("the newest {n} of those found").format(n=len(found))
                if many
                else text.format(n=len(found))
            )

    def refresh_rows(self, touched: Touched) -> None:
        if self.app.screen is not self:
            self.stale = True
            return
        if not touched or touched.keys() & {"person", "person_tag"}:
            self._load()

    async def show(self, kind: str, ref: int) -> None:
        """Go to one person, whatever is filtered."""
        if self.sought:
            self._clear()
        self.rows.select(ref)
        await self.app.push_screen(PersonScreen(ref))

    def export_subject(self) -> tuple[str, int | None]:
        return "people", None

    # -- the filter ------------------------------------------------------------------

    def action_filter(self) -> None:
        self.words.display = True
        self.words.focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        words = event.value.strip()
        if words != self.sought:
            self.sought = words
            self._load()

    def action_to_list(self) -> None:
        self.words.display = bool(self.sought)
        self.rows.focus()

    def action_clear_filter(self) -> None:
        self._clear()
        self.rows.focus()

    def _clear(self) -> None:
        self.words.value = ""
        self.words.display = False
        self.sought = ""
        self._load()

    def action_back(self) -> None:
        """Esc takes marks off, then the filter."""
        if self.rows.marked:
            self.rows.clear_marks()
        elif self.sought:
            self._clear()

    # -- people --------------------------------------------------------------------------

    def _selected(self) -> int | None:
        key = self.rows.selected
        return key if isinstance(key, int) else None

    @on(WindowList.Opened)
    def action_open(self) -> None:
        if person_id := self._selected():
            self.app.push_screen(PersonScreen(person_id))

    def action_mark(self) -> None:
        self.rows.toggle_mark()

    @work(group="ask")
    async def action_tags(self) -> None:
        chosen = [key for key in self.rows.chosen() if isinstance(key, int)]
        if chosen:
            await ask_tags(self.desk, chosen)

    @work(group="ask")
    async def action_edit(self) -> None:
        if person_id := self._selected():
            await ask_fields(self.desk, person_id)

    def action_wecom(self) -> None:
        if person_id := self._selected():
            now = contacts.get(self.book, person_id).wecom
            self.desk.do(lambda: contacts.set_wecom(self.book, person_id, not now))
