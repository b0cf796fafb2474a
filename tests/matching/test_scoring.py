from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.matching.bands import Band
from licensing.matching.field_words import Field, Word
from licensing.matching.identifiers import IdentifierKind
from licensing.matching.records import Enquiry, Record
from licensing.matching.scoring import MOST_ROWS, Candidate, Match, rank
from licensing.matching.statistics import Statistics

SECRET = b"a secret for the tests"
BORN = date(1980, 3, 4)
NI_NUMBER = (IdentifierKind.NI_NUMBER, "QQ123456C")
MARK = (IdentifierKind.REGISTRATION_MARK, "AB12CDE")
OTHERS = [Record.of(str(at), [("Daniel" if at % 2 else "Mohammed", "Khan")], None, [], [], SECRET) for at in range(100)]
STATISTICS = Statistics.gather(OTHERS, SECRET)


def candidate(
    ref: str,
    given: str = "Mohammed Aslam",
    family: str = "Khan",
    born: date | None = BORN,
    identifiers: tuple[tuple[IdentifierKind, str], ...] = (),
) -> Candidate:
    return Candidate(Record.of(ref, [(given, family)], born, [], identifiers, SECRET))


def ask(
    *candidates: Candidate,
    given: str = "Mohd. Aslam",
    family: str = "Kahn",
    born: date | None = BORN,
    identifiers: tuple[tuple[IdentifierKind, str], ...] = (),
    prior: float = 0.8,
) -> list[Match]:
    names = [(given, family)]
    return rank(Enquiry.of(names, born, [], identifiers, SECRET), candidates, STATISTICS, prior)


def test_another_spelling_with_the_same_date_of_birth_is_a_strong_match():
    (match,) = ask(candidate("1"))
    assert match.band is Band.STRONG
    assert match.words[Field.NAME] is Word.CLOSE
    assert match.words[Field.DATE_OF_BIRTH] is Word.AGREES


def test_another_spelling_is_strong_on_a_new_and_empty_register_too():
    enquiry = Enquiry.of([("Mohd. Aslam", "Kahn")], BORN, [], [], SECRET)
    (match,) = rank(enquiry, [candidate("1")], Statistics(SECRET))
    assert match.band is Band.STRONG


def test_the_same_name_and_date_is_certain():
    (match,) = ask(candidate("1", "Daniel", "Oakes"), given="Daniel", family="Oakes")
    assert match.band is Band.CERTAIN
    assert match.would_settle == ""


def test_nobody_like_it_is_nobody():
    assert ask(candidate("1", "Una", "Birch", date(1955, 11, 25))) == []
    assert ask() == []


def test_a_name_alone_is_never_more_than_possible():
    (match,) = ask(candidate("1", "Vashti", "Featherstonehaugh"), given="Vashti", family="Featherstonehaugh", born=None)
    assert match.probability > 0.9
    assert match.band is Band.POSSIBLE


def test_a_date_that_is_not_recorded_is_never_agreement():
    (match,) = ask(
        candidate("1", "Vashti", "Featherstonehaugh", None), given="Vashti", family="Featherstonehaugh", prior=0.95
    )
    assert match.band is Band.POSSIBLE
    assert match.words[Field.DATE_OF_BIRTH] is Word.NOT_RECORDED


def test_an_agreeing_number_makes_up_for_a_date_that_is_not_recorded():
    (match,) = ask(candidate("1", born=None, identifiers=(NI_NUMBER,)), identifiers=(NI_NUMBER,))
    assert match.band is Band.CERTAIN


def test_a_vehicle_does_not_make_up_for_it():
    (match,) = ask(candidate("1", born=None, identifiers=(MARK,)), identifiers=(MARK,))
    assert match.band is Band.POSSIBLE


def test_a_different_ni_number_lowers_a_match_without_hiding_it():
    (without,) = ask(candidate("1"), prior=0.3)
    (match,) = ask(
        candidate("1", identifiers=(NI_NUMBER,)), identifiers=((IdentifierKind.NI_NUMBER, "QQ654321A"),), prior=0.3
    )
    assert match.probability < without.probability


def test_a_brother_of_the_same_date_of_birth_is_not_strong():
    assert all(match.band is Band.POSSIBLE for match in ask(candidate("1", "Mohammed Tariq")))


def test_a_father_of_the_same_name_is_not_strong():
    assert all(match.band is Band.POSSIBLE for match in ask(candidate("1", born=date(1952, 7, 19))))


def test_unlinked_records_of_one_man_share_one_probability():
    (alone,) = ask(candidate("1"))
    both = ask(candidate("1"), candidate("2"), candidate("3"))
    assert [match.probability for match in both] == [pytest.approx(alone.probability)] * 3
    assert {match.band for match in both} == {Band.STRONG}


