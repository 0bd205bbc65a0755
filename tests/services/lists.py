"""Lists for tests, written as an import leaves them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from opslog.domain.base.clock import instant_text
from opslog.domain.people.naming.names import company_key
from opslog.services.book.book import Book
from opslog.store.events import plans
from opslog.store.people.card import search_text

HEADINGS = ("姓名", "公司", "职位", "手机", "邮箱")


@dataclass
class Sheet:
    """What was made: ids by the order of the rows."""

    event_id: int
    roster_id: int
    file_id: int
    people: list[int] = field(default_factory=list)
    cards: list[int] = field(default_factory=list)


def make_list(
    book: Book,
    rows: Sequence[Sequence[str]],
    *,
    event: str = "上海沙龙",
    ends_ago: timedelta = timedelta(days=1),
    people: Sequence[int | None] = (),
) -> Sheet:
    """A salon that ended ``ends_ago`` with a list of (name, company, title, phone, email) rows.

    ``people`` names who a row is, where the person is known already. Not a journalled change:
    it stands for what was there before the test began.
    """
    con, now = book.con, book.now()
    if not con.in_transaction:
        con.execute("BEGIN")  # each row alone would be written through to the disk
    ends = now - ends_ago
    event_id = _put(
        book,
        "event",
        name=event,
        kind="salon",
        host="own",
        list="form",
        starts_at=instant_text(ends - timedelta(hours=2)),
        ends_at=instant_text(ends),
        audience="all",
        segment="",
        theme="",
        place="",
        tag="",
        note="",
        search=event,
        created_at=instant_text(now),
    )
    roster_id = _put(book, "roster", event_id=event_id, name=event, created_at=_text(now))
    file_id = _put(
        book,
        "roster_file",
        roster_id=roster_id,
        file="名单.csv",
        sheet="",
        encoding="utf-8",
        header_row=1,
        columns=json.dumps(HEADINGS, ensure_ascii=False),
        mapping="{}",
        read=len(rows),
        new=len(rows),
        updated=0,
        unchanged=0,
        duplicate=0,
        problem=0,
        imported_at=_text(now),
    )
    made = Sheet(event_id, roster_id, file_id)
    for place, cells in enumerate(rows):
        known = people[place] if place < len(people) else None
        person_id = known or make_person(book, *cells)
        card_id = _put(book, "card", roster_id=roster_id, person_id=person_id)
        _put(
            book,
            "roster_row",
            roster_id=roster_id,
            file_id=file_id,
            card_id=card_id,
            line=place + 2,
            cells=json.dumps(list(cells), ensure_ascii=False),
            result="new",
            problems="",
        )
        made.people.append(person_id)
        made.cards.append(card_id)
    con.commit()
    return made


def make_steps(book: Book, event_id: int, *evidence: str) -> dict[str, int]:
    """Steps of an event's plan that these prove, by the name of the evidence; not a change."""
    made = {}
    for name in evidence:
        phase = "before" if name == "reminders-day-before" else "day"
        made[name] = _put(
            book,
            "step",
            plan_id=plans.of_event(book.con, event_id),
            key=name,
            title=name,
            title_en=name,
            offset=0,
            clock="10:00",
            phase="after" if name[-1].isdigit() or name == "list" else phase,
            due_at=instant_text(book.now()),
            evidence=name,
        )
    return made


def make_person(
    book: Book, name: str, company: str = "", title: str = "", phone: str = "", email: str = ""
) -> int:
    fields: dict[str, object] = {
        "name": name,
        "company": company,
        "title": title,
        "phone": phone,
        "email": email,
        "city": "",
        "industry": "",
        "note": "",
    }
    return _put(
        book,
        "person",
        **fields,
        company_key=company_key(company),
        search=search_text(fields),
        created_at=_text(book.now()),
    )


def _put(book: Book, table: str, **values: object) -> int:
    holes = ",".join("?" * len(values))
    cursor = book.con.execute(
        f"INSERT INTO {table}({', '.join(values)}) VALUES ({holes})", tuple(values.values())
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _text(instant: datetime) -> str:
    return instant_text(instant)
