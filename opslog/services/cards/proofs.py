"""Steps tick themselves: what a change completed is done, and the log says so in that change.

Called by ``Book`` before a change, an undo or a redo is committed, where a row was touched on
which evidence rests. It lies above the areas that it reads, so the book calls it by its name.
"""

from __future__ import annotations

from opslog.domain.base.labels import pack
from opslog.domain.base.sentences import labelled
from opslog.domain.events.plans import evidence
from opslog.locale import N_, Msg, msg, nmsg, titled
from opslog.services.book.book import Book
from opslog.services.cards.step_progress import Work
from opslog.services.daybook import auto_lines
from opslog.store.calls.proving import proofs as store
from opslog.store.calls.proving.proofs import ProofStep

# Whoever closes a round, takes a list in or types figures in finds a line that says so already.
SAID_BY_THE_VERB = (evidence.ROUND, evidence.LIST, evidence.FIGURES)


def look_over(book: Book, *, logs: bool) -> None:
    """Inside an open transaction: look over the steps whose evidence may have changed.

    ``logs``: what is newly proven is noted in the log, unless it was ticked off by hand before;
    an undo or a redo brings the lines of the changes it takes back or does again.
    """
    for event_id, cards in store.take_doubts(book.con).items():
        whole = Work(book, event_id)
        for step in store.steps(book.con, event_id):
            work = whole if step.stop_id is None else whole.of_stop(step.stop_id)
            found = evidence.read(step.evidence)
            if cards and found is not None and found.kind in SAID_BY_THE_VERB:
                continue  # no card of the list decides these
            only = cards if step.proven else ()
            proven = work.proven(step.evidence, step.phase, only)
            if proven == step.proven:
                continue
            store.set_proven(book.con, step.id, proven)
            if proven and logs and not step.done:
                _log(book, event_id, step, work)


def flaws(book: Book) -> list[str]:
    """The steps that say done, though what was done does not prove it (any more)."""
    return [
        str(labelled(store.event_name(book.con, event_id), step.title))
        for event_id in store.with_proven(book.con)
        for whole in [Work(book, event_id)]
        for step in store.steps(book.con, event_id)
        for work in [whole if step.stop_id is None else whole.of_stop(step.stop_id)]
        if step.proven and not work.proven(step.evidence, step.phase)
    ]


def _log(book: Book, event_id: int, step: ProofStep, work: Work) -> None:
    """That it is done. Opened again and completed again on one day, it is said again only where
    more was done."""
    found = evidence.read(step.evidence)
    if found is None or found.kind not in SAID_BY_THE_VERB:
        text = _text(step, store.event_name(book.con, event_id), work)
        since = book.clock.at(book.today())
        if store.said(book.con, event_id, text.id, pack(text), since):
            return
        auto_lines.write(book, text, source="step", event_id=event_id)
    store.note_logged(book.con, step.id, work.done_at(step.evidence))


def _text(step: ProofStep, event: str, work: Work) -> Msg:
    name, far = titled(step.title_en, step.title), work.far(step.evidence)
    if far is None:
        return msg(N_("Done: {step} ({event})"), step=name, event=event)
    return nmsg(
        N_("Done: {step}, {n} of {n} ({event})"),
        N_("Done: {step}, {n} of {n} ({event})"),
        far.of,
        step=name,
        event=event,
    )
