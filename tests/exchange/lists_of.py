"""Small lists, written the way a test needs them."""

from __future__ import annotations

from pathlib import Path

from opslog.domain.rosters.rosters import ImportOptions
from opslog.exchange.meaning.list_file import OpenList
from opslog.exchange.meaning.opening import open_list

FILES = Path(__file__).parent / "files"
HEADINGS = "姓名,手机号,公司"
PEOPLE = (
    "顾泓凌,13500000000,苏州利博优美网络服务有限公司",
    "欧晟,13500000001,河北曦淼商贸有限公司",
)
TEXT = "\n".join([HEADINGS, *PEOPLE]) + "\n"


def written(folder: Path, content: str | bytes, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def rows_of(path: Path, options: ImportOptions | None = None) -> list[list[str]]:
    return [row.cells for row in open_list(path, options)]


def opened(folder: Path, content: str | bytes, options: ImportOptions | None = None) -> OpenList:
    return open_list(written(folder, content), options)
