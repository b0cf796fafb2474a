import pytest

from licensing.matching import identifiers


def test_spaces_case_and_punctuation_do_not_matter():
    assert identifiers.normalise("qq 12 34 56 c") == identifiers.normalise("QQ-123456/C") == "QQ123456C"


def test_nothing_written_normalises_to_nothing():
    assert identifiers.normalise(" - ") == ""


@pytest.mark.parametrize("number", ["AB123456C", "QQ123456C", "JG103759A"])
def test_an_ni_number_has_two_letters_six_digits_and_a_letter(number: str):
    assert identifiers.is_ni_number(number)


@pytest.mark.parametrize(
    "number", ["", "AB12345C", "AB123456E", "DB123456A", "AO123456A", "BG123456A", "ZZ123456A", "xAB123456C"]
)
def test_what_is_not_shaped_like_an_ni_number_is_not_one(number: str):
    assert not identifiers.is_ni_number(number)


def test_the_never_issued_prefix_is_reported():
    assert identifiers.is_never_issued("QQ123456C")
    assert not identifiers.is_never_issued("AB123456C")


@pytest.mark.parametrize("number", ["OAKES803040D99AB", "FOX99853041DA9XY", "ASHWO551231E999Z"])
def test_a_driver_number_holds_five_letters_and_a_date_of_birth(number: str):
    assert identifiers.is_driver_number(number)


@pytest.mark.parametrize(
    "number",
    [
        "",
        "OAKES803040D99A",
        "OAKES813040D99AB",
        "OAKES863040D99AB",
        "OAKES803400D99AB",
        "9AKES803040D99AB",
        "O9KES803040D99AB",
    ],
)
def test_what_is_not_shaped_like_a_driver_number_is_not_one(number: str):
    assert not identifiers.is_driver_number(number)


@pytest.mark.parametrize(
    "mark", ["AB12CDE", "A123BCD", "ABC123D", "ABC1234", "ABC123", "123ABC", "1234A", "A1", "Q123ABC"]
)
def test_every_series_of_registration_marks_passes(mark: str):
    assert identifiers.is_registration_mark(mark)


@pytest.mark.parametrize("mark", ["", "AB12CDEF", "101D234", "12345", "ABCDE", "AB12CDE\n"])
def test_what_is_not_a_registration_mark_is_refused(mark: str):
    assert not identifiers.is_registration_mark(mark)


@pytest.mark.parametrize("postcode", ["OX11AA", "W1A0AX", "EC1A1BB", "M11AE", "GIR0AA"])
def test_a_full_postcode_passes(postcode: str):
    assert identifiers.is_postcode(postcode)


@pytest.mark.parametrize("postcode", ["", "OX1", "OX1AAA", "QX11AA", "OX11AC"])
def test_what_is_not_a_full_postcode_is_refused(postcode: str):
    assert not identifiers.is_postcode(postcode)


def test_the_district_is_all_but_the_last_three():
    assert identifiers.outward("OX11AA") == "OX1"
    assert identifiers.written_postcode("OX11AA") == "OX1 1AA"
