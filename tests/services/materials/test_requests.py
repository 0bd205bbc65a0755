"""Requests of materials: who asks, who is refused, what is to be sent and what was."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.materials import requests as rules
from opslog.domain.people.card import MAIL
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.book.contributions import Scope
from opslog.services.cards import cards
from opslog.services.files import coming_in
from opslog.services.files import export as files
from opslog.services.materials import export, requests
from opslog.services.people import card as person_card
from opslog.services.people import erasing
from opslog.services.rosters.withdrawing import withdraw
from opslog.services.screening import rounds
from opslog.services.today import agenda
from opslog.services.twins import twins
from tests.services.lists import make_list, make_person
from tests.services.materials import release


def states(book: Book, event_id: int) -> list[str]:
    return [one.state for one in requests.of_event(book, event_id)]


def waiting(book: Book) -> list[str]:
    return [str(one.item.label) for one in agenda.today(book) if one.item.kind == "material"]


def test_allowed_sent_refused_and_taken_back(book: Book) -> None:
    made = release(book)
    wang, li, zhang = made.cards
    assert waiting(book) == ["decide 3 requests"]
    requests.allow(book, [wang, li])
    assert states(book, made.event_id) == ["to_send", "to_send", "to_decide"]
    assert waiting(book) == ["send it to 2 people, decide 1 request"]
    change = requests.send(book, [wang], "SF 1234")
    assert str(change.label) == "Sent to 王志刚: 供应链白皮书"
    requests.refuse(book, [zhang], "竞对")
    assert states(book, made.event_id) == ["sent", "to_send", "refused"]
    told = [str(moment.text) for moment in cards.timeline(book, made.people[0])]
    assert "materials sent, SF 1234" in told
    found = rules.counts(requests.of_event(book, made.event_id))
    assert (found.asked, found.allowed, found.sent, found.refused) == (3, 2, 1, 1)
    for _times in range(3):
        history.undo(book)
    assert states(book, made.event_id) == ["to_decide"] * 3


def test_a_competitor_is_refused_not_sent(book: Book) -> None:
    made = release(book)
    _wang, li, zhang = made.cards
    requests.note(book, zhang, {"who": "competitor", "watermark": "对家"})
    assert requests.get(book, zhang).state == "refused"
    with pytest.raises(Refused, match="张伟: was refused; allow it first"):
        requests.send(book, [zhang])
    with pytest.raises(Refused, match="a competitor is refused"):
        requests.allow(book, [zhang])
    done = requests.send(book, [li, zhang])
    assert states(book, made.event_id) == ["to_decide", "sent", "refused"]
    assert [str(why) for why in done.left] == ["张伟: was refused; allow it first"]


def test_a_competitor_known_from_another_list_is_not_sent_unawares(book: Book) -> None:
    made = release(book)
    other = make_list(book, [()], people=[made.people[2]])
    tidy = rounds.open_round(book, other.roster_id).made
    rounds.decide(book, tidy, other.cards[0], "drop", "competitor")
    one = requests.get(book, made.cards[2])
    assert (one.known, one.state) == ("competitor", "to_decide")
    with pytest.raises(Refused, match="is a competitor: refuse it, or allow it first"):
        requests.send(book, [made.cards[2]])
    requests.allow(book, [made.cards[2]])  # the operator knows better
    requests.send(book, [made.cards[2]])
    assert requests.get(book, made.cards[2]).state == "sent"


def test_somebody_who_asks_by_hand_is_one_change(book: Book) -> None:
    made = release(book, ())
    said = {
        "who": "target",
        "shown": "business_card",
        "medium": "paper",
        "address": "深圳 南山 1 号",
    }
    change = requests.add(book, made.event_id, {"name": "赵敏", "company": "金地集团"}, said)
    assert str(change.label) == "赵敏 asks for 供应链白皮书"
    (one,) = requests.of_event(book, made.event_id)
    assert (one.person, one.who, one.shown, one.address) == (
        *("赵敏", "target", "business_card"),
        "深圳 南山 1 号",
    )
    history.undo(book)
    assert requests.of_event(book, made.event_id) == []
    with pytest.raises(Refused, match="“friend” is no answer here; there are: target"):
        requests.add(book, made.event_id, {"name": "钱伟"}, {"who": "friend"})
    assert requests.of_event(book, made.event_id) == []
    salon = make_list(book, ())
    with pytest.raises(Refused, match="上海沙龙 is no release of materials"):
        requests.add(book, salon.event_id, {"name": "钱伟"}, {})


def test_of_two_who_are_one_nothing_is_lost(book: Book) -> None:
    made = release(book)
    wang, li, _zhang = made.cards
    requests.note(book, wang, {"address": "深圳"})
    requests.note(book, li, {"watermark": "万科"})
    requests.send(book, [li])
    twins.merge(book, made.people[0], made.people[1])
    (one, _zhang2) = requests.of_event(book, made.event_id)
    assert (one.address, one.watermark, one.state) == ("深圳", "万科", "sent")
    twins_gone = requests.of_person(book, made.people[0], made.event_id)
    assert twins_gone.card_id == wang


def test_of_whoever_was_erased_no_address_stays(book: Book) -> None:
    made = release(book)
    requests.note(
        book, made.cards[0], {"address": "深圳福田 8 号", "watermark": "王志刚", "use": "内部"}
    )
    requests.send(book, [made.cards[0]], "给王志刚的快递")
    erasing.erase(book, made.people[0], "王志刚")
    row = book.con.execute("SELECT * FROM material_request").fetchone()
    assert [row[name] for name in ("address", "watermark", "use", "sent_by")] == [""] * 4
    assert row["sent_at"] is not None
    assert len(requests.of_event(book, made.event_id)) == 2
    with pytest.raises(Refused, match="no request of materials"):
        requests.send(book, [made.cards[0]])


def test_nothing_is_sent_tomorrow(book: Book) -> None:
    made = release(book)
    with pytest.raises(Refused, match="not sent yet"):
        requests.send(book, made.cards, at=book.now() + timedelta(days=1))
    with pytest.raises(Refused, match="Nobody with the number"):
        requests.of_person(book, make_person(book, "路人"), made.event_id)


SIGNED_UP = (
    "姓名,公司,手机,资料形式,收件地址,水印,用途\n"
    "周敏,澄海数据,13900139001,纸质版,深圳市南山区 8 号,,选型\n"
    "林涛,江南电气,13900139002,电子版PDF,,江南电气,\n"
    "何静,北方重工,13900139003,都可以,,,\n"
)


def test_a_list_says_where_copies_go(book: Book, tmp_path: Path) -> None:
    made = release(book, ())
    path = tmp_path / "资料索取.csv"
    path.write_text(SIGNED_UP, encoding="utf-8")
    loaded = coming_in.load(book, path, made.event_id)
    assert loaded.taken["requests"] == 2
    zhou, lin, he = requests.of_event(book, made.event_id)
    assert (zhou.medium, zhou.address, zhou.use) == ("paper", "深圳市南山区 8 号", "选型")
    assert (lin.medium, lin.watermark, he.medium) == ("file", "江南电气", "")
    requests.note(book, lin.card_id, {"watermark": "江南"})
    path.write_text(SIGNED_UP.replace("江南电气,\n", "别的,\n"), encoding="utf-8")
    coming_in.load(book, path, made.event_id)
    assert requests.get(book, lin.card_id).watermark == "江南", "what was typed stays"
    for _time in range(3):
        history.undo(book)
    assert requests.of_event(book, made.event_id) == []
    assert book.con.execute("SELECT count(*) FROM material_request").fetchone()[0] == 0


def test_a_list_of_requests_taken_back_takes_what_it_said_of_them_along(
    book: Book, tmp_path: Path
) -> None:
    made = release(book, ())
    path = tmp_path / "资料索取.csv"
    path.write_text("姓名,公司,手机\n林涛,江南电气,13900139002\n", encoding="utf-8")
    coming_in.load(book, path, made.event_id)
    (lin,) = requests.of_event(book, made.event_id)
    requests.note(book, lin.card_id, {"use": "选型"})
    path.write_text(SIGNED_UP, encoding="utf-8")
    coming_in.load(book, path, made.event_id)
    zhou = requests.of_event(book, made.event_id)[1]
    requests.allow(book, [zhou.card_id])
    (newest,) = book.con.execute("SELECT max(id) FROM roster_file").fetchone()
    withdraw(book, newest)
    left = requests.of_event(book, made.event_id)
    assert [(one.person, one.watermark, one.use, one.address) for one in left] == [
        ("林涛", "", "选型", ""),
        ("周敏", "", "选型", "深圳市南山区 8 号"),
    ], "who was allowed it since stays with all that is known"
    while history.undo(book).id > 1:
        pass
    assert requests.of_event(book, made.event_id) == []


def test_a_plain_address_says_where_copies_go_of_materials_alone(
    book: Book, tmp_path: Path
) -> None:
    path = tmp_path / "资料索取.csv"
    path.write_text(
        "姓名,手机,地址,收件地址\n周敏,13900139001,深圳 1 号,深圳 8 号\n", encoding="utf-8"
    )
    made = release(book, ())
    loaded = coming_in.load(book, path, made.event_id)
    assert requests.of_event(book, made.event_id)[0].address == "深圳 8 号", (
        "of two the one that says it"
    )
    assert "收件地址" not in loaded.unknown
    salon = make_list(book, ())
    loaded = coming_in.load(book, path, salon.event_id)
    assert {"地址", "收件地址"} <= {*loaded.unknown}, "nothing is dropped without a word"
    path.write_text("姓名,手机,地址\n林涛,13900139002,苏州 2 号\n", encoding="utf-8")
    coming_in.load(book, path, made.event_id)
    assert {one.address for one in requests.of_event(book, made.event_id)} == {
        "深圳 8 号",
        "苏州 2 号",
    }


def test_a_salon_takes_no_requests_from_its_list(book: Book, tmp_path: Path) -> None:
    made = make_list(book, ())
    path = tmp_path / "沙龙.csv"
    path.write_text(SIGNED_UP, encoding="utf-8")
    assert "requests" not in coming_in.load(book, path, made.event_id).taken
    assert book.con.execute("SELECT count(*) FROM material_request").fetchone()[0] == 0


def test_tables_of_requests_and_of_what_goes_by_post(book: Book, tmp_path: Path) -> None:
    made = release(book)
    wang, li, zhang = made.cards
    for card, address in ((wang, "深圳 1 号"), (li, "杭州 2 号")):
        requests.note(book, card, {"medium": "paper", "address": address})
    requests.allow(book, [wang, li])
    requests.refuse(book, [zhang])
    person_card.set_barred(book, made.people[1], True, (MAIL,))
    (row,) = export.mailing_list(book, Scope(made.event_id)).rows
    assert [*row][-2:] == ["深圳 1 号", "供应链白皮书"]
    left_out = export.EXPORTS["post"].left_out
    assert left_out is not None
    assert [str(one) for one in left_out(book, Scope(made.event_id))] == [
        "1 person asked for no mail"
    ]
    for ending in ("csv", "xlsx"):
        path = tmp_path / f"索取.{ending}"
        files.export(book, "requests", path, Scope(made.event_id))
        assert path.stat().st_size > 100
    requests.send(book, [wang])
    assert list(export.mailing_list(book, Scope(made.event_id)).rows) == []


def test_of_a_release_all_of_whom_are_refused_nothing_waits(book: Book) -> None:
    made = release(book)
    requests.refuse(book, made.cards, "竞对")
    assert waiting(book) == []


def test_what_went_out_is_not_sent_again_and_a_missing_address_is_said(book: Book) -> None:
    made = release(book)
    one = made.cards[0]
    requests.note(book, one, {"medium": "paper"})
    assert [str(said) for said in requests.send(book, [one]).left] == [
        "王志刚: on paper, and no address is written down"
    ]
    done = history.count(book)
    with pytest.raises(Refused, match="王志刚: was sent it already, Mon 11-23"):
        requests.send(book, [one])
    assert history.count(book) == done
    requests.note(book, one, {"address": "深圳福田 8 号"})
    assert requests.send(book, [one], "SF 1234").left == []  # by what it went is known now
