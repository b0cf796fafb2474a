"""What councils call vehicles, places and their licences."""

import pytest

from licensing.imports.thing_words import (
    PREMISES_TYPES,
    VEHICLE_TYPES,
    is_wheelchair_accessible,
    premises_kind,
    premises_licence_kind,
)
from licensing.imports.values import NotUnderstood
from licensing.imports.words import DRIVER_TYPES
from licensing.register.catalogue import Family, LicenceKind
from licensing.register.places import PremisesKind


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("HACKNEY  CARRIAGE", LicenceKind.HACKNEY_CARRIAGE_VEHICLE),
        ("taxi", LicenceKind.HACKNEY_CARRIAGE_VEHICLE),
        ("Private-Hire", LicenceKind.PRIVATE_HIRE_VEHICLE),
    ],
)
def test_a_vehicles_licence_is_known_however_it_is_written(written: str, meant: LicenceKind) -> None:
    assert VEHICLE_TYPES.meaning(written) is meant


@pytest.mark.parametrize(
    ("meanings", "kinds"),
    [
        (DRIVER_TYPES.meaning, [kind for kind in LicenceKind if kind.family is Family.DRIVER]),
        (VEHICLE_TYPES.meaning, [kind for kind in LicenceKind if kind.family is Family.VEHICLE]),
        (PREMISES_TYPES.meaning, [LicenceKind.PREMISES_LICENCE, LicenceKind.CLUB_PREMISES_CERTIFICATE]),
        (PREMISES_TYPES.meaning, [LicenceKind.HMO_LICENCE, LicenceKind.GAMBLING_PREMISES]),
        (premises_kind, list(PremisesKind)),
    ],
)
def test_every_kind_is_known_by_what_our_own_pages_call_it(meanings, kinds) -> None:
    assert [meanings(kind.label) for kind in kinds] == kinds


def test_a_notice_is_no_kind_of_licence_and_nonsense_is_not_understood() -> None:
    assert premises_licence_kind("Temporary event notice") is None
    with pytest.raises(NotUnderstood):
        premises_licence_kind("Submarine")


def test_a_place_is_known_by_many_words_or_not_at_all() -> None:
    assert premises_kind("B & B") is PremisesKind.BED_AND_BREAKFAST
    assert premises_kind("public house") is PremisesKind.PUB
    assert premises_kind("Submarine") is None


@pytest.mark.parametrize(("written", "meant"), [("WAV", True), ("Saloon", False), ("yes", True), ("", None)])
def test_a_vehicle_is_accessible_or_not_or_nobody_said(written: str, meant: bool | None) -> None:
    assert is_wheelchair_accessible(written) is meant


def test_an_answer_that_is_neither_is_not_understood() -> None:
    with pytest.raises(NotUnderstood):
        is_wheelchair_accessible("perhaps")
