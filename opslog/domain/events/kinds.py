"""The kinds of event and what an event is told apart by, as codes in the file.

Apart from the playbooks, so that the first screen needs no more than this.
"""

from __future__ import annotations

from typing import NamedTuple

KINDS = ("webinar", "recorded", "salon", "conference", "materials")
HOSTS = ("own", "sponsored")
LISTS = ("form", "none")
AUDIENCES = ("all", "segment")
CHANNELS = ("moments", "groups", "edm", "sms", "private", "site", "sem", "internal", "phone")
OFFLINE = ("salon", "conference")


class Traits(NamedTuple):
    """What decides which steps of a playbook an event has."""

    host: str = "own"
    list: str = "form"
    audience: str = "all"
