"""Whether the file under an open connection is still the one that was opened.

A file can be moved, deleted, emptied, replaced, or have another copied over it while it is open.
SQLite notices none of that: what it is told to write goes where nobody will look for it. So who
the file is gets looked at at every poll and before every commit: what the folder says of it (a
``stat``, and nothing more as long as that is the same), then its random identity and its token.

Each change leaves a token in ``file_identity.last_token``: 16 hex digits of its own, then the 16
of the change before. So the file and the log of writes beside it (``-wal``) can be told to belong
together: the file stands at a token of the log, or at the one its first change came after.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from opslog.domain.base.refusal import Replaced
from opslog.locale import N_, Msg, msg

HALF = 16  # hex digits of one token
_NONE = "0" * HALF  # before the first
_TRIES, _PAUSE = 5, 0.02  # another process may be writing the log into the file just now
_HEAD, _FRAME = 32, 24  # bytes before the log, and before each page in it (sqlite.org/walformat)
_LEAF = 0x0D  # a page of rows
_LOCKS, _LOCK_BYTES = 120, 9  # in the shared index: held by each process that has the file open

ADVANCE = (
    "UPDATE file_identity SET last_token ="
    f" lower(hex(randomblob({HALF // 2}))) || substr(last_token || '{_NONE}', 1, {HALF})"
    " RETURNING last_token"
)


class Identity(NamedTuple):
    """Who a database file is, and at which change it stands."""

    id: str
    secret: str
    token: str

    @property
    def newest(self) -> str:
        return self.token[:HALF] or _NONE

    @property
    def key(self) -> bytes:
        """What stands before the token in the bytes of its page."""
        return (self.id + self.secret).encode()


class Watch:
    """The file at ``path`` as ``con`` has it open."""

    def __init__(self, con: sqlite3.Connection, path: Path) -> None:
        self.con = con
        self._path = real(path)
        self._seen = _stat(self._path)
        self._folder = _stat(self._path.parent)[:2]
        self._identity = identity(con)
        self.newest = self._newest()  # what was done last, as far as is known
        self._standing = {self.newest}  # tokens the file itself may stand at
        self._version = _data_version(con)
        self._restored = _restored(con)
        self.kept: Path | None = None  # by a restore: what was there before

    @property
    def in_place(self) -> bool:
        """Whether what lies there is the file that was opened, whatever is in it by now."""
        return _stat(self._path)[:2] == self._seen[:2]

    @property
    def folder_in_place(self) -> bool:
        """Whether it lies where it was, and is not what was under a disk that was taken out."""
        return _stat(self._path.parent)[:2] == self._folder

    def advance(self) -> str:
        """The token of a change that is about to be committed; '' for a file that has none.

        Raises Replaced where it would not be kept.
        """
        self.look()
        row = self.con.execute(ADVANCE).fetchone()
        if row is None:
            return ""
        self.newest = row[0][:HALF]
        self._standing.add(self.newest)
        return str(row[0])

    def look(self) -> None:
        """Raises Replaced where the file is another one, or is not there."""
        found = self.difference()
        if found is not None:
            raise Replaced(found)

    def difference(self) -> Msg | None:
        """What happened to the file; None where it is the one that was opened."""
        now = _stat(self._path)
        if now == self._seen:
            return None
        found = self._what_happened(now)
        if found is None:
            self._seen = now
        return found

    def _what_happened(self, now: tuple[int, ...]) -> Msg | None:
        path = self._path
        if not now:
            if self.folder_in_place:
                return msg(N_("{path} is gone: it was moved, renamed or deleted"), path=path)
            return msg(
                N_("The folder {path} is gone: it was moved or deleted, or its disk taken out"),
                path=path.parent,
            )
        if now[:2] != self._seen[:2]:
            return msg(N_("{path} was replaced by another file"), path=path)
        if now[2] == 0:
            return msg(N_("{path} was emptied: it has 0 bytes"), path=path)
        # Another opslog's erasure makes it shorter, too, and more may stand in the log since.
        if now[2] < min(self._seen[2], self._size()) and not self._reads_whole():
            return msg(N_("{path} was cut short"), path=path)
        if self._identity is None:
            return None
        for _try in range(_TRIES):
            said = self._content(path, self._identity)
            if said is None:
                return None
            time.sleep(_PAUSE)
        return said

    def _content(self, path: Path, known: Identity) -> Msg | None:
        found = in_file(path)
        if found is None:
            if self._reads_whole():  # a log that somebody still reads is written in part only
                return None
            return msg(N_("{path} was overwritten: it can't be read"), path=path)
        if found[:2] == known[:2]:
            if _data_version(self.con) != self._version:
                self._standing.add(self._newest())  # another opslog wrote it
            if found.newest in self._standing:
                self._standing = {found.newest, self._newest()}
                return None
            if _log_continues(_log_of(path), found):
                return None
        return msg(N_("{path} was overwritten: another database was copied over it"), path=path)

    def brought_back(self) -> Msg | None:
        """That another process has made the file what a backup says; said once."""
        version = _data_version(self.con)
        if version == self._version:
            return None
        said = _restored(self.con)
        self._version = version
        self.newest = self._newest()
        self._standing.add(self.newest)
        if said == self._restored:
            return None
        self._restored = said
        known = json.loads(said or "{}")
        self.kept = Path(known["kept"]) if known.get("kept") else None
        text = N_("{path} was brought back from {source} by opslog restore")
        return msg(text, path=self._path, source=known.get("source", ""))

    def _reads_whole(self) -> bool:
        try:
            return str(self.con.execute("PRAGMA quick_check(1)").fetchone()[0]) == "ok"
        except sqlite3.DatabaseError:
            return False

    def _size(self) -> int:
        """Bytes the file has once its log is written into it; as many as it had if it can't say."""
        try:
            pages, size = (
                self.con.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("page_count", "page_size")
            )
        except sqlite3.DatabaseError:  # what it says of itself was overwritten, too
            return self._seen[2]
        return int(pages * size)

    def _newest(self) -> str:
        now = identity(self.con)
        return _NONE if now is None else now.newest

    def abandon(self) -> None:
        """Never close the connection: to close it writes its log into a file that is another one.

        The operating system closes it when the process ends, and writes nothing. A list alone does
        not do: Python empties it at its end, and closes. To end by ``os._exit`` would lose the exit
        code and what others do at the end; the switch of SQLite's own for this
        (``SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE``) can be reached from Python 3.12 on.
        """
        import ctypes  # one reference more than Python knows of

        ctypes.pythonapi.Py_IncRef(ctypes.py_object(self.con))


