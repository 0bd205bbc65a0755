"""Who somebody is: how to reach them, whether they may be called, their profile, their company."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from opslog.domain.calls.queue import Touch
from opslog.domain.dates.wording import near_day, short_day
from opslog.domain.people import phones
from opslog.domain.people.card import Colleague, Person
from opslog.locale import _, ngettext
from opslog.services.programmes.members import Inside
from opslog.tui.people.touch import allowed_text, last_text
from opslog.tui.widgets.drawing import spread
from opslog.tui.widgets.pane import titled, told
from opslog.tui.widgets.text import Line, Span, join, line, pad, wrap

GUTTER = 10
TRACED = 16  # of what says where a lead came from


@dataclass(frozen=True)
class Who:
    """A person with what stands beside them; ``others`` is how many colleagues there are in all."""

    person: Person
    parent: str
    colleagues: Sequence[Colleague]
    others: int
    zone: ZoneInfo
    today: date
    edit_key: str
    now: datetime
    touch: Touch
    inside: Sequence[Inside] = ()
    traced: Sequence[tuple[str, str]] = ()  # of a lead, and of what they asked for: label, words


def sections(who: Who, cells: int) -> list[Line]:
    """Everything, each part under its title, for a column of its own."""
    if who.person.erased:
        return [line((_("erased on request"), "muted"))]
    parts = [
        *titled(_("Reach"), _reach(who, cells)),
        *titled(_("May they be contacted?"), _allowed(who, cells)),
        *_profile(who, cells),
        *titled(_("Lead"), _traced(who, cells)),
        *_note(who.person, cells),
        *_company(who, cells),
    ]
    return parts[1:]  # no air above the first


def _reach(who: Who, cells: int) -> list[Line]:
    person = who.person
    numbers = [number for number in (person.phone, *person.phones) if number]
    rows = []
    for at, number in enumerate(numbers):
        kind = _("Mobile") if phones.is_mobile(number) else _("Landline")
        guess = f"{person.city_guess}?" if person.city_guess else ""
        city = person.city or guess if at == 0 else ""
        left = line((pad(kind, GUTTER), "muted"), (phones.display(number), "strong"))
        rows.append(spread(left, line((city, "dim")), cells))
    rows += [
        line((pad(_("E-mail"), GUTTER), "muted"), address)
        for address in (person.email, *person.emails)
        if address
    ]
    states: dict[bool | None, Span] = {
        True: (_("✓ added"), "good"),
        False: (_("not on WeCom"), ""),
        None: (_("not known"), "dim"),
    }
    return [*rows, line((pad(_("WeCom"), GUTTER), "muted"), states[person.wecom])]


def _allowed(who: Who, cells: int) -> list[Line]:
    """The verdict on a call or message now, and by what else they are not to be reached; then the
    last touch."""
    touch, person = who.touch, who.person
    said = allowed_text(touch, who.zone, who.now)
    rows = told(said, cells - 2) if touch.allowed else told(said, cells, "warn")
    if touch.allowed:
        rows = [line(("✓ " if at == 0 else "  ", "good")) + row for at, row in enumerate(rows)]
    others = [bar for bar in person.bars if bar != touch.barred]
    rows += [row for bar in others for row in told(bar.said(who.zone), cells, "warn")]
    if touch.last is not None or person.last_contact_at is None:
        return [*rows, *told(last_text(touch, who.zone, who.now), cells, "muted")]
    day = str(short_day(person.last_contact_at.astimezone(who.zone).date(), who.today))
    return [*rows, line((_("last contact {day}").format(day=day), "muted"))]


def _profile(who: Who, cells: int) -> list[Line]:
    person = who.person
    city: Span = (person.city, "")
    if person.city_guess and not person.city:
        city = (_("{city}? (by the number)").format(city=person.city_guess), "dim")
    known: list[tuple[str, Span]] = [
        (_("City"), city),
        (_("Industry"), (person.industry, "")),
        (_("Part of"), (who.parent, "")),
        *((name, (value, "")) for name, value in person.fields.items()),
        (_("Tags"), (" ".join(f"#{tag}" for tag in person.tags), "accent")),
    ]
    rows = []
    for one in who.inside:
        known.append((_("Programme"), (inside_text(one, who.today), "")))
    for label, (text, look) in known:
        first, *rest = wrap(text, max(cells - GUTTER, 10))
        if text:
            rows.append(line((pad(label, GUTTER), "muted"), (first, look)))
            rows += [line(" " * GUTTER, (row, look)) for row in rest]
    key = line((who.edit_key, "key"), " ", (_("add what is missing"), "muted"))
    return [(), spread(line((_("Profile"), "title")), key, cells), *rows]


def inside_text(one: Inside, today: date) -> str:
    """A programme of messages: the step that comes next, and when."""
    when = _("{step} on {day}").format(step=one.step, day=near_day(one.on, today)) if one.on else ""
    return f"{one.programme} · {when or _('paused')}"


def _traced(who: Who, cells: int) -> list[Line]:
    """How it stands with sales, and where it came from."""
    rows = []
    for label, text in who.traced:
        first, *rest = wrap(text, max(cells - TRACED, 10))
        rows.append(line((pad(label, TRACED), "muted"), first))
        rows += [line(" " * TRACED, row) for row in rest]
    return rows


def _note(person: Person, cells: int) -> list[Line]:
    rows = [line(("! ", "warn"), row) for row in wrap(person.note, cells - 2)[:1]]
    rows += [line("  ", row) for row in wrap(person.note, cells - 2)[1:]]
    return titled(_("To be minded"), rows if person.note else [])


def _company(who: Who, cells: int) -> list[Line]:
    if not who.colleagues:
        return []
    others = ngettext("{n} other", "{n} others", who.others).format(n=who.others)
    head = spread(line((_("Same company"), "title")), line((others, "muted")), cells)
    rows = [
        spread(line(one.called, "  ", (one.title, "muted")), _did(one), cells)
        for one in who.colleagues
    ]
    return [(), head, *rows]


def _did(one: Colleague) -> Line:
    """What a colleague did: that they came says more than that they were on lists."""
    if one.came:
        came = ngettext("came to {n}", "came to {n}", one.came).format(n=one.came)
        return line(("● ", "good"), (came, "muted"))
    if one.dropped is not None:
        return line((_("dropped: {reason}").format(reason=one.dropped), "dim"))
    return line((_("signed up"), "muted")) if one.lists else ()


def compact(who: Who, cells: int) -> list[Line]:
    """The same in few rows, above the time line of a narrow terminal."""
    person = who.person
    if person.erased:
        return [line((_("erased on request"), "muted"))]
    wecom = {True: _("on WeCom"), False: _("not on WeCom"), None: _("WeCom: not known")}
    numbers = [phones.display(number) for number in (person.phone, *person.phones) if number]
    reach: list[Line | Span | str] = [
        *((number, "strong" if at == 0 else "") for at, number in enumerate(numbers)),
        *(address for address in (person.email, *person.emails) if address),
        (wecom[person.wecom], "good" if person.wecom else "muted"),
    ]
    city: Line | Span = (person.city, "")
    if person.city_guess and not person.city:
        city = (_("{city}? (by the number)").format(city=person.city_guess), "muted")
    belongs = (_("part of {company}").format(company=who.parent), "muted") if who.parent else ""
    others = ngettext("{n} other", "{n} others", who.others).format(n=who.others)
    firm = join([belongs, city, person.industry, (others if who.others else "", "muted")])
    lines = [
        ((pad(label, GUTTER), "muted"), *spans)
        for label, spans in (
            (_("contact"), join(reach)),
            (_("company") if who.parent or who.others or person.industry else _("city"), firm),
            *((_("programme"), line(inside_text(one, who.today))) for one in who.inside),
            (_("tags"), line((" ".join(f"#{tag}" for tag in person.tags), "accent"))),
        )
        if any(text for text, _look in spans)
    ]
    further = (bar for bar in person.bars if bar != who.touch.barred)
    barred = [row for bar in further for row in wrap(str(bar.said(who.zone)), cells - GUTTER)]
    lines += [line(" " * GUTTER, (row, "warn")) for row in barred]
    own = " · ".join(f"{name} {value}" for name, value in person.fields.items())
    traced = " · ".join(text for _label, text in who.traced)
    for label, text in ((_("lead"), traced), (_("fields"), own), (_("note"), person.note)):
        for at, row in enumerate(wrap(text, max(cells - GUTTER, 10)) if text else []):
            lines.append(line((pad(label if at == 0 else "", GUTTER), "muted"), row))
    return lines
