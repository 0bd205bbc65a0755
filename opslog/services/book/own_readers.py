"""Who reads each of the operator's own files, imported when its file is first looked at."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opslog.domain.base.own_files.column_sets import Sets
    from opslog.domain.base.own_files.keys_file import Keys
    from opslog.domain.calls.contact_limits import Limits
    from opslog.domain.calls.order import Weights as CallOrder
    from opslog.domain.calls.outcomes import Outcomes
    from opslog.domain.calls.seniority import Seniority
    from opslog.domain.calls.talk_tracks import Tracks
    from opslog.domain.dates.workdays import Workdays
    from opslog.domain.events.plans.playbooks import Playbook
    from opslog.domain.events.texts import Texts
    from opslog.domain.leads.clocks import Clocks
    from opslog.domain.programmes.contents import Ageing
    from opslog.domain.programmes.programme import Programme
    from opslog.domain.today.priority import Weights
    from opslog.exchange.meaning.layouts import Profile


def keys(text: str, file: str) -> Keys:
    from opslog.domain.base.own_files import keys_file

    return keys_file.read(text, file)


def programme(text: str, file: str) -> Programme:
    from opslog.domain.programmes import programmes_file

    return programmes_file.read(text, file)


def workdays(text: str, file: str) -> Workdays:
    from opslog.domain.dates import workdays

    return workdays.read_overlay(text, file)


def weights(text: str, file: str) -> Weights:
    from opslog.domain.today import priority

    return priority.read_weights(text, priority.shipped_weights(), source=file)


def outcomes(text: str, file: str) -> Outcomes:
    from opslog.domain.calls import outcomes_file

    return outcomes_file.read(text, file)


def tracks(text: str, file: str) -> Tracks:
    from opslog.domain.calls import talk_tracks

    return talk_tracks.read(text, file)


def call_order(text: str, file: str) -> CallOrder:
    from opslog.domain.calls import order

    return order.read(text, file)


def seniority(text: str, file: str) -> Seniority:
    from opslog.domain.calls import seniority

    return seniority.read(text, file)


def contact_limits(text: str, file: str) -> Limits:
    from opslog.domain.calls import contact_limits

    return contact_limits.read(text, file)


def lead_clocks(text: str, file: str) -> Clocks:
    from opslog.domain.leads import clocks

    return clocks.read(text, file)


def texts(text: str, file: str) -> Texts:
    from opslog.domain.events import texts

    return texts.read(text, file)


def ageing(text: str, file: str) -> Ageing:
    from opslog.domain.programmes import contents

    return contents.read_ageing(text, file)


def columns(text: str, file: str) -> Sets:
    from opslog.domain.base.own_files import column_sets

    return column_sets.read(text, file)


def layout(text: str, file: str) -> Profile:
    from opslog.exchange.meaning import layouts

    return layouts.read(text, file)


@cache
def plan_of(kind: str) -> Callable[[str, str], Playbook]:
    def read(text: str, file: str) -> Playbook:
        from opslog.domain.events.plans import playbooks

        return playbooks.read_playbook(text, file, kind)

    return read


@cache
def routine_of(name: str) -> Callable[[str, str], Playbook]:
    def read(text: str, file: str) -> Playbook:
        from opslog.domain.events.plans import playbooks

        return playbooks.read_own(text, file, name)

    return read
