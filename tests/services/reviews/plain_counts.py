"""The numbers of a review counted from whole tables, row by row, by nobody's code but this."""

from __future__ import annotations

from collections import defaultdict
from sqlite3 import Row
from typing import Any

from opslog.domain.base.clock import instant_text
from opslog.services.book.book import Book

ANSWERED = {"interested", "answered", "hand_over", "not_interested", "replied"}
CONTACTED = {*ANSWERED, "no_answer", "sent"}
YES = {"coming", "colleague_comes"}


def rows(book: Book, table: str) -> list[Row]:
    return book.con.execute(f'SELECT * FROM "{table}" ORDER BY id').fetchall()


def funnel(book: Book, event_id: int) -> dict[str, int | None]:
    lists = {r["id"]: r["kind"] for r in rows(book, "roster") if r["event_id"] == event_id}
    cards = [c for c in rows(book, "card") if lists.get(c["roster_id"]) == "signup"]
    touches = [t for t in rows(book, "touch") if t["event_id"] == event_id]
    replaced = {c["instead_of"] for c in rows(book, "card") if c["instead_of"]}
    cards = [c for c in cards if c["attended"] == 1 or c["id"] not in replaced]
    reminder = _reminders(book, event_id, touches)
    listed = [c for c in cards if c["id"] in reminder or c["instead_of"] or c["way"] != "door"]
    verdict = _verdicts(book)
    called = any(c["id"] in reminder for c in cards)
    (starts,) = [e["starts_at"] for e in rows(book, "event") if e["id"] == event_id]
    off = () if starts <= instant_text(book.now()) else ("waiting", "withdrawn")
    confirmed = [
        c
        for c in cards
        if reminder.get(c["id"], "coming" if c["instead_of"] else "") in YES and called
        if c["state"] not in off and not (off and verdict.get(c["id"]) == "drop competitor")
    ]
    audience = {
        c["person_id"] for c in rows(book, "card") if lists.get(c["roster_id"]) == "audience"
    }
    asked = "audience" in lists.values()
    invited = _people(touches, "invitation", {"coming", "unsure", "no_answer"})
    back = [t for t in touches if t["purpose"].startswith("callback")]
    leads = _states(book, event_id)
    marked = any(c["attended"] is not None for c in cards)
    decided = any(
        lists.get(c["roster_id"]) == "signup" and c["id"] in verdict for c in rows(book, "card")
    )
    interested = {t["person_id"] for t in back if t["outcome"] in ("interested", "hand_over")}
    ever: dict[str, int] = defaultdict(int)
    for states in leads.values():
        for state in set(states):
            ever[state] += 1
    stands = [states[-1] for states in leads.values()]
    known = bool(back or leads)
    return {
        "audience": len(audience) if asked else None,
        "reached": len(audience & invited) if asked else None,
        "signed_up": len(listed),
        "valid": sum(verdict.get(c["id"], "").partition(" ")[0] != "drop" for c in listed)
        if decided
        else None,
        "confirmed": len(confirmed) if called else None,
        "came": sum(c["attended"] == 1 for c in cards) if marked else None,
        "contacted": len(_people(touches, "callback", CONTACTED)) if back else None,
        "answered": len(_people(touches, "callback", ANSWERED)) if back else None,
        "interested": len(interested) if back else None,
        "lead": len(leads) if known else None,
        "mql": ever["mql"] or None,
        "sql": ever["sql"] or None,
        "handed_over": ever["handed_over"] if known else None,
        **{state: stands.count(state) if known else None for state in ("won", "lost", "returned")},
    }


def dropped(book: Book, event_id: int) -> int:
    """Who signed up and is dropped by now."""
    found = funnel(book, event_id)
    return 0 if found["valid"] is None else (found["signed_up"] or 0) - found["valid"]


def decided(book: Book, event_id: int) -> int:
    """Rows of each round that a verdict stands on."""
    lists = {r["id"] for r in rows(book, "roster") if r["event_id"] == event_id}
    mine = {r["id"] for r in rows(book, "round") if r["roster_id"] in lists}
    newest = {(d["card_id"], d["round_id"]): d["verdict"] for d in rows(book, "decision")}
    return sum(v != "undecided" for (_card, number), v in newest.items() if number in mine)


def calls(book: Book, event_id: int) -> int:
    """By phone, each once however many purposes it was for."""
    mine = [t for t in rows(book, "touch") if t["event_id"] == event_id and t["lane"] == "phone"]
    return len({t["call_id"] or t["id"] for t in mine if t["direction"] == "out"})


def _reminders(book: Book, event_id: int, touches: list[Row]) -> dict[int, str]:
    """The newest outcome of each card, but for what was said of another date than the event's."""
    (starts,) = [e["starts_at"] for e in rows(book, "event") if e["id"] == event_id]
    moves = [m for m in rows(book, "event_move") if m["event_id"] == event_id]

    def holds(t: Row) -> bool:
        date = next((m["was"] for m in moves if m["touch"] >= t["id"]), starts)
        never = t["outcome"] == "not_coming" and t["reason"] not in ("time", "travel", "ill")
        return date == starts or t["outcome"] == "colleague_comes" or never

    newest = {t["card_id"]: t for t in touches if t["purpose"] == "reminder" and t["card_id"]}
    return {card: t["outcome"] for card, t in newest.items() if holds(t)}


def _people(touches: list[Row], purpose: str, outcomes: set[str]) -> set[int]:
    return {
        t["person_id"]
        for t in touches
        if t["purpose"].startswith(purpose) and t["outcome"] in outcomes
    }


def _verdicts(book: Book) -> dict[int, str]:
    """The present one of each card with its reason: of each round the newest, of those the last."""
    newest: dict[tuple[int, int], Any] = {
        (d["card_id"], d["round_id"]): d for d in rows(book, "decision")
    }
    found = sorted(newest.values(), key=lambda d: d["id"])
    return {
        d["card_id"]: f"{d['verdict']} {d['reason']}" for d in found if d["verdict"] != "undecided"
    }


def _states(book: Book, event_id: int) -> dict[int, list[str]]:
    mine = {h["id"] for h in rows(book, "handover") if h["event_id"] == event_id}
    found: dict[int, list[str]] = defaultdict(list)
    for state in rows(book, "handover_state"):
        if state["handover_id"] in mine:
            found[state["handover_id"]].append(state["state"])
    return found
