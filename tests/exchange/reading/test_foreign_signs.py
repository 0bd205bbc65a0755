"""A little UTF-8 among plain ASCII, and its neighbours in other encodings."""

from __future__ import annotations

from pathlib import Path

import pytest

from opslog.domain.base.refusal import Refused
from opslog.exchange.meaning.opening import open_list
from opslog.exchange.reading import encoding, foreign_signs
from tests.exchange.lists_of import written

SIGNS = [
    *("Hans Scott,«Alpha»", "at 20 °C,x", "Ines´Walker,x", "A,¥0.00", "Anna·Brown,x"),
    *("Alpha® GmbH,x", "¡Hola!,x", "Delta §5,x", "High\xa0St,x", "5 m²,x", "£12,x", "Zoë,x"),
    *("Jürgen Gößl,café", "Petrů,x", "naïve “quotes” – dash…,x", "10 €,x", "½ price,x"),
]


@pytest.mark.parametrize("text", SIGNS)
@pytest.mark.parametrize("rows", [1, 2, 6, 40, 2000])
def test_foreign_signs_in_utf8_are_no_question(tmp_path: Path, text: str, rows: int) -> None:
    found = encoding.find(written(tmp_path, "name,note\n" + f"{text}\n" * rows))
    assert (found.name, found.sure) == ("utf-8", True)


@pytest.mark.parametrize("rows", [1, 5, 100, 300])
@pytest.mark.parametrize("cell", ["女", "毛", "伟强", "5楼", "3路"])
def test_everyday_han_that_fits_utf8_is_never_taken_for_it(
    tmp_path: Path, cell: str, rows: int
) -> None:
    content = ("name,note\n" + f"Wang Wei,{cell}\n" * rows).encode("gb18030")
    content.decode("utf-8")
    found = encoding.find(written(tmp_path, content))
    assert found.name == "gb18030" or not found.sure
    assert "gb18030" in found.candidates


@pytest.mark.parametrize("headings", ["姓名,手机", "姓名,电话,公司,备注", "参会人姓名,联系电话"])
@pytest.mark.parametrize("names", ["陈静", "王伟 李娜", "毛毛 路明 鲁宁", "昊 喆 骞 彧 玥"])
def test_headings_settle_short_names(tmp_path: Path, headings: str, names: str) -> None:
    rows = "".join(f"{name},13800138000\n" for name in names.split())
    found = encoding.find(written(tmp_path, f"{headings}\n{rows}".encode("gb18030")))
    assert (found.name, found.sure) == ("gb18030", True)


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("cp950", "姓名,公司\n約翰‧史密斯,長榮海運－台北～高雄﹑台中\n"),
        ("cp932", "氏名,会社\n山田太郎,株式会社①～東京－大阪\n"),
    ],
)
def test_what_windows_writes_comes_out_as_it_went_in(tmp_path: Path, codec: str, text: str) -> None:
    for said in ("", {"cp950": "big5", "cp932": "shift_jis"}[codec]):
        found = encoding.find(written(tmp_path, text.encode(codec)), said)
        assert text.encode(codec).decode(found.name) == text


# 姓名,公司 / 陳怡君,台灣積體電路製造股份有限公司 / 林志玲,鴻海精密工業, as iconv writes EUC-TW.
EUC_TW = bytes.fromhex(
    "ccefc7d82cc4fcc6b30addf3cdcbc9c92cc6bafda4f1d8fcd5e7d9e6fbeafbdddfcfb4c7b9c8b4d3eec4fcc6b30a"
)


@pytest.mark.parametrize("times", [1, 2, 40])
def test_euc_tw_is_named_and_not_taken(tmp_path: Path, times: int) -> None:
    with pytest.raises(Refused, match="is in EUC-TW, which can't be read; save it as UTF-8"):
        open_list(written(tmp_path, EUC_TW * times))


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("cp1252", "José García, François Lefèvre"),
        ("cp1250", "Łukasz Żak, Jiří Dvořák"),
        ("cp1251", "Иван Петров, Ольга Смирнова"),
        ("koi8-r", "Иван Петров, Ольга Смирнова"),
        ("cp1253", "Ελένη Παπαδοπούλου"),
        ("cp1254", "Şükrü Işık, Ayşe Çağlar"),
        ("cp1255", "דוד כהן, שרה לוי"),
        ("cp1256", "محمد علي, فاطمة حسن"),
        ("cp874", "สมชาย ใจดี, สมหญิง"),
    ],
)
def test_the_right_alphabet_is_among_those_asked_about(
    tmp_path: Path, codec: str, text: str
) -> None:
    content = ("name,phone\n" + f"{text},1\n" * 5).encode(codec)
    found = encoding.find(written(tmp_path, content))
    assert not found.sure
    assert content.decode(codec) in [content.decode(name, "replace") for name in found.candidates]


def test_a_question_shows_what_differs(tmp_path: Path) -> None:
    lines = [f"Guest Number{n},guest{n}@example.com,13800138000,caf\xe9 {n}" for n in range(4)]
    found = open_list(written(tmp_path, "\n".join(lines).encode("cp1252")))
    readings = found.readings(2)
    assert len({one.lines for one in readings}) == len(readings) > 1
    assert readings[0].lines[0].startswith("…")
    with pytest.raises(Refused) as refused:
        found.require_certainty()
    assert "caf\xe9" in str(refused.value)


@pytest.mark.parametrize(("letter", "told"), [("\u017f", True), ("\u0180", False)])
def test_letters_after_the_latin_ones_are_what_chance_looks_like(letter: str, told: bool) -> None:
    assert foreign_signs.are_utf8(f"name\na{letter}b\nx\n".encode()) is told
