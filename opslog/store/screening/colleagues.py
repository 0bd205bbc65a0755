"""The other people of a company, and what they did."""

from __future__ import annotations

import sqlite3


def colleagues(
    con: sqlite3.Connection, company_key: str, person_id: int, limit: int
) -> list[sqlite3.Row]:
    """Those met last, with their lists, how often they came, and their newest verdict."""
    return con.execute(
        "SELECT p.id, p.name, p.title, p.company, p.phone,"
        " (SELECT count(*) FROM card c WHERE c.person_id=p.id) AS lists,"
        " (SELECT count(*) FROM card c WHERE c.person_id=p.id AND c.attended) AS came,"
        " (SELECT d.verdict || ' ' || d.reason FROM card c JOIN decision d ON d.card_id=c.id"
        "  WHERE c.person_id=p.id ORDER BY d.id DESC LIMIT 1) AS verdict"
        " FROM person_shown p WHERE p.company_key=? AND p.id<>?"
        " ORDER BY p.last_contact_at IS NULL, p.last_contact_at DESC, p.id LIMIT ?",
        (company_key, person_id, limit),
    ).fetchall()


def number(con: sqlite3.Connection, company_key: str, person_id: int) -> int:
    """How many others there are."""
    row = con.execute(
        "SELECT count(*) FROM person_shown WHERE company_key=? AND id<>?", (company_key, person_id)
    ).fetchone()
    return int(row[0])
