from licensing.matching.short_forms import other_forms


def test_a_short_form_is_known_both_ways():
    assert "bill" in other_forms("william")
    assert "william" in other_forms("bill")


def test_a_name_without_short_forms_has_none():
    assert other_forms("zzz") == frozenset()
