"""What is asked of one person."""

from __future__ import annotations

from typing import NamedTuple

from opslog.domain.answers.questions import Question, Said


class Asked(NamedTuple):
    """A question with what this person said to it about this event; None: nothing yet. ``field``:
    of the profile, which the answer fills: its name, or the number of one's own."""

    question: Question
    said: Said | None = None
    field: str = ""
