"""A row of a list on its card: who it is, as it came beside as it is understood, what is known."""

from __future__ import annotations

from collections.abc import Iterator

from opslog.domain.base.sentences import listed
from opslog.domain.people import phones
from opslog.domain.people.card import FIELDS
from opslog.domain.rosters.rosters import CHANGED, COMING, PROBLEMS, STATES_SAID
from opslog.domain.screening.card import Attempt, EarlierEvent, ScreeningCard
from opslog.domain.screening.rounds import DROP, UNDECIDED, Verdict, round_name
from opslog.locale import _, ngettext
from opslog.tui.screening.beside import mates
from opslog.tui.screening.view import VERDICT_LOOKS, View, suggestion_text, verdict_text
from opslog.tui.widgets.drawing import chip, spread
from opslog.tui.widgets.text import (
    Line,
    cut_line,
    flow,
    in_rows,
    join,
    line,
    line_width,
    pad,
    pad_line,
    width,
    wrap,
)

LABEL = 10  # cells of a field's name
MOST_CAME = 44  # cells of a value as it came; further away the eye loses its row
MOST_WRAPPED = 2  # rows of a note
MOST_EVENTS = 4
# What the understood side tells of the person, in this order.
SIMPLE = ("name", "company", "title", "phone", "email", "city", "industry")
PARTS = {"given_name": "name", "family_name": "name", "area_code": "phone"}


def who(view: View, cells: int) -> list[Line]:
    """Name and title with whether they came; company and city with what was decided."""
    card, person = view.card, view.card.person
    name = join([line((person.called, "focal")), (person.title, "strong")], "   ")
    right = _presence(card)
    room = max(cells - line_width(right) - 2, 8)
    head = (*pad_line(name, room), ("  ", ""), *right) if right else cut_line(name, cells)
    city = person.city or (f"{person.city_guess}?" if person.city_guess else "")
    about = join([line((person.company, "")), (city, "muted"), (person.industry, "muted")])
    state = _state(view)
    return [head, spread(cut_line(about, cells - line_width(state) - 2), state, cells)]


def lines(view: View, cells: int, *, roomy: bool) -> list[Line]:
    """The card's own lines. ``roomy``: with who it is above, and air between the blocks."""
    text = _("note: {text}").format(text=view.card.person.note)
    told = wrap(text, cells - 1, MOST_WRAPPED) if view.card.person.note else []
    note = [line(" ", (row, "muted")) for row in told]
    blocks = [
        [*who(view, cells)] if roomy else [],
        [*in_rows([(*chip(t, look), (" ", "")) for t, look in _chips(view)], cells, ""), *note],
        _suggestions(view, cells),
        _fields(view, cells),
        [] if roomy else mates(view, cells),
        _person(view, cells),
    ]
    found: list[Line] = []
    for block in blocks:
        if block and roomy:
            found.append(())
        found += block
    return found


# -- who it is ------------------------------------------------------------------------


def _presence(card: ScreeningCard) -> Line:
    """Whether they came, and how long they were there."""
    if card.attended is None:
        return ()
    if not card.attended:
        return line(("○ ", "muted"), (_("did not come"), "muted"))
    text = _("came")
    if card.minutes:
        minutes = ngettext("{n} min", "{n} min", card.minutes).format(n=card.minutes)
        text = _("{came}, {minutes}").format(came=text, minutes=minutes)
    return line(("● ", "good"), (text, "good"))


def _state(view: View) -> Line:
    """What holds for a row looked back at."""
    verdict = view.card.verdict
    look = VERDICT_LOOKS.get(verdict.verdict)
    return () if look is None else line((verdict_text(verdict, view.reasons), look), " ")


def _chips(view: View) -> Iterator[tuple[str, str]]:
    """Reasons in two to four words, those that want a look first."""
    card, person = view.card, view.card.person
    for bar in person.bars:
        yield str(bar.text(view.day(bar.since))), "warn"
    if card.state != COMING:
        yield _(STATES_SAID[card.state]), "warn"
    came = sum(bool(event.attended) for event in card.events)
    if came:
        yield ngettext("came to {n} before", "came to {n} before", came).format(n=came), "good"
    company = card.company
    if company is not None:
        for code, number in company.dropped[:1]:
            text = ngettext("company: {n} {reason}", "company: {n} {reason}", number)
            yield text.format(n=number, reason=view.reasons.title(code)), "warn"
        if company.kept:
            text = ngettext("company: {n} kept", "company: {n} kept", company.kept)
            yield text.format(n=company.kept), "good"
        elif not company.dropped:
            text = ngettext("{n} more at the company", "{n} more at the company", company.people)
            yield text.format(n=company.people), "chip"
    spoken = [a.at for a in _attempts(card) if a.answered]
    if spoken:
        yield _("reached {day}").format(day=view.day(max(spoken))), "good"
    wecom = {True: (_("on WeCom"), "good"), False: (_("not on WeCom"), "chip")}
    if person.wecom is not None:
        yield wecom[person.wecom]
    for tag in person.tags:
        yield f"#{tag}", "accent"


