"""Pieces of content: their versions, and where each was used."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import NamedTuple

from opslog.domain.programmes.contents import Piece

READY, RETIRED = "ready", "retired"


class Sent(NamedTuple):
    """How often a version was sent, and when first and last (instants as they are kept)."""

    number: int
    first: str
    last: str


def pieces(con: sqlite3.Connection) -> list[Piece]:
    """Every version, by label; those retired too."""
    rows = con.execute(
        "SELECT id, label, stage, kind, text_zh, text_en, version, link, made_on, revise_on, state,"
        " writer, bait FROM content ORDER BY stage, label, version"
    )
    return [
        Piece(
            *(row["label"], row["stage"], row["kind"], row["text_zh"], row["text_en"]),
            *(row["version"], row["link"], _day(row["made_on"]), _day(row["revise_on"])),
            *(row["state"] == RETIRED, row["writer"], row["bait"], row["id"]),
        )
        for row in rows
    ]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def insert(con: sqlite3.Connection, piece: Piece) -> int:
    """Its id."""
    made = con.execute(
        "INSERT INTO content(kind, label, version, state, stage, text_zh, text_en, link, made_on,"
        " revise_on, writer, bait) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (
            *(piece.kind, piece.label, piece.version, RETIRED if piece.retired else READY),
            *(piece.stage, piece.text_zh, piece.text_en, piece.link),
            *(one.isoformat() if one else "" for one in (piece.made_on, piece.revise_on)),
            *(piece.writer, piece.bait),
        ),
    ).fetchone()
    return int(made["id"])


def retire(con: sqlite3.Connection, stage: str, label: str) -> None:
    con.execute(
        "UPDATE content SET state=? WHERE stage=? AND label=? AND state<>?",
        (RETIRED, stage, label, RETIRED),
    )


def revise(con: sqlite3.Connection, content_id: int, on: date) -> None:
    """The day it is to be revised."""
    con.execute("UPDATE content SET revise_on=? WHERE id=?", (on.isoformat(), content_id))


def sent(con: sqlite3.Connection, content_id: int) -> Sent:
    row = con.execute(
        "SELECT count(*) AS number, coalesce(min(at), '') AS first, coalesce(max(at), '') AS last"
        " FROM sending WHERE content_id=? AND state='sent'",
        (content_id,),
    ).fetchone()
    return Sent(row["number"], row["first"], row["last"])


def first_sent(con: sqlite3.Connection) -> str:
    """When the first message of all was sent, an instant as it is kept; '' none was."""
    row = con.execute("SELECT at FROM sending WHERE state='sent' ORDER BY id LIMIT 1").fetchone()
    return str(row["at"]) if row else ""


def begun(con: sqlite3.Connection) -> bool:
    """Whether a message was ever sent, or a piece written."""
    sql = "SELECT EXISTS (SELECT 1 FROM sending) OR EXISTS (SELECT 1 FROM content)"
    return bool(con.execute(sql).fetchone()[0])


def publish(con: sqlite3.Connection, content_id: int, channel: str, at: str, link: str) -> int:
    """Its id."""
    made = con.execute(
        "INSERT INTO publication(content_id, channel, at, link) VALUES (?, ?, ?, ?) RETURNING id",
        (content_id, channel, at, link),
    ).fetchone()
    return int(made["id"])


def published(con: sqlite3.Connection, content_id: int) -> list[tuple[str, str, str]]:
    """Channel, instant and link of each publication, oldest first."""
    rows = con.execute(
        "SELECT channel, at, link FROM publication WHERE content_id=? ORDER BY at", (content_id,)
    )
    return [(row["channel"], row["at"], row["link"]) for row in rows]
