"""What a screening card is drawn from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from opslog.domain.screening.card import Brief, ScreeningCard
from opslog.domain.screening.reasons import Reasons
from opslog.domain.screening.rounds import DROP, KEEP, PARK, Deck, Verdict, verdict_name
from opslog.domain.screening.suggestions import Suggestion
from opslog.locale import _
from opslog.tui.widgets.text import Line

VERDICT_LOOKS = {KEEP: "good", DROP: "mark", PARK: "warn"}


@dataclass(frozen=True)
class View:
    """``keys`` reads the key of an action, as remapped; ``day`` says a day, ``moment`` a day with
    its weekday and time."""

    deck: Deck
    card: ScreeningCard
    reasons: Reasons
    day: Callable[[datetime], str]
    moment: Callable[[datetime], str]
    keys: Callable[[str], str]
    coming: Sequence[Brief] = ()  # the rows that come next
    mates: Sequence[Brief] = ()  # all of the same company on this list
    pace: float | None = None  # seconds a row took; None before there are enough
    last: Line = ()  # what was decided last, and the key that takes it back
    same: Line = ()  # what * would do now


def verdict_text(verdict: Verdict, reasons: Reasons) -> str:
    """``kept``, or ``dropped: competitor``."""
    text = str(verdict_name(verdict.verdict))
    if verdict.verdict == DROP:
        return _("{what}: {result}").format(what=text, result=reasons.title(verdict.reason))
    return text


def suggestion_text(suggestion: Suggestion, reasons: Reasons) -> str:
    """``drop: competitor``."""
    if suggestion.verdict == DROP:
        return _("drop: {reason}").format(reason=reasons.title(suggestion.reason))
    return _("keep") if suggestion.verdict == KEEP else _("park")
