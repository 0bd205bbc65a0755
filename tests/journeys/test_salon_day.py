"""The day of a salon by keys: a messy list of 65, calls, a substitute, walk-ins, marks at the door,
screening, call-backs, two hand-overs; at the end the plan shows every step by its evidence.

Keys do what is told apart; where the same key would be pressed for dozens of rows the verb behind
it is called for the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from opslog.domain.calls.queue import QueueLine
from opslog.domain.events.events import DONE
from opslog.domain.screening.rounds import DROP, KEEP
from opslog.services.book.book import Book
from opslog.services.calls import calling
from opslog.services.calls.attendance import guests
from opslog.services.calls.queue import queue as call_queue
from opslog.services.events import events
from opslog.services.leads import leads
from opslog.services.people import card as person_card
from opslog.services.screening import rounds
from opslog.services.today import agenda
from opslog.tui.screening.screening import ScreeningScreen
from tests.conftest import StandingClock
from tests.journeys.test_whole_event import at, opened
from tests.tui.looking import press, text, until

GOOD, COLLEAGUES, JUNK = 54, 4, 3
_FAMILY, _GIVEN = "陈林黄周吴徐孙胡朱高何郭马罗梁宋郑谢", ("志远", "静怡", "晓峰")
_FIRMS = ("深蓝软件", "星河机械", "云帆科技", "远山食品", "北辰物流", "海棠医药")
RULES = '[[rule]]\nname = "colleagues"\nreason = "colleague"\ncompany = ["鲸云"]\n'


def sign_ups() -> Iterator[tuple[str, str, str]]:
    """Name, phone and company of 65 rows: numbers written in four ways, three rows twice."""
    ways: tuple[Callable[[str], str], ...] = (
        str,
        lambda n: f"{n[:3]} {n[3:7]} {n[7:]}",
        lambda n: f"+86 {n[:3]}-{n[3:7]}-{n[7:]}",
        lambda n: n.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    )
    rows = [
        (
            f"{_FAMILY[n % len(_FAMILY)]}{_GIVEN[n // len(_FAMILY)]}",
            ways[n % 4](f"1350000{n:04}"),
            f"{_FIRMS[n % len(_FIRMS)]}有限公司",
        )
        for n in range(GOOD)
    ]
    yield from rows
    for place, name in enumerate(("韩雪", "邓超然", "曹颖", "彭宇")):
        yield name, f"1360000000{place}", "鲸云科技"
    yield from (("测试", "13700000001", "云帆科技"), ("asdf", "13700000002", "asdf"))
    yield "123", "13700000003", "星河机械"
    for name, phone, firm in rows[:4]:
        yield name, phone.replace(" ", "-"), firm


def ready(book: Book) -> list[QueueLine]:
    return [line for line in call_queue.queue(book, later=False) if line.ready]


def proven(book: Book, event_id: int) -> dict[str, bool]:
    return {one.evidence: one.proven for one in events.plan(book, event_id) if one.evidence}


async def call_the_rest(pilot: Pilot[Any], book: Book, outcome: str) -> None:
    """The same outcome for everybody who is still to be called now."""
    while found := ready(book):
        for line in found:
            for part in line.parts:
                if call_queue.line(book, line.person_id, part.purpose):
                    code = "replied" if (outcome, part.lane) == ("answered", "wecom") else outcome
                    calling.record(book, part.card_id, part.purpose, code, lane=part.lane)
    pilot.app.broadcast({})  # type: ignore[attr-defined]  # of OpslogApp
    await pilot.pause()


async def screen_round(pilot: Pilot[Any], book: Book, drop: dict[int, str], *keys: str) -> None:
    """The next round: some rows by keys, the rest kept but those to drop; then it is closed."""
    await press(pilot, "f5", "enter")
    if not isinstance(pilot.app.screen, ScreeningScreen):
        await press(pilot, "enter")
    screen = pilot.app.screen
    assert isinstance(screen, ScreeningScreen)
    await press(pilot, *keys)
    for card_id in rounds.deck(book, screen.round_id).waiting()[1:]:
        reason = drop.get(card_id, "")
        verdict = DROP if reason else KEEP
        rounds.decide(book, screen.round_id, card_id, verdict, reason=reason)
    pilot.app.broadcast({})  # type: ignore[attr-defined]  # of OpslogApp
    await press(pilot, "enter")
    await until(pilot, "all rows are decided")
    await press(pilot, "d", "escape")


def _person(book: Book, card_id: int) -> int:
    row = book.con.execute("SELECT person_id FROM card WHERE id=?", (card_id,)).fetchone()
    return int(row[0])


@pytest.fixture
def sheet(book: Book, tmp_path: Path) -> Path:
    (book.home / "rules.toml").write_text(RULES, encoding="utf-8")
    rows = list(sign_ups())
    assert len(rows) == 65
    path = tmp_path / "沙龙报名.csv"
    lines = ["上海沙龙报名表", "姓名,手机号,公司", *(",".join(row) for row in rows), "合计,65,"]
    path.write_bytes("\n".join(lines).encode("gb18030"))
    return path


async def test_a_salon_from_its_sign_ups_to_its_last_call_back(
    book: Book, clock: StandingClock, sheet: Path
) -> None:
    async with opened(book) as pilot:
        app = pilot.app
        await press(pilot, "f4", "n", "=上海沙龙", "down", "=2026-11-25 14:00")
        await press(pilot, "enter")  # its name says that it is a salon
        await until(pilot, "New event: 上海沙龙")
        (event_id,) = [row[0] for row in book.con.execute("SELECT id FROM event")]

        # the day before: the list comes in, and who is not called is said
        clock.move_to(at(book, "2026-11-24T09:30"))
        await press(pilot, "f5", "n", f"={sheet}", "enter")
        await until(pilot, "66 rows · 61 new")
        await press(pilot, "f10")
        await until(pilot, "is in; the rows below")
        await press(pilot, "escape", "escape", "f6")
        people = {one[1]: one[0] for one in book.con.execute(
            "SELECT c.id, p.name FROM card c JOIN person p ON p.id=c.person_id")}  # fmt: skip
        assert len(ready(book)) == GOOD
        await press(pilot, "h")
        assert f"colleague  {COLLEAGUES}" in text(app)
        assert f"made up  {JUNK}" in text(app)
        await press(pilot, "escape")

        # an answer by a key, several outcomes, and a substitute
        await press(pilot, "e", "3", "escape")
        assert "How many of you will come? three or more" in text(app)
        said = book.con.execute("SELECT guests, guests_more FROM card WHERE guests").fetchall()
        assert [tuple(row) for row in said] == [(2, 1)], "at least two besides whoever was asked"
        await press(pilot, "1", "2", "1", "enter", "3", "4", "=15:00", "enter", "7")
        await press(pilot, "I", "=周琳 13700137001 深蓝软件", "enter")
        assert "周琳 comes instead of" in text(app)
        assert len(ready(book)) == GOOD - 5  # the one replaced is off, the substitute is asked
        await press(pilot, "P", "d", "=王经理", "enter")
        assert "Told 王经理 of" in text(app)
        assert guests.pass_on(book) == []
        await press(pilot, "escape")
        await call_the_rest(pilot, book, "coming")
        clock.move_to(at(book, "2026-11-24T17:00"))
        await call_the_rest(pilot, book, "coming")  # the one promised, and who did not answer
        assert proven(book, event_id)["reminders-day-before"]

        # the day: whoever was unsure is asked again; the door
        clock.move_to(at(book, "2026-11-25T10:00"))
        await call_the_rest(pilot, book, "coming")
        assert proven(book, event_id)["reminders-on-day"]
        clock.move_to(at(book, "2026-11-25T14:10"))
        await press(pilot, "f6", "v", "slash", "=0007", "enter", "=lzy", "enter", "escape")
        await press(pilot, "n", "=赵敏 13700137000 云帆科技", "enter")
        await press(pilot, "n", "=孙悦 13700137002 海棠医药 +1", "enter")
        await press(pilot, "home", "1", "1", "1", "1", "asterisk")
        shown = guests.show_up(book, event_id)
        assert (shown.walk_ins, shown.guests, shown.unmarked) == (2, 3, 0)
        assert shown.attended == 7
        await press(pilot, "escape")

        # the day after: the full list with one more name, tidy, call back
        clock.move_to(at(book, "2026-11-26T09:30"))
        sheet = sheet.rename(sheet.with_name("完整名单.csv"))
        sheet.write_bytes(sheet.read_bytes() + "\n董晓彤,13700000009,远山食品".encode("gb18030"))
        await press(pilot, "f5", "n", f"={sheet}", "enter")
        await until(pilot, "67 rows · ")
        await press(pilot, "f10")
        await until(pilot, "is in; the rows below")
        await press(pilot, "escape", "escape")
        assert not proven(book, event_id)["attendance"], "open again: one more name"
        await press(pilot, "f6", "v", "asterisk", "escape")
        colleagues = dict.fromkeys(
            (people[n] for n in ("韩雪", "邓超然", "曹颖", "彭宇")), "colleague"
        )
        junk = dict.fromkeys((people[n] for n in ("测试", "asdf", "123")), "made_up")
        await screen_round(pilot, book, colleagues | junk, "enter", "enter")
        for card_id in list(people.values())[2:6]:
            person_card.set_wecom(book, _person(book, card_id), True)
        await press(pilot, "f6")
        await press(
            pilot, "8", "=30万", "tab", "1", "tab", "1", "tab", "=Q1", "tab", "=Li", "enter"
        )
        await press(pilot, "2", "3")
        await press(pilot, "8", "tab", "=20 seats", "tab", "tab", "tab", "1", "enter")
        handed = [(one.to_whom, one.state) for one in leads.leads(book)]
        assert handed == [("Li", "handed_over")] * 2
        await call_the_rest(pilot, book, "answered")
        clock.move_to(at(book, "2026-11-27T10:30"))
        assert sum(one.item.kind == "lead" for one in agenda.today(book)) == 2
        await press(pilot, "X", "J", "=acc", "enter", "down", "J", "=ret", "enter", "=later", "tab")
        await press(pilot, "=+3d", "enter", "escape")
        assert {one.state for one in leads.leads(book)} == {"accepted", "returned"}
        assert not any(one.item.kind == "lead" for one in agenda.today(book))

        # the rest of who was not reached, two screenings, the second call-back, the figures
        await call_the_rest(pilot, book, "answered")
        await screen_round(pilot, book, {}, "enter", "5")
        await screen_round(pilot, book, {}, "enter")
        clock.move_to(at(book, "2026-12-02T10:00"))
        await press(pilot, "f6", "2")
        await call_the_rest(pilot, book, "answered")
        await press(pilot, "f4", "enter", "V", "=100", "tab", "=50", "tab", "=10", "enter")

        # every step that names its evidence is done by it, and none of it stands on Today
        assert all(proven(book, event_id).values())
        assert {one.state for one in events.plan(book, event_id) if one.proven} == {DONE}
        done = {one.label.english() for one in events.plan(book, event_id) if one.proven}
        assert "closed by hand" not in text(app)
        for place in agenda.today(book):
            assert place.item.kind in ("step", "lead", "follow_up", "message"), place.item
            assert place.item.title_en not in done
        assert [one.item.person for one in agenda.today(book) if one.item.kind == "lead"] != []
        logged = [row[0] for row in book.con.execute("SELECT text FROM log WHERE source='step'")]
        assert len([one for one in logged if "Reminder calls the day before" in one]) == 1
