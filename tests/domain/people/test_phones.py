from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from opslog.domain.people import phones

SAMPLE = Path(__file__).parents[2] / "exchange" / "files" / "phones_sample.csv"


@pytest.mark.parametrize(
    ("typed", "e164", "kind"),
    [
        ("13800138000", "+8613800138000", "mobile"),
        ("138 0013 8000", "+8613800138000", "mobile"),
        ("+86 138-0013-8000", "+8613800138000", "mobile"),
        ("0086 13800138000", "+8613800138000", "mobile"),
        ("8613800138000", "+8613800138000", "mobile"),
        ("１３８００１３８０００", "+8613800138000", "mobile"),
        ("13800138000.0", "+8613800138000", "mobile"),
        ("1.3800138000E+10", "+8613800138000", "mobile"),
        ("13800138000（微信同号）", "+8613800138000", "mobile"),
        ("_13800138000", "+8613800138000", "mobile"),
        ("138_0013_8000", "+8613800138000", "mobile"),
        ("手机：13800138000", "+8613800138000", "mobile"),
        ('="13800138000"', "+8613800138000", "mobile"),
        ("138\u200b00138000", "+8613800138000", "mobile"),
        ("010-62751234", "+861062751234", "landline"),
        ("010－６２７５１２３４", "+861062751234", "landline"),
        ("400-123-4567", "+864001234567", "service"),
        ("+852 9123 4567", "+85291234567", "mobile"),
        ("00852 91234567", "+85291234567", "mobile"),
        ("+49 15123456789", "+4915123456789", "mobile"),
        ("+1 415 555 2671", "+14155552671", "other"),
    ],
)
def test_a_number_is_understood_however_it_is_typed(typed: str, e164: str, kind: str) -> None:
    phone = phones.normalise(typed)
    assert (phone.e164, phone.kind, phone.problem) == (e164, kind, "")


def test_the_sample_of_typed_forms_means_what_it_says() -> None:
    with SAMPLE.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            assert phones.normalise(row["input"]).e164 == row["want_e164"], row["form"]


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("1.38E+10", "damaged"),
        ("1.38e10", "damaged"),
        ("8.61380013800E+12", "damaged"),  # a digit short
        ("1380013800", "damaged"),
        ("138001380001", "damaged"),
        ("138****8000", "damaged"),
        ("12800138000", "damaged"),
        ("62751234", "no_area_code"),
        ("见名片", "unreadable"),
        ("wx_abc123", "unreadable"),
        ("080-1111-2222", "unreadable"),
        ("090-1234-5678", "unreadable"),
        ("0912345678", "unreadable"),
        ("0912-345-678", "unreadable"),
        ("010-8888", "damaged"),
        ("021-6234****", "damaged"),
        ("021-1234*678", "damaged"),
    ],
)
def test_what_cannot_be_a_number_is_marked_never_guessed(typed: str, problem: str) -> None:
    assert phones.normalise(typed) == phones.Phone(problem=problem)


def test_an_area_code_of_the_mainland_is_one_where_it_stands_apart_or_not() -> None:
    assert phones.normalise("0901-2345678").e164 == "+869012345678"
    assert phones.normalise("0912 3456789").e164 == "+869123456789"
    assert phones.normalise("(021)62345678").e164 == "+862162345678"


@pytest.mark.parametrize("nothing", ["", "  ", "无", "-", "N/A"])
def test_an_empty_cell_is_no_problem(nothing: str) -> None:
    assert phones.normalise(nothing) == phones.NOTHING


@pytest.mark.parametrize(
    ("typed", "extension"),
    [
        ("0755-82345678转801", "801"),
        ("(010)62751234-801", "801"),
        ("021-62751234 ext 12", "12"),
        ("021-62751234 分机：12", "12"),
        ("010-8888 7777-123", "123"),
        ("010-8888-7777-123", "123"),
        ("021-62345678*801", "801"),
    ],
)
def test_an_extension_is_kept_apart(typed: str, extension: str) -> None:
    phone = phones.normalise(typed)
    assert phone.kind == "landline"
    assert phone.extension == extension


def test_of_two_numbers_in_a_cell_both_are_kept_the_mobile_first() -> None:
    phone = phones.normalise("010-62751234 / 13900139000、13800138000")
    assert phone.e164 == "+8613900139000"
    assert phone.others == ("+8613800138000", "+861062751234")


def test_numbers_are_grouped_for_the_eye() -> None:
    shown = [
        phones.display(one)
        for one in ("+8613800138000", "+861062751234", "+8675582345678", "+864001234567")
    ]
    assert shown == ["138 0013 8000", "010 6275 1234", "0755 8234 5678", "400 123 4567"]
    assert phones.display("+85291234567") == "+852 9123 4567"


def test_a_mobile_is_told_from_a_switchboard() -> None:
    assert phones.is_mobile("+8613800138000")
    assert phones.is_mobile("+85291234567")
    assert not phones.is_mobile("+861062751234")
    assert not phones.is_mobile("")


def test_mainland_mobiles_need_no_library() -> None:
    program = (
        "import sys; from opslog.domain.people import phones;"
        "phones.display(phones.normalise('+86 138-0013-8000').e164);"
        "sys.exit('phonenumbers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
