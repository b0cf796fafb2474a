from datetime import date

import pytest

from licensing.matching.identifiers import IdentifierKind
from licensing.matching.keys import CAP_WITH_DATE, CAP_WITHOUT_DATE, asking_keys, identifier_key, record_keys
from licensing.matching.records import Enquiry, Record
from licensing.matching.statistics import Statistics

SECRET = b"a secret for the tests"
BORN = date(1980, 3, 4)
OAKES = Record.of(
    "1", [("Daniel Peter", "Oakes")], BORN, ["OX1 1AA"], [(IdentifierKind.NI_NUMBER, "QQ123456C")], SECRET
)
EVERYBODY = [
    OAKES,
    Record.of("2", [("Mandeep Singh", "Ashworth")], BORN, [], [], SECRET),
    Record.of("3", [("Vashti", "")], None, [], [], SECRET),
]
STATISTICS = Statistics.gather(EVERYBODY, SECRET)


def found(
    given: str = "",
    family: str = "",
    born: date | None = None,
    postcode: str = "",
    ni_number: str = "",
    record: Record = OAKES,
) -> bool:
    names, identifiers = [(given, family)], [(IdentifierKind.NI_NUMBER, ni_number)]
    enquiry = Enquiry.of(names, born, [postcode], identifiers, SECRET)
    asked = {key for key, _ in asking_keys(enquiry, STATISTICS, SECRET)}
    return bool(asked & set(record_keys(record, SECRET)))


def test_a_person_is_kept_under_names_with_dates_pairs_of_names_date_postcode_and_identifiers():
    assert len(record_keys(OAKES, SECRET)) == 3 * 3 + 3 + 1 + 1 + 1


def test_an_identifier_is_a_key_of_its_own():
    assert identifier_key(IdentifierKind.NI_NUMBER, "QQ123456C", SECRET) in record_keys(OAKES, SECRET)


@pytest.mark.parametrize(
    ("given", "family", "born"),
    [
        ("Daniel", "Oakes", BORN),
        ("Oakes", "Daniel", BORN),
        ("Danyel", "Ashworth", date(1981, 3, 4)),
        ("Somebody", "Oaks", date(1980, 7, 4)),
        ("Somebody", "Oakes", date(1980, 3, 24)),
        ("Quite", "Another", BORN),
        ("Quite", "Another", date(1980, 4, 3)),
        ("Daniel", "Oakes", date(1955, 11, 25)),
    ],
)
def test_with_a_date_one_slip_in_it_or_in_the_names_does_not_hide_anybody(given: str, family: str, born: date):
    assert found(given, family, born)


@pytest.mark.parametrize(
    ("given", "family"),
    [("Daniel", "Oakes"), ("Oakes", "Peter"), ("Dan", "Oakes"), ("Daniel", "Oakxs"), ("Danixl", "Oakes")],
)
def test_without_a_date_a_short_form_or_a_letter_does_not_hide_anybody(given: str, family: str):
    assert found(given, family)


@pytest.mark.parametrize(("given", "family"), [("Mandeepsingh", "Ashworth"), ("Mandeep", "Ash Worth")])
def test_names_run_together_or_apart_are_found(given: str, family: str):
    assert found(given, family, record=EVERYBODY[1])


def test_somebody_without_a_date_of_birth_is_found_by_an_enquiry_with_one():
    assert found("Vashti", "Oakes", BORN, record=EVERYBODY[2])


def test_somebody_with_a_single_name_is_found():
    assert found("Vashti", "Oakes", record=EVERYBODY[2])


def test_somebody_recorded_under_an_initial_is_found_by_the_whole_name():
    assert found("Daniel", "Oakes", record=Record.of("4", [("D", "Oakes")], BORN, [], [], SECRET))


def test_a_postcode_or_an_identifier_is_enough():
    assert found(postcode="ox1 1aa")
    assert found(ni_number="qq 12 34 56 c")


def test_another_persons_details_share_no_key():
    assert not found("Una", "Birch", date(1955, 11, 25), "W1A 0AX", "QQ654321A")


def test_a_name_part_that_many_share_is_not_asked_for_where_a_rarer_one_is_there():
    khans = [
        Record.of(str(at), [("Vashti" if at == 0 else "Daniel", "Khan")], BORN, [], [], SECRET) for at in range(100)
    ]
    asked = asking_keys(
        Enquiry.of([("Vashti", "Khan")], BORN, [], [], SECRET), Statistics.gather(khans, SECRET), SECRET
    )
    reached = [record for record in khans if set(record_keys(record, SECRET)) & {key for key, _ in asked[1:]}]
    assert [record.ref for record in reached] == ["0"]


def test_each_key_is_asked_for_once_and_capped():
    dated = asking_keys(Enquiry.of([("Daniel", "Oakes")], BORN, [], [], SECRET), STATISTICS, SECRET)
    undated = asking_keys(Enquiry.of([("Daniel", "Oakes")], None, [], [], SECRET), STATISTICS, SECRET)
    assert {cap for _, cap in dated} == {CAP_WITH_DATE}
    assert {cap for _, cap in undated} == {CAP_WITHOUT_DATE}
    assert len({key for key, _ in dated}) == len(dated)


def test_keys_of_another_secret_find_nobody():
    enquiry = Enquiry.of([("Daniel", "Oakes")], BORN, [], [], SECRET)
    asked = {key for key, _ in asking_keys(enquiry, STATISTICS, b"another secret for tests")}
    assert not asked & set(record_keys(OAKES, SECRET))
