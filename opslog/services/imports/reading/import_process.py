"""Imports beside the screen: in a process, so that keys stay fast, killed to be cancelled."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import opslog
from opslog.domain.base.clock import instant_text
from opslog.domain.base.labels import unpack
from opslog.domain.base.refusal import Refused
from opslog.domain.imports.report import (
    Filled,
    ImportReport,
    NotContacted,
    RosterLine,
    Unclear,
)
from opslog.domain.rosters.rosters import ImportOptions, Left
from opslog.locale import N_, language, msg
from opslog.services.book.book import Book
from opslog.services.book.long_change import Stopped

Progress = Callable[[int, float], None]
_LONGEST_ANSWER = 64 << 20  # bytes of one line: the report with its headings and lines


class ImportProcess:
    """One import, or with ``trial`` only a dry run, run once by ``run`` and ended by ``stop``."""

    def __init__(
        self,
        book: Book,
        path: Path,
        event_id: int,
        options: ImportOptions,
        *,
        trial: bool = False,
    ) -> None:
        self._request: dict[str, Any] = {
            "db": str(book.path),
            "now": instant_text(book.now()),  # one instant stands for the whole import
            "zone": book.clock.zone_name,
            "session": book.session,
            "language": language(),
            "file": str(path.absolute()),
            "event": event_id,
            "options": {**options._asdict(), "columns": dict(options.columns)},
            "trial": trial,
        }
        self._book, self._trial = book, trial
        self._process: asyncio.subprocess.Process | None = None
        self._stopped = False

    async def run(self, progress: Progress | None = None) -> ImportReport:
        """The report; a dry run's has the lines worth a look.

        Raises Refused as ``rosters.load`` does, and Stopped after ``stop``.
        """
        if self._stopped:
            raise Stopped
        with nullcontext() if self._trial else self._hold():
            return await self._run(progress)

    async def _run(self, progress: Progress | None) -> ImportReport:
        self._process = process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "opslog.services.files.import_worker"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=_LONGEST_ANSWER,
            env=_environment(),
        )
        try:
            return await self._listen(process, progress)
        finally:
            await process.wait()

    @contextmanager
    def _hold(self) -> Iterator[None]:
        """Nothing else is written meanwhile: it would wait, key and screen, for the file."""
        self._book.look_free()
        self._book.held = msg(
            N_("{file} is being taken in; nothing else can be changed until that is done"),
            file=Path(self._request["file"]).name,
        )
        try:
            yield
        finally:
            self._book.release()

    def stop(self) -> None:
        """End it, wherever it is; what it wrote so far was never committed."""
        self._stopped = True
        self._kill()

    def _kill(self) -> None:
        """Only one that is still at work: Popen, asked to kill what has just ended, takes its end
        away from asyncio, which then knows of no such process and makes 255 of it."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()

    async def _listen(
        self, process: asyncio.subprocess.Process, progress: Progress | None
    ) -> ImportReport:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        complaint = asyncio.ensure_future(process.stderr.read())
        try:
            process.stdin.write(json.dumps(self._request).encode())
            process.stdin.close()
            async for line in process.stdout:
                answer: dict[str, Any] = json.loads(line)
                if "report" in answer:
                    return _report(answer["report"])
                if "refused" in answer:
                    raise Refused(unpack(answer["refused"]["id"], answer["refused"]["args"]))
                if progress is not None:
                    progress(answer["rows"], answer["share"])
        except Refused:
            raise
        except BaseException:  # cancelled, say: nobody waits for its answer any more
            self._kill()
            raise
        finally:
            complained = (await complaint).decode("utf-8", "replace").strip()
        if self._stopped:
            raise Stopped
        raise Refused(
            msg(
                N_("The import ended by itself and left nothing behind ({reason}); try again"),
                reason=complained.splitlines()[-1] if complained else process.returncode,
            )
        )


def _environment() -> dict[str, str]:
    """This one's, with opslog to be found where it was found here."""
    home = str(Path(opslog.__file__).resolve().parent.parent)
    path = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": f"{home}{os.pathsep}{path}" if path else home}


def _report(values: dict[str, Any]) -> ImportReport:
    lines = tuple(
        RosterLine(
            **{
                **line,
                "problems": tuple(line["problems"]),
                "filled": tuple(Filled(**filled) for filled in line["filled"]),
                "barred": tuple(line["barred"]),
                "differs": tuple(Filled(**one) for one in line["differs"]),
            }
        )
        for line in values["lines"]
    )
    mapping = {field: tuple(columns) for field, columns in values["mapping"].items()}
    told = {"columns": tuple(values["columns"]), "mapping": mapping, "lines": lines}
    told |= {name: tuple(values[name]) for name in ("own", "unknown", "gone", "offered")}
    told["left"] = tuple(Left(*one) for one in values["left"])
    told["unclear"] = tuple(Unclear(one, word, tuple(at)) for one, word, at in values["unclear"])
    told["barred"] = tuple(NotContacted(scope, tuple(at)) for scope, at in values["barred"])
    return ImportReport(**{**values, **told})
