"""A lock between processes: on a file that is open, and gone with whoever opened it."""

from __future__ import annotations

import errno
import os
import sys

_BEYOND = 1 << 30  # the byte locked on Windows, where what is locked can't be read


def take(descriptor: int) -> bool:
    """Whether nobody else had the lock of this file, which is held now until it is closed.

    Two openings exclude each other also within one process. Raises OSError on a file system
    that knows no locks.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, _BEYOND, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            # Not lockf: its locks are the process's, and go when any opening of the file is closed.
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK):
            return False
        raise
    return True