def test_linked_records_share_the_probability_of_the_best():
    linked = replace(candidate("1", "Una", "Birch", date(1955, 11, 25)), group="a")
    matches = ask(replace(candidate("2"), group="a"), linked)
    assert len({match.probability for match in matches}) == 1
    assert {match.ref for match in matches} == {"1", "2"}


def test_records_of_one_man_spelt_otherwise_on_two_registers_do_not_weaken_each_other():
    (alone,) = ask(candidate("1"))
    cherwell = replace(candidate("1"), register="cherwell")
    oxford = replace(candidate("2", "Muhamad Aslem", "Khaan"), register="oxford")
    found = {match.ref: match for match in ask(cherwell, oxford)}
    assert found["1"].probability == pytest.approx(alone.probability)
    assert found["1"].band is Band.STRONG
    assert found["2"].band is Band.STRONG


def test_namesakes_on_one_register_still_compete():
    apart = [replace(candidate(str(day), born=date(1980, 3, day)), register=str(day)) for day in (5, 6)]
    together = [replace(one, register="oxford") for one in apart]
    assert all(alone.probability > rival.probability for alone, rival in zip(ask(*apart), ask(*together), strict=True))


def test_namesakes_share_out_the_probability():
    (alone,) = ask(candidate("1"))
    one, other = ask(candidate("1", born=date(1980, 3, 5)), candidate("2", born=date(1980, 3, 6)))
    assert one.probability == pytest.approx(other.probability, abs=0.05)
    assert one.probability + other.probability < 1
    assert one.probability < alone.probability


def test_an_adverse_decision_stands_first_within_its_band_and_not_above_it():
    doubtful = replace(candidate("1", born=date(1980, 4, 3)), adverse=True)
    twins = [candidate("2"), replace(candidate("3"), adverse=True)]
    assert [match.ref for match in ask(doubtful, *twins)] == ["3", "2", "1"]


def test_there_are_no_more_than_ten_rows():
    namesakes = [candidate(str(at), "Vashti", "Oakes", date(1950 + at, 6, 7)) for at in range(30)]
    assert len(ask(*namesakes, given="Vashti", family="Oakes", born=None, prior=0.99)) <= MOST_ROWS


def test_a_more_generous_prior_shows_more():
    (generous,) = ask(candidate("1", born=date(1980, 4, 3)), prior=0.95)
    (strict,) = ask(candidate("1", born=date(1980, 4, 3)), prior=0.5)
    assert generous.probability > strict.probability


def test_several_names_of_one_person_count_as_the_best_of_them():
    record = Record.of("1", [("Una", "Birch"), ("Mohammed Aslam", "Khan")], BORN, [], [], SECRET)
    (both,), (one,) = ask(Candidate(record)), ask(candidate("1"))
    assert both.probability == pytest.approx(one.probability)


@given(st.permutations(range(8)))
def test_the_order_of_the_candidates_does_not_matter(order: list[int]):
    people = [
        candidate(
            str(at), ["Mohammed Aslam", "Mohd Islam", "Aslam", "Mohammed"][at % 4], born=date(1980, 3, 4 + at // 4)
        )
        for at in range(8)
    ]
    assert [match.ref for match in ask(*(people[at] for at in order))] == [match.ref for match in ask(*people)]


@given(st.lists(st.sampled_from(["Mohammed Aslam", "Aslam", "Tariq", "Mohd Aslam"]), max_size=12))
def test_probabilities_of_different_people_come_to_no_more_than_one(names: list[str]):
    people = [candidate(str(at), name, born=date(1980, 3, 1 + at)) for at, name in enumerate(names)]
    matches = ask(*people, prior=0.95)
    assert all(0 <= match.probability <= 1 for match in matches)
    assert sum(match.probability for match in matches) <= 1 + 1e-9


def test_a_closer_record_on_one_register_hides_nobody_on_another():
    closer = replace(candidate("2", "Mohd. Aslam", "Kahn", identifiers=(NI_NUMBER,)), register="oxford")
    revoked = replace(candidate("1"), register="cherwell", adverse=True)
    assert {match.ref for match in ask(closer, revoked, identifiers=(NI_NUMBER,))} == {"1", "2"}


def test_where_a_possible_match_stands_does_not_tell_of_a_decision():
    people = [candidate("1", born=None), candidate("2", born=None)]
    plain = [match.ref for match in ask(*people, born=None)]
    marked = [match.ref for match in ask(people[0], replace(people[1], adverse=True), born=None)]
    assert plain == marked
