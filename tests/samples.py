"""The sample database, told once for all that tests by it, and copied for each who asks."""

from __future__ import annotations

import fcntl
import shutil
from pathlib import Path

from opslog import locale
from opslog.domain.base.clock import Clock
from opslog.services.demo import demo


class Samples:
    """What was told lies in ``folder``, which several processes may share."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def copy(self, folder: Path, clock: Clock) -> Path:
        """The sample as it is told at the clock's time in the language spoken: its database."""
        told = self._folder / f"{locale.language()} {clock.now():%Y-%m-%d %H%M}"
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not told.exists():
                begun = told.with_suffix(".begun")
                begun.mkdir()
                demo.build(begun, clock).close()
                begun.rename(told)
        shutil.copytree(told, folder, dirs_exist_ok=True)
        return folder / "opslog.db"
