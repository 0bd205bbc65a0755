"""Screening: rounds opened and closed, one verdict a row, each entry kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from opslog.domain.base.clock import instant_text
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import listed
from opslog.domain.people.card import called
from opslog.domain.screening import rounds
from opslog.domain.screening.card import LedgerEntry, ListedRow
from opslog.domain.screening.reasons import Reasons
from opslog.domain.screening.rounds import (
    DROP,
    KEEP,
    OPERATOR,
    PARK,
    UNDECIDED,
    Counts,
    Deck,
    Round,
    Verdict,
)
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.daybook import auto_lines
from opslog.store.rosters.row_window import RowWindow
from opslog.store.screening import lines as roster_lines
from opslog.store.screening import rounds as screening_store
from opslog.store.screening.lines import Lines

AT_ONCE = 500  # ids in one statement; old SQLite takes 999 variables


# -- rounds -------------------------------------------------------------------


def open_round(book: Book, roster_id: int, number: int | None = None) -> Change:
    """Open a round (the next one where ``number`` is None); ``made`` is its id.

    Refused out of turn: tidy, then the screenings in order, each once the one before is closed.
    """
    roster, _event_id = _roster(book, roster_id)
    there = screening_store.rounds(book.con, roster_id)
    wanted = rounds.next_number(there)
    if there and there[-1].open:
        raise Refused(
            msg(
                N_("{round} of {roster} is still open; close it first"),
                round=rounds.round_name(there[-1].number),
                roster=roster,
            )
        )
    if number is not None and number != wanted:
        raise Refused(
            msg(
                N_("the next round of {roster} is {round}"),
                roster=roster,
                round=rounds.round_name(wanted),
            )
        )
    if not _deck(book, Round(0, roster_id, wanted, book.now(), None)).lines:
        raise Refused(
            msg(
                N_("{roster} has no row left for {round}"),
                roster=roster,
                round=rounds.round_name(wanted),
            )
        )
    own_kinds.begin(book, own_kinds.RULES)
    label = msg(N_("Opened {round} of {roster}"), round=rounds.round_name(wanted), roster=roster)
    with book.change(label) as change:
        try:
            change.made = screening_store.put_round(
                book.con, roster_id, wanted, instant_text(book.now())
            )
        except sqlite3.IntegrityError as error:  # opened in another window a moment ago
            raise Refused(
                msg(
                    N_("{round} of {roster} is open already"),
                    round=rounds.round_name(wanted),
                    roster=roster,
                )
            ) from error
    return change


def close_round(book: Book, round_id: int, *, force: bool = False) -> Change:
    """Close a round and write its counts into the log.

    Refused while rows are undecided or parked, with their number, unless ``force``: they then
    go on into the next round.
    """
    found = _round(book, round_id)
    roster, event_id = _roster(book, found.roster_id)
    name = rounds.round_name(found.number)
    with book.change(msg(N_("Closed {round} of {roster}"), round=name, roster=roster)) as change:
        if not _round(book, round_id).open:
            raise Refused(msg(N_("{round} of {roster} is closed"), round=name, roster=roster))
        result = counts(book, round_id)
        if result.left and not force:
            raise Refused(
                nmsg(
                    "{n} row of {roster} is still undecided; decide it, or close the round anyway",
                    "{n} rows of {roster} are still undecided; decide them, or close the round "
                    "anyway",
                    result.left,
                    roster=roster,
                )
            )
        screening_store.close_round(book.con, round_id, instant_text(book.now()))
        line = msg(
            N_("{roster}: {round} closed, {counts}"),
            roster=roster,
            round=name,
            counts=counts_text(result, own_kinds.reasons(book)),
        )
        auto_lines.write(book, line, source="round", event_id=event_id)
    return change


def reopen(book: Book, round_id: int) -> Change:
    """Open a closed round again. Refused once a later round was opened: it builds on this one."""
    found = _round(book, round_id)
    roster, _event_id = _roster(book, found.roster_id)
    name = rounds.round_name(found.number)
    newest = screening_store.rounds(book.con, found.roster_id)[-1]
    if newest.id != round_id:
        raise Refused(
            msg(
                N_("{round} can't be opened again: {later} builds on it"),
                round=name,
                later=rounds.round_name(newest.number),
            )
        )
    with book.change(
        msg(N_("Opened {round} of {roster} again"), round=name, roster=roster)
    ) as change:
        screening_store.open_again(book.con, round_id)
    change.made = round_id
    return change


def rounds_of(book: Book, roster_id: int) -> list[Round]:
    """The rounds of a roster, in order."""
    return screening_store.rounds(book.con, roster_id)


# -- verdicts -----------------------------------------------------------------


def decide(
    book: Book,
    round_id: int,
    card_id: int,
    verdict: str,
    reason: str = "",
    by: str = OPERATOR,
) -> Change:
    """Enter one verdict into the ledger; durable when this returns.

    ``reason`` is the code of a drop's reason; ``by`` the operator, or the rule that was taken.
    What holds already is not entered twice. Refused where the round is closed, the row is not
    in it, or a drop has no reason.
    """
    if verdict not in rounds.VERDICTS:
        raise ValueError(verdict)
    reasons = own_kinds.reasons(book)
    if verdict != DROP:
        reason = ""
    elif reason not in reasons:
        raise Refused(msg(N_("a row is dropped for a reason: 1 to 8, or 9 for more")))
    row = _standing(book, round_id, card_id)
    label = verdict_text(_called(row), verdict, reason, reasons)
    if (row["verdict"] or UNDECIDED, row["reason"] or "") == (verdict, reason):
        return Change(label)
    with book.change(label) as change:
        entry = (verdict, reason, by, instant_text(book.now()))
        if not screening_store.put_decisions(book.con, round_id, [card_id], entry):
            raise Refused(msg(N_("the round was closed meanwhile; open it again to decide")))
    return change


def keep_after_all(book: Book, roster_id: int, card_id: int, name: str) -> Change:
    """Keep a row whatever was decided of it, or what the rules say: a new entry in the newest
    round, closed or not; where none was opened yet, tidying is."""
    with book.change(msg(N_("Kept {name} after all"), name=name)) as change:
        there = screening_store.rounds(book.con, roster_id)
        round_id = there[-1].id if there else open_round(book, roster_id).made
        entry = (KEEP, "", OPERATOR, instant_text(book.now()))
        if not screening_store.put_decisions(book.con, round_id, [card_id], entry, closed=True):
            raise Refused(
                msg(N_("this row is no longer on the list; the import may have been undone"))
            )
    return change


def park(book: Book, round_id: int, card_id: int) -> Change:
    """Put a row off: it comes back at the end of the round."""
    return decide(book, round_id, card_id, PARK)


def undecide(book: Book, round_id: int, card_id: int) -> Change:
    """Make a row undecided again: a new entry, the old one stays in the ledger."""
    return decide(book, round_id, card_id, UNDECIDED)


def decide_company(book: Book, round_id: int, card_id: int) -> Change:
    """Give the verdict of this row to the other undecided rows of its company, in one change.

    How many there were is ``len(change.touched["decision"])``; parked rows stay parked. Refused
    where the row has no company or no verdict, or nobody of it is left.
    """
    row = _standing(book, round_id, card_id)
    verdict, reason = row["verdict"] or UNDECIDED, row["reason"] or ""
    if verdict not in (KEEP, DROP):
        raise Refused(msg(N_("decide {name} first; * then does the same"), name=_called(row)))
    if not row["company_key"]:
        raise Refused(msg(N_("{name} has no company to go by"), name=_called(row)))
    deck_now = deck(book, round_id)
    others = deck_now.company_waiting(card_id) if card_id in deck_now else []
    if not others:
        raise Refused(msg(N_("nobody else of {company} is undecided here"), company=row["company"]))
    if verdict == KEEP:
        label = nmsg(
            "Kept {n} more of {company}",
            "Kept {n} more of {company}",
            len(others),
            company=row["company"],
        )
    else:
        label = nmsg(
            "Dropped {n} more of {company}: {reason}",
            "Dropped {n} more of {company}: {reason}",
            len(others),
            company=row["company"],
            reason=own_kinds.reasons(book).title(reason),
        )
    with book.change(label) as change:
        entry = (verdict, reason, OPERATOR, instant_text(book.now()))
        if screening_store.put_decisions(book.con, round_id, others, entry) != len(others):
            raise Refused(msg(N_("the round was closed meanwhile; open it again to decide")))
    return change


# -- reading ------------------------------------------------------------------


def deck(book: Book, round_id: int) -> Deck:
    """The live rows of a round in their order, with what holds for each."""
    return _deck(book, _round(book, round_id))


def counts(book: Book, round_id: int) -> Counts:
    """How far a round is: verdicts and reasons of its live rows."""
    return deck(book, round_id).counts()


def decisions(book: Book, roster_id: int) -> list[LedgerEntry]:
    """The whole ledger of a roster, newest first."""
    return decisions_of(book, decision_ids(book, roster_id))


def decision_ids(book: Book, roster_id: int) -> list[int]:
    """The keys of the ledger, newest first, for a list that reads only what is on screen."""
    return roster_lines.decision_ids(book.con, roster_id)


def decisions_of(book: Book, ids: Sequence[int]) -> list[LedgerEntry]:
    """The entries of these ids, newest first."""
    return [
        entry
        for start in range(0, len(ids), AT_ONCE)
        for entry in roster_lines.decisions(book.con, ids[start : start + AT_ONCE])
    ]


def lines(book: Book, roster_id: int, *, problems: bool = False) -> RowWindow | Lines:
    """The keys of a roster's lines in file order; ``problems``: only those to be looked at."""
    return roster_lines.lines(book.con, roster_id, problems=problems)


