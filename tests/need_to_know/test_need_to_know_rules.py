"""What a note and a report must be, by the rules alone."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.errors import RuleBroken
from licensing.need_to_know import rules
from licensing.need_to_know.words import How, Office, ReportState

TODAY = date(2026, 6, 3)
KHAN = [("Mohammed Aslam", "Khan"), ("Jo", "Hill"), ("Anna-Lena", "O’Sample")]
A, B, C, D = (UUID(int=number) for number in range(4))
OFFICES = (Office.LEAD_MEMBER, Office.CHIEF_EXECUTIVE, Office.DIRECTOR)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Aslam Khan was told.", ["Mohammed Aslam Khan"]),
        ("KHAN, mohammed, knows.", ["Mohammed Aslam Khan"]),
        ("Khan knows.", []),
        ("A hotel on the hill.", []),
        ("Lena O’Sample rang.", ["Anna-Lena O’Sample"]),
        ("Khanna and Mohammedan are other words.", []),
    ],
)
def test_a_name_is_found_by_its_family_name_with_a_given_name(words: str, found: list[str]) -> None:
    assert rules.names_in(words, KHAN) == found


@given(st.text(), st.text())
def test_a_whole_name_is_found_whatever_stands_around_it(before: str, after: str) -> None:
    assert "Mohammed Aslam Khan" in rules.names_in(f"{before} Khan, Mohammed {after}", KHAN)


def test_whoever_wrote_it_does_not_approve_it_and_it_goes_to_somebody() -> None:
    for approver, writers, readers in ((A, {A}, 1), (B, {A, B}, 1), (C, {A, B}, 0)):
        with pytest.raises(RuleBroken):
            rules.check_approver(approver, writers, readers)
    rules.check_approver(C, {A, B}, 1)


def test_what_is_said_for_a_reader_is_said_between_the_issue_and_today() -> None:
    issued = date(2026, 6, 1)
    for how, on in ((How.HERE, TODAY), (How.TELEPHONE, date(2026, 6, 4)), (How.TELEPHONE, date(2026, 5, 31))):
        with pytest.raises(RuleBroken):
            rules.check_acknowledged_for(how, on, issued, TODAY)
    rules.check_acknowledged_for(How.TELEPHONE, issued, issued, TODAY)


def test_a_report_is_of_a_month_of_the_last_year_and_has_three_to_sign_it() -> None:
    months = rules.months_back(TODAY)
    assert (months[0], months[-1], len(months)) == (date(2026, 6, 1), date(2025, 6, 1), 13)
    for month in months:
        rules.check_month(month, TODAY)
    for month in (date(2026, 7, 1), date(2025, 5, 1)):
        with pytest.raises(RuleBroken):
            rules.check_month(month, TODAY)
    rules.check_report_ready(ReportState.DRAFTED, C, {A, B}, OFFICES)
    for state, issuer, offices in (
        (ReportState.ISSUED, C, OFFICES),
        (ReportState.DRAFTED, A, OFFICES),
        (ReportState.DRAFTED, C, OFFICES[:2]),
    ):
        with pytest.raises(RuleBroken):
            rules.check_report_ready(state, issuer, {A, B}, offices)


def test_a_reader_is_added_once_and_an_office_signs_once() -> None:
    there = [(A, Office.DIRECTOR)]
    rules.check_reader(B, Office.DIRECTOR, there, signs=False)
    rules.check_reader(B, Office.OTHER, there, signs=True)
    for user, office in ((A, Office.OTHER), (B, Office.DIRECTOR)):
        with pytest.raises(RuleBroken):
            rules.check_reader(user, office, there, signs=True)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Aslam Khan was revoked.", True),
        ("We met KHAN, Mohammed, today.", True),
        ("Mohammed Aslam Khan", True),
        ("Mr Khan of Aslam Cars", False),
        ("the khan and the aslam", False),
        ("Aslam came. A Khan left.", False),
    ],
)
def test_a_whole_name_is_found_as_it_is_written(words: str, found: bool) -> None:
    assert bool(rules.whole_names_in(words, KHAN)) is found


def test_a_name_that_is_made_of_usual_words_is_found_only_where_it_is_written_as_one() -> None:
    young = [("May", "Young")]
    assert rules.whole_names_in("A young driver may come. May the young be safe.", young) == []
    assert rules.whole_names_in("It was May Young.", young) == ["May Young"]
