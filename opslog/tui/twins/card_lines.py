"""Two that may be one, side by side: what differs is marked, and why they are asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from opslog.domain.people import phones
from opslog.domain.people.naming.names import fold
from opslog.domain.twins import companies
from opslog.domain.twins.pairs import (
    COMPANY,
    DIFFERENT,
    LATER,
    SAME,
    CompanySide,
    Pair,
    PairCard,
    PersonSide,
    Side,
)
from opslog.locale import _, ngettext
from opslog.tui.widgets.drawing import chip, spread
from opslog.tui.widgets.text import (
    Line,
    Span,
    clean,
    cut,
    flow,
    in_rows,
    join,
    line,
    pad_line,
    width,
    wrap_line,
)

_MOST_EVENTS = 3
_MOST_ROWS = 3  # of one field
_MOST_COMPARED = 300  # characters of a field; no column shows more
Field = tuple[str, str, str]  # label, what the one side says, what the other


@dataclass(frozen=True)
class View:
    """A card with all that is drawn of it. ``verdict``: '' while it waits. ``key`` of an action."""

    card: PairCard
    keep: str
    number: int
    total: int
    verdict: str
    keys: dict[str, str]


Happened = Callable[[Side, int], list[Line]]


def card_lines(view: View, cells: int, height: int, happened: Happened | None) -> list[Line]:
    """The whole card; where there is little room, what is the same on both sides goes first.

    ``happened`` tells what one side has been through, in so many cells: on a wide terminal, where
    the keys stand beside the card (see ``pane``) and not below it.
    """
    fields = _fields(view.card)
    margin = max(width(field[0]) for field in fields) + 2
    side = max((cells - margin - 4) // 2, 8)
    above = [_head(view, cells), *_reasons(view.card.pair, cells), ()]
    foot = _foot(view, cells, beside=happened is not None)
    room = height - len(above) - len(foot) - 2
    while len(fields) > room and (plain := _least(fields)) is not None:
        fields.remove(plain)
    for most in (_MOST_ROWS, 1):
        rows = [row for field in fields for row in _rows(field, margin, side, most)]
        if len(rows) <= room:
            break
    lines = [*above, _sides(view, margin, side), *rows]
    if happened is not None:
        halves = [happened(one, side) for one in (view.card.one, view.card.other)]
        label = line((_("so far"), "muted"))
        told = _halves(label, zip_longest(*halves, fillvalue=()), margin, side)
        lines += [(), *told][: height - len(lines) - len(foot)]
    blank = max(min(height - len(lines) - len(foot), 1), 0)
    return [*lines, *[()] * blank, *foot]


def _head(view: View, cells: int) -> Line:
    left = line(" ", (certainty(view.card.pair), "focal"))
    return spread(left, line((f"{view.number}/{view.total}", "muted"), " "), cells)


def _reasons(pair: Pair, cells: int) -> list[Line]:
    """Why they are asked about: chips where they fit on one row, else words."""
    told: list[tuple[str, str, str]] = []
    told += [(str(reason), "chip", "") for reason in pair.for_it]
    told += [(f"! {reason}", "warn", "warn") for reason in pair.against]
    rows = in_rows([chip(text, look) for text, look, _plain in told], cells - 2, " ")
    if len(rows) > 1:
        parts = [line((text, look)) for text, _look, look in told]
        rows = flow(parts, cells - 2)
    return [((" ", ""), *row) for row in rows]


def certainty(pair: Pair) -> str:
    """A score in words: nobody knows what 73 means."""
    company = pair.kind == COMPANY
    for least, text in (
        (80, _("very likely one company") if company else _("very likely one person")),
        (60, _("likely one company") if company else _("likely one person")),
        (0, _("may be one company") if company else _("may be one person")),
    ):
        if pair.score >= least:
            return text
    raise ValueError(pair.score)


def _sides(view: View, label: int, side: int) -> Line:
    heads = []
    for one in (view.card.one, view.card.other):
        kept = one.key == view.keep
        text = _("● is kept") if kept else _("○ goes into it")
        if view.card.pair.is_branch:
            text = _("● the company") if kept else _("○ its branch")
        heads.append(pad_line(line((text, "accent" if kept else "muted")), side))
    return (*line(" " * (label + 1)), *heads[0], ("  ", ""), *heads[1])


def _rows(field: Field, margin: int, side: int, most: int) -> list[Line]:
    """One field of both, in as many rows as the longer needs; what is the same is muted."""
    label, one, other = field
    first, second = marked(one, other)
    if fold(one) == fold(other):
        first, second = line((clean(one), "muted")), line((clean(other), "muted"))
    halves = [wrap_line(half, side, most) or [()] for half in (first, second)]
    return _halves(line((label, "muted")), zip_longest(*halves, fillvalue=()), margin, side)


def _halves(label: Line, rows: Iterable[tuple[Line, ...]], margin: int, side: int) -> list[Line]:
    """What both sides say, beside each other, behind a label on the first row."""
    return [
        (
            *((" ", ""), *pad_line(label if at == 0 else (), margin)),
            *(*pad_line(left, side), ("  ", "")),
            *pad_line(right, side),
        )
        for at, (left, right) in enumerate(rows)
    ]


def marked(one: str, other: str) -> tuple[Line, Line]:
    """Two texts with the parts marked that the other does not have; width and case aside."""
    one, other = clean(one[:_MOST_COMPARED]), clean(other[:_MOST_COMPARED])
    if not one or not other or fold(one) == fold(other):
        return line(one), line(other)
    a, b = _comparable(one), _comparable(other)
    first: list[Span] = []
    second: list[Span] = []
    for what, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        look = "" if what == "equal" else "mark"
        first.append((one[i1:i2], look))
        second.append((other[j1:j2], look))
    return tuple(s for s in first if s[0]), tuple(s for s in second if s[0])


def _comparable(text: str) -> str:
    """Folded character by character, so that places stay the same."""
    return "".join(folded if len(folded := fold(letter)) == 1 else letter for letter in text)


def _fields(card: PairCard) -> list[Field]:
    if isinstance(card.one, PersonSide) and isinstance(card.other, PersonSide):
        rows = _person_fields(card.one, card.other)
    elif isinstance(card.one, CompanySide) and isinstance(card.other, CompanySide):
        rows = _company_fields(card.one, card.other)
    else:
        raise TypeError(card)
    return [row for row in rows if row[1] or row[2]]


def _person_fields(one: PersonSide, other: PersonSide) -> list[Field]:
    a, b = one.person, other.person
    wecom = {True: _("yes"), False: _("no"), None: ""}
    return [
        (_("name"), a.name, b.name),
        (_("company"), a.company, b.company),
        (_("title"), a.title, b.title),
        (_("phone"), _phones(one), _phones(other)),
        (_("e-mail"), " ".join(one.emails), " ".join(other.emails)),
        (_("city"), a.city, b.city),
        (_("industry"), a.industry, b.industry),
        (_("WeCom"), wecom[a.wecom], wecom[b.wecom]),
        (_("tags"), _tags(a.tags), _tags(b.tags)),
        (_("events"), _events(one), _events(other)),
        (_("work"), _work(one), _work(other)),
        (_("note"), a.note, b.note),
    ]


def _company_fields(one: CompanySide, other: CompanySide) -> list[Field]:
    a, b = companies.layers(one.called), companies.layers(other.called)
    return [
        (_("company"), one.called, other.called),
        (_("main name"), a.core, b.core),
        (_("city"), a.city, b.city),
        (_("trade"), a.trade, b.trade),
        (_("legal form"), a.form, b.form),
        (_("branch"), a.branch, b.branch),
        (_("written"), _spellings(one), _spellings(other)),
        (_("people"), str(one.people), str(other.people)),
        ("", "、".join(one.names), "、".join(other.names)),
    ]


def _least(fields: list[Field]) -> Field | None:
    """The last field that says the same on both sides, else the last but the first three."""
    for field in reversed(fields[3:]):
        if field[1] == field[2]:
            return field
    return fields[-1] if len(fields) > 3 else None


def _phones(side: PersonSide) -> str:
    return " ".join(phones.display(phone) for phone in side.phones)


def _tags(tags: tuple[str, ...]) -> str:
    return " ".join(f"#{tag}" for tag in tags)


def _events(side: PersonSide) -> str:
    shown = list(side.events[:_MOST_EVENTS])
    if len(side.events) > _MOST_EVENTS:
        shown.append(f"+{len(side.events) - _MOST_EVENTS}")
    return " · ".join(shown)


def _work(side: PersonSide) -> str:
    parts = []
    if side.verdicts:
        parts.append(ngettext("{n} verdict", "{n} verdicts", side.verdicts).format(n=side.verdicts))
    if side.calls:
        parts.append(ngettext("{n} call", "{n} calls", side.calls).format(n=side.calls))
    return " · ".join(parts)


def _spellings(side: CompanySide) -> str:
    return " · ".join(f"{text} {number}" for text, number in side.spellings[:3])


def _foot(view: View, cells: int, *, beside: bool) -> list[Line]:
    """What each key would do, where it does not stand beside; or what was decided."""
    if view.verdict:
        return [_decided(view)]
    if beside:
        return []
    others: list[Line] = [
        line((f"{view.keys['different']:<7}", "key"), _("different, for good")),
        line((view.keys["later"], "key"), " ", (_("later"), "muted")),
    ]
    if not view.card.pair.is_branch:  # which is the branch is told by its name
        others.append(line((view.keys["swap"], "key"), " ", (_("keep the other"), "muted")))
    return [
        line(" ", (f"{view.keys['same']:<7}", "key"), joining(view, cells - 9)),
        ((" ", ""), *join(others, "   ")),
    ]


def joining(view: View, cells: int) -> str:
    """What joining the two would do, in so many cells."""
    kept, gone = view.card.kept(view.keep)
    same = _("the same: {other} becomes part of {name}")
    if view.card.pair.kind == COMPANY:
        same = _("one company: {other} becomes part of {name}")
    if view.card.pair.is_branch:
        same = _("yes: {other} is a branch of {name}")
    room = cells - width(same.format(name="", other=""))
    name, other = _fitting(_called(kept), _called(gone), room)
    return same.format(name=name, other=other)


def _fitting(one: str, other: str, room: int) -> tuple[str, str]:
    """Two names in so many cells; the longer one gives way first."""
    half = max(room // 2, 8)
    first = cut(one, max(half, room - width(other)))
    return first, cut(other, max(half, room - width(first)))


def _called(side: Side) -> str:
    return clean(side.called)


def _decided(view: View) -> Line:
    text = {
        SAME: _("decided: the same"),
        DIFFERENT: _("decided: different"),
        LATER: _("put off"),
    }[view.verdict]
    back = _("takes it back")
    return line(" ", (text, "title"), "   ", (view.keys["back"], "key"), " ", (back, "muted"))
