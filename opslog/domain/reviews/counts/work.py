"""Rounds of screening and minutes, as counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from opslog.domain.reports.figures import time_title
from opslog.domain.reviews.counts.counting import Counts, Rows
from opslog.domain.reviews.numbers import DECISION, LOG, MINUTES
from opslog.domain.reviews.pictures import Bar, Bars
from opslog.domain.screening.rounds import DROP, KEEP, PARK, round_name, verdict_name
from opslog.locale import N_, msg

VERDICTS = (KEEP, DROP, PARK)


def rounds(
    counts: Counts,
    found: Mapping[int, Mapping[str, int]],
    opens: Callable[[int, str], Rows],
) -> Bars | None:
    """What each round decided. ``found``: its number, a verdict, how many rows; ``opens`` gives the
    entries of a verdict, '' of all."""
    bars = []
    for number, verdicts in found.items():
        name, whole = f"rounds.{number}", sum(verdicts.values())
        more = tuple(
            counts.rows(
                f"{name}.{verdict}",
                verdict_name(verdict),
                DECISION,
                verdicts[verdict],
                opens(number, verdict),
                of=whole,
                of_label=msg(N_("decided")),
            )
            for verdict in VERDICTS
        )
        label = round_name(number)
        bars.append(Bar(counts.rows(name, label, DECISION, whole, opens(number, "")), more=more))
    if not bars:
        return None
    columns = (msg(N_("decided")), *(verdict_name(verdict) for verdict in VERDICTS))
    return Bars("rounds", msg(N_("Round by round")), tuple(bars), columns=columns)


def time(
    counts: Counts, found: Sequence[tuple[str, str, int]], opens: Callable[[str, str], Rows]
) -> Bars | None:
    """Minutes written behind lines of the event's log, by their first tag."""
    whole = sum(minutes for _tag, _source, minutes in found)
    bars = tuple(
        Bar(
            counts.rows(
                f"time.{tag}" if tag else f"time..{source}",
                time_title(tag, source),
                LOG,
                minutes,
                opens(tag, source),
                unit=MINUTES,
                of=whole,
                of_label=msg(N_("all the time")),
            )
        )
        for tag, source, minutes in found
    )
    return Bars("time", msg(N_("Where the time went")), bars) if bars else None
