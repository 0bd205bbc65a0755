"""What is asked about a request. Only inside a worker, but for the form itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from opslog.domain.materials.requests import (
    COMPETITOR,
    MEDIUM_TITLES,
    REFUSED,
    SHOWN_TITLES,
    WHO_TITLES,
    Request,
)
from opslog.locale import N_, Msg, _, msg, nmsg
from opslog.services.book.book import Change
from opslog.services.book.drafts import Place
from opslog.services.materials import requests
from opslog.tui.widgets.asking.form import Field, Form, Values
from opslog.tui.widgets.asking.prompt import Choice, Prompt
from opslog.tui.widgets.text import Line, line

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host


def _choices(titles: Mapping[str, str]) -> list[Choice]:
    return [Choice("", _("not known")), *(Choice(code, _(text)) for code, text in titles.items())]


async def ask_request(app: Host, card_id: int) -> None:
    """What is known of a request, with live words on what it comes to."""
    one = requests.get(app.book, card_id)
    known = one.who or (one.known if one.known in WHO_TITLES else "")

    def fields() -> list[Field]:
        now = requests.get(app.book, card_id)
        asked, by = now.asked.isoformat(), _("e-mail, courier and number")
        return [
            Field("who", _("Who asks"), now.who or known, choices=_choices(WHO_TITLES)),
            Field("shown", _("Shown by"), now.shown, choices=_choices(SHOWN_TITLES), same_row=True),
            Field("medium", _("What they get"), now.medium, choices=_choices(MEDIUM_TITLES)),
            Field("watermark", _("Watermark"), now.watermark, _("the name in it"), same_row=True),
            Field("address", _("Address"), now.address, _("where the paper copy goes")),
            Field("use", _("What for"), now.use),
            Field("asked_on", _("Asked on"), asked, _("11-05, mon"), replaced=True),
            Field("sent_by", _("Sent by"), now.sent_by, by, same_row=True),
        ]

    def read(values: Values) -> dict[str, str]:
        said = {name: values[name] for name in values if name != "asked_on"}
        if values["asked_on"].strip() != one.asked.isoformat():
            said["asked_on"] = values["asked_on"]
        return said

    def check(values: Values) -> list[Line]:
        said = read(values)
        requests.checked(app.book, said)
        if said["who"] == COMPETITOR and one.who != COMPETITOR:
            return [line((_("a competitor: Enter refuses it, nothing is sent"), "warn"))]
        if one.state == REFUSED and said["who"] != COMPETITOR == one.who:
            return [line((_("still refused; 1 allows it"), "muted"))]
        return []

    await app.ask(
        Form(
            msg(N_("Request of {person}"), person=requests.name(one)),
            fields,
            lambda values: requests.note(app.book, card_id, read(values)),
            check,
            where=Place("requests", "person", one.person_id, one.person_id),
        )
    )


async def ask_why_refused(app: Host, some: Sequence[Request]) -> None:
    """Why, in a line; Enter alone: who asks says it."""

    def saves(text: str) -> Change:
        return requests.refuse(app.book, [one.card_id for one in some], text)

    first: Msg = (
        msg(N_("Refuse {person}: why?"), person=requests.name(some[0]))
        if len(some) == 1
        else nmsg(N_("Refuse {n} request: why?"), N_("Refuse {n} requests: why?"), len(some))
    )
    await app.ask(Prompt(first, saves=saves, where=None, placeholder=_("competitor, a student …")))
