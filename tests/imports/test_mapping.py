"""A saved mapping is read strictly: a slip in it must not import the wrong column."""

from __future__ import annotations

import pytest

from licensing.imports.mapping import AS_WRITTEN, FileMapping, from_json
from licensing.imports.refused import FileRefused


def test_a_mapping_carries_columns_encoding_and_date_order() -> None:
    text = '{"columns": {"Shield": "badge_no"}, "encoding": "cp1252", "date_order": "MDY"}'
    assert from_json(text) == FileMapping({"Shield": "badge_no"}, "windows-1252", "MDY")


def test_each_part_may_be_missing() -> None:
    assert from_json("{}") == AS_WRITTEN


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "The mapping file is not JSON"),
        ("[]", "The mapping file must be an object"),
        (
            '{"colums": {}}',
            "The mapping file has 'colums', which is not one of columns, date_order",
        ),
        ('{"columns": ["a"]}', "'columns' must give a column name for each heading"),
        ('{"columns": {"a": 1}}', "'columns' must give a column name for each heading"),
        ('{"encoding": "latin-1"}', "encoding 'latin-1' is not one of utf-16, utf-8, windows-1252"),
        ('{"date_order": "DYM"}', "date_order 'DYM' is not one of DMY, MDY, YMD"),
    ],
)
def test_a_slip_is_refused_in_words(text: str, said: str) -> None:
    with pytest.raises(FileRefused) as refused:
        from_json(text)
    assert said in refused.value.message
