"""The card of one message: who, the words to send in their frame, where they are in the
programme, what was said, what comes after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from opslog.domain.base.sentences import listed
from opslog.domain.dates.wording import near_day, short_day
from opslog.domain.people.card import Moment
from opslog.domain.people.phones import display
from opslog.domain.programmes.queue import MessageCard, Passed, behind
from opslog.locale import N_, _, ngettext
from opslog.tui.people.happened import sign
from opslog.tui.widgets.drawing import button, chips, spread
from opslog.tui.widgets.pane import titled
from opslog.tui.widgets.text import (
    Line,
    cut,
    cut_line,
    in_rows,
    join,
    line,
    line_width,
    pad_line,
    width,
    wrap,
)


@dataclass(frozen=True)
class View:
    """``alike`` says how many others get the same words today; ``happened`` is what there was with
    them, newest first; ``keys`` reads a key as a person does, by its action."""

    card: MessageCard
    alike: str
    happened: Sequence[Moment]
    zone: ZoneInfo
    today: date
    keys: dict[str, str]
    rows: int  # of the screen there are for it


LOW = 20  # rows of the card, below which air and headings go
_SIGNS = {
    "sent": ("✓", "good"),
    "replied": ("←", "good"),
    "skipped": ("·", "muted"),
    "missed": ("✗", "warn"),
    "now": ("●", "accent"),
    "ahead": ("○", "muted"),
}
_BESIDE = (
    ("messages.skip", N_("skip")),
    ("messages.replied", N_("they replied")),
    ("messages.other_piece", N_("other words")),
)


def card_lines(view: View, cells: int) -> list[Line]:
    """The card for this width; with few rows the words come first, the rest in a row each."""
    inner = max(cells - 2, 20)
    low = view.rows < LOW
    after = _after(view, inner, low)
    steps, said = _steps(view.card.steps, inner, low), _said(view, inner, low)
    chip_rows = in_rows(chips(_chips(view.card)), inner, "")[: 1 if low else 2]
    if (said_late := behind(view.card.line, view.today)) is not None:
        quiet = view.card.line.missed and view.card.line.skippable
        noted = (str(said_late), "muted") if quiet else (f"! {said_late}", "warn")
        chip_rows += [cut_line(line(noted), inner)]
    keys = _keys(view, inner)
    gap: list[Line] = [] if low else [()]
    around = (  # rows, besides the words
        1 + len(chip_rows),
        len(keys),
        len(steps),
        len(after),
        min(len(said), 1 if low else 4),
    )
    frame = 3 if low else 7  # its edges, what stands at its foot, and air in and around it
    text = _frame(view, inner, max(view.rows - sum(around) - frame, 3))
    rows = [*_who(view.card, inner), *chip_rows, *gap, *text, *gap, *keys, *steps]
    room = view.rows - len(rows) - len(after)
    rows += [*(said if low else said[: max(room, 4)]), *after]
    return [((" ", ""), *row) if row else () for row in rows]


def _who(card: MessageCard, cells: int) -> list[Line]:
    one = card.line
    reached = {
        True: ("✓ " + _("on WeCom"), "good"),
        False: ("! " + _("not on WeCom"), "warn"),
        None: (_("on WeCom?"), "muted"),
    }[card.wecom]
    if one.channel == "email":
        reached = (card.email or "! " + _("no e-mail"), "muted" if card.email else "warn")
    elif one.channel in ("sms", "call"):
        reached = (display(card.phone) if card.phone else "! " + _("no phone number"), "muted")
    right = line(reached)
    name = one.person or _("(no name)")
    left = join([line((name, "focal")), line((one.title, "strong")), one.company], "   ")
    return [spread(cut_line(left, cells - line_width(right) - 2), right, cells)]


def _chips(card: MessageCard) -> list[str]:
    found = [f"{card.programme} · {card.line.step_title}", card.label, card.from_where]
    if card.last_by_hand:
        found.append(_("the last one written by hand"))
    return [one for one in found if one]


def _frame(view: View, cells: int, most: int) -> list[Line]:
    """The words in a frame of at most ``most`` rows of text: what is being sent."""
    card = view.card
    title = _("What to send")
    top = line(("╭─ ", "block"), (title, "title"), " ")
    top = (*top, ("─" * (cells - line_width(top) - 1) + "╮", "block"))
    room = cells - 8
    if card.text:
        said = [line(row) for row in wrap(card.text, room) if row or view.rows >= LOW]
        if len(said) > most:
            said = [*said[: most - 1], line((_("… the rest: e"), "muted"))]
    else:
        said = [line((row, "muted")) for row in wrap(_("Written by hand: e takes your words, or "
                "write it in the chat and press 1."), room)]  # fmt: skip
    facts = [ngettext("{n} character", "{n} characters", len(card.text)).format(n=len(card.text))]
    facts = facts if card.text else []
    if card.link and card.link not in card.text:
        facts.append(_("link {link}").format(link=card.link))
    if "operator" in card.blank:
        facts.append(_("{key}: your name").format(key=view.keys["messages.operator"]))
    if unknown := [f"{{{field}}}" for field in card.blank if field != "operator"]:
        facts.append(_("nothing known for {fields}").format(fields=listed(unknown)))
    edit = line((view.keys["item.edit"], "key"), " ", (_("change the words"), "muted"))
    about = line((cut(" · ".join(facts), room - line_width(edit) - 2),
                  "warn" if card.blank else "muted"))  # fmt: skip
    air: list[Line] = [()] if view.rows >= LOW else []
    inside = [*air, *said, *air, spread(about, edit, room)]
    edge = ("│", "block")
    body = [(edge, ("   ", ""), *pad_line(row, room), ("   ", ""), edge) for row in inside]
    return [top, *body, line(("╰" + "─" * (cells - 2) + "╯", "block"))]


def _keys(view: View, cells: int) -> list[Line]:
    """The act, then what else may have come of it; who gets the same words."""
    if view.card.text:
        act = button(view.keys["messages.send"], _("copy, note as sent, next"))
    else:
        act = button(view.keys["messages.sent"], _("written and sent, next"))
    others = [line((view.keys[id], "key"), " ", (_(what), "muted")) for id, what in _BESIDE]
    rows = in_rows([act, *others], cells)
    if view.alike:
        rows.append(line(
            (view.keys["messages.together"], "key"), " ",
            (view.alike, "muted"), " ",
            (_("all at once"), "muted"),
        ))  # fmt: skip
    return rows


def _steps(steps: Sequence[Passed], cells: int, low: bool) -> list[Line]:
    """The strip of steps around the one now: signs on a line, below them what each is."""
    if not steps:
        return []
    now = next((at for at, one in enumerate(steps) if one.state == "now"), 0)
    each = max(max(max(width(str(one.title)), width(str(one.words))) for one in steps) + 2, 9)
    number = max(cells // each, 1)
    first = max(min(now - 2, len(steps) - number), 0)
    some = steps[first : first + number]
    if low:
        parts = [line(_SIGNS[one.state], " ", (str(one.title), _look(one))) for one in some]
        return in_rows(parts, cells, "  ")[:1]
    signs: list[tuple[str, str]] = []
    for at, one in enumerate(some):
        signs.append(_SIGNS[one.state])
        if at < len(some) - 1:
            gone = one.state not in ("now", "ahead")
            bar = ("━" if gone else "─") * (each - 3)
            signs.append((f" {bar} ", "accent" if gone else "track"))
    titles = [pad_line(line((cut(str(one.title), each - 1), _look(one))), each) for one in some]
    said = [pad_line(line((cut(str(one.words), each - 1), "muted")), each) for one in some]
    left = ngettext("{n} more after it", "{n} more after it", len(steps) - first - len(some))
    more = len(steps) - first - len(some)
    right = line((left.format(n=more), "dim")) if more > 0 else ()
    head = spread(line((_("Which step"), "title")), right, cells)
    return [(), head, tuple(signs), sum(titles, ()), sum(said, ())]


def _look(one: Passed) -> str:
    return "strong" if one.state == "now" else "muted"


def _said(view: View, cells: int, low: bool) -> list[Line]:
    """What was said and what there was, newest first."""
    rows: list[Line] = []
    for moment in view.happened:
        day = short_day(moment.at.astimezone(view.zone).date(), view.today)
        left = line(sign(moment), " ", (str(day), "muted"), "  ", str(moment.text))
        event = line((moment.event, "dim"))
        rows.append(spread(cut_line(left, cells), event, cells))
    if low:
        return rows[:1]
    return titled(_("What was said"), rows)


def _after(view: View, cells: int, low: bool) -> list[Line]:
    """The message that follows, what ends it, and how many they may still get this week."""
    card = view.card
    parts: list[Line] = []
    if card.next_on is not None:
        following = f"{near_day(card.next_on, view.today)} {card.next_title or ''}".strip()
        parts.append(line((_("next message"), "muted"), " ", (following, "strong")))
    else:
        parts.append(line((_("this is the last one"), "muted")))
    parts.append(line((_("out on a reply"), "muted")))
    had = ngettext("{n} contact this week", "{n} contacts this week", card.this_week)
    parts.append(line((had.format(n=card.this_week), "muted")))
    if card.left_this_week is not None:
        may = _("{n} more allowed").format(n=card.left_this_week)
        parts.append(line((may, "muted" if card.left_this_week else "warn")))
    rows = in_rows(parts, cells, " · ")[: 1 if low else 2]
    return rows if low else titled(_("After it is sent"), rows)
