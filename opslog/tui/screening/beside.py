"""What stands beside a screening card: the verdicts with their keys, and who comes next."""

from __future__ import annotations

from functools import lru_cache

from opslog.domain.screening.card import Brief
from opslog.domain.screening.rounds import DROP, UNDECIDED
from opslog.locale import _, ngettext
from opslog.tui.screening.view import VERDICT_LOOKS, View
from opslog.tui.widgets.drawing import spread
from opslog.tui.widgets.lists.rows import Ends, fit
from opslog.tui.widgets.text import Line, clean, cut, line, line_width, pad_line, width

MATES = 8
KEY = 6  # cells of a key


def narrow(view: View, cells: int, room: int) -> list[Line]:
    """The keys one below the other; of who comes next as many names as there is room for."""
    shown = [_key(view, *offer, cells) for offer in _offers(view)]
    left = room - len(shown) - 2
    if left > 0 and view.coming:
        number = (str(_waiting(view)), "muted")
        shown += [(), line((_("Coming next"), "title"), "  ", number)]
        shown += [_next_name(one, cells) for one in view.coming[:left]]
    return shown


def wide(view: View, cells: int) -> list[Line]:
    """The keys in two columns, the next rows, the colleagues on this list."""
    offers = _offers(view)
    half = (len(offers) + 1) // 2
    each = (cells - 3) // 2
    head = spread(line((_("Decide"), "title")), line((_("this round"), "dim")), cells)
    shown: list[Line] = [head]
    for at in range(half):
        row = pad_line(_key(view, *offers[at], each), each)
        if at + half < len(offers):
            row += (("   ", ""), *_key(view, *offers[at + half], each))
        shown.append(row)
    known = mates(view, cells)
    if view.coming:
        number = _waiting(view)
        waiting = ngettext("{n} row more", "{n} rows more", number).format(n=number)
        shown += [(), spread(line((_("Coming next"), "title")), line((waiting, "muted")), cells)]
        shown += _next_rows(view, cells)
    return [*shown, *([(), *known] if known else [])]


# -- the keys ---------------------------------------------------------------------------


def _offers(view: View) -> list[tuple[str, str, int]]:
    """Action, words and how often it was used in this round, in the order of the keys."""
    deck = view.deck
    return [
        ("screening.keep", _("keep"), deck.kept),
        *(
            (f"screening.drop{one.digit}", str(one.title), deck.dropped_for(one.code))
            for one in view.reasons.keys
        ),
        ("screening.more", _("more …"), sum(deck.dropped_for(r.code) for r in view.reasons.more)),
        ("screening.park", _("park"), deck.parked),
    ]


def _key(view: View, action: str, words: str, number: int, cells: int) -> Line:
    return _offer(view.keys(action), words, number, cells)


@lru_cache(maxsize=64)
def _offer(key: str, words: str, number: int, cells: int) -> Line:
    """One verdict; most are the same on the next card."""
    label = cut(clean(words), cells - KEY - 4)
    left = line((f"{key:<{KEY - 1}}", "key"), " ", label)
    count = (str(number), "strong") if number else ("·", "track")
    return spread(left, line(count), cells, least=1)


# -- who comes next ------------------------------------------------------------------------


def _waiting(view: View) -> int:
    """How many come after the row shown."""
    return view.deck.left - (not view.deck.of(view.card.card_id).decided)


def _next_name(one: Brief, cells: int) -> Line:
    name = line(one.called)
    about = clean(one.title or one.company)
    room = cells - line_width(name) - 3
    return name + line("  ", (about, "muted")) if 0 < width(about) <= room else name


def _next_rows(view: View, cells: int) -> list[Line]:
    """Name, company and title; a company that comes again is not said again."""
    names = min(max(width(clean(one.called)) for one in view.coming), 14) + 2
    shown, before = [], view.card.person.company_key
    for one in view.coming:
        same = bool(one.company_key) and one.company_key == before
        before = one.company_key
        name = pad_line(line(one.called), names)
        about = line((_("same company"), "dim") if same else (one.company, "muted"))
        title = line((cut(clean(one.title), (cells - names) // 2), "dim"))
        shown.append((*name, *fit(Ends(about, title), cells - names)))
    return shown


def mates(view: View, cells: int) -> list[Line]:
    """Everybody of the company on this list with what was decided; who is shown is marked."""
    if len(view.mates) < 2:
        return []
    number = len(view.mates)
    here = ngettext("{n} on this list", "{n} on this list", number).format(n=number)
    title = line((_("Same company"), "title"), "  ", (view.card.person.company, "muted"))
    shown: list[Line] = [fit(Ends(title, line((here, "muted"))), cells)]
    return [*shown, *(_mate(view, one, cells) for one in view.mates[:MATES])]


def _mate(view: View, one: Brief, cells: int) -> Line:
    verdict = view.deck.of(one.card_id)
    look = "muted" if verdict.verdict == DROP else VERDICT_LOOKS.get(verdict.verdict, "muted")
    if one.card_id == view.card.card_id:
        sign, said = ("▸ ", "accent"), (_("shown now"), "accent")
    elif verdict.verdict == UNDECIDED:
        sign, said = ("○ ", "muted"), ("", "")
    else:
        sign = ("✓ " if look == "good" else "✗ " if verdict.verdict == DROP else "· ", look)
        reason = view.reasons.title(verdict.reason) if verdict.verdict == DROP else ""
        said = (str(reason) or {"keep": _("kept"), "park": _("parked")}[verdict.verdict], look)
    return fit(Ends(line(sign, one.called, "  ", (one.title, "muted")), line(said)), cells)
