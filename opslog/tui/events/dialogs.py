"""The questions about an event: new, edit, move, cancel, figures; each with its preview."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from opslog.domain.base.amounts import read_amount
from opslog.domain.base.refusal import Refused
from opslog.domain.dates.wording import short_moment
from opslog.domain.events import events as words
from opslog.domain.events.kinds import AUDIENCES, HOSTS, KINDS, LISTS, kind_named
from opslog.domain.events.plans.joining import ALL, LATE_LABELS
from opslog.locale import N_, Msg, _, msg, nmsg
from opslog.services.book.book import Change
from opslog.services.book.drafts import Place
from opslog.services.calls.attendance.coming import to_tell
from opslog.services.events import days_off, events, past_moves
from opslog.services.events import form as event_form
from opslog.services.events.plans import cloning
from opslog.tui.events.wording import measure, moment, move_lines, plan_summary, preview_line
from opslog.tui.widgets.asking.form import Field, Form, Values
from opslog.tui.widgets.asking.prompt import Choice, Confirm
from opslog.tui.widgets.pane import told
from opslog.tui.widgets.text import Line, line

if TYPE_CHECKING:
    from opslog.services.book.book import Book
    from opslog.tui.widgets.host import Host

PREVIEW = 70  # cells that the sentences of a preview take: there are so many at 80


async def new_event(app: Host, day: date | None = None) -> int | None:
    """Ask for an event, its plan shown while it is typed; its id once it is saved. ``day`` is
    filled in."""
    book = app.book

    def check(values: Values) -> Sequence[Line]:
        draft = event_form.read_draft(book, values)
        plan = events.preview_plan(book, draft, values["late"])
        return _planned(book, draft, plan, days_off.of_draft(book, draft))

    form = Form(
        msg(N_("New event")),
        [*fields({"on": day.isoformat()} if day else {}), _late()],
        lambda values: events.create(book, event_form.read_draft(book, values), values["late"]),
        check,
        where=Place("new", "events"),
        tall=True,
        proposes=lambda values: {"kind": kind_named(values["name"]) or KINDS[0]},
    )
    change: Change | None = await app.ask(form)
    return change.made if change else None


def _planned(
    book: Book,
    draft: words.EventDraft,
    plan: Sequence[words.PlanLine],
    off: Sequence[Msg] = (),
) -> list[Line]:
    """The plan an event would get, what is open first; ``off``: which of its days are kept free."""
    summary, *more = plan_summary(book, plan)
    if draft.starts_at < book.now():
        more.append(line((_("The event is in the past."), "warn")))
    more += [line((str(said), "warn")) for said in off]
    when = line((moment(book, draft.starts_at), "strong"), "  ")
    possible_first = sorted(plan, key=lambda step: not step.open)
    return [when + summary, *more, *(preview_line(book, step) for step in possible_first)]


def _late() -> Field:
    """What becomes of the steps that are past when an event is entered."""
    choices = [Choice(code, _(label)) for code, label in LATE_LABELS.items()]
    return Field("late", _("what is past"), ALL, choices=choices)


async def clone_event(app: Host, event_id: int) -> int | None:
    """The event once more on another date; its id once it is saved."""
    book = app.book
    old = events.get(book, event_id)

    def read(values: Values) -> words.EventDraft:
        starts_at = event_form.read_moment(book, values["on"], old.row.starts_at)
        return cloning.draft_of(book, event_id, starts_at, values["name"])

    def check(values: Values) -> Sequence[Line]:
        draft = read(values)
        plan = cloning.preview(book, event_id, draft, values["late"])
        found = cloning.stops_told(book, event_id, draft)
        of_stops = [row for said in found for row in told(str(said), PREVIEW, "muted")]
        off = [] if found else days_off.of_draft(book, draft)
        of_kind = [row for x in cloning.kind_told(draft) for row in told(str(x), PREVIEW, "warn")]
        name = line((draft.name, "strong"))
        return [name, *of_kind, *of_stops, *_planned(book, draft, plan, off)]

    form = Form(
        msg(N_("Again: {event}"), event=old.name),
        [
            Field("on", _("date"), placeholder=_("2026-12-05 14:00, +12d, next wed 2pm")),
            Field("name", _("event name"), placeholder=_("else the old one with its date")),
            _late(),
        ],
        lambda values: cloning.clone(book, event_id, read(values), values["late"]),
        check,
        where=Place("clone", "event", event_id),
        tall=True,
    )
    change: Change | None = await app.ask(form)
    return change.made if change else None


async def edit_event(app: Host, event_id: int) -> None:
    """Change an event; what that does to its plan is shown first. Another date of one that people
    came to takes a second Enter."""
    book = app.book
    card = events.get(book, event_id)
    asked: set[datetime] = set()
    past = _agreed(book, card)

    def save(values: Values) -> Change:
        draft = event_form.read_draft(book, values, card.row.starts_at)
        at, was = draft.starts_at, card.row.starts_at
        past(values["on"], at)
        if at not in (was, *asked) and (came := events.came(book, event_id)):
            asked.add(at)
            raise Refused(
                nmsg(
                    N_("It was held on {when}, and 1 came. Enter again moves it all the same."),
                    N_("It was held on {when}, and {n} came. Enter again moves it all the same."),
                    came,
                    when=moment(book, was),
                )
            )
        return events.edit(book, event_id, draft)

    def check(values: Values) -> Sequence[Line]:
        draft = event_form.read_draft(book, values, card.row.starts_at)
        return move_lines(book, events.preview_edit(book, event_id, draft))

    await app.ask(
        Form(
            msg(N_("Change the event")),
            lambda: fields(event_form.written(book, events.get(book, event_id))),
            save,
            check,
            where=Place("edit", "event", event_id),
            tall=True,
        )
    )


async def move_event(app: Host, event_id: int) -> None:
    """To another date, previewed: what shifts, is pinned, done, or no longer possible."""
    book = app.book
    card = events.get(book, event_id)
    if came := events.came(book, event_id):
        asked = nmsg(
            N_("{event} was held on {when}, and 1 came. Move it all the same?"),
            N_("{event} was held on {when}, and {n} came. Move it all the same?"),
            came,
            event=card.name,
            when=moment(book, card.row.starts_at),
        )
        if not await app.ask(Confirm(str(asked), yes=_("move it"), no=_("leave it"))):
            return

    past = _agreed(book, card)

    def read(values: Values) -> datetime:
        return past_moves.read(book, card.row, values["on"])

    def save(values: Values) -> Change:
        past(values["on"], read(values))
        return events.move(book, event_id, read(values))

    def check(values: Values) -> Sequence[Line]:
        starts_at = read(values)
        when = line(_("move to"), " ", (moment(book, starts_at), "strong"))
        if starts_at < book.now():
            when = (*when, *line("  ", (_("The event is in the past."), "warn")))
        return [when, *move_lines(book, events.preview_move(book, event_id, starts_at))]

    start = card.row.starts_at.astimezone(book.clock.zone)
    now = f"{start:%Y-%m-%d %H:%M}"
    field = Field("on", _("move to"), now, _("12-05, +3d, next wed 14:00"), replaced=True)
    title = msg(
        N_("Move {event}, now {when}"), event=card.name, when=moment(book, card.row.starts_at)
    )
    await app.ask(
        Form(
            title,
            [field],
            save,
            check,
            where=Place("move_event", "event", event_id),
            tall=True,
        )
    )


def _agreed(book: Book, card: words.EventCard) -> Callable[[str, datetime], None]:
    """Refuses a move to a day that is past, once: a second Enter does it all the same."""
    asked: set[datetime] = set()

    def past(text: str, starts_at: datetime) -> None:
        said = past_moves.said(book, card.row, text, starts_at)
        if said is not None and starts_at not in asked:
            asked.add(starts_at)
            raise Refused(msg(N_("{past}. Enter again moves it there all the same."), past=said))

    return past


async def cancel_event(app: Host, event_id: int) -> None:
    """Cancel it once asked; undo brings it back."""
    card = events.get(app.book, event_id)
    question = _("Cancel {event}? Nothing of it is due any more; undo brings it back.")
    if card.row.ends_at <= app.book.now():
        question = _(
            "{event} is over. Say all the same that it never took place? Undo takes it back."
        )
    zone, today = app.book.clock.zone, app.book.today()
    promised, expected = to_tell(app.book, event_id)
    detail = [line(f"  {short_moment(when, zone, today)}  {who}") for who, when in promised]
    if promised:
        detail.insert(0, line(_("They were promised a call that is not due then; tell them:")))
    if expected:
        detail.append(
            line(_("They said that they come; tell them that it is off:"), f" {len(expected)}")
        )
        detail.append(line("  " + _(", ").join(map(str, expected))))
    sure = await app.ask(
        Confirm(
            question.format(event=card.name),
            detail,
            yes=_("cancel the event"),
            no=_("leave it"),
        )
    )
    if sure:
        app.do(lambda: events.cancel(app.book, event_id))


async def type_figures(app: Host, event_id: int) -> None:
    """Reach, views and shares, typed in where an event leaves no list."""
    book = app.book
    card = events.get(book, event_id)
    known = ("reach", "views", "shares")

    def read(values: Values) -> dict[str, int | None]:
        found: dict[str, int | None] = {}
        for name in known:
            amount = read_amount(values[name])
            if amount is not None and amount != int(amount):
                raise Refused(msg(N_("“{text}” is no whole number"), text=values[name]))
            found[name] = None if amount is None else int(amount)
        return found

    def check(values: Values) -> Sequence[Line]:
        read(values)
        return []

    def asked() -> list[Field]:
        now = events.get(book, event_id)
        typed = (now.reach, now.views, now.shares)
        return [
            Field(name, measure(name), "" if value is None else str(value), _("8108, 20k"))
            for name, value in zip(known, typed, strict=True)
        ]

    form = Form(
        msg(N_("Figures of {event}"), event=card.name),
        asked,
        lambda values: events.set_figures(book, event_id, read(values)),
        check,
        where=Place("figures", "event", event_id),
    )
    await app.ask(form)


def fields(values: dict[str, str]) -> list[Field]:
    """The form of an event, filled with what is known."""

    def choice(
        name: str,
        label: str,
        keys: Sequence[str],
        labels: dict[str, str],
        *,
        same_row: bool = False,
    ) -> Field:
        choices = [Choice(key, _(labels[key])) for key in keys]
        return Field(name, label, values.get(name, keys[0]), choices=choices, same_row=same_row)

    def text(name: str, label: str, placeholder: str = "", *, same_row: bool = False) -> Field:
        return Field(name, label, values.get(name, ""), placeholder, same_row=same_row)

    return [
        text("name", _("event name")),
        text("on", _("date"), _("2026-12-05 14:00, +12d, next wed 2pm")),
        choice("kind", _("kind"), KINDS, words.KIND_LABELS),
        choice("host", _("host"), HOSTS, words.HOST_LABELS, same_row=True),
        choice("list", _("list"), LISTS, words.LIST_LABELS),
        choice("audience", _("audience"), AUDIENCES, words.AUDIENCE_LABELS, same_row=True),
        text("segment", _("segment"), _("whom, in words")),
        text("ends", _("ends"), _("17:00; empty: as usual"), same_row=True),
        text("place", _("place")),
        text("theme", _("theme"), same_row=True),
        text("tag", _("tag")),
        text("budget", _("budget"), _("20000 or 20k"), same_row=True),
        text("targets", _("targets"), _("signups=200 leads=10")),
        text("note", _("note"), same_row=True),
    ]
