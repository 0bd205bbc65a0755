"""What can be read of a damaged file, in a new one that passes every check."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from opslog.store.calls.proving import proofs, settled
from opslog.store.damage import comparing
from opslog.store.damage.rows import Values, shown
from opslog.store.daybook import days
from opslog.store.db import backup as copies
from opslog.store.db import connection, copied, journalled, person_index, search
from opslog.store.schema import migrations
from opslog.store.schema.create import NEW_IDENTITY

if TYPE_CHECKING:
    from opslog.store.damage.forms import Form
    from opslog.store.damage.gathering import Told

# In the place of a value that is none, the first that its column takes; the report has the other.
_STAND_INS = (None, b"", 0, b"1970-01-01T00:00:00Z", b"dropped", b"U")


@dataclass
class Salvaged:
    """``saved``: rows by table. ``brought``: rows by table that could not be read and stand as the
    backup has them. ``mended``: values that were none, and what stands there now. ``missing``:
    what is in neither. ``loose``: rows by table that stood on pages to which nothing leads."""

    backup: Path | None = None
    saved: dict[str, int] = field(default_factory=dict)
    brought: dict[str, int] = field(default_factory=dict)
    mended: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    loose: dict[str, int] = field(default_factory=dict)


def salvage(path: Path, target: Path, at: str, told: Told) -> Salvaged:
    """Fill the new file ``target`` with what can be read at ``path``, which is only read. ``told``
    hears which table is read or written.

    Raises sqlite3.DatabaseError where nothing can be read at all.
    """
    from opslog.store.damage.forms import forms
    from opslog.store.damage.gathering import gathered

    done = Salvaged()
    with gathered(path, told) as found, closing(connection.connect(target)) as new:
        con, done.missing, done.loose = found.con, found.missing, found.loose
        migrations.create(new, at)
        new.execute("PRAGMA foreign_keys=OFF")
        new.execute("BEGIN IMMEDIATE")
        triggers = new.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type='trigger'"
        ).fetchall()
        for name, _sql in triggers:  # the rows come as they were; what is counted is counted below
            new.execute(f"DROP TRIGGER {journalled.quoted(name)}")
        done.backup = comparing.newest_backup(con, path)
        if done.backup is None:
            old = since = None
        else:
            old = copies.open_read_only(done.backup)
            old.text_factory = bytes
            since = comparing.since_backup(con, old, forms())
        for form in forms().values():
            told(form.table)
            new.execute(f'DELETE FROM "{form.table}"')
            before = {} if old is None else {form.key_of(r): r for r in comparing.of(old, form)}
            for row in comparing.of(con, form):
                was = before.pop(form.key_of(row), None)
                if since and was != row and comparing.is_damage(form, was, row, since):
                    if was is not None:
                        _name_changed(form, was, row, done)
                        row = was
                    elif form.table in ("change_row", "change_range"):
                        # The backup has all of a change that it has.
                        done.missing.append(f"{form.named(row)}: belongs to no change")
                        continue
                _put(new, form, row, was, done)
            for row in before.values():
                if since is None or not comparing.is_damage(form, row, None, since):
                    continue
                _insert(new, form, row[1:])
                done.brought[form.table] = done.brought.get(form.table, 0) + 1
        _leave_no_loose_ends(new, done)
        _number_on(found.numbers, new)
        if not done.saved.get("file_identity") and not done.brought.get("file_identity"):
            new.execute(NEW_IDENTITY)
        new.execute("UPDATE journal_now SET change_id=NULL, bulk=0, fresh=NULL")
        new.execute("INSERT OR IGNORE INTO journal_now(id) VALUES (1)")
        for _name, sql in triggers:
            new.execute(sql)
        person_index.recount(new)
        days.recount(new)
        settled.recount(new)
        proofs.recount(new)
        search.rebuild(new)
        # What is saved here stands in the damaged file, too.
        copied.put(new, [copied.row_of(new, path, at, "damaged")])
        new.execute("COMMIT")
        new.execute("PRAGMA journal_mode=DELETE")  # leaves nothing beside the file
        if old is not None:
            old.close()
    return done


def _put(
    new: sqlite3.Connection, form: Form, row: Values, before: Values | None, done: Salvaged
) -> None:
    values = list(row[1:])
    for place, wrong in form.flaws(row[1:]):
        was = () if before is None else (before[1 + place],)
        test = form.tests[place]
        values[place] = next(
            (v for v in (*was, *_as_text(values[place]), *_STAND_INS) if not test(v)), None
        )
        done.mended.append(
            f"{form.named(row)}: {form.columns[place]}: {wrong}: {shown(row[1 + place], 400)}"
            f" → {shown(values[place], 400)}"
        )
    if _insert(new, form, tuple(values)):
        done.saved[form.table] = done.saved.get(form.table, 0) + 1
    else:
        done.missing.append(f"{form.named(row)}: {', '.join(shown(v) for v in values)}")


def _name_changed(form: Form, was: Values, row: Values, done: Salvaged) -> None:
    """Of the right form, but not what was written: the backup's goes before it."""
    done.mended += [
        f"{form.named(was)}: {name}: {shown(now, 400)} → {shown(then, 400)}"
        for name, then, now in zip(form.columns, was[1:], row[1:], strict=True)
        if then != now
    ]


