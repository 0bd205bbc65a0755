"""A roster with everything decided about it: its lines, whose they are, the ledger of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from opslog.domain.rosters.rosters import RosterFile
from opslog.domain.screening.rounds import Decision, Round


@dataclass(frozen=True)
class RosterPerson:
    """Who a row was understood to be."""

    id: int
    name: str
    company: str
    title: str
    phone: str
    email: str
    city: str


@dataclass(frozen=True)
class RosterEntry:
    """A line as it came in, and what stands about it now. Who came without a file has no line (0);
    ``result`` says how they came.

    ``columns`` are the headings of its file. ``verdict``: dropped where any round dropped it,
    else the newest of its latest round; '' where there is none, and where there is no card.
    """

    id: int
    file: str
    sheet: str
    line: int
    columns: tuple[str, ...]
    cells: tuple[str, ...]
    result: str
    problems: tuple[str, ...]
    card_id: int | None
    person: RosterPerson | None
    verdict: str
    decisions: tuple[Decision, ...]
    mended: Mapping[str, str] = field(default_factory=dict)
    attended: bool | None = None
    state: str | None = None  # coming, waiting, withdrawn, unknown; None where nobody is
    minutes: int | None = None
    file_id: int = 0


@dataclass(frozen=True)
class RosterCard:
    """A whole roster, as ``roster show`` prints it."""

    id: int
    event_id: int | None
    event: str
    name: str
    files: tuple[RosterFile, ...]
    rounds: tuple[Round, ...]
    rows: tuple[RosterEntry, ...]
