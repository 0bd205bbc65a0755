"""What a screening card shows: the row as it came in, who it is, and what is known already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from opslog.domain.people.card import Person, called
from opslog.domain.screening.rounds import Decision, Verdict
from opslog.domain.screening.suggestions import Suggestion
from opslog.locale import Msg


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """A line of a file, verbatim: ``cells`` are (heading, value) in file order, blanks kept.

    ``fields`` says of each cell what it was taken to mean, '' for nothing that opslog knows.
    """

    file: str
    sheet: str
    line: int
    cells: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """A row of a round as it stands in a line beside another's card."""

    card_id: int
    name: str
    company: str
    company_key: str
    title: str

    @property
    def called(self) -> str:
        return called(self.card_id, self.name, self.company)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A call or message of before. ``outcome`` is its title; ``answered`` whether they spoke."""

    purpose: Msg
    outcome: Msg
    answered: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class EarlierEvent:
    """Another list this person is on. ``verdict`` is the newest one there, with its round."""

    event_id: int | None
    event: str
    at: datetime
    attended: bool | None
    verdict: Decision | None
    attempts: tuple[Attempt, ...]


@dataclass(frozen=True, slots=True)
class CompanyHistory:
    """The other people known of the company: how many, and what became of them."""

    people: int
    kept: int
    dropped: tuple[tuple[str, int], ...]  # reason code, people; the most first


@dataclass(frozen=True, slots=True)
class Marks:
    """The operator's rule: who was already added, called or active before is marked as such."""

    added: bool  # on WeCom
    called: bool  # spoken to, by phone or message
    active: bool  # came to another event

    def __bool__(self) -> bool:
        return self.added or self.called or self.active


@dataclass(frozen=True)
class ScreeningCard:
    """``verdict`` is what holds in this round; ``decisions`` the whole ledger of the card.

    ``fault`` says what is wrong with the operator's rules.toml, where it can't be read.
    """

    round_id: int
    card_id: int
    person: Person
    signed_up_at: datetime | None
    attended: bool | None
    minutes: int | None  # present, all sessions added up
    state: str  # coming, waiting, withdrawn, unknown
    rows: tuple[ImportedRow, ...]
    verdict: Verdict
    decisions: tuple[Decision, ...]
    attempts: tuple[Attempt, ...]
    events: tuple[EarlierEvent, ...]
    company: CompanyHistory | None
    marks: Marks
    suggestions: tuple[Suggestion, ...]
    fault: Msg | None = None


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A decision with whom it was about, for the list of a roster's decisions."""

    decision: Decision
    person_id: int
    name: str
    company: str


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A line of a roster in the list of its rows; ``person_id`` None where it became no card."""

    id: int
    row: ImportedRow
    result: str
    person_id: int | None
    name: str
    company: str
    verdict: Verdict
