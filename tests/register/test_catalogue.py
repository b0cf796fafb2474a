"""The catalogue of licences and the kinds of places."""

import pytest

from licensing.register.catalogue import CATALOGUE, LicenceKind, PremisesKind


@pytest.mark.parametrize("kind", LicenceKind)
def test_every_kind_of_licence_has_a_law_an_issuer_and_a_longest_term(kind: LicenceKind) -> None:
    entry = CATALOGUE[kind]
    assert "Act" in entry.law or "laws" in entry.law
    assert entry.issued_by == "district or unitary council"
    assert entry.longest_months == 36
    assert entry.is_licence
    assert kind.label == entry.name


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
