"""A whole name in one column is taken apart where its comma or its order says."""

from __future__ import annotations

import pytest

from licensing.imports.holder_names import taken_apart


@pytest.mark.parametrize(
    ("whole", "family_first", "given", "family"),
    [
        ("EXAMPLE,ANN,B", False, "ANN B", "EXAMPLE"),
        ("Example, Ann", True, "Ann", "Example"),
        ("Ann Bee Example", False, "Ann Bee", "Example"),
        ("Mr Ann Example", False, "Mr Ann", "Example"),
        ("EXAMPLE ANN BEE", True, "ANN BEE", "EXAMPLE"),
        ("Example", False, "", "Example"),
        ("Example", True, "", "Example"),
        ("Van Example, Ann", False, "Ann", "Van Example"),
        ("Example,,", False, "", "Example"),
    ],
)
def test_a_whole_name_is_taken_apart(whole: str, family_first: bool, given: str, family: str) -> None:
    assert taken_apart(whole, family_first) == (given, family)
