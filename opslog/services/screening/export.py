"""A roster as a table: who each line was understood to be, every verdict, and the line itself.

Nothing that came in is lost on the way out: all original cells of all files stand in it, under
their own headings, with file, sheet and line. A person is one row, however many lines named them.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby

from opslog.domain.base import damaged
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import listed
from opslog.domain.calls.outcomes import REMINDER, Outcomes
from opslog.domain.imports.cells import without_apostrophe
from opslog.domain.rosters.rosters import PROBLEMS, RESULTS, STATES_SAID, WAYS_SAID
from opslog.domain.screening import rounds as round_words
from opslog.exchange.headings import known
from opslog.exchange.meaning import layouts
from opslog.exchange.writing.cells import Cell, Named
from opslog.exchange.writing.tables import Column, Table
from opslog.exchange.writing.vcards import Contact
from opslog.locale import LANGUAGES, N_, _, msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.book.contributions import Export, Scope
from opslog.services.book.export_cells import chosen, columns, moment, named, yes_no
from opslog.services.people.export import (
    PERSON,
    contacts_of,
    own_cells,
    own_columns,
    person_cells,
)
from opslog.services.rosters import problems
from opslog.store.rosters.sections import section_of
from opslog.store.screening import export as store

_BY = {round_words.OPERATOR: N_("operator"), round_words.LIST: N_("from a list")}
_NOBODY: tuple[Cell, ...] = (None,) * len(PERSON)
_NO_CARD: tuple[Cell, ...] = (None, None, None, None)
_UNDECIDED: tuple[Cell, ...] = (None, None, None, None)


def roster_table(book: Book, scope: Scope) -> Table:
    """The roster of an event; without one, the only roster there is. Everybody on it once, with
    all that their lines say, and the lines that are nobody's; then who came without a line.

    Raises Refused where there is none, or several and no event was named.
    """
    roster = _roster(book, scope)
    roster_id = roster["id"]
    own = own_columns(book)
    rounds = _rounds(book, roster_id)
    originals = _Originals(book, roster_id)
    heads = [
        *columns(*PERSON),
        *own,
        *columns(
            ("signed_up_at", N_("Signed up")),
            ("attended", N_("Attended")),
            ("state", N_("Sign-up")),
            ("reminded", N_("Reminder call")),
            ("verdict", N_("Verdict")),
        ),
        *(column for one in rounds for column in one.columns()),
        *columns(
            ("file", N_("File")),
            ("sheet", N_("Sheet")),
            ("line", N_("Line")),
            ("result", N_("Result")),
            ("problems", N_("Problems")),
        ),
        *originals.columns(),
    ]
    return Table(roster["name"], heads, _rows(book, roster_id, scope, own, rounds, originals))


def _roster(book: Book, scope: Scope) -> sqlite3.Row:
    """Raises Refused where there is none, or several and no event was named."""
    rows = (
        store.rosters(book.con, scope.event_id)
        if scope.roster_id is None
        else store.roster(book.con, scope.roster_id)
    )
    found: list[sqlite3.Row] = rows.fetchall()
    if not found:
        raise Refused(msg(N_("There is no list yet; opslog import FILE --event EVENT brings one")))
    if len(found) > 1:
        raise Refused(
            msg(
                N_("There are {n} lists; say which with --event: {names}"),
                n=len(found),
                names=listed(row["name"] for row in found[:5]),
            )
        )
    return found[0]


def _rows(
    book: Book,
    roster_id: int,
    scope: Scope,
    own: list[Column],
    rounds: list[_Round],
    originals: _Originals,
) -> Iterator[tuple[Cell, ...]]:
    standings = _standings(book, roster_id)
    outcomes = own_kinds.outcomes(book)
    for lines in _of_each(book, roster_id, scope):
        row = lines[0]
        card = row["card_id"]
        if not scope.holds(row["person_id"]):
            continue
        problems = [
            code
            for one in lines
            for code in (damaged.listed(one["problems"]) if one["problems"] else [])
        ]
        yield (
            *(_NOBODY if card is None else person_cells(row)),
            *own_cells(row, own),
            *(_NO_CARD if card is None else _card_cells(book, row, outcomes)),
            standings.get(card),
            *(cell for one in rounds for cell in one.cells.get(card, _UNDECIDED)),
            row["file"],
            row["sheet"],
            row["line"],
            named(row["result"], {**RESULTS, **WAYS_SAID}),
            tuple(named(code, PROBLEMS).label for code in dict.fromkeys(problems)),
            *(originals.nothing if row["line"] is None else originals.cells(lines)),
        )


def _lines(book: Book, roster_id: int, scope: Scope) -> Iterable[sqlite3.Row]:
    lines = chain(store.roster_rows(book.con, roster_id), store.without_line(book.con, roster_id))
    return chosen(lines, scope.keys, lambda row: row["id"])


def _of_each(book: Book, roster_id: int, scope: Scope) -> Iterator[list[sqlite3.Row]]:
    """The lines of each person, and each that is nobody's."""
    lines = _lines(book, roster_id, scope)
    if scope.keys is None:
        yield from (list(some) for _whose, some in groupby(lines, _whose))
        return
    found: dict[int, list[sqlite3.Row]] = {}  # in the order of a screen, where they lie apart
    for row in lines:
        found.setdefault(_whose(row), []).append(row)
    yield from found.values()


