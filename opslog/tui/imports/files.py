"""Which file: a path with completion, and below it the lists that lie where lists lie."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input, Static

from opslog.locale import _
from opslog.services.imports import list_files
from opslog.services.imports.list_files import ListFile
from opslog.tui.widgets.asking.text_input import TextInput
from opslog.tui.widgets.dialog import Dialog
from opslog.tui.widgets.lists.rows import Column, Row
from opslog.tui.widgets.lists.window_list import WindowList
from opslog.tui.widgets.text import clean, cut, line

LAST_FOLDER = "import.folder"
WHERE_CELLS = 72


class PickFile(Dialog[Path]):
    """Arrows and Enter take a file shown; typing narrows, a path with / looks into folders."""

    CSS_PATH = "files.tcss"
    BINDINGS = [
        Binding("escape", "back", show=False),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("tab", "complete", show=False, priority=True),
    ]

    def __init__(self, start: str = "", problem: str = "") -> None:
        super().__init__()
        self._start, self._problem = start, problem
        self._likely: list[ListFile] = []
        self._folders: list[Path] = []
        self._shown: dict[str, ListFile] = {}

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(_("Which list?"), classes="title", markup=False)
            yield TextInput(
                self._start,
                compact=True,
                placeholder=_("part of a name, or a path: ~/Downloads/…"),
                select_on_focus=False,
            )
            yield Static("", classes="keys", id="where", markup=False)
            problem = Static(clean(self._problem), classes="problem", markup=False)
            problem.display = bool(self._problem)
            yield problem
            yield WindowList(
                [Column(_("File"), flex=3), Column(_("Folder"), flex=2), Column("", width=17)],
                header=True,
                empty=[
                    line((_("No list is found here."), "strong")),
                    line(_("Type the path of a file: CSV, TSV or a workbook")),
                ],
            )
            yield Static(
                _("Enter take · Tab complete · ↑ ↓ choose · Esc leave"),
                classes="keys",
                markup=False,
            )

    def on_mount(self) -> None:
        self._folders = list_files.folders(self.host.book.setting(LAST_FOLDER))
        self._likely = list_files.likely(self._folders)
        where = " · ".join(_short(folder) for folder in self._folders)
        self.query_one("#where", Static).update(
            cut(clean(_("Looked in: {folders}").format(folders=where)), WHERE_CELLS)
        )
        self._rows.can_focus = False
        self.query_one(Input).focus()
        self._fill(self._start)

    @property
    def _rows(self) -> WindowList:
        return self.query_one(WindowList)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        if event.value != self._start:
            self.query_one(".problem").display = False
        self._fill(event.value)

    def _fill(self, text: str) -> None:
        text = text.strip().strip("\"'")  # a path dropped onto a terminal comes in quotes
        self.query_one("#where").display = not _is_path(text)
        if _is_path(text):
            found = list_files.matching(text)
        else:
            found = [one for one in self._likely if text.casefold() in one.path.name.casefold()]
        self._shown = {str(one.path): one for one in found}
        zone = self.host.book.clock.zone
        self._rows.set_rows([_row(one, zone_time(one, zone)) for one in found])
        self._rows.action_first()

    def _selected(self) -> ListFile | None:
        return self._shown.get(str(self._rows.selected))

    def action_move(self, by: int) -> None:
        self._rows.action_move(by)

    def action_page(self, by: int) -> None:
        self._rows.action_page(by)

    def action_complete(self) -> None:
        """Put what the cursor is on into the line."""
        chosen = self._selected()
        if chosen is not None:
            self._type(str(chosen.path) + (os.sep if chosen.is_folder else ""))

    def _type(self, text: str) -> None:
        field = self.query_one(Input)
        field.value = text
        field.cursor_position = len(text)

    @on(WindowList.Opened)
    @on(Input.Submitted)
    def _take(self) -> None:
        typed = self.query_one(Input).value.strip().strip("\"'")
        path = Path(typed).expanduser()
        if _is_path(typed) and path.is_file():
            self._choose(path)
            return
        chosen = self._selected()
        if chosen is None:
            # What it is not, the import itself says in a sentence.
            found = None if _is_path(typed) else list_files.named(typed, self._folders)
            self._choose(found or path) if typed else None
        elif chosen.is_folder:
            self.action_complete()
        else:
            self._choose(chosen.path)

    def _choose(self, path: Path) -> None:
        if path.is_file():  # where the next one is looked for, too
            self.host.book.set_setting(LAST_FOLDER, str(path.parent.absolute()))
        self.dismiss(path)


def _is_path(text: str) -> bool:
    return text.startswith("~") or "/" in text or os.sep in text


def zone_time(file: ListFile, zone: object) -> datetime:
    """When the file was written, as the operator's clock had it."""
    from datetime import tzinfo

    assert isinstance(zone, tzinfo)
    return file.changed_at.astimezone(zone)


def _row(file: ListFile, changed: datetime) -> Row:
    name = file.path.name + (os.sep if file.is_folder else "")
    return Row(
        str(file.path),
        (
            line((name, "accent" if file.is_folder else "strong")),
            line((_short(file.path.parent), "muted")),
            line((f"{changed:%Y-%m-%d %H:%M}", "muted")),
        ),
    )


def _short(folder: Path) -> str:
    home = Path.home()
    if folder == home or home in folder.parents:
        return str(Path("~") / folder.relative_to(home))
    return str(folder)
