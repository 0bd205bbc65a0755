"""A business card or a signature, pasted into one line."""

from __future__ import annotations

import pytest

from opslog.exchange.people_files.pasted import fields

VCARD = (
    "BEGIN:VCARD VERSION:3.0 N:王;志刚;;; FN:王志刚 ORG:常州安朔自动化有限公司 TITLE:市场总监"
    " TEL;TYPE=CELL:+86 138 0000 1203 EMAIL:wzg@anshuo.example END:VCARD"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("张三 13800138000", {"name": "张三", "phone": "13800138000"}),
        (
            "Jane Roe <jane@acme.example>",
            {"name": "Jane Roe", "email": "jane@acme.example"},
        ),
        (
            "常州安朔自动化有限公司 王志刚 市场总监 手机：138 0000 1203 电话：0519-86001203",
            {
                "name": "王志刚",
                "company": "常州安朔自动化有限公司",
                "title": "市场总监",
                "phone": "138 0000 1203",
                "note": "0519-86001203",
            },
        ),
        (
            VCARD,
            {
                "name": "王志刚",
                "company": "常州安朔自动化有限公司",
                "title": "市场总监",
                "phone": "+86 138 0000 1203",
                "email": "wzg@anshuo.example",
            },
        ),
        ("", {}),
    ],
)
def test_it_is_taken_apart(text: str, expected: dict[str, str]) -> None:
    assert fields(text) == expected


@pytest.mark.parametrize("name", ["王志刚🙂", "王🙂", "小太阳🌸", "王志刚❤️"])
def test_a_picture_beside_a_name_makes_it_no_company(name: str) -> None:
    found = fields(f"{name} 13700000003 中科智云 IT负责人")
    assert (found["name"], found["company"], found["title"]) == (name, "中科智云", "IT负责人")
    assert fields("王志刚 13700000003 加急❗")["note"] == "加急❗"
