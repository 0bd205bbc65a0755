"""Where in which file, for a sentence about it."""

from __future__ import annotations

from pathlib import Path

from opslog.locale import N_, Msg, msg


def place(path: Path, sheet: str, line: int) -> Msg | str:
    if sheet and line:
        return msg(N_("{file}, sheet {sheet}, line {line}"), file=path.name, sheet=sheet, line=line)
    if sheet:
        return msg(N_("{file}, sheet {sheet}"), file=path.name, sheet=sheet)
    if line:
        return msg(N_("{file}, line {line}"), file=path.name, line=line)
    return path.name
