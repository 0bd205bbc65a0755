"""The numbers of a report as a list: each group drawn as what it is, each row opening what it
counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from opslog.domain.base.rates import Rate
from opslog.domain.dates.wording import near_moment
from opslog.domain.people.card import called
from opslog.domain.reports.figures import (
    AHEAD,
    CALLS,
    CHANNELS,
    EVENTS,
    GROUPS,
    HOURS,
    PLAN,
    TARGETS,
    TIME,
    WAITING,
    Figure,
    minutes_text,
)
from opslog.domain.reports.ledger import StepLine
from opslog.domain.reports.stretches import DAY
from opslog.domain.reports.telling import ahead
from opslog.domain.reports.telling.phrases import plain, step_title, who
from opslog.locale import Msg, _, ngettext
from opslog.services.reports.reports import Report
from opslog.tui.widgets.drawing import amount, divided, divided_block, progress, spread
from opslog.tui.widgets.lists.rows import Column, Ends, Row
from opslog.tui.widgets.text import Line, cut_line, line, line_width, pad_line

COLUMNS = (Column(),)
NOT_OF_A_DAY = {AHEAD, CHANNELS}  # what comes is named thing by thing, steps by their names
OPEN = "open"  # what the key of a row begins with that leads to a thing itself: kind and id
LABEL, VALUE = 20, 11  # cells
FITS = 60  # more names than a row has room for
FILLS = "█▓▒░"  # of the parts of one bar that have one colour
GOOD = {"calls", "reached", "messages", "replied", "coming"}  # the more the better
SIGNS = {
    "done": ("✓", "good"),
    "moved": ("→", "warn"),
    "dropped": ("✗", "muted"),
    "missed": ("▲", "late"),
    "open": ("▲", "late"),
    "late": ("▲", "late"),
    "tasks": ("✓", "good"),
    **dict.fromkeys(WAITING, ("▲", "late")),
}


def rows(report: Report) -> list[Row]:
    """The key of a number is its group and its own key."""
    before = {(one.group, one.key): one.value for one in report.figures_before()}
    found: list[Row] = []
    for (group, part), some in groupby(_figures(report), key=_part):
        if group in NOT_OF_A_DAY and report.stretch.kind == DAY:
            continue
        inside = list(some)
        draw = _DRAWN.get(group, _counted) if not part else _divided
        found += [Row(("air", group, part), heading=())] if found else []
        heading, drawn = draw(report, inside, before)
        found.append(Row(("group", group, part), heading=heading))
        found += drawn
    return [*found, *_to_come(report, air=bool(found))]


def _figures(report: Report) -> list[Figure]:
    """Those of the report; of the calls also what there was before and is none of."""
    found = report.figures()
    there = {(one.group, one.key) for one in found}
    gone = [
        one._replace(rows=())
        for one in report.figures_before()
        if one.group == CALLS and (CALLS, one.key) not in there
    ]
    at = max((n for n, one in enumerate(found, 1) if one.group == CALLS), default=len(found))
    return [*found[:at], *gone, *found[at:]]


def _part(one: Figure) -> tuple[str, str]:
    """What of a group is drawn together: of an event each purpose and each round."""
    return one.group, "" if one.group in GROUPS else one.key.split(".")[0]


_Drawn = tuple[Line | Ends, list[Row]]
_Before = Mapping[tuple[str, str], int]


def _row(one: Figure, label: Line, middle: Callable[[int], Line], value: Line) -> Row:
    """Label, what is drawn of it, and the number at the right end."""

    def laid(cells: int) -> Line:
        left = min(LABEL, cells // 3)
        room = max(cells - left - max(VALUE, line_width(value)) - 2, 0)
        return spread(
            line(*pad_line(cut_line(label, left), left), " ", *cut_line(middle(room), room)),
            value,
            cells,
            least=1,
        )

    return Row((one.group, one.key), (laid,))


def _heading(text: str, right: str = "") -> Ends:
    return Ends(line(" ", (text, "title")), line((right, "muted"), " "))


def _nothing(_cells: int) -> Line:
    return ()


def _hours(_report: Report, inside: Sequence[Figure], _before: _Before) -> _Drawn:
    """How many calls each hour had, and how many of them were answered."""
    most = max(one.value for one in inside if one.part is not None)

    def bar(one: Figure) -> Callable[[int], Line]:
        if one.part is None:
            said = ngettext("{n} row screened", "{n} rows screened", one.value)
            return lambda _cells: line((said.format(n=one.value), "muted"))
        parts = ((one.part, "good"), (one.value - one.part, "track"))
        return lambda cells: divided_block(parts, round(cells * one.value / most))

    drawn = [
        _row(
            one,
            line((str(one.label), "muted")),
            bar(one),
            ()
            if one.part is None
            else line((f"{one.value} / ", "muted"), (str(one.part), "strong")),
        )
        for one in inside
    ]
    return _heading(_(HOURS), _("made / reached")), drawn


def _divided(_report: Report, inside: Sequence[Figure], _before: _Before) -> _Drawn:
    """What became of those called, or of the rows of a round: one bar, and each part of it."""
    whole, *rest = inside
    parts = [one for one in rest if one.look]
    seen: Counter[str] = Counter()
    fills: dict[str, str] = {}
    for one in parts:
        fills[one.key] = FILLS[min(seen[one.look], len(FILLS) - 1)]
        seen[one.look] += 1
    heading = Ends(
        line(" ", (str(whole.label)[:1].upper() + str(whole.label)[1:], "title")),
        line((_(whole.group), "muted"), " "),
    )

    def bar(cells: int) -> Line:
        bar = divided([(one.value, one.look) for one in parts], cells - VALUE)
        return tuple(
            (fills[one.key] * len(part), look) for one, (part, look) in zip(parts, bar, strict=True)
        )

    def laid(cells: int) -> Line:
        return spread(bar(cells), _number(whole), cells, least=1)

    drawn = [Row((whole.group, whole.key), (laid,))]
    if len(parts) == 1:  # the same number again and again
        drawn, rest = [], [one for one in rest if one.look or "." in one.key.partition(".")[2]]
    for one in rest:
        sign = (f"{fills[one.key]} ", one.look) if one.look else ("  ", "")
        indent = "  " * (one.key.count(".") - 1)
        share = Rate(one.value, whole.value)
        said = str(share.alone) if share.speaks and one.minutes is None else ""
        drawn.append(_row(one, line(indent, sign, str(one.label)), _nothing, _number(one, said)))
    return heading, drawn


def _number(one: Figure, share: str = "") -> Line:
    number = f"{one.value:,}" if one.minutes is None else str(minutes_text(one.minutes))
    return line(
        (number, one.look if one.look == "late" else "strong"),
        (f" {share:>5}", "muted"),
    )


def _time(report: Report, inside: Sequence[Figure], _before: _Before) -> _Drawn:
    most = max(one.value for one in inside)
    total = sum(one.value for one in inside)

    def bar(one: Figure) -> Callable[[int], Line]:
        return lambda cells: line(("━" * max(round(cells * one.value / most), 1), "accent"))

    drawn = [
        _row(
            one,
            line(str(one.label)),
            bar(one),
            line((f"{one.value // 60}:{one.value % 60:02}", "strong")),
        )
        for one in inside
    ]
    return _heading(_(TIME), str(minutes_text(total))), drawn


def _plan(report: Report, inside: Sequence[Figure], _before: _Before) -> _Drawn:
    """What became of the steps, with their names as far as there is room."""
    steps = report.sums.steps
    of_steps: dict[str, Sequence[StepLine]] = {
        "done": steps.done,
        "moved": steps.moved,
        "dropped": steps.dropped,
        "missed": steps.missed,
        "open": steps.open,
        "late": steps.late,
    }
    waiting = report.sums.waiting
    named: dict[str, list[Msg]] = {
        **{key: [step_title(step) for step in some] for key, some in of_steps.items()},
        "tasks": [plain(task.text) for task in report.sums.tasks_done],
        "waiting.promises": [who(one) for one in waiting.promises],
        "waiting.tasks": [plain(task.text) for task in waiting.tasks],
        "waiting.leads": [who(one) for one in waiting.leads],
        "waiting.messages": [who(one) for one in waiting.messages[:FITS]],
    }

    def names(one: Figure) -> Callable[[int], Line]:
        some = list(map(str, named[one.key]))
        return lambda _cells: line((" · ".join(some), "muted"))

    drawn = [
        _row(one, line(SIGNS[one.key], " ", str(one.label)), names(one), _number(one))
        for one in inside
    ]
    return _heading(_(PLAN)), drawn


def _calls(report: Report, inside: Sequence[Figure], before: _Before) -> _Drawn:
    """The totals, beside those of the day, week or month they are held against."""
    then = report.before
    if not then:
        return _counted(report, inside, before)

    def was(one: Figure) -> Callable[[int], Line]:
        number = before.get((one.group, one.key), 0)
        more = one.value - number
        delta = line(
            (f"{more:+}" if more else "", "good" if more > 0 and one.key in GOOD else "muted")
        )
        return lambda _cells: line((_("was {n}").format(n=number), "muted"), "  ", *delta)

    drawn = [_row(one, line(str(one.label)), was(one), _number(one, _share(one))) for one in inside]
    days = then.stretch.title(report.words.today)
    return _heading(_(CALLS), _("beside {days}").format(days=days)), drawn


def _share(one: Figure) -> str:
    rate = Rate(one.value, one.of)
    return str(rate.alone) if rate.speaks else f"/ {one.of}" if one.of else ""


def _targets(report: Report, inside: Sequence[Figure], _before: _Before) -> _Drawn:
    def bar(one: Figure) -> Callable[[int], Line]:
        return lambda cells: progress(one.value, one.of, cells - 1)

    drawn = [
        _row(one, line(str(one.label)), bar(one), _number(one, f"/ {one.of:,}")) for one in inside
    ]
    return _heading(_(TARGETS)), drawn


def _counted(_report: Report, inside: Sequence[Figure], _before: _Before) -> _Drawn:
    """Numbers beside each other."""
    group = inside[0].group
    most = max(one.value for one in inside)
    compared = group not in (EVENTS, AHEAD) and len(inside) > 1

    def bar(one: Figure) -> Callable[[int], Line]:
        return lambda cells: amount(one.value, most, cells - 1, "accent") if compared else ()

    drawn = [_row(one, line(str(one.label)), bar(one), _number(one, _share(one))) for one in inside]
    return _heading(_(group)), drawn


_DRAWN = {
    HOURS: _hours,
    TIME: _time,
    PLAN: _plan,
    CALLS: _calls,
    TARGETS: _targets,
}


def _to_come(report: Report, *, air: bool) -> Iterator[Row]:
    """What stands for the next day, each thing with its time; the row leads to it."""
    sums, words = report.sums, report.words
    ahead_, day = sums.ahead, sums.ahead_on
    if report.stretch.kind != DAY or day is None:
        return
    found = [
        *((one.starts_at, "event", one.id, line((one.name, "strong"))) for one in ahead_.events),
        *(
            (one.due, "step", one.id, line(str(step_title(one)), "  ", (one.event, "muted")))
            for one in ahead_.steps
        ),
        *(
            (
                one.at,
                "person",
                one.person_id,
                line(
                    _("call {person}").format(
                        person=called(one.person_id, one.person, one.company)
                    ),
                    "  ",
                    (one.company if one.person else "", "muted"),
                ),
            )
            for one in ahead_.promises
        ),
        *((one.due, "follow_up", one.id, line(one.text)) for one in ahead_.tasks if one.timed),
    ]
    if air:
        yield Row(("air", AHEAD, ""), heading=())
    number = len(found) + sum(not one.timed for one in ahead_.tasks)
    things = ngettext("{n} thing", "{n} things", number).format(n=number)
    yield Row(("group", AHEAD, ""), heading=_heading(str(ahead.title(sums, words)), things))
    for at, kind, ref, what in sorted(found, key=lambda one: one[0]):
        when = near_moment(at, words.zone, day.first)
        yield Row((OPEN, kind, ref), (line((str(when), "muted"), "  ", *what),))
    for task in ahead_.tasks:
        if not task.timed:
            yield Row((OPEN, "follow_up", task.id), (line("       ", task.text),))
