"""The samples' numbers: right in shape, never issued, never shared."""

from datetime import date
from math import gcd
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from licensing.matching import identifiers as shapes
from licensing.sample import identifiers
from licensing.sample.councils import COUNCILS, DISTRICTS, NUMBERS_EACH
from licensing.sample.names import draw_name

SERIALS = st.integers(min_value=0, max_value=len(COUNCILS) * NUMBERS_EACH)
SEEDS = st.integers(min_value=0, max_value=2**32)
BIRTHDAYS = st.dates(date(1940, 1, 1), date(2010, 12, 31))


@given(SERIALS)
def test_an_ni_number_is_one_that_is_never_issued(serial: int) -> None:
    assert shapes.is_never_issued(identifiers.ni_number(serial))


@given(SERIALS)
def test_a_registration_mark_has_the_shape_of_one(serial: int) -> None:
    mark = identifiers.registration_mark(serial)

    assert shapes.is_registration_mark(mark)
    assert mark.lstrip("Q0123456789") != mark
    assert mark.strip("0123456789").count("Q") >= 2


def test_no_two_holders_of_any_scale_share_a_number_by_chance() -> None:
    highest = len(COUNCILS) * NUMBERS_EACH

    assert gcd(identifiers._NI_STEP, identifiers._NI_NUMBERS) == 1
    assert highest <= identifiers._NI_NUMBERS
    assert len({identifiers.registration_mark(serial) for serial in range(50_000)}) == 50_000


@given(SEEDS, BIRTHDAYS, st.booleans())
def test_a_driver_number_has_the_shape_of_one(seed: int, born: date, is_woman: bool) -> None:
    rng = Random(seed)
    name = draw_name(rng, is_woman)

    number = identifiers.driver_number(rng, name.given, name.family, born, is_woman)

    assert shapes.is_driver_number(number)


def test_a_driver_number_is_made_of_name_and_birthday() -> None:
    born = date(1980, 3, 4)

    man = identifiers.driver_number(Random(1), "Mohammed Aslam", "Khan", born, is_woman=False)
    woman = identifiers.driver_number(Random(1), "Małgorzata", "O'Reilly", born, is_woman=True)

    assert man.startswith("KHAN9803040MA")
    assert woman.startswith("OREIL853040M9")


@given(SEEDS)
def test_a_postcode_has_the_shape_of_one_and_no_home(seed: int) -> None:
    for council in DISTRICTS:
        postcode = identifiers.postcode(Random(seed), council.outward[0])

        assert shapes.is_postcode(shapes.normalise(postcode))
        assert postcode.startswith("OX9")
