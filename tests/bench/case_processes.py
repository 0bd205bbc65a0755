"""Cases that are one process from start to end: ``version``, ``report``, ``add``, ``import``."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from platformdirs import user_cache_path

from opslog.services.book.book import open_book
from opslog.services.demo import demo
from tests.bench import reference_import
from tests.bench.lists import with_event
from tests.bench.measuring import (
    Figure,
    Settings,
    Unavailable,
    in_turn,
    installed_script,
    median,
    opslog,
    process_time,
    python,
)
from tests.bench.people import write_list

LINE = "14:30 回访王总，对方要报价 #回访 ~20m"
JRNL = "jrnl>=4.2"
JRNL_CONFIG = """\
version: v4.2
journals:
  default:
    journal: {journal}
editor: ''
encrypt: false
template: false
default_hour: 9
default_minute: 0
timeformat: '%F %r'
tagsymbols: '#@'
highlight: false
linewrap: 79
indent_character: '|'
colors:
  body: none
  date: none
  tags: none
  title: none
"""


def version(settings: Settings) -> list[Figure]:
    """``opslog --version``."""
    env = settings.environment()
    ways = [opslog("--version"), python("-c", "pass")]
    script = installed_script()
    if script is not None:
        ways.append([str(script), "--version"])
    ours, bare, *script_runs = in_turn(
        settings.quick_runs, *(partial(process_time, way, env) for way in ways)
    )
    return [
        Figure(
            "version",
            "python -m opslog --version",
            median(ours),
            median(bare),
            "python -c pass",
            goal=2.0,
            runs=settings.quick_runs,
            more=_script(script_runs),
        )
    ]


def report(settings: Settings) -> list[Figure]:
    """``opslog report day`` on the sample: counting a day costs little more than reading it."""
    folder = settings.folder / "report"
    folder.mkdir(parents=True, exist_ok=True)
    demo.build(folder).close()
    path, env = folder / "opslog.db", settings.environment()
    ways = [opslog("--db", str(path), "report", "day"), opslog("--db", str(path), "log")]
    ours, theirs = in_turn(settings.quick_runs, *(partial(process_time, way, env) for way in ways))
    return [
        Figure(
            "report",
            "opslog report day, the sample",
            median(ours),
            median(theirs),
            "opslog log",
            goal=2.0,
            runs=settings.quick_runs,
        )
    ]


def add(settings: Settings) -> list[Figure]:
    """``opslog add`` of one line, as the shell sees it."""
    jrnl, env = jrnl_command(settings), settings.environment()
    database = settings.folder / "add.db"
    open_book(database).close()
    ways = [opslog("--db", str(database), "add", LINE), [*jrnl, LINE]]
    script = installed_script()
    if script is not None:
        ways.append([str(script), "--db", str(database), "add", LINE])
    ours, theirs, *script_runs = in_turn(
        settings.quick_runs, *(partial(process_time, way, env) for way in ways)
    )
    return [
        Figure(
            "add",
            "python -m opslog add, one line",
            median(ours),
            median(theirs),
            "python -m jrnl, one line",
            goal=0.5,
            runs=settings.quick_runs,
            more=_script(script_runs),
        )
    ]


def _script(runs: list[list[float]]) -> dict[str, float]:
    """What the installed script takes, where there is one."""
    return {"the installed script": median(runs[0])} if runs else {}


def jrnl_command(settings: Settings) -> list[str]:
    """How to call jrnl: beside this interpreter, else in an environment of its own.

    Raises Unavailable where there is neither.
    """
    interpreter = sys.executable
    if find_spec("jrnl") is None:
        interpreter = str(_jrnl_environment(settings.install))
    config = settings.folder / "jrnl.yaml"
    journal = json.dumps(str(settings.folder / "journal.txt"))
    config.write_text(JRNL_CONFIG.format(journal=journal), encoding="utf-8")
    return [interpreter, "-m", "jrnl", "--config-file", str(config)]


def _jrnl_environment(install: bool) -> Path:
    """jrnl pins an old python-dateutil, so where it isn't there it gets its own environment."""
    folder = user_cache_path("opslog-bench", appauthor=False) / "jrnl"
    interpreter = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if interpreter.exists():
        return interpreter
    if not install:
        raise Unavailable("jrnl is not installed; python -m tests.bench add fetches it")
    try:
        subprocess.run(python("-m", "venv", str(folder)), check=True, capture_output=True)
        subprocess.run(
            [str(interpreter), "-m", "pip", "install", "--quiet", JRNL],
            check=True,
            capture_output=True,
        )
    except subprocess.CalledProcessError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise Unavailable(
            "jrnl can't be installed here (no package index?); "
            f"pip install '{JRNL}' and try again: {error.stderr.decode(errors='replace')[-200:]}"
        ) from error
    return interpreter


def import_list(settings: Settings) -> list[Figure]:
    """``opslog import`` with everything it does, undo and search included."""
    env = settings.environment()
    path = write_list(settings.folder / "signups.csv", settings.people)
    empty = settings.folder / "import-empty.db"
    event_id = with_event(empty)
    numbers = iter(range(1_000))

    def ours() -> float:
        database = shutil.copyfile(empty, settings.folder / "import.db")
        taken = process_time(
            opslog("--db", str(database), "import", str(path), "--event", str(event_id)), env
        )
        for leftover in settings.folder.glob("import.db*"):
            leftover.unlink()
        return taken

    def raw() -> float:
        database = settings.folder / f"raw-{next(numbers)}.db"
        script = reference_import.__file__
        taken = process_time(python(script, str(path), str(database)), env)
        database.unlink()
        return taken

    mine, theirs = in_turn(settings.runs, ours, raw)
    return [
        Figure(
            "import",
            f"opslog import, {settings.people:,} rows",
            median(mine),
            median(theirs),
            "csv + executemany of the raw rows",
            goal=5.0,
            runs=settings.runs,
        )
    ]
