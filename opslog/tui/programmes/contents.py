"""Pieces of content: what wants a look first; a new version, out of use, where it is used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from textual import on, work
from textual.containers import Horizontal
from textual.widget import Widget

from opslog.domain.programmes.contents import (
    KIND_TITLES,
    STAGE_TITLES,
    STAGES,
    Piece,
    months_between,
    said,
)
from opslog.domain.programmes.queue import Stale
from opslog.locale import N_, Msg, _, msg, ngettext
from opslog.services.book.book import Change
from opslog.services.book.drafts import Place
from opslog.services.programmes import contents, programmes
from opslog.tui.frame.navigation import open_screen, screen_class
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.programmes.actions import CONTENTS, NEXT
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.asking.form import Field, Form, Values
from opslog.tui.widgets.asking.prompt import Choice, Choose
from opslog.tui.widgets.lists.lines_view import Pane
from opslog.tui.widgets.lists.rows import Cell, Column, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.pane import titled, told
from opslog.tui.widgets.text import Line, join, line

_KEYS = ("item.open", *NEXT, "item.new", "item.edit", *CONTENTS, "item.copy")


class ContentsScreen(Base[None]):
    """Those that want a look, then by stage and label."""

    HELP = N_(
        "The words that programmes send, by stage and label. Those that want a look stand first, "
        "with why. n makes a new piece, e a new version of this one (what was sent keeps the old "
        "one), Del takes it out of use, Enter opens a programme that uses it. Tab leads on to "
        "today's messages."
    )
    BINDINGS = bind(*_KEYS, show=_KEYS)

    def __init__(self, select: int = 0) -> None:
        super().__init__()
        self._select = select
        self._pieces: dict[str, Piece] = {}
        self._stale: dict[int, Stale] = {}

    def body(self) -> Iterable[Widget]:
        with Horizontal():
            yield WindowList(
                [
                    Column(_("Piece"), width=12),
                    Column(_("Kind"), width=13),
                    Column(_("Version"), width=8, right=True),
                    Column(_("Age"), width=10, right=True),
                    Column(_("Words"), flex=5, least=60),
                ],
                header=True,
                empty=[
                    line((_("No pieces yet."), "strong")),
                    line((self.host.key_text("item.new", "n"), "key"), "  ", _("writes one")),
                ],
                id="pieces",
            )
            yield Pane(self._opened_beside)

    @property
    def rows(self) -> WindowList:
        return self.query_one("#pieces", WindowList)

    def on_mount(self) -> None:
        self.rows.focus()
        self.refresh_rows({})
        for label, piece in self._pieces.items():
            if self._select and piece.id == self._select:
                self.rows.select(label)

    def anew(self) -> ContentsScreen:
        return ContentsScreen()

    def refresh_rows(self, touched: Touched) -> None:
        if touched and not {"content", "own_file", "sending"} & touched.keys():
            return
        self._stale = {one.content_id: one for one in contents.stale(self.book)}
        found = contents.pieces(self.book)
        self._pieces = {one.label: one for one in found}
        stale = [one for one in found if one.id in self._stale]
        groups = [(_("Words that want a look"), "warn", stale)]
        for stage in STAGES:
            some = [one for one in found if one.stage == stage and one not in stale]
            groups.append((_(STAGE_TITLES[stage]), "title", some))
        rows: list[Row] = []
        for title, look, pieces in groups:
            if rows and pieces:
                rows.append(Row(("air", title), heading=()))
            rows += self._group(title, look, pieces)
        self.rows.set_rows(rows)
        self._tell()

    def _group(self, title: str, look: str, pieces: Sequence[Piece]) -> list[Row]:
        if not pieces:
            return []
        head = line((f" {title}", look), " ", (str(len(pieces)), "muted"))
        return [
            Row(("heading", title), heading=head),
            *(Row(one.label, self._cells(one)) for one in pieces),
        ]

    def _cells(self, one: Piece) -> tuple[Cell, ...]:
        return (
            line((str(said(one.label)), "strong")),
            line((_(KIND_TITLES[one.kind]), "muted")),
            f"v{one.version}",
            line((self._age(one), "warn" if one.id in self._stale else "muted")),
            line((" ".join(one.text.split()), "muted")),
        )

    def _age(self, one: Piece) -> str:
        if one.made_on is None:
            return _("as shipped")
        months = months_between(one.made_on, self.book.today())
        if not months:
            return _("this month")
        return ngettext("{n} month", "{n} months", months).format(n=months)

    @on(WindowList.Selected)
    def _tell(self) -> None:
        self.query_one(Pane).rebuild()

    def _piece(self) -> Piece | None:
        key = self.rows.selected
        return self._pieces.get(key) if isinstance(key, str) else None

    def _opened_beside(self, cells: int, _rows: int) -> list[Line]:
        """The words, why they want a look, and where they go out."""
        one = self._piece()
        if one is None:
            return self.beside_empty(cells)
        used = contents.uses(self.book, one)
        steps = [line(self._step(code, step)) for code, step in used.steps]
        stale = self._stale.get(one.id)
        about = [_(KIND_TITLES[one.kind]), f"v{one.version}", self._age(one), one.writer]
        versions = [
            join([f"v{before.version}", (str(before.made_on or _("as shipped")), "muted")])
            for before in contents.versions(self.book, one.label)[1:]
        ]
        return [
            line((str(said(one.label)), "focal")),
            line((" · ".join(filter(None, about)), "muted")),
            *(told(f"! {stale.why}", cells, "warn") if stale else []),
            *titled(_("Words"), told(one.text, cells)),
            *titled(_("Link"), told(one.link, cells) if one.link else []),
            *titled(_("Where it is used"), steps or [line((_("in no programme"), "muted"))]),
            *titled(_("Versions before"), versions),
        ]

    def _step(self, code: str, step: str) -> str:
        programme = programmes.programme(self.book, code)
        found = programme.step(step)
        return f"{programme.named} · {found.named if found else step}"

    # -- keys ---------------------------------------------------------------------------

    @on(WindowList.Opened)
    def _clicked(self) -> None:
        self.action_open()

    @work(group="ask")
    async def action_open(self) -> None:
        """A programme that uses it; which, where there are several."""
        one = self._piece()
        if one is None:
            return
        used = contents.uses(self.book, one).steps
        codes = list(dict.fromkeys(code for code, _step in used))
        if not codes:
            self.say(_("No programme uses it"), "warn")
            return
        choices = [Choice(c, str(programmes.programme(self.book, c).named)) for c in codes]
        code = codes[0]
        if len(codes) > 1:
            code = await self.host.ask(Choose(_("Open which programme?"), choices))
        if code is not None:
            open_screen(self.app, "programme", code)

    def action_next_view(self) -> None:
        self.app.switch_screen(screen_class("messages")())

    def action_copy(self) -> None:
        if one := self._piece():
            self.app.copy_to_clipboard(one.text)
            self.say(_("Copied: {text}").format(text=" ".join(one.text.split())))

    @work(group="ask")
    async def action_new(self) -> None:
        def saves(values: Values) -> Change:
            return contents.add(self.book, **values)

        title = msg(N_("A new piece"))
        await self.host.ask(self._form(title, None, saves, Place("new", "contents")))

    @work(group="ask")
    async def action_edit(self) -> None:
        """A new version of this piece."""
        one = self._piece()
        if one is None:
            return

        def saves(values: Values) -> Change:
            texts = {name: text for name, text in values.items() if name in _TEXTS}
            return contents.change(self.book, one.label, **texts)

        title = msg(N_("{label}: a new version"), label=said(one.label))
        await self.host.ask(self._form(title, one, saves, Place("edit", "content", one.id)))

    def _form(
        self, title: Msg, one: Piece | None, saves: Callable[[Values], Change], where: Place
    ) -> Form[Change]:
        return Form(title, partial(self._fields, one), saves, where=where)

    def _fields(self, one: Piece | None) -> list[Field]:
        fields = []
        if one is not None:
            one = next((now for now in contents.pieces(self.book) if now.label == one.label), one)
        else:
            stages = [Choice(stage, _(STAGE_TITLES[stage])) for stage in STAGES]
            kinds = [Choice(kind, _(name)) for kind, name in KIND_TITLES.items()]
            fields += [
                Field("label", _("Piece"), "", _("features 05, or any short name")),
                Field("stage", _("Stage"), choices=stages),
                Field("kind", _("Kind"), choices=kinds, same_row=True),
            ]
        fields += [
            Field(
                "text_zh",
                _("Chinese"),
                one.text_zh if one else "",
                _("{person} {company} are filled in"),
            ),
            Field("text_en", _("English"), one.text_en if one else ""),
            Field("link", _("Link"), one.link if one else ""),
            Field("revise_on", _("Revise on"), "", _("2027-06-01; empty: by its age")),
        ]
        return fields

    def action_retire(self) -> None:
        if one := self._piece():
            self.host.do(lambda: contents.retire(self.book, one.label))


_TEXTS = {"text_zh", "text_en", "link", "revise_on"}