def real(path: Path) -> Path:
    """The file itself, where ``path`` is a link to it: its log lies beside it, not the link."""
    return Path(os.path.realpath(path))


def identity(con: sqlite3.Connection) -> Identity | None:
    """None before there is one (an empty file, an old schema, something that is no database)."""
    with suppress(sqlite3.Error):
        row = con.execute("SELECT id, secret, last_token FROM file_identity").fetchone()
        return None if row is None else Identity(*row)
    return None


def in_file(path: Path) -> Identity | None:
    """Who the file is by its own bytes, whatever lies beside it; None where it can't be read.

    Only ever through SQLite: Python's own ``open`` and ``close`` would drop SQLite's locks on it.
    """
    try:
        con = sqlite3.connect(path.as_uri() + "?mode=ro&immutable=1", uri=True)
    except sqlite3.Error:
        return None
    with closing(con):
        con.execute("PRAGMA writable_schema=ON")  # may say that it is longer than it is as yet
        return identity(con)


def stray_log(path: Path) -> Path | None:
    """The log beside ``path`` that is of another state of it, and must not be written into it."""
    path = real(path)
    log = _log_of(path)
    for _try in range(_TRIES):
        if not _stat(log)[2:3] > (_HEAD,) or not _stat(path):
            return None
        found = in_file(path)
        if found is None or _log_continues(log, found):
            return None  # what can't be read is damaged, log or not
        time.sleep(_PAUSE)
    return log


def in_use(path: Path) -> bool:
    """Whether another process has the database open. Not to be asked by one that has it open."""
    index = real(path).with_name(real(path).name + "-shm")
    if os.name == "nt" or not index.exists():
        return False  # Windows lets nobody rename a file that is open, and says so there
    import fcntl

    with index.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _LOCK_BYTES, _LOCKS)
        except OSError:
            return True
    return False


def stamp(con: sqlite3.Connection, copy: Path) -> None:
    """Give a fresh copy a token of its own: its pages lie otherwise, so that no log fits it."""
    con.execute("ATTACH ? AS copy", (str(copy),))
    try:
        with suppress(sqlite3.OperationalError):  # an old schema, or a source that is only read
            con.execute(ADVANCE.replace("file_identity", "copy.file_identity", 1)).fetchone()
    finally:
        con.execute("DETACH copy")


def note_restored(con: sqlite3.Connection, before: str, source: Path, kept: Path | None) -> None:
    """The file, which stood at ``before``, has just been made what ``source`` says."""
    said = json.dumps({"source": str(source), "kept": kept and str(kept), "at": time.time()})
    con.execute("BEGIN IMMEDIATE")
    con.execute(
        f"UPDATE file_identity SET last_token = lower(hex(randomblob({HALF // 2}))) || ?", (before,)
    )
    con.execute("INSERT OR REPLACE INTO setting(key, value) VALUES ('restored', ?)", (said,))
    con.execute("COMMIT")


def _restored(con: sqlite3.Connection) -> str:
    """What the newest restore left, '' where there was none."""
    with suppress(sqlite3.OperationalError):  # an empty file
        row = con.execute("SELECT value FROM setting WHERE key='restored'").fetchone()
        return "" if row is None else str(row[0])
    return ""


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _log_continues(log: Path, found: Identity) -> bool:
    """Whether the log goes on from the state the file stands at, or holds it."""
    tokens = 0
    try:
        with log.open("rb") as file:
            head = file.read(_HEAD)
            size, salt = int.from_bytes(head[8:12], "big"), head[16:24]
            while len(frame := file.read(_FRAME + size)) == _FRAME + size and frame[8:16] == salt:
                token = _token_in(frame[_FRAME:], found.key)
                if not token:
                    continue
                tokens += 1
                if found.newest in (token[:HALF], token[HALF:]):
                    return True
    except OSError:
        return False
    if tokens:
        return False
    # Nothing in it says of which state it is: settings alone.
    at, of_log = _stat(real(log.with_name(log.name.removesuffix("-wal")))), _stat(log)
    return bool(at) and at[3] <= of_log[3]


def _token_in(page: bytes, key: bytes) -> str:
    """The token on the page of ``file_identity``, '' on any other."""
    if page[0] != _LEAF or page[3:5] != b"\x00\x01":
        return ""
    at = page.find(key, int.from_bytes(page[8:10], "big"))
    return page[at + len(key) :][: 2 * HALF].decode("ascii", "replace") if at >= 0 else ""


def _data_version(con: sqlite3.Connection) -> int:
    return int(con.execute("PRAGMA data_version").fetchone()[0])


def _stat(path: Path) -> tuple[int, ...]:
    """Device, inode, size, and when it was written and changed (ns); () where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return ()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
