"""One person: who, how to reach them, what happened."""

from __future__ import annotations

from collections.abc import Iterable

from textual import work
from textual.widget import Widget

from opslog.domain import phones
from opslog.domain.contacts import Moment, Person
from opslog.domain.refusal import Refused
from opslog.locale import N_, _
from opslog.services import contacts
from opslog.tui.actions import bind, own
from opslog.tui.screens.base import Base, Touched
from opslog.tui.screens.person_forms import ask_fields, ask_note, ask_tags
from opslog.tui.text import Line, Span, join, line, pad, width, wrap
from opslog.tui.widgets.lines_view import LinesView

GUTTER = 10
own(
    "person.do_not_call",
    "D",
    N_("Do not call"),
    N_("Asked not to be called, or may be called again"),
    method="do_not_call",
)


class PersonLines(LinesView, can_focus=True):
    """Who it is and the time line under it; arrows scroll."""

    def __init__(self) -> None:
        super().__init__()
        self.person: Person | None = None
        self.moments: list[tuple[str, Moment]] = []  # local time as text, moment

    def show(self, person: Person, moments: list[tuple[str, Moment]]) -> None:
        self.person, self.moments = person, moments
        self.rebuild()

    def build(self, cells: int) -> list[Line]:
        if self.person is None:
            return []
        return [*_who(self.person, cells), (), *_time_line(self.moments, cells)]


class PersonScreen(Base[None]):
    """A person's card."""

    HELP = N_(
        "Everything known of one person, newest first: the lists they came on, verdicts, calls, "
        "log lines, follow-ups."
    )
    CSS_PATH = "person.tcss"
    BINDINGS = bind(
        *("item.edit", "item.tags", "item.wecom", "item.note", "person.do_not_call", "item.copy"),
        show=("item.edit", "item.tags", "item.wecom", "item.note", "item.copy"),
    )

    def __init__(self, person_id: int) -> None:
        super().__init__()
        self.person_id = person_id

    def body(self) -> Iterable[Widget]:
        yield PersonLines()

    def on_mount(self) -> None:
        self.query_one(PersonLines).focus()
        self.refresh_rows({})

    def refresh_rows(self, touched: Touched) -> None:
        try:
            person = contacts.get(self.book, self.person_id)
            moments = contacts.timeline(self.book, self.person_id)
        except Refused as refusal:
            self.desk.refuse(refusal)
            self.dismiss()
            return
        zone = self.book.clock.zone
        told = [(f"{m.at.astimezone(zone):%Y-%m-%d %H:%M}", m) for m in moments]
        self.query_one(PersonLines).show(person, told)

    @work(group="ask")
    async def action_edit(self) -> None:
        await ask_fields(self.desk, self.person_id)

    @work(group="ask")
    async def action_tags(self) -> None:
        await ask_tags(self.desk, [self.person_id])

    @work(group="ask")
    async def action_note(self) -> None:
        await ask_note(self.desk, self.person_id)

    def action_wecom(self) -> None:
        now = contacts.get(self.book, self.person_id).wecom
        self.desk.do(lambda: contacts.set_wecom(self.book, self.person_id, not now))

    def action_do_not_call(self) -> None:
        now = contacts.get(self.book, self.person_id).do_not_call
        self.desk.do(lambda: contacts.set_do_not_call(self.book, self.person_id, not now))

    def action_copy(self) -> None:
        """Name, company, phone and e-mail, by way of the terminal."""
        person = contacts.get(self.book, self.person_id)
        phone = phones.display(person.phone) if person.phone else ""
        parts = (person.name, person.company, person.title, phone, person.email)
        self.app.copy_to_clipboard(" ".join(part for part in parts if part))
        self.say(_("copied: {name}").format(name=person.called))


def _who(person: Person, cells: int) -> list[Line]:
    wecom = {True: _("on WeCom"), False: _("not on WeCom"), None: _("WeCom: not known")}
    reach: list[Line | Span | str] = []
    if person.phone:
        reach.append((phones.display(person.phone), "strong"))
    if person.email:
        reach.append(person.email)
    reach.append((wecom[person.wecom], "good" if person.wecom else "muted"))
    if person.do_not_call:
        reach.append((_("not to be called"), "warn"))
    name = join([line((person.called, "title")), person.title], "  ")
    lines: list[Line] = [((" ", ""), *name)]
    company = join([line((person.company, "strong")), person.city, person.industry])
    tags = " ".join(f"#{tag}" for tag in person.tags)
    for label, spans in (
        (_("company"), company),
        (_("contact"), join(reach)),
        (_("tags"), line((tags, "accent"))),
    ):
        if any(text for text, _look in spans):
            lines.append(((" ", ""), (pad(label, GUTTER), "muted"), *spans))
    for number, row in enumerate(wrap(person.note, max(cells - GUTTER - 2, 10))):
        if person.note:
            label = _("note") if number == 0 else ""
            lines.append(line(" ", (pad(label, GUTTER), "muted"), row))
    return lines


def _time_line(moments: list[tuple[str, Moment]], cells: int) -> list[Line]:
    """Time, event, what happened; long texts go on below."""
    if not moments:
        return [line("  ", (_("Nothing has happened yet."), "muted"))]
    event_cells = min(max((width(m.event) for _at, m in moments), default=0), cells // 4)
    room = max(cells - 20 - event_cells - 2, 10)
    lines: list[Line] = []
    for at, moment in moments:
        look = "late" if moment.flagged else "accent" if moment.open else ""
        first, *rest = wrap(str(moment.text), room)
        gap = " " * (2 if event_cells else 0)
        event = (pad(moment.event, event_cells), "muted")
        lines.append(line(" ", (at, "muted"), "  ", event, gap, (first, look)))
        blank = " " * (19 + event_cells + len(gap))
        lines += [line(blank, (row, look)) for row in rest]
    return lines