def _attempts(card: ScreeningCard) -> Iterator[Attempt]:
    yield from card.attempts
    for event in card.events:
        yield from event.attempts


def _suggestions(view: View, cells: int) -> list[Line]:
    """What the rules propose, with the reason; the first with its key."""
    found: list[Line] = []
    for number, one in enumerate(view.card.suggestions[:3]):
        key = pad(view.keys("screening.take") if number == 0 else "", 4)
        head = line((key, "key"), " ", (suggestion_text(one, view.reasons), "accent"))
        said = join([head, (str(one.why), "")], "  ")
        if line_width(said) <= cells:
            found.append(said)
        else:
            found += [head, *(line(" " * 5, row) for row in wrap(str(one.why), cells - 5, 2))]
    if view.card.fault is not None:
        found += [line((row, "warn")) for row in wrap(str(view.card.fault), cells, 2)]
    return found


# -- as it came, and as it is understood ------------------------------------------------


def _fields(view: View, cells: int) -> list[Line]:
    """A row a field: its name, what the file says, what it is read as (``=`` the same)."""
    card = view.card
    raw = _raw(card)
    came = min(max((cells - LABEL) * 11 // 19, 8), MOST_CAME)
    read = max(cells - LABEL - came - 1, 6)
    rows = str(listed(str(row.line) for row in card.rows))
    where = ngettext("as it came, line {n}", "as it came, lines {lines}", len(card.rows))
    said = where.format(n=rows, lines=rows) if rows else _("not from a file")
    files = {row.file: _lines_of(card, row.file) for row in card.rows}
    if width(said) > came or len(files) > 1:
        said = _("as it came")
    head = pad(said, came + 1)
    found = [line((" " * LABEL + head, "muted"), (_("read as"), "muted"))]
    if len(files) > 1:  # a line is one of which file?
        named = [line((one, "muted")) for one in files.values()]
        found += [line(" " * LABEL) + part for part in flow(named, cells - LABEL)]
    for row in card.rows:
        problems = [(_(PROBLEMS.get(code, code)), "warn") for code in row.problems]
        found += [line(("! ", "warn")) + part for part in flow([line(p) for p in problems], cells)]
    for label, before, after, look in _pairs(view, raw):
        found += _pair(label, before, after, look, came, read)
    for label, value in _unmapped(card):
        found += _pair(label, value, "", "", cells - LABEL, 0)
    return found


def _lines_of(card: ScreeningCard, file: str) -> str:
    lines = [str(row.line) for row in card.rows if row.file == file]
    text = ngettext("{file} line {n}", "{file} lines {lines}", len(lines))
    return text.format(file=file, n=lines[0], lines=listed(lines))


def _pair(label: str, before: str, after: str, look: str, came: int, read: int) -> list[Line]:
    same = bool(before) and before == after
    left = wrap(before or "–", came)
    right = wrap("=" if same else after, read) if read else [""]
    rows = []
    for at in range(max(len(left), len(right))):
        name = pad(label, LABEL - 1) + " " if at == 0 else " " * LABEL
        was = left[at] if at < len(left) else ""
        now = right[at] if at < len(right) else ""
        rows.append(
            line(
                (name, "muted"),
                (pad(was, came) if read else was, "" if before else "track"),
                " " if now else "",
                (now, "dim" if same else look or "strong"),
            )
        )
    return rows


def _raw(card: ScreeningCard) -> dict[str, list[str]]:
    """By field, what the lines of the file say, each once."""
    found: dict[str, list[str]] = {}
    for row in card.rows:
        for (_heading, value), field in zip(row.cells, row.fields, strict=True):
            kept = found.setdefault(PARTS.get(field, field), [])
            value = " ".join(value.split())
            if value and value not in kept:
                kept.append(value)
    return found


def _pairs(view: View, raw: dict[str, list[str]]) -> Iterator[tuple[str, str, str, str]]:
    """Field, as it came, as understood, and its look."""
    card, person = view.card, view.card.person
    for field in SIMPLE:
        label, came = _(FIELDS[field]), raw.get(field, [])
        known = [str(getattr(person, field))]
        if field == "phone":
            numbers = [number for number in (person.phone, *person.phones) if number]
            known = [phones.display(number) for number in numbers]
        elif field == "email":
            known = [address for address in (person.email, *person.emails) if address]
        elif field == "city" and not person.city and person.city_guess:
            guess = _("{city}, a guess").format(city=person.city_guess)
            yield label, " ".join(came), guess, "warn"
            continue
        known = [one for one in known if one]
        if field in ("phone", "email"):
            for at in range(max(len(came), len(known))):
                first = came[at] if at < len(came) else ""
                yield label if at == 0 else "", first, known[at] if at < len(known) else "", ""
        elif came or known:
            yield label, " / ".join(came), " ".join(known), ""
    if card.signed_up_at or raw.get("signed_up_at"):
        after = view.moment(card.signed_up_at) if card.signed_up_at else ""
        yield _(CHANGED["signed_up_at"]), " / ".join(raw.get("signed_up_at", [])), after, ""
    yield from _attendance(card, raw)
    for name, value in person.fields.items():
        yield name, "", value, ""


def _attendance(
    card: ScreeningCard, raw: dict[str, list[str]]
) -> Iterator[tuple[str, str, str, str]]:
    """Came or not, and how many minutes."""
    came = {None: "", True: _("came"), False: _("did not come")}[card.attended]
    said = " / ".join(raw.get("attended", []) + raw.get("arrived_at", []))
    if came or said:
        yield _(CHANGED["attended"]), said, came, "good" if card.attended else "muted"
    if card.minutes is not None or raw.get("minutes"):
        minutes = "" if card.minutes is None else str(card.minutes)
        yield _("Minutes"), " / ".join(raw.get("minutes", [])), minutes, ""


def _unmapped(card: ScreeningCard) -> Iterator[tuple[str, str]]:
    """Cells that mean no field of opslog's own, blanks left out."""
    shown = {*SIMPLE, *PARTS, "signed_up_at", "attended", "arrived_at", "minutes"}
    own = card.person.fields
    for row in card.rows:
        for (heading, value), field in zip(row.cells, row.fields, strict=True):
            value = " ".join(value.split())
            if field not in shown and value and own.get(heading) != value:
                yield heading or "?", value


# -- what is known of the person ------------------------------------------------------------


def _person(view: View, cells: int) -> list[Line]:
    """Earlier rounds and calls on this list, then other events, the latest first; the note."""
    card = view.card
    told: list[Line] = []
    for attempt in card.attempts[-2:]:
        told.append(_moment(view, attempt, cells))
    earlier = [d for d in card.decisions if d.round != view.deck.round.number]
    if earlier and earlier[-1].verdict != UNDECIDED:
        last = earlier[-1]
        said = verdict_text(Verdict(last.verdict, last.reason), view.reasons)
        name = str(round_name(last.round))
        sign, look = ("✗", "muted") if last.verdict == DROP else ("✓", "good")
        told.append(_line(sign, look, view.day(last.at), name, said, cells))
    told += [_event(view, event, cells) for event in card.events[:MOST_EVENTS]]
    more = len(card.events) - MOST_EVENTS
    if more > 0:
        text = ngettext("{n} more: {key}", "{n} more: {key}", more)
        told.append(line((text.format(n=more, key=view.keys("screening.history")), "muted")))
    return [line((_("This person"), "title")), *told] if told else []


def _moment(view: View, attempt: Attempt, cells: int) -> Line:
    sign, look = ("✓", "good") if attempt.answered else ("○", "muted")
    day = view.day(attempt.at)
    return _line(sign, look, day, str(attempt.purpose), str(attempt.outcome), cells)


def _event(view: View, event: EarlierEvent, cells: int) -> Line:
    sign, look = ("●", "good") if event.attended else ("○", "muted")
    known = {None: "", True: _("came"), False: _("did not come")}[event.attended]
    verdict = event.verdict
    said = [
        known,
        verdict_text(Verdict(verdict.verdict, verdict.reason), view.reasons) if verdict else "",
        str(event.attempts[-1].outcome) if event.attempts else "",
    ]
    text = " · ".join(part for part in said if part)
    return _line(sign, look, view.day(event.at), event.event, text, cells)


def _line(sign: str, look: str, day: str, what: str, result: str, cells: int) -> Line:
    """One thing that happened; what came of it is told in full, its name takes the rest."""
    end = line((result, "muted"))
    left = line((sign, look), " ", (day, "muted"), "  ", what)
    room = max(cells - line_width(end) - 2, cells // 2)
    return (*pad_line(left, room), ("  ", ""), *cut_line(end, max(cells - room - 2, 0)))
