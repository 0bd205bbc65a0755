"""An import in a process of its own: ``python -m opslog.services.files.import_worker``.

The request is one JSON document on stdin, the answers are JSON lines on stdout: how far it is,
then the report or why it was refused. Killed at any moment it leaves nothing behind.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from opslog import locale
from opslog.domain.base.clock import Clock, instant_of
from opslog.domain.base.labels import pack
from opslog.domain.base.refusal import Refused
from opslog.domain.imports.report import ImportReport
from opslog.domain.rosters.rosters import NEW, UNCHANGED, ImportOptions
from opslog.services.book.book import open_book
from opslog.services.files import coming_in
from opslog.services.twins import search as twin_search

# Lines of a dry run worth a look that are sent back; all are counted.
MOST_LINES = 1_000


def main() -> int:
    request: dict[str, Any] = json.loads(sys.stdin.buffer.read())
    _behind_the_screen()
    locale.set_language(request["language"])
    try:
        report = _run(request)
    except Refused as refusal:
        message = refusal.message
        _tell({"refused": {"id": message.id, "args": pack(message)}})
        return 0
    values = asdict(report)
    values.pop("change", None)
    values["lines"] = [
        line
        for line in values["lines"]
        if line["problems"]
        or line["differs"]
        or line["barred"]
        or line["result"] not in (NEW, UNCHANGED)
    ][:MOST_LINES]
    _tell({"report": values})
    return 0


def _behind_the_screen() -> None:
    """Keys come first: a tenth of their urgency, and a core left free, where the system can. With
    less it would stand still beside whatever else keeps the machine busy."""
    if hasattr(os, "nice"):
        os.nice(10)
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, cores[1:] or cores)


def _run(request: dict[str, Any]) -> ImportReport:
    now = instant_of(request["now"])
    book = open_book(
        Path(request["db"]), clock=Clock(lambda: now, request["zone"]), session=request["session"]
    )
    try:
        verb = coming_in.preview if request["trial"] else coming_in.load
        report = verb(
            book,
            Path(request["file"]),
            request["event"],
            ImportOptions(**request["options"]),
            lambda rows, share: _tell({"rows": rows, "share": share}),
        )
        if not request["trial"]:
            twin_search.after_import(book)
        return report
    finally:
        book.close()


def _tell(answer: dict[str, object]) -> None:
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    raise SystemExit(main())
