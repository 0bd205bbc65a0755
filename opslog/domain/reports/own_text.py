"""The operator's own words for the report of some days."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class OwnText(NamedTuple):
    """``made_from``: the text that was worked out when they were written."""

    text: str
    made_from: str
    at: datetime
