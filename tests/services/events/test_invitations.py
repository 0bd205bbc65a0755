"""An organiser's invitation: entered, moved by a new version, called off."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from opslog.domain.base.refusal import Refused
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.events import events, invitations
from opslog.services.events.invitations import Seen

TIMES = "DTSTART;TZID=Asia/Tokyo:20261210T150000\nDTEND;TZID=Asia/Tokyo:20261210T180000"


def invitation(
    folder: Path, times: str = TIMES, *, sequence: int = 0, more: str = "", head: str = ""
) -> Path:
    path = folder / "invite.ics"
    path.write_bytes(
        (
            f"BEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:REQUEST\n{head}BEGIN:VEVENT\n"
            f"UID:abc@example.com\nSEQUENCE:{sequence}\nSUMMARY:制造业\\, 数字化大\n 会\n"
            f"{times}\nLOCATION:东京 国际论坛\n"
            f'ORGANIZER;CN="主办方, 山田":mailto:y@example.com\n{more}END:VEVENT\nEND:VCALENDAR\n'
        )
        .replace("\n", "\r\n")
        .encode()
    )
    return path


def look(book: Book, path: Path) -> Seen:
    return invitations.look(book, path)


def test_an_invitation_becomes_an_event_of_somebody_else(book: Book, tmp_path: Path) -> None:
    made = invitations.take(book, look(book, invitation(tmp_path))).made
    card = events.get(book, made)
    assert card.name == "制造业, 数字化大会"
    assert card.row.host == "sponsored"
    assert card.row.starts_at == datetime(2026, 12, 10, 6, tzinfo=UTC)
    assert card.row.ends_at == datetime(2026, 12, 10, 9, tzinfo=UTC)
    assert card.row.place == "东京 国际论坛"
    assert "主办方, 山田" in card.note
    assert events.plan(book, made)
    history.undo(book)
    assert not events.listing(book)


def test_a_new_version_moves_it_and_an_old_one_does_not(book: Book, tmp_path: Path) -> None:
    made = invitations.take(book, look(book, invitation(tmp_path))).made
    with pytest.raises(Refused, match="already"):
        look(book, invitation(tmp_path))
    later = TIMES.replace("20261210", "20261217")
    seen = look(book, invitation(tmp_path, later, sequence=2))
    assert seen.preview is not None
    assert seen.preview.plan.shifted
    assert invitations.take(book, seen).made == made
    assert events.get(book, made).row.starts_at == datetime(2026, 12, 17, 6, tzinfo=UTC)
    with pytest.raises(Refused, match="newer"):
        look(book, invitation(tmp_path, sequence=1))
    history.undo(book)
    assert events.get(book, made).row.starts_at == datetime(2026, 12, 10, 6, tzinfo=UTC)
    assert look(book, invitation(tmp_path, later, sequence=1)).event_id == made


def test_what_is_called_off_is_cancelled(book: Book, tmp_path: Path) -> None:
    off = "STATUS:CANCELLED\n"
    with pytest.raises(Refused, match="no event was made"):
        look(book, invitation(tmp_path, more=off))
    made = invitations.take(book, look(book, invitation(tmp_path))).made
    invitations.take(book, look(book, invitation(tmp_path, sequence=1, more=off)))
    assert events.get(book, made).row.cancelled_at is not None
    with pytest.raises(Refused, match="already"):
        look(book, invitation(tmp_path, sequence=2, more=off))


OUTLOOK = (
    "BEGIN:VTIMEZONE\nTZID:Werk\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0530\n"
    "TZOFFSETTO:+0530\nEND:STANDARD\nEND:VTIMEZONE\n"
)


@pytest.mark.parametrize(
    ("times", "starts", "ends"),
    [
        ("DTSTART:20261210T060000Z\nDURATION:PT90M", "2026-12-10T06:00", "2026-12-10T07:30"),
        ("DTSTART:20261210T140000\nDTEND:20261211T000000", "2026-12-10T06:00", "2026-12-10T16:00"),
        (
            "DTSTART;VALUE=DATE:20280228\nDTEND;VALUE=DATE:20280301",
            "2028-02-28T01:00",
            "2028-02-29T10:00",
        ),
        ("DTSTART;VALUE=DATE:20280229", "2028-02-29T01:00", "2028-02-29T10:00"),
        ("DTSTART;TZID=China Standard Time:20261210T140000", "2026-12-10T06:00", None),
        ("DTSTART;TZID=America/New_York:20261210T220000", "2026-12-11T03:00", None),
        ("DTSTART;TZID=Werk:20261210T113000", "2026-12-10T06:00", None),
    ],
)
def test_times_are_read_with_their_zone(
    book: Book, tmp_path: Path, times: str, starts: str, ends: str | None
) -> None:
    seen = look(book, invitation(tmp_path, times, head=OUTLOOK))
    assert seen.invitation.starts_at == datetime.fromisoformat(f"{starts}+00:00")
    wanted = datetime.fromisoformat(f"{ends}+00:00") if ends else None
    assert seen.invitation.ends_at == wanted
    made = events.get(book, invitations.take(book, seen).made)
    assert made.row.ends_at > made.row.starts_at


@pytest.mark.parametrize(
    ("times", "said"),
    [
        ("DTSTART;VALUE=DATE:20270229", "line 9: “20270229”"),
        ("DTSTART:20261210T246000", "line 9"),
        ("DTSTART;TZID=Mond/Krater:20261210T140000", "line 9: nobody knows"),
        ("DTSTART:20261210T140000Z\nDTEND:20261210T130000Z", "line 10"),
        ("DTSTART:20261210T140000Z\nDURATION:bald", "line 10"),
        ("X-NOTHING:1", "DTSTART"),
        ("DTSTART:20261210T140000Z\nEND:VEVENT\nBEGIN:VEVENT\nUID:2", "line 11: a second"),
    ],
)
def test_a_broken_invitation_is_refused_by_line(
    book: Book, tmp_path: Path, times: str, said: str
) -> None:
    with pytest.raises(Refused) as refused:
        look(book, invitation(tmp_path, times))
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (TIMES, ["16:00 there (Asia/Tokyo)"]),
        ("DTSTART:20261210T070000Z\nRRULE:FREQ=WEEKLY;COUNT=6", ["it repeats weekly: only"]),
        ("DTSTART;VALUE=DATE:20261210\nDTEND;VALUE=DATE:20261213", ["whole days: taken from 09:"]),
        ("DTSTART:20261210T230000Z\nRDATE:20261217T230000Z", ["it repeats: only its first"]),
        ("DTSTART;TZID=China Standard Time:20261210T150000", []),
    ],
)
def test_what_is_read_otherwise_than_one_thinks_is_said(
    book: Book, tmp_path: Path, times: str, said: list[str]
) -> None:
    found = look(book, invitation(tmp_path, times.replace("150000", "160000"))).invitation.remarks
    assert len(found) == len(said)
    assert all(str(one).startswith(words) for one, words in zip(found, said, strict=True))


def test_another_date_of_a_series_leaves_the_event_alone(book: Book, tmp_path: Path) -> None:
    made = invitations.take(book, look(book, invitation(tmp_path))).made
    other = "RECURRENCE-ID;TZID=Asia/Tokyo:20261217T150000\n"
    for more in (other, other + "STATUS:CANCELLED\n"):
        with pytest.raises(Refused, match="another date of the series"):
            look(book, invitation(tmp_path, sequence=1, more=more))
    own = other.replace("20261217", "20261210")
    later = TIMES.replace("20261210", "20261211")
    seen = look(book, invitation(tmp_path, later, sequence=1, more=own))
    assert (seen.event_id, seen.preview is not None) == (made, True)


def test_what_is_called_on_again_is_entered_anew(book: Book, tmp_path: Path) -> None:
    made = invitations.take(book, look(book, invitation(tmp_path))).made
    off = invitation(tmp_path, sequence=1, head="", more="STATUS:CANCELLED\n")
    invitations.take(book, look(book, off))
    with pytest.raises(Refused, match="cancelled already"):
        look(book, invitation(tmp_path, sequence=1))
    again = invitations.take(book, look(book, invitation(tmp_path, sequence=2))).made
    assert again != made
    assert events.get(book, again).row.cancelled_at is None
    later = TIMES.replace("20261210", "20261211")
    assert look(book, invitation(tmp_path, later, sequence=3)).event_id == again
