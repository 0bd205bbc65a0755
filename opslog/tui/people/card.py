"""One person: who, how to reach them, what happened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo

from textual import work
from textual.widget import Widget

from opslog.domain.base.refusal import Refused
from opslog.domain.people import phones
from opslog.domain.people.card import Moment, Person
from opslog.locale import N_, Msg, _
from opslog.services.cards import cards
from opslog.services.people import card as person_card
from opslog.services.people import copies, erasing, traces_left
from opslog.services.people import list as people_list
from opslog.tui.frame.screen import Base, Touched
from opslog.tui.people.actions import PERSON
from opslog.tui.people.forms import ask_erasing, ask_fields, ask_note, ask_tags, change_bars
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.lines_view import LinesView
from opslog.tui.widgets.text import Line, Span, join, line, pad, width, wrap

GUTTER = 10
MOMENTS = 200  # of a long time line that are laid out; more as one scrolls down


class PersonLines(LinesView, can_focus=True):
    """Who it is and the time line under it; arrows scroll."""

    def __init__(self) -> None:
        super().__init__()
        self.person: Person | None = None
        self.parent_company = ""
        self.moments: list[Moment] = []
        self.zone: tzinfo | None = None
        self._laid_out = MOMENTS

    def show(self, person: Person, parent: str, moments: list[Moment], zone: tzinfo) -> None:
        self.person, self.parent_company = person, parent
        self.moments, self.zone = moments, zone
        self.rebuild()

    def watch_scroll_y(self, old: float, new: float) -> None:
        super().watch_scroll_y(old, new)
        near_the_end = new + 2 * self.size.height >= len(self.lines)
        if near_the_end and self._laid_out < len(self.moments):
            self._laid_out += MOMENTS
            self.rebuild()

    def build(self, cells: int) -> list[Line]:
        if self.person is None:
            return []
        shown = [
            (f"{moment.at.astimezone(self.zone):%Y-%m-%d %H:%M}", moment)
            for moment in self.moments[: self._laid_out]
        ]
        lines = [
            *_who(self.person, self.parent_company, self.zone, cells),
            (),
            *_time_line(shown, cells),
        ]
        earlier = len(self.moments) - len(shown)
        if earlier:
            text = _("{n} earlier").format(n=earlier)
            lines.append(line("  ", (f"… {text}", "muted")))
        return lines


class PersonScreen(Base[None]):
    """A person's card."""

    HELP = N_(
        "Everything known of one person, newest first: the lists they came on, verdicts, calls, "
        "log lines, follow-ups."
    )
    CSS_PATH = "card.tcss"
    BINDINGS = bind(
        *("item.edit", "item.tags", "item.wecom", "item.note", "item.do_not_call", "item.copy"),
        *PERSON,
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

    def anew(self) -> PersonScreen:
        return PersonScreen(self.person_id)

    def refresh_rows(self, touched: Touched) -> None:
        # Another row may have become the person since.
        self.person_id = person_card.living(self.book, self.person_id)
        try:
            person = person_card.get(self.book, self.person_id)
            moments = cards.timeline(self.book, self.person_id)
        except Refused:
            self.leave()
            raise
        parent = people_list.parent_company(self.book, person.company_key)
        self.query_one(PersonLines).show(person, parent, moments, self.book.clock.zone)

    @work(group="ask")
    async def action_edit(self) -> None:
        await ask_fields(self.host, self.person_id)

    @work(group="ask")
    async def action_tags(self) -> None:
        await ask_tags(self.host, [self.person_id])

    @work(group="ask")
    async def action_note(self) -> None:
        await ask_note(self.host, self.person_id)

    def action_wecom(self) -> None:
        now = person_card.get(self.book, self.person_id).wecom
        self.host.do(lambda: person_card.set_wecom(self.book, self.person_id, not now))

    def action_do_not_call(self) -> None:
        change_bars(self.host, self.person_id)

    def action_copy(self) -> None:
        """Name, company, phone and e-mail, by way of the terminal."""
        person = person_card.get(self.book, self.person_id)
        phone = phones.display(person.phone) if person.phone else ""
        parts = (person.name, person.company, person.title, phone, person.email)
        self.app.copy_to_clipboard(" ".join(part for part in parts if part))
        self.say(_("copied: {name}").format(name=person.called))

    @work(group="ask")
    async def action_erase(self) -> None:
        typed = await ask_erasing(self.host, self.person_id)
        if typed is not None:
            self._erase(typed)

    @work(thread=True, group="erase")
    def _erase(self, typed: str) -> None:
        def progress(text: Msg) -> None:
            self.app.call_later(self.host.say, str(text))

        erased = erasing.erase_in_thread(self.book, self.person_id, typed, progress)
        self.app.call_later(self._erased, erased)

    def _erased(self, erased: erasing.Erased) -> None:
        host = self.host
        if self.app.screen is self:
            self.dismiss()
        host.broadcast({})
        host.say(str(erased.change.label))
        if not erased.clean:
            text = str(erasing.unclean(self.person_id, erased))
            self.notify(text, severity="warning", markup=False, timeout=20)
        leaks = any(one.why == traces_left.LEAK for one in erased.left)
        proof = "\n".join(map(str, erased.proof()))
        if proof:
            self.notify(
                proof, severity="warning" if leaks else "information", markup=False, timeout=20
            )
        for sentence, found in copies.said(erased.copies):
            text = "\n".join([str(sentence), *(copy.said() for copy in found)])
            self.notify(text, severity="warning", markup=False, timeout=60)


def _who(person: Person, parent: str, zone: tzinfo | None, cells: int) -> list[Line]:
    if person.erased:
        return [line(" ", (_("erased on request"), "muted"))]
    wecom = {True: _("on WeCom"), False: _("not on WeCom"), None: _("WeCom: not known")}
    reach: list[Line | Span | str] = []
    if person.phone:
        reach.append((phones.display(person.phone), "strong"))
    reach += [phones.display(number) for number in person.phones]
    reach += [address for address in (person.email, *person.emails) if address]
    reach.append((wecom[person.wecom], "good" if person.wecom else "muted"))
    reach += [(str(bar.said(zone)), "warn") for bar in person.bars]
    name = join([line((person.called, "title")), person.title], "  ")
    lines: list[Line] = [((" ", ""), *name)]
    guess = _("{city}? (by the number)").format(city=person.city_guess)
    city: Line | Span = (person.city, "")
    if person.city_guess and not person.city:
        city = (guess, "muted")
    belongs = (_("part of {company}").format(company=parent), "muted") if parent else ("", "")
    company = join([line((person.company, "strong")), belongs, city, person.industry])
    tags = " ".join(f"#{tag}" for tag in person.tags)
    for label, spans in (
        (_("company"), company),
        (_("contact"), join(reach)),
        (_("tags"), line((tags, "accent"))),
    ):
        if any(text for text, _look in spans):
            lines.append(((" ", ""), (pad(label, GUTTER), "muted"), *spans))
    own = " · ".join(f"{name} {value}" for name, value in person.fields.items())
    for number, row in enumerate(wrap(own, max(cells - GUTTER - 2, 10)) if own else []):
        label = _("fields") if number == 0 else ""
        lines.append(line(" ", (pad(label, GUTTER), "muted"), row))
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
