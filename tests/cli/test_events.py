"""opslog event, as it is typed, and the JSON other programs read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from opslog.cli import run
from opslog.services.book.book import open_book

Out = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "data" / "opslog.db"
    monkeypatch.setenv("OPSLOG_DB", str(path))
    monkeypatch.setenv("OPSLOG_NOW", "2026-11-23T09:00")
    monkeypatch.setenv("LC_ALL", "C")
    open_book(path).close()
    return path


def add(*words: str) -> int:
    return run(["event", "add", "上海沙龙", "--kind", "salon", "--on", "+12d", *words])


def read_json(capsys: Out, *words: str) -> Any:
    capsys.readouterr()
    assert run([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_an_event_is_entered_and_says_what_its_plan_is(capsys: Out) -> None:
    assert add("--target", "signups=200", "attended=80", "--budget", "2万") == 0
    assert capsys.readouterr().out == (
        "Event 1: 上海沙龙, Sat 12-05 14:00\n"
        "38 steps in its plan\n"
        "3 steps are past due and still possible: from today on, in their order\n"
    )
    assert run(["log"]) == 0
    assert "Event 上海沙龙: Sat 12-05 14:00 (Offline salon)" in capsys.readouterr().out


def test_an_event_in_the_past_is_taken_and_said_to_be(capsys: Out) -> None:
    assert run(["event", "add", "旧", "--kind", "webinar", "--on", "2026-03-04"]) == 0
    assert capsys.readouterr().out == (
        "Event 1: 旧, Wed 03-04 14:00\n"
        "36 steps in its plan\n"
        "The event is in the past.\n"
        "36 steps are no longer possible: missed\n"
    )


def test_a_year_nobody_has_published_is_said(capsys: Out) -> None:
    assert run(["event", "add", "明年", "--kind", "webinar", "--on", "2027-03-10"]) == 0
    out = capsys.readouterr().out
    assert "The holidays of 2027 are not published; its fixed ones" in out
    steps = read_json(capsys, "event", "plan", "明年")
    assert all("2027 are not published yet" in step["why"] for step in steps)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--on", "2026-11-31"], "there is no day 31 in November"),
        (["--on", "whenever"], "“whenever” is no date"),
        (["--on", "12-05", "--budget", "lots"], "“lots” is no amount"),
        (["--on", "12-05", "--ends", "2026-12-04"], "before it starts"),
        (["--on", "12-05", "--ends", "12-04"], "It would last 364 days"),
        (["--on", "12-05", "--target", "many"], "“many” is no target"),
    ],
)
def test_bad_input_is_a_sentence_and_exit_1(words: list[str], said: str, capsys: Out) -> None:
    assert run(["event", "add", "x", "--kind", "salon", *words]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("opslog: ")
    assert said in captured.err
    assert run(["event", "list"]) == 0
    assert capsys.readouterr().out.startswith("No events yet.")


def test_an_unknown_kind_is_a_usage_error(capsys: Out) -> None:
    with pytest.raises(SystemExit) as stop:
        run(["event", "add", "x", "--kind", "party", "--on", "12-05"])
    assert stop.value.code == 2
    assert "“party” is not known here; known: Online, live (webinar)" in capsys.readouterr().err


def test_show_as_json(capsys: Out) -> None:
    add("--target", "signups=200", "--budget", "20000", "--host", "sponsored", "--tag", "sh")
    shown = read_json(capsys, "event", "show", "沙龙")
    wanted = {
        "id": 1,
        "name": "上海沙龙",
        "kind": "salon",
        "starts_at": "2026-12-05T14:00:00+08:00",
        "ends_at": "2026-12-05T17:00:00+08:00",
        "targets": {"signups": 200.0},
        "budget": 20000.0,
        "host": "sponsored",
        "list": "form",
    }
    assert {key: shown[key] for key in wanted} == wanted
    assert read_json(capsys, "event", "list")[0]["name"] == "上海沙龙"


def test_plan_as_json_is_english_whatever_the_language(capsys: Out) -> None:
    add()
    steps = {step["step"]: step for step in read_json(capsys, "event", "plan", "1", "--lang", "zh")}
    moments = steps["promo-1-moments"]
    wanted = {
        "title": "Promotion round 1: Moments",
        "on": "2026-11-27",
        "at": "2026-11-27T11:30:00+08:00",
        "offset": -7,
        "anchor": "start",
        "channel": "moments",
        "state": "floating",
        "moved_from": "2026-11-28",
        "why": "Sat 11-28 is a day off: the working day before, 11-27",
    }
    assert {key: moments[key] for key in wanted} == wanted
    assert steps["tag"]["moved_from"] is None
    assert steps["tag"]["why"] == ""
    assert steps["preflight"]["state"] == "floating"
    assert steps["preflight"]["on"] == "2026-11-23"
    assert steps["preflight"]["moved_from"] == "2026-11-20"


def test_a_move_is_previewed_then_made(capsys: Out) -> None:
    add()
    before = read_json(capsys, "event", "plan", "1")
    dry = read_json(capsys, "event", "move", "沙龙", "2026-12-01", "--dry-run")
    assert read_json(capsys, "event", "plan", "1") == before
    moved = read_json(capsys, "event", "move", "沙龙", "2026-12-01")
    assert {**dry, "dry_run": False} == moved
    assert moved["event"] == "上海沙龙"
    assert moved["from"] == "2026-12-05T14:00:00+08:00"
    assert moved["to"] == "2026-12-01T14:00:00+08:00"
    lists = [moved[key] for key in ("shifted", "unchanged", "pinned", "done", "missed")]
    assert sorted(step["step"] for part in lists for step in part) == sorted(
        step["step"] for step in before
    )
    shifted = {step["step"]: step for step in moved["shifted"]}
    assert shifted["promo-1-moments"]["from"] == "2026-11-27T11:30:00+08:00"
    assert shifted["promo-1-moments"]["to"] == "2026-11-24T11:30:00+08:00"
    after = {step["step"]: step["at"] for step in read_json(capsys, "event", "plan", "1")}
    assert after["promo-1-moments"] == "2026-11-24T11:30:00+08:00"


def test_a_move_is_told_to_a_person(capsys: Out) -> None:
    add()
    capsys.readouterr()
    assert run(["event", "move", "1", "11-25", "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Would move: 上海沙龙, Sat 12-05 14:00 to Wed 11-25 14:00\n")
    assert "no longer possible: missed (2)" in out
    assert "given up (4)" in out
    assert run(["event", "move", "1", "11-31"]) == 1


def test_plan_and_checklist_for_a_person(capsys: Out) -> None:
    add()
    capsys.readouterr()
    assert run(["event", "plan", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 38
    assert lines[0] == (
        "1   open  Mon 11-23 09:30  Fix date and time"
        "  - was due Fri 11-20, still possible: due Mon 11-23 instead"
    )
    assert run(["event", "plan", "1", "--checklist", "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    assert "第一轮宣传：朋友圈  -" in out  # the channel that the title names is not said again
    assert "[ ] 每个渠道的文案" in out


def test_dry_run_of_add_keeps_nothing(capsys: Out) -> None:
    assert add("--dry-run") == 0
    assert len(capsys.readouterr().out.splitlines()) == 38
    assert read_json(capsys, "event", "list") == []


def test_cancel(capsys: Out) -> None:
    add()
    capsys.readouterr()
    assert run(["event", "cancel", "1"]) == 0
    assert capsys.readouterr().out == "Cancelled: 上海沙龙\n"
    assert run(["event", "list"]) == 0
    assert "(cancelled)" in capsys.readouterr().out
    assert read_json(capsys, "event", "cancel", "1")["cancelled_at"] == "2026-11-23T09:00:00+08:00"


def test_an_event_that_is_not_there(capsys: Out) -> None:
    add()
    add("--tag", "zwei")
    assert run(["event", "show", "9"]) == 1
    assert "No event has “9” in its name" in capsys.readouterr().err
    assert run(["event", "show", "沙龙"]) == 1
    assert "could be any of: 2 上海沙龙; 1 上海沙龙" in capsys.readouterr().err
    assert run(["event", "show", "zwei"]) == 0


def test_control_characters_of_a_name_are_shown_not_sent(capsys: Out) -> None:
    assert run(["event", "add", "A\x1b[31m[/red]", "--kind", "salon", "--on", "12-05"]) == 0
    assert run(["event", "list"]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "A␛[31m[/red]" in out


def test_an_event_that_people_came_to_moves_only_by_force(
    capsys: Out, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add()
    came = tmp_path / "came.csv"
    came.write_text("姓名,手机,时长\n王志刚,13800138000,40\n", encoding="utf-8")
    assert run(["import", str(came), "--event", "1", "--attendance"]) == 0
    monkeypatch.setenv("OPSLOG_NOW", "2026-12-07T10:00")
    capsys.readouterr()
    assert run(["event", "move", "1", "yesterday"]) == 1
    assert "was held on Sat 12-05 14:00, and 1 came; --force moves it" in capsys.readouterr().err
    assert run(["event", "move", "1", "yesterday", "--force"]) == 0


def test_a_step_is_changed_given_up_and_taken_up_from_the_shell(capsys: Out) -> None:
    add()
    capsys.readouterr()
    assert run(["event", "step", "1", "posters", "--words", "短海报", "--owner", "小林"]) == 0
    assert capsys.readouterr().out == (
        "Changed: Posters and the words for each channel are final\n"
    )
    assert run(["event", "step", "1", "posters", "--give-up", "不用海报"]) == 0
    assert run(["event", "step", "1", "posters"]) == 0
    out = capsys.readouterr().out
    assert "(given up)\ngiven up: 不用海报\nowed by 小林\n短海报\n" in out
    assert run(["event", "step", "1", "posters", "--back"]) == 0
    assert run(["--json", "event", "step", "1", "posters"]) == 0
    told = json.loads(capsys.readouterr().out.partition("\n")[2])
    assert (told["state"], told["owner"], told["lead"]) == ("floating", "小林", 2)
    assert run(["event", "step", "1", "posters", "--channel", "fax"]) == 1
    capsys.readouterr()
    assert run(["event", "step", "1", "posters", "--on", "2027-01-03 03:00"]) == 0
    said = capsys.readouterr().out
    assert "this is to be done before it" in said
    assert "Sun 2027-01-03 is a day off" in said


def test_a_channel_named_by_its_code_keeps_it_beside_a_label(capsys: Out) -> None:
    add()
    assert run(["event", "channel", "1", "EDM1", "--label", "邮件", "--cost", "0"]) == 0
    assert run(["event", "channel", "1", "EDM1", "--clicks", "400"]) == 0
    capsys.readouterr()
    (channel,) = read_json(capsys, "event", "channels", "1")
    assert (channel["code"], channel["label"], channel["clicks"]) == ("EDM1", "邮件", 400)


def test_the_link_of_a_channel_stands_in_its_table_whole(
    capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    add()
    link = "https://deepblue.example/" + "salon/" * 30
    assert run(["event", "channel", "1", "EDM1"]) == 0
    assert "https" not in capsys.readouterr().out
    assert run(["event", "channel", "1", "EDM1", "--link", link]) == 0
    assert run(["event", "channel", "1"]) == 0
    assert link in capsys.readouterr().out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "120")
    assert run(["event", "channel", "1"]) == 0
    assert link in capsys.readouterr().out


def test_the_name_tells_the_kind_and_what_is_past_may_be_left_out(capsys: Out) -> None:
    assert run(["event", "add", "年终答谢", "--on", "+4d"]) == 1
    assert "does not tell the kind" in capsys.readouterr().err
    assert run(["event", "add", "12 月直播", "--on", "+4d", "--late", "none"]) == 0
    assert "14 steps from before are left out" in capsys.readouterr().out
    assert run(["event", "clone", "12 月直播", "--on", "2027-01-13"]) == 0
    assert capsys.readouterr().out.startswith("Event 2: 12 月直播 01-13, Wed 2027-01-13 14:00\n")
    assert run(["event", "clone", "1", "--on", "+40d", "--name", "春季直播", "--dry-run"]) == 0
    assert "Settle theme" in capsys.readouterr().out
    again = ["event", "clone", "1", "--on", "+40d", "--name", "春季沙龙", "--dry-run"]
    assert run(again) == 0
    said = "“春季沙龙” is entered as Online, live, though its name says Offline salon"
    assert said in capsys.readouterr().out
    assert run([*again, "--kind", "salon"]) == 0
    shown = capsys.readouterr().out
    assert "though its name" not in shown
    assert "Reminder calls" in shown


def test_a_move_says_what_names_the_old_date_and_takes_that_it_was_told(capsys: Out) -> None:
    assert add() == 0
    assert run(["event", "step", "1", "promo-1-moments", "--done"]) == 0
    preview = read_json(capsys, "event", "move", "1", "+19d", "--dry-run")
    assert [one["kind"] for one in preview["corrections"]] == ["post"]
    assert run(["event", "move", "1", "+19d"]) == 0
    assert "1 post to correct: opslog event corrections 1" in capsys.readouterr().out
    (post,) = read_json(capsys, "event", "corrections", "1")
    assert (post["why"], post["was"][:10]) == ("Moments", "2026-12-05")
    assert "Sat 5 Dec, 14:00 to Sat 12 Dec, 14:00" in post["text"]
    assert run(["event", "corrections", "1", "--told", "2"]) == 1
    assert run(["event", "corrections", "1", "--told", "all"]) == 0
    assert run(["event", "corrections", "1", "--told", "1"]) == 1
    assert "Nothing to correct" in capsys.readouterr().err
    assert run(["event", "corrections", "1"]) == 0
    assert "Nothing to correct" in capsys.readouterr().out


def test_what_colleagues_owe_with_words_to_send_and_that_they_were_reminded(capsys: Out) -> None:
    assert add() == 0
    everybody = read_json(capsys, "event", "owners")
    assert "venue" in {one["owner"] for one in everybody}
    assert run(["event", "owners", "上海", "--owner", "现场负责人"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Venue lead")
    assert "still missing" in out
    assert run(["event", "owners", "--told"]) == 1
    (one,) = read_json(capsys, "event", "owners", "--owner", "venue", "--told")
    assert one["told_at"] == "2026-11-23T09:00:00+08:00"
    assert {step["owner"] for step in one["steps"]} == {"venue"}


def test_a_road_show_is_entered_from_a_file_moved_and_one_stop_dropped(
    capsys: Out, tmp_path: Path
) -> None:
    words = ["event", "add", "冬季路演", "--on", "2026-12-07", "--kind", "roadshow"]
    assert run(words) == 0
    cities = tmp_path / "cities.csv"
    cities.write_bytes("杭州,12-07,12-08,博览中心\n宁波,12-09,12-10\n".encode("gb18030"))
    assert run(["event", "stops", "路演", str(cities)]) == 0
    assert run(["event", "stop", "路演", "温州", "--from", "12-11"]) == 0
    assert run(["event", "stop", "路演", "宁波", "--from", "12-14", "--note", "改到周一"]) == 0
    assert run(["event", "stop", "路演", "宁波", "--drop"]) == 1
    assert run(["event", "stop", "路演", "宁波", "--drop", "--reason", "场地被收回"]) == 0
    assert run(["event", "tally", "路演", "杭州", "reach=433", "cost=2万"]) == 0
    capsys.readouterr()
    found = read_json(capsys, "event", "stops", "路演")
    assert [(one["place"], one["starts_at"][:10], one["state"]) for one in found] == [
        ("杭州", "2026-12-07", "open"),
        ("温州", "2026-12-11", "open"),
        ("宁波", "2026-12-14", "dropped"),
    ]
    assert found[0]["tally"] == {"reach": 433, "cost": 20000}
    assert found[0]["venue"] == "博览中心"
    people = tmp_path / "杭州.csv"
    people.write_text("姓名,手机\n王志刚,13800138000\n", encoding="utf-8")
    assert run(["import", str(people), "--event", "路演", "--stop", "杭州"]) == 0
    assert run(["import", str(people), "--event", "路演", "--stop", "广州"]) == 1
    for stop in ("杭州", "温州"):
        assert run(["event", "channel", "路演", "朋友圈", "--stop", stop, "--cost", "300"]) == 0
    capsys.readouterr()
    assert [one["event_name"] for one in read_json(capsys, "roster", "list")] == ["冬季路演 · 杭州"]
    of_stops = {one["stop_id"] for one in read_json(capsys, "event", "channels", "路演")}
    assert of_stops == {found[0]["id"], found[1]["id"]}
    assert found[2]["ends_at"][:10] == "2026-12-15"
    assert run(["event", "stops", "路演", "北京"]) == 1
    assert "“北京” has no date" in capsys.readouterr().err
    (event,) = read_json(capsys, "event", "list")
    assert (event["kind"], event["ends_at"][:10]) == ("roadshow", "2026-12-11")


def test_a_road_show_held_again_says_where_it_stops_before_it_is_entered(capsys: Out) -> None:
    assert run(["event", "add", "春季路演", "--on", "2026-12-07"]) == 0
    assert run(["event", "stops", "1", "杭州 12-07 12-08 宁波 12-09"]) == 0
    capsys.readouterr()
    again = ["event", "clone", "1", "--on", "2026-12-21"]
    assert run([*again, "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("2 stops: 杭州 Mon 12-21, 宁波 Wed 12-23\n")
    assert "杭州: " in out
    assert run(again) == 0
    (first, second) = read_json(capsys, "event", "stops", "2")
    assert (first["starts_at"][:10], second["starts_at"][:10]) == ("2026-12-21", "2026-12-23")


def test_nothing_is_late_in_the_plan_of_what_is_cancelled(capsys: Out) -> None:
    assert run(["event", "add", "沙龙", "--on", "+3d"]) == 0
    assert "still possible" in capsys.readouterr().out
    assert run(["event", "cancel", "1"]) == 0
    assert run(["event", "show", "1"]) == 0
    assert "still possible" not in capsys.readouterr().out
    assert run(["event", "add", " ", "--on", "+3d"]) == 1
    assert "An event needs a name" in capsys.readouterr().err


def test_an_invitation_says_its_end_and_that_it_is_past(capsys: Out, tmp_path: Path) -> None:
    event = (
        "BEGIN:VEVENT\nUID:u\nDTSTART:{0}T060000Z\nDTEND:{1}T090000Z\nSUMMARY:峰会\nEND:VEVENT\n"
    )
    for first, last, said in (
        ("20261215", "20261216", "Tue 12-15 14:00–Wed 12-16 17:00"),
        ("20261017", "20261017", "Sat 10-17 14:00–17:00"),
    ):
        path = tmp_path / f"{first}.ics"
        text = f"BEGIN:VCALENDAR\nVERSION:2.0\n{event.format(first, last)}END:VCALENDAR\n"
        path.write_text(text.replace("UID:u", f"UID:{first}"), encoding="utf-8")
        assert run(["event", "invite", str(path), "--dry-run"]) == 0
        out = capsys.readouterr().out
        assert said in out
        assert ("in the past" in out) == (first == "20261017")


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("11-20", "2026-11-20 is past, write 2027-11-20 for the next one"),
        ("2026-11-20 14:00", "2026-11-20 is past"),
        ("昨天", "2026-11-22 is past"),
    ],
)
def test_a_move_to_a_day_that_is_past_is_refused_unless_it_is_meant(
    when: str, said: str, capsys: Out
) -> None:
    add()
    before = read_json(capsys, "event", "show", "1")
    assert run(["event", "move", "1", when]) == 1
    told = capsys.readouterr().err
    assert f"上海沙龙 was not moved: {said}; --past moves it there all the same" in told
    assert read_json(capsys, "event", "show", "1") == before
    assert run(["event", "move", "1", when, "--past"]) == 0
    capsys.readouterr()
    assert read_json(capsys, "event", "show", "1")["starts_at"][:7] == "2026-11"


def test_a_day_without_a_year_moves_an_event_of_next_year_within_it(capsys: Out) -> None:
    assert run(["event", "add", "明年路演", "--on", "2027-12-13"]) == 0
    assert run(["event", "stops", "1", "杭州 12-13 12-14"]) == 0
    assert run(["event", "stop", "1", "杭州", "--from", "12-15"]) == 0
    assert "the event moves: Mon 2027-12-13" in capsys.readouterr().out
    assert run(["event", "move", "1", "12-20"]) == 0
    capsys.readouterr()
    assert read_json(capsys, "event", "show", "1")["starts_at"][:10] == "2027-12-20"
    assert run(["event", "stop", "1", "杭州", "--from", "2026-11-20"]) == 1
    assert "杭州: 2026-11-20 is past; nothing was changed" in capsys.readouterr().err
    assert run(["event", "stops", "1", "宁波 2026-11-20"]) == 1
    assert run(["event", "move", "1", "2026-12-20"]) == 0
    assert run(["event", "stops", "1", "宁波 2026-11-20", "--past"]) == 0


def test_what_falls_on_a_holiday_or_a_day_off_of_its_region_is_said(capsys: Out, db: Path) -> None:
    new_year = "It falls on a day off: Fri 2027-01-01 (New Year)"
    words = ["event", "add", "元旦沙龙", "--on", "2027-01-01 14:00"]
    for more in (["--dry-run"], []):
        assert run([*words, *more]) == 0
        assert new_year in capsys.readouterr().out
    assert new_year in read_json(capsys, "event", "show", "1")["warnings"]
    assert run(["event", "move", "1", "2026-12-30"]) == 0
    assert new_year not in capsys.readouterr().out
    assert run(["event", "move", "1", "2027-01-01", "--dry-run"]) == 0
    assert new_year in capsys.readouterr().out
    holidays = '[[region]]\nname = "新疆"\nholidays = [2026-12-09]\n'
    (db.parent / "workdays.toml").write_text(holidays, encoding="utf-8")
    assert run(["event", "add", "冬季路演", "--on", "2026-12-07 09:00"]) == 0
    capsys.readouterr()
    assert run(["event", "stops", "冬季", "杭州 12-09", "喀什 12-09", "长沙 01-01"]) == 0
    said = capsys.readouterr().out
    assert "喀什 falls on a day off: Wed 12-09 (day off in 新疆)" in said
    assert "长沙 falls on a day off: Fri 2027-01-01 (New Year)" in said
    assert "杭州 falls" not in said
    assert run(["event", "show", "冬季"]) == 0
    assert "喀什 falls on a day off" in capsys.readouterr().out


def test_a_step_is_named_by_the_number_that_stands_before_it(capsys: Out) -> None:
    add()
    run(["plan", "add", "周报"])
    capsys.readouterr()
    assert run(["plan", "show", "周报"]) == 0
    number = capsys.readouterr().out.splitlines()[1].split()[0]
    assert run(["plan", "step", "周报", number, "--done"]) == 0
    assert run(["plan", "step", "周报", "1", "--done"]) == 1
    assert "“1”; its numbers stand before its steps" in capsys.readouterr().err


def test_a_conference_in_the_afternoon_is_over_by_six(capsys: Out) -> None:
    for number, (clock, end) in enumerate(
        (("09:00", "17:00"), ("14:00", "18:00"), ("17:00", "20:00")), 1
    ):
        assert run(["event", "add", f"{number}大会", "--on", f"2026-12-0{number} {clock}"]) == 0
        found = read_json(capsys, "event", "show", str(number))
        assert found["ends_at"][11:16] == end


def test_a_wrong_line_of_a_list_of_cities_is_named_by_its_number(capsys: Out) -> None:
    assert run(["event", "add", "冬季路演", "--on", "2026-12-07"]) == 0
    capsys.readouterr()
    for third, said in (("杭州 13-45", "line 3: 杭州: "), ("北京", "line 3: “北京” has no date")):
        assert run(["event", "stops", "1", "杭州 12-07", "宁波 12-08", third]) == 1
        assert said in capsys.readouterr().err
    assert run(["event", "stops", "1", "北京"]) == 1
    assert "line" not in capsys.readouterr().err


def test_targets_are_said_to_be_targets(capsys: Out) -> None:
    values = ["event", "add", "城市沙龙", "--on", "2026-12-20", "--target", "signups=1200"]
    assert run(values) == 0
    assert run(["event", "show", "城市沙龙"]) == 0
    (line,) = [one for one in capsys.readouterr().out.splitlines() if "sign-ups" in one]
    assert line.split() == ["target:", "sign-ups", "1,200"]


def test_what_changes_nothing_says_so_as_undo_would_take_back_something_else(capsys: Out) -> None:
    assert add() == 0
    assert run(["event", "channel", "1", "朋友圈", "--cost", "100"]) == 0
    capsys.readouterr()
    assert run(["event", "channel", "1", "朋友圈"]) == 0
    assert capsys.readouterr().out.startswith("It is so already: Channel of")
