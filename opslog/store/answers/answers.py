"""Answers as rows: the newest of one person, event and question holds."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from opslog.domain.answers.answers import Answer
from opslog.domain.answers.questions import Question, Said
from opslog.domain.base.clock import instant_of, instant_text
from opslog.store.db.listed import IN_LIST, listed

_WORDING = ("text", "text_en", "kind", "options", "options_en", "other", "concerns", "fills")
_QUESTION = "q.key, " + ", ".join(f"q.{name}" for name in _WORDING)
# No later answer of the same person to this question about the same event.
HOLDS = (
    "NOT EXISTS (SELECT 1 FROM answer b JOIN question r ON r.id=b.question_id"
    " WHERE b.person_id=a.person_id AND b.event_id IS a.event_id AND r.key=q.key AND b.id>a.id)"
)


def question(con: sqlite3.Connection, asked: Question) -> int:
    """The number of a question as it is worded now: its newest copy, or one more."""
    newest = con.execute(
        f"SELECT id, version, {', '.join(_WORDING)} FROM question WHERE key=?"
        " ORDER BY version DESC LIMIT 1",
        (asked.key,),
    ).fetchone()
    wording = _wording(asked)
    if newest is not None and tuple(newest)[2:] == wording:
        return int(newest["id"])
    version = 1 if newest is None else newest["version"] + 1
    made = con.execute(
        f"INSERT INTO question(key, version, {', '.join(_WORDING)})"
        f" VALUES (?,?{',?' * len(_WORDING)})",
        (asked.key, version, *wording),
    ).lastrowid
    assert made is not None
    return made


def questions(con: sqlite3.Connection, ids: Iterable[int]) -> dict[int, Question]:
    """Questions as they were worded, by their numbers."""
    rows = con.execute(
        f"SELECT q.id, {_QUESTION} FROM question q WHERE q.id {IN_LIST}", (listed(ids),)
    )
    return {row["id"]: _question(row) for row in rows}


def _wording(asked: Question) -> tuple[object, ...]:
    return (
        *(asked.text, asked.text_en, asked.kind),
        *(json.dumps(one, ensure_ascii=False) for one in (asked.options, asked.options_en)),
        *(int(asked.other), asked.concerns, asked.fills),
    )


def add(
    con: sqlite3.Connection,
    question_id: int,
    person_id: int,
    event_id: int | None,
    said: Said,
    at: datetime,
) -> None:
    con.execute(
        "INSERT INTO answer(question_id, person_id, event_id, value, words, at)"
        " VALUES (?,?,?,?,?,?)",
        (question_id, person_id, event_id, said.value, said.words, instant_text(at)),
    )


def belongs_to(
    con: sqlite3.Connection, person_id: int, event_id: int | None, touch_id: int
) -> None:
    """What was answered about an event and belongs to no call yet was said in this one."""
    con.execute(
        "UPDATE answer SET touch_id=? WHERE person_id=? AND event_id IS ? AND touch_id IS NULL",
        (touch_id, person_id, event_id),
    )


def of_person(con: sqlite3.Connection, person_id: int) -> list[Answer]:
    """What holds of what a person answered, oldest first."""
    return _found(con, "a.person_id=?", (person_id,))


def by_ids(con: sqlite3.Connection, ids: Iterable[int]) -> list[Answer]:
    """Those of these that hold, oldest first."""
    return _found(con, f"a.id {IN_LIST}", (listed(ids),))


def given(
    con: sqlite3.Connection, event_id: int | None = None, concerns: str | None = None
) -> list[Answer]:
    """What holds of everybody's answers, about one event or all, oldest first."""
    return _found(
        con,
        "(?1 IS NULL OR a.event_id=?1) AND (?2 IS NULL OR q.concerns=?2)",
        (event_id, concerns),
    )


def newest(
    con: sqlite3.Connection, keys: Sequence[str], people: Sequence[int], before: datetime
) -> dict[int, dict[str, tuple[Question, Said]]]:
    """Person -> question -> what each of these people answered last before a moment, whatever it
    was about: of everybody in a long queue, so in one pass. The plus sign has SQLite begin with
    the people."""
    asked = {
        row["id"]: _question(row)
        for row in con.execute(
            f"SELECT q.id, {_QUESTION} FROM question q WHERE q.key {IN_LIST}", (listed(keys),)
        )
    }
    rows = con.execute(
        "SELECT person_id, question_id, event_id, value, words, at FROM answer"
        f" WHERE person_id {IN_LIST} AND +question_id {IN_LIST} ORDER BY id",
        (listed(people), listed(asked)),
    )
    holding: dict[tuple[int, int | None, str], sqlite3.Row] = {}
    for row in rows:
        about = row["person_id"], row["event_id"], asked[row["question_id"]].key
        holding.pop(about, None)  # the newest stands last
        holding[about] = row
    until, found = instant_text(before), dict[int, dict[str, tuple[Question, Said]]]()
    for (person, _event, key), row in holding.items():
        if row["value"] is not None and row["at"] < until:
            said = Said(row["value"], row["words"])
            found.setdefault(person, {})[key] = asked[row["question_id"]], said
    return found


def answered(con: sqlite3.Connection, event_id: int, key: str) -> bool:
    """Whether anybody answered that question about an event, or any question where key is ''."""
    row = con.execute(
        "SELECT 1 FROM answer a JOIN question q ON q.id=a.question_id WHERE a.event_id=?1"
        f" AND a.value IS NOT NULL AND (?2='' OR q.key=?2) AND {HOLDS} LIMIT 1",
        (event_id, key),
    ).fetchone()
    return row is not None


def _found(con: sqlite3.Connection, where: str, values: tuple[object, ...]) -> list[Answer]:
    rows = con.execute(
        f"SELECT a.id, a.value, a.words, a.at, a.person_id, a.event_id, {_QUESTION},"
        " p.name, p.company, p.title, e.name AS event FROM answer a"
        " JOIN question q ON q.id=a.question_id JOIN person_counted p ON p.id=a.person_id"
        f" LEFT JOIN event e ON e.id=a.event_id WHERE a.value IS NOT NULL AND {where}"
        f" AND {HOLDS} ORDER BY a.id",
        values,
    )
    return [
        Answer(
            row["id"],
            _question(row),
            Said(row["value"], row["words"]),
            row["person_id"],
            row["name"],
            row["company"],
            row["title"],
            row["event_id"],
            row["event"] or "",
            instant_of(row["at"]),
        )
        for row in rows
    ]


def _question(row: sqlite3.Row) -> Question:
    return Question(
        row["key"],
        row["text"],
        row["text_en"],
        row["kind"],
        tuple(json.loads(row["options"])),
        tuple(json.loads(row["options_en"])),
        bool(row["other"]),
        row["concerns"],
        row["fills"],
    )
