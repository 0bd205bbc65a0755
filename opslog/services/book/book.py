"""The open database with all a verb needs: connection, clock, session, and the change in hand."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, datetime
from importlib import import_module
from pathlib import Path

from opslog.domain.base.clock import Clock, instant_text, system_clock
from opslog.domain.base.labels import pack
from opslog.domain.base.refusal import Damaged, Refused, Replaced, Unwritable
from opslog.locale import N_, Msg, msg
from opslog.services.book import rescue
from opslog.store.db import connection, copied, journal, recent_changes, same_file, settings, wal
from opslog.store.schema import migrations
from opslog.store.schema.create import SCHEMA_VERSION

# What reading a row ends in that holds what it may not; or a mistake of opslog's own.
_OF_A_ROW = (ValueError, TypeError, LookupError, AttributeError, OverflowError)

# What looks over the steps of plans: above all areas, and imported where there is one in doubt.
PROOFS = "opslog.services.cards.proofs"


class Change:
    """What a verb did. ``id`` is 0 where nothing had to be changed (and nothing was noted)."""

    def __init__(self, label: Msg, id: int = 0, touched: dict[str, set[int]] | None = None) -> None:
        self.label = label
        self.id = id
        self.made = 0  # id of the row the verb made, where it made one
        self.touched = touched or {}  # table -> ids; empty set: a range
        self.left: list[Msg] = []  # what of many could not be done, and why

    def __bool__(self) -> bool:
        return self.id != 0


class Book:
    """One operator's file. ``home`` is its folder, which also holds rules, keys and backups.

    ``held`` is why nothing can be written just now: a long change is under way beside. A verb is
    refused with that sentence rather than wait for the file; settings are written at ``release``.
    """

    def __init__(
        self,
        con: sqlite3.Connection,
        path: Path,
        clock: Clock,
        session: str,
        held: Msg | None = None,
    ) -> None:
        self.con = con
        self.path = path
        self.home = path.parent
        self.clock = clock
        self.session = session
        self.held = held
        self.file = same_file.Watch(con, path)
        self._changing = False
        self._closed = False
        self._waiting: dict[str, str] = {}  # settings not written yet
        self._copies: list[copied.CopyRow] = []  # nor these
        # The operator's own files by name (see ``own_files``): what is wrong in one, what is odd in
        # one that holds all the same, the text that holds (None: what ships), and what was looked
        # at for that.
        self.faults: dict[str, tuple[Msg, ...]] = {}
        self.doubts: dict[str, tuple[Msg, ...]] = {}
        self.in_force: dict[str, str | None] = {}
        self.looked: dict[str, object] = {}

    def now(self) -> datetime:
        return self.clock.now()

    def today(self) -> date:
        return self.clock.today()

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """Everything read inside is from one state of the file, whoever writes meanwhile."""
        if self.con.in_transaction:
            yield
            return
        self.con.execute("BEGIN")
        try:
            yield
        finally:
            self.con.execute("ROLLBACK")

    @contextmanager
    def change(
        self, label: Msg, *, bulk: bool = False, by_itself: bool = False
    ) -> Iterator[Change]:
        """One verb: rows and their journal entry, committed together or not at all. Verbs called
        within are part of it: many marked rows, one undo. ``by_itself``: nobody pressed a key for
        it, and undo takes it back only by its number.

        ``label`` may be set anew on the Change inside (when its counts are known only then).
        Raises Refused where the file can't be written (locked, full, read-only).
        """
        change = Change(label)
        if self._changing:  # the larger change journals what this one writes
            yield change
            return
        self._changing = True
        try:
            yield from self._journalled(change, bulk, "" if by_itself else self.session)
        finally:
            self._changing = False

    def _journalled(self, change: Change, bulk: bool, session: str) -> Iterator[Change]:
        label = change.label
        with self._whole(), connection.with_room(self.con) if bulk else nullcontext():
            number = journal.begin(
                self.con,
                at=instant_text(self.now()),
                session=session,
                label=label.id,
                args=pack(label),
                bulk=bulk,
            )
            before = journal.sequences(self.con) if bulk else None
            yield change
            self._look_over(logs=True)
            if change.label is not label:
                journal.relabel(self.con, number, change.label.id, pack(change.label))
            touched = journal.finish(self.con, number, before, lambda: self._sign(number))
        if touched is not None:
            change.id, change.touched = number, touched

    @contextmanager
    def replay(self, *, logs: bool = False) -> Iterator[dict[str, int]]:
        """A transaction the journal does not see: undo and redo, which say in the dict what they
        did, and erasing, which ``logs`` what it completes. Raises sqlite3.IntegrityError where rows
        that stay would lose what they hang on.
        """
        done: dict[str, int] = {}
        with self._whole():
            self.con.execute("BEGIN IMMEDIATE")
            yield done
            self._look_over(logs=logs)
            self._sign(replayed=done)
            self.con.execute("COMMIT")

    def _in_doubt(self) -> bool:
        return journal.leaves_doubt(self.con)

    def _look_over(self, *, logs: bool) -> None:
        """Before each commit: which steps of plans are now proven by what was done."""
        if self._in_doubt():
            import_module(PROOFS).look_over(self, logs=logs)

    def look_over(self) -> None:
        """After an upgrade from before steps were proven, or a rescue: see which are."""

        def write(con: sqlite3.Connection) -> None:
            with wal.alone(con):
                con.execute("BEGIN IMMEDIATE")
                self._look_over(logs=False)
                con.execute("COMMIT")

        if self._in_doubt():
            self.remember(write)

    def _sign(self, change_id: int = 0, replayed: dict[str, int] | None = None) -> None:
        """Before each commit: that it goes into the file that was opened, and by which token the
        file is known afterwards."""
        token = self.file.advance()
        recent_changes.note(self.con, self.path, token, change_id, replayed or {})

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """What fails within is rolled back; Refused where the file is at fault, or held."""
        self.look_free()
        self.file.look()
        try:
            with wal.alone(self.con):
                yield
        except BaseException as error:
            explained = self.explain(error)
            if explained is None:
                raise
            raise explained from error

    def explain(self, error: BaseException) -> Refused | None:
        """The sentence for a file that is damaged, locked or has no room; None for a mistake."""
        if isinstance(error, _OF_A_ROW):
            return self._damaged_row()
        if isinstance(error, sqlite3.OperationalError) and "no such " in str(error):
            return self._lacking(error)
        if not isinstance(error, sqlite3.Error) or not connection.is_of_the_file(error):
            return None
        happened = self.file.difference()
        if happened is not None:
            return Replaced(happened)
        return connection.unreadable(self.path, error)

    def _damaged_row(self) -> Refused | None:
        """The sentence for the first row that holds what it may not; None where there is none."""
        from opslog.store.damage import comparing

        flaw = comparing.first_flaw(self.path)
        if flaw is None:
            return None
        return Damaged(
            msg(
                N_(
                    "A row of the file is damaged ({flaw}); opslog check names all, opslog check "
                    "--repair saves what can be saved"
                ),
                flaw=flaw,
            )
        )

    def _lacking(self, error: sqlite3.Error) -> Refused | None:
        """The sentence for a table, column or view that is gone; None where all are there."""
        from opslog.store.schema import health

        if not any(flaw.startswith("- ") for flaw in health.schema_flaws(self.con)):
            return None
        return Damaged(
            msg(
                N_(
                    "The file lacks a part ({part}); opslog check names all, opslog check "
                    "--repair saves what can be saved"
                ),
                part=str(error),
            )
        )

    def data_version(self) -> int:
        """Changes when, and only when, another connection has written."""
        return int(self.con.execute("PRAGMA data_version").fetchone()[0])

    def look_free(self) -> None:
        """Raises Refused where nothing can be written just now."""
        if self.held is not None:
            raise Refused(self.held)

    def release(self) -> None:
        """Writing goes on; settings that waited are written, or go on waiting for the file."""
        self.held = None
        self.write_settings()

    def wait_at_most(self, seconds: float) -> None:
        """How long a verb waits for another program that writes, before it is refused."""
        self.con.execute(f"PRAGMA busy_timeout={int(seconds * 1000)}")

    def setting(self, key: str, default: str = "") -> str:
        if key in self._waiting:
            return self._waiting[key]
        found = settings.get(self.con, key)
        return default if found is None else found

    def set_setting(self, key: str, value: str) -> None:
        """Preferences are not part of the journal. One that can't be written just now waits for
        ``write_settings``, and counts meanwhile.
        """
        self._waiting[key] = value
        self.write_settings()

    def remember_copy(self, path: Path, kind: str, **held: str | int | None) -> None:
        """A copy of what is in here went to ``path``: named when somebody in it is erased."""
        at = instant_text(self.now())
        self._copies.append(copied.row_of(self.con, path, at, kind, **held))
        self.write_settings(patience=connection.BUSY_MS)

    def write_settings(self, *, patience: int = 0) -> bool:
        """Write the settings that wait; False where some go on waiting, since a long change is
        under way or another program has the file for longer than ``patience`` (ms).
        """
        waits = bool(self._waiting or self._copies)
        if self.held is not None or not waits or self.file.difference() is not None:
            return not waits
        with connection.waiting(self.con, patience):
            while self._copies:
                try:
                    with wal.alone(self.con):
                        copied.put(self.con, self._copies[:1])
                except sqlite3.OperationalError as error:
                    if self.explain(error) is None:
                        raise
                    return False
                del self._copies[0]
            for key, value in list(self._waiting.items()):
                try:
                    with wal.alone(self.con):
                        settings.put(self.con, key, value)
                except sqlite3.OperationalError as error:
                    if self.explain(error) is None:
                        raise
                    return False
                del self._waiting[key]
        return True

    def remember(self, write: Callable[[sqlite3.Connection], None]) -> None:
        """Write what was worked out and would be again: nothing is lost where it can't be."""
        if self.held is not None or self.con.in_transaction:
            return
        with connection.waiting(self.con, 0):
            try:
                write(self.con)
            except sqlite3.Error as error:
                if self.explain(error) is None:
                    raise

    def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        if self.file.difference() is not None:
            self.file.abandon()
            return
        self.held = None
        self.write_settings(patience=connection.BUSY_MS)
        self.con.close()


