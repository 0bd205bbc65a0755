"""``x``: write what is on the screen to a file."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from opslog.domain.base.refusal import Refused
from opslog.locale import N_, Msg, _, msg
from opslog.services.book.book import Book, open_to_read
from opslog.services.book.drafts import Place
from opslog.services.files import export as files_out
from opslog.tui.widgets.dialog import Dialog
from opslog.tui.widgets.form import ChoiceField, Field, Form, Values
from opslog.tui.widgets.prompt import Choice, Confirm
from opslog.tui.widgets.text import Line, clean, line, width, wrap

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host

# What a screen shows that does not say so itself.
OF_MODE = {
    "today": "calendar",
    "log": "log",
    "events": "calendar",
    "rosters": "roster",
    "calls": "calls",
    "people": "people",
}
ALL = "0"  # no event is number 0
PATH_CELLS = 60  # a path longer than this goes on below
SHOW_AFTER = 0.3  # seconds; a file written sooner needs no dialog


@runtime_checkable
class Exports(Protocol):
    """A screen that knows what of it is worth a file: a key of export.EXPORTS, and an event."""

    def export_subject(self) -> tuple[str, int | None]: ...


def subject(app: Host) -> tuple[str, int | None]:
    """What ``x`` means where the operator is."""
    for screen in reversed(app.screen_stack):
        if isinstance(screen, Exports):
            return screen.export_subject()
    return OF_MODE.get(app.current_mode, "log"), None


async def _export(app: Host, what: str, event_id: int | None) -> None:
    values = await app.ask(ExportForm(app.book, what, event_id))
    if values is None:
        return
    path = Path(values["file"].strip()).expanduser()
    force = path.exists()
    if force and not await app.ask(
        Confirm(
            _("{file} exists already. Overwrite it?").format(file=path.name),
            [line((str(path.absolute()), "muted"))],
            yes=_("Overwrite"),
        )
    ):
        return
    event = int(values["event"]) or None
    writing = Writing(app.book, values["what"], path, event, force, mask=bool(values["mask"]))
    result = await app.ask(writing)
    if isinstance(result, Refused):
        app.refuse(result)
    elif isinstance(result, Path):
        said = _("Written: {file} in {folder}").format(file=result.name, folder=result.parent)
        if writing.left_out:  # first in the line, which may be cut
            app.say("  ".join([*map(str, writing.left_out), said]), "warn")
        else:
            app.say(said, "good")
    else:
        app.say(_("Nothing was written"))


class ExportForm(Form[Values]):
    """What, of which event, in which form, and where to; the name follows until it is changed."""

    @staticmethod
    def begin(app: Host) -> None:
        """Ask for a file name, then write the file beside the keys."""
        what, event_id = subject(app)
        app.run_worker(_export(app, what, event_id), group="export", exclusive=True)

    def __init__(self, book: Book, what: str, event_id: int | None) -> None:
        self._book = book
        self._events = _event_choices(book)
        if what == "roster" and event_id is None:
            from opslog.services.rosters import rosters

            event_id = next(
                (one.event_id for one in rosters.some(book, rosters.order(book)[:1])), None
            )
        event = str(event_id or ALL)
        self._proposed = self._file_name(what, event, "xlsx")
        super().__init__(
            msg(N_("Export")),
            [
                Field(
                    "what",
                    _("What"),
                    what,
                    choices=[Choice(key, _(one.label)) for key, one in files_out.EXPORTS.items()],
                ),
                Field("event", _("Event"), event, choices=self._events),
                Field(
                    "form",
                    _("Form"),
                    "xlsx",
                    choices=[Choice(form, form) for form in (*files_out.TABLES, "ics", "vcf")],
                ),
                Field("file", _("File"), self._proposed),
                Field(
                    "mask",
                    _("Phones"),
                    choices=[Choice("", _("in full")), Choice("mask", _("half hidden"))],
                ),
            ],
            lambda values: values,
            self._outcome,
            where=Place("export"),
            save=_("export"),
        )

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one("#field-file", Input).focus()

    @on(ChoiceField.Changed)
    def _follow(self) -> None:
        """Another choice proposes another name; a name typed by hand keeps all but its ending."""
        field = self.query_one("#field-file", Input)
        values = self.values()
        proposed = self._file_name(values["what"], values["event"], values["form"])
        if field.value == self._proposed:
            field.value = proposed
        else:
            field.value = str(Path(field.value).with_suffix(f".{values['form']}"))
        self._proposed = proposed

    def _file_name(self, what: str, event: str, form: str) -> str:
        label = next((c.label for c in self._events if c.key == event and event != ALL), "")
        return files_out.file_name(self._book, what, label, form)

    def _outcome(self, values: Values) -> Sequence[Line]:
        """Where it would go. Raises Refused for an ending that is not possible."""
        name = values["file"].strip()
        if not name:
            raise Refused(msg(N_("Name the file")))
        path = Path(name).expanduser()
        ending = files_out.checked_ending(values["what"], path)
        files_out.check_mask(ending, mask=bool(values["mask"]))
        label = _("goes to")
        first, *rest = wrap(str(path.absolute()), PATH_CELLS)
        lines = [line((label, "muted"), "  ", first)]
        lines += [line(" " * (width(label) + 2), row) for row in rest]
        if path.exists():
            lines.append(line((_("This file exists; you will be asked before it goes"), "warn")))
        return lines


def _event_choices(book: Book) -> list[Choice]:
    from opslog.services.events import events

    return [
        Choice(ALL, _("all events")),
        *(Choice(str(row.id), row.name) for row in events.listing(book)),
    ]


class Writing(Dialog["Path | Refused"]):
    """Writes in a thread with a connection of its own; Esc gives up and leaves nothing behind."""

    DEFAULT_CSS = """
    Writing > .dialog { visibility: hidden; width: 50; }
    """

    class _GivenUp(Exception):
        """Raised between two rows, so that the file is never given its name."""

    def __init__(
        self,
        book: Book,
        what: str,
        path: Path,
        event_id: int | None,
        force: bool,
        *,
        mask: bool = False,
    ) -> None:
        super().__init__()
        self._mask = mask
        self._book, self._what, self._path = book, what, path
        self._event_id, self._force = event_id, force
        self._give_up = threading.Event()
        self.left_out: list[Msg] = []  # whom the file leaves out and why

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(clean(_("Writing {file}").format(file=self._path.name)), markup=False)
            yield Static("", id="done", markup=False)
            yield Static(_("Esc stops; nothing is left behind"), markup=False)

    def on_mount(self) -> None:
        self.set_timer(SHOW_AFTER, self._appear)
        self._write()

    def _appear(self) -> None:
        self.query_one(".dialog").styles.visibility = "visible"

    def let_go(self) -> None:
        self._give_up.set()

    def action_back(self) -> None:
        self.let_go()
        self.query_one("#done", Static).update(_("stopping …"))

    @work(thread=True, group="export-write", exit_on_error=False)
    def _write(self) -> None:
        result: Path | Refused | None
        try:
            book = open_to_read(self._book.path, clock=self._book.clock, session=self._book.session)
            try:
                result = files_out.export(
                    book,
                    self._what,
                    self._path,
                    self._event_id,
                    self._force,
                    progress=self._progress,
                    said=self.left_out.append,
                    mask=self._mask,
                )
            finally:
                book.close()
        except Refused as refusal:
            result = refusal
        except self._GivenUp:
            result = None
        self.app.call_from_thread(self.dismiss, result)

    def _progress(self, rows: int) -> None:
        if self._give_up.is_set():
            raise self._GivenUp
        self.app.call_from_thread(self._show, rows)

    def _show(self, rows: int) -> None:
        if not self._give_up.is_set():
            self.query_one("#done", Static).update(_("{n} rows").format(n=f"{rows:,}"))
