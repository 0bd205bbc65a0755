"""Two weeks of an operator's work, for reports to tell: a day of 65 calls, its week, its month.

``python -m tests.services.reports.story`` writes what they say anew; read the difference aloud.
"""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from opslog import locale
from opslog.domain.base.refusal import Refused
from opslog.domain.events.events import EventDraft
from opslog.domain.imports.guests import Brought
from opslog.domain.reports.stretches import DAY, MONTH, WEEK, of
from opslog.services.book.book import Book, open_book
from opslog.services.calls import calling, off_list
from opslog.services.calls.attendance import door, guests
from opslog.services.daybook import lines as log_lines
from opslog.services.events import events
from opslog.services.events.plans import steps
from opslog.services.leads import leads
from opslog.services.reports import reports
from opslog.services.screening import rounds
from tests.conftest import StandingClock
from tests.services.lists import Sheet, make_list

FRIDAY = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)  # nine in the morning
LAST_WEEK = FRIDAY - timedelta(days=8)
# Of 57 people on Friday: coming 30 (2 bring others), not coming 6, unsure 5, no answer 16.
REMINDED = (
    *[("coming", "")] * 30,
    *[("not_coming", "travel")] * 3,
    *[("not_coming", "time")] * 2,
    ("not_coming", "换人"),
    *[("unsure", "")] * 5,
    *[("no_answer", "")] * 16,
)
CALLED_BACK = (
    ("interested", "报价要能按条线算"),
    ("interested", "想看同行的案例"),
    ("answered", ""),
    ("not_interested", ""),
    *[("no_answer", "")] * 4,
)
KINDS, LANGUAGES = (DAY, WEEK, MONTH), ("en", "zh_CN")
TEXTS = Path(__file__).with_name("texts")
SURNAMES = "王李张刘陈杨赵黄周吴"


def _people(number: int, company: str, phone: str) -> list[tuple[str, str, str, str, str]]:
    return [
        (
            f"{SURNAMES[n % 10]}{'志敏伟芳强磊'[n % 6]}{n}",
            f"{company}{n}",
            "经理",
            f"{phone}{n:04}",
            "",
        )
        for n in range(number)
    ]


def tell(book: Book, clock: StandingClock) -> Sheet:
    """All of it; the clock stands on Friday at six in the evening. The salon of Sunday."""
    clock.move_to(LAST_WEEK)
    fair = make_list(
        book, _people(24, "杭州企业", "+861390020"), event="杭州大会", ends_ago=-timedelta(hours=8)
    )
    _target(book, fair, signups=30, attended=20)
    _call(book, clock, fair, "reminder", [("coming", "")] * 18 + [("no_answer", "")] * 6)
    clock.move_to(LAST_WEEK + timedelta(hours=9))
    guests.mark_many_attended(book, fair.event_id, fair.cards[:15], True)
    guests.mark_many_attended(book, fair.event_id, fair.cards[15:], False)
    starts = FRIDAY + timedelta(days=10, hours=6)
    talk = events.create(book, EventDraft("线索直播", "webinar", starts)).made
    _plan(book, clock, talk)

    clock.move_to(FRIDAY)
    log_lines.add(book, "08:40 早会，对一遍今天的电话 #沟通 ~20m")
    salon = make_list(
        book,
        _people(57, "上海客户", "+861380010"),
        event="上海老客户增长沙龙",
        ends_ago=-timedelta(days=2, hours=7),
    )
    _target(book, salon, attended=35)
    _call(book, clock, salon, "reminder", REMINDED, minutes=3)
    for card in salon.cards[:2]:
        door.set_guests(book, card, Brought(2))
    guests.tell(book, guests.pass_on(book), "销售 陈磊")
    clock.move_to(FRIDAY + timedelta(hours=4, minutes=5))
    _screen(book, clock, fair)
    clock.move_to(FRIDAY + timedelta(hours=6))
    _call(book, clock, fair, "callback-1", [(code, "") for code, _note in CALLED_BACK], CALLED_BACK)
    for card in fair.cards[:2]:
        person = fair.people[fair.cards.index(card)]
        leads.keep(
            book, person, {"need": "按条线报价"}, "陈磊", card_id=card, event_id=fair.event_id
        )
    off_list.record(book, fair.people[20], "replied", lane="wecom", note="周一再聊")
    log_lines.add(book, "15:40 线索直播海报二稿没到，设计说周一给 >周一")
    log_lines.add(book, "写直播推文 #写文案 ~1h26m")
    log_lines.add(book, "给李总发资料 >周日 10:00")
    clock.move_to(FRIDAY + timedelta(hours=9))
    return salon


def _target(book: Book, made: Sheet, **targets: int) -> None:
    book.con.executemany(
        "INSERT INTO target(event_id, measure, value) VALUES (?,?,?)",
        [(made.event_id, measure, value) for measure, value in targets.items()],
    )


def _call(
    book: Book,
    clock: StandingClock,
    made: Sheet,
    purpose: str,
    outcomes: list[tuple[str, str]] | tuple[tuple[str, str], ...],
    notes: tuple[tuple[str, str], ...] = (),
    minutes: int | None = None,
) -> None:
    """Three minutes a call, with half an hour's break after each twenty."""
    for at, (card, (outcome, reason)) in enumerate(zip(made.cards, outcomes, strict=False)):
        note = notes[at][1] if notes else ""
        calling.record(
            *(book, card, purpose, outcome),
            lane="phone",
            reason=reason,
            note=note,
            minutes=minutes,
        )
        clock.move_to(clock.instant + timedelta(minutes=33 if at % 20 == 19 else 3))


def _screen(book: Book, clock: StandingClock, made: Sheet) -> None:
    """Tidied, and a first round that is finished."""
    why = ("competitor", "colleague", "not_target")
    number = rounds.open_round(book, made.roster_id).made
    for at, card in enumerate(made.cards):
        dropped = at in (20, 21, 22, 23)
        verdict = ("drop", why[at % 3]) if dropped else ("keep", "")
        rounds.decide(book, number, card, *verdict)
        clock.move_to(clock.instant + timedelta(seconds=20))
    rounds.close_round(book, number, force=True)


def _plan(book: Book, clock: StandingClock, event_id: int) -> None:
    """Each step that is due by Thursday done on its day, but one two days late; one moved, one
    taken out."""
    plan = [line for line in events.plan(book, event_id) if line.open]
    steps.move_step(book, plan[-1].id, plan[-1].due_at + timedelta(days=2))
    steps.remove_step(book, plan[-2].id)
    for at, line in enumerate(plan[:-2]):
        if line.due_at >= FRIDAY + timedelta(hours=8):
            continue
        clock.move_to(max(line.due_at + timedelta(days=2 if at == 1 else 0), clock.instant))
        if at == 2:
            continue
        try:
            steps.tick_step(book, line.id)
        except Refused:  # what proves itself
            continue


def texts(book: Book) -> dict[str, str]:
    """By the names of their files, as a report says them with the language spoken."""
    said = {}
    for kind in KINDS:
        report = reports.report(book, of(kind, book.today()))
        numbers = [
            f"{locale._(one.group)} · {one.label}: {one.value}" + (f" / {one.of}" if one.of else "")
            for one in report.figures()
        ]
        said[kind] = "\n".join([report.text(), "", *numbers, ""])
    return said


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        clock = StandingClock(FRIDAY)
        book = open_book(Path(folder) / "opslog.db", clock=clock)
        tell(book, clock)
        for language in LANGUAGES:
            locale.set_language(language)
            for kind, text in texts(book).items():
                (TEXTS / f"{kind}.{language}.txt").write_text(text, encoding="utf-8")
        book.close()
