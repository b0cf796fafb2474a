from datetime import date

import pytest

from licensing.matching.comparison import Comparison
from licensing.matching.field_words import Field, Word, words_of
from licensing.matching.identifiers import IdentifierKind
from licensing.matching.records import Enquiry, Record
from licensing.matching.statistics import Statistics

SECRET = b"a secret for the tests"
BORN = date(1980, 3, 4)
NI_NUMBER = (IdentifierKind.NI_NUMBER, "QQ123456C")


def words(asked: Enquiry, recorded: Record) -> dict[Field, Word]:
    return words_of(asked, recorded, Comparison(asked, Statistics(SECRET)).findings(recorded))


def named(given: str, family: str) -> Enquiry:
    return Enquiry.of([(given, family)], None, [], [], SECRET)


DANIEL = Record.of("1", [("Daniel", "Oakes")], BORN, ["OX1 1AA"], [NI_NUMBER], SECRET)
NOBODY_KNOWS = Record("2")


def test_every_field_has_a_word_in_order():
    assert list(words(Enquiry(), NOBODY_KNOWS)) == list(Field)


def test_what_was_not_asked_has_no_other_word():
    assert set(words(Enquiry(), DANIEL).values()) == {Word.NOT_ASKED}


def test_what_is_not_recorded_never_agrees():
    asked = Enquiry.of([("Daniel", "Oakes")], BORN, ["OX1 1AA"], [(kind, "A1") for kind in IdentifierKind], SECRET)
    assert set(words(asked, NOBODY_KNOWS).values()) == {Word.NOT_RECORDED}


@pytest.mark.parametrize(
    ("given", "family", "word"),
    [
        ("Daniel", "Oakes", Word.AGREES),
        ("DANIEL", "OAKES", Word.AGREES),
        ("Danyel", "Oakes", Word.CLOSE),
        ("Oakes", "Daniel", Word.CLOSE),
        ("Daniel Peter", "Oakes", Word.CLOSE),
        ("D", "Oakes", Word.CLOSE),
        ("Una", "Oakes", Word.DIFFERS),
        ("Una", "Birch", Word.DIFFERS),
    ],
)
def test_a_name_agrees_is_close_or_differs(given: str, family: str, word: Word):
    assert words(named(given, family), DANIEL)[Field.NAME] is word


@pytest.mark.parametrize(
    ("given", "family", "given_word", "family_word"),
    [
        ("Daniel", "Oakes", Word.AGREES, Word.AGREES),
        ("Danyel", "Oakes", Word.CLOSE, Word.AGREES),
        ("Daniel", "Oakez", Word.AGREES, Word.CLOSE),
        ("Una", "Oakes", Word.DIFFERS, Word.AGREES),
        ("Daniel", "Birch", Word.AGREES, Word.DIFFERS),
        ("Oakes", "Daniel", Word.CLOSE, Word.CLOSE),
        ("", "Oakes", Word.NOT_ASKED, Word.AGREES),
        ("Daniel", "", Word.AGREES, Word.NOT_ASKED),
    ],
)
def test_given_and_family_names_have_words_of_their_own(given: str, family: str, given_word: Word, family_word: Word):
    found = words(named(given, family), DANIEL)
    assert (found[Field.GIVEN_NAMES], found[Field.FAMILY_NAME]) == (given_word, family_word)


@pytest.mark.parametrize(
    ("born", "word"),
    [
        (BORN, Word.AGREES),
        (date(1980, 4, 3), Word.CLOSE),
        (date(1980, 3, 5), Word.CLOSE),
        (date(1955, 3, 4), Word.DIFFERS),
        (date(1955, 11, 25), Word.DIFFERS),
    ],
)
def test_a_date_agrees_is_close_or_differs(born: date, word: Word):
    assert words(Enquiry(date_of_birth=born), DANIEL)[Field.DATE_OF_BIRTH] is word


@pytest.mark.parametrize(("number", "word"), [("QQ123456C", Word.AGREES), ("QQ123456D", Word.DIFFERS)])
def test_an_identifier_agrees_or_differs_and_is_never_close(number: str, word: Word):
    asked = Enquiry.of([], None, [], [(IdentifierKind.NI_NUMBER, number)], SECRET)
    assert words(asked, DANIEL)[Field.NI_NUMBER] is word


@pytest.mark.parametrize(
    ("postcode", "word"), [("OX1 1AA", Word.AGREES), ("OX1 2BB", Word.CLOSE), ("W1A 0AX", Word.DIFFERS)]
)
def test_a_postcode_is_close_in_its_district(postcode: str, word: Word):
    assert words(Enquiry.of([], None, [postcode], [], SECRET), DANIEL)[Field.POSTCODE] is word
