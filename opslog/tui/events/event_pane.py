"""One event, open beside a list: what it is, what comes next in its plan, its list."""

from __future__ import annotations

from opslog.domain.events.events import EventCard
from opslog.domain.events.weeks import days_behind
from opslog.domain.screening.rounds import TIDY, round_name
from opslog.locale import _, ngettext
from opslog.services.book.book import Book
from opslog.services.cards import step_progress
from opslog.services.events import events
from opslog.services.reviews import owed
from opslog.services.rosters import rosters
from opslog.tui.events.figures import bars
from opslog.tui.events.wording import card_lines, days_left, how_far, moment, span, wrapped_facts
from opslog.tui.widgets.drawing import progress, spread
from opslog.tui.widgets.pane import titled, told
from opslog.tui.widgets.text import Line, capital, clean, cut, cut_line, join, line, line_width

BAR = 10


def of_card(book: Book, card: EventCard, cells: int, rows: int) -> list[Line]:
    """The event with its facts and its list, and as many of its next steps as there is room for."""
    name = told(card.name, cells, "focal")
    known = wrapped_facts(book, card, cells)
    known += titled(_("From earlier reviews"), _owed(book, card, cells))
    its_list = titled(_("Its list"), _list(book, card, cells))
    room = rows - len(name) - len(known) - len(its_list) - 2
    return [*name, *known, *its_list, *_next_steps(book, card, cells, room)]


def head(book: Book, card: EventCard, cells: int, rows: int) -> list[Line]:
    """Which event it is, how far away, and what it has brought, in at most so many rows."""
    away = line((days_left(book, card.row), "accent"), " ")
    when = join([(span(book, card), "strong"), (card.row.place, "muted")])
    room = cells - line_width(away) - 6
    name = cut(clean(card.name), max(room - min(line_width(when), room // 2), 10))
    left = line(" ", ("● ", "late"), (name, "focal"), "   ")
    first = spread(cut_line(left + when, cells - line_width(away) - 2), away, cells)
    below = [*bars(book, card, cells - 1), *card_lines(book, card)[1:]]
    kept = rows - 1 - (rows > 3)
    return [first, *([()] * (rows > 3)), *(line(" ") + row for row in below[:kept])]


def facts(book: Book, card: EventCard, cells: int) -> list[Line]:
    """The facts under a heading, beside something else of the event."""
    return titled(_("The event"), wrapped_facts(book, card, cells))


def _next_steps(book: Book, card: EventCard, cells: int, most: int) -> list[Line]:
    """What is open of the plan, late first, for it comes first in time."""
    plan = events.plan(book, card.id)
    waiting = [step for step in plan if step.open]
    progress_of = step_progress.of_event(book, card.id)
    found: list[Line] = []
    for step in waiting[: max(most - (len(waiting) > most), 0)]:
        late = days_behind(step, book.today(), book.clock.zone)
        sign = ("▲ ", "late") if late else ("○ ", "muted")
        when = (moment(book, step.due_at) + "  ", "late" if late else "muted")
        far = progress_of.get(step.proof)
        number = line((f"  {far.done}/{far.of}" if far else "", "strong"))
        name = cut(clean(step.name), cells - line_width((sign, when, *number)))
        found.append(spread(line(sign, when, name), number, cells))
    if more := len(waiting) - len(found):
        text = ngettext("and {n} step more", "and {n} steps more", more).format(n=more)
        found.append(line((text, "dim")))
    return titled(_("Next in its plan"), found, how_far(plan))


def _owed(book: Book, card: EventCard, cells: int) -> list[Line]:
    """What its plan owes to the reviews of earlier events."""
    return [row for one in owed.of_event(book, card.id) for row in told(one.said, cells, "", 2)]


def _list(book: Book, card: EventCard, cells: int) -> list[Line]:
    """How far the list of the event is: people, the newest round, what wants a look."""
    found: list[Line] = []
    for state in rosters.of_event(book, card.id):
        people = ngettext("{n} person", "{n} people", state.cards).format(n=state.cards)
        wants = ngettext("! {n} to look at", "! {n} to look at", state.problems)
        problems = wants.format(n=state.problems) if state.problems else ""
        found.append(spread(line((people, "strong")), line((problems, "warn")), cells))
        if state.number is None:
            continue
        name = capital(str(round_name(state.number)))
        kept = _("{n} kept").format(n=state.kept) if state.number != TIDY or not state.open else ""
        decided = state.kept + state.dropped
        bar = progress(decided, decided + state.left, BAR)
        number = line((" ", ""), (f"{decided}/{decided + state.left}", "strong"))
        left = line((name, "muted"), "  ", *bar, *number)
        found.append(spread(left, line((kept, "good")), cells))
    return found
