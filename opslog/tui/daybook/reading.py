"""Log lines and capture lines in words and colours: pure, for every place that shows them."""

from __future__ import annotations

from datetime import datetime

from opslog.domain.base.clock import Clock
from opslog.domain.dates.durations import duration_text
from opslog.domain.dates.wording import short_day
from opslog.domain.daybook import lead
from opslog.domain.daybook.capture_text import marked
from opslog.domain.daybook.folds import Fold
from opslog.domain.daybook.lines import FollowUp, LogFilter, LogLine, Named, Planned, Understood
from opslog.locale import N_, Msg, _, ngettext
from opslog.tui.widgets.lists.rows import Cell, Ends
from opslog.tui.widgets.text import Line, Span, cut, join, line, line_width, wrap

EVENT_CELLS = 16  # of an event's name in a row; the words of the line matter more

# What wrote a line that nobody typed.
SOURCES = {
    "event": N_("written by the event"),
    "step": N_("written by the plan"),
    "call": N_("written by a call or a message"),
    "round": N_("written by the screening"),
    "import": N_("written by the import"),
    "follow_up": N_("written by the follow-up"),
    "lead": N_("written by the hand-over"),
    "told": N_("written by the passing on"),
    "material": N_("written by the request"),
}
# The look of each part of a capture line that was understood.
PART_LOOKS = {
    "at": "accent",
    "tag": "good",
    "event": "accent",
    "person": "warn",
    "minutes": "accent",
    "flag": "late",
    "follow_up": "accent",
}


def reading(understood: Understood, clock: Clock, *, task: bool = False) -> list[Line]:
    """How a capture line is read, for the lines below the input; what stays text, with why."""
    captured = understood.captured
    if understood.empty:
        text = _("14:30 what happened  #tag @event +person ~20m ! >fri")
        return [
            line((_("fri 10:00 what is to be done  @event +person !") if task else text, "muted"))
        ]
    parts: list[Span] = [(understood.text, "late" if captured.flagged else "strong")]
    if not task:  # whose time is when it is due, and which has no tags
        at = (_moment(understood.at, clock), "accent" if understood.at_said else "muted")
        parts = [at, *parts, *((f"#{tag}", PART_LOOKS["tag"]) for tag in captured.tags)]
    if understood.event:
        parts.append((f"@{understood.event.name}", PART_LOOKS["event"]))
    parts += [_person(person) for person in understood.people]
    if captured.minutes and not task:
        parts.append((duration_text(captured.minutes), "accent"))
    if captured.flagged:
        parts.append((_("flagged red"), "late"))
    parts += [_planned(planned, clock) for planned in understood.follow_ups]
    if understood.follow_ups and (ahead := lead.said(understood.text)) is not None:
        text = ngettext("on Today {n} day ahead", "on Today {n} days ahead", ahead)
        parts.append((text.format(n=ahead), "accent"))
    return [join([line(part) for part in parts]), *_left_in_text(understood)]


def _left_in_text(understood: Understood) -> list[Line]:
    source = understood.captured.source
    said = [
        (
            _("{mark}: no event, or more than one; stays in the text")
            if span.kind == "event"
            else _("{mark}: nobody known; stays in the text")
        ).format(mark=source[span.start : span.end])
        for span in understood.unknown
    ]
    said += [
        _("{mark}: {problem}; stays in the text").format(
            mark=source[problem.start : problem.end], problem=problem.message
        )
        for problem in understood.captured.problems
    ]
    said += [
        _("+{name}: more than one has that name; Tab or +{name}·company says which").format(
            name=name
        )
        for name in understood.several
    ]
    return [line((text, "warn")) for text in said]


def _person(person: Named) -> Span:
    if person.id is None:
        return _("+{name} (not among People)").format(name=person.name), "muted"
    return f"+{person.name}", PART_LOOKS["person"]


def _moment(at: datetime, clock: Clock) -> str:
    local = at.astimezone(clock.zone)
    if local.date() == clock.today():
        return f"{local:%H:%M}"
    return f"{short_day(local.date(), clock.today())} {local:%H:%M}"


def _planned(planned: Planned, clock: Clock) -> Span:
    return _("follow up {when}").format(when=due_text(planned.due, planned.timed, clock)), "accent"


def due_text(due: datetime, timed: bool, clock: Clock) -> str:
    """When a follow-up is due: “Fri 11-27”, with the time where one was said."""
    local = due.astimezone(clock.zone)
    day = str(short_day(local.date(), clock.today()))
    return f"{day} {local:%H:%M}" if timed else day


def overdue(one: FollowUp, clock: Clock) -> bool:
    if one.timed:
        return one.due < clock.now()
    return one.due.astimezone(clock.zone).date() < clock.today()


