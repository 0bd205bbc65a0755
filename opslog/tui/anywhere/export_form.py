"""What goes into a file: the rows shown or all, the columns, and how the file would begin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from textual import on, work
from textual.widget import Widget
from textual.widgets import Input, Static

from opslog.domain.base.refusal import Refused
from opslog.locale import N_, Msg, _, msg, ngettext, nmsg
from opslog.services.book.book import Book
from opslog.services.book.contributions import ONLY, Scope
from opslog.services.book.drafts import Place
from opslog.services.daybook import lines as log_lines
from opslog.services.events import events as event_plans
from opslog.services.files import column_sets
from opslog.services.files import export as files_out
from opslog.services.files import kinds as file_kinds
from opslog.services.files.export import Preview
from opslog.services.files.kinds import EXPORTS, GB18030, GBK, UTF8, VCARDS, Style
from opslog.services.rosters import rosters
from opslog.tui.anywhere.export_columns import ChooseColumns
from opslog.tui.anywhere.export_preview import first_rows, go_line, table_lines
from opslog.tui.anywhere.export_writing import Job
from opslog.tui.anywhere.writing import reading
from opslog.tui.frame.shown import Shown
from opslog.tui.widgets.asking.form import ChoiceField, Field, Form, Values
from opslog.tui.widgets.asking.prompt import Choice
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.text import Line, clean

LAST_FOLDER = "export.folder"
ALL_EVENTS = "0"  # no event is number 0
ROWS = {"shown": N_("shown"), "marked": N_("marked"), "all": N_("all")}
EVERY, THESE, CHOOSE, NAMED = "", "*", "?", "="  # columns; a set is its name after NAMED
# The dialog: its share of the terminal, the most cells it takes, cells beside its text, and rows
# besides fields and preview.
SHARE, WIDEST, EDGES, AROUND = 0.96, 180, 4, 8
WHOLE = ("ics", "vcf")  # forms whose columns are not chosen
ENCODINGS = {UTF8: N_("UTF-8, for Excel"), GB18030: "GB18030", GBK: N_("GBK, for older programs")}

Counted = tuple[str, ...]  # what a number of rows was counted for


def _numbered(rows: str, n: int) -> Msg:
    if rows == "shown":
        return nmsg("{n} shown", "{n} shown", n)
    if rows == "marked":
        return nmsg("{n} marked", "{n} marked", n)
    return nmsg("{n} all", "{n} all", n)


class ExportForm(Form[Job]):
    """The file's name follows the choices until it is changed; so does the preview."""

    DEFAULT_CSS = f"""
    ExportForm > .dialog {{ max-width: {WIDEST}; }}
    ExportForm #go {{ height: 1; margin-top: 1; }}
    """

    def __init__(
        self, book: Book, shown: Shown, values: Mapping[str, str], problem: str = ""
    ) -> None:
        """``values`` are the answers given before, ``problem`` why nothing came of them."""
        self._book, self._shown_there, self._problem = book, shown, problem
        self._events = [
            Choice(ALL_EVENTS, _("all events")),
            *(Choice(str(row.id), row.name) for row in event_plans.listing(book)),
        ]
        self._these: Sequence[str] = shown.columns  # columns chosen without a name
        self._columns_before = EVERY  # what CHOOSE begins with
        self._preview: Preview | None = None
        self._numbers: dict[Counted, int] = {}
        self._asked = 0  # the newest look at the rows; older ones give up
        self._now: Job | None = None  # what Enter would write; None where it can't be
        what, events = shown.what, self._event_choices(shown.what)
        found = str(shown.scope.event_id or events[0].key)
        what, event = values.get("what", what), values.get("event", found)
        last = book.setting(LAST_FOLDER)
        folder = last if last and Path(last).is_dir() else str(Path.cwd())
        masked = "mask" if book.setting("mask") == "on" else ""
        self._proposed = self._file_name(what, event, values.get("form", "xlsx"))
        phones = [Choice("", _("in full")), Choice("mask", _("half hidden"))]
        only = [Choice("", _("everybody")), *(Choice(key, _(text)) for key, text in ONLY.items())]
        begins = THESE if self._these else EVERY
        encodings = [Choice(key, _(text)) for key, text in ENCODINGS.items()]
        kinds = [Choice(key, _(one.label)) for key, one in EXPORTS.items()]
        rows = [Choice(key, _(ROWS[key])) for key in self._kinds_of_rows(what, event)]
        fields = [
            Field("file", _("File"), self._proposed),
            Field("folder", _("Folder"), folder),
            Field("what", _("What"), what, choices=kinds),
            Field("rows", _("Rows"), "", choices=rows, same_row=True),
            Field("event", _("Event"), event, choices=self._event_choices(what)),
            Field("only", _("Only"), "", choices=only, same_row=True),
            Field("since", _("From"), placeholder=_("the first day")),
            Field("until", _("To"), placeholder=_("the last day"), same_row=True),
            Field("form", _("Form"), "xlsx", choices=_forms(what)),
            Field("mask", _("Phones"), masked, choices=phones, same_row=True),
            Field("vcard", _("vCard"), choices=[Choice(v, v) for v in VCARDS], same_row=True),
            Field(
                "columns",
                _("Columns"),
                begins,
                choices=self._column_choices(what),
            ),
            Field("encoding", _("Encoding"), choices=encodings, same_row=True),
        ]
        super().__init__(
            msg(N_("Export")),
            [replace(one, value=values.get(one.name, one.value)) for one in fields],
            self._job,
            self._check,
            where=Place("export"),
        )

    def on_mount(self) -> None:
        self.query_one(".dialog").mount(LinesView(id="go"), before=".keys")
        self._fit()
        self.query_one("#field-file", Input).focus()

    def on_unmount(self) -> None:
        self._asked += 1  # nobody waits for a look any more

    def on_resize(self) -> None:
        self._draw()

    def _keys(self) -> str:
        return " · ".join([_("Tab next field"), _("← → choose"), _("Esc leave")])

    # -- fields that follow each other -----------------------------------------------------

    def _choice(self, name: str) -> ChoiceField:
        return self.query_one(f"#field-{name}", ChoiceField)

    @on(ChoiceField.Changed)
    def _follow(self, changed: ChoiceField.Changed) -> None:
        """Another choice proposes another name; a name typed by hand keeps all but its ending."""
        if changed.field is self._choice("what"):
            self._begin_anew(self._choice("what").value)
        elif changed.field is self._choice("event"):
            self._offer_rows()
        if (columns := self._choice("columns").value) != CHOOSE:
            self._columns_before = columns
        self._fit()
        values = self.values()
        field = self.query_one("#field-file", Input)
        proposed = self._file_name(values["what"], values["event"], values["form"])
        if field.value == self._proposed:
            field.value = proposed
        elif Path(field.value).name:
            field.value = str(Path(field.value).with_suffix(f".{values['form']}"))
        self._proposed = proposed

    def _begin_anew(self, what: str) -> None:
        """Something else is exported: of which event, in which forms, with which columns."""
        there = self._shown_there
        event = there.scope.event_id
        if what != there.what:
            event = there.at_event or event
        events = self._event_choices(what)
        self._choice("event").offer(events, str(event or events[0].key))
        self._offer_rows()
        self._choice("form").offer(_forms(what), self._choice("form").value)
        self._these = ()
        self._choice("columns").offer(self._column_choices(what), EVERY)

    def _fit(self) -> None:
        """Only what this export knows, in the form it goes out in, is asked for."""
        values = self.values()
        found = EXPORTS[values["what"]]
        asked = {
            "rows": len(self._choice("rows").choices) > 1,
            "event": found.of_event and not self._of_list(values["what"]),
            "only": found.listed,
            "since": found.dated,
            "until": found.dated,
            "mask": values["form"] != "vcf",
            "vcard": values["form"] == "vcf",
            "encoding": values["form"] == "csv",
            "columns": values["form"] not in WHOLE,
        }
        for name, wanted in asked.items():
            field = self.query_one(f"#field-{name}").parent
            assert isinstance(field, Widget)
            assert isinstance(field.parent, Widget)
            field.display = wanted
            field.parent.display = any(one.display for one in field.parent.children)

    def _file_name(self, what: str, event: str, form: str) -> str:
        label = next((c.label for c in self._events if c.key == event and event != ALL_EVENTS), "")
        if what == self._shown_there.what:
            label = self._shown_there.name or label
        return file_kinds.file_name(self._book, what, label, form)

    def _of_list(self, what: str) -> int | None:
        """The list that is exported, where it is none of an event."""
        scope = self._shown_there.scope
        return scope.roster_id if what == self._shown_there.what and not scope.event_id else None

    def _event_choices(self, what: str) -> list[Choice]:
        """A list is one event's; all else may be of all."""
        if what != "roster":
            return self._events
        named = {choice.key: choice for choice in self._events}
        listed = [str(state.event_id) for state in rosters.listing(self._book)]
        return [named[key] for key in listed if key in named] or self._events

    def _kinds_of_rows(self, what: str, event: str) -> list[str]:
        """Those shown, where they are not all, those marked, and all."""
        there = self._shown_there
        of_it = there.scope.event_id
        if what != there.what or (of_it is not None and event != str(of_it)):
            return ["all"]
        narrowed = there.scope.keys is not None or there.scope.people is not None
        shown = ["shown"] if narrowed else []
        return [*(["marked"] if there.marked else []), *shown, "all"]

    def _offer_rows(self, value: str = "") -> None:
        """Which rows may be written, with their number as far as it is known."""
        values = self.values()
        choices = []
        for key in self._kinds_of_rows(values["what"], values["event"]):
            number = self._numbers.get(self._counted_as(values, key))
            label = _(ROWS[key]) if number is None else str(_numbered(key, number))
            choices.append(Choice(key, label))
        self._choice("rows").offer(choices, value)

    # -- columns -----------------------------------------------------------------------------

    def _column_choices(self, what: str) -> list[Choice]:
        these = len(self._these)
        chosen = ngettext("{n} chosen", "{n} chosen", these).format(n=these)
        return [
            Choice(EVERY, _("all")),
            *(Choice(f"{NAMED}{name}", name) for name in column_sets.of(self._book, what)),
            *([Choice(THESE, chosen)] if these else []),
            Choice(CHOOSE, _("choose …")),
        ]

    def _columns_of(self, value: str, what: str, scope: Scope) -> Sequence[str]:
        if value.startswith(NAMED):
            return column_sets.meant(self._book, what, value.removeprefix(NAMED), scope)
        return self._these if value == THESE else ()

    @work(group="ask")
    async def _choose_columns(self) -> None:
        values = self.values()
        what, scope = values["what"], self._scope(values, "all")
        headings = {one.name: one.heading for one in files_out.columns(self._book, what, scope)}
        before = self._columns_before
        name = before.removeprefix(NAMED) if before.startswith(NAMED) else ""
        chosen = await self.host.ask(
            ChooseColumns(headings, self._columns_of(before, what, scope), name)
        )
        if chosen is not None and not chosen.columns:
            self.host.do(lambda: column_sets.forget(self._book, what, chosen.name))
            before = EVERY
        elif chosen is not None:
            before, self._these = THESE, chosen.columns
            if chosen.name and self.host.do(
                lambda: column_sets.save(self._book, what, chosen.name, chosen.columns)
            ):
                before, self._these = f"{NAMED}{chosen.name}", ()
        self._columns_before = before
        self._choice("columns").offer(self._column_choices(what), before)
        self._review()

    # -- what is asked for -------------------------------------------------------------------

    def _rows_asked(self, values: Values) -> str:
        kinds = self._kinds_of_rows(values["what"], values["event"])
        return values["rows"] if values["rows"] in kinds else kinds[0]

    def _scope(self, values: Values, rows: str) -> Scope:
        """The rows of one of ROWS that the other fields leave. Raises Refused for no day."""
        found = EXPORTS[values["what"]]
        of_list = self._of_list(values["what"])
        scope = Scope(roster_id=of_list) if rows == "all" else self._shown_there.scope
        if rows == "marked":
            scope = scope._replace(keys=self._shown_there.marked)
        since, until = log_lines.span(self._book, values["since"], values["until"])
        event = int(values["event"]) if found.of_event else 0
        return scope._replace(
            event_id=None if of_list else event or None,
            only=values["only"] if found.listed else "",
            since=since if found.dated else None,
            until=until if found.dated else None,
        )

    def _job(self, values: Values) -> Job:
        """Raises Refused for what can't be written."""
        name = values["file"].strip()
        if not name:
            raise Refused(msg(N_("Name the file")), field="file")
        path = Path(values["folder"].strip()).expanduser() / Path(name).expanduser()
        what = values["what"]
        scope = self._scope(values, self._rows_asked(values))
        ending = file_kinds.checked_ending(what, path)
        columns = () if ending in WHOLE else self._columns_of(values["columns"], what, scope)
        style = Style(
            encoding=values["encoding"] if ending == "csv" else UTF8,
            vcard=values["vcard"],
            mask=bool(values["mask"]) and ending != "vcf",
        )
        file_kinds.check(what, path, scope, columns, style, force=True)
        return Job(what, path, scope, columns, style, {**values})

    def action_save(self) -> None:
        columns = self._choice("columns")
        if columns.value == CHOOSE and columns.focusable:
            self._choose_columns()
        else:
            super().action_save()

    # -- how the file would begin --------------------------------------------------------------

    def _check(self, values: Values) -> Sequence[Line]:
        self._now = job = self._job(values)
        ending = job.path.suffix.lower().removeprefix(".")
        wanted = [self._rows_asked(values), *self._kinds_of_rows(values["what"], values["event"])]
        counts = {
            key: self._scope(values, rows)
            for rows in wanted
            if (key := self._counted_as(values, rows)) not in self._numbers
        }
        self._look(self._asked, job, ending, counts)
        return self._table()

    def _review(self) -> bool:
        self._asked, self._now = self._asked + 1, None
        good = super()._review()
        if self._problem:
            self._say(clean(self._problem))
            self._problem = ""
        self._draw()
        return good

    def _counted_as(self, values: Values, rows: str) -> Counted:
        """All that a number of rows depends on."""
        cards = "vcf" if values["form"] == "vcf" else ""
        narrowed = (values[name] for name in ("what", "event", "only", "since", "until"))
        return (rows, cards, *narrowed)

    @work(thread=True, group="export-look", exit_on_error=False)
    def _look(self, asked: int, job: Job, ending: str, counts: Mapping[Counted, Scope]) -> None:
        """Read the first rows and count them all, with a connection of its own."""

        def go_on(_rows: int) -> None:
            if asked != self._asked:
                raise _Stale

        tell = self.app.call_from_thread
        try:
            with reading(self._book) as book:
                go_on(0)
                tell(self._seen, asked, first_rows(book, job))
                for key, scope in counts.items():
                    go_on(0)
                    tell(self._count, key, files_out.count(book, job.what, ending, scope, go_on))
        except _Stale:
            pass
        except Refused as refusal:
            tell(self._refused, asked, refusal)

    def _seen(self, asked: int, first: Preview) -> None:
        if asked == self._asked:
            self._preview = first
            self._draw()

    def _count(self, key: Counted, number: int) -> None:
        self._numbers[key] = number
        if self.is_mounted:
            self._offer_rows(self._choice("rows").value)
            self._draw()

    def _refused(self, asked: int, refusal: Refused) -> None:
        if asked == self._asked:
            self._now = self._preview = None
            self._draw()
            self.say_refused(refusal)

    def _table(self) -> list[Line]:
        if self._now is None or self._preview is None:
            return []
        # The dialog is not laid out yet where the rows come quickly: its room is reckoned.
        cells = min(int(self.size.width * SHARE), WIDEST) - EDGES
        kind = ".row" if self.has_class("-wide") else ".field"
        rows = int(self.size.height * SHARE)
        fields = min(sum(one.display for one in self.query(kind)), int(rows * 0.6))
        return table_lines(
            self._preview.headings,
            self._preview.rows,
            self._numbers.get(self._counted_as(self.values(), self._rows_asked(self.values()))),
            cells,
            rows - fields - AROUND,
        )

    def _draw(self) -> None:
        """The numbers above, the first rows, and the button with its number."""
        values = self.values()
        rows = self._kinds_of_rows(values["what"], values["event"])
        numbers = {one: self._numbers.get(self._counted_as(values, one)) for one in rows}
        known = [str(_numbered(one, n)) for one, n in numbers.items() if n is not None]
        title = "  ".join([self.title_text, " · ".join(known)])
        self.query_one(".title", Static).update(clean(title))
        preview, lines = self.query_one("#preview", LinesView), self._table()
        preview.set_lines(lines)
        preview.styles.height = len(lines)
        preview.display = bool(lines)
        choosing = values["columns"] == CHOOSE and self._choice("columns").focusable
        go = go_line(self._now, numbers[self._rows_asked(values)], choosing=choosing)
        self.query_one("#go", LinesView).set_lines([go])


class _Stale(Exception):
    """Something else was asked for meanwhile."""


def _forms(what: str) -> list[Choice]:
    return [Choice(form, form) for form in file_kinds.endings(what)]
