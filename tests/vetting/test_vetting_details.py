"""What must be true of a check before it is kept."""

from dataclasses import replace
from datetime import date

import pytest
from factories.vetting import CERTIFICATE

from licensing.errors import RuleBroken
from licensing.vetting.details import CheckDetails, check_details
from licensing.vetting.rules import BarredLists, CheckKind, DbsLevel, Result

TODAY = date(2026, 11, 22)
BORN = date(1980, 3, 4)
SEEN = replace(CERTIFICATE, checked_on=date(2026, 11, 1), issued_on=date(2026, 10, 20))
ABROAD = CheckDetails(
    CheckKind.OVERSEAS,
    Result.SATISFIED,
    TODAY,
    country="Ireland",
    abroad_from=date(2020, 1, 1),
    abroad_until=date(2020, 3, 31),
)


def test_a_whole_certificate_and_three_months_abroad_are_kept() -> None:
    check_details(SEEN, TODAY, BORN)
    check_details(ABROAD, TODAY, BORN)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (replace(SEEN, checked_on=date(2026, 11, 23)), "checked_on"),
        (replace(SEEN, issued_on=date(2026, 11, 2)), "issued_on"),
        (replace(SEEN, issued_on=None), "issued_on"),
        (replace(SEEN, certificate_no=""), "certificate_no"),
        (replace(SEEN, certificate_no="12345"), "certificate_no"),
        (replace(SEEN, level=DbsLevel.STANDARD), "level"),
        (replace(SEEN, barred_lists=None), "barred_lists"),
        (replace(SEEN, result=Result.NEW_INFORMATION), "result"),
        (CheckDetails(CheckKind.DBS_STATUS, Result.SATISFIED, TODAY), "learnt_by"),
        (CheckDetails(CheckKind.DBS_STATUS, Result.NEW_INFORMATION, TODAY, reason="Caution in 2024"), "reason"),
        (CheckDetails(CheckKind.MEDICAL, Result.NOT_NEEDED, TODAY), "reason"),
        (CheckDetails(CheckKind.MEDICAL, Result.UNSATISFACTORY, TODAY), "reason"),
        (CheckDetails(CheckKind.MEDICAL, Result.SATISFIED, TODAY, expires_on=date(2026, 11, 21)), "expires_on"),
        (CheckDetails(CheckKind.RIGHT_TO_WORK, Result.SATISFIED, TODAY, leave_extended=True), "expires_on"),
        (replace(ABROAD, country=""), "country"),
        (replace(ABROAD, abroad_until=date(2020, 3, 30)), "abroad_until"),
        (replace(ABROAD, abroad_until=date(2019, 12, 31)), "abroad_until"),
        (replace(ABROAD, abroad_from=None), "abroad_from"),
    ],
)
def test_what_cannot_be_is_refused_at_its_question(given: CheckDetails, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_details(given, TODAY, BORN)
    assert refused.value.field == field


def test_time_abroad_as_a_child_does_not_count() -> None:
    with pytest.raises(RuleBroken, match="as an adult"):
        check_details(ABROAD, TODAY, date(2002, 2, 1))


def test_an_adverse_certificate_is_recorded_without_a_word_of_it() -> None:
    check_details(CheckDetails(CheckKind.ENHANCED_DBS, Result.UNSATISFACTORY, TODAY), TODAY, BORN)
    assert BarredLists.BOTH.label == "Both"
