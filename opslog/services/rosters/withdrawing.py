"""Withdraw an import: at any later time, as a change of its own, where undo refuses."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass

from opslog.domain.base import damaged
from opslog.domain.base.refusal import Refused
from opslog.domain.events.named_stops import meant
from opslog.domain.imports.cells import clean, without_apostrophe
from opslog.domain.imports.row_reading import PERSON_FIELDS, RowReading, way_of
from opslog.domain.rosters.rosters import ALSO, COMING, DOOR, FILE, STATES
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book.book import Book, Change
from opslog.services.daybook import auto_lines
from opslog.services.rosters import layouts as roster_layouts
from opslog.services.rosters import problems as roster_problems
from opslog.store.events import stops as stops_store
from opslog.store.people import card as person_card
from opslog.store.rosters import problems as rows
from opslog.store.rosters import withdrawing as rosters_store
from opslog.store.rosters.sections import section_of
from opslog.store.twins import pairs


@dataclass(frozen=True)
class Withdrawal:
    """What was taken back: rows and people gone, rows kept since somebody worked on them."""

    file: str
    event: str
    rows: int
    kept: int
    people: int
    change: Change

    def summary(self) -> Msg:
        taken = nmsg(N_("1 row taken back"), N_("{n} rows taken back"), self.rows)
        people = nmsg(N_("1 person gone"), N_("{n} people gone"), self.people)
        if not self.kept:
            return msg(N_("{rows}, {people}"), rows=taken, people=people)
        kept = nmsg(
            N_("1 row kept: it was worked on since"),
            N_("{n} rows kept: they were worked on since"),
            self.kept,
        )
        return msg(N_("{rows}, {people}; {kept}"), rows=taken, people=people, kept=kept)


def withdraw(book: Book, file_id: int) -> Withdrawal:
    """Take one file of a roster back. What it filled is blank again, whom it brought is gone, or
    is as the other files say.

    Rows that were worked on since (verdicts, calls, tags, edits, mended cells) stay with all
    they hold. Raises Refused for a file that is not there, or was taken back already.
    """
    found = rosters_store.file(book.con, file_id)
    if found is None:
        raise Refused(
            msg(
                N_("There is no file {id}; opslog roster show ROSTER names the files of a list"),
                id=file_id,
            )
        )
    if found.withdrawn:
        raise Refused(msg(N_("{file} was withdrawn already"), file=found.file))
    brought = rosters_store.change_of(book.con, file_id)
    label = msg(N_("Withdrew {file} from {event}"), file=found.file, event=found.event)
    with book.change(label) as change:
        gone, kept, people, left = rosters_store.take_back(book.con, file_id, brought)
        for person_id, cards in left.items():
            _read_again(book, person_id, cards)
        rosters_store.put_withdrawn(book.con, file_id, book.now())
        done = Withdrawal(found.file, found.event, gone, kept, people, change)
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


def _read_again(book: Book, person_id: int, cards: list[tuple[int, bool]]) -> None:
    """Somebody the file brought, who stays by other rows, is what these say."""
    readings: list[RowReading] = []
    for card_id, brought in cards:
        of_card = [
            (
                row,
                _of_the_card(
                    roster_problems.read(book, row, damaged.mapping(row["mended"] or "{}")), row
                ),
            )
            for row in rows.rows(book.con, rosters_store.rows_of(book.con, card_id))
        ]
        readings += [reading for _row, reading in of_card]
        if brought:
            _mark_again(book, card_id, of_card)
            rosters_store.put_stop(book.con, card_id, _stop(book, card_id, of_card))
    values = _merged(readings)
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


def _mark_again(book: Book, card_id: int, of_card: list[tuple[sqlite3.Row, RowReading]]) -> None:
    """When the person signed up, whether they came and for how long, by the rows that are left."""
    seconds: Counter[int] = Counter()
    least: dict[int, int] = {}
    for row, reading in of_card:
        if reading.seconds is not None:
            seconds[row["file_id"]] += reading.seconds
            told = row["min_minutes"]
            least[row["file_id"]] = roster_layouts.least_minutes() if told is None else told
    said = [reading for _row, reading in of_card]
    longest = max(seconds.values(), default=None)
    came = any(seconds[file] >= minutes * 60 for file, minutes in least.items())
    brings = next((one for one in reversed(said) if one.guests), None)
    by_file = FILE in [way_of(row["kind"], reading) for row, reading in of_card]
    rosters_store.mark_again(
        book.con,
        card_id,
        signed_up_at=next((reading.signed_up_at for reading in said if reading.signed_up_at), None),
        attended=True if came or any(reading.came for reading in said) else None,
        state=_state(of_card),
        minutes=None if longest is None else longest // 60,
        guests=brings.guests if brings else 0,
        guests_more=brings.guests_more if brings else False,
        way=FILE if by_file else DOOR,
    )


def _stop(book: Book, card_id: int, of_card: list[tuple[sqlite3.Row, RowReading]]) -> int | None:
    """The stop of a road show that the rows left to a card name: the newest file counts, of its
    rows the first, as where they came in."""
    known = stops_store.of(book.con, rosters_store.event_of(book.con, card_id))
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


def _state(of_card: list[tuple[sqlite3.Row, RowReading]]) -> str:
    """How the sign-up stands by the newest file that says it; of its rows the best counts."""
    said = [(row["file_id"], reading.state) for row, reading in of_card if reading.state]
    newest = max((file for file, _said in said), default=0)
    of_newest = [state for file, state in said if file == newest]
    return min(of_newest, key=STATES.index, default=COMING)
