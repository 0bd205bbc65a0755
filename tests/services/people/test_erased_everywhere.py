"""Erasing, wherever a person may stand: each case ends in a search of all bytes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.events.events import EventDraft
from opslog.domain.rosters.rosters import ImportOptions
from opslog.locale import msg
from opslog.services.book import check, drafts, history
from opslog.services.book.book import Book
from opslog.services.calls import calling
from opslog.services.daybook import lines as log_lines
from opslog.services.events import events
from opslog.services.imports import imports
from opslog.services.people import card as person_card
from opslog.services.people import erasing
from opslog.services.people.erasing import Erased
from opslog.services.reviews import costs, figures
from opslog.services.reviews.figures import Typed
from opslog.services.rosters import problems, rosters, withdrawing
from opslog.services.screening import rounds
from opslog.services.twins import twins
from opslog.store.db import person_index, search
from tests.services.lists import make_person

NAME, PHONE, EMAIL = "欧阳志刚", "13800138000", "ouyang.zg@deepblue.example"
OTHER = ("李娜", "13900139001", "li@yunfan.example")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
# Written here anew, so that what erasing looks for is not what it is held to.
_APART = r"[\s().,/_－–—-]{0,3}"
HELD = re.compile(
    "|".join(
        [
            r"\s?".join(NAME),
            "欧阳志…",
            r"ou\s?yang",
            _APART.join(PHONE),
            PHONE.translate(WIDE),
            "1380013…",
        ]
    ),
    re.IGNORECASE,
)


def everything_beside(book: Book) -> str:
    """Every file of the database's folder but the copies, as text."""
    files = [file for file in book.home.rglob("*") if file.is_file()]
    raw = [file.read_bytes() for file in files if "backups" not in file.parts]
    return "\0".join(one.decode(errors="replace") for one in raw)


def held(book: Book) -> set[str]:
    return set(HELD.findall(everything_beside(book)))


def event(book: Book, name: str = "上海沙龙") -> int:
    starts = book.clock.local() - timedelta(days=3)
    draft = EventDraft(name, "salon", starts)
    return events.create(book, draft).made


