from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from licensing.matching.comparison import Comparison, weigh
from licensing.matching.dates_of_birth import DateComparison
from licensing.matching.identifiers import IdentifierKind
from licensing.matching.name_comparison import KINDS
from licensing.matching.records import Enquiry, Record
from licensing.matching.statistics import Statistics
from licensing.matching.weights import WEIGHTS

SECRET = b"a secret for the tests"
STATISTICS = Statistics(SECRET)
BORN = date(1980, 3, 4)
NI_NUMBER = (IdentifierKind.NI_NUMBER, "QQ123456C")
OTHER_NI_NUMBER = (IdentifierKind.NI_NUMBER, "QQ654321A")
MARK = (IdentifierKind.REGISTRATION_MARK, "AB12CDE")
NAMES = st.sampled_from(["daniel", "danyel", "dan", "d", "mohammed", "una", "oakes", "oaks", "khan", "birch oakes"])


def enquiry(postcodes: list[str] | None = None, identifiers: list[tuple[IdentifierKind, str]] | None = None) -> Enquiry:
    return Enquiry.of([("Daniel", "Oakes")], BORN, postcodes or [], identifiers or [], SECRET)


def kinds(asked: Enquiry, record: Record) -> set[str]:
    return {kind for kind, *_ in Comparison(asked, STATISTICS).findings(record)}


def record(
    born: date | None = BORN, postcode: str = "", identifiers: list[tuple[IdentifierKind, str]] | None = None
) -> Record:
    return Record.of("1", [("Daniel", "Oakes")], born, [postcode], identifiers or [], SECRET)


def test_a_date_that_is_not_recorded_is_found_to_be_so():
    assert "date not recorded" in kinds(enquiry(), record(born=None))


def test_a_postcode_agrees_or_is_in_the_district_or_differs():
    asked = enquiry(["OX1 1AA"])
    assert "postcode agrees" in kinds(asked, record(postcode="ox11aa"))
    assert "postcode district" in kinds(asked, record(postcode="OX1 2BB"))
    assert "postcode differs" in kinds(asked, record(postcode="W1A 0AX"))
    assert not any(kind.startswith("postcode") for kind in kinds(asked, record()))


def test_an_identifier_agrees_or_differs_only_where_its_kind_is_recorded():
    asked = enquiry(identifiers=[NI_NUMBER])
    assert "ni_number agrees" in kinds(asked, record(identifiers=[NI_NUMBER]))
    assert "ni_number differs" in kinds(asked, record(identifiers=[OTHER_NI_NUMBER]))
    assert not any(kind.startswith("ni_number") for kind in kinds(asked, record(identifiers=[MARK])))


def test_one_agreeing_number_among_several_is_agreement():
    assert "ni_number agrees" in kinds(
        enquiry(identifiers=[NI_NUMBER]), record(identifiers=[OTHER_NI_NUMBER, NI_NUMBER])
    )


def test_the_best_of_several_names_counts():
    several = Record.of("1", [("Una", "Birch"), ("Daniel", "Oakes")], BORN, [], [], SECRET)
    comparison = Comparison(enquiry(), STATISTICS)
    assert comparison.score_of_name(several) == comparison.score_of_name(record())


def test_a_different_ni_number_weighs_but_is_no_veto():
    comparison = Comparison(enquiry(identifiers=[NI_NUMBER]), STATISTICS)
    same = comparison.score_of_rest(record(identifiers=[NI_NUMBER]))
    differs = comparison.score_of_rest(record(identifiers=[OTHER_NI_NUMBER]))
    assert differs < comparison.score_of_rest(record()) < same
    assert differs > comparison.score_of_rest(record(born=date(1955, 11, 25)))


def test_a_vehicle_says_less_than_a_number_of_ones_own():
    assert WEIGHTS["registration_mark agrees"][0] < WEIGHTS["badge_number agrees"][0] < WEIGHTS["ni_number agrees"][0]


def test_every_finding_has_a_weight():
    dates = {f"date {comparison}" for comparison in DateComparison}
    identifiers = {f"{kind} {word}" for kind in IdentifierKind for word in ("agrees", "differs")}
    assert set(WEIGHTS) >= KINDS | dates | identifiers


def test_rarity_never_counts_against_agreement():
    assert all(by_rarity >= 0 for _, by_rarity in WEIGHTS.values())


def test_the_score_is_the_sum_of_the_findings():
    comparison = Comparison(enquiry(["OX1 1AA"]), STATISTICS)
    score = comparison.score_of_name(record()) + comparison.score_of_rest(record())
    assert score == weigh(comparison.findings(record()))


@given(NAMES, NAMES, NAMES, NAMES)
def test_no_name_comes_to_more_than_the_most(given_name: str, family: str, held_given: str, held_family: str):
    asked = Enquiry.of([(given_name, family)], None, [], [], SECRET)
    held = Record.of("1", [(held_given, held_family)], None, [], [], SECRET)
    comparison = Comparison(asked, Statistics.gather([held], SECRET))
    assert comparison.score_of_name(held) <= comparison.most_for_name + 1e-9
