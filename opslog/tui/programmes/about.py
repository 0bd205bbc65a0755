"""What stands in place of a card: a row that is no message in full, or that nobody is left."""

from __future__ import annotations

from opslog.domain.programmes.queue import Day
from opslog.locale import _
from opslog.services.people import card as person_card
from opslog.tui.programmes import words
from opslog.tui.programmes.rows import HELD, MORE, SAID, STALE, until
from opslog.tui.widgets.host import Host
from opslog.tui.widgets.pane import titled, told
from opslog.tui.widgets.text import Line, line


def nobody(host: Host, day: Day, find: str) -> list[Line]:
    """Where the list is empty: the keys that lead on."""
    if find:
        return [
            line((_("Nobody of today fits “{words}”").format(words=find), "strong")),
            line(("Esc", "key"), "  ", _("show all of today again")),
        ]
    done = _("All of today's messages are sent.") if day.sent else _("No messages today.")
    enter = host.key_text("item.programme", "greater_than_sign")
    return [
        line((done, "strong")),
        line(("Tab", "key"), "  ", _("the programmes, and who could enter them")),
        line((enter, "key"), "  ", _("on People or a card: into a programme")),
        line((host.key_text("go.calls", "f6"), "key"), "  ", _("the calls")),
    ]


def row(host: Host, day: Day, kind: str, ref: object, cells: int) -> list[Line]:
    """What the row under the cursor says in full, and what Enter does there."""
    if kind == SAID:
        one = next(said for said in day.answered if said.enrolment_id == ref)
        return [
            *told(one.person, cells, "focal"),
            (),
            *told(one.words or _("(no words noted)"), cells),
            (),
            _enter(_("their record: call, write, hand over")),
            line(
                (host.key_text("messages.sent", "1"), "key"),
                "      ",
                (_("they have their answer"), "muted"),
            ),
        ]
    if kind == HELD:
        held = next(one for one in day.held if str(one.why) == ref)
        names = [person_card.get(host.book, id).called for id in held.people]
        more = held.number - len(names)
        told_names = told("  ".join(names), cells)
        if more > 0:
            told_names += [line((_("and {n} more").format(n=f"{more:,}"), "muted"))]
        return [
            *told(str(held.why), cells, "focal"),
            line((f"{words.people(held.number)} · {until(held, day.day)}", "muted")),
            *titled(_("Who"), told_names),
            (),
            _enter(_("the list of them")),
        ]
    if kind == STALE:
        stale = next(one for one in day.stale if one.content_id == ref)
        return [
            *told(stale.label, cells, "focal"),
            *told(str(stale.why), cells, "warn"),
            (),
            _enter(_("the piece: a new version, or out of use")),
        ]
    return [_enter(_("show all of them"))] if kind == MORE else []


def _enter(does: str) -> Line:
    return line(("Enter", "key"), "  ", (does, "muted"))