def fold_cells(fold: Fold, told: Msg, *, opened: bool) -> tuple[Cell, ...]:
    """A run of calls as one line, in the cells that a line has."""
    sign = "▾" if opened else "▸"
    return (line((f"{fold.last:%H:%M}", "muted")), line((sign, "accent")), line(str(told)))


def fold_details(fold: Fold, came: Msg, cells: int, *, opened: bool) -> list[Line]:
    """What came of a run of calls, and how its lines show."""
    number = len(fold.ids)
    shows = ngettext("shows its {n} line", "shows its {n} lines", number).format(n=number)
    text = str(came)
    said = wrap(text[:1].upper() + text[1:], max(cells - 2, 20), 2)
    key = line(" ", ("Enter", "key"), " ", _("closes it again") if opened else shows)
    return [*(line(" ", row) for row in said), key]


def line_cells(one: LogLine, clock: Clock, *, inside: bool = False) -> tuple[Cell, ...]:
    """A line of the log as the cells of a list: time, mark, words and at their end a follow-up.
    ``inside``: below the fold it belongs to."""
    local = one.at.astimezone(clock.zone)
    quiet = "muted" if one.automatic else ""
    mark = line(("!", "late")) if one.flagged else line(("·" if one.automatic else " ", "muted"))
    waits = follow_up_cell(one, clock)
    indent = line("  ") if inside else ()
    short = indent + _words(one, quiet, EVENT_CELLS)

    def words(cells: int) -> Line | Ends:
        """The event in full where there is room for it."""
        room = cells - line_width(waits) - 1
        whole = indent + _words(one, quiet, cells)
        text = whole if line_width(whole) <= room else short
        return Ends(text, waits) if waits else text

    return (line((f"{local:%H:%M}", quiet)), mark, words)


def _words(one: LogLine, look: str, event_cells: int) -> Line:
    words = [line((one.text, "late" if one.flagged else look))] if one.text else []
    words += [line((f"#{tag}", PART_LOOKS["tag"])) for tag in one.tags]
    if one.event and one.event.name not in one.text:
        words.append(line((f"@{cut(one.event.name, event_cells)}", PART_LOOKS["event"])))
    words += [line((f"+{person.name}", "muted")) for person in one.people]
    if one.minutes:
        words.append(line((duration_text(one.minutes), "muted")))
    return join(words, " ")


def follow_up_cell(one: LogLine, clock: Clock) -> Line:
    """The follow-up that comes first, or that all are done."""
    waiting = one.next_follow_up
    if waiting is None:
        return line((_("done"), "muted")) if one.follow_ups else ()
    local = waiting.due.astimezone(clock.zone)
    more = sum(other.open for other in one.follow_ups) - 1
    far = local.year != clock.today().year
    day = local.date().isoformat() if far else str(short_day(local.date(), clock.today()))
    text = f"> {day}" + (f" +{more}" if more else "")
    return line((text, "late" if overdue(waiting, clock) else "accent"))


def details(one: LogLine, clock: Clock) -> list[Line]:
    """What a row has no room for: marks in full, follow-ups with their state."""
    about = [marked("#", tag) for tag in one.tags]
    about += [f"@{one.event.name}"] if one.event else []
    about += [f"+{person.name}" for person in one.people]
    about += [duration_text(one.minutes)] if one.minutes else []
    about += [_(SOURCES[one.source])] if one.source in SOURCES else []
    waits = [_follow_up(follow_up, clock) for follow_up in one.follow_ups]
    lines = [join([line((text, "muted")) for text in about]), join(waits)]
    return [spans for spans in lines if spans]


def _follow_up(one: FollowUp, clock: Clock) -> Line:
    if one.done_at is not None:
        local = one.done_at.astimezone(clock.zone)
        day = short_day(local.date(), clock.today())
        return line((_("followed up {when}").format(when=day), "good"))
    look = "late" if overdue(one, clock) else "accent"
    when = due_text(one.due, one.timed, clock)
    waits = line((_("follow up {when}").format(when=when), look))
    if one.snoozed_until and one.snoozed_until > clock.now():
        day = short_day(one.snoozed_until.astimezone(clock.zone).date(), clock.today())
        waits += line((" " + _("(not before {day})").format(day=day), "muted"))
    return waits


def wanted_line(wanted: LogFilter, number: int, most: int) -> Line:
    """What the log is kept to, how many lines have it, and the way back."""
    count = ngettext("{n} line", "{n} lines", number).format(n=number)
    if number == most:
        count = _("the newest {n}").format(n=number)
    parts = [
        line((f"“{wanted.find}”" if wanted.find else "", "accent")),
        line((f"#{wanted.tag}" if wanted.tag else "", "good")),
        line((_("flagged red") if wanted.flagged else "", "late")),
        line((count, "muted")),
    ]
    return line(" ") + join(parts) + line("  ", ("Esc", "key"), (" " + _("all"), "muted"))
