"""Rounds of screening: what a ledger of decisions comes to.

Tidy is round 0, the screenings are 1, 2 and on, as many as somebody likes. A decision is one
entry; the newest entry of a card in a round is what holds. A card is *live* in a round unless
its newest verdict in an earlier round is a drop: kept, parked and undecided rows go on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple

from opslog.locale import N_, Msg, msg

TIDY = 0
FIRST_SCREENING = 1
SECOND_SCREENING = 2

KEEP = "keep"
DROP = "drop"
PARK = "park"
UNDECIDED = "undecided"
VERDICTS = (KEEP, DROP, PARK, UNDECIDED)

OPERATOR = "operator"
LIST = "list"  # a verdict that came by a list

# How long after the event, or after the round before, a round is wanted. The operator's rule
# has tidying done at once (the first call-back waits for it) and two screenings after it.
WANTED_AFTER = {
    TIDY: timedelta(),
    FIRST_SCREENING: timedelta(days=2),
    SECOND_SCREENING: timedelta(days=3),
}

# Those everybody has a word for; a later one is counted.
_NAMED = (N_("tidy"), N_("screening 1"), N_("screening 2"))


def round_name(number: int) -> Msg:
    """``tidy``, ``screening 1`` ..."""
    if number < len(_NAMED):
        return msg(_NAMED[number])
    return msg(N_("screening {number}"), number=number)


def verdict_name(verdict: str) -> Msg:
    """What a verdict is called in a list; an unknown one by its code."""
    return {
        KEEP: msg(N_("kept")),
        DROP: msg(N_("dropped")),
        PARK: msg(N_("parked")),
        UNDECIDED: msg(N_("undecided")),
    }.get(verdict, Msg(verdict))


# The rules that ship, by their names in rules.toml; an operator's own are called what they are.
SHIPPED_RULES = (
    *(N_("colleagues"), N_("competitors"), N_("partners"), N_("made-up name")),
    *(N_("said to be a colleague"), N_("said to be a competitor"), N_("said to be a partner")),
    *(N_("made-up company"), N_("no company"), N_("students"), N_("job seekers"), N_("press")),
    N_("no way to reach them"),
)


def decided_by(by: str) -> Msg | str:
    """Who entered a verdict, where it was not the operator: ``rule: 竞对``."""
    if by == LIST:
        return msg(N_("from a list"))
    rule = msg(by) if by in SHIPPED_RULES else by
    return "" if by == OPERATOR else msg(N_("rule: {rule}"), rule=rule)


class Verdict(NamedTuple):
    """What holds for a card in a round."""

    verdict: str
    reason: str = ""

    @property
    def decided(self) -> bool:
        return self.verdict in (KEEP, DROP)


NONE_YET = Verdict(UNDECIDED)


class Decision(NamedTuple):
    """One entry of the ledger. ``by`` is the operator or the name of the rule that was taken."""

    id: int
    card_id: int
    round: int  # its number
    verdict: str
    reason: str
    by: str
    at: datetime


class Round(NamedTuple):
    id: int
    roster_id: int
    number: int
    opened_at: datetime
    closed_at: datetime | None

    @property
    def open(self) -> bool:
        return self.closed_at is None


def next_number(rounds: Iterable[Round]) -> int:
    """The round that may be opened once the newest is closed."""
    return max((r.number for r in rounds), default=TIDY - 1) + 1


# (round number, card id, verdict, reason), oldest first
LedgerLine = tuple[int, int, str, str]


def present(ledger: Iterable[LedgerLine]) -> dict[int, dict[int, Verdict]]:
    """Round number -> card -> what holds: the newest entry wins. ``ledger`` is oldest first."""
    verdicts: dict[int, dict[int, Verdict]] = {}
    for number, card_id, verdict, reason in ledger:
        verdicts.setdefault(number, {})[card_id] = Verdict(verdict, reason)
    return verdicts


def dropped_before(ledger: Iterable[LedgerLine], number: int) -> set[int]:
    """The cards out of round ``number``: what holds of the earlier ones dropped them."""
    entries: dict[int, list[tuple[int, Verdict]]] = {}
    for earlier, card_id, verdict, reason in ledger:
        if earlier < number:
            entries.setdefault(card_id, []).append((earlier, Verdict(verdict, reason)))
    return {card_id for card_id, some in entries.items() if latest(some).verdict == DROP}


def latest(entries: Iterable[tuple[int, Verdict]]) -> Verdict:
    """The present verdict of one card by its entries (round, verdict), oldest first: of what holds
    in each round, the one that was entered last. An undecided row is as it was before."""
    holds: dict[int, Verdict] = {}
    for number, verdict in entries:
        holds.pop(number, None)
        holds[number] = verdict
    decided = [verdict for verdict in holds.values() if verdict.verdict != UNDECIDED]
    return decided[-1] if decided else NONE_YET


def standing(decisions: Iterable[Decision]) -> Verdict:
    """The present verdict by a card's whole ledger, oldest first."""
    return latest((entry.round, Verdict(entry.verdict, entry.reason)) for entry in decisions)


class DeckLine(NamedTuple):
    """A live card. ``reached``: somebody already in touch privately (WeCom)."""

    card_id: int
    person_id: int
    company_key: str
    reached: bool


def in_order(lines: Iterable[DeckLine], number: int) -> list[DeckLine]:
    """The order within a round: as imported; in the first screening, the operator's rule puts
    people already reached privately first."""
    if number == FIRST_SCREENING:
        return sorted(lines, key=lambda line: (not line.reached, line.card_id))
    return sorted(lines, key=lambda line: line.card_id)


