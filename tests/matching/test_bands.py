import pytest

from licensing.matching.bands import Band, band_of
from licensing.matching.field_words import Field, Word, Words

NOT_ASKED: Words = dict.fromkeys(Field, Word.NOT_ASKED)
DATED: Words = {**NOT_ASKED, Field.NAME: Word.AGREES, Field.DATE_OF_BIRTH: Word.AGREES}
NAMED: Words = {**NOT_ASKED, Field.NAME: Word.AGREES}


@pytest.mark.parametrize(
    ("probability", "band"),
    [(0.99, Band.CERTAIN), (0.989, Band.STRONG), (0.9, Band.STRONG), (0.899, Band.POSSIBLE), (0.02, Band.POSSIBLE)],
)
def test_with_name_and_date_the_probability_decides(probability: float, band: Band):
    assert band_of(probability, DATED) is band


def test_the_improbable_is_in_no_band():
    assert band_of(0.0199, DATED) is None


@pytest.mark.parametrize("word", [Word.NOT_ASKED, Word.NOT_RECORDED])
def test_without_a_date_compared_and_without_an_identifier_nothing_is_more_than_possible(word: Word):
    assert band_of(1.0, {**NAMED, Field.DATE_OF_BIRTH: word}) is Band.POSSIBLE


@pytest.mark.parametrize("field", [Field.NI_NUMBER, Field.DRIVER_NUMBER, Field.BADGE_NUMBER])
def test_an_identifier_and_a_name_make_certain(field: Field):
    assert band_of(0.9, {**NAMED, Field.NAME: Word.CLOSE, field: Word.AGREES}) is Band.CERTAIN


def test_an_identifier_alone_makes_strong():
    assert band_of(0.999, {**NOT_ASKED, Field.NI_NUMBER: Word.AGREES}) is Band.STRONG


def test_an_identifier_with_another_persons_name_is_not_certain():
    assert band_of(0.999, {**NAMED, Field.NAME: Word.DIFFERS, Field.NI_NUMBER: Word.AGREES}) is Band.STRONG


def test_a_vehicle_does_not_make_more_than_possible():
    assert band_of(1.0, {**NAMED, Field.REGISTRATION_MARK: Word.AGREES}) is Band.POSSIBLE


def test_a_name_that_is_only_close_is_not_certain_without_an_identifier():
    assert band_of(1.0, {**DATED, Field.NAME: Word.CLOSE}) is Band.STRONG


def test_a_date_of_birth_alone_or_beside_another_name_points_at_nobody() -> None:
    for name in (Word.NOT_ASKED, Word.DIFFERS):
        assert band_of(1.0, {**DATED, Field.NAME: name}) is Band.POSSIBLE


def test_a_badge_number_alone_is_only_possible_because_it_can_be_guessed() -> None:
    assert band_of(1.0, {**NOT_ASKED, Field.BADGE_NUMBER: Word.AGREES}) is Band.POSSIBLE
    assert band_of(1.0, {**NAMED, Field.BADGE_NUMBER: Word.AGREES}) is Band.CERTAIN
