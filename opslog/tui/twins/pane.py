"""Beside two that may be one: the keys, what would come of joining them, which pairs follow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from opslog.domain.people import phones
from opslog.domain.people.naming.names import short_company
from opslog.domain.twins.pairs import COMPANY, PairCard, PersonSide
from opslog.locale import _
from opslog.tui.twins.card_lines import View, certainty, joining
from opslog.tui.widgets.drawing import button, key_rows, spread
from opslog.tui.widgets.pane import titled, told
from opslog.tui.widgets.text import Line, line, pad, width


def pane_lines(view: View, coming: Sequence[PairCard], more: int, cells: int) -> list[Line]:
    """``coming``: the pairs that follow, as far as they are named; ``more`` of them are not."""
    follow = [
        spread(line(_both(card)), line((certainty(card.pair), "muted")), cells) for card in coming
    ]
    if more:
        follow.append(line((_("and {n} more").format(n=more), "muted")))
    return [
        *([] if view.verdict else _keys(view, cells)),
        *titled(_("One of both would be"), _joined(view, cells)),
        *titled(_("The pairs that follow"), follow),
    ]


def _keys(view: View, cells: int) -> list[Line]:
    others = [(view.keys["different"], _("different, for good")), (view.keys["later"], _("later"))]
    if not view.card.pair.is_branch:  # which is the branch is told by its name
        others.append((view.keys["swap"], _("keep the other")))
    yes = _("The same person")
    if view.card.pair.kind == COMPANY:
        yes = _("Yes, a branch") if view.card.pair.is_branch else _("The same company")
    return [
        line(*button(view.keys["same"].split()[0], yes)),
        *told(joining(view, 3 * cells), cells, "muted"),
        (),
        *key_rows(others, cells, 6),
    ]


def _both(card: PairCard) -> str:
    kept, gone = card.kept()
    return f"{short_company(gone.called)} → {short_company(kept.called)}"


def _joined(view: View, cells: int) -> list[Line]:
    """The person that joining would make: what is kept, blanks filled from the other."""
    kept, gone = view.card.kept(view.keep)
    if not isinstance(kept, PersonSide) or not isinstance(gone, PersonSide):
        return []
    a, b = kept.person, gone.person
    known = [
        ("", a.name or b.name),
        (_("company"), a.company or b.company),
        (_("title"), a.title or b.title),
        (_("phone"), _all(map(phones.display, (*kept.phones, *gone.phones)))),
        (_("e-mail"), _all((*kept.emails, *gone.emails))),
        (_("city"), a.city or b.city),
        (_("tags"), _all(f"#{tag}" for tag in (*a.tags, *b.tags))),
        (_("events"), str(len(dict.fromkeys((*kept.events, *gone.events))) or "")),
    ]
    known = [(label, text) for label, text in known if text]
    wide = max(width(label) for label, _text in known) + 2
    lines: list[Line] = []
    for label, text in known:
        first, *rest = told(text, cells - wide, "strong" if not label else "")
        lines.append((*line((pad(label, wide) if label else "", "muted")), *first))
        lines += [((" " * wide, ""), *row) for row in rest]
    return lines


def _all(texts: Iterable[str]) -> str:
    return "  ".join(dict.fromkeys(filter(None, texts)))
