"""Pieces of content: which words go out, and which are old."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import Any

import pytest

from opslog import locale, shipped
from opslog.domain.base.own_files.toml_lines import Faulty
from opslog.domain.calls import talk_tracks
from opslog.domain.programmes import contents
from opslog.domain.programmes.contents import Piece

AGEING = contents.read_ageing(shipped.text("contents/ageing.toml"))
PIECES = contents.read_pieces(shipped.text("contents/pieces.toml"), "pieces.toml")
TODAY = date(2026, 11, 23)


def _piece(version: int = 1, **more: Any) -> Piece:
    made = Piece("功能 03", "features", "method", f"第{version}版", f"version {version}", version)
    return made._replace(**{"made_on": date(2026, 4, 23), **more})


def test_the_newest_version_goes_out_and_a_retired_one_does_not() -> None:
    ships = Piece("功能 03", "features", "method", "原文", "as it ships")
    key = ("features", "功能 03")
    assert contents.in_force([], [ships])[key] is ships
    assert contents.in_force([_piece(3), _piece(2)], [ships])[key].version == 3
    assert contents.in_force([_piece(2), _piece(3, retired=True)], [ships])[key].version == 2
    assert key not in contents.in_force([_piece(2, retired=True)], [ships])


@pytest.mark.parametrize(
    ("piece", "first_sent", "why"),
    [
        (_piece(), None, "7 months old"),
        (_piece(made_on=date(2026, 5, 24)), None, None),  # a day short of six months
        (_piece(stage="results"), None, None),
        (_piece(revise_on=TODAY, stage="brand"), None, "was to be revised by 2026-11-23"),
        (_piece(text_zh="3.2 版的新功能", stage="brand"), None, "still says “3.2 版”"),
        (_piece(made_on=None), None, None),  # ships, and was never sent
        (_piece(made_on=None), date(2026, 5, 1), "6 months old"),
    ],
)  # fmt: skip
def test_what_is_old(piece: Piece, first_sent: date | None, why: str | None) -> None:
    ageing = AGEING._replace(outdated=("3.2 版",))
    found = contents.stale(piece, ageing, TODAY, first_sent)
    assert (found and str(found)) == why


def test_a_label_is_said_in_both_languages() -> None:
    assert str(contents.said("功能 03")) == "features 03"
    assert str(contents.said("寒暄")) == "寒暄"
    locale.set_language("zh")
    assert str(contents.said("功能 03")) == "功能 03"
    for typed in ("features 3", "功能3", " 功能  03 "):
        assert contents.canonical(typed) == "功能 03"
    assert contents.canonical("寒暄  二") == "寒暄 二"
    assert contents.stage_of("效果 01") == "results"


def test_what_is_wrong_with_ageing_is_named_by_line_and_key() -> None:
    with pytest.raises(Faulty) as found:
        contents.read_ageing(
            "[months]\nfeatures = 0\nbrnad = 3\n[outdated]\nwords = [1]\n", "a.toml"
        )
    assert [str(one) for one in found.value.faults] == [
        "a.toml, line 2: “features” must be a whole number from 1 to 240",
        "a.toml, line 3: “brnad” is not known here; known: features, results, brand",
        "a.toml, line 5: “words” must be a list of texts in quotes",
    ]


def test_every_step_that_ships_has_words_in_both_languages() -> None:
    """Its own, or those of a piece of its stage; and every piece is used."""
    keys = {(one.stage, one.label) for one in PIECES}
    assert len(keys) == len(PIECES)
    used = set()
    for name in shipped.names("programmes"):
        for step in tomllib.loads(shipped.text(name))["step"]:
            key = (step["stage"], step.get("label", ""))
            used.add(key)
            assert key in keys or (step["text_zh"] and step["text_en"]), (name, step["id"])
    assert keys - used == set()
    for one in PIECES:
        assert len(one.text_zh) <= 120, one.label
        assert len(one.text_en) <= 320, one.label


@pytest.mark.parametrize("one", PIECES, ids=lambda one: one.label)
def test_every_piece_reads_well_without_a_link(one: Piece) -> None:
    """What leads to the link goes whole, or leaves a sentence of its own behind."""
    for text, least in ((one.text_zh, 12), (one.text_en, 25)):
        said = talk_tracks.own(text, {"person": "", "link": ""}).say
        before, _link, behind = text.partition("{link}")
        led = re.split(r"[。！？.!?]", before)[-1].strip() if behind else ""
        left = next((part for part in re.split(r"[。！？.!?]", said) if part and part in led), "")
        assert not left or len(left) >= least, (one.label, left)
        for word in ("填好", "filled in", "她", "on two pages", "写成了"):
            assert word not in said, (one.label, said)
