"""The answers of a plan's checklists, by the name under which a text may use them."""

from __future__ import annotations

from opslog.domain.events.kinds import KINDS
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.store.events import answers as store


def fields(book: Book, event_id: int) -> dict[str, str]:
    """``signin`` → “at the desk on the ground floor”: what was answered to lines of the checklists
    that a playbook names (``says``)."""
    kind, answers = store.answers(book.con, event_id)
    if kind not in KINDS or not answers:
        return {}
    playbook = own_kinds.playbook(book, kind)
    return {
        item.says: answers[rule.key, item.title]
        for rule in playbook.steps
        for item in rule.items
        if item.says and (rule.key, item.title) in answers
    }
