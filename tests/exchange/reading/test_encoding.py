from __future__ import annotations

from pathlib import Path

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.rosters.rosters import ImportOptions
from opslog.exchange.meaning.opening import open_list
from opslog.exchange.reading import encoding as file_encoding
from opslog.exchange.reading.encoding import find
from tests.exchange.lists_of import PEOPLE, TEXT, opened, written

BIG5 = "姓名,公司\n陳怡君,台灣積體電路製造股份有限公司\n"
JAPANESE = "氏名,会社\n山田太郎,株式会社サンプル\n佐藤花子,東京商事\n"


@pytest.mark.parametrize(
    ("codec", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_the_encoding_is_found_and_the_cells_come_out_as_they_went_in(
    tmp_path: Path, codec: str, named: str
) -> None:
    found = opened(tmp_path, TEXT.encode(codec))
    assert (found.encoding, found.sure) == (named, True)
    assert [",".join(row.cells) for row in found] == list(PEOPLE)


@pytest.mark.parametrize(
    ("text", "codec"), [(BIG5, "cp950"), (JAPANESE, "cp932"), (BIG5, "gb18030")]
)
def test_bytes_that_decode_in_several_ways_are_weighed(
    tmp_path: Path, text: str, codec: str
) -> None:
    found = file_encoding.find(written(tmp_path, text.encode(codec)))
    assert found.name == codec
    assert found.sure


def test_one_chinese_name_among_much_english_is_enough(tmp_path: Path) -> None:
    text = "name,company\n" + "abc,def\n" * 500 + "王志刚,某某\n"
    assert file_encoding.find(written(tmp_path, text.encode("gb18030"))).name == "gb18030"


def test_what_is_unclear_is_refused_with_the_candidates(tmp_path: Path) -> None:
    found = opened(tmp_path, "name,phone\nJosé García,+34 612 345 678\n".encode("cp1252"))
    with pytest.raises(Refused, match=r"more than one encoding: .*cp1252.*--encoding"):
        found.require_certainty()
    chosen = open_list(found.path, ImportOptions(encoding="cp1252"))
    chosen.require_certainty()
    assert next(iter(chosen)).cells[0] == "José García"


def test_a_few_bytes_amiss_are_kept_and_marked(tmp_path: Path) -> None:
    lines = [*PEOPLE] * 20
    content = TEXT.splitlines()[0].encode() + b"\n" + "\n".join(lines).encode()
    found = opened(tmp_path, content + b"\n\xff\xfe,13500000002,x\n")
    assert found.encoding == "utf-8"
    last = list(found)[-1]
    assert last.cells[0] == "\\xff\\xfe"
    assert last.marks == ("bad_bytes",)


def test_a_wrong_choice_is_refused_with_the_line(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b\n1,2\n王志刚,某某公司\n".encode("gb18030"))
    with pytest.raises(Refused, match="line 3 does not fit"):
        open_list(path, ImportOptions(encoding="utf-8"))


@pytest.mark.parametrize("name", ["klingon", "base64", "rot13", ""])
def test_only_encodings_of_text_may_be_chosen(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, TEXT)
    if not name:
        assert file_encoding.find(path, name).name == "utf-8"
        return
    with pytest.raises(Refused, match="no encoding"):
        file_encoding.find(path, name)


def test_the_candidates_can_be_looked_at_side_by_side(tmp_path: Path) -> None:
    path = written(tmp_path, BIG5.encode("big5"))
    assert file_encoding.readings(path, ["big5"], 1)[0].lines == ("姓名,公司",)
    assert file_encoding.readings(path, ["gb18030"], 1)[0].lines != ("姓名,公司",)


@pytest.mark.parametrize("named", ["utf-16", "UTF16", "utf-32"])
def test_a_wide_encoding_said_of_a_file_that_is_not_is_a_sentence(
    tmp_path: Path, named: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("姓名,手机号\n王志刚,13800138000\n", encoding="utf-8")
    with pytest.raises(Refused, match=r"is not utf-(16|32)-(le|be): line 1 does not fit"):
        file_encoding.find(path, named)


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_read_when_it_is_said(tmp_path: Path, order: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("姓名,手机号\n王志刚,13800138000\n".encode(order))
    assert file_encoding.find(path, "utf-16").name == order


def test_nul_bytes_in_a_short_list_are_no_reason_to_refuse_it(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("姓名,手机号,公司\n张\0三,139\00011113333,公\0司\n".encode())
    assert file_encoding.find(path).name == "utf-8"


def test_a_short_list_with_a_few_bytes_amiss_may_be_utf8(tmp_path: Path) -> None:
    content = (
        "姓名,手机号,公司\n王伟,13800138040,甲\n".encode() + b"\xff\xfe\x80\xc3(,138,\xe4\xb8\n"
    )
    found = file_encoding.find(written(tmp_path, content))
    assert "utf-8" in found.candidates
    assert file_encoding.find(written(tmp_path, content), "utf-8").damaged


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_nuls_at_the_end_of_a_copy_make_no_utf16(tmp_path: Path, encoding: str) -> None:
    people = "".join(f"冯{chr(0x4E00 + n)},1372222{n:04},某某公司\n" for n in range(50))
    content = f"姓名,手机号,公司\n{people}".encode(encoding) + bytes(400)
    assert file_encoding.find(written(tmp_path, content)).name == encoding


@pytest.mark.parametrize("byte", [b"\n", b"A", b"\xff"])
def test_half_a_character_at_the_end_of_utf16_is_marked(tmp_path: Path, byte: bytes) -> None:
    content = b"\xff\xfe" + "姓名,手机号\n冯一,13722220001\n".encode("utf-16-le") + byte
    first, second = opened(tmp_path, content)
    assert (first.cells, first.marks) == (["冯一", "13722220001"], ())
    assert second.marks == ("bad_bytes",)


def test_the_commonest_western_alphabet_can_be_chosen_though_chinese_is_likelier(
    tmp_path: Path,
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("Full Name\r\nPaul Conceição\r\n".encode("cp1252"))
    found = find(path)
    assert not found.sure
    assert "cp1252" in found.candidates
