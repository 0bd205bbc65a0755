from __future__ import annotations

import pytest

from opslog.domain.imports.remarks import is_remark


@pytest.mark.parametrize(
    "text",
    [
        *(
            "备注：以上名单仅供内部使用",
            "制表人：张三",
            "(注: 按报名先后)",
            "联系人:李娜 13800000000",
        ),
        *(
            "以上",
            "以上共三人",
            "截至11月1日",
            "※ 内部资料",
            "Notes: for internal use",
            "数据截至：昨天",
        ),
        *("【备注】", "审核：", "统计时间: 2026-11-01", "制表日期 (打印)：今天"),
    ],
)
def test_lines_about_the_list_are_remarks_whatever_stands_beside_them(text: str) -> None:
    assert is_remark(text, alone=False)


@pytest.mark.parametrize(
    "text",
    [
        *("未参会人员", "第二场", "3. 会议内活动", "二、线上嘉宾", "参会名单", "线下", "VIP客户"),
        *(
            "请各位准时到场。",
            "本次活动最终解释权归主办方所有",
            "Not attended",
            "List of participants",
        ),
        "The list below was made by the events team today",
    ],
)
def test_titles_and_sentences_are_remarks_where_they_stand_alone(text: str) -> None:
    assert is_remark(text, alone=True)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "张三",
            "欧阳娜娜",
            "古丽·阿不都热依木",
            "阿卜杜拉·买买提江·吐尔逊",
            "克里斯蒂安",
            "王代表",
        ),
        *(
            "Anna-Maria von der Heide",
            "José García",
            "张三 (来宾)",
            "1. 张三",
            "李客户",
            "王伟，李娜",
        ),
        *("田中太郎", "김민준", "O'Neil, Shaun", "以琳", "完颜亮", "第五轻柔", "Summer List-Ng"),
    ],
)
def test_names_are_none(text: str) -> None:
    assert not is_remark(text, alone=True)
