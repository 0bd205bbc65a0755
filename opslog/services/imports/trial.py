"""What a dry run says of each line of a file."""

from __future__ import annotations

from opslog.domain.imports.report import Filled, RosterLine
from opslog.domain.imports.row_reading import RowReading
from opslog.domain.people.naming.names import fold
from opslog.store.rosters.writing import Someone

_TELLING = ("company", "title", "city", "industry")  # worth a word where they differ


def differs(person: Someone, reading: RowReading) -> tuple[Filled, ...]:
    """What a row says otherwise than what stands there, which stays: a look may be worth it."""
    known = person.values
    return tuple(
        Filled(name, str(known[name]), str(said))
        for name in _TELLING
        if (said := getattr(reading, name)) and known[name] and fold(said) != fold(str(known[name]))
        if name != "company" or reading.company_key != known["company_key"]
    )


def trial_line(
    line: int,
    reading: RowReading,
    result: str,
    problems: tuple[str, ...],
    filled: list[Filled],
    otherwise: tuple[Filled, ...],
) -> RosterLine:
    return RosterLine(
        line,
        result,
        reading.name,
        reading.company,
        reading.phone,
        reading.email,
        problems,
        tuple(filled),
        otherwise,
        tuple(one.scope for one in reading.barred),
    )
