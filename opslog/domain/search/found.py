"""Something found by its words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Hit:
    """``kind``: person, event or log; ``label`` what it is called, ``detail`` a little more."""

    kind: str
    id: int
    label: str
    detail: str
