"""The invented driver of the story."""

from datetime import date

from licensing.matching.identifiers import IdentifierKind, is_driver_number, is_never_issued
from licensing.register.catalogue import LicenceKind
from licensing.register.events import EventKind, LicenceStatus, RelevantInformation
from licensing.register.rules import status_as_at
from licensing.sample import khan

KHAN = khan.details()
LICENCE = KHAN.licences[0]


def test_he_is_who_the_story_says() -> None:
    assert (KHAN.given_names, KHAN.family_name, KHAN.date_of_birth) == ("Mohammed Aslam", "Khan", date(1980, 3, 4))
    assert (LICENCE.kind, LICENCE.number) == (LicenceKind.DUAL_DRIVER, "CHE/DD/0417")


def test_he_was_revoked_with_immediate_effect_wholly_on_relevant_information() -> None:
    revoked = LICENCE.events[-1]

    assert (revoked.kind, revoked.immediate) == (EventKind.REVOKED, True)
    assert revoked.decided_on == revoked.notified_on == date(2025, 5, 14)
    assert revoked.relevant_information is RelevantInformation.WHOLLY


def test_he_might_drive_until_the_day_of_the_decision() -> None:
    assert status_as_at(LICENCE.events, date(2025, 5, 13)) is LicenceStatus.IN_FORCE
    assert status_as_at(LICENCE.events, date(2025, 5, 14)) is LicenceStatus.REVOKED
    assert status_as_at(LICENCE.events, date(2030, 1, 1)) is LicenceStatus.REVOKED


def test_his_numbers_are_of_the_right_shape_and_never_issued() -> None:
    numbers = dict(KHAN.identifiers)

    assert is_never_issued(numbers[IdentifierKind.NI_NUMBER])
    assert is_driver_number(numbers[IdentifierKind.DRIVER_NUMBER])
