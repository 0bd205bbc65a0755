"""Withdraw an import: at any later time, as a change of its own, where undo refuses."""

from __future__ import annotations

from dataclasses import dataclass

from opslog.domain.clock import instant_text
from opslog.domain.refusal import Refused
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services import autolog
from opslog.services.book import Book, Change
from opslog.store import withdrawing as store


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
    """Take one file of a roster back. What it filled is blank again, whom it brought is gone.

    Rows that were worked on since (verdicts, calls, tags, edits, mended cells) stay with all
    they hold. Raises Refused for a file that is not there, or was taken back already.
    """
    row = book.con.execute(
        "SELECT f.file, f.withdrawn_at, e.name AS event, e.id AS event_id FROM roster_file f"
        " JOIN roster r ON r.id=f.roster_id JOIN event e ON e.id=r.event_id WHERE f.id=?",
        (file_id,),
    ).fetchone()
    if row is None:
        raise Refused(
            msg(
                N_("There is no file {id}; opslog roster show ROSTER names the files of a list"),
                id=file_id,
            )
        )
    if row["withdrawn_at"]:
        raise Refused(msg(N_("{file} was withdrawn already"), file=row["file"]))
    brought = store.change_of(book.con, file_id)
    label = msg(N_("Withdrew {file} from {event}"), file=row["file"], event=row["event"])
    with book.change(label) as change:
        gone, kept, people = store.take_back(book.con, file_id, brought)
        book.con.execute(
            "UPDATE roster_file SET withdrawn_at=? WHERE id=?",
            (instant_text(book.now()), file_id),
        )
        done = Withdrawal(row["file"], row["event"], gone, kept, people, change)
        autolog.write(
            book,
            msg(
                N_("Withdrew {file} from {event}: {summary}"),
                file=done.file,
                event=done.event,
                summary=done.summary(),
            ),
            source="import",
            event_id=row["event_id"],
        )
    return done
