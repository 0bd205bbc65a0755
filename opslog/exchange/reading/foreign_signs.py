"""Whether a little UTF-8 among plain ASCII is that: accents, signs of money, quotation marks.

``¥`` in UTF-8 is 楼 in GB18030, ``·`` is 路: two bytes that are everyday Han there. Chinese stands
in words of several such characters; foreign signs stand alone, close to the letters they belong to.
"""

from __future__ import annotations

from opslog.exchange.reading import likelihood

_RIVALS = ("gb18030", "cp950", "cp932", "euc_kr", "euc_jp")
_AMPLE, _DIFFERENT = 60, 6  # characters: bytes of another encoding form no so many by chance
_AFTER_NUMBERS = "°º²³½¼¾%‰"
_MONEY = "¥£¢€₩"


def are_utf8(sample: bytes) -> bool:
    """Of bytes that all fit UTF-8: whether they are, beyond doubt."""
    lines = sample.decode("utf-8", "ignore").splitlines()
    text = "\n".join(lines[:-1] or lines)  # the last one may be cut
    beyond = [letter for letter in text if letter > "\x7f"]
    if len(beyond) > _AMPLE and len(set(beyond)) >= _DIFFERENT:
        return True
    if all(map(_usual, beyond)) and not any(
        likelihood.is_everyday(sample.decode(name, "replace"), name) for name in _RIVALS
    ):
        return True
    return all(_at_home(f" {text}  ", at) for at, letter in enumerate(text, 1) if letter > "\x7f")


def _usual(letter: str) -> bool:
    """No letter of a script that two chance bytes look like: N'Ko, Syriac, phonetic signs."""
    return letter < "\u0180" or "\u0370" <= letter < "\u0530" or letter > "\u07ff"


def _at_home(text: str, at: int) -> bool:
    """Whether a sign stands where it does in Western text; what takes three bytes always does."""
    before, letter, after = text[at - 1], text[at], text[at + 1]
    if letter > "\u07ff":
        return True
    if letter >= "\u0180":
        return False
    if letter.isalpha():
        if letter.isupper() and before.islower():
            return False
        return _latin(before) or _latin(after)
    if letter in _MONEY:
        return after.isdigit() or (after in " \xa0" and text[at + 2].isdigit())
    if letter in _AFTER_NUMBERS:
        return before.isdigit() or _latin(before) or _latin(after) or _latin(text[at + 2])
    if letter == "·":
        return not before.isspace() and not after.isspace() and (_latin(before) or _latin(after))
    return _close(before) or _close(after)


def _latin(letter: str) -> bool:
    return letter.isalpha() and letter < "\u0180"


def _close(letter: str) -> bool:
    return letter.isalnum() and letter < "\u0180"
