"""Lists of words, written so that a person can read and extend them."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text with white space between them."""
    return frozenset(text.split())


# What a form writes for a question that was not answered, folded and as it comes.
UNANSWERED = words(
    """
    (空) （空） (跳过) （跳过） (未填) （未填） (未填写) （未填写） (无) （无） (未作答) （未作答）
    (空白) （空白）
    [空] 【空】 <空> 未填 未填写 未作答 (empty) (skipped) (blank) (none) (null) (n/a)
    """
)
