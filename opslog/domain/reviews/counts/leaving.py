"""Why people and leads went no further than a stage of the funnel, or are at one unexpectedly: the
end of a key, and words."""

from __future__ import annotations

from opslog.domain.calls.meaning import AT_THE_DOOR
from opslog.domain.calls.outcomes import CALLBACK, PHONE, REMINDER, Outcomes
from opslog.domain.leads.leads import LOST, RETURNED, TITLES, WITH_SALES
from opslog.domain.reviews.counts.people import NOT_TRIED, LeadRow, Standing
from opslog.domain.rosters.rosters import WAITING, WITHDRAWN
from opslog.domain.screening.reasons import Reasons
from opslog.locale import N_, Msg, msg


def stands(one: LeadRow) -> tuple[str, Msg]:
    """Leads that went no further, by how they stand."""
    known = {
        **dict.fromkeys(WITH_SALES, ("with_sales", msg(N_("still with sales")))),
        LOST: (LOST, msg(N_("lost"))),
        RETURNED: (RETURNED, msg(N_("returned"))),
    }
    if one.state in known:
        return known[one.state]
    title = msg(TITLES[one.state]) if one.state in TITLES else Msg(one.state)
    return one.state, msg(N_("stands at: {state}"), state=title)


def straight(_one: LeadRow) -> tuple[str, Msg]:
    return "straight", msg(N_("without the stage before"))


def never(_one: Standing) -> tuple[str, Msg]:
    return "other", msg(N_("by another way"))


class Say:
    """Why people are not at a stage, or are there unexpectedly: the end of a key, and words."""

    def __init__(self, outcomes: Outcomes, reasons: Reasons) -> None:
        self._outcomes, self._reasons = outcomes, reasons

    def not_reached(self, one: Standing) -> tuple[str, Msg]:
        if one.talk.invited == NOT_TRIED:
            return "not_tried", msg(N_("neither called nor written to"))
        return "not_reached", msg(N_("could not be reached"))

    def not_signed_up(self, _one: Standing) -> tuple[str, Msg]:
        return "not_signed_up", msg(N_("did not sign up"))

    def not_invited(self, one: Standing) -> tuple[str, Msg]:
        if one.audience:
            return "not_reached", msg(N_("of the audience, without a call or message"))
        return "not_audience", msg(N_("not on the list of the audience"))

    def dropped(self, one: Standing) -> tuple[str, Msg]:
        """Of whoever is not valid."""
        if one.dropped is None:
            return "not_signed_up", msg(N_("came in beside the list"))
        if not one.dropped:
            return "drop", msg(N_("dropped without a reason"))
        return f"drop.{one.dropped}", self._reasons.title(one.dropped)

    def not_confirmed(self, one: Standing) -> tuple[str, Msg]:
        if one.state == WITHDRAWN:
            return "withdrew", msg(N_("withdrew"))
        if one.state == WAITING:
            return "waiting", msg(N_("had no place"))
        if not one.reminder:
            return "not_called", msg(N_("not called"))
        return one.reminder, self._outcomes.title(REMINDER, PHONE, one.reminder)

    def not_there(self, one: Standing) -> tuple[str, Msg]:
        if one.came is None:
            return "not_marked", msg(N_("not marked"))
        return "absent", msg(N_("did not come"))

    def unexpected(self, one: Standing) -> tuple[str, Msg]:
        if one.reminder == AT_THE_DOOR:
            return "walk_in", msg(N_("walk-ins"))
        if one.dropped is not None:
            return "dropped", msg(N_("were dropped, and came"))
        return "unconfirmed", msg(N_("came without having said so"))

    def not_contacted(self, one: Standing) -> tuple[str, Msg]:
        if one.talk.back == NOT_TRIED:
            return "not_called", msg(N_("not called back"))
        return "not_reached", msg(N_("could not be reached"))

    def elsewhere(self, one: Standing) -> tuple[str, Msg]:
        if one.listed:
            return "absent", msg(N_("had not come"))
        return "off_list", msg(N_("not on the list"))

    def no_answer(self, _one: Standing) -> tuple[str, Msg]:
        return "no_answer", msg(N_("no answer"))

    def not_interested(self, one: Standing) -> tuple[str, Msg]:
        title = self._outcomes.title(f"{CALLBACK}-1", one.talk.lane or PHONE, one.talk.said)
        return one.talk.said or "other", title

    def no_lead(self, _one: Standing) -> tuple[str, Msg]:
        return "no_lead", msg(N_("not noted as a lead"))
