"""Databases of each released schema, kept as SQL: ``python -m tests.store.schema.dumps`` writes the
one of the present schema, which stays in ``fixtures/`` for ever once it was released.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from opslog.domain.answers.questions import Question
from opslog.domain.base.clock import Clock
from opslog.locale import msg
from opslog.services.answers import answering
from opslog.services.book import history
from opslog.services.book.book import Book, open_book
from opslog.services.calls import calling
from opslog.services.calls.attendance import guests
from opslog.services.daybook import auto_lines, lines
from opslog.services.events import events, form
from opslog.services.events.plans import steps
from opslog.services.files import coming_in
from opslog.services.leads import leads
from opslog.services.materials import requests
from opslog.services.people import card as people
from opslog.services.reviews import channels, costs, figures
from opslog.services.reviews.figures import Typed
from opslog.services.screening import rounds
from opslog.services.twins import twins
from opslog.store.db import journalled, search
from opslog.store.schema import create

FIXTURES = Path(__file__).with_name("fixtures")
BORN = "INSERT INTO migration"  # where the schema ends and the rows begin


def fixture(number: int) -> Path:
    return FIXTURES / f"schema_{number}.sql"


def load(number: int, path: Path) -> None:
    """Make the database of schema ``number`` at ``path``."""
    with closing(sqlite3.connect(path, isolation_level=None)) as con:
        con.executescript(f"BEGIN;{fixture(number).read_text(encoding='utf-8')}COMMIT;")


def dump(con: sqlite3.Connection) -> str:
    """The schema's statements, then the rows, in an order that can be read back."""
    text = [create.SCHEMA_FILE.read_text(encoding="utf-8")]
    names = [
        "migration",
        "setting",
        *journalled.tables(con),
        "change",
        "change_row",
        "change_range",
    ]
    for name in [*names, "sqlite_sequence"]:
        for row in con.execute(f'SELECT * FROM "{name}"'):
            columns = ", ".join(f'"{column}"' for column in row.keys())  # noqa: SIM118 - a Row iterates over its values
            quoted = con.execute("SELECT " + ", ".join(["quote(?)"] * len(row)), tuple(row))
            if name == "sqlite_sequence":
                text.append(f"DELETE FROM sqlite_sequence WHERE name='{row['name']}';\n")
            text.append(
                f'INSERT INTO "{name}"({columns}) VALUES ({", ".join(quoted.fetchone())});\n'
            )
    return "".join(text)


SIGNUPS = (
    "姓名,公司,手机,状态,来源\n"
    "周敏,澄海数据,13900139001,,社群\n"
    "Li Wei,Acme,13900139002,cancelled,\n"
)


def make(path: Path) -> None:
    """A small history of each kind of change: rows made, changed, deleted, in bulk and one by
    one, the last change undone."""
    at = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    book = open_book(path, clock=Clock(lambda: at), session="fixture")
    put = "INSERT INTO person(name, company, phone, search, created_at) VALUES (?,?,?,?,?)"
    with book.change(msg("Imported {n} rows", n=3), bulk=True):
        for number, name in enumerate(("王志刚", "李娜", "Anna [/red]")):
            values = (name, "云岭科技", f"+8613800138{number:03}", search.index_text(name))
            book.con.execute(put, (*values, "2026-11-23T01:00:00Z"))
        auto_lines.write(book, msg("Imported {n} rows", n=3), source="import", person_ids=[1])
    with book.change(msg("Changed: {event}", event="王志刚")):
        book.con.execute("UPDATE person SET title='总经理', wecom=1 WHERE id=1")
    with book.change(msg("Deleted: {text}", text="李娜")):
        book.con.execute("DELETE FROM person WHERE id=2")
    _plan_an_event(book)
    _work_through_a_list(book, path.with_name("signups.csv"))
    _send_materials(book)
    people.set_barred(book, 3, True)
    people.set_tags(book, [1, 3], ["vip"])
    people.edit(book, 3, city="杭州")
    twins.merge(book, 1, 3)
    lines.add(book, "回访 @王志刚 明天")
    with book.change(msg("Logged: {text}", text="回访")):
        auto_lines.write(book, msg("回访"), source="call")
    history.undo(book)
    book.set_setting("language", "zh_CN")
    fixture(create.SCHEMA_VERSION).write_text(dump(book.con), encoding="utf-8", newline="\n")
    book.close()


def _send_materials(book: Book) -> None:
    """Somebody asks, is sent them, and is handed over."""
    fields = {"name": "白皮书", "kind": "materials", "on": "2026-11-20"}
    event_id = events.create(book, form.read_draft(book, fields)).made
    assert event_id is not None
    said = {"who": "target", "address": "杭州", "watermark": "澄海"}
    person = requests.add(book, event_id, {"name": "赵敏", "phone": "13900139009"}, said).made
    one = requests.of_person(book, person, event_id)
    requests.send(book, [one.card_id], "SF 1")
    leads.keep(book, person, {"need": "1"}, "李销售", card_id=one.card_id, event_id=event_id)


def _plan_an_event(book: Book) -> None:
    """One with a budget that is changed twice, and a step that is done, moved, put off, noted."""
    fields = {"name": "沙龙", "kind": "salon", "on": "2026-12-20", "budget": "2万"}
    event_id = events.create(book, form.read_draft(book, fields)).made
    assert event_id is not None
    for budget in ("12345.67", "0.29"):
        events.edit(book, event_id, form.read_draft(book, {**fields, "budget": budget}))
    events.set_figures(book, event_id, {"reach": 120})
    costs.put(book, event_id, "场地", {"planned": 2_000_000})
    costs.put(book, event_id, "场地", {"spent": 1_850_000})
    figures.put(book, event_id, Typed("visitors", 8_108, "previous_month", percent=-9.9))
    channels.put(book, event_id, {"label": "朋友圈", "kind": "moments", "code": "pyq01"})
    first, second, third, *_ = events.plan(book, event_id)
    steps.tick_step(book, first.id)
    steps.move_step(book, second.id, datetime(2026, 12, 1, 2, 0, tzinfo=UTC))
    steps.snooze_step(book, third.id, datetime(2026, 12, 2, 2, 0, tzinfo=UTC))
    steps.note_step(book, third.id, "海报")


def _work_through_a_list(book: Book, path: Path) -> None:
    path.write_text(SIGNUPS, encoding="utf-8")
    roster_id = coming_in.load(book, path, 1).change.made
    assert roster_id is not None
    round_id = rounds.open_round(book, roster_id).made
    assert round_id is not None
    rounds.decide(book, round_id, 1, "drop", "competitor")
    rounds.undecide(book, round_id, 1)
    question = Question("need", "需求？", "Need?")
    person_id = book.con.execute("SELECT person_id FROM card WHERE id=1").fetchone()[0]
    answering.answer(book, question, person_id, 1, "老设备接数据")
    calling.record(book, 1, "reminder", "coming", lane="phone")
    with book.change(msg("Withdrew {name}", name="周敏")):
        column = "withdrawn=1" if create.SCHEMA_VERSION < 5 else "state='withdrawn'"
        book.con.execute(f"UPDATE card SET {column} WHERE id=1")
    guests.mark_attended(book, 2, True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder) / "opslog.db")
