"""The lists of the sample are what their script writes, and as messy as promised."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from sample_data import make

NAMES = list(make.FILES)


def _workbook(path: Path) -> dict[str, list[list[object]]]:
    with CalamineWorkbook.from_path(str(path)) as book:
        return {
            name: [list(row) for row in book.get_sheet_by_name(name).to_python()]
            for name in book.sheet_names
        }


@pytest.mark.parametrize("name", NAMES)
def test_the_files_are_up_to_date(name: str, tmp_path: Path) -> None:
    fresh = tmp_path / name
    make.FILES[name](fresh)
    shipped = make.LISTS / name
    if name.endswith(".xlsx"):  # its packing differs between versions of zlib
        assert _workbook(shipped) == _workbook(fresh)
    else:
        assert shipped.read_bytes() == fresh.read_bytes()


def test_nothing_else_lies_among_the_lists() -> None:
    assert sorted(file.name for file in make.LISTS.iterdir()) == sorted(NAMES)


def test_the_same_bytes_each_time(tmp_path: Path) -> None:
    for name, write in make.FILES.items():
        write(tmp_path / name)
        first = (tmp_path / name).read_bytes()
        write(tmp_path / name)
        assert (tmp_path / name).read_bytes() == first


def test_it_needs_nothing_of_opslog(tmp_path: Path) -> None:
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); import make;"
        "print(*sorted(m for m in sys.modules if m.split('.')[0] == 'opslog'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(make.HERE)],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert done.stdout.strip() == ""


def _texts() -> dict[str, str]:
    book = _workbook(make.LISTS / NAMES[0])
    return {
        "salon": "\n".join("\t".join(map(str, row)) for rows in book.values() for row in rows),
        "conference": (make.LISTS / NAMES[1]).read_bytes().decode("gb18030"),
        "webinar": (make.LISTS / NAMES[2]).read_bytes().decode("utf-16"),
    }


def test_every_number_is_one_that_nobody_has() -> None:
    plain = {name: text.translate(_NARROW) for name, text in _texts().items()}
    found = {
        digits
        for text in plain.values()
        for digits in re.findall(r"1[3-9]\d{9}", re.sub(r"(?<=\d)[ -](?=\d)", "", text))
    }
    assert len(found) > 200
    assert {digits for digits in found if not re.match(r"13\d0000\d{4}", digits)} <= {
        "13000000000",
        "13800000000",
    }


_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")


def test_they_are_messy_on_purpose() -> None:
    texts = _texts()
    for text in texts.values():
        assert "（微信同号）" in text
        assert re.search("１３", text)
        assert re.search(r"1\d\d 0000 \d{4}", text)
        assert "+86 " in text
    for text in (texts["salon"], texts["conference"]):
        assert "合计" in text
        assert "青桐" in text
        assert "测试" in text
        assert re.search(r"\n(,{8}|\t{8})?\r?\n", text)
    assert "1.35E+10" in texts["conference"]
    assert "Acme [/Ops]" in texts["conference"]
    assert (make.LISTS / NAMES[2]).read_bytes().startswith(b"\xff\xfe")
    with pytest.raises(UnicodeDecodeError):
        (make.LISTS / NAMES[1]).read_bytes().decode("utf-8")


def test_the_workbook_has_titles_numbers_and_merged_cells() -> None:
    rows = _workbook(make.LISTS / NAMES[0])["报名名单"]
    assert rows[0][0] == "上海沙龙报名名单（最终版2）"
    assert rows[2][1:4] == ["姓名", "手机号", "公司名称"]
    assert rows[3][2] == 13500001000.0
    assert rows[5][3] != ""
    assert rows[6][3] == ""  # merged with the cell above


@pytest.mark.parametrize(("name", "low", "high"), [(0, 60, 90), (1, 110, 150), (2, 60, 75)])
def test_each_is_as_long_as_a_real_one(name: int, low: int, high: int) -> None:
    lines = list(_texts().values())[name].splitlines()
    assert low <= len(lines) <= high
