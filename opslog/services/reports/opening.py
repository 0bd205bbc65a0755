"""A number opened: the rows that it counts, each as a line that leads to the thing itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from sqlite3 import Row
from typing import NamedTuple

from opslog.domain.answers.answers import Answer
from opslog.domain.base.clock import instant_of
from opslog.domain.base.labels import spoken
from opslog.domain.base.sentences import listed
from opslog.domain.leads.leads import TITLES
from opslog.domain.people.card import ERASED, called
from opslog.domain.reports.figures import (
    ANSWER,
    CARD,
    DECISION,
    EVENT,
    FILE,
    GONE,
    LEAD,
    LOG,
    SEVERAL,
    STEP,
    TASK,
    TOUCH,
    UNSENT,
    Figure,
    minutes_text,
)
from opslog.domain.reports.telling.phrases import Wording
from opslog.domain.screening.rounds import verdict_name
from opslog.locale import N_, Msg, _, msg, nmsg, titled
from opslog.services.book.book import Book
from opslog.services.reports.reports import Report
from opslog.store.reports import rows as store


class Opened(NamedTuple):
    """One row behind a number. ``kind`` and ``ref`` are what navigation opens."""

    id: int
    at: datetime
    who: str  # '' nobody
    text: Msg
    kind: str
    ref: int


def opened(book: Book, report: Report, figure: Figure) -> list[Opened]:
    """As many as the figure says, oldest first."""
    if figure.kind == SEVERAL:
        each = (one for part in figure.parts for one in opened(book, report, part))
        return sorted(each, key=lambda one: one.at)
    if figure.kind == ANSWER:
        return of_answers(report.sums.answers)
    if figure.kind == UNSENT:
        return [
            Opened(
                one.id,
                one.at,
                called(one.person_id, one.person, one.company),
                msg(N_("not sent: {steps}"), steps=listed(one.steps)),
                "person",
                one.person_id,
            )
            for one in report.sums.waiting.messages
        ]
    return of_rows(book, report.words, figure.kind, figure.rows)


def of_answers(answers: Iterable[Answer]) -> list[Opened]:
    """Answers with who gave them, in their order."""
    return [
        Opened(
            one.id,
            one.at,
            called(one.person_id, one.person, one.company),
            msg(N_("{first}: {second}"), first=one.question.title, second=one.text),
            "person",
            one.person_id,
        )
        for one in answers
    ]


def of_rows(book: Book, words: Wording, kind: str, ids: Sequence[int]) -> list[Opened]:
    """The rows of a kind, oldest first."""
    return [
        Opened(
            row["id"],
            instant_of(row["at"]),
            _who(row) if kind in (TOUCH, DECISION, CARD, LEAD) else "",
            _text(words, kind, row),
            row["opens"],
            row["ref"],
        )
        for row in store.of_kind(book.con, kind, ids)
    ]


def people(rows: Sequence[Opened]) -> list[int]:
    """Whom they are about, each once."""
    return [*dict.fromkeys(one.ref for one in rows if one.kind == "person")]


def _who(row: Row) -> str:
    return " · ".join(filter(None, (row["name"], row["company"]))) or _(ERASED)


def _text(words: Wording, kind: str, row: Row) -> Msg:
    if kind == TOUCH:
        found = words.outcomes.title(row["purpose"], row["lane"], row["outcome"])
        if row["reason"]:
            reason = words.outcomes.reason(row["reason"])
            found = msg(N_("{text} ({reason})"), text=found, reason=reason)
        return msg(N_("{text} · {note}"), text=found, note=row["note"]) if row["note"] else found
    if kind == DECISION:
        verdict = verdict_name(row["verdict"])
        if not row["reason"]:
            return verdict
        return msg(N_("{text} ({reason})"), text=verdict, reason=words.reasons.title(row["reason"]))
    if kind == LEAD:
        state = msg(TITLES[row["state"]])
        return (
            msg(N_("{text} · {note}"), text=state, note=row["to_whom"]) if row["to_whom"] else state
        )
    if kind == FILE:
        return nmsg(N_("{file}: {n} row"), N_("{file}: {n} rows"), row["read"], file=row["file"])
    if kind in (STEP, GONE):
        step = titled(row["title_en"] or row["title"], row["title"])
        return msg(N_("{step} ({event})"), step=step, event=row["event"])
    if kind == TASK:
        return _plain(row["text"])
    if kind == EVENT:
        return _plain(row["name"])
    if kind == LOG:
        said = _plain(spoken(row["text"], row["label"], row["args"]))
        if not row["minutes"]:
            return said
        return msg(N_("{text} · {note}"), text=said, note=minutes_text(row["minutes"]))
    return msg(N_("walk-in"))


def _plain(text: str) -> Msg:
    return Msg("{text}", {"text": text})
