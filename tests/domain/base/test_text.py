"""What people and files wrote, shown and never sent."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opslog.domain.base.text import escaped, visible

# Arabic letter mark, line and paragraph separators, interlinear annotation, a tag, an escape
# sequence in C1, delete, an override of direction.
ACTED_UPON = "\u061c\u2028\u2029\ufff9\ufffa\ufffb\U000e0041\x9b\x7f\u202e\u2066\ufeff"


@pytest.mark.parametrize("character", ACTED_UPON)
def test_nothing_a_terminal_acts_upon_is_sent(character: str) -> None:
    assert character not in visible(f"王{character}志刚")
    document = json.dumps({"name": f"王{character}志刚"}, ensure_ascii=False)
    assert character not in escaped(document)
    assert json.loads(escaped(document)) == {"name": f"王{character}志刚"}


@given(st.text())
def test_a_document_says_the_same_and_is_shown_whole(text: str) -> None:
    document = escaped(json.dumps([text, {"键": text}], ensure_ascii=False, indent=2))
    assert json.loads(document) == [text, {"键": text}]
    assert not {unicodedata.category(one) for one in document.replace("\n", "")} & {"Cc", "Cs"}


@given(st.text())
def test_what_is_shown_is_shown_once_more_as_it_is(text: str) -> None:
    assert visible(visible(text)) == visible(text)
