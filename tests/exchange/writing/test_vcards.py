"""People as an address book takes them in."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from opslog.exchange.writing.cells import visible
from opslog.exchange.writing.vcards import VERSIONS, Contact, write_contacts


def test_contacts_stand_as_address_books_want_them(tmp_path: Path) -> None:
    people = [
        Contact(
            "王志刚",
            company="上海某某信息技术有限公司; 华东分公司",
            title="总监",
            phone="+8613800138000",
            email="w@a.cn",
            city="上海",
            note="第一行\n第二行\x1b，" + "长" * 100,
            tags=("重点", "a,b"),
            phones=("+862154641234",),
            emails=("z@a.cn",),
        ),
        Contact("", phone="+8613900139000"),
    ]
    data = write_contacts(people, tmp_path / "people.vcf").read_bytes()
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None for line in lines)  # no character is cut in two
    assert data.decode().replace("\r\n ", "").split("\r\n") == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "N:王志刚;;;;",
        "FN:王志刚",
        "ORG:上海某某信息技术有限公司\\; 华东分公司",
        "TITLE:总监",
        "TEL;TYPE=CELL:+8613800138000",
        "TEL;TYPE=WORK,VOICE:+862154641234",
        "EMAIL;TYPE=INTERNET:w@a.cn",
        "EMAIL;TYPE=INTERNET:z@a.cn",
        "ADR;TYPE=WORK:;;;上海;;;",
        "CATEGORIES:重点,a\\,b",
        "NOTE:第一行\\n第二行␛，" + "长" * 100,
        "END:VCARD",
        "BEGIN:VCARD",
        "VERSION:3.0",
        "N:+8613900139000;;;;",
        "FN:+8613900139000",
        "TEL;TYPE=CELL:+8613900139000",
        "END:VCARD",
        "",
    ]


def test_version_4_has_numbers_as_addresses(tmp_path: Path) -> None:
    one = Contact("王志刚", phone="+8613800138000", email="w@a.cn", phones=("+862154641234",))
    path = write_contacts([one], tmp_path / "people.vcf", version="4.0")
    assert path.read_bytes().decode().split("\r\n") == [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "N:王志刚;;;;",
        "FN:王志刚",
        "TEL;VALUE=uri;TYPE=cell:tel:+8613800138000",
        "TEL;VALUE=uri;TYPE=work:tel:+862154641234",
        "EMAIL:w@a.cn",
        "END:VCARD",
        "",
    ]


AWKWARD = st.text(
    st.sampled_from('王𠮷é,;:\\\n\r\x00\x1b"=\u2028\ud800 ab') | st.characters(), max_size=60
)


def properties(data: bytes) -> dict[str, str]:
    """By RFC 6350, sections 3.2 and 3.4: unfolded, each with what it says."""
    assert data.endswith(b"\r\n")
    assert max(map(len, data.split(b"\r\n"))) <= 75
    lines = re.sub("\r\n ", "", data.decode()).split("\r\n")[:-1]
    found = dict(line.split(":", 1) for line in lines)
    return {
        name: re.sub(r"\\(.)", lambda one: "\n" if one[1] in "nN" else one[1], value, flags=re.S)
        for name, value in found.items()
    }


@given(company=AWKWARD, title=AWKWARD, note=AWKWARD, tag=AWKWARD)
@settings(max_examples=25, deadline=None)
def test_whatever_stands_in_a_card_is_read_back(
    company: str, title: str, note: str, tag: str
) -> None:
    one = Contact("王志刚", company, title, "+8613800138000", note=note, tags=(tag,))
    with TemporaryDirectory() as folder:
        for version in VERSIONS:
            path = Path(folder) / f"{version}.vcf"
            found = properties(write_contacts([one], path, version=version).read_bytes())
            assert (found["VERSION"], found["FN"], found["N"]) == (version, "王志刚", "王志刚;;;;")
            wanted = {"ORG": company, "TITLE": title, "NOTE": note}
            assert {name: found.get(name, "") for name in wanted} == {
                name: visible(text) for name, text in wanted.items()
            }
            assert found["CATEGORIES"] == visible(tag)
