"""People: everybody ever met, found while typing, narrowed and sorted by a key."""

from __future__ import annotations

from textual import events, on, work
from textual.widgets import Input

from opslog.domain.base.refusal import Refused
from opslog.domain.people.list import FACETS, SORTS, View
from opslog.domain.twins.pairs import COMPANY, PERSON
from opslog.locale import N_, Msg, _, msg
from opslog.services.book.contributions import Scope
from opslog.services.book.drafts import Place
from opslog.services.people import card as person_card
from opslog.services.people import list as people_list
from opslog.services.twins import twins
from opslog.tui.frame.actions import OF_A_ROW
from opslog.tui.frame.navigation import ask, ask_later, open_screen, screen_class
from opslog.tui.frame.shown import Shown
from opslog.tui.people.actions import CARD, PEOPLE
from opslog.tui.people.desk import PeopleDesk
from opslog.tui.people.facets import ANY, FacetValues
from opslog.tui.people.forms import ask_fields, ask_new, ask_tags, change_bars
from opslog.tui.people.rows import PeopleRows
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.asking.prompt import Choice, Choose
from opslog.tui.widgets.lists.window_list import WindowList


class PeopleScreen(PeopleDesk):
    """The list with its keys."""

    HELP = N_(
        "Everybody who was ever on a list. / finds any part of a Chinese name or company, pinyin "
        "in full or by initials (wzg), e-mail, digits of a phone number, #tag, numbers of an own "
        "field (staff>=100, staff:100-500). f narrows, s sorts, F shows everybody again. space "
        "marks many; t then tags them all."
    )
    CSS_PATH = "people.tcss"
    ROW_KEYS = OF_A_ROW | set(CARD)
    BINDINGS = bind(
        *("item.open", "item.filter", "people.facet", "item.new", "item.mark", "item.call_list"),
        *("item.programme", "item.tags", "people.sort", "people.everybody"),
        *("item.edit", "item.wecom", "item.do_not_call", *CARD),
        *PEOPLE,
        show=(
            "item.open",
            "item.new",
            "item.filter",
            "people.facet",
            "item.mark",
            "item.call_list",
            "item.programme",
            "item.tags",
            "people.sort",
        ),
    )

    def on_mount(self) -> None:
        self._say_twins()  # Textual mounts what the desk holds besides

    def anew(self) -> PeopleScreen:
        fresh = PeopleScreen()
        fresh.view = self.view
        return fresh

    async def show(self, kind: str, ref: int) -> None:
        """Go to one person, whatever is filtered; or to whom an event is for."""
        if kind == "audience":
            self._clear_words()
            self._look(View(facets=((kind, str(ref)),)))
            return
        person_id = person_card.living(self.book, ref)
        self._clear_words()
        self._look(View())
        self.rows.select(person_id)
        await self.app.push_screen(screen_class("person")(person_id, self._among()))

    def export_shown(self) -> Shown:
        """Who is found, in the order they stand in. Raises Refused while that is being read."""
        keys = None if self.view.plain else self._every()
        return Shown("people", Scope(keys=keys), self.rows.marked_in_order())

    def _every(self) -> list[int]:
        """Who is shown, in the order they stand in. Raises Refused while that is being read."""
        source = self.rows.source
        assert isinstance(source, PeopleRows)
        if not self.whole:
            raise Refused(
                msg(N_("The list is still being read; the key again once its number stands"))
            )
        return source.every()

    # -- narrowing and sorting -----------------------------------------------------------

    def action_filter(self) -> None:
        self.words.display = True
        self.words.focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        words = event.value.strip()
        if words != self.view.words:
            self._look(View(words, self.view.facets, self.view.sort, self.view.turned))
            self.rows.action_first()

    def action_to_list(self) -> None:
        self.words.display = bool(self.view.words)
        self.rows.focus()

    def action_found(self) -> None:
        """To the card of the one who is found, else to the list."""
        self.action_to_list()
        if self.view.words and self._reading is None and self.rows.count == 1:
            self.action_open()

    def on_key(self, event: events.Key) -> None:
        """A digit on the list begins to find a number: who rings is on the card in a moment."""
        if self.rows.has_focus and event.character in tuple("0123456789"):
            event.stop()
            self.words.display = True
            self.set_focus(self.words)
            # In its own turn: getting the focus marks what stands there, to be written over.
            self.words.call_later(self.words.insert_text_at_cursor, event.character)

    def action_clear_filter(self) -> None:
        self._clear_words()
        self.rows.focus()

    def _clear_words(self) -> None:
        self.words.value = ""
        self.words.display = False
        self._look(View("", self.view.facets, self.view.sort, self.view.turned))

    @work(group="ask")
    async def action_facet(self) -> None:
        taken = dict(self.view.facets)
        facet = await self.host.ask(
            Choose(
                _("Only those of one …"),
                [
                    Choice(
                        name,
                        _(label),
                        str(people_list.value_name(self.book, name, taken[name]))
                        if name in taken
                        else "",
                    )
                    for name, label in FACETS.items()
                ],
            )
        )
        if not facet:
            return
        value = await self.host.ask(FacetValues(self.view, facet))
        if value is not None:
            self._look(self.view.having(facet, None if value == ANY else value))
            self.rows.action_first()

    def action_everybody(self) -> None:
        if self.view.plain:
            self.say(_("Everybody is shown"))
        self._clear_words()
        self._look(View())

    @work(group="ask")
    async def action_sort(self) -> None:
        sort = await self.host.ask(
            Choose(
                _("Sort by; the same again turns it round"),
                [Choice(name, _(label)) for name, label in SORTS.items()],
                selected=self.view.sort,
            )
        )
        if sort:
            self._look(self.view.sorted_by(sort))

    def action_back(self) -> None:
        """Esc takes marks off, then the words, then the facets and the order."""
        if self.rows.marked:
            self.rows.clear_marks()
        elif self.view.words:
            self._clear_words()
        elif not self.view.plain:
            self._look(View())

    # -- people --------------------------------------------------------------------------

    @on(WindowList.Opened)
    def action_open(self) -> None:
        if person_id := self._selected():
            open_screen(self.app, "person", person_id, self._among())

    def action_mark(self) -> None:
        self.rows.toggle_mark()

    @work(group="ask")
    async def action_tags(self) -> None:
        chosen = [key for key in self.rows.chosen() if isinstance(key, int)]
        if chosen:
            await ask_tags(self.host, chosen)

    @work(group="ask")
    async def action_new(self) -> None:
        made = await ask_new(self.host)
        if made:
            self._clear_words()
            self._look(View())
            self._load()
            self.rows.select(made)

    @work(group="ask")
    async def action_edit(self) -> None:
        if person_id := self._selected():
            await ask_fields(self.host, person_id)

    def action_wecom(self) -> None:
        """On WeCom; where all chosen are, not on it."""
        chosen = [key for key in self.rows.chosen() if isinstance(key, int)]
        if chosen:
            already = all(person.wecom for person in person_card.many(self.book, chosen))
            self.host.do(lambda: person_card.set_wecom_all(self.book, chosen, not already))

    def action_programme(self) -> None:
        ask_later(
            self.host, "programme", [key for key in self.rows.chosen() if isinstance(key, int)]
        )

    @work(group="ask")
    async def action_call_list(self) -> None:
        from opslog.services.calls import outsiders
        from opslog.tui.segments.call_list import ask_call_list

        marked = [key for key in self.rows.marked_in_order() if isinstance(key, int)]
        if not marked and not self.view.narrowed:
            raise Refused(
                msg(N_("That would be everybody: mark some with space, or find and narrow first"))
            )
        outside: list[Msg] = []
        people = marked
        if not marked:
            people, outside = outsiders.fit(self.book, self._every())
        if not people:
            return
        first = person_card.many(self.book, people[:1])
        if not first:
            raise Refused(msg(N_("These people are gone; undo may bring them back")))
        chosen = first[0].called
        name = self._in_words() if not marked else chosen if len(people) == 1 else ""
        name = name or _("{name} and {n} more").format(name=chosen, n=len(people) - 1)
        where = Place("call_list", "people")
        await ask_call_list(self.host, people, name, where, outside=outside)

    @work(group="ask")
    async def action_instead(self) -> None:
        if person_id := self._selected():
            await ask(self.host, "instead", person_id)

    @work(group="ask")
    async def action_guests(self) -> None:
        if person_id := self._selected():
            await ask(self.host, "guests", person_id)

    def action_do_not_call(self) -> None:
        if person_id := self._selected():
            change_bars(self.host, person_id)

    # -- nobody twice --------------------------------------------------------------------

    def _say_twins(self) -> None:
        """How many pairs may be one, and of what, where any wait."""
        if pairs := " · ".join(map(str, twins.waiting(self.book))):
            key = self.host.key_text("people.twins", "D")
            self.say(_("{pairs} may be one: {key}").format(pairs=pairs, key=key))

    def action_fields(self) -> None:
        open_screen(self.app, "fields")

    def action_twins(self) -> None:
        counts = twins.counts(self.book)
        only_companies = counts[COMPANY] and not counts[PERSON]
        open_screen(self.app, "twins", COMPANY if only_companies else PERSON)
