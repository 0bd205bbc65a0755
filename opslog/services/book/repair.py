"""Saving what can be saved of a damaged file into a new one beside it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from opslog.disk import temporary
from opslog.domain.base import foreign
from opslog.domain.base.clock import Clock, instant_text, system_clock
from opslog.domain.base.refusal import Refused
from opslog.locale import N_, Msg, msg
from opslog.store.damage import salvaging
from opslog.store.damage.salvaging import Salvaged
from opslog.store.db import connection


def repair(
    path: Path,
    target: Path | None = None,
    *,
    clock: Clock | None = None,
    told: Callable[[Msg], None] = lambda _text: None,
) -> tuple[Path, Salvaged]:
    """Write what can be read at ``path`` to ``target``, else beside it; where, what is missing.
    ``told`` hears how far that is.

    The file at ``path`` is only read. Raises Refused where ``target`` exists or can't be written,
    and where nothing can be read at all; nothing is left then.
    """
    path = Path(os.path.abspath(path))
    target = Path(os.path.abspath(target or path.with_name(f"{path.stem}-repaired{path.suffix}")))
    if not path.is_file():
        raise Refused(msg(N_("There is no file {path}; name another with --db"), path=path))
    if target.exists():
        raise Refused(msg(N_("{path} exists; a repair never writes over a file"), path=target))
    try:
        with temporary.folder(target.parent) as folder:
            staged = folder / target.name
            at = instant_text((clock or system_clock()).now())
            text = N_("saving what can be saved: {table}")
            done = salvaging.salvage(path, staged, at, lambda table: told(msg(text, table=table)))
            staged.chmod(0o600)
            os.replace(staged, target)
    except sqlite3.DatabaseError as error:
        connection.flaw_of(error)
        if connection.is_full(target, error):
            raise _unwritten(target, error) from error
        raise Refused(
            msg(
                N_(
                    "Nothing can be read of {path} ({reason}); bring a backup back with: "
                    "opslog restore FILE"
                ),
                path=path,
                reason=foreign.reason(error),
            )
        ) from error
    except OSError as error:
        raise _unwritten(target, error) from error
    return target, done


def _unwritten(path: Path, error: Exception) -> Refused:
    reason = foreign.reason(error)
    text = N_("{path} can't be written ({reason}); nothing was changed")
    return Refused(msg(text, path=path, reason=reason))
