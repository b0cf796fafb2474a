from datetime import date

from licensing.matching.candidates import Candidate
from licensing.matching.groups import group_numbers
from licensing.matching.identifiers import IdentifierKind
from licensing.matching.records import Record

SECRET = b"a secret for the tests"
BORN = date(1980, 3, 4)


def candidate(
    given: str,
    born: date | None = BORN,
    ni_number: str = "",
    mark: str = "",
    group: str | None = None,
    family: str = "Oakes",
) -> Candidate:
    identifiers = [(IdentifierKind.NI_NUMBER, ni_number), (IdentifierKind.REGISTRATION_MARK, mark)]
    return Candidate(Record.of(given, [(given, family)], born, [], identifiers, SECRET), group)


def same_person(*candidates: Candidate) -> bool:
    return len(set(group_numbers(candidates))) == 1


def test_linked_records_are_one_person():
    assert same_person(candidate("Daniel", group="a"), candidate("Una", None, group="a"))
    assert not same_person(candidate("Daniel", group="a"), candidate("Una", group="b"))


def test_the_same_name_and_date_of_birth_are_one_person():
    assert same_person(candidate("Mohammed"), candidate("Muhammad"))
    assert same_person(candidate("Daniel", family="Khan"), candidate("Daniel", family="Kahn"))


def test_namesakes_with_another_date_of_birth_are_not_one_person():
    assert not same_person(candidate("Daniel"), candidate("Daniel", date(1981, 3, 4)))


def test_without_a_date_of_birth_the_same_name_is_not_one_person():
    assert not same_person(candidate("Daniel", None), candidate("Daniel", None))


def test_namesakes_of_one_date_with_different_ni_numbers_are_not_one_person():
    assert not same_person(candidate("Daniel", ni_number="QQ123456A"), candidate("Daniel", ni_number="QQ123456B"))


def test_badges_of_two_councils_do_not_make_two_persons():
    one, other = (
        Candidate(Record.of(ref, [("Daniel", "Khan")], BORN, [], [(IdentifierKind.BADGE_NUMBER, ref)], SECRET))
        for ref in ("CHE1", "OX1")
    )
    assert same_person(one, other)


def test_twins_whose_names_sound_alike_are_not_one_person():
    assert not same_person(candidate("Hassan"), candidate("Hussein"))


def test_the_same_ni_number_and_date_of_birth_are_one_person():
    assert same_person(candidate("Daniel", ni_number="QQ123456A"), candidate("Una", ni_number="QQ123456A"))


def test_a_shared_vehicle_does_not_make_one_person():
    assert not same_person(candidate("Daniel", mark="AB12CDE"), candidate("Una", mark="AB12CDE"))


def test_groups_that_share_a_member_are_one():
    assert same_person(
        candidate("Daniel", group="a"),
        candidate("Una", ni_number="QQ123456A", group="a"),
        candidate("Peter", ni_number="QQ123456A"),
    )
