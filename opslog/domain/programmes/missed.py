"""Messages that did not go on their day."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from opslog.locale import Msg


class Unsent(NamedTuple):
    """Somebody who was to be written to and was not (``id``: of their enrolment); ``at`` is when
    the first of the ``steps`` was to go."""

    id: int
    at: datetime
    person_id: int
    person: str
    company: str
    steps: tuple[Msg, ...]
