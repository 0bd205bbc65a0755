"""The text that promotes an event on a channel, made from its fields. Pure."""

from __future__ import annotations

from typing import NamedTuple

from opslog.locale import N_, Msg, msg

_PUBLIC = N_("“{event}”, {when}{place}{theme}. Sign up: {link}")
_SMS = N_("“{event}” {when}{place}. Sign up: {link}")
_PRIVATE = N_("Hello, we would like to see you at “{event}” on {when}{place}{theme}. {link}")
_MAIL = N_("Subject: “{event}”, {when}\n\nHello,\n\n{when}{place}{theme}.\n\nSign up: {link}")
_INTERNAL = N_(
    "Colleagues, please forward “{event}” ({when}{place}) and invite your customers: {link}"
)
_OF_CHANNEL = {"sms": _SMS, "private": _PRIVATE, "edm": _MAIL, "internal": _INTERNAL}


class Fields(NamedTuple):
    """``link``: where people sign up, or the code of the channel; '' is said to be missing."""

    event: str
    when: Msg
    place: str
    theme: str
    link: str


def text(channel: str, fields: Fields) -> Msg:
    """What goes out by a channel: short by SMS, with a greeting to somebody, with a subject by
    mail."""
    return msg(
        _OF_CHANNEL.get(channel, _PUBLIC),
        event=fields.event,
        when=fields.when,
        place=msg(N_(", {place}"), place=fields.place) if fields.place else "",
        theme=msg(N_(": {theme}"), theme=fields.theme) if fields.theme else "",
        link=fields.link or msg(N_("(link of this channel is missing)")),
    )
