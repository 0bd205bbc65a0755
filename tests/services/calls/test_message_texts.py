"""Texts that go out in the operator's own words: promotion, reminders, corrections."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.calls.corrections import POST
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.calls import corrections, owners
from opslog.services.events import answers, events, promoting
from opslog.services.events.plans import step_changes, steps
from opslog.services.reviews import channels
from tests.services.calls.test_stop_lists import road_show

OWN = """
[[text]]
use = "promotion"
zh = "{event}：{date}，{place}"
en = "{event} on {date}, {place}: {link}, {signin}"

[[text]]
use = "promotion"
channel = "groups"
en = "Group {event} {link}"

[[text]]
use = "owed"
en = "{name}! {missing}, by {by}"

[[text]]
use = "moved"
en = "{event}, not {was} but {date}"
"""


def write(book: Book, text: str) -> None:
    path = book.home / own_kinds.TEXTS.place
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_own_texts_take_the_place_of_opslogs_by_channel_and_stop(
    book: Book, tmp_path_factory: pytest.TempPathFactory
) -> None:
    event_id, known = road_show(book, tmp_path_factory.mktemp("lists"))
    card, plan = events.get(book, event_id), events.plan(book, event_id)
    before = {x.key: promoting.text(book, card, x) for x in plan if x.stop_id is None}
    ningbo = known["宁波"]
    for stop_id, link in (("", "https://a.cn/all"), (str(ningbo.id), "https://a.cn/nb")):
        for label in ("私聊", "朋友圈"):
            typed = {"label": label, "link": link, "stop": stop_id}
            channels.put(book, event_id, channels.read(typed))
    write(book, OWN)
    own = {x.key: promoting.text(book, card, x) for x in plan if x.stop_id is None}
    assert str(own["promo-1-groups"]) == "Group 冬季路演 (link is not known)"
    assert str(own["promo-1-moments"]) == (
        "冬季路演 on Mon 7 Dec, 09:00, (place is not known): https://a.cn/all,"
        " (signin is not known)"
    )
    assert str(before["promo-1-groups"]) != str(own["promo-1-groups"])
    (invite,) = [x for x in plan if (x.key, x.stop_id) == ("invite", ningbo.id)]
    text = str(promoting.text(book, card, invite))
    assert text.startswith("冬季路演 on Wed 9 Dec, 09:00, 宁波: https://a.cn/nb")
    owner = owners.of_step(book, next(x for x in plan if x.key == "material"))
    assert owner is not None
    assert str(owners.text(book, owner)).startswith(f"{owner.name}! for “冬季路演” on")
    (post,) = [x for x in plan if x.key == "promo-1-moments"]
    steps.tick_step(book, post.id)
    events.move(book, event_id, card.row.starts_at + timedelta(days=7))
    (told,) = [x for x in corrections.of(book, event_id) if x.table == POST]
    assert str(told.text) == "冬季路演, not Mon 7 Dec, 09:00 but Mon 14 Dec, 09:00"


def test_words_of_one_step_are_filled_in_with_what_the_checklist_was_answered(
    book: Book, tmp_path_factory: pytest.TempPathFactory
) -> None:
    event_id, _known = road_show(book, tmp_path_factory.mktemp("lists"))
    (line,) = [x for x in events.plan(book, event_id) if x.key == "promo-1-groups"]
    draft = step_changes.draft_of(line)
    step_changes.change(book, line.id, draft._replace(words="{event}：{date}，签到：{signin}"))
    said = answers.fields(book, event_id).get("signin", "(signin is not known)")
    text = promoting.text(book, events.get(book, event_id), steps.step(book, line.id))
    assert str(text) == f"冬季路演：Mon 7 Dec, 09:00，签到：{said}"
    with pytest.raises(Refused, match=r"line 2: \{plaze\} is filled in by nothing; known: name"):
        step_changes.change(book, line.id, draft._replace(words="来吧\n{plaze} {date}"))


def test_a_field_that_nothing_fills_in_is_named_with_its_line(book: Book) -> None:
    write(book, OWN + '\n[[text]]\nuse = "moved"\nen = "now {wen}"\n')
    said = [str(one) for one in own_kinds.look_at_all(book)]
    assert "texts.toml, line 22" in said[0]
    assert "{wen} is filled in by nothing" in said[0]
