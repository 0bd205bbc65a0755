"""Copies of the book: what each holds, one brought back, a second disk, the plain copy."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ClassVar, TypeVar

from textual import on, work
from textual.containers import Horizontal
from textual.widget import Widget
from textual.worker import get_current_worker

from opslog.domain.base.refusal import Refused
from opslog.domain.dates.wording import short_moment
from opslog.domain.events.plans import evidence
from opslog.locale import N_, Msg, _, msg, ngettext, nmsg
from opslog.services.book import backup
from opslog.services.book.book import Book
from opslog.services.book.copies import holdings, second_folder
from opslog.services.book.copies.holdings import Holding
from opslog.services.files.plain import copy
from opslog.tui.anywhere.copy_writing import CopyWriting
from opslog.tui.anywhere.export_form import LAST_FOLDER
from opslog.tui.anywhere.writing import reading
from opslog.tui.frame.actions import COPIES
from opslog.tui.frame.proving import prove
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.asking.prompt import Confirm, Prompt
from opslog.tui.widgets.drawing import button
from opslog.tui.widgets.lists.lines_view import Pane, ToldLines
from opslog.tui.widgets.lists.rows import Column, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.pane import titled, told
from opslog.tui.widgets.text import Line, line

T = TypeVar("T")
_NONE = "-"  # typed for no second folder


class CopiesScreen(Base[None]):
    """Opened from anywhere with ``K``."""

    CSS_PATH = "copies.tcss"
    ROW_KEYS = frozenset({"copies.restore"})
    HELP = N_(
        "Every backup and plain copy there is, the newest first, with what it holds: choose one to "
        "bring it back; what is there now is kept. opslog writes one a day by itself."
    )
    BINDINGS: ClassVar = bind(*COPIES, "back", show=(*COPIES, "back"))

    def __init__(self) -> None:
        super().__init__()
        self._found: dict[Path, Holding | None] = {}
        self._now: Holding | None = None

    def body(self) -> Iterable[Widget]:
        yield ToldLines(self._summary, id="summary")
        with Horizontal():
            yield WindowList(
                [
                    Column(width=16),
                    Column(width=10),
                    Column(),
                    Column(width=11, right=True),
                    Column(width=11, right=True, least=70),
                    Column(width=8, right=True, least=70),
                ],
                empty=[
                    line((_("There is no copy yet."), "strong")),
                    (),
                    line((self.host.key_text("copies.backup", "1"), "key"), "  ", _("back up now")),
                ],
                id="copies",
            )
            yield Pane(self._opened)
        yield ToldLines(self._details, id="details")

    @property
    def rows(self) -> WindowList:
        return self.query_one(WindowList)

    def anew(self) -> CopiesScreen:
        return CopiesScreen()

    def on_mount(self) -> None:
        self.refresh_rows({})
        self.rows.focus()

    def refresh_rows(self, touched: Touched) -> None:
        if touched:
            return  # what the book holds changes no copy
        self._found = dict.fromkeys(holdings.places(self.book.path, self.book))
        self._show()
        self._look_into(list(self._found))

    @work(thread=True, group="copies", exclusive=True)
    def _look_into(self, places: list[Path]) -> None:
        """Each, first at a glance, then to its last byte, beside the keys."""
        worker = get_current_worker()
        self._now = holdings.present(self.book.path)
        for verify in (False, True):
            for place in places:
                found = holdings.of(place, verify=verify)
                if worker.is_cancelled:
                    return
                self._found[place] = found
                if verify:
                    self.app.call_from_thread(self._show)
            self.app.call_from_thread(self._show)

    def _show(self) -> None:
        if self.is_mounted:
            self.rows.set_rows([self._row(*one) for one in self._found.items()])
            self._tell()

    @on(WindowList.Selected)
    def _tell(self) -> None:
        for view in self.query(ToldLines):
            view.rebuild()

    # -- what is shown ----------------------------------------------------------------

    def _row(self, path: Path, one: Holding | None) -> Row:
        kind = _(holdings.kind(path))
        if path.parent == second_folder.folder_of(self.book):
            kind = _("{kind}, 2nd disk").format(kind=kind)
        if one is None:
            return Row(path, ("", "", kind))
        counts: list[object] = ["", ""]
        if one.known is not None:
            counts = [
                nmsg("{n} person", "{n} people", one.known.people),
                nmsg("{n} call", "{n} calls", one.known.calls),
            ]
        return Row(
            path,
            (
                line((str(self._moment(one)), "strong")),
                _state(one),
                kind,
                *map(str, counts),
                line((holdings.size(one.bytes), "muted")),
            ),
        )

    def _moment(self, one: Holding) -> object:
        return short_moment(one.at, self.book.clock.zone, self.book.today())

    def _summary(self, cells: int, _rows: int) -> list[Line]:
        number = len(self._found)
        text = ngettext("{n} copy, the newest first", "{n} copies, the newest first", number)
        folder = second_folder.folder_of(self.book)
        lines = [line(" ", (text.format(n=number), "focal"))]
        if folder is None:
            key = self.host.key_text("copies.second", "3")
            said = (
                _("on this disk alone; {key} names a folder on another").format(key=key),
                "warn",
            )
        elif second_folder.is_away(self.book):
            said = (_("second folder not there: {folder}").format(folder=folder), "warn")
        else:
            said = (_("also in {folder}").format(folder=folder), "muted")
        return [*lines, line(" ", said)]

    def _selected(self) -> Holding | None:
        key = self.rows.selected
        return self._found.get(key) if isinstance(key, Path) else None

    def _opened(self, cells: int, _rows: int) -> list[Line]:
        one = self._selected()
        if one is None:
            return []
        key = button(self.host.key_text("copies.restore", "enter"), _("Bring back"))
        return [
            *told(one.path.name, cells, "focal"),
            *told(f"{one.path.parent} · {holdings.size(one.bytes)}", cells, "muted"),
            (),
            *([key] if one.known is not None and not one.flaw else told(one.flaw, cells, "warn")),
            *titled(_("What it holds"), self._held(one, cells)),
            *titled(_("What is there now"), self._held(self._now, cells)),
        ]

    def _held(self, one: Holding | None, cells: int) -> list[Line]:
        if one is None or one.known is None:
            return []
        lines = told(holdings.counts(one.known), cells)
        if one.line_at is not None:
            at = short_moment(one.line_at, self.book.clock.zone, self.book.today())
            lines += told(_("last line {at}: {text}").format(at=at, text=one.line), cells, "muted")
        return lines

    def _details(self, cells: int, _rows: int) -> list[Line]:
        """The same in three lines, where there is no room beside."""
        one = self._selected()
        if one is None:
            return []
        said = told(one.flaw, cells - 2, "warn") if one.flaw else self._held(one, cells - 2)[1:]
        return [line(" ", *spans) for spans in (*told(one.path, cells - 2, "muted", 2), *said[:1])]

    # -- keys -------------------------------------------------------------------------

    def action_restore(self) -> None:
        one = self._selected()
        if one is not None:
            self.app.run_worker(self._bring_back(one), group="restore", exclusive=True)

    async def _bring_back(self, one: Holding) -> None:
        if self.host.demo:
            raise Refused(msg(N_("This is the demonstration: nothing is brought back into it")))
        if one.known is None or one.flaw:
            text = N_("{file} can't be brought back: {reason}")
            raise Refused(msg(text, file=one.path.name, reason=one.flaw or ""))
        lines = [
            spans
            for title, held in ((_("What is there now"), self._now), (_("What comes back"), one))
            for spans in (line(title), *(line("  ", *held) for held in self._held(held, 64)), ())
        ]
        question = _("Bring back {file}? What is there now is kept as a backup.")
        yes = _("Bring back")
        if await self.host.ask(Confirm(question.format(file=one.path.name), lines, yes=yes)):
            self.host.next = str(one.path)
            self.host.exit()

    def action_backup(self) -> None:
        self.app.run_worker(self._back_up(), group="backup-now", exclusive=True)

    async def _back_up(self) -> None:
        def both(book: Book) -> tuple[Path, Msg | None]:
            made = backup.backup(book)
            return made, second_folder.follow(book, made)

        made, why = await self._beside(both)
        if why is not None:
            self.host.say(str(why), "warn")
        else:
            self.host.say(_("Backed up: {file}").format(file=made.name), "good")
        prove(self.host, evidence.BACKUP)
        self.refresh_rows({})

    async def _beside(self, verb: Callable[[Book], T]) -> T:
        """The verb in a thread, with a connection of its own."""

        def run() -> T:
            with reading(self.book) as own:
                return verb(own)

        return await asyncio.to_thread(run)

    def action_plain(self) -> None:
        self.app.run_worker(self._write_plain(), group="plain", exclusive=True)

    async def _write_plain(self) -> None:
        last = self.book.setting(LAST_FOLDER)
        folder = Path(last) if last else Path.home()
        question = Prompt(
            msg(N_("Everything as text: into which folder? (it is made)")),
            str(folder / f"opslog-{self.book.today().isoformat()}"),
            saves=lambda text: copy.check_place(Path(text.strip())),
            where=None,
            proposed=True,
        )
        place = await self.host.ask(question)
        if place is None:
            return
        result = await self.host.ask(CopyWriting(self.book, place))
        if isinstance(result, Refused):
            raise result
        if result is None:
            self.host.say(_("Nothing was written"))
            return
        self.book.set_setting(LAST_FOLDER, str(result.parent))
        self.host.say(_("Everything is written and verified: {path}").format(path=result), "good")
        self.refresh_rows({})

    def action_second(self) -> None:
        self.app.run_worker(self._name_second(), group="second", exclusive=True)

    async def _name_second(self) -> None:
        known = second_folder.folder_of(self.book)
        question = Prompt(
            msg(N_("Each backup goes into this folder too, on another disk (- for none):")),
            "" if known is None else str(known),
            saves=str.strip,
            where=None,
            placeholder=_("the path of a folder"),
            proposed=True,
        )
        typed = await self.host.ask(question)
        if not typed:
            return
        folder = None if typed == _NONE else Path(typed)
        made = await self._beside(lambda book: second_folder.choose(book, folder))
        if made is None:
            said = _("Backups go into {folder} alone.").format(folder=self.book.home / "backups")
        else:
            said = _("Written there and verified: {path}").format(path=made)
        self.host.say(said, "good")
        self.refresh_rows({})


def _state(one: Holding) -> Line:
    if one.known is None or one.flaw:
        return line(("! ", "warn"), (_("damaged"), "warn"))
    return line(("✓ ", "good"), (_("whole"), "muted")) if one.flaw is not None else ()
