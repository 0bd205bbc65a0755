from __future__ import annotations

import os
from pathlib import Path

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.rosters.rosters import ImportOptions
from opslog.exchange.meaning.opening import open_list
from tests.exchange.lists_of import FILES, HEADINGS, PEOPLE, TEXT, opened, written


def test_a_list_of_the_field(tmp_path: Path) -> None:
    found = open_list(FILES / "registration.gb18030.csv")
    assert found.encoding == "gb18030"
    assert found.mapping == {
        "name": (0,),
        "phone": (1,),
        "company": (2,),
        "title": (3,),
        "email": (4,),
        "signed_up_at": (5,),
    }
    rows = list(found)
    assert len(rows) == 10
    assert rows[0].cells[0] == "顾泓凌"


def test_blank_lines_are_no_rows_and_lines_keep_their_numbers(tmp_path: Path) -> None:
    text = f"报名名单\n\n姓名,手机号,公司\n{PEOPLE[0]}\n\n , ,\n{PEOPLE[1]}\n"
    found = opened(tmp_path, text)
    assert found.header_row == 3
    assert [row.line for row in found] == [4, 7]


def test_without_headings_columns_are_known_by_content(tmp_path: Path) -> None:
    found = opened(tmp_path, "\n".join(PEOPLE))
    assert found.header_row == 0
    assert found.mapping == {"name": (0,), "phone": (1,), "company": (2,)}
    assert len(list(found)) == 2


def test_headings_and_mapping_can_be_said(tmp_path: Path) -> None:
    text = "foo,bar,baz\nx,y,z\n王志刚,13800138000,某某\n"
    told = opened(tmp_path, text, ImportOptions(header_row=2, columns={"name": "x", "phone": "B"}))
    assert (told.header_row, told.columns) == (2, ("x", "y", "z"))
    assert told.mapping == {"name": (0,), "phone": (1,)}
    none = opened(tmp_path, text, ImportOptions(header_row=0, columns={"name": "#1"}))
    assert len(list(none)) == 3
    rows_of_numbers = "姓名,联络\n王志刚,2\n合计,2\n"
    by_place = opened(tmp_path, rows_of_numbers, ImportOptions(columns={"note": "#2"}))
    assert (by_place.header_row, by_place.mapping["note"]) == (1, (1,))
    by_name = opened(tmp_path, text, ImportOptions(columns={"name": "bar"}))
    assert (by_name.header_row, by_name.mapping["name"]) == (1, (1,))


def test_a_column_said_to_mean_one_thing_means_no_other(tmp_path: Path) -> None:
    options = ImportOptions(columns={"note": "公司"})
    assert opened(tmp_path, TEXT, options).mapping == {"name": (0,), "phone": (1,), "note": (2,)}
    assert "phone" not in opened(tmp_path, TEXT, ImportOptions(columns={"phone": ""})).mapping


def test_a_missing_column_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(
        Refused, match=r"line 1: there is no column “ZZ”; the columns are 姓名, 手机号"
    ):
        opened(tmp_path, TEXT, ImportOptions(columns={"email": "ZZ"}))
    with pytest.raises(Refused, match="There is no field “phon”"):
        opened(tmp_path, TEXT, ImportOptions(columns={"phon": "A"}))
    with pytest.raises(Refused, match=r"no column is known to hold names.*column_a"):
        open_list(FILES / "bad.csv").require_people()
    with pytest.raises(Refused, match=r"blanks\.csv: no column"):
        open_list(FILES / "blanks.csv").require_people()


def test_headings_over_nothing_are_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="line 1: there are no rows below the headings"):
        opened(tmp_path, "姓名,手机号\n\n")
    with pytest.raises(Refused, match="nothing on line 50"):
        opened(tmp_path, TEXT, ImportOptions(header_row=50))


@pytest.mark.parametrize("blank", ["", ",,", " ,\t,"])
def test_any_number_of_blank_lines_may_stand_between(tmp_path: Path, blank: str) -> None:
    found = opened(tmp_path, "\n".join([HEADINGS, *[blank] * 500, PEOPLE[0]]))
    assert [row.line for row in found.preview().rows] == [502]
    assert [row.line for row in found] == [502]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b",,,\n , ,\n" * 3000, "is empty"),
        (b"\n \r\n\t", "is empty"),
        (b"\0" * 5000, "is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), r"a picture \(PNG\), not a list"),
        (b"\xff\xd8\xff\xe0" + bytes(100), r"a picture \(JPEG\)"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b'\xef\xbb\xbf{\n "rows": []}', r"data for programs \(JSON\)"),
        (b"<html><table><tr><td>x</td></tr></table></html>", "is a web page"),
        (b"SQLite format 3\0" + bytes(100), "a database"),
        (b"\x1f\x8b\x08" + bytes(100), "a compressed archive"),
        (bytes(range(128, 256)) * 20, "no encoding fits"),
    ],
)
def test_what_is_no_list_is_a_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        opened(tmp_path, content)


def test_paths_that_lead_nowhere_are_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="There is no file"):
        open_list(tmp_path / "none.csv")
    with pytest.raises(Refused, match="is a folder"):
        open_list(tmp_path)
    with pytest.raises(Refused, match="can't be read"):
        open_list(tmp_path / "a\0b.csv")


def test_what_gives_its_bytes_once_or_for_ever_is_a_sentence() -> None:
    with pytest.raises(Refused, match="is no ordinary file"):
        open_list(Path(os.devnull))


def test_a_file_without_permission_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = written(tmp_path, TEXT)
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(Refused, match="may not be read"):
        open_list(path)


def test_a_preview_shows_how_it_would_be_read(tmp_path: Path) -> None:
    preview = opened(tmp_path, f"报名名单\n{TEXT}").preview()
    assert (preview.encoding, preview.delimiter, preview.header_row) == ("utf-8", ",", 2)
    assert preview.encodings[0] == "utf-8"
    assert [row.cells[0] for row in preview.rows] == ["顾泓凌", "欧晟"]
    assert [row.cells for row in preview.above] == [("报名名单",)]


def test_headings_with_line_breaks_and_empty_columns_at_the_end(tmp_path: Path) -> None:
    found = opened(tmp_path, '"姓\n名",手机号,,\n王志刚,13800138000,,\n')
    assert found.columns == ("姓 名", "手机号")


def test_what_was_found_is_named_in_few_words(tmp_path: Path) -> None:
    found = opened(tmp_path, ("题" * 5000 + ",乙,丙\n1,2,3\n").encode())
    with pytest.raises(Refused) as refused:
        found.require_people()
    assert len(str(refused.value)) < 250
