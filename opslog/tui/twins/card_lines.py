"""Two that may be one, side by side: what differs is marked, and why they are asked about."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from opslog.domain.people import phones
from opslog.domain.people.names import fold
from opslog.domain.twins import companies
from opslog.domain.twins.pairs import (
    DIFFERENT,
    LATER,
    SAME,
    CompanySide,
    PairCard,
    PersonSide,
    Side,
)
from opslog.locale import _, ngettext
from opslog.tui.widgets.text import (
    Line,
    Span,
    clean,
    cut,
    cut_line,
    join,
    line,
    pad,
    pad_line,
    width,
    wrap,
)

LABEL = 9
_MOST_EVENTS = 3
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


def card_lines(view: View, cells: int, height: int) -> list[Line]:
    """The whole card; where there is little room, what is the same on both sides goes first."""
    side = max((cells - LABEL - 4) // 2, 8)
    fields = _fields(view.card)
    foot = _foot(view, cells)
    room = height - len(foot) - 3
    while len(fields) > room and (plain := _least(fields)) is not None:
        fields.remove(plain)
    lines = [_head(view, cells), _sides(view, side), *(_row(field, side) for field in fields)]
    blank = max(min(height - len(lines) - len(foot), 1), 0)
    return [*lines, *[()] * blank, *foot]


def _head(view: View, cells: int) -> Line:
    left = line(" ", (_certainty(view.card.pair.score), "title"))
    right = line((f"{view.number}/{view.total}", "muted"), " ")
    gap = cells - sum(width(text) for text, _look in (*left, *right))
    return (*left, (" " * max(gap, 1), ""), *right)


def _certainty(score: int) -> str:
    """A score in words: nobody knows what 73 means."""
    for least, text in (
        (80, _("very likely one")),
        (60, _("likely one")),
        (0, _("may be one")),
    ):
        if score >= least:
            return text
    raise ValueError(score)


def _sides(view: View, side: int) -> Line:
    heads = []
    for one in (view.card.one, view.card.other):
        kept = one.key == view.keep
        text = _("● is kept") if kept else _("○ goes into it")
        if view.card.pair.is_branch:
            text = _("● the company") if kept else _("○ its branch")
        heads.append(pad_line(line((text, "accent" if kept else "muted")), side))
    return (*line(" " * (LABEL + 1)), *heads[0], ("  ", ""), *heads[1])


def _row(field: Field, side: int) -> Line:
    label, one, other = field
    first, second = marked(one, other)
    return (
        *line(" ", (pad(label, LABEL), "muted")),
        *pad_line(cut_line(first, side), side),
        ("  ", ""),
        *pad_line(cut_line(second, side), side),
    )


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


def _foot(view: View, cells: int) -> list[Line]:
    """Why they are asked about, and what each key would do; or what was decided."""
    pair = view.card.pair
    lines: list[Line] = []
    for label, reasons, look in (
        (_("for it"), pair.for_it, "good"),
        (_("against"), pair.against, "warn"),
    ):
        text = " · ".join(str(reason) for reason in reasons)
        for number, row in enumerate(wrap(text, max(cells - LABEL - 2, 10)) if text else ()):
            head = label if number == 0 else ""
            lines.append(line(" ", (pad(head, LABEL), "muted"), (row, look)))
    if view.verdict:
        return [*lines, (), _decided(view)]
    kept, gone = view.card.kept(view.keep)
    same = _("the same: {other} becomes part of {name}")
    if pair.is_branch:
        same = _("yes: {other} is a branch of {name}")
    name, other = _fitting(
        _called(kept), _called(gone), cells - width(same.format(name="", other="")) - 9
    )
    same = same.format(name=name, other=other)
    others: list[Line] = [
        line((f"{view.keys['different']:<7}", "key"), _("different, for good")),
        line((view.keys["later"], "key"), " ", (_("later"), "muted")),
    ]
    if not pair.is_branch:  # which is the branch is told by its name
        others.append(line((view.keys["swap"], "key"), " ", (_("keep the other"), "muted")))
    return [
        *lines,
        (),
        line(" ", (f"{view.keys['same']:<7}", "key"), same),
        ((" ", ""), *join(others, "   ")),
    ]


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
