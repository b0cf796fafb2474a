"""Whoever drives or accompanies children to school: the county's transport badges, an authorisation and no licence."""

from collections.abc import Iterator
from datetime import date
from random import Random

from licensing.matching.identifiers import IdentifierKind
from licensing.register.catalogue import LicenceKind
from licensing.register.details import LicenceDetails, PersonDetails
from licensing.sample.addresses import address
from licensing.sample.councils import DISTRICTS, OXFORDSHIRE, Scale
from licensing.sample.holders import human
from licensing.sample.terms import termed

SEED = "licensing samples badges 1"

_DRIVE_TAXIS = 0.5  # of badge holders: known to a district too
_YEARS_OF_A_BADGE = 3


def badge_holders(scale: Scale, month: date) -> Iterator[PersonDetails]:
    """The county's badge holders at this scale, one after another."""
    return (_badge_holder(number, scale, month) for number in range(1, OXFORDSHIRE.people(scale) + 1))


def _badge_holder(number: int, scale: Scale, month: date) -> PersonDetails:
    rng = Random(f"{SEED} {number}")
    who = human(OXFORDSHIRE, number)
    district = rng.choice(DISTRICTS)
    if rng.random() < _DRIVE_TAXIS:
        # Of numbers that every scale has, so that a larger one keeps the smaller one's people.
        who = human(district, rng.randrange(district.holders(Scale.SMALL)) + 1)
    lines, postcode = address(rng, district)
    return PersonDetails(
        given_names=who.name.given,
        family_name=who.name.family,
        date_of_birth=who.born,
        source_id=OXFORDSHIRE.source_id(number),
        address=lines,
        postcode=postcode,
        identifiers=((IdentifierKind.NI_NUMBER, who.ni_number),),
        licences=(
            LicenceDetails(
                LicenceKind.COUNTY_TRANSPORT_BADGE,
                f"OCCB/{number:05d}",
                f"B{number}",
                termed(rng, month, _YEARS_OF_A_BADGE),
            ),
        ),
    )
