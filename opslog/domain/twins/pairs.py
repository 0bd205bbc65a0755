"""Pairs that may be one person or one company, as the screen shows them."""

from __future__ import annotations

from dataclasses import dataclass

from opslog.domain.people.card import Person
from opslog.domain.twins import companies, likeness
from opslog.locale import N_, Msg, msg

PERSON, COMPANY = "person", "company"
KINDS = {PERSON: N_("people"), COMPANY: N_("companies")}
OPEN, SAME, DIFFERENT, LATER = "open", "same", "different", "later"
VERDICTS = {SAME: N_("the same"), DIFFERENT: N_("different"), LATER: N_("later")}


@dataclass(frozen=True, slots=True)
class Pair:
    """``one`` and ``other``: ids of people, the lower first, or company keys in order."""

    id: int
    kind: str
    one: str
    other: str
    score: int
    reasons: tuple[str, ...]
    verdict: str = OPEN

    @property
    def is_branch(self) -> bool:
        """Whether the question is if one company is a branch of the other."""
        return self.kind == COMPANY and companies.BRANCH in self.reasons

    @property
    def is_doubtful(self) -> bool:
        """Whether two people have two names, or as much speaks against one as for it: joining
        them takes a key of its own, not an Enter out of habit."""
        if self.kind == COMPANY:
            return False
        return "name_other" in self.reasons or len(self.against) >= len(self.for_it)

    @property
    def for_it(self) -> list[Msg]:
        """What speaks for one, in words."""
        known = companies.REASONS if self.kind == COMPANY else likeness.FOR
        return [msg(known[code]) for code in self.reasons if code in known]

    @property
    def against(self) -> list[Msg]:
        """What speaks against it."""
        if self.kind == COMPANY:
            return []
        return [msg(likeness.AGAINST[code]) for code in self.reasons if code in likeness.AGAINST]


@dataclass(frozen=True, slots=True)
class PersonSide:
    """One of two people, with what there is of them."""

    person: Person
    phones: tuple[str, ...]  # all, E.164, the main one first
    emails: tuple[str, ...]
    events: tuple[str, ...]  # the newest first
    verdicts: int
    calls: int

    @property
    def key(self) -> str:
        return str(self.person.id)

    @property
    def called(self) -> str:
        return self.person.called


@dataclass(frozen=True, slots=True)
class CompanySide:
    """One of two companies: how people write it, and who they are."""

    key: str
    spellings: tuple[tuple[str, int], ...]  # a spelling with its people, the commonest first
    people: int
    names: tuple[str, ...]  # of a few of them
    ids: tuple[int, ...]  # of the same
    cities: tuple[str, ...]

    @property
    def called(self) -> str:
        """The name written most fully."""
        return max((text for text, _n in self.spellings), key=len, default=self.key)


Side = PersonSide | CompanySide


@dataclass(frozen=True, slots=True)
class PairCard:
    """A pair side by side. ``keep`` is the key of the side proposed to be kept; of a branch,
    that is the parent."""

    pair: Pair
    one: Side
    other: Side
    keep: str

    def kept(self, keep: str = "") -> tuple[Side, Side]:
        """The side that is kept, and the one that goes into it."""
        chosen = keep or self.keep
        return (self.one, self.other) if chosen == self.one.key else (self.other, self.one)


@dataclass(frozen=True, slots=True)
class Search:
    """How far a search for pairs came. ``left``: people not looked at yet."""

    looked_at: int
    found: int
    left: int
