"""Who asked not to be called is not queued, whatever happens to lists, people and history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opslog.domain.base.refusal import Refused
from opslog.services.book import history
from opslog.services.book.book import Book, open_book
from opslog.services.calls.queue import queue as call_queue
from opslog.services.imports import imports
from opslog.services.people import card as person_card
from opslog.services.rosters import withdrawing
from opslog.services.twins import twins
from tests.conftest import StandingClock
from tests.services.rosters.test_rosters import make_event

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
MOBILE, LANDLINE, OTHER = "+8613800138061", "+861082345678", "+8613800138062"
SPELLINGS = {
    MOBILE: (
        "13800138061",
        "１３８００１３８０６１",
        "138 0013 8061",
        "+86 138-0013-8061",
        "008613800138061",
        "１３８－００１３－８０６１",
        "138　0013　8061",
    ),
    LANDLINE: ("010-82345678", "（010）8234 5678", "+86 10 8234 5678", "０１０－８２３４５６７８"),
    OTHER: ("13800138062", "+86 138 0013 8062"),
}
NAMES = ("林晓", "林曉", "Lin Xiao", "小林", "")
# Heading and cell of the last column; whether the row asks not to be called.
MARKS = (
    ("备注", "", False),
    ("备注", "请勿电话联系", True),
    ("备注", "拒绝来电", True),
    ("是否免打扰", "是", True),
    ("Do Not Call", "TRUE", True),
    ("是否接受来电", "否", True),
    ("Do Not Call", "no", False),
)
STEP = st.tuples(
    st.sampled_from(
        ["import", "import", "merge", "edit", "undo", "undo", "undo one", "redo", "withdraw"]
    ),
    st.sampled_from(list(SPELLINGS)),
    st.integers(0, 20),
    st.sampled_from(NAMES),
    st.sampled_from(MARKS),
)


@settings(max_examples=15, deadline=None)
@given(steps=st.lists(STEP, min_size=2, max_size=9))
def test_a_number_that_a_standing_list_asks_not_to_be_called_is_never_queued(
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[str, str, int, str, tuple[str, str, bool]]],
) -> None:
    folder = tmp_path_factory.mktemp("never")
    book = open_book(folder / "opslog.db", clock=StandingClock(NOW))
    asked: dict[int, tuple[int, str]] = {}  # change -> its file, and the number it asks for
    for at, (step, number, place, name, mark) in enumerate(steps):
        if step == "import":
            change, file_id = _import(book, folder / f"{at}.csv", number, place, name, mark)
            if mark[2]:
                asked[change] = file_id, number
        else:
            try:
                _DO[step](book, place, SPELLINGS[number][place % len(SPELLINGS[number])])
            except Refused:
                continue
        done = {one.id for one in history.changes(book) if one.state == "done"}
        gone = {row[0] for row in book.con.execute("SELECT id FROM roster_file WHERE withdrawn_at")}
        barred = {
            who for change, (file, who) in asked.items() if change in done and file not in gone
        }
        queued = {part.phone for line in call_queue.queue(book, later=True) for part in line.parts}
        assert not barred & queued
    book.close()


def test_of_two_lists_that_ask_the_first_is_not_undone_alone(book: Book, tmp_path: Path) -> None:
    changes = []
    for name in ("林晓", "王强"):  # two people, who share a number
        path = tmp_path / f"{name}.csv"
        path.write_text(f"姓名,手机号,是否免打扰\n{name},{SPELLINGS[MOBILE][0]},是\n", "utf-8")
        changes.append(imports.load(book, path, make_event(book, name)).change_id)
    with pytest.raises(Refused, match="王强"):
        history.undo(book, changes[0])
    history.undo(book, changes[1])
    history.undo(book, changes[0])
    assert book.con.execute("SELECT count(*) FROM suppressed").fetchone()[0] == 0


def _import(
    book: Book, path: Path, number: str, place: int, name: str, mark: tuple[str, str, bool]
) -> tuple[int, int]:
    spelled = SPELLINGS[number][place % len(SPELLINGS[number])]
    rows = [("姓名", "手机号", "公司", mark[0]), (name, spelled, "示例公司", mark[1])]
    rows.append(("何平", SPELLINGS[OTHER][0], "另一家", ""))
    path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    imports.load(book, path, make_event(book, f"第{path.stem}场"))
    newest = book.con.execute("SELECT max(id) FROM roster_file").fetchone()[0]
    return history.newest(book), newest


def _people(book: Book) -> list[int]:
    return [row[0] for row in book.con.execute("SELECT id FROM person_shown ORDER BY id")]


def _merge(book: Book, place: int, _spelled: str) -> None:
    people = _people(book)
    if len(people) > 1:
        twins.merge(book, people[place % len(people)], people[(place + 1) % len(people)])


def _edit(book: Book, place: int, spelled: str) -> None:
    if people := _people(book):
        person_card.edit(book, people[place % len(people)], phone=spelled)


def _withdraw(book: Book, place: int, _spelled: str) -> None:
    files = [row[0] for row in book.con.execute("SELECT id FROM roster_file ORDER BY id")]
    if files:
        withdrawing.withdraw(book, files[place % len(files)])


def _undo_one(book: Book, place: int, _spelled: str) -> None:
    """Any change, not only the newest."""
    if done := [one.id for one in history.changes(book) if one.state == "done"]:
        history.undo(book, done[place % len(done)])


_DO: dict[str, Callable[[Book, int, str], object]] = {
    "merge": _merge,
    "edit": _edit,
    "undo": lambda book, _place, _spelled: history.undo(book),
    "undo one": _undo_one,
    "redo": lambda book, _place, _spelled: history.redo(book),
    "withdraw": _withdraw,
}
