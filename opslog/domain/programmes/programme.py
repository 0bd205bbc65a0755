"""A programme of messages (群发 SOP): steps hung on a person's own date.

Operator's rule (nurturing by message): day 1, 2, 3 and 7, then weekly, then monthly; a week, a
month, three months, half a year, a year, and longer only where the answers are good. The first
three days are one-to-one by hand and may be left out. A tool reminds, a person sends.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

SPANS = ("week", "month", "quarter", "half_year", "year")  # how far a programme goes
STAGES = ("features", "results", "brand")
CHANNELS = ("wecom", "sms", "email", "call")
# When on its day a message goes: by title (executives in the evening, staff before lunch or
# before leaving), or at an hour of the step's own.
SLOTS = ("lunch", "leaving", "evening")


@dataclass(frozen=True)
class Step:
    """One message. ``day`` counts from 1, the day somebody entered; ``text_zh`` and ``text_en``
    hold fields in braces and are '' where a piece of content of that ``stage`` and ``label``
    gives the words, or where it is written by hand."""

    id: str
    day: int
    title: str
    title_en: str
    channel: str = "wecom"
    stage: str = ""
    label: str = ""
    by_hand: bool = False  # one-to-one, and may be skipped
    clock: time | None = None
    text_zh: str = ""
    text_en: str = ""


@dataclass(frozen=True)
class Programme:
    """``code`` is its file's name. ``runs`` is the span it goes to at present: the steps behind
    wait until it is grown by decision."""

    code: str
    title: str
    title_en: str
    steps: tuple[Step, ...]
    runs: str
    version: int = 1