def _as_text(value: Any) -> tuple[bytes, ...]:
    """What may stand for a value where text is wanted, or a JSON list of texts."""
    if value is None:
        return ()
    text = connection.shown_text(value) if isinstance(value, bytes) else str(value)
    return text.encode(), json.dumps([text], ensure_ascii=False).encode()


def _insert(new: sqlite3.Connection, form: Form, values: Values) -> bool:
    listed = ", ".join(map(journalled.quoted, form.columns))
    marks = ", ".join("?" * len(values))
    texts = [v.decode("utf-8", "backslashreplace") if isinstance(v, bytes) else v for v in values]
    statement = f'INSERT OR IGNORE INTO "{form.table}"({listed}) VALUES ({marks})'
    return new.execute(statement, texts).rowcount == 1


def _leave_no_loose_ends(new: sqlite3.Connection, done: Salvaged) -> None:
    """What hangs on a row that is gone hangs on none, or goes, too, and is named."""
    while loose := new.execute("PRAGMA foreign_key_check").fetchall():
        for table, rowid, _parent, number in {tuple(row) for row in loose}:
            keys = new.execute(f"PRAGMA foreign_key_list({journalled.quoted(table)})").fetchall()
            column = next(key["from"] for key in keys if key["id"] == number)
            if rowid is None:  # a table without numbers: the journal's, of a change that is gone
                new.execute(
                    f'DELETE FROM "{table}" WHERE "{column}" NOT IN (SELECT id FROM change)'
                )
                done.missing.append(f"{table}: what belonged to no change any more")
                continue
            info = new.execute(f"PRAGMA table_info({journalled.quoted(table)})").fetchall()
            if not next(one["notnull"] for one in info if one["name"] == column):
                new.execute(f'UPDATE "{table}" SET "{column}"=NULL WHERE rowid=?', (rowid,))
                done.mended.append(f"{table} {rowid}: {column}: leads nowhere → NULL")
                continue
            row = new.execute(f'SELECT * FROM "{table}" WHERE rowid=?', (rowid,)).fetchone()
            if row is not None:
                done.missing.append(f"{table} {rowid}: {', '.join(shown(v) for v in row)}")
                new.execute(f'DELETE FROM "{table}" WHERE rowid=?', (rowid,))


def _number_on(numbers: dict[str, int], new: sqlite3.Connection) -> None:
    """No number is given out twice, one of a row that was lost neither."""
    for name, number in numbers.items():
        new.execute("UPDATE sqlite_sequence SET seq=max(seq, ?) WHERE name=?", (number, name))
