"""The lines of a call card: all the operator wants in sight for one call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from opslog.domain.calls.outcomes import LANE_TITLES, PHONE, WECOM, Outcomes, purpose_title
from opslog.domain.calls.queue import CallCard, QueueLine
from opslog.domain.calls.retries import DAY_BEFORE, MISSED, ON_DAY, SETTLED, Attempt
from opslog.domain.dates.wording import near_moment
from opslog.domain.people.card import CALL, WRITE
from opslog.domain.people.phones import display
from opslog.locale import _, ngettext
from opslog.tui.calls.big_digits import big
from opslog.tui.widgets.text import (
    Line,
    cut_line,
    in_rows,
    join,
    line,
    line_width,
    plain_signs,
    width,
    wrap,
)

INDENT = 1


@dataclass(frozen=True)
class View:
    """What the card shows. ``queued`` is the card's line in the queue, if it is in it.

    ``note`` is what the operator has noted for the outcome to come, ``clock`` the duration of
    the call as text, ``short`` whether there is little room.
    """

    card: CallCard
    queued: QueueLine | None
    place: int  # in the queue, counted from 1
    outcomes: Outcomes
    note: str
    clock: str
    zone: ZoneInfo
    now: datetime
    short: bool = False


def card_lines(view: View, cells: int) -> list[Line]:
    """The card for this width."""
    gap: list[Line] = [] if view.short else [line()]
    most = 1 if view.short else 2
    lines = [_name_line(view, cells), *gap, *_number_lines(view, cells), *gap]
    if view.queued is not None:
        lines += _wrapped(f"#{view.place}  {view.queued.why}", cells, most, "accent")
        for part in view.queued.also:
            what = _("The same call: {purpose}, {event}").format(
                purpose=purpose_title(part.purpose), event=part.event
            )
            lines += _wrapped(what, cells, 1, "accent")
    lines += _standing_lines(view, cells)
    lines += _known_lines(view, cells)
    if view.note:
        lines += _labelled(_("Note"), view.note, cells, 2, "warn")
    lines += _talk_lines(view, cells)
    return lines


def _name_line(view: View, cells: int) -> Line:
    card = view.card
    who = card.person or _("(no name)")
    left = join([line((who, "title")), card.title, card.company], "  ")
    purpose = str(purpose_title(card.purpose))
    right = line((f"{purpose} · {_(LANE_TITLES[card.lane])}  ", "accent"), (view.clock, "muted"))
    left = cut_line(left, max(cells - INDENT - line_width(right) - 3, 10))
    gap = cells - INDENT - line_width(left) - line_width(right) - 1
    return (*line(" " * INDENT), *left, *line(" " * max(gap, 2)), *right)


def _number_lines(view: View, cells: int) -> list[Line]:
    card = view.card
    shown = display(card.phone) if card.phone else ""
    by = {CALL, WRITE if card.lane == WECOM else CALL}
    if barred := next((bar for bar in card.bars if bar.scope in by), None):
        return [
            line(
                " ",
                (str(barred.said(view.zone)), "warn"),
            )
        ]
    if card.lane == WECOM:
        tail = line(("  ", ""), (shown, "muted"))
        return [line(" ", (_("WeCom message"), "strong"), *tail)]
    if not shown:
        return [line(" ", (_("No phone number: e adds one, w says they are on WeCom"), "warn"))]
    rows = big(shown)
    if plain_signs() or max(map(width, rows)) > cells - 2:
        return [line(" ", (" ".join(shown), "strong"))]
    return [line(" ", (row, "strong")) for row in rows]


def _standing_lines(view: View, cells: int) -> list[Line]:
    card = view.card
    newest = card.attempts[-2:] if view.short else card.attempts[-4:]
    tried = "; ".join(_attempt_text(view, attempt) for attempt in newest)
    number = len(card.attempts)
    text = (
        ngettext("{n} attempt: {tried}", "{n} attempts: {tried}", number).format(
            n=number, tried=tried
        )
        if number
        else _("no attempt yet")
    )
    return _wrapped(f"{_next_text(view)} · {text}", cells, 1 if view.short else 3, "")


def _attempt_text(view: View, attempt: Attempt) -> str:
    title = str(view.outcomes.title(attempt.purpose, attempt.lane, attempt.outcome))
    if attempt.reason:
        title += f" ({view.outcomes.reason(attempt.reason)})"
    if attempt.note:
        title += f" “{attempt.note}”"
    if attempt.purpose != view.card.purpose:
        title = f"{purpose_title(attempt.purpose)} {title}"
    return f"{_moment(view, attempt.at)} {title}"


def _next_text(view: View) -> str:
    state = view.card.standing
    if state is None:
        return _("this call is not open now")
    if state.state == SETTLED:
        return _("nothing more to do here")
    if state.state == MISSED or state.due is None:
        return _("attempts used up")
    when = _moment(view, state.due)
    if state.promised:
        return _("promised {when}").format(when=when)
    if state.due <= view.now:
        return _("may be tried now")
    return _("not before {when}").format(when=when)


def _moment(view: View, instant: datetime) -> str:
    return str(near_moment(instant, view.zone, view.now.astimezone(view.zone).date()))


def _known_lines(view: View, cells: int) -> list[Line]:
    card = view.card
    day = card.earlier.last_at.astimezone(view.zone).date() if card.earlier.last_at else None
    facts = [str(mark) for mark in card.earlier.marks(day)]
    if card.attended is not None:
        facts.insert(0, _("came") if card.attended else _("did not come"))
    if card.guests:
        facts.insert(
            0, ngettext("brings {n} guest", "brings {n} guests", card.guests).format(n=card.guests)
        )
    facts += [f"#{tag}" for tag in card.tags]
    facts += [fact for fact in (card.city, card.industry, card.email) if fact]
    if card.note:
        facts.insert(0, card.note.replace("\n", " "))
    return _wrapped(" · ".join(facts), cells, 1 if view.short else 5, "muted") if facts else []


def _talk_lines(view: View, cells: int) -> list[Line]:
    talk = view.card.talk
    if not talk.say:
        text = _("No talk track fits; playbooks/talk_tracks.toml holds them")
        return [line(" ", (text, "muted"))]
    lines = _labelled(_("Say"), talk.say, cells, 3 if view.short else 0, "")
    for number, question in enumerate(talk.questions):
        label = _("Ask") if number == 0 else ""
        lines += _labelled(label, question, cells, 1 if view.short else 0, "")
    return lines if view.short else [line(), *lines]


def _labelled(label: str, text: str, cells: int, most: int, look: str) -> list[Line]:
    margin = max(width(_("Say")), width(_("Ask")), width(_("Note"))) + 2
    rows = wrap(text, max(cells - margin - INDENT - 1, 10), most)
    return [
        line(
            " " * INDENT,
            ((label if at == 0 else "") + " " * (margin - (width(label) if at == 0 else 0)), "key"),
            (row, look),
        )
        for at, row in enumerate(rows)
    ]


def _wrapped(text: str, cells: int, most: int, look: str) -> list[Line]:
    return [line(" ", (row, look)) for row in wrap(text, max(cells - 2, 10), most)]


def outcome_lines(view: View, cells: int) -> list[Line]:
    """The digits with what they stand for, in as few rows as they take."""
    card = view.card
    items = [
        line((str(outcome.digit), "key"), " ", str(outcome.title), _question_mark(outcome.ask))
        for outcome in card.outcomes.keys
    ]
    if card.outcomes.more:
        items.append(line(("9", "key"), " ", _("more")))
    return [line(" ") + row for row in in_rows(items, cells - 1)]


def _question_mark(ask: str) -> str:
    return "?" if ask else ""


def purpose_text(line: QueueLine) -> str:
    """What a call is for, in few cells: ``reminder T-1``, ``call-back 2 · WeCom``,
    ``reminder +1`` where the call is for one thing more."""
    text = str(purpose_title(line.purpose))
    if line.also:
        return f"{text} +{len(line.also)}"
    slot = {DAY_BEFORE: "T-1", ON_DAY: "T"}.get(line.slot)
    if slot:
        return f"{text} {slot}"
    return text if line.lane == PHONE else f"{text} · {_('WeCom')}"
