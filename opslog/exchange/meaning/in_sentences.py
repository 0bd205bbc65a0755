"""Parts of a list as a sentence about it names them: short."""

from __future__ import annotations

from collections.abc import Iterable

from opslog.domain.rosters.rosters import TextSample

_LONGEST_NAMED = 30  # characters of a heading
_SAMPLE_LENGTH = 24  # characters of a line


def side_by_side(readings: Iterable[TextSample]) -> str:
    return ", ".join(f"{one.name} “{_start(one)}”" for one in readings)


def short(heading: str) -> str:
    return heading if len(heading) <= _LONGEST_NAMED else heading[: _LONGEST_NAMED - 1] + "…"


def _start(reading: TextSample) -> str:
    text = reading.lines[0] if reading.lines else ""
    return text if len(text) <= _SAMPLE_LENGTH else f"{text[:_SAMPLE_LENGTH]}…"
