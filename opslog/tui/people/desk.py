"""The list of people as it is looked at: words, facets and order, read beside where it is long."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable

from textual import on, work
from textual.binding import Binding
from textual.containers import Horizontal
from textual.events import ScreenSuspend
from textual.widget import Widget

from opslog.domain.base.refusal import Refused
from opslog.domain.people.list import ADDED, FACETS, LAST_CONTACT, SORTS, View
from opslog.locale import _, ngettext
from opslog.services.people import card as person_card
from opslog.services.people import list as people_list
from opslog.tui.frame.among import Among
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.people.pane import opened
from opslog.tui.people.rows import PeopleRows, columns
from opslog.tui.people.summary import PeopleSummary
from opslog.tui.widgets.asking.text_input import TextInput
from opslog.tui.widgets.lists.lines_view import Pane
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.text import Line, Span, join, line

AT_ONCE = 40_000  # ids handed to the screen together, while the rest of a long list is read
MET = ("event", "attendance", "verdict", "audience")  # facets that look at lists
SAY_IT_THEMSELVES = ("tag", "wecom", *MET[:3])  # facets whose values need no name before them
KEPT_BEHIND = 50_000  # ids a list may hold while another screen is in front


class PeopleFilter(TextInput):
    """The words looked for; Esc clears them, ↓ goes to the list, Enter too, or to the one found."""

    BINDINGS = [
        Binding("escape", "screen.clear_filter", show=False),
        Binding("down", "screen.to_list", show=False),
        Binding("enter", "screen.found", show=False),
    ]


class PeopleDesk(Base[None]):
    """A list of any length. What needs a look at all of it is done in a thread beside.
    PeopleScreen adds the keys."""

    def __init__(self) -> None:
        super().__init__()
        self.view = View()
        self._reading: people_list.ViewReading | None = None
        self._near: tuple[str, ...] = ()
        self.whole = True  # whether all of the list was read, in its order
        self._kept: int | None = None  # whom the cursor goes back to once a long list is read

    def body(self) -> Iterable[Widget]:
        yield PeopleFilter(
            compact=True, placeholder=_("name, pinyin, company, e-mail, digits of a phone, #tag")
        )
        yield PeopleSummary()
        with Horizontal():
            yield WindowList(columns(), header=True, empty=self._empty())
            yield Pane(self._open_beside)

    def _empty(self) -> list[Line]:
        if self.view.narrowed:
            try:
                people_list.check(self.book, self.view.words)
            except Refused as refusal:
                return [line((str(refusal), "warn"))]
            return [line((_("Nobody is found. Esc clears the words."), "muted"))]
        key = self.host.key_text("go.rosters", "f5")
        text = _("Nobody yet. {key}, then n, takes in a list.").format(key=key)
        by_hand = line((self.host.key_text("item.new", "n"), "key"), "  ")
        return [
            line((text, "muted")),
            by_hand + line(_("somebody by hand, from a card or signature")),
        ]

    @property
    def rows(self) -> WindowList:
        return self.query_one(WindowList)

    @property
    def words(self) -> PeopleFilter:
        return self.query_one(PeopleFilter)

    def on_mount(self) -> None:
        self.words.value = self.view.words
        self.words.display = bool(self.view.words)
        self.rows.focus()
        self._load()

    def on_unmount(self) -> None:
        self._stop()

    # -- what is shown ---------------------------------------------------------------

    def _look(self, view: View) -> None:
        if view != self.view:
            self.view = view
            self._load()

    def _load(self, *, keep: bool = False) -> None:
        """Show the newest of the view at once; have the rest, or another order, read beside.

        ``keep``: the same view again, so the cursor stays on its person.
        """
        self._stop()
        self._kept = self._selected() if keep else None
        self._near = ()
        view = self.view
        self.rows.empty = self._empty()
        if not view.narrowed:
            self.rows.set_source(PeopleRows(self.book))
            self._tell()
        else:
            found = people_list.found(self.book, view)
            self._near = tuple(dict.fromkeys(w for words in found.near.values() for w in words))
            self.rows.set_source(PeopleRows(self.book, array("q", found.ids)))
            self._tell(more=found.more)
            if found.more and view.sort == ADDED and not view.turned:
                self._reading = people_list.ViewReading(self.book, view, found.near)
                self._read_rest(self._reading)
        if view.sort != ADDED or view.turned:
            self._tell(sorting=0)
            near = found.near if view.narrowed else {}
            self._reading = people_list.ViewReading(self.book, view, near)
            self._read_sorted(self._reading)

    def _stop(self) -> None:
        if self._reading is not None:
            self._reading.stop()
            self._reading = None

    @work(thread=True, group="people")
    def _read_rest(self, reading: people_list.ViewReading) -> None:
        ids: array[int] = array("q")

        def hand_over(part: array[int]) -> None:
            ids.extend(part)
            if len(ids) >= AT_ONCE:
                self.call_later(self._grow, reading, ids[:])
                del ids[:]

        try:
            reading.ids(hand_over)
        except people_list.Stopped:
            return
        self.call_later(self._grow, reading, ids, True)

    def _grow(self, reading: people_list.ViewReading, ids: array[int], last: bool = False) -> None:
        if reading is not self._reading:
            return  # another view was asked for meanwhile
        source = self.rows.source
        assert isinstance(source, PeopleRows)
        newest = source.ids[0] if source.ids else 0
        if ids and newest and ids[0] >= newest:
            self.rows.set_source(PeopleRows(self.book, ids))  # the beginning, in place
        else:
            source.ids.extend(ids)
            self.rows.reload()
        if last and self._kept is not None:
            self.rows.select(self._kept)
        self._tell(more=not last)

    @work(thread=True, group="people")
    def _read_sorted(self, reading: people_list.ViewReading) -> None:
        def progress(looked_at: int) -> None:
            self.call_later(self._sorting, reading, looked_at)

        try:
            ids, filled = reading.in_order(progress)
        except people_list.Stopped:
            return
        self.call_later(self._sorted, reading, ids, filled)

    def _sorting(self, reading: people_list.ViewReading, looked_at: int) -> None:
        if reading is self._reading:
            self._tell(sorting=looked_at)

    def _sorted(self, reading: people_list.ViewReading, ids: array[int], filled: int) -> None:
        if reading is not self._reading:
            return
        view = self.view
        # Of a last contact the newest matters; the oldest first is the other way round.
        turned = view.sort != ADDED and view.turned != (view.sort == LAST_CONTACT)
        self.rows.set_source(
            PeopleRows(self.book, ids, filled=filled, turned=turned, falling=False)
        )
        if self._kept is None or not self.rows.select(self._kept):
            self.rows.action_first()
        self._tell()

    def _tell(self, *, more: bool = False, sorting: int | None = None) -> None:
        """Count, words, facets and order, over the list."""
        view, count = self.view, self.rows.source.count()
        self.whole = not more and sorting is None
        text = ngettext("{n} person", "{n} people", count).format(n=f"{count:,}")
        parts: list[Line | Span | str] = [(f"{text} +" if more else text, "strong")]
        if self._near:
            like = _("nobody exactly; like {words}").format(words=" ".join(self._near[:3]))
            parts.append((like, "warn"))
        for facet, value in view.facets:
            name = str(people_list.value_name(self.book, facet, value))
            before, _value, after = _("{facet}: {value}").partition("{value}")
            label = before.format(facet=_(FACETS[facet]))
            if facet in SAY_IT_THEMSELVES:
                label, name = "", f"#{name}" if facet == "tag" else name
            parts.append(line((label, "muted"), (name, "accent"), (after, "muted")))
        if sorting is not None:
            done = f"{sorting:,}" if sorting else ""
            parts.append((_("sorting … {n}").format(n=done).rstrip(), "muted"))
        elif view.sort != ADDED or view.turned:
            sign = "↑" if view.turned else "↓"
            parts.append((f"{sign} {_(SORTS[view.sort])}", "accent"))
        back = self.host.key_text("people.everybody", "F") if view.facets else ""
        self.query_one(PeopleSummary).tell(join(parts), back)

    def _in_words(self) -> str:
        """What the list is narrowed to, on one line."""
        values = (people_list.value_name(self.book, *pair) for pair in self.view.facets)
        return " · ".join([*filter(None, [self.view.words.strip()]), *map(str, values)])

    def keys_of(self, table: str, id: int) -> Hashable | None:
        return id if table == "person" else None

    def refresh_rows(self, touched: Touched) -> None:
        if self.app.screen is not self:
            self.stale = True
            return
        shown = {"person", "person_tag", "touch"}
        if dict(self.view.facets).keys() & set(MET):
            shown |= {"card", "decision"}
        if touched and not touched.keys() & shown:
            return
        few = touched and all(touched.get(table, {0}) for table in ("person", "person_tag"))
        source = self.rows.source
        long = isinstance(source, PeopleRows) and len(source.ids) > people_list.FIRST
        if few and not self.view.plain and (long or self.view.sort != ADDED):
            self.rows.reload()  # who is shown, and the order, stay until asked for again
        else:
            self._load(keep=True)

    @on(ScreenSuspend)
    def _left(self) -> None:
        """Long lists are let go while another screen is worked on."""
        source = self.rows.source
        if self.host.current_mode == "people" or not isinstance(source, PeopleRows):
            return
        if len(source.ids) > KEPT_BEHIND:
            self._stop()
            self.rows.source = PeopleRows(self.book)
            self.stale = True

    def _selected(self) -> int | None:
        key = self.rows.selected
        return key if isinstance(key, int) else None

    @on(WindowList.Selected)
    def _moved(self) -> None:
        self.query_one(Pane).rebuild()

    def _open_beside(self, cells: int, _rows: int) -> list[Line]:
        person_id = self._selected()
        if person_id is None or not person_card.many(self.book, [person_id]):
            return []
        return opened(self.book, person_card.living(self.book, person_id), cells)

    def _among(self) -> Among:
        """The list as it stands, to go through it on the card."""
        source = self.rows.source
        assert isinstance(source, PeopleRows)
        return Among(_("People"), source.count, source.position, source.at)
