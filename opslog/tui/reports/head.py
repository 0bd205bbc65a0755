"""The head of a report: which days, how to get to others, and the five numbers asked for most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from opslog.domain.base.rates import Rate
from opslog.domain.base.sentences import listed
from opslog.domain.dates.wording import weekday
from opslog.domain.reports.figures import (
    CALLS,
    DECISION,
    LEAD,
    LEADS,
    LEFT,
    LISTS,
    PLAN,
    SEVERAL,
    STEP,
    TOUCH,
    Figure,
)
from opslog.domain.reports.ledger import StepLine
from opslog.domain.reports.stretches import DAY, MONTH, WEEK
from opslog.domain.reports.telling.phrases import step_title
from opslog.locale import N_, Msg, _, msg, ngettext
from opslog.services.reports.reports import Report
from opslog.tui.widgets.drawing import spread
from opslog.tui.widgets.text import Line, cut_line, line, pad_line
from opslog.tui.widgets.text import width as text_cells

NAMES = {DAY: N_("Day"), WEEK: N_("Week"), MONTH: N_("Month")}
TILES = 5


class _Row(Protocol):
    @property
    def id(self) -> int: ...


class Tile(NamedTuple):
    """A number, what it is, what stands below it, its look, and the rows it opens."""

    number: str
    what: str
    under: str
    look: str
    figure: Figure


def width(cells: int) -> int:
    """Of a tile."""
    return (cells - 2) // TILES


def at_lines(number: int) -> range:
    """On which of so many lines the tiles stand."""
    return range(number - 3, number - 1)


def lines(report: Report, cells: int, at: int | None = None, *, air: bool) -> list[Line]:
    """``at``: the tile the cursor is on."""
    wide = width(cells)
    numbers: list[tuple[str, str]] = []
    below: list[tuple[str, str]] = []
    for place, one in enumerate(tiles(report, wide - 1)):
        here = place == at
        sign = (("▲ ", "late"),) if one.look else ()
        head = (*sign, (one.number, one.look or "focal"), (" " + one.what, ""))
        under: Line = ((one.under, "muted"),)
        for row, text in ((numbers, head), (below, under)):
            text = pad_line(cut_line(text, wide - 1), wide - 1)
            if here:
                text = tuple((part, "cursor") for part, _look in text)
            row += [("▌", "accent") if here else (" ", ""), *text]
    gap: list[Line] = [()] if air else []
    return [*gap, _days(report, cells), *gap, line(" ", *numbers), line(" ", *below), ()]


def _days(report: Report, cells: int) -> Line:
    """Which report this is, the others, and what the arrows lead to."""
    stretch, today = report.stretch, report.words.today
    here = str(stretch.title(today))
    shown: list[tuple[str, str] | str] = [
        "  ",
        (_(NAMES.get(stretch.kind, N_("Days"))), "muted"),
        "  ",
        (here, "focal"),
    ]
    if report.words.only:
        shown += [
            "  ",
            (report.words.only, "accent"),
            "  ",
            ("Esc", "key"),
            " ",
            (_("all"), "muted"),
        ]
    for key, kind in (("w", WEEK), ("m", MONTH)):
        other = DAY if kind == stretch.kind else kind
        shown += ["   ", (key, "key"), " ", (_(NAMES[other]), "muted")]
    ways: list[tuple[str, str] | str] = []
    for sign, by in (("←", -1), ("→", 1)):
        there = stretch.beside(by)
        name = weekday(there.first) if stretch.kind == DAY else there.title(today)
        ways += [(sign, "key"), " ", (str(name), "muted"), "   "]
    return spread(line(*shown), line(*ways), cells)


def tiles(report: Report, cells: int) -> list[Tile]:
    """What stands below a number is said in ``cells``, where it can be."""
    sums = report.sums

    def tile(
        what: str, under: str, group: str, key: str, kind: str, rows: Sequence[_Row], look: str = ""
    ) -> Tile:
        ids = tuple(row.id for row in rows)
        label = Msg("{text}", {"text": what})
        return Tile(str(len(ids)), what, under, look, Figure(group, key, label, kind, ids))

    calls, handed = len(sums.calls), len(sums.handed_over)
    left = [one for one in report.figures() if one.group == PLAN and one.key in LEFT]
    undone = tuple(id for one in left for id in one.rows)
    first = [*sums.steps.open, *sums.steps.missed]
    wanted = sum(one.wanted for one in sums.expected)
    coming = _("{n} not").format(n=len(sums.declined)) if sums.declined else ""
    decided = [row for one in sums.screened for row in one.rows]
    kept = ""
    if decided:
        kept = _("{n} kept").format(n=sum(len(one.kept) for one in sums.screened))
    done = sums.steps.done
    word = ngettext("call", "calls", calls)
    target = _("target {n}").format(n=wanted) if wanted else coming
    found = [
        tile(word, _reached(len(sums.reached), calls, cells), CALLS, "calls", TOUCH, sums.calls),
        tile(_("coming"), target, CALLS, "coming", TOUCH, sums.coming),
        tile(_("screened"), kept, LISTS, "screened", DECISION, decided),
        tile(
            ngettext("step done", "steps done", len(done)),
            _("{n} moved").format(n=len(sums.steps.moved)) if sums.steps.moved else "",
            *(PLAN, "done", STEP, done),
        ),
        Tile(
            str(len(undone)),
            _("not done"),
            _late(sums.steps.late) or (str(step_title(first[0])) if first else ""),
            "late" if left or sums.steps.late else "",
            Figure(PLAN, "left", msg(N_("not done")), SEVERAL, undone, parts=tuple(left)),
        ),
    ]
    if handed:  # the plan stands below in any case
        whom = str(listed(dict.fromkeys(x.to_whom for x in sums.handed_over if x.to_whom)))
        found[3] = tile(_("handed over"), whom, LEADS, "handed_over", LEAD, sums.handed_over)
    return found


def _late(steps: Sequence[StepLine]) -> str:
    """What was left undone before; '' nothing."""
    n = len(steps)
    return ngettext("and {n} earlier", "and {n} earlier", n).format(n=n) if n else ""


def _reached(reached: int, calls: int, cells: int) -> str:
    """How many, and their share; where there is no room for both, the share."""
    if not calls:
        return ""
    said = _("{n} reached").format(n=reached)
    rate = Rate(reached, calls)
    if not rate.speaks:
        return said
    both = _("{first}, {second}").format(first=said, second=rate.alone)
    return both if text_cells(both) <= cells else _("{n} reached").format(n=rate.alone)
