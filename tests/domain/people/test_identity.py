from __future__ import annotations

from dataclasses import dataclass

from opslog.domain.people.identity import same_person


@dataclass(frozen=True)
class Known:
    name: str


WANG, LI, WANG_TOO = Known("王志刚"), Known("李娜"), Known("王丽")


def test_the_one_whose_name_fits_is_taken() -> None:
    assert same_person("王总", [LI, WANG], []) is WANG


def test_a_mobile_counts_before_an_email() -> None:
    assert same_person("王总", [WANG], [WANG_TOO]) is WANG


def test_an_email_joins_where_the_mobile_is_somebody_elses() -> None:
    assert same_person("王志刚", [LI], [WANG]) is WANG


def test_nobody_is_guessed_among_several() -> None:
    assert same_person("王总", [WANG, WANG_TOO], []) is None
    assert same_person("王丽", [WANG, WANG_TOO], []) is WANG_TOO
    assert same_person("王丽", [WANG_TOO, Known("王丽")], []) is None


def test_another_name_on_the_same_mobile_is_somebody_else() -> None:
    assert same_person("张三", [WANG], []) is None
