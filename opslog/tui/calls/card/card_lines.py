"""The lines of a call card: all the operator wants in sight for one call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from opslog.domain.base.sentences import bracketed, in_turn
from opslog.domain.calls.outcomes import ADD, LANE_TITLES, PHONE, WECOM, Outcomes, purpose_title
from opslog.domain.calls.queue import CallCard, QueueLine
from opslog.domain.calls.retries import MISSED, SETTLED, Attempt
from opslog.domain.dates.wording import near_moment, short_day
from opslog.domain.imports.guests import Brought
from opslog.domain.people.card import CALL, WRITE, Moment
from opslog.domain.people.phones import display
from opslog.locale import N_, _, ngettext
from opslog.services.answers.asked import Asked
from opslog.tui.answers.lines import missing, question_lines
from opslog.tui.calls.card.big_digits import big
from opslog.tui.people.touch import allowed_text, last_text
from opslog.tui.widgets.drawing import chips, spread
from opslog.tui.widgets.pane import titled
from opslog.tui.widgets.text import (
    Line,
    cut,
    cut_line,
    flow,
    in_rows,
    join,
    line,
    line_width,
    pad,
    pad_line,
    plain_signs,
    width,
    wrap,
)


@dataclass(frozen=True)
class View:
    """What the card shows. ``queued`` is the card's line in the queue, if it is in it.

    ``note`` is what the operator has noted for the outcome to come, ``clock`` the duration of
    the call as text, ``short`` whether there is little room. ``keys`` stand beside the number;
    ``happened`` is what there was with this person before, newest first, with its sign;
    ``own`` what fields of one's own say, ``asked`` the questions, and ``answer_key`` the one that
    answers them.
    """

    card: CallCard
    queued: QueueLine | None
    place: int  # in the queue, counted from 1
    outcomes: Outcomes
    note: str
    clock: str
    zone: ZoneInfo
    now: datetime
    keys: Sequence[Line] = ()
    happened: Sequence[tuple[str, Moment]] = ()
    own: Sequence[str] = ()
    asked: Sequence[Asked] = ()
    answer_key: str = ""
    short: bool = False
    same_call: bool = False  # something else was said in it: this is what it is for, too


_LEAST = 10  # cells: a shorter piece of a title or a company says nothing


def card_lines(view: View, cells: int) -> list[Line]:
    """The card for this width."""
    inner = max(cells - 2, 10)
    gap: list[Line] = [] if view.short else [()]
    lines = [*_same_call(view, inner), *_who(view, inner), *gap, *_number(view, inner), *gap]
    if view.queued is not None:
        lines += _reasons(view, view.queued, inner)
    lines += _known(view, inner)
    if view.note:
        lines += [line((row, "warn")) for row in wrap(f"{_('Note')}  {view.note}", inner, 2)]
    lines += _short_talk(view, inner) if view.short else _talk(view, inner)
    lines += [] if view.short else _happened(view, inner)
    return [((" ", ""), *spans) for spans in lines]


def _same_call(view: View, cells: int) -> list[Line]:
    """That the call goes on: what was said stands, and this is asked now."""
    if not view.same_call:
        return []
    said = _("Same call, now for: {purpose} · {event}").format(
        purpose=purpose_title(view.card.purpose), event=view.card.event
    )
    return [line(("▶ ", "accent"), (cut(said, cells - 2), "focal"))]


def _who(view: View, cells: int) -> list[Line]:
    """Name and title, with the clock of the call; then where they work."""
    card = view.card
    lane = f"{_(LANE_TITLES[card.lane])}  " if card.lane != PHONE else ""
    clock = line((lane, "accent"), ("● ", "good"), (view.clock, "muted"))
    name: list[Line | str] = [line((card.person or _("(no name)"), "focal")), card.title]
    firm = join([card.company, (card.city, "muted")])
    if view.short:
        name.append(card.company)
    room = max(cells - line_width(clock) - 2, 10)
    while line_width(join(name, "  ")) > room and line_width(join(name[:-1], "  ")) + _LEAST > room:
        name.pop()
    left = cut_line(join(name, "  "), room)
    first = spread(left, clock, cells)
    return [first] if view.short or not firm else [first, cut_line(firm, cells)]


def _number(view: View, cells: int) -> list[Line]:
    """The number, large; beside it the keys that use it."""
    card = view.card
    shown = display(card.phone) if card.phone else ""
    by = {CALL, WRITE if card.lane == WECOM else CALL}
    if barred := next((bar for bar in card.bars if bar.scope in by), None):
        return [line((str(barred.said(view.zone)), "warn"))]
    if card.lane == WECOM and card.purpose != ADD:  # who is asked is found by the number
        return [line((_("WeCom message"), "focal"), "  ", (shown, "muted"))]
    if not shown:
        said = N_("No phone number: e adds one, w says they are on WeCom")
        return [line((_(N_("No phone number: e adds one") if card.wecom else said), "warn"))]
    rows = big(shown)
    most = max(map(width, rows))
    if plain_signs() or most > cells:
        return [line((" ".join(shown), "focal"))]
    beside = max((line_width(key) for key in view.keys), default=0)
    fits = not view.short and most + 3 + beside <= cells
    keys = [*view.keys, (), ()] if fits else [(), (), ()]
    at = cells - beside
    return [
        (*pad_line(line((row, "focal")), at), *key) if key else line((row, "focal"))
        for row, key in zip(rows, keys, strict=False)
    ]


def _reasons(view: View, queued: QueueLine, cells: int) -> list[Line]:
    """Why they stand here, as chips; what else the same call is for."""
    texts = [str(reason.text) for reason in queued.reasons if not reason.shared]
    texts = [text for text in texts if text != view.card.title]  # it stands beside the name
    told = in_rows(chips(texts), cells, "")[: 1 if view.short else 2]
    if not view.short:
        told += [line((row, "dim")) for row in wrap(f"#{view.place}  {queued.why}", cells, 2)]
    for part in queued.also:
        what = _("The same call: {purpose}, {event}").format(
            purpose=purpose_title(part.purpose), event=part.event
        )
        told += [line((row, "accent")) for row in wrap(what, cells, 1)]
    return told


def _known(view: View, cells: int) -> list[Line]:
    """When they were last met and when they may be tried; then what else is known of them."""
    card = view.card
    marks = card.earlier.marks(None)  # the last touch was said with more
    last = last_text(card.touch, view.zone, view.now)
    allowed = allowed_text(card.touch, view.zone, view.now)
    if view.short and width(f"{last} · {allowed}") > cells:
        allowed = allowed_text(card.touch, view.zone, view.now, brief=True)
    standing = [last, allowed, *map(str, marks), _next_text(view)]
    if card.attempts:
        newest = card.attempts[-2:] if view.short else card.attempts[-4:]
        tried = in_turn(_attempt_text(view, attempt) for attempt in newest)
        number = len(card.attempts)
        standing.append(
            ngettext("{n} attempt: {tried}", "{n} attempts: {tried}", number).format(
                n=number, tried=tried
            )
        )
    facts = []
    if card.phones:
        facts.append(_("also {numbers}").format(numbers="  ".join(map(display, card.phones))))
    facts += [card.note.replace("\n", " ")] if card.note else []
    if card.instead_of:
        facts.append(_("instead of {name}").format(name=card.instead_of))
    if card.guests:
        brings = ngettext("brings {n} guest", "brings {n} guests", card.guests)
        facts.append(brings.format(n=Brought(card.guests, card.guests_more)))
    if card.attended is not None:
        facts.append(_("came") if card.attended else _("did not come"))
    facts += [f"#{tag}" for tag in card.tags]
    facts += [fact for fact in (*view.own, card.industry, card.email) if fact]
    most = 1 if view.short else 3
    lines = flow([line(text) for text in standing if text], cells)
    lines = lines[: most if width(last) <= cells else most + 1]  # none is cut
    lines += [line((row, "muted")) for row in wrap(" · ".join(facts), cells, most) if row]
    return lines


def _attempt_text(view: View, attempt: Attempt) -> str:
    title = str(view.outcomes.title(attempt.purpose, attempt.lane, attempt.outcome))
    if attempt.reason:
        title = str(bracketed(title, view.outcomes.reason(attempt.reason)))
    if attempt.note:
        title += f" “{attempt.note}”"
    if attempt.purpose != view.card.purpose:
        title = f"{purpose_title(attempt.purpose)} {title}"
    return f"{_moment(view, attempt.at)} {title}"


def _next_text(view: View) -> str:
    """When they may be tried, where that is not now: those stand under a title that says so."""
    state = view.card.standing
    if state is None:
        return _("this call is not open now")
    if state.state == SETTLED:
        return _("nothing more to do here")
    if state.state == MISSED or state.due is None:
        return _("attempts used up")
    if state.promised:
        return _("promised {when}").format(when=_moment(view, state.due))
    return ""  # when they may be tried is said with the last touch


def _moment(view: View, instant: datetime) -> str:
    return str(near_moment(instant, view.zone, view.now.astimezone(view.zone).date()))


def _talk(view: View, cells: int) -> list[Line]:
    """What to say and what to ask, each under its title."""
    talk = view.card.talk
    if not talk.say:
        text = _("No talk track fits; playbooks/talk_tracks.toml holds them")
        return [(), line((text, "muted"))]
    said = [line("  ", row) for row in wrap(talk.say, cells - 2)]
    lines = titled(_("What to say"), said)
    if view.asked:
        key = line((view.answer_key, "key"), " ", (_("answer"), "muted"))
        head = spread(line((_("What to ask"), "title")), key, cells)
        lines += [(), head, *question_lines(view.asked, cells), *missing(view.asked, cells)]
    return lines


def _short_talk(view: View, cells: int) -> list[Line]:
    """The same where rows are few: the words in three, each question in one."""
    talk = view.card.talk
    margin = max(width(_("Say")), width(_("Ask"))) + 2
    rows = [line(row) for row in wrap(talk.say, cells - margin, 3)] if talk.say else []
    said = len(rows)
    for one in view.asked:
        if not one.field:
            rows.append(cut_line(question_lines([one], 1_000)[0][1:], cells - margin))
    rows += missing(view.asked, cells - margin)
    labels = {0: _("Say"), said: _("Ask")}
    return [line((pad(labels.get(at, ""), margin), "muted")) + row for at, row in enumerate(rows)]


def _happened(view: View, cells: int) -> list[Line]:
    """What there was with this person so far, each with its day."""
    today = view.now.astimezone(view.zone).date()
    rows = []
    for sign, moment in view.happened:
        day = str(short_day(moment.at.astimezone(view.zone).date(), today))
        look = {"●": "good", "✓": "good"}.get(sign, "muted")
        left = line((f"{sign} ", look), (pad(day, 10), "muted"), " ", str(moment.text))
        event = (moment.event, "dim")
        room = cells - line_width(left) - 2
        rows.append(spread(cut_line(left, cells), cut_line(line(event), max(room, 0)), cells))
    return titled(_("In touch so far"), rows)


def outcome_items(view: View) -> list[tuple[str, str, bool]]:
    """The digits with what they stand for, and whether something is asked."""
    outcomes = view.card.outcomes
    items = [(str(one.digit), str(one.title), bool(one.ask)) for one in outcomes.keys]
    return [*items, ("9", _("more"), True)] if outcomes.more else items
