"""A programme as lines: how far it goes, its steps with what came of them, whether to grow it."""

from __future__ import annotations

from opslog.domain.programmes import contents
from opslog.domain.programmes.programme import SPAN_TITLES, SPANS, Step
from opslog.domain.programmes.rates import Counts, of_steps
from opslog.locale import _
from opslog.services.programmes.rates import Rates
from opslog.tui.programmes import words
from opslog.tui.widgets.drawing import amount, spread
from opslog.tui.widgets.pane import titled, told
from opslog.tui.widgets.text import Line, cut, in_rows, line, pad

DAY, WORDS, BAR = 11, 13, 8  # cells of a step's row


def lines(found: Rates, cells: int, grow_key: str) -> list[Line]:
    """``grow_key`` lets it go on to the next span."""
    return [
        *told(str(found.programme.named), cells, "focal"),
        *_spans(found, cells),
        *_advice(found, cells, grow_key),
        *titled(_("Steps"), [_head(cells), *_steps(found, cells)]),
    ]


def _spans(found: Rates, cells: int) -> list[Line]:
    """Each span with its steps, those that run lit up: ``a week ━●●●● │ a month ─○○○``."""
    programme, parts = found.programme, list[Line]()
    last, runs = 0, SPANS[programme.runs]
    for span, until in SPANS.items():
        number = sum(last < step.day <= until for step in programme.steps)
        last = until
        if number:
            on = until <= runs
            sign = ("●" if on else "○") * number
            look = "accent" if on else "muted"
            title = _(SPAN_TITLES[span])
            parts.append(line((title, "strong" if on else "muted"), " ", (sign, look)))
    return in_rows(parts, cells, "  ")


def _advice(found: Rates, cells: int, grow_key: str) -> list[Line]:
    rows = [(), *told(str(found.advice), cells)]
    if found.span:
        does = _("let it go on to {span}").format(span=_(SPAN_TITLES[found.span]))
        rows.append(line((grow_key, "key"), "  ", (does, "muted")))
    return rows


def _head(cells: int) -> Line:
    left = line((pad(_("When"), DAY) + pad(_("Piece"), WORDS), "dim"))
    return spread(left, line((_("replied, opened, new"), "dim")), cells)


def _steps(found: Rates, cells: int) -> list[Line]:
    steps, weakest = of_steps(found.rows), found.weakest
    running = {step.id for step in found.programme.running}
    most = max((one.replied / one.sent for one in steps.values() if one.sent), default=0.0)
    verdicts = found.verdicts()
    rows: list[Line] = []
    for step in found.programme.steps:
        weak = weakest is not None and step.id == weakest.id
        counts = steps.get(step.id, Counts())
        rows.append(_step(step, counts, most, cells, weak=weak, runs=step.id in running))
        if weak:
            rows += told(f"  ! {verdicts[step.id]}", cells, "warn")
    return rows


def _step(step: Step, counts: Counts, most: float, cells: int, *, weak: bool, runs: bool) -> Line:
    look = "warn" if weak else "" if runs else "dim"
    said = str(contents.said(step.label)) if step.label else words.stage(step.stage)
    if step.written or not said:
        said = _("as written") if step.written else _("own words")
    left = line((pad(str(step.named), DAY), look), (pad(cut(said, WORDS - 1), WORDS), "muted"))
    if not counts.sent:
        waits = _("not sent yet") if runs else _("waits until it is grown")
        return spread(left, line((waits, "dim")), cells)
    rate = f"{counts.rate.said} " if counts.rate.speaks else ""
    of = _("{n} out of {of}").format(n=counts.replied, of=counts.sent)
    bar = amount(counts.replied / counts.sent, most, BAR, "warn" if weak else "accent")
    right = line((f"{rate}{of}", look or "strong"), "  ",
                 (f"{counts.opened} · {counts.new}", "muted"))  # fmt: skip
    return spread((*left, *bar), right, cells)