def rows_of(book: Book, ids: Sequence[int]) -> list[ListedRow]:
    """The lines of these ids as they came in, with whom each became and what was decided."""
    return [
        row
        for start in range(0, len(ids), AT_ONCE)
        for row in roster_lines.rows(book.con, ids[start : start + AT_ONCE])
    ]


# -- texts --------------------------------------------------------------------


def verdict_text(name: str, verdict: str, reason: str, reasons: Reasons) -> Msg:
    """A decision in a few words, as history shows it."""
    if verdict == DROP:
        title = reasons.title(reason)
        return msg(N_("Dropped {name}: {reason}"), name=name, reason=title)
    if verdict == KEEP:
        return msg(N_("Kept {name}"), name=name)
    if verdict == PARK:
        return msg(N_("Parked {name}"), name=name)
    return msg(N_("{name} is undecided again"), name=name)


def counts_text(result: Counts, reasons: Reasons) -> Msg:
    """``40 kept, 12 dropped (competitor 5, made up 7), 3 left undecided``."""
    text = msg(N_("{kept} kept, {dropped} dropped"), kept=result.kept, dropped=result.dropped)
    if result.reasons:
        text = msg(N_("{counts} ({reasons})"), counts=text, reasons=_listed(result, reasons))
    if result.left:
        text = msg(N_("{counts}, {left} left undecided"), counts=text, left=result.left)
    return text


