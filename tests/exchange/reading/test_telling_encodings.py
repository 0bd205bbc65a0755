"""Lists of one row and of hundreds in every encoding: right, or asked about, but never wrong."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.rosters.rosters import ImportOptions
from opslog.exchange.meaning.opening import open_list
from opslog.exchange.reading import encoding
from tests.exchange.lists_of import FILES, written

SIMPLIFIED = (
    "姓名,手机号,公司",
    "王志刚 李娜 顾泓凌 欧晟 柳源程 舒晗 陈静 张敏 刘洋 杨光 周杰 高峰 赵雪梅 孙悦 徐佳怡 何俊杰",
    "苏州利博优美网络服务有限公司 河北曦淼商贸有限公司 宁波索成教育信息咨询有限公司 某某科技",
)
TRADITIONAL = (
    "姓名,手機號,公司",
    "陳怡君 林志玲 黃建銘 張雅婷 吳宗翰 劉淑芬 蔡承恩 楊美惠 鄭家豪 謝佩珊 許文龍 葉國強 王金恒",
    "台灣積體電路製造股份有限公司 鴻海精密工業 中華電信 遠東新世紀 統一企業 聯發科技 長榮海運",
)
JAPANESE = (
    "氏名,電話番号,会社名",
    "山田太郎 佐藤花子 鈴木健一 高橋美咲 田中翔太 渡辺さくら 伊藤直樹 中村由美子 小林ひろし 﨑山恵",
    "株式会社サンプル 東京商事株式会社 有限会社山本製作所 日本電気工業 合同会社テックラボ ㈱ミライ",
)
KOREAN = (
    "이름,전화번호,회사명",
    "김민수 이서연 박지훈 최영희 정철수 강은지 조현우 윤지민 장성호 임유진 한미경 오동현",
    "주식회사한국전자 대한물산 서울소프트 현대건설 삼진산업 미래정보통신",
)
LISTS = [
    (SIMPLIFIED, "gb18030"),
    (SIMPLIFIED, "utf-8"),
    (SIMPLIFIED, "utf-16-le"),
    (SIMPLIFIED, "utf-16-be"),
    (TRADITIONAL, "cp950"),
    (TRADITIONAL, "gb18030"),
    (TRADITIONAL, "utf-8"),
    (JAPANESE, "cp932"),
    (JAPANESE, "euc_jp"),
    (JAPANESE, "iso2022_jp"),
    (JAPANESE, "utf-8"),
    (KOREAN, "cp949"),
    (KOREAN, "utf-16-le"),
]


def composed(words: tuple[str, str, str], rows: int, seed: int, *, bare: bool) -> str:
    """A list of so many people; ``bare`` has English headings and only names."""
    rng = random.Random(seed)
    headings, names, companies = words
    lines = ["name,phone" if bare else headings]
    for _row in range(rows):
        cells = [rng.choice(names.split()), f"13{rng.randrange(10**9):09d}"]
        lines.append(",".join(cells if bare else [*cells, rng.choice(companies.split())]))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(("words", "codec"), LISTS)
@pytest.mark.parametrize("bare", [False, True])
def test_a_list_is_read_right_or_asked_about(
    tmp_path: Path, words: tuple[str, str, str], codec: str, bare: bool
) -> None:
    asked = 0
    for rows, tries in ((1, 25), (5, 10), (50, 3), (500, 1)):
        for seed in range(tries):
            content = composed(words, rows, seed, bare=bare).encode(codec, "ignore")
            found = encoding.find(written(tmp_path, content))
            right = content.decode(codec)
            assert right in [content.decode(name, "replace") for name in found.candidates]
            if found.sure:
                assert content.decode(found.name) == right
            else:
                asked += 1
                assert rows == 1, "five rows tell enough"
    assert asked == 0 or bare, "headings and a company tell enough"


@pytest.mark.parametrize(
    "text", ["José García", "Zoë Müller", "Łukasz Żak", "Иван Петров", "Ελένη", "王", "😀"]
)
def test_a_little_utf8_is_utf8(tmp_path: Path, text: str) -> None:
    found = encoding.find(written(tmp_path, f"name,phone\n{text},1\n"))
    assert (found.name, found.sure) == ("utf-8", True)


def test_two_characters_that_happen_to_be_utf8_are_asked_about(tmp_path: Path) -> None:
    """伟强 in GB18030 is ΰǿ in UTF-8: the trap of short files."""
    content = "name,phone\n伟强,1\n".encode("gb18030")
    content.decode("utf-8")
    found = encoding.find(written(tmp_path, content))
    assert not found.sure
    assert {"gb18030", "utf-8"} <= set(found.candidates)


def test_names_in_half_width_kana_are_never_taken_for_chinese(tmp_path: Path) -> None:
    names = "ﾔﾏﾀﾞ ﾀﾛｳ,ｻﾄｳ ﾊﾅｺ,ｽｽﾞｷ ｹﾝｲﾁ,ﾀｶﾊｼ ﾐｻｷ,ﾅｶﾑﾗ ﾕﾐｺ"
    for count in range(1, 6):
        lines = "\n".join(f"{name},1" for name in names.split(",")[:count])
        found = encoding.find(written(tmp_path, f"name,n\n{lines}\n".encode("cp932")))
        assert found.name in ("shift_jis", "cp932") or not found.sure
    assert found.sure


def test_an_ambiguous_file_is_refused_with_every_reading(tmp_path: Path) -> None:
    path = written(tmp_path, "name,phone\n陈静,13800138000\n".encode("gb18030"))
    found = open_list(path)
    with pytest.raises(Refused, match=r"gb18030 “陈静,13800138000”, cp950 “麻噙,138") as refused:
        found.require_certainty()
    assert "--encoding" in str(refused.value)
    readings = found.preview().readings
    assert [one.name for one in readings][:2] == ["gb18030", "cp950"]
    assert readings[0].lines == ("陈静,13800138000",)
    open_list(path, ImportOptions(encoding="gb18030")).require_certainty()


def test_what_is_clear_asks_nothing(tmp_path: Path) -> None:
    assert open_list(FILES / "registration.gb18030.csv").preview().readings == ()


def test_a_broken_character_in_a_short_list_is_kept_and_marked(tmp_path: Path) -> None:
    text = composed(SIMPLIFIED, 6, 1, bare=False)
    content = text.encode("gb18030") + b"\xc8\xff,13800000000,x\n"
    found = open_list(written(tmp_path, content))
    assert found.encoding == "gb18030"
    last = list(found)[-1]
    assert (last.line, last.marks) == (8, ("bad_bytes",))
    assert last.cells[0] == r"\xc8\xff"


def test_utf16_with_a_byte_too_many_is_still_read(tmp_path: Path) -> None:
    content = composed(SIMPLIFIED, 30, 1, bare=False).encode("utf-16-le") + b"x"
    found = open_list(written(tmp_path, content))
    assert found.encoding == "utf-16-le"
    assert len(list(found)) >= 30


def test_plain_ascii_in_utf16_is_no_question(tmp_path: Path) -> None:
    found = encoding.find(written(tmp_path, "name,phone\nBob,1\n".encode("utf-16-le")))
    assert (found.name, found.sure) == ("utf-16-le", True)


def test_bytes_that_are_no_text_are_said_to_be_none(tmp_path: Path) -> None:
    rng = random.Random(1)
    path = written(tmp_path, bytes(rng.randrange(1, 256) for _ in range(4000)))
    with pytest.raises(Refused, match="no encoding fits its bytes"):
        open_list(path)


@pytest.mark.parametrize("sign", ["÷", "ī", "×", "α", "ж", "ò"])
def test_signs_no_table_of_everyday_characters_holds(tmp_path: Path, sign: str) -> None:
    """They cost no more than half-width kana with bytes amiss, as which Chinese may be read."""
    heads, who = '"姓名","手机号","公司","邮箱"', '"张伟 David","1.38E+10"'
    lines = [heads, f'{who},"{sign}","bad@"', *[f'{who},"{sign}","wang@a.cn"'] * 5]
    path = tmp_path / "list.csv"
    path.write_bytes("\n".join(lines).encode("gb18030"))
    found = encoding.find(path)
    assert found.name == "gb18030"
    assert not found.damaged


def test_bytes_that_are_whole_in_another_encoding_are_not_damaged_for_sure(tmp_path: Path) -> None:
    companies = "莃芪", "穓矖", "瘈"  # all rare, and half-width kana in Shift-JIS but for a byte
    rows = ["name,phone,company", *(f"张伟 David,138,{company}" for company in companies)]
    path = tmp_path / "list.csv"
    path.write_bytes("\n".join(rows).encode("gb18030"))
    found = encoding.find(path)
    assert "gb18030" in found.candidates
    assert not found.sure


def test_known_headings_settle_what_single_characters_do_not(tmp_path: Path) -> None:
    row = "陈静,13800138000\n"
    path = tmp_path / "list.csv"
    path.write_bytes(f"name,phone\n{row}".encode("gb18030"))
    assert not encoding.find(path).sure
    path.write_bytes(f"姓名,手机号\n{row}".encode("gb18030"))
    assert encoding.find(path).sure


@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_one_bad_byte_wherever_it_stands_makes_no_doubt(tmp_path: Path, share: float) -> None:
    """Only the row and line of it are marked: no other encoding reads the rest as well."""
    rng = random.Random(1)
    names, companies = SIMPLIFIED[1].split(), SIMPLIFIED[2].split()
    rows = [f"{rng.choice(names)},138,{rng.choice(companies)}" for _ in range(3_000)]
    data = "\n".join([SIMPLIFIED[0], *rows]).encode("gb18030")
    at = data.index(b"\n", int(len(data) * share)) + 1
    path = tmp_path / "list.csv"
    path.write_bytes(data[:at] + b"\xff" + data[at:])
    found = encoding.find(path)
    assert (found.name, found.sure, found.damaged) == ("gb18030", True, True)
