"""A cell of a history, as customer systems keep it: dated entries of who spoke with somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, tzinfo

from opslog.domain.imports.cells import clean, moment

# A day with its year, perhaps in brackets and with a time, where an entry may begin.
_DAY = re.compile(
    r"(?:^|(?<=[\n;；|。])|(?<=[)\]】）]))[ \t]*[(\[【（]?"
    r"((?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?(?!\d)"
    r"(?:[ T]*\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?)"
    r"[)\]】）]?[ \t]*[:：,，、—–-]*"
)
_AROUND = " \t\n;；|"


def entries(cell: str, zone: tzinfo) -> Iterator[tuple[datetime | None, str]]:
    """Each entry with its instant, in the order of the cell; None for one without a day."""
    begins = [found for found in _DAY.finditer(cell) if moment(found[1], zone) is not None]
    ends = [*(found.start() for found in begins), len(cell)]
    text = clean(cell[: ends[0]].strip(_AROUND))
    if text and moment(text, zone) is None:
        yield None, text
    for found, end in zip(begins, ends[1:], strict=True):
        if text := clean(cell[found.end() : end].strip(_AROUND)):
            yield moment(found[1], zone), text