def _whose(row: sqlite3.Row) -> int:
    """The card of a line; of one that is nobody's, what no card has."""
    return -int(row["id"]) if row["card_id"] is None else int(row["card_id"])


def _card_cells(book: Book, row: sqlite3.Row, outcomes: Outcomes) -> tuple[Cell, ...]:
    lane, _blank, outcome = (row["reminded"] or "").partition(" ")
    return (
        moment(book, row["signed_up_at"]),
        yes_no(row["attended"]),
        named(row["state"], STATES_SAID),
        Named(outcome, str(outcomes.title(REMINDER, lane, outcome))) if outcome else None,
    )


def _standings(book: Book, roster_id: int) -> dict[int | None, Named]:
    """Card -> its present verdict."""
    entries: dict[int | None, list[tuple[int, round_words.Verdict]]] = {}
    for row in store.decisions(book.con, roster_id):
        verdict = round_words.Verdict(row["verdict"])
        entries.setdefault(row["card_id"], []).append((row["number"], verdict))
    found = {card: round_words.latest(some).verdict for card, some in entries.items()}
    return {card: Named(code, str(round_words.verdict_name(code))) for card, code in found.items()}


def problems_table(book: Book, scope: Scope) -> Table:
    """Rows that wait for a look, of one list or of all, with what whoever sent them has to see."""
    heads = columns(
        ("event", N_("Event")),
        ("file", N_("File")),
        ("sheet", N_("Sheet")),
        ("line", N_("Line")),
        ("problems", N_("Problems")),
        ("name", N_("Name")),
        ("cells", N_("Row as it came in")),
    )
    ids = scope.keys
    if ids is None:
        waiting = problems.waiting(book)
        ids = waiting.ids(0, waiting.count())
    found = problems.rows(book, [one for one in ids if isinstance(one, int)])
    rows = (
        (
            one.event,
            one.file,
            one.sheet,
            one.line,
            tuple(named(code, PROBLEMS).label for code in one.problems),
            one.values["name"],
            tuple(cell for cell in one.cells if cell.strip()),
        )
        for one in found
    )
    return Table("", heads, rows)


@dataclass
class _Round:
    """One round's newest decision by card: verdict, reason, by, at."""

    number: int
    cells: dict[int | None, tuple[Cell, ...]]

    def columns(self) -> list[Column]:
        name = str(round_words.round_name(self.number))
        group = f"round_{self.number}"
        return [
            Column(key, _("{round}: {what}").format(round=name, what=_(what)), group)
            for key, what in (
                ("verdict", N_("verdict")),
                ("reason", N_("reason")),
                ("by", N_("by")),
                ("at", N_("at")),
            )
        ]


