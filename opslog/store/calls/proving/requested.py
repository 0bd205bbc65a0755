"""Requests of materials decide who is followed up, and when: what was noted of their list, and of
the plan of their event, is to be looked at anew. So are the lists of an event whose plan names
other follow-ups. Like ``proofs`` and ``settled``, of which they are part, nothing is journalled."""

from __future__ import annotations


def sql() -> list[str]:
    """The triggers."""
    found = []
    for verb, rows in (("INSERT", ("NEW",)), ("DELETE", ("OLD",)), ("UPDATE", ("OLD", "NEW"))):
        body = "".join(
            f" INSERT OR IGNORE INTO step_doubt(event_id, card_id) VALUES ({row}.event_id, 0);"
            f" DELETE FROM call_settled WHERE roster_id=(SELECT roster_id FROM card"
            f" WHERE id={row}.card_id);"
            for row in rows
        )
        found.append(
            f"CREATE TRIGGER requested_{verb.lower()} AFTER {verb} ON material_request"
            f" BEGIN{body} END"
        )
    for verb in ("INSERT", "UPDATE OF evidence, state"):
        found.append(
            f"CREATE TRIGGER requested_step_{verb.split()[0].lower()} AFTER {verb} ON step"
            " WHEN NEW.evidence GLOB 'followup-*' BEGIN DELETE FROM call_settled WHERE roster_id IN"
            " (SELECT id FROM signup WHERE event_id="
            "(SELECT event_id FROM plan WHERE id=NEW.plan_id)); END"
        )
    return found
