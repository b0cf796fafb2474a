"""The councils as the samples know them."""

import re

from licensing.register.catalogue import DRIVER_KINDS, LicenceKind
from licensing.sample.councils import COUNCILS, DISTRICTS, NUMBERS_EACH, WEST_OXFORDSHIRE, Scale


def test_the_districts_share_all_holders_at_every_scale() -> None:
    for scale in Scale:
        assert sum(council.holders(scale) for council in DISTRICTS) == scale.holders
        assert max(council.holders(scale) for council in DISTRICTS) < NUMBERS_EACH


def test_one_council_alone_has_no_agreement() -> None:
    assert [council for council in COUNCILS if council.agreement is None] == [WEST_OXFORDSHIRE]


def test_telephone_numbers_are_from_the_range_kept_for_drama() -> None:
    assert all(re.fullmatch(r"01632 960\d{3}", council.phone) for council in COUNCILS)
    assert all(council.email.endswith(".example.org") for council in COUNCILS)


def test_a_councils_licence_numbers_tell_kinds_and_holders_apart() -> None:
    for council in DISTRICTS:
        written = {council.licence_number(kind, number) for kind in DRIVER_KINDS for number in range(1, 3_000)}

        assert len(written) == len(DRIVER_KINDS) * 2_999


def test_each_council_writes_licence_numbers_in_its_own_way() -> None:
    written = {council.licence_number(LicenceKind.DUAL_DRIVER, 417) for council in DISTRICTS}

    assert len(written) == len(DISTRICTS)
    assert "CHE/DD/0417" in written
