"""The catalogue of licences and the kinds of places."""

import pytest

from licensing.accounts.rules import Function
from licensing.register.catalogue import CATALOGUE, LicenceKind, kinds_held, kinds_of
from licensing.register.places import PremisesKind


@pytest.mark.parametrize("kind", LicenceKind)
def test_every_kind_has_a_law_an_issuer_and_a_holder(kind: LicenceKind) -> None:
    entry = CATALOGUE[kind]
    assert any(word in entry.law for word in ("Act", "laws", "Regulation", "no statute"))
    assert entry.issued_by in Function
    assert entry.longest_months is None or entry.longest_months in (12, 36, 60)
    assert kind.label == entry.name
    assert kind in kinds_held(kind.held)
    assert kind in kinds_of(kind.family)


def test_what_is_no_licence_says_so() -> None:
    not_licences = {kind for kind in LicenceKind if not CATALOGUE[kind].is_licence}
    assert not_licences == {LicenceKind.COUNTY_TRANSPORT_BADGE, LicenceKind.FOOD_REGISTRATION}


def test_a_dual_badge_stands_for_two_licences() -> None:
    assert LicenceKind.DUAL_DRIVER.entitlements == (
        LicenceKind.HACKNEY_CARRIAGE_DRIVER,
        LicenceKind.PRIVATE_HIRE_DRIVER,
    )
    assert not LicenceKind.PRIVATE_HIRE_DRIVER.entitlements


def test_no_two_kinds_share_a_code() -> None:
    assert len({entry.code for entry in CATALOGUE.values()}) == len(LicenceKind)


@pytest.mark.parametrize("kind", PremisesKind)
def test_every_kind_of_place_has_words_of_its_own(kind: PremisesKind) -> None:
    assert kind.label[0].isupper()
    assert "_" not in kind.label
    assert [one for one in PremisesKind if one.label == kind.label] == [kind]


def test_a_place_that_takes_guests_is_told_from_one_that_does_not() -> None:
    takes = {kind for kind in PremisesKind if kind.takes_guests}
    assert PremisesKind.GUESTHOUSE in takes
    assert PremisesKind.SHORT_LET in takes
    assert PremisesKind.PUB not in takes
