"""What came of a programme's messages, step by step, and whether it is worth growing.

A rate of few says little: a step under twenty sent is not judged (``domain/base/rates``).
Operator's rule: go on with a month, a quarter, a year only where enough of them answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import NamedTuple

from opslog.domain.base.rates import ENOUGH, Rate
from opslog.locale import N_, Msg, msg


class Counts(NamedTuple):
    """Messages, and what came of them. ``new``: people who came on WeCom or became leads after."""

    sent: int = 0
    opened: int = 0
    replied: int = 0
    new: int = 0

    @property
    def rate(self) -> Rate:
        return Rate(self.replied, self.sent)


class Counted(NamedTuple):
    """Those of one step with one version of its words by one channel; ``label`` '': no piece."""

    step: str
    label: str
    version: int
    channel: str
    counts: Counts


class Worth(Enum):
    """Whether enough answered."""

    FEW = "few"
    YES = "yes"
    UNCLEAR = "unclear"
    NO = "no"


def total(rows: Iterable[Counted]) -> Counts:
    return Counts(*map(sum, zip(Counts(), *(one.counts for one in rows), strict=True)))


def of_steps(rows: Sequence[Counted]) -> dict[str, Counts]:
    """By step, whatever the words and the channel."""
    return {
        step: total(one for one in rows if one.step == step)
        for step in dict.fromkeys(one.step for one in rows)
    }


def worth(rate: Rate, target: int) -> Worth:
    """``target``: replies wanted of a hundred. Only where chance can be ruled out is it a no."""
    if not rate.speaks:
        return Worth.FEW
    if 100 * rate.part >= target * rate.of:
        return Worth.YES
    between = rate.range
    return Worth.NO if between is not None and between[1] < target else Worth.UNCLEAR


def weak(step: Counts, programme: Counts, target: int) -> bool:
    """Whether a step does badly against the rest of its programme, or against what is wanted, and
    it is not chance."""
    rest = Rate(programme.replied - step.replied, programme.sent - step.sent)
    wanted = max(target, rest.percent if rest.speaks else 0)
    return worth(step.rate, wanted) is Worth.NO


def weakest(rows: Sequence[Counted], target: int) -> str | None:
    """The step that answers least, of those that do badly."""
    steps, programme = of_steps(rows), total(rows)
    bad = [step for step, one in steps.items() if weak(one, programme, target)]
    return min(bad, key=lambda step: steps[step].replied / steps[step].sent, default=None)


def verdict(step: Counts, programme: Counts, target: int) -> Msg:
    """A step in words: “2 of 60, the rest 18 of 120”."""
    if not step.rate.speaks:
        return msg(N_("too few to say"))
    if not weak(step, programme, target):
        return msg(
            N_("as wanted") if worth(step.rate, target) is Worth.YES else N_("not clear yet")
        )
    return msg(
        N_("weak: {n} of {of} answered, of the rest {part} of {whole}; wanted {target}%"),
        n=step.replied,
        of=step.sent,
        part=programme.replied - step.replied,
        whole=programme.sent - step.sent,
        target=target,
    )


def advice(counts: Counts, target: int, *, now: Msg, then: Msg | None, first: Msg | None) -> Msg:
    """Whether to grow; where there is no target, only what there was. ``now`` and ``then`` are how
    far it goes and would go, None: it goes as far as there are steps; ``first`` is the step to be
    revised before."""
    found = msg(N_("{span}: {n} of {of} answered"), span=now, n=counts.replied, of=counts.sent)
    if not target:
        return found
    judged = worth(counts.rate, target)
    if judged is Worth.FEW:
        return msg(
            N_("{found}; too few to say, {enough} are wanted at least"), found=found, enough=ENOUGH
        )
    if judged is Worth.UNCLEAR:
        return msg(N_("{found}; wanted {target}%: not clear yet"), found=found, target=target)
    if judged is Worth.YES:
        return (
            found
            if then is None
            else msg(N_("{found}: {then} is worth it"), found=found, then=then)
        )
    said = msg(N_("{found}; wanted {target}%: not worth more"), found=found, target=target)
    return said if first is None else msg(N_("{said}; revise {step} first"), said=said, step=first)
