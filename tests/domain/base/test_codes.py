"""Codes and the words for them: either is understood, in either language, and a short form."""

from __future__ import annotations

import pytest

from opslog import locale
from opslog.domain.answers.questions import CONCERNED
from opslog.domain.base import codes
from opslog.domain.base.codes import Labels
from opslog.domain.base.refusal import Refused
from opslog.domain.calls.contact_limits import MODE_TITLES
from opslog.domain.calls.outcomes import LANE_TITLES, purpose_of, purpose_title
from opslog.domain.events.events import (
    AUDIENCE_LABELS,
    CHANNEL_LABELS,
    HOST_LABELS,
    KIND_LABELS,
    LIST_LABELS,
    OWNER_LABELS,
)
from opslog.domain.events.measures import MEASURE_LABELS
from opslog.domain.events.plans import joining
from opslog.domain.leads import leads
from opslog.domain.materials import requests
from opslog.domain.programmes import contents, entering
from opslog.domain.programmes.programme import SPAN_TITLES
from opslog.locale import msg
from opslog.services.book.contributions import ONLY
from opslog.services.files.kinds import EXPORTS
from opslog.services.reviews.acts import PARTS

EVERY: dict[str, Labels] = {
    "parts of a review": PARTS,
    "kinds": KIND_LABELS,
    "hosts": HOST_LABELS,
    "lists": LIST_LABELS,
    "audiences": AUDIENCE_LABELS,
    "channels": CHANNEL_LABELS,
    "owners": OWNER_LABELS,
    "late": joining.LATE_LABELS,
    "late in programmes": entering.LATE_LABELS,
    "who asks": requests.WHO_TITLES,
    "shown": requests.SHOWN_TITLES,
    "media": requests.MEDIUM_TITLES,
    "requests": requests.STATE_TITLES,
    "leads": leads.TITLES,
    "concerns": CONCERNED,
    "lanes": LANE_TITLES,
    "stages": contents.STAGE_TITLES,
    "pieces": contents.KIND_TITLES,
    "spans": SPAN_TITLES,
    "only": ONLY,
    "measures": MEASURE_LABELS,
    "modes": MODE_TITLES,
    "exports": {what: one.label for what, one in EXPORTS.items()},
}


@pytest.mark.parametrize("name", EVERY)
def test_each_code_and_each_word_for_it_means_the_code(name: str) -> None:
    """No two of one list are called alike in either language."""
    labels = EVERY[name]
    for code, label in labels.items():
        if not code:
            continue
        for language in locale.LANGUAGES:
            said = msg(str(label)).render(language)
            assert codes.read(said, labels) == code, said
            assert codes.read(said.upper(), labels) == code
        assert codes.read(code, labels) == code


@pytest.mark.parametrize(
    ("words", "labels", "code"),
    [
        ("目标", PARTS, "aim"),
        ("直播", KIND_LABELS, "webinar"),
        ("沙龙", KIND_LABELS, "salon"),
        ("白皮书", KIND_LABELS, "materials"),
        ("线下", KIND_LABELS, "salon"),
        ("客户", contents.KIND_TITLES, "customer"),
        ("市场认可(mql)", leads.TITLES, "mql"),
        ("退回", leads.TITLES, "returned"),
        ("handed-over", leads.TITLES, "handed_over"),
        ("没来", ONLY, ""),
        ("live", KIND_LABELS, "webinar"),
        ("conf", KIND_LABELS, "conference"),
        ("online", KIND_LABELS, ""),  # live, or recorded
        ("线", KIND_LABELS, ""),  # one sign says too little
        ("so", KIND_LABELS, ""),
        ("目的", PARTS, ""),
        ("", PARTS, ""),
    ],
)
def test_a_clear_short_form_is_understood(words: str, labels: Labels, code: str) -> None:
    assert codes.code_of(words, labels) == code


def test_what_is_none_is_refused_with_the_words_of_the_language_spoken() -> None:
    with pytest.raises(Refused) as refused:
        codes.read("目的", PARTS)
    known = "Aim and form (aim), The plan (plan), Do, Check, Act"
    assert str(refused.value) == f"“目的” is not known here; known: {known}"
    locale.set_language("zh_CN")
    with pytest.raises(Refused) as refused:
        codes.read("目的", PARTS)
    known = "目标与形式（aim）、计划（plan）、执行（do）、检查（check）、改进（act）"
    assert str(refused.value) == f"这里没有“目的”；可选：{known}"


def test_a_purpose_of_calls_is_known_by_its_title() -> None:
    for purpose in ("reminder", "callback-1", "callback-2", "callback-7", "followup-6", "add"):
        for language in locale.LANGUAGES:
            assert purpose_of(purpose_title(purpose).render(language)) == purpose
    assert purpose_of("提醒") == "reminder"
    assert purpose_of("回访") == "回访"  # the first, or another
