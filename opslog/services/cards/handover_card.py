"""The card that goes to sales with a lead: who, what is known, where from, what was said."""

from __future__ import annotations

from opslog.domain.base.money import yuan_text
from opslog.domain.base.sentences import bracketed, labelled
from opslog.domain.dates.wording import past_moment
from opslog.domain.leads.leads import PARTS, Lead, part_text
from opslog.domain.people import phones
from opslog.domain.people.card import DECIDED, FOLLOW_UP, Moment
from opslog.locale import N_, Msg, msg
from opslog.services.book.book import Book
from opslog.services.cards import cards, tracing
from opslog.services.leads import leads
from opslog.services.people import card as person_card

MOST_SAID = 20  # of what happened that goes along, the newest
_INTERNAL = (DECIDED, FOLLOW_UP)  # the operator's own


def text(book: Book, lead: Lead, *, markdown: bool = False) -> str:
    """As plain text to paste, or as Markdown; in the language spoken."""
    person = person_card.get(book, lead.person_id)
    who = " · ".join(part for part in (leads.name(lead), person.title, person.company) if part)
    phone = phones.display(person.phone) if person.phone else ""
    reach = [part for part in (phone, person.email, person.city) if part]
    wecom = [str(msg(N_("on WeCom")))] if person.wecom else []
    facts: list[tuple[Msg, str]] = [(msg(N_("How to reach them")), " · ".join([*reach, *wecom]))]
    facts += [(msg(title), str(part_text(lead.known[part]))) for part, title in PARTS.items()]
    facts += [*tracing.origin(book, lead), (msg(N_("State")), _state(book, lead))]
    facts += [(msg(N_("Note")), " ".join(person.note.split()))]
    said = [
        _line(book, one)
        for one in cards.timeline(book, lead.person_id)[:MOST_SAID]
        if one.kind not in _INTERNAL
    ]
    if markdown:
        head = [f"# {who}", ""]
        rows = [f"- {labelled(f'**{label}**', value)}" for label, value in facts if value]
        told = [
            "",
            f"## {msg(N_('What happened and was said'))}",
            "",
            *(f"- {one}" for one in said),
        ]
    else:
        head = [who]
        rows = [str(labelled(label, v)) for label, v in facts if v]
        told = [str(msg(N_("What happened and was said:"))), *(f"- {one}" for one in said)]
    return "\n".join([*head, *rows, *(told if said else [])])


def _state(book: Book, lead: Lead) -> str:
    when = past_moment(lead.at, book.clock.zone, book.today())
    parts = [str(leads.standing(book, lead)), str(when)]
    if lead.to_whom:
        parts.insert(1, lead.to_whom)
    if lead.cents is not None:
        parts.append(yuan_text(lead.cents))
    return " · ".join([*parts, *([lead.reason] if lead.reason else [])])


def _line(book: Book, one: Moment) -> str:
    when = past_moment(one.at, book.clock.zone, book.today())
    text = bracketed(one.text, one.event) if one.event else one.text
    return f"{when} {text}"
