"""Files of people that are no tables: any size, any text, and files that were cut off."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opslog.exchange.meaning.opening import open_list
from opslog.exchange.people_files import addresses, chains, chats, vcards
from opslog.exchange.people_files.entries import Entry, Line

_READERS = (vcards.entries, addresses.entries, chains.entries, chats.entries)
_PIECES = st.sampled_from(
    [
        *("BEGIN:VCARD", "END:VCARD", "N:林;晓;;;", "FN;ENCODING=QUOTED-PRINTABLE:=E6=9", "AGENT:"),
        *("TEL;CELL:13800138061", "PHOTO;ENCODING=B:/9j/", "A <a@b.com>;", "#接龙", "1. 林晓"),
        *("林晓 2026-11-27 10:01:22", "报名 13800138061", "=", "\\", ";", ":", "\n", "\n ", '"'),
    ]
)
_TEXTS = st.lists(st.one_of(_PIECES, st.text(max_size=8)), max_size=30).map("".join)


def _lines(text: str) -> list[Line]:
    return list(enumerate(text.split("\n"), 1))


@settings(max_examples=300, deadline=None)
@given(_TEXTS)
def test_no_text_stops_a_reader_and_each_entry_stands_where_it_says(text: str) -> None:
    lines = _lines(text)
    addresses.are_lines(lines)
    chains.is_chain(lines)
    chats.is_chat(lines)
    for reader in _READERS:
        at = 0
        for entry in reader(lines):
            assert isinstance(entry, Entry)
            assert at <= entry.line <= len(lines)
            at = entry.line


def _card(number: int) -> str:
    return f"BEGIN:VCARD\r\nFN:李{number}\r\nTEL:+86138{number:08}\r\nEND:VCARD\r\n"


@pytest.mark.parametrize("count", [1, 2, 3, 40, 2000])
@pytest.mark.parametrize(
    "one",
    [
        _card,
        lambda number: f"李{number} <p{number}@example.com>;\n",
        lambda number: f"{number + 1}. 林晓 138{number:08}\n",
        lambda number: f"林晓 2026-11-27 10:01:22\n138{number:08}\n",
    ],
    ids=["cards", "addresses", "turns", "chat"],
)
def test_as_many_rows_as_people(tmp_path: Path, one: object, count: int) -> None:
    assert callable(one)
    path = tmp_path / "people.txt"
    path.write_text("#接龙\n" * ("1." in one(0)) + "".join(map(one, range(count))), "utf-8")
    rows = list(open_list(path))
    assert len(rows) == count
    assert not any(row.marks for row in rows)


@pytest.mark.parametrize("cut", range(5, 130, 7))
def test_a_file_cut_off_anywhere_keeps_what_it_holds(tmp_path: Path, cut: int) -> None:
    whole = (_card(1) + _card(2)).encode()
    path = tmp_path / "cut.vcf"
    path.write_bytes(whole[:cut] + b"\0" * 20)
    if cut < len("BEGIN:VCARD"):
        return
    rows = list(open_list(path))
    assert sum("END:VCARD" in row.cells[-1] for row in rows) == whole[:cut].count(b"END:VCARD")
    assert all(row.marks for row in rows if "END:VCARD" not in row.cells[-1])
