"""The samples' addresses."""

from random import Random

from licensing.sample.addresses import address
from licensing.sample.councils import WEST_OXFORDSHIRE


def test_an_address_is_in_one_of_the_councils_towns_and_nobodys_postcode() -> None:
    for seed in range(200):
        lines, postcode = address(Random(seed), WEST_OXFORDSHIRE)

        assert lines.splitlines()[-1] in WEST_OXFORDSHIRE.towns
        assert postcode.split()[0] in WEST_OXFORDSHIRE.outward


def test_some_addresses_are_flats() -> None:
    lengths = {len(address(Random(seed), WEST_OXFORDSHIRE)[0].splitlines()) for seed in range(200)}

    assert lengths == {2, 3}
