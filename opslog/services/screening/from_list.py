"""Verdicts that somebody wrote into a list: what is new of them goes into the ledger."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from opslog.domain.base.clock import instant_text
from opslog.domain.imports import verdict_words
from opslog.domain.rosters.extras import VERDICTS
from opslog.domain.screening import rounds
from opslog.domain.screening.reasons import Reasons
from opslog.domain.screening.rounds import DROP, LIST, NONE_YET, UNDECIDED, Verdict
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.imports.taking import Beside, Taken
from opslog.services.screening.rounds import open_round, rounds_of
from opslog.store.rosters.withdrawal import since
from opslog.store.screening import rounds as store

_NO_REASON = "other"  # of a drop that gives none, or none that is known


def take(book: Book, taken: Taken) -> int:
    """Enter what the list says into the round that is open, the next one where none is; of how
    many rows. What holds already is not entered again, nor what an earlier round dropped."""
    there = rounds_of(book, taken.roster_id)
    number = there[-1].number if there and there[-1].open else rounds.next_number(there)
    ledger = store.ledger(book.con, taken.roster_id)
    holds = rounds.present(ledger)
    out = rounds.dropped_before(ledger, number)
    reasons = own_kinds.reasons(book)
    entries: dict[int, Verdict] = {}
    same: list[int] = []
    for one in taken.met:
        if one.card_id in entries:
            continue
        cells = json.loads(one.cells)
        for column in taken.extras.verdicts:
            if column.round not in (None, number):
                continue
            said = _said(cells, column.at, column.reason, reasons)
            if said is None:
                continue
            if not _is_new(said, holds, one.card_id, column.round):
                same.append(one.card_id)
            elif one.card_id not in out:
                entries[one.card_id] = said
                break
    if taken.kept and not taken.extras.own:
        since.rest_on_verdicts(book.con, [id for id in same if id not in entries], LIST)
    if not entries:
        return 0
    round_id = there[-1].id if there and there[-1].open else open_round(book, taken.roster_id).made
    at = instant_text(book.now())
    for card_id, verdict in entries.items():
        entry = (verdict.verdict, verdict.reason, LIST, at)
        store.put_decisions(book.con, round_id, [card_id], entry)
    return len(entries)


def _said(cells: Sequence[str], at: int, reason_at: int, reasons: Reasons) -> Verdict | None:
    """What a row says; None where it says nothing."""
    verdict = verdict_words.of_cell(cells[at]) if at < len(cells) else ""
    if not verdict:
        return None
    if verdict != DROP:
        return Verdict(verdict)
    why = verdict_words.fold(cells[reason_at]) if 0 <= reason_at < len(cells) else ""
    known = (
        one.code
        for one in reasons.all
        if why in map(verdict_words.fold, (one.code, one.english, one.chinese))
    )
    return Verdict(DROP, next(known, _NO_REASON))


def _is_new(
    said: Verdict, holds: Mapping[int, Mapping[int, Verdict]], card_id: int, number: int | None
) -> bool:
    """Whether it is another verdict than the one that holds, in the round or over all of them;
    a reason that the list does not give is none that it takes back."""
    if number is None:
        of_card = [holds[n][card_id] for n in sorted(holds) if card_id in holds[n]]
        dropped = next((one for one in of_card if one.verdict == DROP), None)
        stands = dropped or (of_card[-1] if of_card else NONE_YET)
    else:
        stands = holds.get(number, {}).get(card_id, NONE_YET)
    if said.verdict == stands.verdict:
        return said.verdict == DROP and said.reason not in (stands.reason, _NO_REASON)
    return said.verdict != UNDECIDED or stands != NONE_YET


TAKES = Beside(VERDICTS, take)
