"""Today: everything that waits, whoever owns it, in one ranked list.

The owners say what is due and do what is asked; this module merges, ranks and sends a key press
to the right one. They are imported when they are needed: this is the first screen at a start.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from opslog.domain.due import Due
from opslog.domain.priority import Ranked, Weights, rank, read_weights, shipped_weights
from opslog.domain.refusal import Refused
from opslog.locale import N_, Msg, msg
from opslog.services.book import Book, Change

WEIGHTS_FILE = "priority.toml"
START_OF_DAY = time(9)  # what "any time that day" is put at


def today(book: Book) -> list[Ranked]:
    """What is due now or inside its lead time, ranked, each with its reasons."""
    return rank(everything_due(book), book.clock.local(), weights(book)[0])


def everything_due(book: Book) -> list[Due]:
    """What the areas say is due, unranked."""
    from opslog.services import calling, daybook, events, screening

    return [
        *events.due(book),
        *daybook.due(book),
        *calling.due(book),
        *screening.due(book),
    ]


def weights(book: Book) -> tuple[Weights, Msg | None]:
    """The weights in force, and what is wrong with the operator's own file, if anything.

    A priority.toml beside the database changes what it names. One that can't be used is left
    aside with the sentence that says why: Today must open all the same.
    """
    file = book.home / WEIGHTS_FILE
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return shipped_weights(), None
    except (OSError, UnicodeDecodeError) as error:
        return shipped_weights(), msg(
            N_("{file} can't be read: {error}"), file=str(file), error=str(error)
        )
    try:
        return read_weights(text, shipped_weights(), source=str(file)), None
    except Refused as refusal:
        return shipped_weights(), refusal.message


def done(book: Book, due: Due) -> Change:
    """It is done. Raises Refused for what is finished elsewhere, naming the key that opens it."""
    if due.kind == "step":
        from opslog.services import events

        return events.tick_step(book, due.ref)
    if due.kind == "follow_up":
        from opslog.services import daybook

        return daybook.finish_follow_up(book, due.ref)
    raise Refused(_elsewhere(due, _DONE_ELSEWHERE))


def reschedule(book: Book, due: Due, when: str | datetime) -> Change:
    """Move it to ``when``: an instant, or a text such as ``+1d``, ``fri``, ``12-05 14:00``.

    ``+1d`` counts from its own day, or from today where that is past. A day without a time
    keeps the time it had. Raises Refused for a text that says no day, for a day that is past,
    and for what can't be moved.
    """
    if due.kind not in ("step", "follow_up"):
        raise Refused(_elsewhere(due, _MOVED_ELSEWHERE))
    at, timed = read_new_time(book, due, when) if isinstance(when, str) else (when, True)
    if at.astimezone(book.clock.zone).date() < book.today():
        raise Refused(msg(N_("{day} is past; name today or a later day"), day=_day(book, at)))
    if due.kind == "step":
        from opslog.services import events

        return events.move_step(book, due.ref, at)
    from opslog.services import daybook

    return daybook.move_follow_up(book, due.ref, at, timed)


def read_new_time(book: Book, due: Due, text: str) -> tuple[datetime, bool]:
    """The instant a text puts ``due`` at, and whether it has a time of day.

    Raises Refused where the text says neither day nor time.
    """
    from opslog.domain.dates import read_when

    now = book.clock.local()
    own = due.due.astimezone(now.tzinfo)
    base = max(now, own) if text.lstrip()[:1] in "+＋" else now
    when = read_when(text, base)
    if when is None:
        raise Refused(
            msg(N_("“{text}” is no date; write +1d, fri, 12-05, 明天下午3点 …"), text=text)
        )
    if when.time is not None:
        return book.clock.at(when.day, when.time), True
    return book.clock.at(when.day, own.time() if due.timed else START_OF_DAY), due.timed


def snooze(book: Book, due: Due, until: date | None = None) -> Change:
    """Keep it out of sight until a day (tomorrow); when it is due stays as it was."""
    day = until or book.today() + timedelta(days=1)
    if due.kind == "step":
        from opslog.services import events

        return events.snooze_step(book, due.ref, book.clock.at(day))
    if due.kind == "follow_up":
        from opslog.services import daybook

        return daybook.snooze_follow_up(book, due.ref, book.clock.at(day))
    raise Refused(_elsewhere(due, _SNOOZED_ELSEWHERE))


_DONE_ELSEWHERE = {
    "reminder": N_("“{title}” is done call by call: Enter opens the calls"),
    "promise": N_("“{title}” is done with what came of the call: Enter opens it"),
    "roster": N_("“{title}” is done when its round is closed: Enter opens the screening"),
}
_MOVED_ELSEWHERE = {
    "reminder": N_("“{title}” hangs on its event: move the event (F4, r)"),
    "promise": N_("“{title}” was promised: Enter opens the call, 4 there promises another time"),
    "roster": N_("“{title}” waits for its round: Enter opens the screening"),
}
_SNOOZED_ELSEWHERE = {
    "reminder": N_("“{title}” can't wait for tomorrow: Enter opens the calls"),
    "promise": _MOVED_ELSEWHERE["promise"],
    "roster": _MOVED_ELSEWHERE["roster"],
}


def _elsewhere(due: Due, sentences: dict[str, str]) -> Msg:
    return msg(sentences[due.kind], title=due.title)


def _day(book: Book, at: datetime) -> str:
    return at.astimezone(book.clock.zone).date().isoformat()