class Counts(NamedTuple):
    """How far a round is. ``reasons``: code -> how many were dropped for it, most first."""

    kept: int
    dropped: int
    parked: int
    undecided: int
    reasons: tuple[tuple[str, int], ...] = ()

    @property
    def total(self) -> int:
        return self.kept + self.dropped + self.parked + self.undecided

    @property
    def left(self) -> int:
        """Rows that still want a decision: a parked row was only put off."""
        return self.parked + self.undecided


def count(verdicts: Iterable[Verdict]) -> Counts:
    states: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for verdict in verdicts:
        states[verdict.verdict] += 1
        if verdict.verdict == DROP:
            reasons[verdict.reason] += 1
    return Counts(
        states[KEEP], states[DROP], states[PARK], states[UNDECIDED], tuple(reasons.most_common())
    )


class Deck:
    """The live cards of a round in their order, and what holds for each.

    Looking back and ahead goes through ``lines``; deciding goes to the next undecided card and,
    when none is left, to those that were parked. A screen keeps a deck and ``put``s each
    decision into it, so that going on costs no query.
    """

    def __init__(
        self,
        round: Round,
        roster: str,
        event_id: int | None,
        lines: list[DeckLine],
        verdicts: dict[int, Verdict],
    ) -> None:
        self.round, self.roster, self.event_id = round, roster, event_id
        self.lines, self.verdicts = lines, verdicts
        self._place = {line.card_id: place for place, line in enumerate(self.lines)}
        self._states: Counter[str] = Counter(self.of(line.card_id).verdict for line in self.lines)
        self._reasons: Counter[str] = Counter(
            self.of(line.card_id).reason
            for line in self.lines
            if self.of(line.card_id).verdict == DROP
        )
        self._companies: dict[str, list[int]] = {}
        for line in self.lines:
            if line.company_key:
                self._companies.setdefault(line.company_key, []).append(line.card_id)

    def __len__(self) -> int:
        return len(self.lines)

    def __contains__(self, card_id: object) -> bool:
        return card_id in self._place

    def of(self, card_id: int) -> Verdict:
        return self.verdicts.get(card_id, NONE_YET)

    def line(self, card_id: int) -> DeckLine:
        return self.lines[self._place[card_id]]

    def place(self, card_id: int) -> int:
        """Where a card stands, counted from 0."""
        return self._place[card_id]

    @property
    def left(self) -> int:
        return self._states[UNDECIDED] + self._states[PARK]

    def going_on(self) -> list[int]:
        """The cards that the next round would hold, in their order."""
        return [row.card_id for row in self.lines if self.of(row.card_id).verdict != DROP]

    @property
    def kept(self) -> int:
        return self._states[KEEP]

    @property
    def parked(self) -> int:
        return self._states[PARK]

    def dropped_for(self, reason: str) -> int:
        return self._reasons[reason]

    def counts(self) -> Counts:
        return count(self.of(line.card_id) for line in self.lines)

    def put(self, card_id: int, verdict: Verdict) -> None:
        """Take note of a decision."""
        before = self.of(card_id)
        for one, by in ((before, -1), (verdict, 1)):
            self._states[one.verdict] += by
            if one.verdict == DROP:
                self._reasons[one.reason] += by
        self.verdicts[card_id] = verdict

    def waiting(self) -> list[int]:
        """What is left, in the order it comes: undecided cards, then the parked ones."""
        undecided = [c.card_id for c in self.lines if self.of(c.card_id).verdict == UNDECIDED]
        parked = [c.card_id for c in self.lines if self.of(c.card_id).verdict == PARK]
        return undecided + parked

    def first(self) -> int | None:
        """The card a round goes on with; None when all are decided."""
        return self._search(-1)

    def following(self, card_id: int) -> int | None:
        """The next card to decide after ``card_id``, round the end to those passed over before;
        parked ones when nothing else is left; None when only ``card_id`` or nothing is."""
        found = self._search(self._place[card_id])
        return None if found == card_id else found

    def coming(self, card_id: int, number: int) -> list[int]:
        """At most so many undecided cards after ``card_id``, round the end; parked ones follow."""
        found: list[int] = []
        for state in (UNDECIDED, PARK):
            if self._states[state]:
                every = (self.lines[at].card_id for at in self._from(self._place[card_id]))
                wanted = (c for c in every if c != card_id and self.of(c).verdict == state)
                found += islice(wanted, number - len(found))
        return found

    def company(self, card_id: int) -> list[int]:
        """Every live card of this card's company; none where no company is known."""
        return self._companies.get(self.line(card_id).company_key, [])

    def before(self, card_id: int) -> int | None:
        place = self._place[card_id] - 1
        return self.lines[place].card_id if place >= 0 else None

    def after(self, card_id: int) -> int | None:
        place = self._place[card_id] + 1
        return self.lines[place].card_id if place < len(self.lines) else None

    def company_waiting(self, card_id: int) -> list[int]:
        """The other undecided cards of this card's company; parked ones stay parked."""
        key = self.line(card_id).company_key
        return [
            other
            for other in self._companies.get(key, ())
            if other != card_id and self.of(other).verdict == UNDECIDED
        ]

    def _search(self, place: int) -> int | None:
        for state in (UNDECIDED, PARK):
            if self._states[state]:
                for at in self._from(place):
                    card_id = self.lines[at].card_id
                    if self.of(card_id).verdict == state:
                        return card_id
        return None

    def _from(self, place: int) -> Iterator[int]:
        """Every place once, beginning after ``place`` and ending with it."""
        yield from range(place + 1, len(self.lines))
        yield from range(0, place + 1)