def open_book(
    path: Path | None = None,
    *,
    clock: Clock | None = None,
    session: str | None = None,
    begin: bool = True,
) -> Book:
    """Open, create or bring up to date the file at ``path`` (None: the ordinary place).

    ``session``: of a book that this process has open already. ``begin``: make a file where there
    is none.
    Raises Refused with one sentence where that can't be done.
    """
    path = Path(os.path.abspath(path or rescue.default_path()))
    clock = clock or system_clock()
    rescue.look_for_the_file(path, begin=begin)
    rescue.look_at_the_log(path, clock.local(), first=session is None)
    connection.prepare_file(path)
    try:
        con = connection.connect(path)
    except Refused as refusal:
        raise rescue.explained(path, refusal) from refusal
    try:
        found = migrations.version(con, path)
        if found == 0:
            migrations.create(con, instant_text(clock.now()))
        elif found < SCHEMA_VERSION:
            _migrate(con, path, found, clock)
    except sqlite3.Error as error:
        con.close()
        raise rescue.explained(path, connection.unreadable(path, error), error) from error
    except Refused:
        con.close()
        raise
    book = Book(con, path, clock, session or os.urandom(16).hex())
    book.look_over()
    return book


def open_to_read(
    path: Path | None = None,
    *,
    clock: Clock | None = None,
    session: str | None = None,
    begin: bool = True,
) -> Book:
    """As ``open_book``, for a command that changes nothing: a file that can't be written (a full
    disk, a medium that is read-only) is opened as it stands, and ``held`` says why.

    Raises Refused where it can't be read either, is of another schema, or was left by a program
    that ended before it had written all.
    """
    try:
        return open_book(path, clock=clock, session=session, begin=begin)
    except Unwritable as refusal:
        path = Path(os.path.abspath(path or rescue.default_path()))
        con = _as_it_stands(path)
        if con is None:
            raise
        return Book(con, path, clock or system_clock(), os.urandom(16).hex(), refusal.message)


def _as_it_stands(path: Path) -> sqlite3.Connection | None:
    """A connection that can only read; None where there is no file of this schema to be read."""
    from opslog.store.db import backup

    if not path.is_file():
        return None
    try:
        con = backup.open_read_only(path)
    except sqlite3.Error:
        return None
    try:
        known = migrations.version(con, path) == SCHEMA_VERSION
    except Refused:
        known = False
    if known:
        return con
    con.close()
    return None


def _migrate(con: sqlite3.Connection, path: Path, found: int, clock: Clock) -> None:
    from opslog.store.db import backup

    at = instant_text(clock.now())
    kept = backup.snapshot(con, path, f"before-schema-{found + 1}", clock.now())
    recent_changes.forget(path)  # they are of the old schema
    migrations.migrate(con, found, at)
    with wal.alone(con):
        copied.put(con, [copied.row_of(con, kept, at, "backup")])
