"""``python -m opslog.exchange.reading.probe FILE [sheets]``: whether the library survives a file.

XLS carries no checksums: one byte amiss may tell the library of a cell far away, and it asks for
more memory than there is, which ends the process at once. In XLSB a part that is missing makes it
print its own traceback over the screen. So such files are tried in a process of their own first,
with bounds. Exit code 0: it can be opened here too, or is refused in words.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import opslog

_SECONDS = 4  # of the processor
_PATIENCE = 30  # seconds by the clock: on a busy machine a sound file takes several
_MEMORY = 2 << 30  # bytes; the largest sheet that XLS can hold takes a quarter of it
_PANIC = 4


def survives(path: Path, *, sheets: bool) -> bool:
    """Whether opening the file, and its ``sheets`` too, ends well within the bounds."""
    home = str(Path(opslog.__file__).resolve().parent.parent)
    paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
    try:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "opslog.exchange.reading.probe", str(path.absolute())),
                *(["sheets"] if sheets else []),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def _bound() -> None:
    try:
        import resource
    except ImportError:  # Windows: the time is bounded all the same
        return
    for what, wanted in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _SECONDS)):
        _soft, hard = resource.getrlimit(what)
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(what, (most, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(path: str, *, sheets: bool) -> int:
    _bound()
    from python_calamine import load_workbook

    try:
        with open(path, "rb") as file:
            book = load_workbook(file)
        for name in book.sheet_names if sheets else ():
            book.get_sheet_by_name(name)
    except Exception:
        return 0  # an error in words, which the reader says again
    except BaseException:
        return _PANIC
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], sheets="sheets" in sys.argv[2:]))
