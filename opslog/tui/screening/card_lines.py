"""The lines of a screening card: what goes where at which width.

Narrow, everything stands below each other; from WIDE cells on, the row as imported stands
beside the row as understood. The keys stand at the bottom whatever is above, so that a finger
and an eye find them at the same place on every card.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from opslog.domain.people import phones
from opslog.domain.rosters.rosters import COMING, PROBLEMS, STATES_SAID
from opslog.domain.screening.card import Attempt, EarlierEvent, ImportedRow, ScreeningCard
from opslog.domain.screening.reasons import Reasons
from opslog.domain.screening.rounds import DROP, KEEP, PARK, Deck, Verdict, round_name, verdict_name
from opslog.domain.screening.suggestions import Suggestion
from opslog.locale import _, ngettext
from opslog.tui.widgets.text import (
    Line,
    capital,
    cut_line,
    flow,
    join,
    line,
    line_width,
    pad,
    pad_line,
    width,
    wrap,
)

WIDE = 100  # cells from which the two sides fit beside each other
GUTTER = 11  # cells of the words on the left
MOST_KNOWN = 6
BAR = 16

VERDICT_LOOKS = {KEEP: "good", DROP: "mark", PARK: "warn"}


@dataclass(frozen=True)
class View:
    """What a card is drawn from. ``keys`` reads the key of an action, as remapped."""

    deck: Deck
    card: ScreeningCard
    reasons: Reasons
    day: Callable[[datetime], str]
    keys: Callable[[str], str]
    same: str = ""  # what * would do now, in words


def card_lines(view: View, cells: int, height: int, skip: int = 0) -> list[Line]:
    """Exactly ``height`` lines; ``skip`` lines of the middle are scrolled away."""
    top = [_progress(view.deck, cells), ()]
    bottom = _keys(view, cells)
    room = max(height - len(top) - len(bottom), 1)
    middle = _middle(view, cells, room)
    skip = max(min(skip, len(middle) - room), 0)
    shown = middle[skip : skip + room]
    below = len(middle) - skip - room
    if below > 0:
        more = ngettext("↓ {n} more line", "↓ {n} more lines", below + 1).format(n=below + 1)
        shown[-1] = line((" " * (GUTTER + 1) + more, "muted"))
    shown += [()] * (room - len(shown))
    return [*top, *shown, *bottom][:height]


def hidden(view: View, cells: int, height: int) -> int:
    """How many lines of the middle do not fit."""
    room = height - 2 - len(_keys(view, cells))
    return max(len(_middle(view, cells, room)) - max(room, 1), 0)


# -- the top ------------------------------------------------------------------


def _progress(deck: Deck, cells: int) -> Line:
    """Round and list on the left; how far it is on the right."""
    total, left = len(deck), deck.left
    done = total - left
    name = str(round_name(deck.round.number))
    figures = [_("{done} of {total}").format(done=done, total=total)]
    figures.append(ngettext("{n} left", "{n} left", left).format(n=left))
    if deck.parked:
        figures.append(_("{n} parked").format(n=deck.parked))
    full = BAR * done // total if total else BAR
    right = line(
        ("━" * full, "accent"), ("─" * (BAR - full), "muted"), "  ", (" · ".join(figures), "muted")
    )
    room = max(cells - line_width(right) - 3, 8)
    head = pad_line(line((capital(name), "title"), "  ", (deck.roster, "")), room)
    return (("", ""), (" ", ""), *head, (" ", ""), *right)


# -- the middle -----------------------------------------------------------------


def _middle(view: View, cells: int, room: int) -> list[Line]:
    if cells < WIDE:
        blocks = [*_understood(view, cells - 1), _imported(view.card, cells - 1)]
        return [((" ", ""), *spans) for spans in _spaced(blocks, room)]
    left_cells = (cells - 3) * 9 // 20
    right_cells = cells - 4 - left_cells
    left = _imported_column(view.card, left_cells)
    right = _spaced(_understood(view, right_cells), room)
    count = max(len(left), len(right), room)
    left += [()] * (count - len(left))
    right += [()] * (count - len(right))
    return [
        ((" ", ""), *pad_line(one, left_cells), (" │ ", "muted"), *other)
        for one, other in zip(left, right, strict=True)
    ]


def _spaced(blocks: Sequence[list[Line]], room: int) -> list[Line]:
    """Blocks one below the other, a blank line between them where there is room for it."""
    filled = [block for block in blocks if block]
    lines: list[Line] = []
    space = room - sum(map(len, filled)) >= len(filled) - 1
    for block in filled:
        if lines and space:
            lines.append(())
        lines += block
    return lines


def _row(label: str, spans: Line) -> Line:
    return ((pad(label, GUTTER), "muted"), *spans)


def _block(label: str, lines: Sequence[Line]) -> list[Line]:
    """Lines under one word in the gutter."""
    return [_row(label if number == 0 else "", spans) for number, spans in enumerate(lines)]


def _understood(view: View, cells: int) -> list[list[Line]]:
    """Who it is; what is suggested; what is known."""
    card, person, room = view.card, view.card.person, cells - GUTTER
    name = line((person.called, "title"))
    if person.title:
        name = join([name, person.title], "  ")
    state = _state(card.verdict, view.reasons)
    if state:
        name = (*pad_line(name, max(cells - line_width(state), 0)), *state)
    lines = [cut_line(name, cells)]
    company = join([line((person.company, "strong")), person.city, person.industry])
    lines += _wrapped(_("company"), company, cells)
    lines += _block(_("contact"), flow(_reach(view), room))
    marks = _marks(card)
    if marks:
        lines.append(_row(_("before"), cut_line(marks, room)))
    if person.tags:
        tags = " ".join(f"#{tag}" for tag in person.tags)
        lines += _block(_("tags"), [line((row, "accent")) for row in wrap(tags, room, 2)])
    if person.note:
        lines += _block(_("note"), [line(row) for row in wrap(person.note, room, 2)])
    return [
        lines,
        _block(_("suggested"), _suggestions(view, room)),
        _block(_("known"), _known(view, room)),
    ]


def _wrapped(label: str, spans: Line, cells: int) -> list[Line]:
    """A line of the gutter; broken in two where it does not fit."""
    room = cells - GUTTER
    if not spans:
        return []
    if line_width(spans) <= room:
        return [_row(label, spans)]
    text = "".join(part for part, _look in spans)
    return _block(label, [line(row) for row in wrap(text, room, 2)])


def _state(verdict: Verdict, reasons: Reasons) -> Line:
    """What holds for a row looked back at."""
    look = VERDICT_LOOKS.get(verdict.verdict)
    if look is None:
        return ()
    text = str(verdict_name(verdict.verdict))
    if verdict.verdict == DROP:
        text = f"{text}: {reasons.title(verdict.reason)}"
    return line((text, look), " ")


def _reach(view: View) -> list[Line]:
    card, person = view.card, view.card.person
    wecom = {True: _("on WeCom"), False: _("not on WeCom"), None: _("WeCom: not known")}
    parts: list[Line] = []
    if person.phone:
        parts.append(line((phones.display(person.phone), "strong")))
    if person.email:
        parts.append(line(person.email))
    parts.append(line((wecom[person.wecom], "good" if person.wecom else "muted")))
    parts += [line((str(bar.text(view.day(bar.since))), "warn")) for bar in person.bars]
    if card.state != COMING:
        parts.append(line((_(STATES_SAID[card.state]), "warn")))
    return parts


def _marks(card: ScreeningCard) -> Line:
    """Already added, called or active before: the second screening treats them differently."""
    marks = card.marks
    words = [
        _("added on WeCom") if marks.added else "",
        _("spoken to") if marks.called else "",
        _("came before") if marks.active else "",
    ]
    return join([(word, "good") for word in words])


def _suggestions(view: View, room: int) -> list[Line]:
    lines = [
        cut_line(_suggestion(s, view, first=number == 0), room)
        for number, s in enumerate(view.card.suggestions[:3])
    ]
    if view.card.fault is not None:
        lines += [line((row, "warn")) for row in wrap(str(view.card.fault), room, 2)]
    return lines


def _suggestion(suggestion: Suggestion, view: View, *, first: bool) -> Line:
    key = view.keys("screening.take") if first else ""
    return line(
        (pad(key, 4), "key"),
        (suggestion_text(suggestion, view.reasons), "accent"),
        ("  ", ""),
        (str(suggestion.why), ""),
    )


def suggestion_text(suggestion: Suggestion, reasons: Reasons) -> str:
    """``drop: competitor``."""
    if suggestion.verdict == DROP:
        return _("drop: {reason}").format(reason=reasons.title(suggestion.reason))
    return _("keep") if suggestion.verdict == KEEP else _("park")


def _known(view: View, room: int) -> list[Line]:
    card = view.card
    told: list[list[Line]] = []
    if card.attempts:
        calls = [_call(attempt) for attempt in card.attempts[-2:]]
        calls[0] = _("this event: {call}").format(call=calls[0])
        told.append([line(call) for call in calls])
    earlier = [d for d in card.decisions if d.round != view.deck.round.number]
    if earlier:
        newest = earlier[-1]
        text = _verdict(Verdict(newest.verdict, newest.reason), view.reasons)
        told.append([line(_said(round_name(newest.round), text))])
    told += [_event(event, view) for event in card.events]
    if card.company is not None:
        told.append(_company(view))
    over = len(told) - MOST_KNOWN
    lines = [row for parts in told[: MOST_KNOWN - (over > 0)] for row in flow(parts, room)]
    if over > 0:
        more = _("{n} more: {key}").format(n=over + 1, key=view.keys("screening.history"))
        lines.append(line((more, "muted")))
    return lines


def _call(attempt: Attempt) -> str:
    return _said(attempt.purpose, attempt.outcome)


def _said(what: object, result: object) -> str:
    return _("{what}: {result}").format(what=what, result=result)


def _verdict(verdict: Verdict, reasons: Reasons) -> str:
    text = str(verdict_name(verdict.verdict))
    return f"{text}: {reasons.title(verdict.reason)}" if verdict.verdict == DROP else text


def _event(event: EarlierEvent, view: View) -> list[Line]:
    parts = [line((view.day(event.at), "muted"), " ", event.event)]
    if event.attended is not None:
        parts.append(line(_("was there") if event.attended else _("did not come")))
    if event.verdict is not None:
        found = Verdict(event.verdict.verdict, event.verdict.reason)
        parts.append(line(_verdict(found, view.reasons)))
    if event.attempts:
        last = event.attempts[-1]
        parts.append(line(_call(last)))
    return parts


def _company(view: View) -> list[Line]:
    company = view.card.company
    assert company is not None
    others = ngettext("{n} other person known", "{n} other people known", company.people)
    parts = [line((_("company:"), "muted"), " ", others.format(n=company.people))]
    if company.kept:
        parts.append(line(_("{n} kept").format(n=company.kept)))
    for code, number in company.dropped[:2]:
        reason = view.reasons.title(code)
        parts.append(line(_("{n} dropped: {reason}").format(n=number, reason=reason)))
    return parts


# -- the row as it came in ----------------------------------------------------------


def _where(row: ImportedRow) -> str:
    place = _("line {line}").format(line=row.line)
    return " · ".join(part for part in (row.file, row.sheet, place) if part)


def _problems(row: ImportedRow) -> Line:
    return join([(_(PROBLEMS.get(code, code)), "warn") for code in row.problems])


def _imported(card: ScreeningCard, cells: int) -> list[Line]:
    """The cells one after the other, headings in grey; blank cells are left out."""
    room = cells - GUTTER
    lines: list[Line] = []
    for row in card.rows:
        lines.append(join([(_where(row), "muted"), _problems(row)]))
        lines += flow([_cell(heading, value) for heading, value in row.cells if value], room)
    return _block(_("imported"), lines)


def _cell(heading: str, value: str) -> Line:
    return line((heading or "?", "muted"), " ", " ".join(value.split()))


def _imported_column(card: ScreeningCard, cells: int) -> list[Line]:
    """One cell a line, headings in a column of their own; blank cells too."""
    lines: list[Line] = []
    for row in card.rows:
        lines.append(line((_where(row), "muted")))
        problems = _problems(row)
        if problems:
            lines.append(problems)
        head = min(max((width(h) for h, _value in row.cells), default=0), cells // 3) + 2
        for heading, value in row.cells:
            pieces = wrap(" ".join(value.split()), max(cells - head, 4)) or [""]
            lines.append(line((pad(heading or "?", head), "muted"), pieces[0]))
            lines += [line(" " * head, piece) for piece in pieces[1:]]
        lines.append(())
    return lines


# -- the bottom -----------------------------------------------------------------------


def _keys(view: View, cells: int) -> list[Line]:
    """Every verdict with its key, always at the same place; above it what * would do."""
    keys = view.keys
    offers = (
        (keys("screening.keep"), _("keep")),
        *((keys(f"screening.drop{r.digit}"), str(r.title)) for r in view.reasons.keys),
        (keys("screening.more"), _("more")),
        (keys("screening.park"), _("park")),
    )
    same: Line = ()
    if view.same:
        same = cut_line(line(" ", (keys("screening.same"), "key"), " ", view.same), cells)
    return [same, *_offers(offers, cells)]


@lru_cache(maxsize=8)
def _offers(offers: tuple[tuple[str, str], ...], cells: int) -> tuple[Line, ...]:
    """Keys with their words in rows; the same on every card, so laid out once."""
    rows: list[Line] = [((" ", ""),)]
    for key, label in offers:
        part = line((key, "key"), " ", label)
        if line_width(rows[-1]) + line_width(part) + 2 > cells:
            rows.append(((" ", ""),))
        gap = ("  ", "") if len(rows[-1]) > 1 else ("", "")
        rows[-1] = (*rows[-1], gap, *part)
    return tuple(rows)
