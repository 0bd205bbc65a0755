"""The reminder calls of one event, open beside a list: who comes first, and what to say."""

from __future__ import annotations

from opslog.domain.calls.outcomes import REMINDER
from opslog.locale import _, ngettext
from opslog.services.book.book import Book
from opslog.services.calls import call_card
from opslog.services.calls.queue import queue
from opslog.tui.widgets.pane import titled, told
from opslog.tui.widgets.text import Line, join, line

FIRST = 5  # people of the queue


def lines(book: Book, event_id: int, cells: int) -> list[Line]:
    """The head of the queue of one event, and the words for its first call."""
    found = queue.queue(book, REMINDER, event_id)
    if not found:
        return []
    first = [
        join([(one.person, "strong"), (one.title, ""), (one.company, "muted")], "  ")
        for one in found[:FIRST]
    ]
    left = len(found) - len(first)
    if left:
        more = ngettext("{n} more in the queue", "{n} more in the queue", left).format(n=left)
        first.append(line((more, "dim")))
    card = call_card.card(book, found[0].card_id, REMINDER)
    asked = [
        line((f"{n}  ", "dim"), str(question.title))
        for n, question in enumerate(card.talk.questions, 1)
    ]
    return [
        *titled(_("First in the queue"), first),
        *titled(_("What to say"), told(card.talk.say, cells) if card.talk.say else []),
        *titled(_("What to ask"), asked),
    ]
