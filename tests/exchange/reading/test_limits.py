"""What would take too much memory is stopped before it does."""

from __future__ import annotations

import struct
import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from opslog.domain.base.refusal import Refused
from opslog.exchange.meaning.opening import open_list
from opslog.exchange.reading import limits, probe
from tests.exchange.lists_of import FILES
from tests.exchange.xlsb import write_xlsb


def a_workbook(path: Path, *far: tuple[int, int]) -> Path:
    """Two rows of a list, and stray cells far away."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["姓名", "手机号"])
    sheet.write_row(1, 0, ["王志刚", "13800138000"])
    for row, column in far:
        sheet.write(row, column, "x")
    book.close()
    return path


def padded(source: Path, target: Path, size: int) -> Path:
    """The same workbook with one part more, that unpacks to ``size`` bytes of nothing."""
    with (
        zipfile.ZipFile(source) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            new.writestr(part, old.read(part))
        with new.open("xl/worksheets/sheet9.xml", "w", force_zip64=False) as more:
            for _piece in range(size >> 20):
                more.write(bytes(1 << 20))
    return target


def lying(path: Path, declared: int = 1000) -> Path:
    """Every entry of the archive says that it is small."""
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        at = data.find(mark)
        while at >= 0:
            (size,) = struct.unpack_from("<I", data, at + offset)
            struct.pack_into("<I", data, at + offset, min(size, declared))
            at = data.find(mark, at + 4)
    path.write_bytes(data)
    return path


def test_what_would_unpack_to_gigabytes_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_UNPACKED", 8 << 20)
    bomb = padded(a_workbook(tmp_path / "a.xlsx"), tmp_path / "bomb.xlsx", 64 << 20)
    assert bomb.stat().st_size < 100_000
    with pytest.raises(Refused, match=r"bomb\.xlsx unpacks to more than 8 MB"):
        open_list(bomb)


def test_a_bomb_that_lies_about_its_size_is_stopped_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_UNPACKED", 8 << 20)
    bomb = lying(padded(a_workbook(tmp_path / "a.xlsx"), tmp_path / "bomb.xlsx", 64 << 20))
    with zipfile.ZipFile(bomb) as archive:
        assert sum(part.file_size for part in archive.infolist()) < 100_000
    with pytest.raises(Refused, match="unpacks to more than 8 MB"):
        open_list(bomb)


def test_the_limit_is_a_gigabyte() -> None:
    assert limits.MOST_UNPACKED == 1 << 30


def test_a_stray_cell_in_the_last_corner_does_not_take_all_memory(tmp_path: Path) -> None:
    far = a_workbook(tmp_path / "far.xlsx", (1_048_575, 16_383))
    with pytest.raises(Refused, match="reaches over 1,048,576 rows and 16,384 columns"):
        open_list(far)


@pytest.mark.parametrize("stray", [(1, 16_383), (1_048_575, 1)])
def test_a_stray_cell_at_one_edge_is_read_around(tmp_path: Path, stray: tuple[int, int]) -> None:
    rows = list(open_list(a_workbook(tmp_path / "edge.xlsx", stray)))
    assert rows[0].cells[:2] == ["王志刚", "13800138000"]


def test_a_million_rows_of_few_columns_are_no_stray_cells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_CELLS", 20_000)
    limits.check(a_workbook(tmp_path / "long.xlsx", (9_000, 1)))
    with pytest.raises(Refused, match="9,001 rows and 3 columns"):
        limits.check(a_workbook(tmp_path / "longer.xlsx", (9_000, 2)))


def test_a_sheet_of_xlsb_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_xlsb(tmp_path / "a.xlsb", {"名单": [["x"] * 30] * 40})
    limits.check(path)
    monkeypatch.setattr(limits, "MOST_CELLS", 1_199)
    with pytest.raises(Refused, match="over 40 rows and 30 columns"):
        limits.check(path)


def test_an_xlsb_that_lacks_a_sheet_is_said_to_be_broken(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    whole = write_xlsb(tmp_path / "a.xlsb", {"名单": [["姓名"], ["王志刚"]]})
    path = tmp_path / "half.xlsb"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            links = part.filename.endswith("workbook.bin.rels")
            new.writestr(part, data.replace(b'Id="rId1"', b'Id="rId7"') if links else data)
    with pytest.raises(Refused, match=r"half\.xlsb is broken"):
        open_list(path)
    assert capfd.readouterr().err == ""


def test_an_xls_whose_cells_lie_beyond_any_sheet_is_broken(tmp_path: Path) -> None:
    """XLS has no checksums: one byte makes a cell of column 60,000, and memory is gone."""
    data = bytearray((FILES / "list.xls").read_bytes())
    cell = data.find(struct.pack("<2H3H", 0xFD, 10, 2, 0, 0)[:8])
    assert cell > 0
    struct.pack_into("<2H", data, cell + 4, 60_000, 60_000)
    path = tmp_path / "far.xls"
    path.write_bytes(data)
    with pytest.raises(Refused, match=r"far\.xls is broken"):
        open_list(path)


@pytest.mark.skipif(sys.platform == "win32", reason="what it takes is bounded by the clock there")
def test_what_a_file_may_take_is_counted_by_the_processor_not_by_the_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A busy machine starts nothing within seconds, and refuses no sound list for that."""
    (tmp_path / "python_calamine.py").write_text(
        "import resource\n"
        "def load_workbook(file):\n"
        "    if not 0 < resource.getrlimit(resource.RLIMIT_CPU)[0] <= 10:\n"
        "        raise KeyboardInterrupt('it could go on for ever')\n"
        "    raise ValueError('an error in words')\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert probe.survives(FILES / "list.xls", sheets=True)
    assert probe._PATIENCE > 20
