"""The head of a report: which days, how to get to others, and the five numbers asked for most."""

from __future__ import annotations

from collections.abc import Sequence

from opslog.domain.base.rates import Rate
from opslog.domain.dates.wording import weekday
from opslog.domain.reports.ledger import StepLine
from opslog.domain.reports.stretches import DAY, MONTH, WEEK
from opslog.domain.reports.telling.phrases import step_title
from opslog.locale import N_, _, ngettext
from opslog.services.reports.reports import Report
from opslog.tui.widgets.drawing import spread
from opslog.tui.widgets.text import Line, cut_line, line, pad_line

NAMES = {DAY: N_("Day"), WEEK: N_("Week"), MONTH: N_("Month")}
TILES = 5


def lines(report: Report, cells: int, *, air: bool) -> list[Line]:
    tiles = _tiles(report)
    wide = (cells - 2) // TILES
    numbers: list[tuple[str, str]] = []
    below: list[tuple[str, str]] = []
    for number, what, under, look in tiles:
        sign = (("▲ ", "late"),) if look else ()
        head = (*sign, (number, look or "focal"), (" " + what, ""))
        numbers += pad_line(cut_line(head, wide - 1), wide)
        below += pad_line(cut_line(((under, "muted"),), wide - 1), wide)
    gap: list[Line] = [()] if air else []
    return [*gap, _days(report, cells), *gap, line("  ", *numbers), line("  ", *below), ()]


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


def _tiles(report: Report) -> list[tuple[str, str, str, str]]:
    """Number, what it is, what stands below it, and its look."""
    sums = report.sums
    calls, handed = len(sums.calls), len(sums.handed_over)
    left = [*sums.steps.open, *sums.steps.missed]
    wanted = sum(one.wanted for one in sums.expected)
    coming = _("{n} not").format(n=len(sums.declined)) if sums.declined else ""
    tiles = [
        (str(calls), ngettext("call", "calls", calls), _reached(len(sums.reached), calls), ""),
        (
            str(len(sums.coming)),
            _("coming"),
            _("target {n}").format(n=wanted) if wanted else coming,
            "",
        ),
        (
            str(sums.rows_screened),
            _("screened"),
            _("{n} kept").format(n=sum(len(one.kept) for one in sums.screened))
            if sums.rows_screened
            else "",
            "",
        ),
        (
            str(len(sums.steps.done)),
            ngettext("step done", "steps done", len(sums.steps.done)),
            _("{n} moved").format(n=len(sums.steps.moved)) if sums.steps.moved else "",
            "",
        ),
        (
            str(len(left)),
            _("not done"),
            _late(sums.steps.late) or (str(step_title(left[0])) if left else ""),
            "late" if left or sums.steps.late else "",
        ),
    ]
    if handed:  # the plan stands below in any case
        whom = ", ".join(dict.fromkeys(one.to_whom for one in sums.handed_over if one.to_whom))
        tiles[3] = (str(handed), _("handed over"), whom, "")
    return tiles


def _late(steps: Sequence[StepLine]) -> str:
    """What was left undone before; '' nothing."""
    n = len(steps)
    return ngettext("and {n} from before", "and {n} from before", n).format(n=n) if n else ""


def _reached(reached: int, calls: int) -> str:
    if not calls:
        return ""
    said = _("{n} reached").format(n=reached)
    rate = Rate(reached, calls)
    if not rate.speaks:
        return said
    return _("{first}, {second}").format(first=said, second=rate.alone)