def _listed(result: Counts, reasons: Reasons) -> Msg:
    """``competitor 5, made up 7``."""
    return listed(
        msg(N_("{reason} {count}"), reason=reasons.title(code), count=count)
        for code, count in result.reasons
    )


# -- within -------------------------------------------------------------------


def _round(book: Book, round_id: int) -> Round:
    found = screening_store.round_of(book.con, round_id)
    if found is None:
        raise Refused(msg(N_("there is no such round any more; the list may have been undone")))
    return found


def _roster(book: Book, roster_id: int) -> tuple[str, int | None]:
    found = screening_store.roster(book.con, roster_id)
    if found is None:
        raise Refused(msg(N_("there is no such list any more; the import may have been undone")))
    return found


def _deck(book: Book, found: Round) -> Deck:
    roster, event_id = _roster(book, found.roster_id)
    ledger = screening_store.ledger(book.con, found.roster_id)
    holds = rounds.present(ledger)
    out = rounds.dropped_before(ledger, found.number)
    here = holds.get(found.number, {})
    live = [
        line
        for line, erased in screening_store.deck_lines(book.con, found.roster_id)
        if line.card_id not in out and not (erased and not _decided(here.get(line.card_id)))
    ]
    return Deck(found, roster, event_id, rounds.in_order(live, found.number), here)


def _decided(verdict: Verdict | None) -> bool:
    """Whether an erased person's row still counts in this round: none asks to be decided."""
    return verdict is not None and verdict.verdict in (KEEP, DROP)


def _standing(book: Book, round_id: int, card_id: int) -> sqlite3.Row:
    """The card and what holds for it; Refused where no verdict can be given."""
    row = screening_store.standing(book.con, round_id, card_id)
    if row is None or row["card_roster"] != row["roster_id"]:
        raise Refused(msg(N_("this row is no longer on the list; the import may have been undone")))
    if row["closed_at"] is not None:
        raise Refused(msg(N_("the round was closed meanwhile; open it again to decide")))
    if row["out"]:
        raise Refused(
            msg(N_("{name} was dropped in an earlier round of this list"), name=_called(row))
        )
    return row


def _called(row: sqlite3.Row) -> str:
    return called(row["person_id"], row["name"], row["company"], row["phone"], row["email"])
