"""The log: what a line becomes, how it changes, and that undo knows all of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from opslog import locale
from opslog.domain.base.refusal import Refused
from opslog.domain.daybook.lines import LogFilter, LogLine, Named
from opslog.locale import N_, msg
from opslog.services.book import history
from opslog.services.book.book import Book, open_book
from opslog.services.daybook import auto_lines, follow_ups, reading, timeline
from opslog.services.daybook import due as follow_up_due
from opslog.services.daybook import lines as log_lines
from opslog.services.search import search as palette
from opslog.store.db import search
from opslog.store.people.card import search_text
from tests.conftest import StandingClock

NOW = "2026-11-23T01:00:00Z"  # Monday, 09:00 in Shanghai


def make_event(book: Book, name: str, *, tag: str = "", day: str = "2026-11-30") -> int:
    with book.change(msg(N_("New event: {name}"), name=name)):
        cursor = book.con.execute(
            "INSERT INTO event(name, kind, host, list, starts_at, ends_at, audience, segment,"
            " theme, place, tag, note, search, created_at) VALUES"
            " (?, 'salon', 'own', 'form', ?, ?, 'all', '', '', '', ?, '', ?, ?)",
            (name, f"{day}T06:00:00Z", f"{day}T08:00:00Z", tag, search.index_text(name), NOW),
        )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def make_person(book: Book, name: str, company: str = "") -> int:
    with book.change(msg(N_("New: {name}"), name=name)):
        cursor = book.con.execute(
            "INSERT INTO person(name, company, company_key, title, phone, email, city, industry,"
            " note, search, created_at) VALUES (?,?,'','','','','','','',?,?)",
            (name, company, search_text({"name": name, "company": company}), NOW),
        )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def add(book: Book, text: str) -> LogLine:
    return log_lines.get(book, log_lines.add(book, text).made)


def texts(lines: list[LogLine]) -> list[str]:
    return [line.text for line in lines]


def test_a_line_with_all_its_marks(book: Book) -> None:
    event = make_event(book, "上海沙龙第三期")
    person = make_person(book, "王志刚")
    line = add(book, "08:30 回访王总，对方要报价 #回访 @上海沙龙 +王志刚 ~20m ! >周五")
    assert line.text == "回访王总，对方要报价"
    assert line.at == datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
    assert line.tags == ("回访",)
    assert line.event == Named(event, "上海沙龙第三期")
    assert line.people == (Named(person, "王志刚"),)
    assert (line.minutes, line.flagged, line.source) == (20, True, "typed")
    [one] = line.follow_ups
    assert (one.text, one.due, one.timed) == (
        "回访王总，对方要报价",
        datetime(2026, 11, 27, 1, 0, tzinfo=UTC),
        False,
    )
    assert one.event == Named(event, "上海沙龙第三期")
    assert one.person == Named(person, "王志刚")


def test_a_line_without_a_time_is_of_now(book: Book, clock: StandingClock) -> None:
    assert add(book, "开始工作").at == clock.now()
    assert add(book, "昨天 整理名单").at == clock.now() - timedelta(days=1)


def test_an_event_that_is_not_known_stays_in_the_text(book: Book) -> None:
    make_event(book, "上海沙龙一")
    make_event(book, "上海沙龙二")
    assert add(book, "去 @北京沙龙 现场").text == "去 @北京沙龙 现场"
    assert add(book, "去 @上海沙龙 现场").text == "去 @上海沙龙 现场"  # which one?
    line = add(book, "去 @沙龙二 现场")
    assert line.text == "去 现场"
    assert line.event is not None
    assert line.event.name == "上海沙龙二"


def test_an_event_by_number_tag_and_exact_name(book: Book) -> None:
    first = make_event(book, "沙龙", tag="salon-3")
    make_event(book, "沙龙复盘会")
    for mark in ("@沙龙", f"@{first}", "@salon-3"):
        line = add(book, f"x {mark}")
        assert line.event is not None
        assert line.event.id == first


def test_a_person_is_known_only_by_a_name_nobody_else_has(book: Book) -> None:
    make_person(book, "王志刚", "甲公司")
    make_person(book, "王志刚", "乙公司")
    only = make_person(book, "Li Wei")
    line = add(book, 'met +王志刚 and +"li wei" and +赵六')
    assert line.people == (Named(None, "王志刚"), Named(only, "Li Wei"), Named(None, "赵六"))


def test_nothing_to_write_is_refused(book: Book) -> None:
    for text in ("", "  ", "\n"):
        with pytest.raises(Refused, match="nothing to write"):
            log_lines.add(book, text)
    assert add(book, "#只有标签").tags == ("只有标签",)


def test_odd_characters_are_kept_or_shown(book: Book) -> None:
    assert add(book, "a\0b").text == "a␀b"
    assert add(book, "[/red] 一\n二").text == "[/red] 一 二"
    assert add(book, "half \ud800 character").text == "half � character"


def test_editing_changes_only_what_changed(book: Book) -> None:
    make_event(book, "上海沙龙")
    line = add(book, "回访 #回访 @上海沙龙 +王总 ~20m >周五 >12-05T15:00")
    composed = log_lines.composed(book, line.id)
    assert composed == "09:00 回访 #回访 @上海沙龙 +王总 ~20m >2026-11-27 >2026-12-05T15:00"
    assert not log_lines.edit(book, line.id, composed)  # the same again is no change

    change = log_lines.edit(book, line.id, composed.replace("回访 #回访", "回访两次 #电话"))
    after = log_lines.get(book, line.id)
    assert (after.text, after.tags, after.at) == ("回访两次", ("电话",), line.at)
    assert [one.id for one in after.follow_ups] == [one.id for one in line.follow_ups]
    assert {one.text for one in after.follow_ups} == {"回访两次"}
    assert set(change.touched) == {"log", "log_tag", "follow_up"}


def test_editing_moves_drops_and_adds_follow_ups_but_not_those_done(book: Book) -> None:
    line = add(book, "报价 >11-25 >11-26")
    first, second = line.follow_ups
    follow_ups.finish_follow_up(book, first.id)
    log_lines.edit(book, line.id, "报价 >11-28 >11-30")
    after = log_lines.get(book, line.id)
    days = {one.due.date() for one in after.follow_ups}
    assert days == {date(2026, 11, 25), date(2026, 11, 28), date(2026, 11, 30)}
    assert second.id in {one.id for one in after.follow_ups if one.open}
    log_lines.edit(book, line.id, "报价")
    assert [one.id for one in log_lines.get(book, line.id).follow_ups] == [first.id]


def test_the_time_of_a_line_can_be_changed(book: Book) -> None:
    line = add(book, "x")
    log_lines.edit(book, line.id, "昨天 15:00 x")
    assert log_lines.get(book, line.id).at == datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
    assert log_lines.composed(book, line.id) == "2026-11-22 15:00 x"


def test_a_line_keeps_its_second_and_with_it_its_place(book: Book, clock: StandingClock) -> None:
    first = add(book, "first")
    clock.move_to(clock.now() + timedelta(seconds=20))
    second = add(book, "second")
    log_lines.edit(book, second.id, log_lines.composed(book, second.id).replace("second", "2nd"))
    assert log_lines.get(book, second.id).at == second.at
    log_lines.edit(book, first.id, "first, without a time")
    assert log_lines.get(book, first.id).at == first.at
    assert texts(log_lines.lines(book)) == ["first, without a time", "2nd"]


def test_flag_and_delete_and_undo(book: Book) -> None:
    line = add(book, "直播定在 12-05 #直播 +王总 >周五")
    log_lines.toggle_flag(book, line.id)
    assert log_lines.get(book, line.id).flagged
    flagged = log_lines.get(book, line.id)
    change = log_lines.delete(book, line.id)
    assert str(change.label) == "Deleted: 直播定在 12-05"
    with pytest.raises(Refused, match="gone"):
        log_lines.get(book, line.id)
    assert follow_up_due.due(book) == []
    history.undo(book)
    assert log_lines.get(book, line.id) == flagged
    assert texts(log_lines.lines(book, find="直播")) == ["直播定在 12-05"]
    history.undo(book)
    assert not log_lines.get(book, line.id).flagged
    history.undo(book)
    assert log_lines.lines(book) == []
    assert search.check(book.con) == []
    for _ in range(3):
        history.redo(book)
    assert log_lines.lines(book) == []
    assert search.check(book.con) == []


def test_many_lines_go_in_one_change(book: Book) -> None:
    ids = [add(book, f"line {n}").id for n in range(3)]
    assert str(log_lines.delete(book, *ids).label) == "Deleted 3 lines"
    history.undo(book)
    assert len(log_lines.lines(book)) == 3


def test_a_follow_up_done_is_written_into_the_day(book: Book, clock: StandingClock) -> None:
    line = add(book, "发报价 >今天")
    [one] = line.follow_ups
    clock.move_to(clock.now() + timedelta(hours=2))
    follow_ups.finish_follow_up(book, one.id)
    written = log_lines.lines(book)[-1]
    assert (written.text, written.source) == ("Followed up: 发报价", "follow_up")
    assert written.automatic
    assert not log_lines.get(book, line.id).follow_ups[0].open
    with pytest.raises(Refused, match="done already"):
        follow_ups.finish_follow_up(book, one.id)
    follow_ups.reopen_follow_up(book, one.id)
    assert log_lines.get(book, line.id).follow_ups[0].open


def test_follow_ups_due(book: Book, clock: StandingClock) -> None:
    event = make_event(book, "上海沙龙")
    add(book, "报价 @上海沙龙 ! >11-25T15:00")
    add(book, "寄样 >今天")
    second, first = sorted(follow_up_due.due(book), key=lambda due: due.due, reverse=True)
    assert (first.title, first.timed, first.flagged) == ("寄样", False, False)
    assert (second.title, second.timed, second.flagged) == ("报价", True, True)
    assert (second.event_id, second.event, second.kind) == (event, "上海沙龙", "follow_up")

    tomorrow = clock.at(date(2026, 11, 24))
    follow_ups.snooze_follow_up(book, first.ref, tomorrow)
    assert [due.ref for due in follow_up_due.due(book)] == [second.ref]
    clock.move_to(tomorrow)
    assert first.ref in {due.ref for due in follow_up_due.due(book)}

    moved = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
    change = follow_ups.move_follow_up(book, first.ref, moved, True)
    assert str(change.label) == "Moved to Tue 12-01 10:00: 寄样"
    again = follow_up_due.due_of(book, first.ref)
    assert (again.due, again.timed) == (moved, True)
    assert not follow_ups.move_follow_up(book, first.ref, moved, True)
    with pytest.raises(Refused, match="gone"):
        follow_up_due.due_of(book, 99)


def test_a_follow_up_put_off_then_moved_or_opened_again_is_due_when_it_says(
    book: Book, clock: StandingClock
) -> None:
    """Being put off ends with the move, and with the tick: nothing hides it any more."""
    add(book, "寄样 >今天")
    (due,) = follow_up_due.due(book)
    late = clock.at(date(2026, 12, 24))
    follow_ups.snooze_follow_up(book, due.ref, late)
    follow_ups.move_follow_up(book, due.ref, clock.at(date(2026, 11, 24)), False)
    clock.move_to(clock.at(date(2026, 11, 24)))
    assert [one.ref for one in follow_up_due.due(book)] == [due.ref]
    follow_ups.snooze_follow_up(book, due.ref, late)
    follow_ups.finish_follow_up(book, due.ref)
    follow_ups.reopen_follow_up(book, due.ref)
    assert [one.ref for one in follow_up_due.due(book)] == [due.ref]


def test_lines_by_day_word_and_tag(book: Book) -> None:
    make_event(book, "上海沙龙")
    add(book, "2026-11-20 09:00 给王总打电话 #EDM")
    add(book, "2026-11-21 23:30 深夜写稿")
    add(book, "2026-11-22 00:10 海报定稿 @上海沙龙 +李雷")
    assert texts(log_lines.lines(book)) == ["给王总打电话", "深夜写稿", "海报定稿"]
    saturday = date(2026, 11, 21)
    assert texts(log_lines.lines(book, saturday, saturday)) == ["深夜写稿"]  # local days
    assert texts(log_lines.lines(book, day_from=date(2026, 11, 22))) == ["海报定稿"]
    assert texts(log_lines.lines(book, find="王总")) == ["给王总打电话"]
    assert texts(log_lines.lines(book, find="沙龙")) == ["海报定稿"]  # by its event
    assert texts(log_lines.lines(book, find="李雷")) == ["海报定稿"]  # by the person
    assert texts(log_lines.lines(book, find="edm")) == ["给王总打电话"]
    assert texts(log_lines.lines(book, tag="edm")) == ["给王总打电话"]
    assert texts(log_lines.lines(book, find="，")) == []


def test_pages_of_a_day_newest_first(book: Book) -> None:
    moments = [("20 01", "x01"), ("20 02", "x02"), ("21 01", "x11"), ("21 02", "x12")]
    ids = [add(book, f"2026-11-{moment}:00 {text}").id for moment, text in moments]
    counts = log_lines.days(book)
    assert [(count.day.day, count.lines) for count in counts] == [(21, 2), (20, 2)]
    assert texts(log_lines.page(book, date(2026, 11, 20))) == ["x02", "x01"]
    assert texts(log_lines.page(book, date(2026, 11, 21), offset=1, limit=2)) == ["x11", "x02"]
    assert log_lines.place(book, ids[0]) == (date(2026, 11, 20), 1)
    assert log_lines.place(book, ids[3]) == (date(2026, 11, 21), 0)
    assert log_lines.place(book, ids[3], LogFilter(find="x01")) is None
    assert log_lines.place(book, 99) is None


def test_days_are_those_of_the_operators_zone(tmp_path: Path) -> None:
    clock = StandingClock(datetime(2026, 11, 23, 1, 0, tzinfo=UTC), "Asia/Kolkata")
    book = open_book(tmp_path / "opslog.db", clock=clock)
    add(book, "2026-11-22 23:59 before midnight")
    add(book, "2026-11-23 00:01 after midnight")
    assert [(count.day.day, count.lines) for count in log_lines.days(book)] == [(23, 1), (22, 1)]
    book.close()


def test_what_the_log_writes_by_itself_is_found_too(book: Book) -> None:
    with book.change(msg(N_("Logged: {text}"), text="x")):
        auto_lines.write(book, msg(N_("Logged: {text}"), text="报名 80 人"), source="import")
    [line] = log_lines.lines(book, find="报名")
    assert line.automatic
    assert log_lines.composed(book, line.id) == "09:00 Logged: 报名 80 人"


def test_completions(book: Book) -> None:
    make_event(book, "上海沙龙", day="2026-12-20")
    make_event(book, "上海直播", tag="live-3", day="2026-11-25")
    make_person(book, "王志刚", "甲公司")
    make_person(book, "王芳", "乙公司")
    for text in ("a #回访 +王芳", "b #回访", "c #回执", "d #EDM"):
        add(book, text)

    def words(sigil: str, prefix: str) -> list[str]:
        return [found.word for found in reading.completions(book, sigil, prefix)]

    assert words("#", "回") == ["回访", "回执"]  # used most first
    assert words("#", "e") == ["EDM", "live-3"]  # those that begin with it first
    assert words("#", "") == ["回访", "EDM", "回执", "live-3"]
    assert words("#", "%") == []
    assert words("@", "上海") == ["上海直播", "上海沙龙"]  # nearest first
    assert words("@", "live") == ["上海直播"]
    assert words("+", "王") == ["王芳", "王志刚"]
    assert words("+", "") == ["王芳"]  # named last
    assert reading.completions(book, "+", "王志")[0].detail == "甲公司"


def test_understanding_writes_nothing(book: Book) -> None:
    seen = reading.understand(book, "14:30 回访 @没有 >周五")
    assert [span.word for span in seen.unknown] == ["没有"]
    assert seen.text == "回访 @没有"
    assert seen.at_said
    assert log_lines.lines(book) == []


# -- lines that opslog wrote -------------------------------------------------------------


def test_a_line_of_opslogs_own_speaks_the_language_spoken_and_is_found_by_both(book: Book) -> None:
    person_id = make_person(book, "王志刚")
    log_lines.add(book, "call +王志刚 >today")
    follow_ups.finish_follow_up(book, 1)
    number = 2
    assert log_lines.get(book, number).text == "Followed up: call"
    locale.set_language("zh_CN")
    assert log_lines.get(book, number).text == "已跟进：call"
    assert [str(moment.text) for moment in timeline.moments(book, person_id)][1] == "已跟进：call"
    for words in ("跟进", "followed"):
        assert number in [line.id for line in log_lines.lines(book, find=words)]
        assert "已跟进：call" in [hit.label for hit in palette.find(book, words)]


def test_once_changed_by_hand_it_stays_as_written(book: Book) -> None:
    log_lines.add(book, "call >today")
    follow_ups.finish_follow_up(book, 1)
    log_lines.edit(book, 2, log_lines.composed(book, 2) + " #done")  # its words are as they were
    locale.set_language("zh_CN")
    assert log_lines.get(book, 2).text == "已跟进：call"
    log_lines.edit(book, 2, "问过了")
    locale.set_language("en")
    assert log_lines.get(book, 2).text == "问过了"


def test_an_older_line_stays_as_written(book: Book) -> None:
    log_lines.add(book, "call >today")
    follow_ups.finish_follow_up(book, 1)
    with book.change(msg("as before")):
        book.con.execute("UPDATE log SET label='', args='' WHERE id=2")
    locale.set_language("zh_CN")
    assert log_lines.get(book, 2).text == "Followed up: call"


@pytest.mark.parametrize(
    ("text", "event", "words"),
    [
        ("回访王总 @AI salon 报价", "AI Salon Shanghai", "回访王总 报价"),
        ("@ai salon shanghai #回访 谈好了", "AI Salon Shanghai", "谈好了"),
        ("@AI salon2 谈好了", None, "@AI salon2 谈好了"),
        ("@直播 salon 谈好了", "直播", "salon 谈好了"),
    ],
)
def test_a_blank_in_an_event_s_name_needs_no_quotes(
    book: Book, text: str, event: str | None, words: str
) -> None:
    for name in ("AI Salon Shanghai", "AI 峰会", "直播"):
        make_event(book, name)
    line = add(book, text)
    assert (line.event.name if line.event else None, line.text) == (event, words)


def test_what_was_logged_says_when_it_comes_back(book: Book) -> None:
    assert str(log_lines.add(book, "回访 >+3d").label) == "Logged: 回访; to follow up Thu 11-26"
    label = log_lines.add(book, "报价 >+5d 10:00 >+4d").label
    assert str(label) == "Logged: 报价; to follow up Fri 11-27"
    assert label.render("zh_CN") == "已记：报价；11-27 周五 跟进"
