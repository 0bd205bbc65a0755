"""Withdraw an import: at any later time, as a change of its own, where undo refuses.

What the file alone said goes: what other lists say of the same people stays, or is taken of them
once more, and so does what somebody typed or did since.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from opslog.domain.base import damaged
from opslog.domain.base.refusal import Refused
from opslog.domain.events.named_stops import meant
from opslog.domain.imports.cells import clean, without_apostrophe
from opslog.domain.imports.row_reading import PERSON_FIELDS, RowReading, way_of
from opslog.domain.rosters.rosters import ALSO, COMING, DOOR, FILE, STATES
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.daybook import auto_lines
from opslog.services.rosters import layouts as roster_layouts
from opslog.services.rosters import problems as roster_problems
from opslog.store.events import stops as stops_store
from opslog.store.people import card as person_card
from opslog.store.rosters import problems as rows
from opslog.store.rosters.sections import section_of
from opslog.store.rosters.withdrawal import standing
from opslog.store.rosters.withdrawal import withdrawing as rosters_store
from opslog.store.rosters.withdrawal.standing import Marks
from opslog.store.rosters.withdrawal.withdrawing import File, Staying
from opslog.store.twins import pairs

_UNSAID = Marks(None, None, COMING, None, 0, False, DOOR)  # of a card that no row is left of
_ACCEPTED = "accepted"  # on WeCom, when somebody was asked
Again = Callable[[File, Staying], None]  # what later lists say is taken of those who stay


@dataclass(frozen=True)
class Withdrawal:
    """What was taken back: rows and people gone, rows kept since somebody worked on them; people
    who are not told of any more as added on WeCom, and who left a programme that they had entered
    for it; numbers and addresses that stay barred by it."""

    file: str
    event: str
    rows: int
    kept: int
    people: int
    added: int
    left_programmes: int
    barred: int
    change: Change

    def summary(self) -> Msg:
        rows = nmsg(N_("1 row taken back"), N_("{n} rows taken back"), self.rows)
        people = nmsg(N_("1 person gone"), N_("{n} people gone"), self.people)
        gone = msg(N_("{rows}, {people}"), rows=rows, people=people)
        if self.added:
            more = nmsg(
                N_("1 person no longer known as added on WeCom"),
                N_("{n} people no longer known as added on WeCom"),
                self.added,
            )
            gone = msg(N_("{gone}, {more}"), gone=gone, more=more)
        if self.left_programmes:
            more = nmsg(
                N_("1 out of a programme where nothing was sent yet"),
                N_("{n} out of a programme where nothing was sent yet"),
                self.left_programmes,
            )
            gone = msg(N_("{gone}, {more}"), gone=gone, more=more)
        if self.kept:
            kept = nmsg(
                N_("1 row kept: it was worked on since"),
                N_("{n} rows kept: they were worked on since"),
                self.kept,
            )
            gone = msg(N_("{gone}; {kept}"), gone=gone, kept=kept)
        if self.barred:
            kept = nmsg(
                N_("1 number or address stays barred: who asks for that is not forgotten"),
                N_("{n} numbers or addresses stay barred: who asks for that is not forgotten"),
                self.barred,
            )
            gone = msg(N_("{gone}; {kept}"), gone=gone, kept=kept)
        return gone


def withdraw(book: Book, file_id: int, again: Again | None = None) -> Withdrawal:
    """Take one file of a roster back. What it filled is blank again, whom it brought is gone, or
    is as the other files say; whoever it told of as added on WeCom leaves the programme that they
    entered for it, where nothing was sent yet.

    Rows that were worked on since (verdicts, calls, tags, edits, mended cells) stay with all
    they hold. Raises Refused for a file that is not there, or was taken back already.
    """
    found = _found(book, file_id)
    label = msg(N_("Withdrew {file} from {event}"), file=found.file, event=found.event)
    with book.change(label) as change:
        found = _found(book, file_id)  # another window may have done it meanwhile
        rosters_store.put_withdrawn(book.con, file_id, book.now())
        work = rosters_store.Withdrawing(book.con, file_id)
        accepting = [code for code in work.programmes() if _enters_by_accepting(book, code)]
        staying = work.take_back(accepting)
        for person_id, cards in staying.left.items():
            _read_again(book, person_id, cards)
        _fill_again(book, file_id, staying)
        if again is not None:
            again(found, staying)
        gone = work.finish()
        person_card.reindex(book.con, sorted({*staying.filled, *gone.untagged}))
        done = Withdrawal(found.file, found.event, *gone[:-1], change)
        auto_lines.write(
            book,
            msg(
                N_("Withdrew {file} from {event}: {summary}"),
                file=done.file,
                event=done.event,
                summary=done.summary(),
            ),
            source="import",
            event_id=found.event_id,
        )
    return done


def _found(book: Book, file_id: int) -> File:
    found = rosters_store.file(book.con, file_id)
    if found is None:
        text = N_("There is no file {id}; opslog roster show ROSTER names the files of a list")
        raise Refused(msg(text, id=file_id))
    if found.withdrawn:
        raise Refused(msg(N_("{file} was withdrawn already"), file=found.file))
    return found


def _enters_by_accepting(book: Book, code: str) -> bool:
    rules = own_kinds.programme(book, code)
    return rules is not None and any(
        (one.by, one.value) == ("outcome", _ACCEPTED) for one in rules.entries
    )


def _read_again(book: Book, person_id: int, cards: list[tuple[int, bool]]) -> None:
    """Somebody the file brought, who stays by other rows, is what these say."""
    every: _OfCard = []
    for card_id, brought in cards:
        of_card = _readings(book, standing.rows_of(book.con, card_id))
        every += of_card
        if brought:
            said = _marks(of_card, _UNSAID)
            standing.mark_again(book.con, card_id, said, brought=True)
            standing.put_stop(book.con, card_id, _stop(book, card_id, of_card))
    every.sort(key=lambda one: (one[0]["file_id"], one[0]["line"], one[0]["id"]))
    values = _merged([reading for _row, reading in every])
    key = str(values["company_key"])
    values["company_key"] = pairs.folded(book.con, {key}).get(key, key)
    person_card.update(book.con, person_id, values)
    person_card.reindex(book.con, [person_id])


def _of_the_card(reading: RowReading, row: sqlite3.Row) -> RowReading:
    """What a row says of the person of its card, who may be the second it names."""
    if row["result"] != ALSO:
        return reading
    return next((one for one in reading.also if one.phone == row["phone"]), reading)


def _merged(readings: list[RowReading]) -> dict[str, object]:
    """The first value said for each field; further numbers and addresses beside it."""
    values: dict[str, object] = {**dict.fromkeys(PERSON_FIELDS, ""), "wecom": None}
    for reading in readings:
        for name, value in zip(PERSON_FIELDS, reading, strict=False):
            if values[name] in ("", None) and value not in ("", None):
                values[name] = value
    for one, more in (("phone", "phones"), ("email", "emails")):
        said = [text for r in readings for text in (getattr(r, one), *getattr(r, more).split())]
        known = ("", values[one])
        values[more] = " ".join(text for text in dict.fromkeys(said) if text not in known)
    return values


_OfCard = list[tuple[sqlite3.Row, RowReading]]  # rows of a card, as they are read


def _fill_again(book: Book, file_id: int, staying: Staying) -> None:
    """Of whom the file filled something, and of whose cards, what lists that came after it say."""
    later: dict[int, list[int]] = {}
    of_card: dict[int, list[int]] = {}
    people = {*staying.filled, *standing.people_of(book.con, staying.cards)}
    for row in standing.rows_after(book.con, people, file_id):
        later.setdefault(row["person_id"], []).append(row["id"])
        of_card.setdefault(row["card_id"], []).append(row["id"])
    for person_id in staying.filled:
        if person_id in later:
            said = _merged([reading for _row, reading in _readings(book, later[person_id])])
            _fill(book, person_id, said)
    for card_id in staying.cards:
        if card_id in of_card:
            rows_said = _readings(book, of_card[card_id])
            before = standing.marks(book.con, card_id)
            standing.mark_again(book.con, card_id, _marks(rows_said, before), brought=False)
            if (stop := _stop(book, card_id, rows_said)) is not None:
                standing.put_stop(book.con, card_id, stop)


def _readings(book: Book, row_ids: Sequence[int]) -> _OfCard:
    return [
        (
            row,
            _of_the_card(
                roster_problems.read(book, row, damaged.mapping(row["mended"] or "{}")), row
            ),
        )
        for row in rows.rows(book.con, row_ids)
    ]


def _fill(book: Book, person_id: int, said: dict[str, object]) -> None:
    """Put it where nothing stands; further numbers and addresses beside those there are."""
    there = standing.person(book.con, person_id)
    blank = {name for name in PERSON_FIELDS if there[name] in ("", None)}
    new = {name: said[name] for name in blank if said[name] not in ("", None)}
    if "company" in new:
        key = str(said["company_key"])
        new["company_key"] = pairs.folded(book.con, {key}).get(key, key)
    for one, more in (("phone", "phones"), ("email", "emails")):
        every = [*str(there[more]).split(), str(said[one]), *str(said[more]).split()]
        first = ("", new.get(one, there[one]))
        new[more] = " ".join(dict.fromkeys(text for text in every if text not in first))
    follow = {"company_key": "company", "city_guess": "phone"}
    new = {name: value for name, value in new.items() if follow.get(name, name) in {*new}}
    if any(there[name] != value for name, value in new.items()):
        person_card.update(book.con, person_id, new)


def _marks(of_card: _OfCard, before: Marks) -> Marks:
    """When the person signed up, whether they came and for how long, by these rows; ``before``:
    what is known without them."""
    seconds: Counter[int] = Counter()
    least: dict[int, int] = {}
    for row, reading in of_card:
        if reading.seconds is not None:
            seconds[row["file_id"]] += reading.seconds
            told = row["min_minutes"]
            least[row["file_id"]] = roster_layouts.least_minutes() if told is None else told
    said = [reading for _row, reading in of_card]
    minutes = [most // 60 for most in seconds.values()]
    minutes += [] if before.minutes is None else [before.minutes]
    came = any(seconds[file] >= minutes * 60 for file, minutes in least.items())
    brings = next((one for one in reversed(said) if one.guests), before)
    by_file = FILE in [way_of(row["kind"], reading) for row, reading in of_card]
    signed_up = next((reading.signed_up_at for reading in said if reading.signed_up_at), None)
    is_there = came or any(reading.came for reading in said)
    return Marks(
        signed_up_at=before.signed_up_at or signed_up,
        attended=True if before.attended is None and is_there else before.attended,
        state=_state(of_card) or before.state,
        minutes=max(minutes, default=None),
        guests=brings.guests,
        guests_more=brings.guests_more,
        way=FILE if by_file else before.way,
    )


def _stop(book: Book, card_id: int, of_card: _OfCard) -> int | None:
    """The stop of a road show that the rows left to a card name: the newest file counts, of its
    rows the first, as where they came in."""
    known = stops_store.of(book.con, standing.event_of(book.con, card_id))
    if not known:
        return None
    from opslog.exchange.meaning import extra_columns

    for row, _reading in sorted(of_card, key=lambda one: (-one[0]["file_id"], one[0]["line"])):
        columns, cells = section_of(row).columns, damaged.listed(row["cells"])
        extras = extra_columns.find(columns, (), (), None)
        for at in (*extras.stop, *extras.stop_or_city):
            word = clean(without_apostrophe(cells[at])) if at < len(cells) else ""
            if (stop := meant(word, known, book.clock.zone)) is not None:
                return stop.id
    return None


def _state(of_card: _OfCard) -> str:
    """How the sign-up stands by the newest file that says it; of its rows the best counts. '' where
    none does."""
    said = [(row["file_id"], reading.state) for row, reading in of_card if reading.state]
    newest = max((file for file, _said in said), default=0)
    of_newest = [state for file, state in said if file == newest]
    return min(of_newest, key=STATES.index, default="")
