"""The review as one JSON document: names and titles English, moments with their offset, money in
yuan, what is not known null."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO
from zoneinfo import ZoneInfo

from opslog.domain.base.text import escaped
from opslog.domain.reviews.numbers import CENTS, Number
from opslog.domain.reviews.pictures import Bar, Bars, Curve, Heat, Picture
from opslog.domain.reviews.review import Proposal, Review
from opslog.locale import Msg


def write_document(review: Review, zone: ZoneInfo, file: BinaryIO) -> None:
    text = json.dumps(document(review, zone), ensure_ascii=False, indent=2)
    file.write(escaped(f"{text}\n").encode())


def document(review: Review, zone: ZoneInfo) -> dict[str, object]:
    """``funnel targets costs channels questions`` hold what a script asks for most; all pictures
    are in ``parts``. ``questions``: of each its answers."""
    row = review.event.row
    return {
        "event": {
            "id": row.id,
            "name": row.name,
            "kind": row.kind,
            "host": row.host,
            "starts_at": _iso(row.starts_at, zone),
            "ends_at": _iso(row.ends_at, zone),
            "cancelled_at": _iso(row.cancelled_at, zone),
        },
        "stop": None if review.stop is None else review.stop.place,
        "made": _iso(review.now, zone),
        "verdict": [one.english() for one in review.verdict],
        "compared": None
        if review.compared is None
        else {
            "key": review.compared.key,
            "title": review.compared.title.english(),
            "event": review.compared.event_id,
        },
        **{key: _rows(review.picture(key)) for key in ("funnel", "targets", "costs", "channels")},
        "questions": [
            {
                "key": one.key.partition(".")[2],
                "question": one.heading.english(),
                "answers": _rows(one),
            }
            for one in review.pictures()
            if one.key.startswith("answers.")
        ],
        "parts": [
            {"heading": part.heading.english(), "pictures": [*map(_picture, part.pictures)]}
            for part in review.parts
        ],
        "acts": [*map(_proposal, review.proposals)],
        "owes": [one.english() for one in review.owes],
    }


def _rows(picture: Picture | None) -> list[dict[str, object]]:
    return [_bar(bar) for bar in picture.bars] if isinstance(picture, Bars) else []


def _picture(picture: Picture) -> dict[str, object]:
    named = {"key": picture.key, "heading": picture.heading.english(), "note": _said(picture.note)}
    if isinstance(picture, Bars):
        return {**named, "columns": _english(picture.columns), "bars": _rows(picture)}
    if isinstance(picture, Curve):
        return {
            **named,
            "series": [
                {"label": one.label.english(), "compared": one.compared, "points": one.points}
                for one in picture.series
            ],
            "marks": [[x, mark.english()] for x, mark in picture.marks],
            "ticks": [[x, tick.english()] for x, tick in picture.ticks],
            "total": None if picture.total is None else _number(picture.total),
            "numbers": [{"x": x, **_number(one)} for x, one in picture.numbers],
            "undated": None if picture.undated is None else _number(picture.undated),
        }
    if isinstance(picture, Heat):
        return {
            **named,
            "rows": _english(picture.rows),
            "columns": _english(picture.columns),
            "cells": [
                {"row": one.row, "column": one.column, "part": one.part, "of": one.of}
                | {"key": one.number.key}
                for one in picture.cells
            ],
        }
    return {
        **named,
        "lines": [
            {"who": _english_of(who), "text": _english_of(text)} for who, text in picture.lines
        ],
        "empty": _said(picture.empty),
    }


def _bar(bar: Bar) -> dict[str, object]:
    more = (("more", bar.more), ("left", bar.left), ("joined", bar.joined))
    return _number(bar.number) | {
        name: [*map(_number, numbers)] for name, numbers in more if numbers
    }


def _number(one: Number) -> dict[str, object]:
    """``value`` always; what else there is to it where there is. ``range``: percents between which
    its share lies."""

    def plain(value: float | None) -> float | None:
        return value / 100 if one.unit == CENTS and value is not None else value

    more = {
        "of": one.of,
        "of_label": _said(one.of_label),
        "part": one.part,
        "range": one.rate.range if one.rate is not None else None,
        "why": _said(one.why),
        "target": plain(one.target),
        "compared": plain(one.compared),
        "note": _said(one.note),
    }
    unit = "yuan" if one.unit == CENTS else one.unit
    named: dict[str, object] = {"key": one.key, "label": one.label.english()}
    named |= {"value": plain(one.value), "unit": unit}
    return named | {key: value for key, value in more.items() if value is not None}


def _proposal(one: Proposal) -> dict[str, object]:
    return {
        "key": one.key,
        "text": one.text.english(),
        "reason": one.reason.english(),
        "told": _said(one.told),
        "change": one.change,
        "id": one.act_id,
        "state": one.state or "proposed",
    }


def _said(text: Msg | None) -> str | None:
    return None if text is None else text.english()


def _english_of(text: Msg | str) -> str:
    return text.english() if isinstance(text, Msg) else text


def _english(texts: Iterable[Msg]) -> list[str]:
    return [one.english() for one in texts]


def _iso(moment: datetime | None, zone: ZoneInfo) -> str | None:
    return None if moment is None else moment.astimezone(zone).isoformat()