def take_in(book: Book, tmp_path: Path, rows: list[tuple[str, str, str]], event_id: int) -> int:
    """A list as it comes: name, phone, e-mail; the number of its file."""
    path = tmp_path / "名单.csv"
    lines = ["姓名,手机,邮箱", *(",".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    loaded = imports.load(book, path, event_id)
    return rosters.files(book, loaded.roster)[-1].id


def number_of(book: Book, name: str) -> int:
    (found,) = [one for one in person_card.find(book, name) if one.name == name]
    return found.id


Case = Callable[[Book, Path], int | str]


def on_two_lists(book: Book, tmp_path: Path) -> str:
    take_in(book, tmp_path, [(NAME, PHONE, EMAIL), OTHER], event(book))
    take_in(book, tmp_path, [(NAME, f"+86 {PHONE}", ""), OTHER], event(book, "北京沙龙"))
    return NAME


def of_an_import_undone(book: Book, tmp_path: Path) -> str:
    take_in(book, tmp_path, [(NAME, PHONE, EMAIL), OTHER], event(book))
    history.undo(book)
    return PHONE


def of_an_import_withdrawn(book: Book, tmp_path: Path) -> str:
    file = take_in(book, tmp_path, [(NAME, PHONE, EMAIL), OTHER], event(book))
    withdrawing.withdraw(book, file)
    return EMAIL


def of_an_import_withdrawn_and_brought_back(book: Book, tmp_path: Path) -> str:
    file = take_in(book, tmp_path, [(NAME, PHONE, EMAIL), OTHER], event(book))
    withdrawing.withdraw(book, file)
    history.undo(book)
    return NAME


def merged(book: Book, tmp_path: Path) -> str:
    take_in(book, tmp_path, [(NAME, PHONE, EMAIL), ("欧阳 志刚", "13800138001", "")], event(book))
    one, other = sorted(person_card.find(book, "欧阳志刚"), key=lambda person: person.id)
    twins.merge(book, one.id, other.id)
    return "138 0013 8001"


def in_notes_and_lines(book: Book, tmp_path: Path) -> str:
    take_in(book, tmp_path, [(NAME, PHONE, EMAIL), OTHER], event(book))
    person, other = number_of(book, NAME), number_of(book, "李娜")
    person_card.edit(book, other, note=f"与{NAME}同来，电话 {PHONE}")
    person_card.edit(book, other, note="")
    log_lines.add(book, f"{NAME} 138-0013-8000 来电，回 {EMAIL} +{NAME} >+3d")
    log_lines.delete(book, log_lines.add(book, f"删掉的 {NAME}").made)
    person_card.set_tags(book, [other], [f"{NAME}的同事"])
    card = book.con.execute("SELECT id FROM card WHERE person_id=?", (other,)).fetchone()[0]
    roster = book.con.execute("SELECT id FROM roster").fetchone()[0]
    made = rounds.open_round(book, roster).made
    rounds.decide(book, made, card, "drop", "competitor")
    calling.record(book, card, "callback-1", "answered", lane="phone", note=f"{NAME}介绍")
    return str(person)


def in_labels_that_were_cut(book: Book, tmp_path: Path) -> str:
    take_in(book, tmp_path, [(NAME, PHONE, EMAIL), OTHER], event(book))
    for text in ("名单已发", "场地已定，等" + "一" * 29, "场地已定，等" + "一" * 30):
        line = log_lines.add(book, f"{text}{NAME}{PHONE} >+3d").made
        for shift in range(6):
            made = log_lines.add(book, f"{'二' * (28 + shift)}{PHONE}的人 >+3d").made
            log_lines.delete(book, made)
        log_lines.delete(book, line)
    assert "欧阳志…" in everything_beside(book)
    return NAME


def in_full_width(book: Book, tmp_path: Path) -> str:
    wide = PHONE.translate(WIDE)
    take_in(book, tmp_path, [(NAME, wide, EMAIL), OTHER], event(book))
    log_lines.add(book, f"回电 {wide}，或 １３８－００１３－８０００")
    log_lines.add(book, "mailto:" + EMAIL.replace("@", "＠"))
    return wide


def with_country_code(book: Book, tmp_path: Path) -> str:
    take_in(book, tmp_path, [(NAME, f"0086-{PHONE}", EMAIL), OTHER], event(book))
    log_lines.add(book, "回电 0086 138 0013 8000，或 (+86)138/0013/8000")
    return f"+86 {PHONE}"


def in_a_half_typed_line_beside(book: Book, tmp_path: Path) -> str:
    take_in(book, tmp_path, [(NAME, PHONE, EMAIL), OTHER], event(book))
    book.held = msg("an import is under way")
    assert drafts.keep(book, drafts.CAPTURE, msg(""), {"": f"回电 {NAME} {PHONE}"}, None)
    book.release()
    assert NAME in drafts.side_file(book.path).read_text(encoding="utf-8")
    return NAME


def changed_since(book: Book, tmp_path: Path) -> int:
    take_in(book, tmp_path, [(NAME, PHONE, EMAIL), OTHER], event(book))
    person = number_of(book, NAME)
    person_card.edit(book, person, name="歐陽先生", phone="13700137000", email="")
    return person


CASES: list[Case] = [
    *(on_two_lists, of_an_import_undone, of_an_import_withdrawn),
    *(of_an_import_withdrawn_and_brought_back, merged, in_notes_and_lines),
    *(in_labels_that_were_cut, in_full_width, with_country_code, changed_since),
    in_a_half_typed_line_beside,
]


def erase(book: Book, who: int | str) -> Erased:
    person = erasing.one(book, str(who))
    return erasing.erase(book, person.id, erasing.word_for(person))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_nothing_is_left_in_the_bytes(case: Case, book: Book, tmp_path: Path) -> None:
    who = case(book, tmp_path)
    assert held(book)
    erased = erase(book, who)
    assert (held(book), EMAIL in everything_beside(book)) == (set(), False)
    assert [one for one in erased.left if one.why == "leak"] == []
    assert [str(one) for one in erased.proof()][:1] == [
        "Searched every byte of the file: nothing of the person is left"
    ]
    for step in (history.undo, history.redo):  # nor does anything bring them back
        while True:
            try:
                step(book)
            except Refused:
                break
        assert held(book) == set()
    assert (search.check(book.con), person_index.flaws(book.con)) == ([], [])
    assert [one.code for one in check.check(book) if one.flaws and one.grave] == []


def test_others_keep_their_switchboard(book: Book) -> None:
    numbers = [make_person(book, name, "深蓝", "", "+862162751234") for name in (NAME, "李娜")]
    log_lines.add(book, "总机 021-62751234 打不通")
    erased = erase(book, numbers[0])
    assert person_card.get(book, numbers[1]).phone == "+862162751234"
    assert "总机 021-62751234 打不通" in [line.text for line in log_lines.lines(book)]
    assert {(one.text, one.why) for one in erased.left} == {("+862162751234", "shared")}
    assert "somebody else's too: +862162751234" in str(erased.proof()[1])


def test_a_name_that_is_a_word_stays_in_what_is_called_so(book: Book) -> None:
    made = event(book, "高峰论坛")
    erased = erase(book, make_person(book, "高峰", phone="+8613800138000"))
    assert events.get(book, made).name == "高峰论坛"
    assert {(one.text, one.why) for one in erased.left} == {("高峰", "word")}


def test_a_list_that_brings_them_back_is_held(book: Book, tmp_path: Path) -> None:
    take_in(book, tmp_path, [(NAME, PHONE, EMAIL), OTHER], event(book))
    person_card.set_barred(book, number_of(book, NAME), True)
    erase(book, NAME)
    second = event(book, "北京沙龙")
    rows = [("欧阳志钢", f"0086{PHONE}", ""), ("新来的", "13600136000", "")]
    take_in(book, tmp_path, rows, second)

    assert "欧阳" not in everything_beside(book)
    assert held(book) == set()
    assert person_card.find(book, PHONE) == []
    (row,) = problems.rows(book, problems.waiting(book).ids(0, 9))
    assert (row.line, row.problems, row.cells[0][:4]) == (2, ("erased",), "*** ")
    loaded = imports.load(book, tmp_path / "名单.csv", second)  # and once more
    assert (loaded.unchanged, loaded.marks["erased"], loaded.change_id) == (2, 1, 0)
    assert "--erased-too" in " ".join(map(str, loaded.marks_said()))

    problems.mend(book, row.id, {"phone": PHONE})  # they asked to be in again
    (back,) = person_card.find(book, PHONE)
    assert (back.name, back.do_not_call) == ("", True)
    take_in(book, tmp_path, [(NAME, PHONE, EMAIL)], second)
    back = person_card.get(book, back.id)
    assert (back.name, back.email) == (NAME, EMAIL)


def test_they_are_let_in_with_the_list(book: Book, tmp_path: Path) -> None:
    made = event(book)
    take_in(book, tmp_path, [(NAME, PHONE, EMAIL), OTHER], made)
    person_card.set_barred(book, number_of(book, NAME), True)
    erase(book, NAME)
    imports.load(book, tmp_path / "名单.csv", made, ImportOptions(erased_too=True))
    (back,) = person_card.find(book, PHONE)
    assert (back.name, back.do_not_call) == (NAME, True)


def test_colleagues_by_the_same_switchboard_are_not_held(book: Book, tmp_path: Path) -> None:
    made = event(book)
    take_in(book, tmp_path, [(NAME, "021-62751234", "info@deepblue.example")], made)
    erase(book, NAME)
    both = [(name, "021-62751234", "info@deepblue.example") for name in (NAME, "李娜")]
    take_in(book, tmp_path, both, event(book, "北京沙龙"))
    assert [one.name for one in person_card.find(book, "62751234")] == ["李娜"]
    assert held(book) == set()


def test_somebody_with_a_short_latin_name_is_no_part_of_a_longer_one(book: Book) -> None:
    person, other = make_person(book, "Ann"), make_person(book, "Joanna")
    person_card.edit(book, other, note="Ann's colleague; Annual review")
    erased = erase(book, person)
    assert person_card.get(book, other).note == "***'s colleague; Annual review"
    assert erased.left == ()


def test_what_two_erased_people_cost_and_brought_stays_two_sums(book: Book) -> None:
    own = event(book)
    for name, cents, fans in (("欧阳志刚", 500_000, 40), ("司马相如", 300_000, 30)):
        make_person(book, name)
        costs.put(book, own, f"讲师费 {name}", {"spent": cents})
        figures.put(book, own, Typed(f"{name}的粉丝", fans))
        figures.put(book, own, Typed("visitors", against=f"{name}那场", change=fans))
    for name in ("欧阳志刚", "司马相如"):
        erase(book, number_of(book, name))
    assert [one.spent for one in costs.of(book, own)] == [500_000, 300_000]
    found = figures.of(book, own)
    assert [one.value for one in found] == [40, None, 30]
    assert [held.change for held in found[1].compared] == [40, 30]
    assert len({one.item for one in costs.of(book, own)}) == 2
    assert "司马" not in everything_beside(book)