def _rounds(book: Book, roster_id: int) -> list[_Round]:
    found = {row["number"]: _Round(row["number"], {}) for row in store.rounds(book.con, roster_id)}
    reasons = own_kinds.reasons(book)
    for row in store.decisions(book.con, roster_id):  # oldest first: the newest entry stays
        found[row["number"]].cells[row["card_id"]] = (
            Named(row["verdict"], str(round_words.verdict_name(row["verdict"]))),
            Named(row["reason"], str(reasons.title(row["reason"])) if row["reason"] else ""),
            named(row["decided_by"], _BY),
            moment(book, row["at"]),
        )
    return list(found.values())


_IN_THE_FILE = N_("in the file: {heading}")


class _Originals:
    """The columns of all files of a roster side by side: the same heading is one column.

    What opslog wrote itself and was taken in again adds none, but what somebody put in beside: the
    columns of files stand there under the headings that they have here.
    """

    def __init__(self, book: Book, roster_id: int) -> None:
        self._columns: dict[str, int] = {}  # its name -> which column
        self._places: dict[tuple[int, int], list[int | None]] = {}  # file, line of headings -> them
        self._again: set[tuple[int, int]] = set()  # those that opslog wrote
        fields = {known.fold(one.heading) for one in own_columns(book)}
        for section, headings in store.sections(book.con, roster_id).items():
            folded = set(map(known.fold, headings))
            wrote = (one for one in layouts.shipped() if one.own and one.stands_in(folded))
            own = next(wrote, None)
            if own is not None:
                self._again.add(section)
                fields |= own.ignored(headings).union(*own.columns.values())
            seen: Counter[str] = Counter()
            places: list[int | None] = []
            self._places[section] = places
            for number, heading in enumerate(headings, 1):
                name = (heading if own is None else _within(heading)) or (
                    _("column {n}").format(n=number)
                )
                if own is not None and name == heading and known.fold(heading) in fields:
                    places.append(None)
                    continue
                seen[name] += 1
                name = name if seen[name] == 1 else f"{name} {seen[name]}"
                places.append(self._columns.setdefault(name, len(self._columns)))

    def columns(self) -> list[Column]:
        return [
            Column(name, _(_IN_THE_FILE).format(heading=name), "original") for name in self._columns
        ]

    @property
    def nothing(self) -> list[Cell]:
        """The cells of who came without a line."""
        return [None] * len(self._columns)

    def cells(self, lines: Iterable[sqlite3.Row]) -> list[Cell]:
        """What a person's lines say under the headings of all files, each thing once; None where
        none of their files has such a one."""
        said: dict[int, dict[str, None]] = {}
        for row in lines:
            section = row["file_id"], section_of(row).header_row
            for place, cell in zip(
                self._places[section], damaged.listed(row["cells"]), strict=False
            ):
                if place is None:
                    continue
                there = said.setdefault(place, {})
                if section not in self._again:
                    there[cell] = None
                elif without_apostrophe(cell) != _joined(there):
                    there[without_apostrophe(cell)] = None
        found = self.nothing
        for place, cells in said.items():
            found[place] = _joined(cells)
        return found


def _joined(cells: Iterable[str]) -> str:
    return " / ".join(filter(None, cells))


def _within(heading: str) -> str:
    """The heading that a column of a file had there, in whatever language it was written out."""
    for language in LANGUAGES:
        mark = msg(_IN_THE_FILE, heading="").render(language)
        while heading.startswith(mark):
            heading = heading.removeprefix(mark)
    return heading


def _contacts(book: Book, scope: Scope) -> Iterator[Contact]:
    """The people of a roster, in its order."""
    lines = _lines(book, _roster(book, scope)["id"], scope)
    return contacts_of(book, (row["person_id"] for row in lines if scope.holds(row["person_id"])))


EXPORTS = {
    "roster": Export(N_("roster"), roster_table, contacts=_contacts, listed=True),
    "problems": Export(N_("problems"), problems_table, of_event=False),
}
