from datetime import date

import pytest

from licensing.matching.bands import Band
from licensing.matching.comparison import Comparison
from licensing.matching.dates_of_birth import DateComparison
from licensing.matching.field_words import words_of
from licensing.matching.identifiers import IdentifierKind
from licensing.matching.name_comparison import KINDS
from licensing.matching.reasons import reasons_of, what_would_settle
from licensing.matching.records import Enquiry, Record
from licensing.matching.statistics import Statistics
from licensing.matching.weights import WEIGHTS

SECRET = b"a secret for the tests"
BORN = date(1980, 3, 4)
RECORD = Record.of("1", [("Mohammed Aslam", "Khan")], BORN, [], [(IdentifierKind.NI_NUMBER, "QQ123456C")], SECRET)
ENQUIRY = Enquiry.of([("Mohd. Aslam", "Kahn")], BORN, [], [], SECRET)
FINDINGS = Comparison(ENQUIRY, Statistics(SECRET)).findings(RECORD)


def test_each_part_of_the_sum_is_put_in_words():
    assert {str(reason) for reason in reasons_of(FINDINGS)} == {
        "Given name agrees: Aslam",
        "Given name is Mohammed, spelt another way: Mohd, Mohammed",
        "Family name sounds the same: Kahn, Khan",
        "Date of birth agrees",
    }


def test_a_reason_can_be_given_without_what_is_recorded():
    assert all("Khan" not in reason.text for reason in reasons_of(FINDINGS))


def test_the_reasons_weigh_what_the_score_is():
    comparison = Comparison(ENQUIRY, Statistics(SECRET))
    score = comparison.score_of_name(RECORD) + comparison.score_of_rest(RECORD)
    assert sum(reason.weight for reason in reasons_of(FINDINGS)) == pytest.approx(score)


@pytest.mark.parametrize("kind", sorted(WEIGHTS))
def test_every_finding_can_be_put_in_words(kind: str):
    (reason,) = reasons_of([(kind, 0.0, "name", "", "")])
    assert reason.text[0].isupper()
    assert "{" not in reason.text


def test_the_words_cover_names_and_dates():
    assert set(WEIGHTS) >= KINDS | {f"date {comparison}" for comparison in DateComparison}


def settle(asked: Enquiry, band: Band = Band.POSSIBLE, record: Record = RECORD) -> str:
    return what_would_settle(band, words_of(asked, record, []), record)


def test_a_certain_match_needs_nothing_more():
    assert settle(ENQUIRY, Band.CERTAIN) == ""


def test_a_date_of_birth_settles_a_name_alone():
    assert settle(Enquiry(names=ENQUIRY.names)) == "A date of birth would tell namesakes apart"


def test_a_number_that_is_recorded_settles_a_twin_or_a_namesake():
    assert settle(ENQUIRY, Band.STRONG) == "A National Insurance number would tell a twin or a namesake apart"


def test_where_nothing_else_is_recorded_only_the_council_can_tell():
    assert settle(ENQUIRY, record=Record("2", RECORD.names, BORN)) == "Only the council that holds the record can tell"
